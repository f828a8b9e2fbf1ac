//! The changes of an action which are not in the journal yet.

use std::collections::HashMap;

use super::journal::{Change, MOST_THINGS};
use super::undo::makes;
use crate::domain::entity::{Field, Thing, Value};
use crate::domain::id::ByIdentity;

/// Changes which are not in the journal yet, thing by thing, in the order in which the things were first changed.
///
/// They are coalesced: a field that is set twice is one change, one that is set back is none.
#[derive(Default)]
pub(super) struct Open {
    places: HashMap<Thing, usize, ByIdentity>,
    things: Vec<Vec<Change>>,
    /// How many of them are changed and not made.
    found: usize,
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
                self.found += usize::from(!made.iter().any(makes));
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

    /// Whether there are some, all of them of things that are made.
    pub(super) fn makes_all(&self) -> bool {
        !self.things.is_empty() && self.found == 0
    }

    /// Hands the changes of each thing out, also those that are none, and begins anew.
    pub(super) fn take_things(&mut self) -> Vec<Vec<Change>> {
        self.places.clear();
        self.found = 0;
        std::mem::take(&mut self.things)
    }

    /// Hands the changes out, and begins anew.
    pub(super) fn take(&mut self) -> Vec<Change> {
        self.places.clear();
        self.found = 0;
        let changes = self.things.drain(..).flatten();
        changes.filter(|change| change.from != change.to).collect()
    }
}
