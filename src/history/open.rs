//! The changes of an action which are not in the journal yet.

use std::collections::HashMap;
use std::collections::hash_map;

use super::journal::{Change, Entry, MOST_THINGS};
use super::undo::makes;
use crate::domain::entity::{DELETED, Field, Thing, Value};
use crate::domain::id::ByIdentity;

/// What an action did to one thing.
#[derive(Debug)]
pub(super) enum Done {
    /// It made it, with these fields, and nothing since. So an import has no change in memory for each field of each thing.
    Made(Thing, Vec<(&'static Field, Value)>),
    /// It changed it, or made it and changed it then.
    Changed(Vec<Change>),
}

static NOTHING: Value = Value::Null;
static LIVE: Value = Value::Integer(0);

impl Done {
    /// The thing, if it was made here.
    pub(super) fn made(&self) -> Option<Thing> {
        match self {
            Self::Made(thing, _) => Some(*thing),
            Self::Changed(changes) => {
                let made = changes.iter().find(|change| makes(change));
                made.map(|change| change.thing)
            }
        }
    }

    /// What it did, without what came to nothing.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'_>> + Clone {
        let (made, changes) = match self {
            Self::Made(thing, fields) => (Some((*thing, fields)), [].as_slice()),
            Self::Changed(changes) => (None, changes.as_slice()),
        };
        let made = made.into_iter().flat_map(|(thing, fields)| {
            let mark = thing.entity.field(DELETED).map(|field| (field, &LIVE));
            let fields = fields.iter().map(|(field, to)| (*field, to));
            mark.into_iter()
                .chain(fields)
                .map(move |(field, to)| Entry {
                    thing,
                    field,
                    from: &NOTHING,
                    to,
                })
        });
        let changes = changes.iter().map(Entry::from);
        made.chain(changes.filter(|entry| entry.from != entry.to))
    }

    /// How many fields that are.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Made(_, fields) => 1 + fields.len(),
            Self::Changed(changes) => {
                let changes = changes.iter();
                changes.filter(|change| change.from != change.to).count()
            }
        }
    }

    /// The changes one by one.
    fn changes(&mut self) -> &mut Vec<Change> {
        if let Self::Made(..) = self {
            let changes = self.entries().map(|entry| Change {
                thing: entry.thing,
                field: entry.field,
                from: entry.from.clone(),
                to: entry.to.clone(),
            });
            *self = Self::Changed(changes.collect());
        }
        match self {
            Self::Changed(changes) => changes,
            Self::Made(..) => unreachable!("it was taken apart"),
        }
    }
}

/// Changes which are not in the journal yet, thing by thing, in the order in which the things were first changed.
///
/// They are coalesced: a field that is set twice is one change, one that is set back is none.
#[derive(Default)]
pub(super) struct Open {
    places: HashMap<Thing, usize, ByIdentity>,
    things: Vec<Done>,
    /// How many of them are changed and not made.
    found: usize,
    /// How many bytes their texts take.
    bytes: usize,
}

/// How many bytes of texts a chunk has room for. Nearly always it is full of things before that; names of a megabyte each
/// would make it larger than the file takes in one row.
const MOST_BYTES: usize = 4 << 20;

fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        _ => 0,
    }
}

impl Open {
    /// Whether a chunk has no room for that thing any more.
    pub(super) fn is_full_for(&self, thing: Thing) -> bool {
        let is_full = self.things.len() >= MOST_THINGS || self.bytes >= MOST_BYTES;
        is_full && !self.places.contains_key(&thing)
    }

    /// Takes note of a thing that was made with these fields, none of which is nothing.
    pub(super) fn make(&mut self, thing: Thing, fields: Vec<(&'static Field, Value)>) {
        self.bytes += fields.iter().map(|(_, to)| length(to)).sum::<usize>();
        let mut made = Done::Made(thing, fields);
        match self.places.entry(thing) {
            hash_map::Entry::Occupied(place) => {
                let earlier = self.things[*place.get()].changes();
                earlier.append(made.changes());
            }
            hash_map::Entry::Vacant(place) => {
                place.insert(self.things.len());
                self.things.push(made);
            }
        }
    }

    /// Takes the change of one field.
    pub(super) fn set(&mut self, thing: Thing, field: &'static Field, from: Value, to: Value) {
        self.bytes += length(&from) + length(&to);
        let change = Change {
            thing,
            field,
            from,
            to,
        };
        match self.places.entry(thing) {
            hash_map::Entry::Occupied(place) => {
                let changes = self.things[*place.get()].changes();
                let mut earlier = changes.iter_mut();
                match earlier.find(|change| change.field.name == field.name) {
                    Some(earlier) => earlier.to = change.to,
                    None => changes.push(change),
                }
            }
            hash_map::Entry::Vacant(place) => {
                place.insert(self.things.len());
                self.found += usize::from(!makes(&change));
                self.things.push(Done::Changed(vec![change]));
            }
        }
    }

    /// How many fields are changed.
    pub(super) fn count(&self) -> usize {
        self.things.iter().map(Done::count).sum()
    }

    /// Whether there are some, all of them of things that are made.
    pub(super) fn makes_all(&self) -> bool {
        !self.things.is_empty() && self.found == 0
    }

    /// Hands out what was done to each thing, and begins anew.
    pub(super) fn take(&mut self) -> Vec<Done> {
        self.places.clear();
        self.found = 0;
        self.bytes = 0;
        std::mem::take(&mut self.things)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::Entity;

    #[test]
    fn a_chunk_is_full_of_bytes_too_and_keeps_what_it_has_begun() {
        let thing = |id| Thing::new(Entity::Feedback, uuid::Uuid::from_u128(id));
        let url = Entity::Feedback.field("url").expect("a field");
        let long = || Value::Text("x".repeat(MOST_BYTES / 4));
        let mut open = Open::default();
        for id in 0..3 {
            open.make(thing(id), vec![(url, long())]);
            assert!(!open.is_full_for(thing(9)));
        }
        open.set(thing(3), url, Value::Null, long());
        assert!(open.is_full_for(thing(9)));
        assert!(!open.is_full_for(thing(3)));
        assert_eq!(open.take().len(), 4);
        assert!(!open.is_full_for(thing(9)));
    }
}
