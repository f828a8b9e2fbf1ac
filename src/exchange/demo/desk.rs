//! The desk: what lies in the inbox now, and what somebody has just dealt with.

use chrono::{Datelike, Days, NaiveDate};

use super::assets::{InboxText, choice, quoted, wrong};
use super::ideas::{give, standing};
use super::story::{Makes, Story, Told, age, handle};
use crate::domain::deed::{
    Deed, FeedbackEdit, IdeaTarget, MeetingDeed, NewAgendaItem, NewFeedback, Subject,
};
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::meeting::{Occurrence, Slot, WEEKLY_SYNC};
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment, SECOND};
use crate::problem::Problem;

/// Who is on duty, and has just worked through the first of today's items.
const ON_DUTY: &str = "hana";

pub(super) fn tell(story: &mut Story<'_>) -> Result<(), Problem> {
    inbox(story)?;
    assigned(story)?;
    waiting(story)?;
    snoozed(story)?;
    noted(story)?;
    archived(story)?;
    duplicates(story)?;
    today(story)?;
    weekly_sync(story)?;
    talk(story)
}

/// The colleague who files what comes from a source; nobody where customers write themselves.
pub(super) fn reporter<'s>(source: &str, manager: &'s str, number: i64) -> Option<&'s str> {
    let support = if number % 2 == 0 { "sam" } else { "noor" };
    match source {
        "salesforce" => Some(manager),
        "zendesk" | "email" => Some(support),
        "interview" => Some("tomas"),
        "spreadsheet" => Some("marco"),
        "jira" => Some("felix"),
        _ => None,
    }
}

/// Where it was said.
pub(super) fn thread_url(source: &str, id: i64) -> Option<String> {
    Some(match source {
        "salesforce" => format!("https://messenger.salesforce.example/case/{id}"),
        "zendesk" => format!("https://support.messenger.example/tickets/{id}"),
        "forum" => format!("https://forum.messenger.example/t/{id}"),
        "github" => format!("https://github.com/example-org/messenger/issues/{id}"),
        "jira" => format!("https://jira.example/browse/MSG-{id}"),
        _ => return None,
    })
}

/// A feedback that is about to come.
struct Coming<'s> {
    at: Moment,
    company: &'s str,
    source: &'s str,
    importance: Option<Importance>,
    kind: FeedbackKind,
    title: &'s str,
    text: &'s str,
    edits: Vec<FeedbackEdit>,
    tags: Vec<String>,
}

impl<'s> Coming<'s> {
    fn new(at: Moment, company: &'s str, source: &'s str, title: &'s str, text: &'s str) -> Self {
        Self {
            at,
            company,
            source,
            importance: None,
            kind: FeedbackKind::Request,
            title,
            text,
            edits: Vec::new(),
            tags: Vec::new(),
        }
    }

    fn rated(mut self, code: i64) -> Self {
        self.importance = Importance::from_code(code);
        self
    }
}

/// Somebody files a feedback; answers also whom an answer to it mentions.
fn file<'s>(story: &mut Story<'s>, coming: Coming<'s>) -> Result<(Told, String), Problem> {
    let told = story.introduce(coming.title);
    let number = coming.at.0 / MINUTE % 97;
    let (.., manager, people) = story.company(coming.company)?;
    let reporter = reporter(coming.source, manager, number);
    let writer = people.get(usize::try_from(number).unwrap_or(0) % people.len().max(1));
    let mut edits = coming.edits;
    edits.push(FeedbackEdit::Company(Some(coming.company.to_owned())));
    edits.push(FeedbackEdit::Customer(writer.cloned()));
    edits.push(FeedbackEdit::Kind(Some(coming.kind)));
    if let Some(reporter) = reporter {
        edits.push(FeedbackEdit::Reporter(Some(handle(reporter)?)));
    }
    let new = NewFeedback {
        title: coming.title.to_owned(),
        body: quoted(coming.text).0,
        source: coming.source.to_owned(),
        url: thread_url(coming.source, 31_000 + number * 17),
        received: Some(coming.at),
        importance: coming.importance,
        owner: None,
        tags: coming.tags,
        edits,
    };
    let author = reporter.unwrap_or("noor");
    story.making(coming.at, author, Makes::Feedback(told), move |_| {
        Ok(Deed::AddFeedback(Box::new(new.clone())))
    });
    let mention = reporter.map(|handle| format!("@{handle}"));
    Ok((told, mention.or(writer.cloned()).unwrap_or_default()))
}

fn inbox(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, text) in (0..).zip(&assets.inbox) {
        let at = story.ago(age(&text.age)? + number * SECOND / 2);
        let edits = further(story, text)?;
        let coming = Coming {
            importance: text.importance.and_then(Importance::from_code),
            kind: choice(FeedbackKind::parse, &text.kind)?,
            edits,
            tags: text.tags.clone(),
            ..Coming::new(at, &text.company, &text.source, &text.title, &text.body)
        };
        let (told, _) = file(story, coming)?;
        for (author, ago, comment) in &text.comments {
            let at = story.ago(age(ago)?);
            story.scene(at, author, move |known| {
                Ok(Deed::Comment {
                    on: vec![Subject::Feedback(known.feedback(told)?)],
                    text: comment.clone(),
                })
            });
        }
    }
    Ok(())
}

fn further(story: &Story<'_>, text: &InboxText) -> Result<Vec<FeedbackEdit>, Problem> {
    let needed = text.needed.as_deref();
    let edits = [
        text.version
            .clone()
            .map(|version| FeedbackEdit::ProductVersion(Some(version))),
        text.edition
            .clone()
            .map(|edition| FeedbackEdit::Edition(Some(edition))),
        needed
            .map(|day| story.next(day))
            .transpose()?
            .map(|day| FeedbackEdit::NeededBy(Some(day))),
    ];
    Ok(edits.into_iter().flatten().collect())
}

/// Somebody makes somebody the owner.
fn hand_over<'s>(
    story: &mut Story<'s>,
    at: Moment,
    told: Told,
    owner: &'s str,
) -> Result<(), Problem> {
    let person = handle(owner)?;
    story.scene(at, ON_DUTY, move |known| {
        Ok(Deed::Assign {
            feedback: vec![known.feedback(told)?],
            owner: Some(person.clone()),
        })
    });
    Ok(())
}

/// A moment so many days ago, at a time of the day that differs from one item to the next.
fn days_ago(story: &Story<'_>, days: i64, number: i64) -> Moment {
    story.ago(days * DAY + number % 7 * HOUR + number * 11 % 53 * MINUTE)
}

fn assigned(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.assigned) {
        let (owner, company, source, importance, title, text) = row;
        let at = days_ago(story, 1 + number * 3 % 10, number);
        let coming = Coming::new(at, company, source, title, text).rated(*importance);
        let (told, _) = file(story, coming)?;
        hand_over(story, at.plus(2 * HOUR), told, owner)?;
    }
    Ok(())
}

fn waiting(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.waiting) {
        let (owner, company, source, importance, title, text, question) = row;
        let at = days_ago(story, 2 + number % 3, number);
        let coming = Coming::new(at, company, source, title, text).rated(*importance);
        let (told, mention) = file(story, coming)?;
        hand_over(story, at.plus(HOUR), told, owner)?;
        let asked = at.plus(5 * HOUR);
        story.scene(asked, owner, move |known| {
            Ok(Deed::Ask {
                questions: vec![(known.feedback(told)?, format!("{mention} {question}"))],
                until: asked.plus(5 * DAY),
            })
        });
    }
    Ok(())
}

fn snoozed(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.snoozed) {
        let (owner, company, source, importance, title, text, days) = row;
        let at = days_ago(story, 4 + number, number);
        let coming = Coming::new(at, company, source, title, text).rated(*importance);
        let (told, _) = file(story, coming)?;
        hand_over(story, at.plus(HOUR), told, owner)?;
        let until = story.now.plus(days * DAY);
        story.scene(at.plus(6 * HOUR), owner, move |known| {
            Ok(Deed::Snooze {
                feedback: vec![known.feedback(told)?],
                until,
            })
        });
    }
    Ok(())
}

fn noted(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.noted) {
        let (owner, company, source, kind, title, text, answer) = row;
        let at = days_ago(story, 3 + number * 5 % 60, number);
        let kind = choice(FeedbackKind::parse, kind)?;
        let coming = Coming {
            kind,
            ..Coming::new(at, company, source, title, text)
        };
        let (told, mention) = file(story, coming)?;
        let answers = [(told, format!("Hi {mention}, {answer}"))];
        story.scene(at.plus(4 * HOUR), owner, move |known| give(known, &answers));
    }
    Ok(())
}

fn archived(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.archived) {
        let (owner, company, source, title, text) = row;
        let at = days_ago(story, 2 + number * 7 % 40, number);
        let (told, _) = file(story, Coming::new(at, company, source, title, text))?;
        story.scene(at.plus(3 * HOUR), owner, move |known| {
            let feedback = vec![known.feedback(told)?];
            Ok(Deed::Archive { feedback })
        });
    }
    Ok(())
}

fn duplicates(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.duplicates) {
        let (original, owner, company, source, title, text, answer) = row;
        let original = story.titled(original)?;
        let at = days_ago(story, 1 + number % 6, number);
        let (told, mention) = file(story, Coming::new(at, company, source, title, text))?;
        let found = at.plus(7 * HOUR);
        story.scene(found, owner, move |known| {
            Ok(Deed::Duplicate {
                feedback: vec![known.feedback(told)?],
                of: known.feedback(original)?,
            })
        });
        if !answer.is_empty() {
            let answers = [(told, format!("{mention} {answer}"))];
            story.scene(found.plus(MINUTE), owner, move |known| {
                give(known, &answers)
            });
        }
    }
    Ok(())
}

/// What was done within the last hour.
fn today(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, row) in (0..).zip(&assets.desk.today) {
        let (title_of_idea, company, source, importance, title, text) = row;
        let at = days_ago(story, 1 + number % 4, number);
        let coming = Coming::new(at, company, source, title, text).rated(*importance);
        let (told, mention) = file(story, coming)?;
        let idea = assets
            .ideas
            .iter()
            .find(|idea| idea.title == *title_of_idea);
        let idea = idea.ok_or_else(|| wrong(format!("there is no idea “{title_of_idea}”")))?;
        let linked = story.ago((52 - 4 * number) * MINUTE);
        story.scene(linked, ON_DUTY, move |known| {
            Ok(Deed::Link {
                feedback: vec![known.feedback(told)?],
                idea: IdeaTarget::Existing(known.idea(title_of_idea)?),
                quote: None,
            })
        });
        let answers = [(
            told,
            format!(
                "Hi {mention}, thank you for your feedback. {}",
                standing(story, idea, linked)?
            ),
        )];
        story.scene(linked.plus(MINUTE), ON_DUTY, move |known| {
            give(known, &answers)
        });
    }
    Ok(())
}

/// The Wednesday after today.
pub(super) fn next_sync(story: &Story<'_>) -> NaiveDate {
    let tomorrow = story.day(1);
    let ahead = (9 - tomorrow.weekday().num_days_from_monday()) % 7;
    tomorrow + Days::new(u64::from(ahead))
}

/// The weekly sync of a day.
pub(super) fn sync_of(day: NaiveDate) -> Occurrence {
    Occurrence {
        kind: WEEKLY_SYNC.to_owned(),
        slot: Slot::Day(day),
        scope: None,
        title: "PM weekly sync".to_owned(),
    }
}

/// The next weekly sync, of the Wednesday after today: all product managers and the release manager.
fn weekly_sync(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    let meeting = sync_of(next_sync(story));
    let roles = ["pm", "release-manager"];
    let people = assets.world.people.iter();
    let attendees = people
        .filter(|(_, _, role)| roles.contains(&role.as_str()))
        .map(|(name, ..)| handle(name))
        .collect::<Result<Vec<_>, _>>()?;
    story.scene(story.ago(5 * DAY), "ruth", move |_| {
        Ok(MeetingDeed::Plan {
            meeting: meeting.clone(),
            at: None,
            minutes: None,
            attendees: attendees.clone(),
        }
        .into())
    });
    Ok(())
}

/// What is said about ideas, and what the next weekly sync will speak about.
fn talk(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets = story.assets;
    for (number, (idea, author, days, text)) in (0..).zip(&assets.desk.comments) {
        story.scene(days_ago(story, *days, number), author, move |known| {
            Ok(Deed::Comment {
                on: vec![Subject::Idea(known.idea(idea)?)],
                text: text.clone(),
            })
        });
    }
    for (number, row) in (0..).zip(&assets.desk.agenda) {
        let (idea, author, minutes, document, confidential) = row;
        let at = days_ago(story, 1 + number % 3, number);
        story.scene(at, author, move |known| {
            let documents = (!document.is_empty()).then(|| document.clone());
            Ok(MeetingDeed::AddItem {
                to: None,
                item: NewAgendaItem {
                    about: vec![Subject::Idea(known.idea(idea)?)],
                    minutes: (*minutes > 0).then_some(*minutes),
                    documents: documents.into_iter().collect(),
                    confidential: *confidential,
                    ..NewAgendaItem::default()
                },
            }
            .into())
        });
    }
    for (number, (text, author, days, due)) in (0..).zip(&assets.desk.steps) {
        let (owner, due) = (handle(author)?, story.day(*due));
        let at = days_ago(story, *days, number);
        story.scene(at, author, move |_| {
            Ok(MeetingDeed::AddStep {
                meeting: None,
                item: None,
                text: text.clone(),
                owner: Some(owner.clone()),
                due: Some(due),
            }
            .into())
        });
    }
    Ok(())
}
