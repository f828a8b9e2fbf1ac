//! Colleagues.

use super::{code, optional};
use crate::domain::deed::PersonEdit;
use crate::domain::entity::{Entity, Thing};
use crate::domain::people::{Handle, Role};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::{Words, slot};

/// Makes or changes a colleague. Undo removes one who was made, unless somebody's work refers to them since.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    handle: &Handle,
    edit: &PersonEdit,
) -> Result<Words> {
    let known = draft.reader().person_by_handle(handle.as_str())?.is_some();
    let person = Thing::new(Entity::Person, draft.person_or_new(handle)?);
    let mut changed = !known;
    if let Some(name) = &edit.name {
        changed |= draft.set(person, "name", optional(Some(name))?)?;
    }
    if let Some(email) = &edit.email {
        changed |= draft.set(person, "email", optional(email.as_deref())?)?;
    }
    if let Some(role) = edit.role {
        changed |= draft.set(person, "role", code(Some(Role::code(role))))?;
    }
    Ok(match (known, changed) {
        (false, _) => Words::plain(format!("added {}", slot(person))),
        (true, true) => Words::plain(format!("changed {}", slot(person))),
        (true, false) => Words::plain("nothing to change"),
    })
}
