//! The journal's handwriting: changes as bytes and back.
//!
//! A chunk holds up to [`MOST_THINGS`] things' changes of one action. It is a version byte and a MessagePack value, laid
//! out by columns: each entity lists its things once, each field names once which of them it changed, and values which
//! repeat are written once. A row of an import then costs little more than its own values.
//!
//! ```text
//!   version 1 │ [ entity "feedback"  things [uuid uuid uuid …]
//!             │     column "state"   rows (all)   from {null}   to {0}
//!             │     column "owner"   rows [0 2]   from {null}   to {uuid of @hana}
//!             │   entity "insight" … ]
//! ```
//!
//! The things of a chunk keep the order in which they were first changed; the changes are a set, because an action
//! changes a field of a thing once per chunk.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize, de};
use uuid::Uuid;

use crate::domain::entity::{Entity, Field, Kind, Thing, Value};
use crate::domain::id::ByIdentity;

/// The version of the layout that is written, and the newest that is read.
pub const VERSION: u8 = 1;

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

/// A value as it is written: the kind of the field tells a thing from a content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Plain {
    Null,
    Integer(i64),
    Text(String),
    Identity(Uuid),
}

/// A value to be written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Cell<'v>(&'v Value);

/// What one entity's things changed.
#[derive(Serialize, Deserialize)]
struct SectionOf<V>(String, Vec<Uuid>, Vec<ColumnOf<V>>);

/// One field: its name, which things (none listed: all of them), and the values before and after.
#[derive(Serialize, Deserialize)]
struct ColumnOf<V>(String, Vec<u32>, SeriesOf<V>, SeriesOf<V>);

/// Values in order: the distinct ones, and which of them each row has. No picks: every row has the one value, or each
/// row has its own.
#[derive(Serialize, Deserialize)]
struct SeriesOf<V>(Vec<V>, Vec<u32>);

type Written<'v> = SectionOf<Cell<'v>>;
type Section = SectionOf<Plain>;
type Series = SeriesOf<Plain>;

/// Writes changes as a chunk, version byte first.
///
/// # Errors
/// Only when the serialiser fails, which would be a fault of ours.
pub fn encode(changes: &[Change]) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![VERSION];
    rmp_serde::encode::write(&mut bytes, &sections(changes))
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(bytes)
}

/// Reads a chunk back.
///
/// # Errors
/// When it is of a newer version, names what this version does not know, or is damaged.
pub fn decode(bytes: &[u8]) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    for section in read_sections(bytes)? {
        changes.extend(section.changes()?.into_iter().map(|(_, change)| change));
    }
    Ok(changes)
}

/// Reads back what a chunk says of these entities, and passes over the rest.
///
/// # Errors
/// As [`decode`], as far as it is read.
pub fn decode_about(bytes: &[u8], entities: &[Entity]) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    for section in read_sections(bytes)? {
        if entities.iter().any(|entity| entity.name() == section.0) {
            changes.extend(section.changes()?.into_iter().map(|(_, change)| change));
        }
    }
    Ok(changes)
}

/// Reads a chunk back, thing by thing in the order in which they were first changed. Writing the changes in this order
/// makes the same chunk.
///
/// # Errors
/// As [`decode`].
pub fn decode_by_thing(bytes: &[u8]) -> Result<Vec<Vec<Change>>, Fault> {
    let mut things = Vec::new();
    for section in read_sections(bytes)? {
        let first = things.len();
        things.resize_with(first + section.1.len(), Vec::new);
        for (row, change) in section.changes()? {
            things[first + row].push(change);
        }
    }
    Ok(things)
}

fn read_sections(bytes: &[u8]) -> Result<Vec<Section>, Fault> {
    let damaged = |what: &str| Fault::Damaged(what.to_owned());
    let (version, body) = bytes.split_first().ok_or_else(|| damaged("it is empty"))?;
    if *version != VERSION {
        return Err(Fault::Version(*version));
    }
    rmp_serde::from_slice(body).map_err(|error| Fault::Damaged(error.to_string()))
}

impl Section {
    /// Its changes, field by field, each with the place of its thing.
    fn changes(self) -> Result<Vec<(usize, Change)>, Fault> {
        let damaged = |what: &str| Fault::Damaged(what.to_owned());
        let SectionOf(name, things, columns) = self;
        let entity = Entity::named(&name).ok_or_else(|| Fault::Unknown(name.clone()))?;
        // A column that lists no rows speaks of all things, so that without these bounds a small file could be written
        // which takes all memory.
        if things.len() > MOST_THINGS {
            return Err(damaged("it has too many things"));
        }
        let (mut changes, mut named) = (Vec::new(), HashSet::new());
        for ColumnOf(field, rows, from, to) in columns {
            let field = entity
                .field(&field)
                .ok_or_else(|| Fault::Unknown(format!("{name}.{field}")))?;
            if !named.insert(field.name) {
                return Err(damaged("a field is there twice"));
            }
            let count = if rows.is_empty() {
                things.len()
            } else {
                rows.len()
            };
            for index in 0..count {
                let row = rows.get(index).map_or(index, |row| *row as usize);
                let id = *things
                    .get(row)
                    .ok_or_else(|| damaged("a change names no thing"))?;
                let change = Change {
                    thing: Thing { entity, id },
                    field,
                    from: from.value(index, field)?,
                    to: to.value(index, field)?,
                };
                changes.push((row, change));
            }
        }
        Ok(changes)
    }
}

/// The changes of one entity's things on their way into a section.
struct Gathering<'c> {
    entity: Entity,
    things: Vec<Uuid>,
    rows: HashMap<Uuid, u32, ByIdentity>,
    /// By field: which things changed it, and how.
    columns: Vec<Vec<(u32, &'c Change)>>,
}

impl<'c> Gathering<'c> {
    fn of(entity: Entity) -> Self {
        Self {
            entity,
            things: Vec::new(),
            rows: HashMap::default(),
            columns: entity.fields().iter().map(|_| Vec::new()).collect(),
        }
    }

    fn take(&mut self, change: &'c Change) {
        let id = change.thing.id;
        // The changes of a thing follow each other, as a rule.
        let row = match self.things.last() {
            Some(last) if *last == id => self.things.len() - 1,
            _ => {
                let next = self.things.len();
                let row = *self.rows.entry(id).or_insert(next as u32) as usize;
                if row == next {
                    self.things.push(id);
                }
                row
            }
        };
        let is_it = |field: &Field| field.name == change.field.name;
        if let Some(place) = self.entity.fields().iter().position(is_it) {
            self.columns[place].push((row as u32, change));
        }
    }

    fn section(self) -> Written<'c> {
        let things = self.things.len();
        let columns = self.entity.fields().iter().zip(self.columns);
        let columns = columns
            .filter(|(_, cells)| !cells.is_empty())
            .map(|(field, cells)| column(field, things, cells))
            .collect();
        SectionOf(self.entity.name().to_owned(), self.things, columns)
    }
}

fn sections(changes: &[Change]) -> Vec<Written<'_>> {
    let mut gathered: Vec<Gathering<'_>> = Vec::new();
    for change in changes {
        let entity = change.thing.entity;
        let place = gathered.iter().position(|known| known.entity == entity);
        let place = place.unwrap_or_else(|| {
            gathered.push(Gathering::of(entity));
            gathered.len() - 1
        });
        gathered[place].take(change);
    }
    gathered.into_iter().map(Gathering::section).collect()
}

fn column<'c>(
    field: &Field,
    things: usize,
    mut cells: Vec<(u32, &'c Change)>,
) -> ColumnOf<Cell<'c>> {
    cells.sort_by_key(|(row, _)| *row);
    let rows = if cells.len() == things {
        Vec::new()
    } else {
        cells.iter().map(|(row, _)| *row).collect()
    };
    ColumnOf(
        field.name.to_owned(),
        rows,
        SeriesOf::of(cells.iter().map(|(_, change)| &change.from)),
        SeriesOf::of(cells.iter().map(|(_, change)| &change.to)),
    )
}

impl<'v> SeriesOf<Cell<'v>> {
    fn of(values: impl Iterator<Item = &'v Value>) -> Self {
        let values: Vec<Cell<'v>> = values.map(Cell).collect();
        if values.windows(2).all(|pair| pair[0] == pair[1]) {
            return Self(values.into_iter().take(1).collect(), Vec::new());
        }
        let mut known: HashMap<Cell<'v>, u32, ByIdentity> = HashMap::default();
        let mut distinct = Vec::new();
        let picks: Vec<u32> = values
            .iter()
            .map(|value| {
                *known.entry(*value).or_insert_with(|| {
                    distinct.push(*value);
                    u32::try_from(distinct.len() - 1).unwrap_or(u32::MAX)
                })
            })
            .collect();
        // A table pays when values repeat often enough to make up for the picks.
        if distinct.len() * 4 <= values.len() * 3 {
            return Self(distinct, picks);
        }
        Self(values, Vec::new())
    }
}

impl Series {
    fn value(&self, index: usize, field: &Field) -> Result<Value, Fault> {
        let pick = match (self.0.len(), self.1.get(index)) {
            (_, Some(pick)) => *pick as usize,
            (1, None) => 0,
            (_, None) => index,
        };
        let plain = self
            .0
            .get(pick)
            .ok_or_else(|| Fault::Damaged(format!("a value of {} is missing", field.name)))?;
        plain.value(field)
    }
}

impl Plain {
    fn value(&self, field: &Field) -> Result<Value, Fault> {
        match (self, field.kind) {
            (Self::Null, _) => Ok(Value::Null),
            (Self::Integer(number), Kind::Integer) => Ok(Value::Integer(*number)),
            (Self::Text(text), Kind::Text) => Ok(Value::Text(text.clone())),
            (Self::Identity(id), Kind::Thing(_)) => Ok(Value::Thing(*id)),
            (Self::Identity(id), Kind::Content) => Ok(Value::Content(*id)),
            _ => Err(Fault::Damaged(format!(
                "a value of {} is of another type",
                field.name
            ))),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Thing(id) | Value::Content(id) => serializer.serialize_bytes(id.as_bytes()),
        }
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Plain;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("nothing, a number, a text or an identity")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Plain, E> {
                Ok(Plain::Null)
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Plain, E> {
                Ok(Plain::Integer(number))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Plain, E> {
                i64::try_from(number).map(Plain::Integer).map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Plain, E> {
                Ok(Plain::Text(text.to_owned()))
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Plain, E> {
                Uuid::from_slice(bytes)
                    .map(Plain::Identity)
                    .map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
