//! The layout of version 1, which is only read: sections of things and columns as MessagePack, values which repeat once.

use std::collections::HashSet;

use serde::{Deserialize, de};
use uuid::Uuid;

use super::{Change, Fault, MOST_THINGS, Placed};
use crate::domain::entity::{Entity, Field, Kind, Thing, Value};

/// A value as it is written: the kind of the field tells a thing from a content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Plain {
    Null,
    Integer(i64),
    Text(String),
    Identity(Uuid),
}

/// What one entity's things changed.
#[derive(Deserialize)]
pub(super) struct Section(String, Vec<Uuid>, Vec<Column>);

/// One field: its name, which things (none listed: all of them), and the values before and after.
#[derive(Deserialize)]
struct Column(String, Vec<u32>, Series, Series);

/// Values in order: the distinct ones, and which of them each row has. No picks: every row has the one value, or each
/// row has its own.
#[derive(Deserialize)]
struct Series(Vec<Plain>, Vec<u32>);

impl Section {
    /// The name of its entity.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// Its changes, field by field, each with the place of its thing.
    pub(super) fn changes(self) -> Result<(usize, Vec<Placed>), Fault> {
        let damaged = |what: &str| Fault::Damaged(what.to_owned());
        let Self(name, things, columns) = self;
        let entity = Entity::named(&name).ok_or_else(|| Fault::Unknown(name.clone()))?;
        // A column that lists no rows speaks of all things, so that without these bounds a small file could be written
        // which takes all memory.
        if things.len() > MOST_THINGS {
            return Err(damaged("it has too many things"));
        }
        let (mut changes, mut named) = (Vec::new(), HashSet::new());
        for Column(field, rows, from, to) in columns {
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
        Ok((things.len(), changes))
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
