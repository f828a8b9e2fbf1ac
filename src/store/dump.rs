//! The tables whole: read in the order in which their rows were made, and filled again in an empty workspace.
//!
//! A dump takes what is shared and the journal, and of what is local only what is worth having elsewhere. What is derived
//! is left out; whoever fills the tables computes it anew afterwards.

use rusqlite::{Row, params};
use uuid::Uuid;

use super::journal::{ACTION, record};
use super::key::{LocalId, identity, optional_identity};
use super::reader::{Statements, field_values};
use super::{ActionRecord, Content, Reader, Result, StoreError, Writer};
use crate::domain::entity::{Entity, Field, Value};

/// Whether there is nothing but actions with one verb, and no text.
const IS_FRESH: &str = "SELECT NOT EXISTS (SELECT 1 FROM action WHERE verb <> ?1) AND NOT EXISTS (SELECT 1 FROM content)";

impl Reader<'_> {
    /// Shows every row of a query to `visit`; stops at its first error.
    fn each<T, E: From<StoreError>>(
        &self,
        sql: &str,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
        mut visit: impl FnMut(T) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let mut statement = self.connection().prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            visit(read(row).map_err(failed)?)?;
        }
        Ok(())
    }

    /// Shows every piece of free text, the oldest first: a revision comes after the one before it.
    ///
    /// # Errors
    /// When the file cannot be read, or `visit` says so.
    pub fn visit_contents<E: From<StoreError>>(
        &self,
        visit: impl FnMut((Uuid, Content)) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT t.key, title_of(t.title, t.packed), body_of(t.body, t.packed), p.key, t.original
                   FROM content t LEFT JOIN content p ON p.id = t.previous ORDER BY t.id";
        let read = |row: &Row<'_>| {
            let content = Content {
                title: row.get(1)?,
                body: row.get(2)?,
                previous: optional_identity(row, 3)?,
                original: row.get(4)?,
            };
            Ok((identity(row, 0)?, content))
        };
        self.each(sql, read, visit)
    }

    /// Shows every action, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read, or `visit` says so.
    pub fn visit_actions<E: From<StoreError>>(
        &self,
        visit: impl FnMut(ActionRecord) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each(&format!("{ACTION} ORDER BY action.id"), record, visit)
    }

    /// Shows every row of an entity, deleted ones included, in the order in which they were made: its identity, the
    /// action that made it, and its fields in the order of [`Entity::fields`].
    ///
    /// # Errors
    /// When the file cannot be read, or `visit` says so.
    pub fn visit_rows_in_order<E: From<StoreError>>(
        &self,
        entity: Entity,
        visit: impl FnMut((Uuid, Uuid, Vec<Value>)) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let fields = entity.fields().len();
        let read = |row: &Row<'_>| {
            let (id, maker) = (identity(row, fields)?, identity(row, fields + 1)?);
            Ok((id, maker, field_values(row, entity)?))
        };
        self.each(&Statements::for_entity(entity).in_order, read, visit)
    }

    /// How many pieces of free text and how many actions there are, and how many fields the actions changed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn journal_size(&self) -> Result<[u64; 3]> {
        let sql = "SELECT (SELECT count(*) FROM content), count(*), coalesce(sum(changes), 0) FROM action";
        let count = |row: &Row<'_>, index| row.get::<_, i64>(index).map(i64::unsigned_abs);
        let read = |row: &Row<'_>| Ok([count(row, 0)?, count(row, 1)?, count(row, 2)?]);
        Ok(self.first(sql, [], read)?.unwrap_or_default())
    }

    /// How many rows an entity has, deleted ones included.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn row_count(&self, entity: Entity) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM \"{}\"", entity.name());
        let count = self.first(&sql, [], |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0).unsigned_abs())
    }

    /// The column mappings that were saved for imports, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn saved_mappings(&self) -> Result<Vec<(String, String)>> {
        let sql = "SELECT name, mapping FROM import_mapping ORDER BY name";
        self.collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Whether nothing was ever done here but found the workspace, by an action with that verb.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_fresh(&self, founding: &str) -> Result<bool> {
        Ok(self
            .first(IS_FRESH, [founding], |row| row.get(0))?
            .unwrap_or(false))
    }
}

impl Writer<'_> {
    /// Takes away what the founding of a fresh workspace made, so that another one's tables can take its place.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_founding(&mut self) -> Result<()> {
        for &entity in Entity::ALL.iter().rev() {
            self.run(&format!("DELETE FROM \"{}\"", entity.name()), [])?;
        }
        for table in ["change_chunk", "action"] {
            self.run(&format!("DELETE FROM {table}"), [])?;
        }
        self.known.forget();
        Ok(())
    }

    /// Adds a row as it was, and nothing that is derived from it. Fields that are not given have their defaults.
    ///
    /// # Errors
    /// As [`Writer::insert`].
    pub fn put_row(
        &mut self,
        entity: Entity,
        id: Uuid,
        action: LocalId,
        fields: &[(&'static Field, Value)],
    ) -> Result<LocalId> {
        let names: Vec<&str> = fields.iter().map(|(field, _)| field.name).collect();
        let values = fields.iter();
        let values = values
            .map(|(field, value)| self.column(entity, field, value))
            .collect::<Result<Vec<_>>>()?;
        self.add_row(entity, id, action, &names, values)
    }

    /// Sets a field of a row as it was, and nothing that is derived from it.
    ///
    /// # Errors
    /// As [`Writer::set`].
    pub fn put_field(
        &mut self,
        entity: Entity,
        local: LocalId,
        field: &Field,
        value: &Value,
    ) -> Result<()> {
        let column = self.column(entity, field, value)?;
        let (table, name) = (entity.name(), field.name);
        let sql = format!("UPDATE \"{table}\" SET \"{name}\" = ?2 WHERE id = ?1");
        self.run(&sql, params![local, column]).map(drop)
    }

    /// Keeps a filter under a name, in place of an earlier one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_view(&mut self, name: &str, filter: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO saved_view (name, filter) VALUES (?1, ?2)";
        self.run(sql, [name, filter]).map(drop)
    }

    /// Keeps a column mapping under a name, in place of an earlier one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_mapping(&mut self, name: &str, mapping: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO import_mapping (name, mapping) VALUES (?1, ?2)";
        self.run(sql, [name, mapping]).map(drop)
    }
}
