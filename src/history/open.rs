//! The changes of an action which are not in the journal yet.

use std::collections::HashMap;

use super::journal::{Change, MOST_THINGS};
use crate::domain::entity::{Field, Thing, Value};
use crate::domain::id::ByIdentity;

/// Changes which are not in the journal yet, thing by thing, in the order in which the things were first changed.
///
/// They are coalesced: a field that is set twice is one change, one that is set back is none.
#[derive(Default)]
pub(super) struct Open {
    places: HashMap<Thing, usize, ByIdentity>,
    things: Vec<Vec<Change>>,
}

impl Open {
    /// Whether a chunk has no room for that thing any more.
    pub(super) fn is_full_for(&self, thing: Thing) -> bool {
        self.things.len() >= MOST_THINGS && !self.places.contains_key(&thing)
    }

    /// Takes the changes that made a thing.
    pub(super) fn make(&mut self, thing: Thing, made: Vec<Change>) {
        match self.places.get(&thing) {
            Some(place) => self.things[*place].extend(made),
            None => {
                self.places.insert(thing, self.things.len());
                self.things.push(made);
            }
        }
    }

    /// Takes the change of one field.
    pub(super) fn set(&mut self, thing: Thing, field: &'static Field, from: Value, to: Value) {
        if let Some(place) = self.places.get(&thing) {
            let mut earlier = self.things[*place].iter_mut();
            if let Some(change) = earlier.find(|change| change.field.name == field.name) {
                change.to = to;
                return;
            }
        }
        let change = Change {
            thing,
            field,
            from,
            to,
        };
        self.make(thing, vec![change]);
    }

    /// How many fields are changed.
    pub(super) fn count(&self) -> usize {
        let changes = self.things.iter().flatten();
        changes.filter(|change| change.from != change.to).count()
    }

    /// Hands the changes out, and begins anew.
    pub(super) fn take(&mut self) -> Vec<Change> {
        self.places.clear();
        let changes = self.things.drain(..).flatten();
        changes.filter(|change| change.from != change.to).collect()
    }
}
