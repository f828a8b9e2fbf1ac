//! Add to release: we will do it then.

use super::{each, placing};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{IdeaId, ReleaseId};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::{Words, slot};

/// Puts ideas at the end of a release; those that nobody works on yet become Planned. Undo takes them out again.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    ideas: &[IdeaId],
    release: ReleaseId,
) -> Result<Words> {
    let added = each(draft, Entity::Idea, ideas, |draft, idea| {
        let mut changed = placing::place(draft, idea, release)?;
        changed |= placing::plan(draft, idea)?;
        Ok(changed)
    })?;
    let release = slot(Thing::new(Entity::Release, release));
    Ok(if added.is_empty() {
        Words::plain(format!("already in {release}"))
    } else {
        Words::about("added", added, format!("to {release}"))
    })
}
