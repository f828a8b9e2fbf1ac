//! Writing rows by entity and field, whatever the entity.

use std::collections::BTreeSet;
use std::ops::Deref;

use rusqlite::types::{ToSqlOutput, Value as Column, ValueRef};
use rusqlite::{Connection, Params, params, params_from_iter};
use uuid::Uuid;

use super::bulk::Unindexed;
use super::derived::{Beside, Pending};
use super::key::{LocalId, to_blob};
use super::known::Table;
use super::search_door::Memory;
use super::texts::Packing;
use super::{Reader, Result, StoreError};
use crate::domain::entity::{Entity, Field, Kind, Value};

/// One transaction that writes; it reads its own writes.
///
/// It keeps what is derived from the rows as well: part of it at once, the rest in [`Writer::settle`].
pub struct Writer<'a> {
    reader: Reader<'a>,
    pub(super) pending: Pending,
    /// The free text that was added last: most often the next row is the feedback that it belongs to.
    pub(super) newest: Option<Kept>,
    /// The search index of many new texts, in the making.
    pub(super) beside: Option<Beside>,
    /// What packs the texts of an import.
    pub(super) packing: Option<Packing>,
    /// What makes the indexes again that were taken away.
    pub(super) unindexed: Vec<Unindexed>,
    /// Ideas about which anything was computed anew in this transaction; see
    /// [`Store::take_taught`](super::Store::take_taught).
    pub(super) taught: BTreeSet<i64>,
    /// How many actions were written in this transaction.
    pub(super) actions: usize,
    /// The only action of this transaction, which has changed nothing after all: there is nothing to commit.
    pub(super) dropped: Option<LocalId>,
}

/// A free text that was added, with its local key.
pub(super) struct Kept {
    pub(super) local: LocalId,
    pub(super) title: String,
}

/// A piece of free text about to be kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewContent<'a> {
    /// The title, of a revision of a feedback.
    pub title: Option<&'a str>,
    /// The text.
    pub body: &'a str,
    /// The HTML that the text was made from.
    pub original: Option<&'a str>,
    /// The revision before this one.
    pub previous: Option<Uuid>,
}

impl<'a> Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new(connection: &'a Connection, memory: &'a Memory) -> Self {
        Self {
            reader: Reader::new(connection, memory),
            pending: Pending::default(),
            newest: None,
            beside: None,
            packing: None,
            unindexed: Vec::new(),
            taught: BTreeSet::new(),
            actions: 0,
            dropped: None,
        }
    }

    /// Runs one statement and answers how many rows it changed.
    pub(super) fn run(&self, sql: &str, parameters: impl Params) -> Result<usize> {
        Ok(self.connection().prepare_cached(sql)?.execute(parameters)?)
    }

    /// Adds a row. Fields that are not given have their defaults; what is given must suit the field.
    ///
    /// Undo marks it as deleted; it never goes away.
    ///
    /// # Errors
    /// [`StoreError::UnknownThing`] or [`StoreError::UnknownContent`] when a value refers to what is not here,
    /// [`StoreError::WrongValue`] when it does not suit its field, and when there is a row of that identity already.
    pub fn insert(
        &mut self,
        entity: Entity,
        id: Uuid,
        action: LocalId,
        fields: &[(&'static Field, Value)],
    ) -> Result<LocalId> {
        let columns = fields.iter();
        let columns = columns
            .map(|(field, value)| self.column(entity, field, value))
            .collect::<Result<Vec<_>>>()?;
        let copies = self.copies(entity, fields, &columns)?;
        let mut names: Vec<&str> = fields.iter().map(|(field, _)| field.name).collect();
        let mut values = columns;
        if let Some(copies) = &copies {
            names.extend(["title", "company_sort"]);
            values.extend([text(&copies.title), text(&copies.company_sort)]);
        }
        let local = self.add_row(entity, id, action, &names, values)?;
        self.inserted(entity, local, fields, copies)?;
        Ok(local)
    }

    /// Adds a row with those columns.
    pub(super) fn add_row(
        &self,
        entity: Entity,
        id: Uuid,
        action: LocalId,
        names: &[&str],
        values: Vec<ToSqlOutput<'_>>,
    ) -> Result<LocalId> {
        let mut sql = String::with_capacity(512);
        sql.push_str("INSERT INTO \"");
        sql.push_str(entity.name());
        sql.push_str("\" (key, action");
        for name in names {
            sql.push_str(", \"");
            sql.push_str(name);
            sql.push('"');
        }
        sql.push_str(") VALUES (?, ?");
        for _ in names {
            sql.push_str(", ?");
        }
        sql.push(')');
        let key = to_blob(id);
        let key = ToSqlOutput::Borrowed(ValueRef::Blob(&key));
        let first = [key, ToSqlOutput::from(action.0)];
        self.run(&sql, params_from_iter(first.into_iter().chain(values)))?;
        let local = LocalId(self.connection().last_insert_rowid());
        self.made(Table::Things(entity), id, local)?;
        Ok(local)
    }

    /// Sets one field of a row.
    ///
    /// # Errors
    /// [`StoreError::UnknownRow`] when there is no such row; otherwise like [`Writer::insert`].
    pub fn set(
        &mut self,
        entity: Entity,
        local: LocalId,
        field: &Field,
        value: &Value,
    ) -> Result<()> {
        let column = self.column(entity, field, value)?;
        self.changing(entity, local, field)?;
        let sql = format!(
            "UPDATE \"{}\" SET \"{}\" = ?2 WHERE id = ?1",
            entity.name(),
            field.name
        );
        if self.run(&sql, params![local, column])? == 0 {
            return Err(StoreError::UnknownRow { entity, local });
        }
        self.changed(entity, local, field)
    }

    /// Adds a piece of immutable free text; does nothing when it is here already.
    ///
    /// # Errors
    /// [`StoreError::UnknownContent`] when the revision before it is not here.
    pub fn add_content(&mut self, id: Uuid, content: &NewContent<'_>) -> Result<LocalId> {
        if let Some(known) = self.find_content(id)? {
            return Ok(known);
        }
        let previous = match content.previous {
            Some(previous) => Some(
                self.find_content(previous)?
                    .ok_or(StoreError::UnknownContent(previous))?,
            ),
            None => None,
        };
        let mut packing = self.packing.take();
        let packed = match &mut packing {
            Some(packing) => packing.pack(self, content)?,
            None => None,
        };
        let (title, body) = match packed {
            Some(_) => (None, ""),
            None => (content.title, content.body),
        };
        self.run(
            "INSERT INTO content (key, title, previous, body, original, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![to_blob(id), title, previous, body, content.original, packed],
        )?;
        self.packing = packing;
        let local = LocalId(self.connection().last_insert_rowid());
        self.made(Table::Contents, id, local)?;
        if let Some(beside) = &mut self.beside {
            beside.keep(content.title.unwrap_or_default(), content.body);
        }
        self.newest = Some(Kept {
            local,
            title: content.title.unwrap_or_default().to_owned(),
        });
        Ok(local)
    }

    /// What the column of `field` holds for `value`.
    pub(super) fn column<'v>(
        &self,
        entity: Entity,
        field: &Field,
        value: &'v Value,
    ) -> Result<ToSqlOutput<'v>> {
        Ok(match (field.kind, value) {
            (_, Value::Null) => ToSqlOutput::Owned(Column::Null),
            (Kind::Integer, Value::Integer(number)) => ToSqlOutput::from(*number),
            (Kind::Text, Value::Text(words)) => text(words),
            (Kind::Thing(target), Value::Thing(id)) => {
                ToSqlOutput::from(self.expect(target, *id)?.0)
            }
            (Kind::Content, Value::Content(id)) => ToSqlOutput::from(
                self.find_content(*id)?
                    .ok_or(StoreError::UnknownContent(*id))?
                    .0,
            ),
            _ => {
                return Err(StoreError::WrongValue {
                    entity,
                    field: field.name,
                });
            }
        })
    }
}

fn text(words: &str) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(words.as_bytes()))
}
