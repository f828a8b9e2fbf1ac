//! Reading rows by entity and field, whatever the entity.

mod statements;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use uuid::Uuid;

use super::key::{LocalId, from_blob, identity, optional_identity, to_blob};
use super::known::{Answer, Known, Table};
use super::search_door::Memory;
use super::{Result, StoreError};
use crate::domain::entity::{Entity, Field, Kind, Value};
use crate::search::Stems;

pub(super) use statements::Statements;

/// One snapshot of the workspace.
pub struct Reader<'a> {
    connection: &'a Connection,
    memory: &'a Memory,
    pub(super) known: Known,
}

/// A piece of immutable free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The title, of a revision of a feedback; nothing elsewhere.
    pub title: Option<String>,
    /// The text, as it came.
    pub body: String,
    /// The HTML that the text was made from.
    pub original: Option<String>,
    /// The revision before this one.
    pub previous: Option<Uuid>,
}

/// Reads the value of `field` which [`expression`] selected as column `index`.
fn field_value(row: &Row<'_>, index: usize, field: &Field) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(index)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Blob(_) => {
            let id = from_blob(row.get(index)?);
            match field.kind {
                Kind::Content => Value::Content(id),
                _ => Value::Thing(id),
            }
        }
        ValueRef::Text(_) | ValueRef::Real(_) => Value::Text(row.get(index)?),
    })
}

pub(super) fn field_values(row: &Row<'_>, entity: Entity) -> rusqlite::Result<Vec<Value>> {
    let fields = entity.fields().iter().enumerate();
    fields
        .map(|(index, field)| field_value(row, index, field))
        .collect()
}

impl<'a> Reader<'a> {
    pub(super) fn new(connection: &'a Connection, memory: &'a Memory) -> Self {
        Self {
            connection,
            memory,
            known: Known::default(),
        }
    }

    /// The stems of words, of which those that this connection has met are remembered.
    #[must_use]
    pub fn stems(&self) -> &'a Stems {
        &self.memory.stems
    }

    /// What is remembered of the search index.
    pub(super) fn memory(&self) -> &'a Memory {
        self.memory
    }

    /// The connection, for the read queries of this room. Statements are to be prepared through its cache.
    pub(super) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// Every row of a query, mapped.
    pub(super) fn collect<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, map)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first row of a query, mapped, if there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(parameters, map).optional()?)
    }

    /// The row of that identity, deleted or not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, entity: Entity, id: Uuid) -> Result<Option<LocalId>> {
        let sql = &Statements::for_entity(entity).find;
        self.find_in(Table::Things(entity), sql, id)
    }

    fn find_in(&self, table: Table, sql: &str, id: Uuid) -> Result<Option<LocalId>> {
        match self.known.answer(table, id) {
            Answer::Here(local) => return Ok(Some(local)),
            Answer::Nowhere => return Ok(None),
            Answer::Among(rows) => {
                let sql = format!("SELECT key FROM \"{}\" WHERE id = ?1", table.name());
                for local in rows {
                    if self.first(&sql, [local], |row| identity(row, 0))? == Some(id) {
                        self.known.found(table, id, local);
                        return Ok(Some(local));
                    }
                }
                return Ok(None);
            }
            Answer::Unknown => {}
        }
        let found = self.first(sql, [to_blob(id)], |row| row.get(0))?;
        match found {
            Some(local) => self.known.found(table, id, local),
            None => self.missed(table)?,
        }
        Ok(found)
    }

    /// The row of that identity, deleted or not, and whether it is not marked as deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_live(&self, entity: Entity, id: Uuid) -> Result<Option<(LocalId, bool)>> {
        let table = Table::Things(entity);
        if self.known.answer(table, id) != Answer::Unknown {
            let found = self.find(entity, id)?;
            return found
                .map(|local| Ok((local, self.is_live(entity, local)?)))
                .transpose();
        }
        let sql = &Statements::for_entity(entity).find_live;
        let found = self.first(sql, [to_blob(id)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        match found {
            Some((local, _)) => self.known.found(table, id, local),
            None => self.missed(table)?,
        }
        Ok(found)
    }

    /// Reads the identities of a table at once when many were looked up in vain.
    fn missed(&self, table: Table) -> Result<()> {
        let rows = || {
            let sql = format!("SELECT max(id) FROM \"{}\"", table.name());
            let rows = self.first(&sql, [], |row| row.get::<_, Option<i64>>(0));
            rows.map_or(u64::MAX, |rows| rows.flatten().unwrap_or(0).unsigned_abs())
        };
        if self.known.missed(table, rows) {
            self.learn(table)?;
        }
        Ok(())
    }

    fn learn(&self, table: Table) -> Result<()> {
        let sql = format!("SELECT key FROM \"{}\"", table.name());
        let all = self.collect(&sql, [], |row| identity(row, 0))?;
        self.known.learn(table, &all);
        Ok(())
    }

    /// Takes note of a row that was made.
    pub(super) fn made(&self, table: Table, id: Uuid, local: LocalId) -> Result<()> {
        match self.known.made(table, id, local) {
            true => self.learn(table),
            false => Ok(()),
        }
    }

    /// Like [`Reader::find`], for what must be there.
    ///
    /// # Errors
    /// [`StoreError::UnknownThing`] when there is no such row, not even a deleted one.
    pub fn expect(&self, entity: Entity, id: Uuid) -> Result<LocalId> {
        self.find(entity, id)?
            .ok_or(StoreError::UnknownThing { entity, id })
    }

    /// The identity of a row.
    ///
    /// # Errors
    /// [`StoreError::UnknownRow`] when there is no such row.
    pub fn uuid(&self, entity: Entity, local: LocalId) -> Result<Uuid> {
        let sql = &Statements::for_entity(entity).uuid;
        self.first(sql, [local], |row| identity(row, 0))?
            .ok_or(StoreError::UnknownRow { entity, local })
    }

    /// Whether a row exists and is not marked as deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_live(&self, entity: Entity, local: LocalId) -> Result<bool> {
        let sql = &Statements::for_entity(entity).live;
        Ok(self.first(sql, [local], |row| row.get(0))?.unwrap_or(false))
    }

    /// One field of a row.
    ///
    /// # Errors
    /// [`StoreError::UnknownRow`] when there is no such row.
    pub fn value(&self, entity: Entity, local: LocalId, field: &Field) -> Result<Value> {
        let sql = Statements::get(entity, &[field]);
        self.first(&sql, [local], |row| {
            let value = field_value(row, 0, field)?;
            self.meet(row, std::slice::from_ref(&value), &[field])?;
            Ok(value)
        })?
        .ok_or(StoreError::UnknownRow { entity, local })
    }

    /// Some fields of a row, in the order in which they are asked for.
    ///
    /// # Errors
    /// [`StoreError::UnknownRow`] when there is no such row.
    pub fn some_values(
        &self,
        entity: Entity,
        local: LocalId,
        fields: &[&Field],
    ) -> Result<Vec<Value>> {
        let sql = Statements::get(entity, fields);
        let read = |row: &Row<'_>| {
            let values = fields.iter().enumerate();
            let values: Vec<Value> = values
                .map(|(index, field)| field_value(row, index, field))
                .collect::<rusqlite::Result<_>>()?;
            self.meet(row, &values, fields)?;
            Ok(values)
        };
        self.first(&sql, [local], read)?
            .ok_or(StoreError::UnknownRow { entity, local })
    }

    /// Takes note of where the things are that a row refers to: whoever reads a reference often writes it elsewhere.
    fn meet(&self, row: &Row<'_>, values: &[Value], fields: &[&Field]) -> rusqlite::Result<()> {
        let referred = fields.iter().zip(values);
        let referred = referred.filter_map(|(field, value)| match field.kind {
            Kind::Thing(target) => Some((target, value)),
            _ => None,
        });
        for (place, (target, value)) in referred.enumerate() {
            if let Value::Thing(id) = value {
                let local = row.get(fields.len() + place)?;
                self.known.found(Table::Things(target), *id, local);
            }
        }
        Ok(())
    }

    /// Every field of a row, in the order of [`Entity::fields`].
    ///
    /// # Errors
    /// [`StoreError::UnknownRow`] when there is no such row.
    pub fn values(&self, entity: Entity, local: LocalId) -> Result<Vec<Value>> {
        let sql = &Statements::for_entity(entity).values;
        self.first(sql, [local], |row| field_values(row, entity))?
            .ok_or(StoreError::UnknownRow { entity, local })
    }

    /// Every row of an entity, deleted ones included, sorted by identity. For dumps and tests; see
    /// [`Reader::visit_rows`] for what may be large.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rows(&self, entity: Entity) -> Result<Vec<(Uuid, Vec<Value>)>> {
        let mut rows = Vec::new();
        self.visit_rows(entity, |id, values| {
            rows.push((id, values));
            Ok::<_, StoreError>(())
        })?;
        rows.sort_unstable_by_key(|(id, _)| *id);
        Ok(rows)
    }

    /// Shows every row of an entity, deleted ones included, to `visit`, in no particular order; stops at its first error.
    ///
    /// # Errors
    /// When the file cannot be read, or `visit` says so.
    pub fn visit_rows<E: From<StoreError>>(
        &self,
        entity: Entity,
        mut visit: impl FnMut(Uuid, Vec<Value>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let sql = &Statements::for_entity(entity).all;
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let id = identity(row, entity.fields().len()).map_err(failed)?;
            visit(id, field_values(row, entity).map_err(failed)?)?;
        }
        Ok(())
    }

    /// The title of a feedback as lists show it; empty when it has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shown_title(&self, feedback: LocalId) -> Result<String> {
        let sql = "SELECT title FROM feedback WHERE id = ?1";
        let title = self.first(sql, [feedback], |row| row.get(0))?;
        Ok(title.unwrap_or_default())
    }

    /// The local key of a piece of free text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_content(&self, id: Uuid) -> Result<Option<LocalId>> {
        self.find_in(Table::Contents, "SELECT id FROM content WHERE key = ?1", id)
    }

    /// A piece of free text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn content(&self, id: Uuid) -> Result<Option<Content>> {
        self.first(
            "SELECT title_of(title, packed), body_of(body, packed), (SELECT earlier.key FROM content AS earlier WHERE earlier.id = content.previous),
                 original
             FROM content WHERE key = ?1",
            [to_blob(id)],
            |row| {
                Ok(Content {
                    title: row.get(0)?,
                    body: row.get(1)?,
                    previous: optional_identity(row, 2)?,
                    original: row.get(3)?,
                })
            },
        )
    }
}
