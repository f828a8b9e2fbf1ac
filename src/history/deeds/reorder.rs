//! Reorder: this before that.

use super::placing;
use crate::domain::deed::Step;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::ReleaseItemId;
use crate::domain::release::Health;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::position;
use crate::history::words::{self, Words};

/// Moves an item one place within its release, past the next one that is not cut. Undo moves it back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, item: ReleaseItemId, step: Step) -> Result<Words> {
    let item = Thing::new(Entity::ReleaseItem, item);
    draft.live(item)?;
    let name = words::name(draft.reader(), item)?;
    if draft.integer(item, "health")? == Some(Health::Cut.code()) {
        return Err(refused(format!("cannot reorder {name}: it was cut")).into());
    }
    let Some(release) = draft.reference(item, "release")? else {
        return Err(refused(format!("{name} is in no release")).into());
    };
    let items = placing::live_items(draft, Thing::new(Entity::Release, release))?;
    let Some(place) = items.iter().position(|other| other.key.id == item.id) else {
        return Err(refused(format!("{name} is in no release")).into());
    };
    let items = items.into_iter().map(|other| {
        let thing = Thing::new(Entity::ReleaseItem, other.key.id);
        (thing, other.position)
    });
    one_place(draft, items.collect(), place, step)
}

/// Moves what stands at `place` among things in their order, each with its position, by one.
///
/// Only its own position changes, unless there is no room (two people put two things at the same place): then all of them
/// are numbered anew.
pub(super) fn one_place(
    draft: &mut Draft<'_, '_>,
    mut things: Vec<(Thing, String)>,
    place: usize,
    step: Step,
) -> Result<Words> {
    let (new, edge, way) = match step {
        Step::Up => (place.checked_sub(1), "at the top", "up"),
        Step::Down => (
            Some(place + 1).filter(|new| *new < things.len()),
            "at the bottom",
            "down",
        ),
    };
    let Some(new) = new else {
        return Ok(Words::plain(format!("already {edge}")));
    };
    let own = things.remove(place);
    let moved = own.0;
    let low = new.checked_sub(1).and_then(|index| things.get(index));
    let high = things.get(new);
    let between = position::between(
        low.map(|(_, position)| position.as_str()),
        high.map(|(_, position)| position.as_str()),
    );
    if let Some(between) = between {
        draft.set(moved, "position", Value::Text(between))?;
    } else {
        things.insert(new, own);
        for ((thing, _), position) in things.iter().zip(position::spread(things.len())) {
            draft.set(*thing, "position", Value::Text(position))?;
        }
    }
    Ok(Words::about("moved", vec![moved], way))
}
