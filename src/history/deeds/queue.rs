//! Queue: let us speak about it at the next weekly sync.

use super::{meeting, refer, subject};
use crate::domain::deed::Subject;
use crate::domain::entity::{Entity, Value};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::{Words, slot};

/// Puts a thing on the agenda of the next weekly sync, once. Undo takes it off.
pub(super) fn apply(draft: &mut Draft<'_, '_>, about: Subject) -> Result<Words> {
    let (thing, field) = subject(about);
    draft.live(thing)?;
    if meeting::is_queued(draft, thing)? {
        return Ok(Words::plain(format!("{} is queued already", slot(thing))));
    }
    let author = draft.author()?;
    let fields = vec![
        (field, Value::Thing(thing.id)),
        ("presenter", refer(author)),
        ("position", Value::Text(meeting::end_of(draft, None)?)),
    ];
    draft.create(Entity::AgendaItem, None, fields)?;
    Ok(Words::about(
        "queued",
        vec![thing],
        "for the next weekly sync",
    ))
}
