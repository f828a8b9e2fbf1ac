//! Duplicate: the same person's words again, or the same thing told twice.

use super::{each_feedback, triage};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::State;
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::fields::field_of;
use crate::history::words::{Words, slot};
use crate::store::Reader;

/// How long a chain of originals may be before it is taken for a circle.
const LONGEST_CHAIN: usize = 1_000;

/// Marks feedback as the same as another one, and processed; demand counts through the original. An answer is owed where
/// there is somebody to answer. Undo takes the mark away and sets the state back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    of: FeedbackId,
) -> Result<Words> {
    let of = Thing::new(Entity::Feedback, of);
    draft.live(of)?;
    let original = original(draft.reader(), of)?;
    let marked = each_feedback(draft, feedback, |draft, feedback| {
        if feedback == original {
            return Err(refused("a feedback cannot be a duplicate of itself").into());
        }
        if !draft.set(feedback, "duplicate_of", Value::Thing(original.id))? {
            return Ok(false);
        }
        bring_along(draft, feedback, original)?;
        let owed = owes_answer(draft, feedback)?;
        triage::process(draft, feedback, owed)?;
        Ok(true)
    })?;
    let of = slot(original);
    Ok(if marked.is_empty() {
        Words::plain(format!("already a duplicate of {of}"))
    } else {
        Words::about("marked", marked, format!("as a duplicate of {of}"))
    })
}

/// Whether an answer is owed once it is a duplicate: what was processed before has had its answer, or owes it still.
fn owes_answer(draft: &Draft<'_, '_>, feedback: Thing) -> Result<bool> {
    if draft.integer(feedback, "state")? == Some(State::Processed.code()) {
        return Ok(draft.integer(feedback, "answer_owed")? == Some(1));
    }
    triage::has_addressee(draft, feedback)
}

/// What was a duplicate of this one is a duplicate of its original now.
fn bring_along(draft: &mut Draft<'_, '_>, feedback: Thing, original: Thing) -> Result<()> {
    let local = draft.local(feedback)?;
    let references = draft
        .reader()
        .references_to(Entity::Feedback, local, usize::MAX)?;
    for reference in references {
        if reference.field == "duplicate_of" {
            let duplicate = Thing::new(Entity::Feedback, reference.key.id);
            draft.set(duplicate, "duplicate_of", Value::Thing(original.id))?;
        }
    }
    Ok(())
}

/// The feedback at the end of the chain: a duplicate of a duplicate is one of the original.
pub(in crate::history) fn original(reader: &Reader<'_>, of: Thing) -> Result<Thing> {
    let field = field_of(Entity::Feedback, "duplicate_of")?;
    let mut original = of;
    for _ in 0..LONGEST_CHAIN {
        let local = reader.expect(Entity::Feedback, original.id)?;
        match reader.value(Entity::Feedback, local, field)? {
            Value::Thing(id) => original = Thing::new(Entity::Feedback, id),
            _ => return Ok(original),
        }
    }
    Err(refused("these duplicates form a circle").into())
}
