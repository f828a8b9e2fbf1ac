//! Tickets: where the work, the design or the material is.

use super::{named, optional};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{IdeaId, TicketId};
use crate::domain::idea::TicketKind;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::{Words, slot};

/// Adds a ticket to an idea. Undo removes it.
pub(super) fn add(
    draft: &mut Draft<'_, '_>,
    idea: IdeaId,
    url: &str,
    key: Option<&str>,
    kind: TicketKind,
) -> Result<Words> {
    let idea = Thing::new(Entity::Idea, idea);
    draft.live(idea)?;
    let url = named("the link of a ticket", url)?;
    let fields = vec![
        ("idea", Value::Thing(idea.id)),
        ("url", Value::Text(url.to_owned())),
        ("ticket_key", optional(key)?),
        ("kind", Value::Integer(kind.code())),
    ];
    let ticket = draft.create(Entity::Ticket, None, fields)?;
    Ok(Words::about(
        "added ticket",
        vec![ticket],
        format!("to {}", slot(idea)),
    ))
}

/// Removes a ticket. Undo brings it back.
pub(super) fn remove(draft: &mut Draft<'_, '_>, ticket: TicketId) -> Result<Words> {
    let ticket = Thing::new(Entity::Ticket, ticket);
    draft.live(ticket)?;
    draft.delete(ticket)?;
    Ok(Words::about("removed ticket", vec![ticket], ""))
}
