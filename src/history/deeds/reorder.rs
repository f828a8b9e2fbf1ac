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
///
/// Only its own position changes, unless there is no room (two people put two items at the same place): then the
/// release is numbered anew.
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
    let mut items = placing::live_items(draft, Thing::new(Entity::Release, release))?;
    let Some(place) = items.iter().position(|other| other.key.id == item.id) else {
        return Err(refused(format!("{name} is in no release")).into());
    };
    let (new, edge, way) = match step {
        Step::Up => (place.checked_sub(1), "at the top", "up"),
        Step::Down => (
            Some(place + 1).filter(|new| *new < items.len()),
            "at the bottom",
            "down",
        ),
    };
    let Some(new) = new else {
        return Ok(Words::plain(format!("already {edge}")));
    };
    let own = items.remove(place);
    let low = new.checked_sub(1).and_then(|index| items.get(index));
    let high = items.get(new);
    let between = position::between(
        low.map(|item| item.position.as_str()),
        high.map(|item| item.position.as_str()),
    );
    if let Some(between) = between {
        draft.set(item, "position", Value::Text(between))?;
    } else {
        items.insert(new, own);
        for (item, position) in items.iter().zip(position::spread(items.len())) {
            let item = Thing::new(Entity::ReleaseItem, item.key.id);
            draft.set(item, "position", Value::Text(position))?;
        }
    }
    Ok(Words::about("moved", vec![item], way))
}
