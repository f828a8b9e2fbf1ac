//! Comment: a word among colleagues.

use super::{refer, subject, triage};
use crate::domain::deed::Subject;
use crate::domain::entity::{Entity, Thing, Value};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{Words, slot};

/// Adds an internal comment. When it is the reporter who comments on a feedback that waits for a reply, that is the reply:
/// the feedback is unprocessed again. Undo removes the comment and sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, on: Subject, text: &str) -> Result<Words> {
    if text.trim().is_empty() {
        return Err(refused("a comment must not be blank").into());
    }
    let (thing, field) = subject(on);
    draft.live(thing)?;
    let text = draft.write_text(text)?;
    let author = draft.author()?;
    let fields = vec![
        (field, Value::Thing(thing.id)),
        ("text", text),
        ("author", refer(author)),
        ("at", Value::Integer(draft.now().0)),
    ];
    draft.create(Entity::Comment, None, fields)?;
    if let Subject::Feedback(id) = on {
        let feedback = Thing::new(Entity::Feedback, id);
        if author.is_some() && draft.reference(feedback, "reporter")? == author {
            triage::settle_waiting(draft, feedback)?;
        }
    }
    Ok(Words::plain(format!("commented on {}", slot(thing))))
}
