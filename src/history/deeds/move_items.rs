//! Move items: they come in another release.

use super::{each, placing};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{ReleaseId, ReleaseItemId};
use crate::domain::release::{Health, ReleaseState};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words, slot};

/// Moves items to the end of another release; their updates and comments go along. What is in a release that is out stays
/// there: moved away, the notes of what was shipped would lose it. To cut it there says that it was not shipped after all,
/// and leaves a row that shows it. Undo moves them back to their places.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    items: &[ReleaseItemId],
    to: ReleaseId,
) -> Result<Words> {
    let release = Thing::new(Entity::Release, to);
    let moved = to_one(draft, items, release)?;
    let release = slot(release);
    Ok(if moved.is_empty() {
        Words::plain(format!("already in {release}"))
    } else {
        Words::about("moved", moved, format!("to {release}"))
    })
}

/// Moves items as [`apply`] does, some to one release and some to another. Undo moves all of them back.
pub(super) fn spread(
    draft: &mut Draft<'_, '_>,
    moves: &[(ReleaseId, Vec<ReleaseItemId>)],
) -> Result<Words> {
    let mut all = Vec::new();
    let mut shares = Vec::new();
    for (to, items) in moves {
        let release = Thing::new(Entity::Release, *to);
        let moved = to_one(draft, items, release)?;
        if !moved.is_empty() {
            shares.push(format!("{} to {}", moved.len(), slot(release)));
        }
        all.extend(moved);
    }
    Ok(if all.is_empty() {
        Words::plain("already there")
    } else {
        Words::about("moved", all, format!("({})", shares.join(", ")))
    })
}

/// Moves items to the end of a release, and answers which of them were not in it before.
fn to_one(
    draft: &mut Draft<'_, '_>,
    items: &[ReleaseItemId],
    release: Thing,
) -> Result<Vec<Thing>> {
    draft.live(release)?;
    each(draft, Entity::ReleaseItem, items, |draft, item| {
        if draft.reference(item, "release")? == Some(release.id) {
            return Ok(false);
        }
        let name = words::name(draft.reader(), item)?;
        if let Some(here) = draft.reference(item, "release")? {
            stays(draft, &name, Thing::new(Entity::Release, here))?;
        }
        if draft.integer(item, "health")? == Some(Health::Cut.code()) {
            return Err(refused(format!("cannot move {name}: it was cut"))
                .hint("add the idea to the release instead")
                .into());
        }
        if let Some(idea) = draft.reference(item, "idea")?
            && placing::item_in(draft, Thing::new(Entity::Idea, idea), release)?.is_some()
        {
            let there = words::name(draft.reader(), release)?;
            return Err(
                refused(format!("cannot move {name}: it is in {there} already"))
                    .hint("cut it here instead")
                    .into(),
            );
        }
        let end = placing::end_of(draft, release)?;
        draft.set(item, "release", Value::Thing(release.id))?;
        draft.set(item, "position", Value::Text(end))?;
        Ok(true)
    })
}

/// # Errors
/// When that release, in which the item is, is out.
fn stays(draft: &Draft<'_, '_>, name: &str, release: Thing) -> Result<()> {
    if draft.integer(release, "state")? != Some(ReleaseState::Released.code()) {
        return Ok(());
    }
    let release = words::name(draft.reader(), release)?;
    Err(refused(format!("cannot move {name}: {release} is out"))
        .hint("if it was not in it after all, cut it there")
        .into())
}
