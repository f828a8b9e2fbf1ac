//! Writing rows by entity and field, whatever the entity.

use std::ops::Deref;

use rusqlite::types::Value as Column;
use rusqlite::{Connection, Params, params, params_from_iter};
use uuid::Uuid;

use super::derived::Pending;
use super::key::{LocalId, to_blob};
use super::search_door::Memory;
use super::{Reader, Result, StoreError};
use crate::domain::entity::{Entity, Field, Kind, Value};

/// One transaction that writes; it reads its own writes.
///
/// It keeps what is derived from the rows as well: part of it at once, the rest in [`Writer::settle`].
pub struct Writer<'a> {
    reader: Reader<'a>,
    pub(super) pending: Pending,
    /// How many actions were written in this transaction.
    pub(super) actions: usize,
    /// The only action of this transaction, which has changed nothing after all: there is nothing to commit.
    pub(super) dropped: Option<LocalId>,
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
        let mut columns = vec![
            Column::Blob(to_blob(id).to_vec()),
            Column::Integer(action.0),
        ];
        let mut names = String::from("key, action");
        for (field, value) in fields {
            names.push_str(", \"");
            names.push_str(field.name);
            names.push('"');
            columns.push(self.column(entity, field, value)?);
        }
        let copies = self.copies(entity, fields, &columns[2..])?;
        if let Some(copies) = &copies {
            names.push_str(", title, company_sort");
            columns.push(Column::Text(copies.title.clone()));
            columns.push(Column::Text(copies.company_sort.clone()));
        }
        let places = vec!["?"; columns.len()].join(", ");
        let sql = format!(
            "INSERT INTO \"{}\" ({names}) VALUES ({places})",
            entity.name()
        );
        self.run(&sql, params_from_iter(columns))?;
        let local = LocalId(self.connection().last_insert_rowid());
        self.inserted(entity, local, copies)?;
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
        self.run(
            "INSERT INTO content (key, title, previous, body, original) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![to_blob(id), content.title, previous, content.body, content.original],
        )?;
        Ok(LocalId(self.connection().last_insert_rowid()))
    }

    /// What the column of `field` holds for `value`.
    pub(super) fn column(&self, entity: Entity, field: &Field, value: &Value) -> Result<Column> {
        Ok(match (field.kind, value) {
            (_, Value::Null) => Column::Null,
            (Kind::Integer, Value::Integer(number)) => Column::Integer(*number),
            (Kind::Text, Value::Text(text)) => Column::Text(text.clone()),
            (Kind::Thing(target), Value::Thing(id)) => Column::Integer(self.expect(target, *id)?.0),
            (Kind::Content, Value::Content(id)) => Column::Integer(
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
