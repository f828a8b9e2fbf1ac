//! Writing rows by entity and field, whatever the entity.

use std::collections::BTreeSet;
use std::ops::Deref;

use rusqlite::types::{ToSqlOutput, Value as Column, ValueRef};
use rusqlite::{CachedStatement, Connection, Params, params, params_from_iter};
use uuid::Uuid;

use super::bulk::Unindexed;
use super::derived::{Beside, Pending, Refers};
use super::key::{LocalId, to_blob};
use super::known::Table;
use super::reader::Statements;
use super::search_door::Memory;
use super::texts::{Packed, Packing};
use super::{Reader, Result, StoreError};
use crate::domain::deed::Touched;
use crate::domain::entity::{DELETED, Entity, Field, Kind, Value};

/// So many statements that add rows are kept at hand.
const INSERTS: usize = 64;

/// Adds a free text.
const KEEP: &str = "INSERT INTO content (key, title, previous, body, original, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// One transaction that writes; it reads its own writes.
///
/// It keeps what is derived from the rows as well: part of it at once, the rest in [`Writer::settle`].
pub struct Writer<'a> {
    reader: Reader<'a>,
    pub(super) pending: Pending,
    /// The free text that was added last: most often the next row is the feedback that it belongs to.
    pub(super) newest: Option<Kept>,
    /// The statements that add rows, as far as they were needed: looking each up by its words costs as much as the row.
    inserts: Vec<Insert<'a>>,
    /// The one that adds a free text.
    keeping: Option<CachedStatement<'a>>,
    /// The search index of many new texts, in the making.
    pub(super) beside: Option<Beside>,
    /// What packs the texts of an import.
    pub(super) packing: Option<Packing>,
    /// What makes the indexes again that were taken away.
    pub(super) unindexed: Vec<Unindexed>,
    /// Ideas about which anything was computed anew in this transaction; see
    /// [`Store::take_taught`](super::Store::take_taught).
    pub(super) taught: BTreeSet<i64>,
    /// Which lists show something else since this transaction, as far as it was settled.
    pub(super) touched: Touched,
    /// How many actions were written in this transaction.
    pub(super) actions: usize,
    /// The only action of this transaction, which has changed nothing after all: there is nothing to commit.
    pub(super) dropped: Option<LocalId>,
}

/// The statement that adds a row of an entity with some of its fields.
struct Insert<'a> {
    entity: Entity,
    fields: Fields,
    statement: CachedStatement<'a>,
}

/// Some fields of an entity: a bit for each, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Fields(u64);

impl Fields {
    /// Those of a new row; `None` when one of them is there twice or none of the entity's.
    fn of(entity: Entity, fields: &[(&'static Field, Value)]) -> Option<Self> {
        let all = entity.fields();
        let mut some = Self::default();
        for (field, _) in fields {
            let own = all.get(usize::from(field.place))?;
            // Nearly always it is that very field, which is quicker to tell than its name.
            let is_own = std::ptr::eq(own, *field) || own.name == field.name;
            if !is_own || some.0 & Self::bit(field) != 0 {
                return None;
            }
            some.0 |= Self::bit(field);
        }
        Some(some)
    }

    const fn bit(field: &Field) -> u64 {
        1 << field.place
    }

    /// Their names, in the order of the entity's fields.
    fn names(self, entity: Entity) -> impl Iterator<Item = &'static str> {
        let fields = entity.fields().iter().enumerate();
        let some = fields.filter(move |(place, _)| self.0 >> place & 1 == 1);
        some.map(|(_, field)| field.name)
    }

    /// How many of them come before that one.
    const fn before(self, field: &Field) -> usize {
        (self.0 & (Self::bit(field) - 1)).count_ones() as usize
    }
}

/// A free text that was added, with its local key.
pub(super) struct Kept {
    pub(super) id: Uuid,
    pub(super) local: LocalId,
    pub(super) title: String,
    /// Whether there is an `@` in it.
    pub(super) has_at: bool,
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
    /// Title and text as they go into the file, where they were packed already.
    pub packed: Option<&'a Packed>,
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
            inserts: Vec::new(),
            keeping: None,
            beside: None,
            packing: None,
            unindexed: Vec::new(),
            taught: BTreeSet::new(),
            touched: Touched::NOTHING,
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
        let place = self.insert_of(entity, fields)?;
        let (reader, insert) = (&self.reader, &mut self.inserts[place]);
        let (some, statement) = (insert.fields, &mut insert.statement);
        let key = to_blob(id);
        statement.raw_bind_parameter(1, ToSqlOutput::Borrowed(ValueRef::Blob(&key)))?;
        statement.raw_bind_parameter(2, action)?;
        let mut refers = Refers::default();
        for (field, value) in fields {
            let column = reader.column(entity, field, value)?;
            if entity == Entity::Feedback {
                refers.note(field, &column);
            }
            statement.raw_bind_parameter(3 + some.before(field), column)?;
        }
        let copies = match entity {
            Entity::Feedback => Some(self.copies(&refers)?),
            _ => None,
        };
        let statement = &mut self.inserts[place].statement;
        if let Some(copies) = &copies {
            let next = 3 + fields.len();
            statement.raw_bind_parameter(next, text(&copies.title))?;
            statement.raw_bind_parameter(next + 1, text(&copies.company_sort))?;
        }
        statement.raw_execute()?;
        let local = LocalId(self.connection().last_insert_rowid());
        self.made(Table::Things(entity), id, local)?;
        self.inserted(entity, local, fields, copies)?;
        Ok(local)
    }

    /// The place of the statement that adds a row with those fields.
    fn insert_of(&mut self, entity: Entity, fields: &[(&'static Field, Value)]) -> Result<usize> {
        let Some(some) = Fields::of(entity, fields) else {
            let field = fields.last().map_or(DELETED, |(field, _)| field.name);
            return Err(StoreError::WrongValue { entity, field });
        };
        let is_it = |insert: &Insert<'a>| insert.entity == entity && insert.fields == some;
        if let Some(place) = self.inserts.iter().position(is_it) {
            return Ok(place);
        }
        let copied: &[&str] = match entity {
            Entity::Feedback => &["title", "company_sort"],
            _ => &[],
        };
        let names: Vec<&str> = some.names(entity).chain(copied.iter().copied()).collect();
        let statement = self
            .connection()
            .prepare_cached(&insert_statement(entity, &names))?;
        // What differs from row to row (who is named, what is told) comes in few patterns, or in no pattern at all.
        if self.inserts.len() >= INSERTS {
            self.inserts.clear();
        }
        self.inserts.push(Insert {
            entity,
            fields: some,
            statement,
        });
        Ok(self.inserts.len() - 1)
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
        let sql = insert_statement(entity, names);
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
        self.set_all(entity, local, &[(field, value)])
    }

    /// Sets several fields of a row, each of them once: in one go, because whatever index holds the row is written for
    /// each statement.
    ///
    /// # Errors
    /// As [`Writer::set`].
    pub fn set_all(
        &mut self,
        entity: Entity,
        local: LocalId,
        fields: &[(&Field, &Value)],
    ) -> Result<()> {
        if fields.is_empty() {
            return Ok(());
        }
        let columns = fields.iter();
        let columns = columns
            .map(|(field, value)| self.column(entity, field, value))
            .collect::<Result<Vec<_>>>()?;
        let before = self.changing(entity, local, fields)?;
        let sql = Statements::set(entity, fields);
        let key = ToSqlOutput::from(local.0);
        let parameters = columns.into_iter().chain(std::iter::once(key));
        if self.run(&sql, params_from_iter(parameters))? == 0 {
            return Err(StoreError::UnknownRow { entity, local });
        }
        self.changed(entity, local, fields, before)
    }

    /// Adds a piece of immutable free text; does nothing when it is here already.
    ///
    /// # Errors
    /// [`StoreError::UnknownContent`] when the revision before it is not here.
    pub fn add_content(&mut self, id: Uuid, content: &NewContent<'_>) -> Result<LocalId> {
        match self.find_content(id)? {
            Some(known) => Ok(known),
            None => self.add_new_content(id, content),
        }
    }

    /// The same of a text of which it is known that it is not here.
    ///
    /// # Errors
    /// When there is a text of that identity; otherwise as [`Writer::add_content`].
    pub fn add_new_content(&mut self, id: Uuid, content: &NewContent<'_>) -> Result<LocalId> {
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
        let (title, body) = match &packed {
            Some(_) => (None, ""),
            None => (content.title, content.body),
        };
        let keeping = match &mut self.keeping {
            Some(keeping) => keeping,
            none => none.insert(self.reader.connection().prepare_cached(KEEP)?),
        };
        keeping.execute(params![
            to_blob(id),
            title,
            previous,
            body,
            content.original,
            packed
        ])?;
        self.packing = packing;
        let local = LocalId(self.connection().last_insert_rowid());
        self.made(Table::Contents, id, local)?;
        if let Some(beside) = &mut self.beside {
            beside.keep(content.title.unwrap_or_default(), content.body);
        }
        self.newest = Some(Kept {
            id,
            local,
            title: content.title.unwrap_or_default().to_owned(),
            has_at: content.body.contains('@'),
        });
        Ok(local)
    }
}

impl Reader<'_> {
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

/// The statement that adds a row with those columns.
fn insert_statement(entity: Entity, names: &[&str]) -> String {
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
    sql
}

fn text(words: &str) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(words.as_bytes()))
}
