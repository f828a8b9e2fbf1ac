//! Ideas in releases: the moves that several deeds share.

use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::ReleaseId;
use crate::domain::idea::Status;
use crate::domain::release::{Health, ReleaseState};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::position;
use crate::history::words::slot;
use crate::store::Item;

/// The items of a release in their order, without those that are cut.
pub(super) fn live_items(draft: &Draft<'_, '_>, release: Thing) -> Result<Vec<Item>> {
    let local = draft.local(release)?;
    let mut items = draft.reader().items_of_release(local)?;
    items.retain(|item| item.health != Health::Cut.code());
    items.sort_by(|a, b| (&a.position, a.key.id).cmp(&(&b.position, b.key.id)));
    Ok(items)
}

/// The position after all items of a release, cut ones included.
pub(in crate::history) fn end_of(draft: &Draft<'_, '_>, release: Thing) -> Result<String> {
    let local = draft.local(release)?;
    let items = draft.reader().items_of_release(local)?;
    let last = items.iter().map(|item| item.position.as_str()).max();
    Ok(position::after(last))
}

/// The item of an idea in a release that is not cut.
pub(super) fn item_in(draft: &Draft<'_, '_>, idea: Thing, release: Thing) -> Result<Option<Thing>> {
    let items = items_of(draft, idea)?;
    Ok(items
        .iter()
        .find(|item| item.release.id == release.id && item.health != Health::Cut.code())
        .map(|item| Thing::new(Entity::ReleaseItem, item.key.id)))
}

/// The items of an idea, cut ones included.
pub(super) fn items_of(draft: &Draft<'_, '_>, idea: Thing) -> Result<Vec<Item>> {
    let local = draft.local(idea)?;
    Ok(draft.reader().items_of_idea(local)?)
}

/// Puts an idea at the end of a release; answers whether it was not there yet. One that was cut there comes back.
pub(super) fn place(draft: &mut Draft<'_, '_>, idea: Thing, release: ReleaseId) -> Result<bool> {
    let release = Thing::new(Entity::Release, release);
    draft.live(release)?;
    if item_in(draft, idea, release)?.is_some() {
        return Ok(false);
    }
    let end = Value::Text(end_of(draft, release)?);
    let cut = items_of(draft, idea)?
        .into_iter()
        .find(|item| item.release.id == release.id);
    if let Some(cut) = cut {
        let item = Thing::new(Entity::ReleaseItem, cut.key.id);
        draft.set(item, "health", Health::OnTrack.code())?;
        draft.set(item, "position", end)?;
        return Ok(true);
    }
    draft.create(
        Entity::ReleaseItem,
        None,
        vec![
            ("release", Value::Thing(release.id)),
            ("idea", Value::Thing(idea.id)),
            ("position", end),
            ("health", Value::Integer(Health::OnTrack.code())),
        ],
    )?;
    Ok(true)
}

/// The status of an idea.
pub(super) fn status(draft: &Draft<'_, '_>, idea: Thing) -> Result<Option<Status>> {
    let code = draft.integer(idea, "status")?;
    Ok(code.and_then(Status::from_code))
}

/// An idea that nobody works on yet becomes Planned when it is put into a release.
pub(super) fn plan(draft: &mut Draft<'_, '_>, idea: Thing) -> Result<bool> {
    match status(draft, idea)? {
        Some(Status::New | Status::UnderConsideration | Status::Postponed) => {
            draft.set(idea, "status", Status::Planned.code())
        }
        _ => Ok(false),
    }
}

/// The items of an idea that are not cut, in releases that are out or in those that are not, each with its release.
fn items_where(draft: &Draft<'_, '_>, idea: Thing, is_out: bool) -> Result<Vec<(Thing, Thing)>> {
    let mut found = Vec::new();
    for item in items_of(draft, idea)? {
        let release = Thing::new(Entity::Release, item.release.id);
        if item.health != Health::Cut.code()
            && draft.is_live(release)?
            && (draft.integer(release, "state")? == Some(ReleaseState::Released.code())) == is_out
        {
            found.push((Thing::new(Entity::ReleaseItem, item.key.id), release));
        }
    }
    Ok(found)
}

/// The releases that are not out and have the idea, as the words of a deed name them; nothing where there is none.
pub(super) fn named_to_come(draft: &Draft<'_, '_>, idea: Thing) -> Result<Option<String>> {
    Ok(named(&items_where(draft, idea, false)?))
}

/// The same of those that are out.
pub(super) fn named_out(draft: &Draft<'_, '_>, idea: Thing) -> Result<Option<String>> {
    Ok(named(&items_where(draft, idea, true)?))
}

fn named(found: &[(Thing, Thing)]) -> Option<String> {
    let named: Vec<String> = found.iter().map(|(_, release)| slot(*release)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// Cuts an idea from every release that is not out; answers whether it was in one.
pub(super) fn cut(draft: &mut Draft<'_, '_>, idea: Thing) -> Result<bool> {
    let found = items_where(draft, idea, false)?;
    for (item, _) in &found {
        draft.set(*item, "health", Health::Cut.code())?;
    }
    Ok(!found.is_empty())
}
