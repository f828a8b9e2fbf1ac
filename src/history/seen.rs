//! Whether things still are as they were seen: in the transaction that does the deed, so that nobody comes in between.

use std::collections::BTreeMap;

use super::error::{Result, refused};
use super::{obstacle, words};
use crate::domain::deed::{Deed, Seen};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::{Comment, FeedbackRow, State};
use crate::domain::id::{CommentId, FeedbackId, IdeaId};
use crate::domain::idea::IdeaDetail;
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::{LocalId, Reader};

/// # Errors
/// When something is otherwise than it was seen, and the deed does not make it so anyway; the problem tells of all of it. What is
/// gone altogether is the deed's to tell.
pub(super) fn check(reader: &Reader<'_>, now: Moment, deed: &Deed, seen: &[Seen]) -> Result<()> {
    let mut ideas: BTreeMap<IdeaId, Option<IdeaDetail>> = BTreeMap::new();
    let (mut changed, mut told, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for seen in seen {
        match seen {
            Seen::Field { idea, field, words } => {
                if !ideas.contains_key(idea) {
                    ideas.insert(*idea, reader.idea_form(*idea)?);
                }
                let is = ideas.get(idea).and_then(|idea| idea.as_ref()?.words(field));
                changed.extend(is.filter(|is| is != words).map(|is| (*idea, *field, is)));
            }
            Seen::Told { feedback, comments } => {
                told.extend(told_since(reader, *feedback, comments)?);
            }
            Seen::Stood { feedback, .. } | Seen::Owned { feedback, .. } => {
                moved.extend(moved_since(reader, now, deed, *feedback, seen)?);
            }
        }
    }
    if let Some((idea, ..)) = changed.first() {
        return Err(fields_changed(reader, *idea, &changed)?.into());
    }
    // Whoever was told something is mostly in another state for it: that is said once.
    let problem = match (told.is_empty(), moved.first()) {
        (true, None) => return Ok(()),
        (true, Some(first)) => moved_already(reader, now, first, moved.len() - 1)?,
        (false, _) => told_already(reader, now, &told)?,
    };
    let problem = moved.iter().fold(problem, |problem, moved| {
        problem.meanwhile(moved.is.name(), moved.is.words())
    });
    Err(problem.into())
}

fn fields_changed(
    reader: &Reader<'_>,
    idea: IdeaId,
    changed: &[(IdeaId, &'static str, String)],
) -> Result<Problem> {
    let name = words::name(reader, Thing::new(Entity::Idea, idea))?;
    let fields: Vec<&str> = changed.iter().map(|(_, field, _)| *field).collect();
    let problem = refused(format!(
        "{name} was changed meanwhile: {}",
        fields.join(", ")
    ))
    .hint("look at what is there now; the same again puts yours in its place");
    Ok(changed.iter().fold(problem, |problem, (_, field, is)| {
        problem.meanwhile(*field, is)
    }))
}

/// The comments to the reporter of a feedback that are not among those.
fn told_since(
    reader: &Reader<'_>,
    feedback: FeedbackId,
    known: &[CommentId],
) -> Result<Vec<(FeedbackId, Comment)>> {
    let Some(detail) = reader.feedback_detail(feedback)? else {
        return Ok(Vec::new());
    };
    let told = detail.comments.into_iter();
    let told = told.filter(|said| said.to_reporter && !known.contains(&said.id));
    Ok(told.map(|said| (feedback, said)).collect())
}

fn told_already(
    reader: &Reader<'_>,
    now: Moment,
    told: &[(FeedbackId, Comment)],
) -> Result<Problem> {
    let mut about: Vec<FeedbackId> = told.iter().map(|(feedback, _)| *feedback).collect();
    about.dedup();
    let (feedback, said) = &told[told.len() - 1];
    let name = words::name(reader, Thing::new(Entity::Feedback, *feedback))?;
    let who = said.author.as_deref().unwrap_or("somebody");
    let when = ago(said.at, now);
    let others = match about.len() - 1 {
        0 => String::new(),
        1 => ", and to the reporter of another one".to_owned(),
        more => format!(", and to the reporters of {more} others"),
    };
    let problem = refused(format!(
        "{who} wrote to the reporter of {name} {when}{others}: {}",
        words::quoted(words::headline(&said.text))
    ))
    .hint("the same again writes to them once more");
    Ok(told.iter().fold(problem, |problem, (feedback, said)| {
        problem.meanwhile(feedback.to_string(), said.id.to_string())
    }))
}

/// A feedback that is otherwise than it was seen.
struct Moved {
    local: LocalId,
    row: FeedbackRow,
    /// How it is.
    is: Seen,
}

/// How a feedback is, where it stands otherwise or is somebody else's than it was seen, and the deed would undo that.
fn moved_since(
    reader: &Reader<'_>,
    now: Moment,
    deed: &Deed,
    feedback: FeedbackId,
    seen: &Seen,
) -> Result<Option<Moved>> {
    let Some(local) = reader.find(Entity::Feedback, feedback.0)? else {
        return Ok(None);
    };
    let Some(row) = reader.live_row(local)? else {
        return Ok(None);
    };
    let is = match seen {
        Seen::Owned { .. } => Seen::owned(&row),
        _ => Seen::stood(&row),
    };
    let moved = is != *seen && !leaves(deed, &row, now);
    Ok(moved.then_some(Moved { local, row, is }))
}

/// Whether a deed leaves a feedback as it is, or is refused for how it is anyway.
fn leaves(deed: &Deed, row: &FeedbackRow, now: Moment) -> bool {
    match deed {
        Deed::Assign { owner, .. } => *owner == row.owner,
        Deed::Process { .. } => row.state == State::Processed,
        Deed::Archive { .. } => row.state == State::Archived,
        Deed::Snooze { .. } => row.shown_state(now) != State::Unprocessed,
        _ => false,
    }
}

/// Who did the last of it, and when: `@omar archived “Dark mode” just now`.
fn moved_already(
    reader: &Reader<'_>,
    now: Moment,
    first: &Moved,
    others: usize,
) -> Result<Problem> {
    let thing = Thing::new(Entity::Feedback, first.row.id);
    let name = words::name(reader, thing)?;
    let fields: &[&str] = match first.is {
        Seen::Owned { .. } => &["owner"],
        _ => &["state", "snoozed_until", "waiting_until"],
    };
    let by = obstacle::changer(reader, thing, fields, first.local, LocalId(0))?;
    let who = by.as_ref().map_or("somebody", |(who, _)| who.as_str());
    let when = by
        .as_ref()
        .map_or_else(|| "meanwhile".to_owned(), |(_, at)| ago(*at, now));
    let did = match &first.is {
        Seen::Owned { owner: None, .. } => format!("unassigned {name}"),
        Seen::Owned {
            owner: Some(owner), ..
        } if owner.to_string() == who => format!("took {name}"),
        Seen::Owned {
            owner: Some(owner), ..
        } => format!("assigned {name} to {owner}"),
        _ => match (first.row.state, first.row.hidden_until) {
            (State::Archived, _) => format!("archived {name}"),
            (State::Processed, _) => format!("processed {name}"),
            (State::Waiting, _) => format!("asked back about {name}"),
            (State::Unprocessed, Some(_)) => format!("snoozed {name}"),
            (State::Unprocessed, None) => format!("reopened {name}"),
        },
    };
    let others = match others {
        0 => String::new(),
        1 => ", and another one is otherwise, too".to_owned(),
        more => format!(", and {more} others are otherwise, too"),
    };
    Ok(refused(format!("{who} {did} {when}{others}"))
        .hint("nothing is done: look at how it is now"))
}

/// How long ago that was, as one says it.
fn ago(at: Moment, now: Moment) -> String {
    match at.age(now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    }
}
