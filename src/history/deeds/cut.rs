//! Cut: not in this release after all.

use super::{edit_ideas, placing};
use crate::domain::deed::AfterCut;
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::ReleaseItemId;
use crate::domain::idea::Status;
use crate::domain::release::Health;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words, slot};

/// Cuts an item; its row stays to show it. The idea gets a new item elsewhere, or is postponed, or neither, when its
/// status allows that. Undo puts everything back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    item: ReleaseItemId,
    then: AfterCut,
) -> Result<Words> {
    let item = Thing::new(Entity::ReleaseItem, item);
    draft.live(item)?;
    let (Some(idea), Some(release)) = (
        draft.reference(item, "idea")?,
        draft.reference(item, "release")?,
    ) else {
        return Err(refused("that item is in no release").into());
    };
    let idea = Thing::new(Entity::Idea, idea);
    let release = Thing::new(Entity::Release, release);
    if !draft.set(item, "health", Health::Cut.code())? {
        return Ok(Words::plain("already cut"));
    }
    let from = format!("from {}", slot(release));
    let rest = match then {
        AfterCut::MoveTo(to) => {
            if to.0 == release.id {
                return Err(refused("it cannot be cut from a release and stay in it").into());
            }
            placing::place(draft, idea, to)?;
            format!("{from}, to {}", slot(Thing::new(Entity::Release, to)))
        }
        AfterCut::Postpone => {
            draft.set(idea, "status", Status::Postponed.code())?;
            format!("{from}, postponed")
        }
        AfterCut::Nothing => from,
    };
    let lacks = edit_ideas::missing_rule(draft.reader(), idea)?;
    if let (AfterCut::Nothing, Some(rule)) = (then, lacks) {
        let name = words::name(draft.reader(), idea)?;
        let hint = "say what becomes of it: it goes to another release, or is postponed";
        return Err(refused(format!("{name}: {rule}")).hint(hint).into());
    }
    edit_ideas::check(draft, idea)?;
    Ok(Words::about("cut", vec![item], rest))
}
