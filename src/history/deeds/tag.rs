//! Tag: words to find it by.

use uuid::Uuid;

use super::{each_feedback, named};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{FeedbackId, determined};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// The identity of a tag on a feedback: whoever sets it sets the same, whatever the case.
pub(in crate::history) fn tag_key(feedback: Uuid, tag: &str) -> Uuid {
    let folded = tag.trim().to_lowercase();
    determined("feedback_tag", &[feedback.as_bytes(), folded.as_bytes()])
}

/// Adds and removes tags, each by itself, so that two people can tag the same item. Undo takes both back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    add: &[String],
    remove: &[String],
) -> Result<Words> {
    let tagged = each_feedback(draft, feedback, |draft, feedback| {
        let mut changed = false;
        for tag in remove {
            let thing = Thing::new(Entity::FeedbackTag, tag_key(feedback.id, tag));
            if draft.reader().find(thing.entity, thing.id)?.is_some() {
                changed |= draft.delete(thing)?;
            }
        }
        for tag in add {
            changed |= put(draft, feedback, tag)?;
        }
        Ok(changed)
    })?;
    Ok(if tagged.is_empty() {
        Words::plain("no tag to add or remove")
    } else if remove.is_empty() {
        Words::about("tagged", tagged, format!("with {}", list(add)))
    } else if add.is_empty() {
        Words::about("untagged", tagged, list(remove))
    } else {
        let rest = format!("with {}, without {}", list(add), list(remove));
        Words::about("tagged", tagged, rest)
    })
}

/// Sets a tag; answers whether it was not there.
pub(in crate::history) fn put(
    draft: &mut Draft<'_, '_>,
    feedback: Thing,
    tag: &str,
) -> Result<bool> {
    let tag = named("a tag", tag)?;
    let id = tag_key(feedback.id, tag);
    if draft.is_live(Thing::new(Entity::FeedbackTag, id))? {
        return Ok(false);
    }
    let fields = vec![
        ("feedback", Value::Thing(feedback.id)),
        ("tag", Value::Text(tag.to_owned())),
    ];
    draft.create(Entity::FeedbackTag, Some(id), fields)?;
    Ok(true)
}

fn list(tags: &[String]) -> String {
    let tags: Vec<&str> = tags.iter().map(|tag| tag.trim()).collect();
    tags.join(", ")
}
