//! What was held: the last weekly sync, with what was noted, decided and put off, and interviews.

use chrono::{Datelike, Days, NaiveDate, TimeZone};

use super::assets::{choice, wrong};
use super::desk::{next_sync, sync_of};
use super::story::{Makes, Story};
use crate::domain::deed::{AgendaTarget, Deed, IdeaEdit, MeetingDeed, NewAgendaItem, Subject};
use crate::domain::id::PersonId;
use crate::domain::idea::Status;
use crate::domain::meeting::{Occurrence, Scope, Slot};
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment};
use crate::domain::zone::Zone;
use crate::problem::Problem;

/// Where meetings are held, by the kinds that come along.
const ZONE: &str = "America/Los_Angeles";

/// How long they take.
const LENGTH: u32 = 30;

/// Who holds an interview tomorrow.
const NEXT: &str = "hana";

/// Who holds the sync.
const HOST: &str = "ruth";

pub(super) fn tell(story: &mut Story<'_>) -> Result<(), Problem> {
    sync(story)?;
    interviews(story)
}

/// The sync before the next one, on an earlier day than today.
fn sync(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    let next = next_sync(story);
    let mut day = next - Days::new(7);
    if day >= story.day(0) {
        day = day - Days::new(7);
    }
    let (meeting, begins) = (sync_of(day), nine(day)?);
    for (topic, idea, who, minutes, _) in &assets.desk.held {
        let to = meeting.clone();
        let makes = Makes::Topic(format!("{topic}{idea}"));
        story.making(begins.plus(-DAY), who, makes, move |known| {
            let about = (!idea.is_empty()).then(|| known.idea(idea)).transpose()?;
            Ok(MeetingDeed::AddItem {
                to: Some(to.clone()),
                item: NewAgendaItem {
                    title: topic.clone(),
                    about: about.map(Subject::Idea).into_iter().collect(),
                    minutes: Some(*minutes),
                    ..NewAgendaItem::default()
                },
            }
            .into())
        });
    }
    let of = meeting.clone();
    story.scene(begins, HOST, move |_| {
        Ok(MeetingDeed::Start {
            meeting: of.clone(),
            at: begins,
            zone: ZONE.to_owned(),
            minutes: LENGTH,
        }
        .into())
    });
    let mut at = begins.plus(8 * MINUTE);
    for (idea, status) in &assets.desk.settled {
        at = at.plus(MINUTE);
        let status = choice(Status::parse, status)?;
        story.scene(at, HOST, move |known| {
            Ok(Deed::EditIdeas {
                ideas: vec![known.idea(idea)?],
                edits: vec![IdeaEdit::Status(status)],
            })
        });
    }
    for (topic, idea, _, _, notes) in &assets.desk.held {
        let name = format!("{topic}{idea}");
        at = at.plus(4 * MINUTE);
        if notes.is_empty() {
            let (from, to) = (meeting.clone(), sync_of(next));
            story.scene(at, HOST, move |known| {
                Ok(MeetingDeed::CarryOver {
                    item: known.topic(&name)?,
                    from: from.clone(),
                    to: to.clone(),
                }
                .into())
            });
            continue;
        }
        let (noted, of) = (name.clone(), meeting.clone());
        story.scene(at, HOST, move |known| {
            Ok(MeetingDeed::Note {
                item: AgendaTarget::Item(known.topic(&noted)?),
                text: notes.clone(),
            }
            .into())
        });
        story.scene(at.plus(MINUTE), HOST, move |known| {
            Ok(MeetingDeed::Discuss {
                meeting: of.clone(),
                item: AgendaTarget::Item(known.topic(&name)?),
            }
            .into())
        });
    }
    let of = meeting.clone();
    story.scene(begins.plus(28 * MINUTE), HOST, move |_| {
        Ok(MeetingDeed::Finish {
            meeting: of.clone(),
            at: begins,
            zone: ZONE.to_owned(),
            minutes: LENGTH,
        }
        .into())
    });
    story.scene(begins.plus(2 * HOUR), HOST, move |_| {
        Ok(MeetingDeed::LinkMeeting {
            meeting: meeting.clone(),
            url: "https://recordings.messenger.example/pm-weekly-sync".to_owned(),
            title: Some("Recording".to_owned()),
        }
        .into())
    });
    Ok(())
}

/// Interviews of the weeks before this one: each in the middle of its week.
fn interviews(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    let today = story.day(0);
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    for (number, (who, weeks, notes)) in (0..).zip(&assets.desk.interviews) {
        let weeks = u64::try_from(*weeks).map_err(|_| wrong("an interview is ahead"))?;
        let week = monday - Days::new(7 * weeks);
        let begins = nine(week + Days::new(2))?.plus(number * 45 * MINUTE);
        story.scene(begins, who, move |known| {
            Ok(MeetingDeed::Start {
                meeting: interview(week, known.person(who)?),
                at: begins,
                zone: ZONE.to_owned(),
                minutes: LENGTH,
            }
            .into())
        });
        story.scene(begins.plus(20 * MINUTE), who, move |known| {
            Ok(MeetingDeed::NoteMeeting {
                meeting: interview(week, known.person(who)?),
                text: notes.clone(),
            }
            .into())
        });
        story.scene(begins.plus(25 * MINUTE), who, move |known| {
            Ok(MeetingDeed::Finish {
                meeting: interview(week, known.person(who)?),
                at: begins,
                zone: ZONE.to_owned(),
                minutes: LENGTH,
            }
            .into())
        });
    }
    // And one is tomorrow.
    let tomorrow = story.day(1);
    let week = tomorrow - Days::new(u64::from(tomorrow.weekday().num_days_from_monday()));
    let begins = nine(tomorrow)?.plus(HOUR);
    story.scene(story.ago(DAY), NEXT, move |known| {
        Ok(MeetingDeed::Plan {
            meeting: interview(week, known.person(NEXT)?),
            at: Some(begins),
            minutes: None,
            attendees: Vec::new(),
        }
        .into())
    });
    Ok(())
}

/// The interview of a week that somebody holds.
fn interview(week: NaiveDate, who: PersonId) -> Occurrence {
    Occurrence {
        kind: "interview".to_owned(),
        slot: Slot::Day(week),
        scope: Some(Scope::Person(who)),
        title: "User interview".to_owned(),
    }
}

/// Nine o'clock of that day, where meetings are held.
fn nine(day: NaiveDate) -> Result<Moment, Problem> {
    let zone: Zone = ZONE.parse().map_err(|_| wrong("there is no such zone"))?;
    let local = day.and_hms_opt(9, 0, 0);
    let there = local.and_then(|local| zone.from_local_datetime(&local).earliest());
    let there = there.ok_or_else(|| wrong("there is no nine o'clock on that day"))?;
    Ok(Moment(there.timestamp_millis()))
}
