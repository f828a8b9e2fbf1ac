//! Whether things still are as they were seen: in the transaction that does the deed, so that nobody comes in between.

use std::collections::BTreeMap;

use super::error::{Result, refused};
use super::words;
use crate::domain::deed::Seen;
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::Comment;
use crate::domain::id::{CommentId, FeedbackId, IdeaId};
use crate::domain::idea::IdeaDetail;
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::Reader;

/// # Errors
/// When something is otherwise than it was seen; the problem tells of all of it. What is gone altogether is the deed's to tell.
pub(super) fn check(reader: &Reader<'_>, now: Moment, seen: &[Seen]) -> Result<()> {
    let mut ideas: BTreeMap<IdeaId, Option<IdeaDetail>> = BTreeMap::new();
    let (mut changed, mut told) = (Vec::new(), Vec::new());
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
        }
    }
    if let Some((idea, ..)) = changed.first() {
        return Err(fields_changed(reader, *idea, &changed)?.into());
    }
    match told.is_empty() {
        true => Ok(()),
        false => Err(told_already(reader, now, &told)?.into()),
    }
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
    let when = match said.at.age(now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    };
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
