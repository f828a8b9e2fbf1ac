//! Ideas: how they were made and planned, and the feedback that was linked to them, week after week.

use std::collections::BTreeMap;

use super::assets::{Heard, IdeaText, choice, quoted, wrong};
use super::desk::{reporter, thread_url};
use super::story::{Known, Makes, Story, Told, handle};
use crate::domain::deed::{AfterCut, Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewIdea};
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, TicketKind, Timeframe};
use crate::domain::import::{ImportCompany, ImportCustomer, ImportPerson, ImportRecord};
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment};
use crate::domain::release::Health;
use crate::problem::Problem;

/// How many days ago the last idea was made; each of those before it is so many hours older.
const LAST_MADE: i64 = 130;
const APART: i64 = 25;

/// Feedback that is linked came between so many days ago and so many days before that.
const LATEST: i64 = 12;
const SPREAD: i64 = 113;

pub(super) fn tell(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    let mut weeks: BTreeMap<i64, Week<'_>> = BTreeMap::new();
    let mut number = 0;
    for (younger, idea) in (0..).zip(assets.ideas.iter().rev()) {
        let made = story.ago(LAST_MADE * DAY + younger * (APART * HOUR + MINUTE));
        make(story, idea, made)?;
        plan(story, idea, made)?;
        follow(story, idea)?;
        for heard in &idea.heard {
            let days = LATEST + number * 37 % SPREAD;
            let arrival = Arrival {
                told: story.introduce(&heard.3),
                number,
                received: story.ago(days * DAY + number % 9 * HOUR + number * MINUTE),
                idea,
                heard,
            };
            weeks.entry(days / 7).or_default().push(arrival);
            number += 1;
        }
    }
    for (week, arrivals) in weeks {
        triage(story, week, &arrivals)?;
    }
    Ok(())
}

/// Feedback that came in a week.
type Week<'s> = Vec<Arrival<'s>>;

struct Arrival<'s> {
    told: Told,
    number: i64,
    received: Moment,
    idea: &'s IdeaText,
    heard: &'s Heard,
}

fn make<'s>(story: &mut Story<'s>, idea: &'s IdeaText, made: Moment) -> Result<(), Problem> {
    let mut edits = vec![
        IdeaEdit::Owner(Some(handle(&idea.owner)?)),
        IdeaEdit::Area(Some(idea.area.clone())),
        IdeaEdit::Kind(Some(choice(IdeaKind::parse, &idea.kind)?)),
        IdeaEdit::Problem(idea.problem.clone()),
        IdeaEdit::Solution(idea.solution.clone()),
        IdeaEdit::Workaround(idea.workaround.clone()),
        IdeaEdit::Benefit(idea.benefit.clone()),
        IdeaEdit::Edition(idea.edition.clone()),
    ];
    edits.retain(|edit| {
        !matches!(
            edit,
            IdeaEdit::Problem(None)
                | IdeaEdit::Solution(None)
                | IdeaEdit::Workaround(None)
                | IdeaEdit::Benefit(None)
                | IdeaEdit::Edition(None)
        )
    });
    let new = NewIdea {
        title: idea.title.clone(),
        edits,
        from: Vec::new(),
    };
    let makes = Makes::Idea(idea.title.clone());
    story.making(made, &idea.owner, makes, move |_| {
        Ok(Deed::CreateIdea(Box::new(new.clone())))
    });
    let mut at = made.plus(HOUR);
    for (key, url, kind) in &idea.tickets {
        at = at.plus(MINUTE);
        let kind = choice(TicketKind::parse, kind)?;
        let key = Some(key.clone()).filter(|key| !key.is_empty());
        story.scene(at, &idea.owner, move |known| {
            Ok(Deed::AddTicket {
                idea: known.idea(&idea.title)?,
                url: url.clone(),
                key: key.clone(),
                kind,
            })
        });
    }
    Ok(())
}

/// Effort, timeframe, release and status, a few days after it was made.
fn plan<'s>(story: &mut Story<'s>, idea: &'s IdeaText, made: Moment) -> Result<(), Problem> {
    let at = made.plus(3 * DAY);
    if let Some(effort) = &idea.effort {
        let effort = IdeaEdit::Effort(Some(choice(Effort::parse, effort)?));
        edit(story, at, "ines", idea, vec![effort]);
    }
    let mut edits = Vec::new();
    if let Some(timeframe) = &idea.timeframe {
        let timeframe = choice(Timeframe::parse, timeframe)?;
        edits.push(IdeaEdit::Timeframe(Some(timeframe)));
    }
    if let Some(stage) = &idea.stage {
        let stage = choice(Stage::parse, stage)?;
        let first = match idea.promoted {
            Some(days) => {
                let stage = vec![IdeaEdit::Stage(Some(stage))];
                edit(story, story.ago(days * DAY), &idea.owner, idea, stage);
                Stage::Beta
            }
            None => stage,
        };
        edits.push(IdeaEdit::Stage(Some(first)));
    }
    if idea.reason.is_some() {
        edits.push(IdeaEdit::Reason(idea.reason.clone()));
    }
    let status = status(idea)?;
    if matches!(
        status,
        Some(Status::UnderConsideration | Status::Postponed | Status::WontDo)
    ) {
        edits.extend(status.map(IdeaEdit::Status));
    }
    if !edits.is_empty() {
        edit(story, at.plus(2 * HOUR), &idea.owner, idea, edits);
    }
    let Some(release) = &idea.release else {
        return Ok(());
    };
    let first = idea.cut_from.as_ref().unwrap_or(release);
    let makes = Makes::Item(idea.title.clone());
    story.making(at.plus(DAY), &idea.owner, makes, move |known| {
        Ok(Deed::AddToRelease {
            ideas: vec![known.idea(&idea.title)?],
            release: known.release(first)?,
        })
    });
    if idea.cut_from.is_some() {
        let makes = Makes::Item(idea.title.clone());
        story.making(story.ago(20 * DAY), "ruth", makes, move |known| {
            Ok(Deed::CutItem {
                item: known.item(&idea.title)?,
                then: AfterCut::MoveTo(known.release(release)?),
            })
        });
    }
    match status {
        Some(Status::InDevelopment) => {
            let status = vec![IdeaEdit::Status(Status::InDevelopment)];
            edit(story, story.ago(40 * DAY), "felix", idea, status);
        }
        Some(Status::Released) => {
            let at = released(story, release)?.plus(HOUR);
            edit(
                story,
                at,
                &idea.owner,
                idea,
                vec![IdeaEdit::Status(Status::Released)],
            );
        }
        _ => {}
    }
    Ok(())
}

fn edit<'s>(
    story: &mut Story<'s>,
    at: Moment,
    author: &'s str,
    idea: &'s IdeaText,
    edits: Vec<IdeaEdit>,
) {
    story.scene(at, author, move |known| {
        Ok(Deed::EditIdeas {
            ideas: vec![known.idea(&idea.title)?],
            edits: edits.clone(),
        })
    });
}

fn status(idea: &IdeaText) -> Result<Option<Status>, Problem> {
    let status = idea.status.as_deref();
    status
        .map(|status| choice(Status::parse, status))
        .transpose()
}

/// When a release is or was due.
fn released(story: &Story<'_>, release: &str) -> Result<Moment, Problem> {
    let releases = &story.assets.world.releases;
    let found = releases.iter().find(|(name, ..)| name == release);
    let (.., days) = found.ok_or_else(|| wrong(format!("there is no release “{release}”")))?;
    Ok(story.now.plus(days * DAY))
}

/// How it does in its release, told now and then.
fn follow<'s>(story: &mut Story<'s>, idea: &'s IdeaText) -> Result<(), Problem> {
    for (days, author, health, text) in &idea.updates {
        let health = choice(Health::parse, health)?;
        let at = story.ago(days * DAY + 3 * HOUR);
        story.scene(at, author, move |known| {
            let items = vec![known.item(&idea.title)?];
            if text.is_empty() {
                return Ok(Deed::NoChange { items });
            }
            Ok(Deed::UpdateItems {
                items,
                text: Some(text.clone()),
                health: Some(health),
            })
        });
    }
    Ok(())
}

/// A week: the files of each source come in, what they hold is linked, and the reporters are answered.
fn triage<'s>(story: &mut Story<'s>, week: i64, arrivals: &[Arrival<'s>]) -> Result<(), Problem> {
    let end = story.ago(week * 7 * DAY);
    let mut sources: BTreeMap<&'s str, Vec<(Told, ImportRecord)>> = BTreeMap::new();
    for arrival in arrivals {
        let record = record(story, arrival)?;
        let source = sources.entry(&arrival.heard.1).or_default();
        source.push((arrival.told, record));
    }
    for (minute, (source, mut records)) in (0..).zip(sources) {
        records.sort_by_key(|(_, record)| record.received);
        let name = format!("{source}-{}.csv", end.utc().date_naive());
        story.importing(end.plus(minute * MINUTE), importer(source), name, records);
    }
    link(story, end.plus(DAY), arrivals);
    answer(story, end.plus(DAY + 5 * HOUR), arrivals)
}

/// Who brings in the files of a source.
fn importer(source: &str) -> &'static str {
    match source {
        "salesforce" | "spreadsheet" => "dana",
        "zendesk" | "email" => "sam",
        "github" | "jira" => "felix",
        _ => "noor",
    }
}

/// Where a source keeps what it has.
fn origin(source: &str) -> &'static str {
    match source {
        "salesforce" => "messenger.salesforce.example",
        "zendesk" => "support.messenger.example",
        "email" => "feedback@messenger.example",
        "forum" => "forum.messenger.example",
        "github" => "github.com/example-org/messenger",
        "jira" => "jira.example",
        "spreadsheet" => "interview-notes.xlsx",
        "interview" => "interviews",
        _ => "social",
    }
}

fn record(story: &Story<'_>, arrival: &Arrival<'_>) -> Result<ImportRecord, Problem> {
    let (company, source, importance, title, text) = arrival.heard;
    let number = arrival.number;
    let (_, tier, .., manager, people) = story.company(company)?;
    let votes = match source.as_str() {
        "forum" | "github" | "social" => number * 7 % 23,
        _ => 0,
    };
    let mut tags = Vec::new();
    if number % 3 == 0 {
        tags.push(arrival.idea.area.to_lowercase().replace(' ', "-"));
    }
    if source == "salesforce" && number % 2 == 0 {
        tags.push("deal".to_owned());
    }
    let writer = usize::try_from(number).unwrap_or(0) % people.len().max(1);
    let id = 20_400 + number * 13;
    Ok(ImportRecord {
        title: title.clone(),
        body: quoted(text).0,
        source: source.clone(),
        origin: origin(source).to_owned(),
        source_id: Some(id.to_string()),
        url: thread_url(source, id),
        received: arrival.received,
        reporter: reporter(source, manager, number)
            .map(handle)
            .transpose()?
            .map(ImportPerson::from),
        customer: people.get(writer).map(|name| ImportCustomer {
            name: name.clone(),
            email: None,
        }),
        company: Some(ImportCompany {
            name: company.clone(),
            tier: Some(tier.clone()),
            ..ImportCompany::default()
        }),
        tags,
        importance: Importance::from_code(*importance),
        votes: u32::try_from(votes).unwrap_or(0),
        kind: Some(match arrival.idea.kind.as_str() {
            "bug" => FeedbackKind::Bug,
            _ => FeedbackKind::Request,
        }),
        ..ImportRecord::default()
    })
}

/// What belongs to an idea is linked to it: in one go, or with the passage that says it best.
fn link<'s>(story: &mut Story<'s>, at: Moment, arrivals: &[Arrival<'s>]) {
    let mut plain: BTreeMap<&'s str, (&'s IdeaText, Vec<Told>)> = BTreeMap::new();
    let mut at = at;
    for arrival in arrivals {
        let (idea, told) = (arrival.idea, arrival.told);
        plain
            .entry(&idea.title)
            .or_insert((idea, Vec::new()))
            .1
            .push(told);
        let Some(range) = quoted(&arrival.heard.4).1 else {
            continue;
        };
        at = at.plus(MINUTE);
        story.scene(at, &idea.owner, move |known| {
            Ok(Deed::Link {
                feedback: vec![known.feedback(told)?],
                idea: IdeaTarget::Existing(known.idea(&idea.title)?),
                quote: Some(known.quote(told, range)?),
            })
        });
    }
    for (idea, told) in plain.into_values() {
        at = at.plus(MINUTE);
        let linked = told.clone();
        story.scene(at, &idea.owner, move |known| {
            Ok(Deed::Link {
                feedback: known.all(&linked)?,
                idea: IdeaTarget::Existing(known.idea(&idea.title)?),
                quote: None,
            })
        });
        story.scene(at, &idea.owner, move |known| {
            Ok(Deed::EditFeedback {
                feedback: known.all(&told)?,
                edits: vec![FeedbackEdit::Area(Some(idea.area.clone()))],
            })
        });
    }
}

/// What becomes of a feedback after it was linked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    Answered,
    /// Nobody needs an answer.
    Quiet,
    /// Processed, and the reporter has not heard of it yet.
    Owed,
}

fn answer<'s>(story: &mut Story<'s>, at: Moment, arrivals: &[Arrival<'s>]) -> Result<(), Problem> {
    let mut endings: BTreeMap<(&'s str, Ending), Vec<(Told, String)>> = BTreeMap::new();
    for arrival in arrivals {
        let ending = match arrival.number {
            number if number % 9 == 4 => Ending::Quiet,
            number if number % 11 == 7 => Ending::Owed,
            _ => Ending::Answered,
        };
        let text = answer_to(story, arrival, at)?;
        let owner = arrival.idea.owner.as_str();
        let list = endings.entry((owner, ending)).or_default();
        list.push((arrival.told, text));
    }
    for (minute, ((owner, ending), answers)) in (0..).zip(endings) {
        let at = at.plus(minute * 4 * MINUTE);
        let told: Vec<Told> = answers.iter().map(|(told, _)| *told).collect();
        match ending {
            Ending::Answered => story.scene(at, owner, move |known| give(known, &answers)),
            Ending::Quiet | Ending::Owed => {
                let processed = told.clone();
                story.scene(at, owner, move |known| {
                    let feedback = known.all(&processed)?;
                    Ok(Deed::Process { feedback })
                });
            }
        }
        if ending == Ending::Owed {
            story.scene(at.plus(MINUTE), owner, move |known| {
                Ok(Deed::EditFeedback {
                    feedback: known.all(&told)?,
                    edits: vec![FeedbackEdit::AnswerOwed(true)],
                })
            });
        }
    }
    Ok(())
}

/// Gives these answers.
pub(super) fn give(known: &Known, answers: &[(Told, String)]) -> Result<Deed, Problem> {
    let answers = answers.iter();
    let answers = answers.map(|(told, text)| Ok((known.feedback(*told)?, text.clone())));
    Ok(Deed::Answer {
        answers: answers.collect::<Result<_, Problem>>()?,
    })
}

fn answer_to(story: &Story<'_>, arrival: &Arrival<'_>, at: Moment) -> Result<String, Problem> {
    let (company, source, ..) = arrival.heard;
    let (.., manager, people) = story.company(company)?;
    let to = match reporter(source, manager, arrival.number) {
        Some(handle) => format!("@{handle}"),
        None => {
            let writer = usize::try_from(arrival.number).unwrap_or(0) % people.len().max(1);
            people.get(writer).cloned().unwrap_or_default()
        }
    };
    let stands = standing(story, arrival.idea, at)?;
    Ok(format!("Hi {to}, thank you for your feedback. {stands}"))
}

/// What a reporter hears at that time: the idea, and where it stands.
pub(super) fn standing(story: &Story<'_>, idea: &IdeaText, at: Moment) -> Result<String, Problem> {
    let title = &idea.title;
    if let Some(reason) = &idea.reason {
        let said = reason.to_lowercase().contains(&title.to_lowercase());
        let it = if said {
            "this".to_owned()
        } else {
            format!("*{title}*")
        };
        return Ok(format!("We have decided not to do {it}: {reason}"));
    }
    let mut answer = match (&idea.release, status(idea)?) {
        (Some(release), Some(Status::Released)) if released(story, release)? <= at => {
            format!("*{title}* is available in {release}.")
        }
        (Some(release), Some(Status::InDevelopment)) if at > story.ago(40 * DAY) => {
            format!("We are working on *{title}*: it is planned for {release}.")
        }
        (Some(release), _) => format!("*{title}* is planned for {release}."),
        (None, Some(Status::UnderConsideration)) => {
            format!("We are considering *{title}*, and your request counts towards it.")
        }
        (None, Some(Status::Postponed)) => {
            format!("We have postponed *{title}* for now; your request stays with it and counts.")
        }
        _ => format!("We have noted it as *{title}* and count your request."),
    };
    if let Some(workaround) = &idea.workaround {
        answer.push_str(" Until then, this may help: ");
        answer.push_str(workaround);
    }
    Ok(answer)
}
