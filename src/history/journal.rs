//! The journal's handwriting: changes as bytes and back.
//!
//! A chunk holds up to [`MOST_THINGS`] things' changes of one action. It is a version byte and a MessagePack value, laid
//! out by columns: each entity lists its things once, each field names once which of them it changed, and what repeats
//! is written once (`packed` has the layout). A row of an import then costs little more than its own values.
//!
//! ```text
//!   version 2 │ identities: uuid uuid uuid …
//!             │ [ entity "feedback"  things [0 1 2 …]
//!             │     column "state"   rows (all)   from null   to 0
//!             │     column "owner"   rows [0 2]   from null   to identity 7 (@hana)
//!             │   entity "insight" … ]
//! ```
//!
//! Chunks of version 1 are read for ever (`first`).
//!
//! The things of a chunk keep the order in which they were first changed; the changes are a set, because an action
//! changes a field of a thing once per chunk.

mod few;
mod first;
mod numbers;
mod packed;

use serde::{Deserialize, Serialize, de};

use crate::domain::entity::{Entity, Field, Thing, Value};

/// The version of the layout that is written, and the newest that is read.
pub const VERSION: u8 = 2;

/// How many things a chunk changes at most, so that reading one never takes much memory.
pub const MOST_THINGS: usize = 5_000;

/// One field of one thing, changed by an action. Undo sets it back to `from`, if it still is `to`.
///
/// A thing that is made changes its `deleted` from null to 0, and each of its other fields from null; undo marks it as
/// deleted and leaves the other fields alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The thing.
    pub thing: Thing,
    /// The field; one of the thing's entity.
    pub field: &'static Field,
    /// What it was.
    pub from: Value,
    /// What it became.
    pub to: Value,
}

/// A change that is told by reference.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'c> {
    /// The thing.
    pub thing: Thing,
    /// The field; one of the thing's entity.
    pub field: &'static Field,
    /// What it was.
    pub from: &'c Value,
    /// What it became.
    pub to: &'c Value,
}

impl<'c> From<&'c Change> for Entry<'c> {
    fn from(change: &'c Change) -> Self {
        Self {
            thing: change.thing,
            field: change.field,
            from: &change.from,
            to: &change.to,
        }
    }
}

/// Why a chunk cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It was written by a newer Intake.
    #[error(
        "the history was written in version {0}, and this version of Intake reads up to version {VERSION}"
    )]
    Version(u8),
    /// It names an entity or a field that this version does not know.
    #[error("the history speaks of “{0}”, which this version of Intake does not know")]
    Unknown(String),
    /// It is damaged.
    #[error("the history is damaged: {0}")]
    Damaged(String),
}

/// A change, and the place of its thing among those of its entity.
type Placed = (usize, Change);

/// Bytes as they are.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Bytes(Vec<u8>);

/// Writes changes as a chunk, version byte first.
///
/// # Errors
/// Only when the serialiser fails, which would be a fault of ours.
pub fn encode<'c, E: Into<Entry<'c>>>(
    changes: impl IntoIterator<Item = E>,
) -> Result<Vec<u8>, Fault> {
    let mut entries = changes.into_iter().map(Into::into);
    let first: Vec<Entry<'c>> = entries.by_ref().take(few::MOST).collect();
    if first.len() < few::MOST
        && let Some(bytes) = few::write(&first)
    {
        return Ok(bytes);
    }
    encode_many(first.into_iter().chain(entries))
}

/// The same, however many there are.
fn encode_many<'c>(entries: impl Iterator<Item = Entry<'c>>) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![VERSION];
    rmp_serde::encode::write(&mut bytes, &packed::pack(entries))
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(bytes)
}

/// Reads a chunk back.
///
/// # Errors
/// When it is of a newer version, names what this version does not know, or is damaged.
pub fn decode(bytes: &[u8]) -> Result<Vec<Change>, Fault> {
    decode_where(bytes, &|_| true)
}

/// Reads back what a chunk says of these entities, and passes over the rest.
///
/// # Errors
/// As [`decode`], as far as it is read.
pub fn decode_about(bytes: &[u8], entities: &[Entity]) -> Result<Vec<Change>, Fault> {
    decode_where(bytes, &|name| {
        entities.iter().any(|entity| entity.name() == name)
    })
}

fn decode_where(bytes: &[u8], wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Change>, Fault> {
    let sections = read(bytes, wanted)?.into_iter();
    let changes = sections.flat_map(|(_, changes)| changes);
    Ok(changes.map(|(_, change)| change).collect())
}

/// Reads a chunk back, thing by thing in the order in which they were first changed. Writing the changes in this order
/// makes the same chunk.
///
/// # Errors
/// As [`decode`].
pub fn decode_by_thing(bytes: &[u8]) -> Result<Vec<Vec<Change>>, Fault> {
    let mut things = Vec::new();
    for (count, changes) in read(bytes, &|_| true)? {
        let first = things.len();
        things.resize_with(first + count, Vec::new);
        for (row, change) in changes {
            things[first + row].push(change);
        }
    }
    Ok(things)
}

/// How many things each entity has there whose name is wanted, and what changed about them.
fn read(bytes: &[u8], wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(usize, Vec<Placed>)>, Fault> {
    let (version, body) = bytes
        .split_first()
        .ok_or_else(|| Fault::Damaged("it is empty".to_owned()))?;
    match version {
        1 => {
            let sections: Vec<first::Section> = parse(body)?;
            let sections = sections.into_iter();
            let sections = sections.filter(|section| wanted(section.name()));
            sections.map(first::Section::changes).collect()
        }
        2 => parse::<packed::Packed>(body)?.unpack(wanted),
        newer => Err(Fault::Version(*newer)),
    }
}

fn parse<'b, T: Deserialize<'b>>(body: &'b [u8]) -> Result<T, Fault> {
    rmp_serde::from_slice(body).map_err(|error| Fault::Damaged(error.to_string()))
}

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
