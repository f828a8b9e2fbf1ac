//! Assign: this feedback is yours.

use super::{each_feedback, refer};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::FeedbackId;
use crate::domain::outbox::MessageKind;
use crate::domain::people::Handle;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Sets the owner. A new owner other than oneself gets a message per item; it has no text of its own, because the item
/// says it all. Undo sets the owner back and withdraws the messages.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    owner: Option<&Handle>,
) -> Result<Words> {
    let person = owner.map(|handle| draft.person(handle)).transpose()?;
    let mine = match owner {
        Some(handle) => draft.is_author(handle),
        None => false,
    };
    let assigned = each_feedback(draft, feedback, |draft, feedback| {
        let changed = draft.set(feedback, "owner", refer(person))?;
        if changed && !mine && person.is_some() {
            tell(draft, feedback, person)?;
        }
        Ok(changed)
    })?;
    Ok(match owner {
        Some(handle) if assigned.is_empty() => {
            Words::plain(format!("already assigned to {handle}"))
        }
        Some(handle) => Words::about("assigned", assigned, format!("to {handle}")),
        None if assigned.is_empty() => Words::plain("not assigned to anybody"),
        None => Words::about("unassigned", assigned, ""),
    })
}

fn tell(draft: &mut Draft<'_, '_>, feedback: Thing, person: Option<uuid::Uuid>) -> Result<()> {
    let fields = vec![
        ("kind", Value::Integer(MessageKind::Assignment.code())),
        ("person", refer(person)),
        ("feedback", Value::Thing(feedback.id)),
        ("at", Value::Integer(draft.now().0)),
    ];
    draft.create(Entity::Message, None, fields)?;
    Ok(())
}
