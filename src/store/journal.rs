//! The journal as rows. What the changes inside a chunk mean is history's to know.

use rusqlite::{Params, Row, params};
use uuid::Uuid;

use super::key::{Key, LocalId, both, to_blob};
use super::reader::Statements;
use super::{Reader, Result, StoreError, Writer};
use crate::domain::entity::Entity;
use crate::domain::moment::Moment;

/// An action about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewAction<'a> {
    /// Its identity.
    pub id: Uuid,
    /// Mention name without `@`; empty when unknown.
    pub author: &'a str,
    /// The copy on which it is done.
    pub device: Uuid,
    /// When.
    pub at: Moment,
    /// Stable name of the deed.
    pub verb: &'a str,
    /// What it did, with placeholders for things.
    pub words: &'a str,
    /// The action which it reverses.
    pub undoes: Option<LocalId>,
}

/// An action as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRecord {
    /// Its keys.
    pub key: Key,
    /// Mention name without `@`; empty when unknown.
    pub author: String,
    /// The copy on which it was done.
    pub device: Uuid,
    /// When.
    pub at: Moment,
    /// Stable name of the deed.
    pub verb: String,
    /// What it did, with placeholders for things.
    pub words: String,
    /// The action which it reverses.
    pub undoes: Option<Key>,
    /// The action which reverses it; `None` while it is in effect.
    pub undone_by: Option<Key>,
    /// How many fields it changed.
    pub changes: u64,
}

/// One piece of the changes of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its place among the chunks of the action, from 0.
    pub sequence: u32,
    /// The version of its format.
    pub version: u32,
    /// The serialised changes.
    pub data: Vec<u8>,
}

pub(super) const ACTION: &str = "SELECT action.id, action.key, action.author, action.device, action.at, action.verb, action.words,
            action.changes, reversed.id, reversed.key, reversal.id, reversal.key
     FROM action
     LEFT JOIN action AS reversed ON reversed.id = action.undoes
     LEFT JOIN action AS reversal ON reversal.id = action.undone_by";

/// A first chunk of so many bytes lies in the row of its action: as much as a few things take. Lists of actions read the rows.
const SHORT: usize = 1_000;

/// The chunk that lies in the row of its action.
const IN_ACTION: &str = "SELECT 0, version, data FROM action WHERE id = ?1 AND data IS NOT NULL";

/// Every action that made or touched a thing, with all that undo (or redo, which undoes the undo) one of them.
const OF_THING: &str = "WITH RECURSIVE about (id) AS (
         SELECT action FROM \"{table}\" WHERE id = ?2
         UNION SELECT action FROM touched WHERE entity = ?1 AND thing = ?2
         UNION SELECT action.id FROM about JOIN action ON action.undoes = about.id
     )";

pub(super) fn record(row: &Row<'_>) -> rusqlite::Result<ActionRecord> {
    let optional = |index: usize| -> rusqlite::Result<Option<Key>> {
        let present = row.get::<_, Option<i64>>(index)?.is_some();
        present.then(|| both(row, index)).transpose()
    };
    Ok(ActionRecord {
        key: both(row, 0)?,
        author: row.get(2)?,
        device: Uuid::from_bytes(row.get(3)?),
        at: Moment(row.get(4)?),
        verb: row.get(5)?,
        words: row.get(6)?,
        changes: row.get::<_, i64>(7)?.unsigned_abs(),
        undoes: optional(8)?,
        undone_by: optional(10)?,
    })
}

fn chunk(row: &Row<'_>) -> rusqlite::Result<Chunk> {
    Ok(Chunk {
        sequence: row.get(0)?,
        version: row.get(1)?,
        data: row.get(2)?,
    })
}

/// The number by which [`Entity`] goes in the table of touched things: its place in the declaration, which only grows.
pub(super) const fn number(entity: Entity) -> i64 {
    entity as i64
}

impl Reader<'_> {
    /// The action of that identity.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_action(&self, id: Uuid) -> Result<Option<ActionRecord>> {
        let sql = format!("{ACTION} WHERE action.key = ?1");
        self.first(&sql, [to_blob(id)], record)
    }

    /// The action of that local key.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn action(&self, local: LocalId) -> Result<Option<ActionRecord>> {
        self.first(&format!("{ACTION} WHERE action.id = ?1"), [local], record)
    }

    /// The newest deed (not itself an undo or redo) of that hand on that device which is in effect: what `u` undoes. It is
    /// looked for from the end of the journal back to the action `since`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_in_effect(
        &self,
        author: &str,
        device: Uuid,
        since: LocalId,
    ) -> Result<Option<ActionRecord>> {
        let rule = "AND action.id >= ?3 AND action.undoes IS NULL AND action.undone_by IS NULL";
        self.newest_where(rule, params![device.as_bytes(), author, since])
    }

    /// The action that made the first colleague of that mention name, whether or not that was undone since; `None` where
    /// there never was one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_known(&self, handle: &str) -> Result<Option<LocalId>> {
        let sql = "SELECT min(action) FROM person WHERE handle = ?1";
        Ok(self.first(sql, [handle], |row| row.get(0))?.flatten())
    }

    /// The newest action of anybody anywhere that is in effect and no undo or redo, and whose verb is another one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_of_all(&self, except: &str) -> Result<Option<ActionRecord>> {
        let sql = format!(
            "{ACTION} WHERE action.undoes IS NULL AND action.undone_by IS NULL AND action.verb != ?1
             ORDER BY action.id DESC LIMIT 1"
        );
        self.first(&sql, [except], record)
    }

    /// The newest undo (not a redo) of that hand on that device which is in effect: what a redo undoes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_undo(&self, author: &str, device: Uuid) -> Result<Option<ActionRecord>> {
        let rule = "AND action.undoes IS NOT NULL AND action.undone_by IS NULL AND reversed.undoes IS NULL";
        self.newest_where(rule, params![device.as_bytes(), author])
    }

    fn newest_where(&self, rule: &str, parameters: impl Params) -> Result<Option<ActionRecord>> {
        let sql = format!(
            "{ACTION} WHERE action.device = ?1 AND action.author = ?2 {rule} ORDER BY action.id DESC LIMIT 1"
        );
        self.first(&sql, parameters, record)
    }

    /// The changes of an action, in order. See [`Reader::chunk`] for what may be large.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn chunks(&self, action: LocalId) -> Result<Vec<Chunk>> {
        let mut chunks: Vec<Chunk> = self
            .first(IN_ACTION, [action], chunk)?
            .into_iter()
            .collect();
        chunks.extend(self.collect(
            "SELECT sequence, version, data FROM change_chunk WHERE action = ?1 ORDER BY sequence",
            [action],
            chunk,
        )?);
        Ok(chunks)
    }

    /// How many chunks the changes of an action have.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn chunk_count(&self, action: LocalId) -> Result<u32> {
        let sql = "SELECT coalesce((SELECT max(sequence) + 1 FROM change_chunk WHERE action = ?1), data IS NOT NULL)
            FROM action WHERE id = ?1";
        Ok(self.first(sql, [action], |row| row.get(0))?.unwrap_or(0))
    }

    /// One chunk of the changes of an action; `None` past the last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn chunk(&self, action: LocalId, sequence: u32) -> Result<Option<Chunk>> {
        if sequence == 0
            && let Some(only) = self.first(IN_ACTION, [action], chunk)?
        {
            return Ok(Some(only));
        }
        self.first(
            "SELECT sequence, version, data FROM change_chunk WHERE action = ?1 AND sequence = ?2",
            params![action, sequence],
            chunk,
        )
    }

    /// The actions of the workspace, newest first: at most `limit`, older than `before` when that is given.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn actions(&self, before: Option<LocalId>, limit: usize) -> Result<Vec<ActionRecord>> {
        let before = before.map_or(i64::MAX, |local| local.0);
        let sql = format!("{ACTION} WHERE action.id < ?1 ORDER BY action.id DESC LIMIT ?2");
        self.collect(&sql, params![before, bound(limit)], record)
    }

    /// The actions of one thing, newest first: at most `limit`, older than `before` when that is given.
    ///
    /// These are the one that made it, those that touched it, and those that undo or redo one of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn actions_of(
        &self,
        entity: Entity,
        local: LocalId,
        before: Option<LocalId>,
        limit: usize,
    ) -> Result<Vec<ActionRecord>> {
        let about = OF_THING.replace("{table}", entity.name());
        let before = before.map_or(i64::MAX, |local| local.0);
        let sql = format!(
            "{about} {ACTION} JOIN about ON about.id = action.id
             WHERE action.id < ?3 ORDER BY action.id DESC LIMIT ?4"
        );
        self.collect(
            &sql,
            params![number(entity), local, before, bound(limit)],
            record,
        )
    }

    /// Actions after `after` which touched a thing, oldest first, with those that undo or redo an action of the thing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn later_actions_touching(
        &self,
        entity: Entity,
        local: LocalId,
        after: LocalId,
    ) -> Result<Vec<ActionRecord>> {
        let about = OF_THING.replace("{table}", entity.name());
        let sql = format!(
            "{about} {ACTION} JOIN about ON about.id = action.id WHERE action.id > ?3 ORDER BY action.id"
        );
        self.collect(&sql, params![number(entity), local, after], record)
    }

    /// The action that made a row.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn maker(&self, entity: Entity, local: LocalId) -> Result<Option<LocalId>> {
        let sql = &Statements::for_entity(entity).maker;
        self.first(sql, [local], |row| row.get(0))
    }
}

fn bound(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

impl Writer<'_> {
    /// Writes an action. Its changes follow as chunks, its final words and count by [`Writer::finish_action`].
    ///
    /// It does not mark what it undoes: see [`Writer::mark_undone`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append_action(&mut self, action: &NewAction<'_>) -> Result<LocalId> {
        if let Some(dropped) = self.dropped.take() {
            self.delete_action(dropped)?;
        }
        let sql = "INSERT INTO action (key, author, device, at, verb, words, undoes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.run(
            sql,
            params![
                to_blob(action.id),
                action.author,
                action.device.as_bytes(),
                action.at.0,
                action.verb,
                action.words,
                action.undoes
            ],
        )?;
        self.pending.at = self.pending.at.max(action.at.0);
        self.actions += 1;
        Ok(LocalId(self.connection().last_insert_rowid()))
    }

    /// Sets what is known only after the changes: the words, how many fields changed, and its `last` chunk, where that was
    /// not [appended](Writer::append_chunk) before. With a first one that is short, all that is one statement.
    ///
    /// # Errors
    /// When the file cannot be written, or has that chunk.
    pub fn finish_action(
        &mut self,
        action: LocalId,
        words: &str,
        changes: u64,
        last: Option<Chunk>,
    ) -> Result<()> {
        let changes = i64::try_from(changes).unwrap_or(i64::MAX);
        match last {
            Some(chunk) if chunk.sequence == 0 && chunk.data.len() <= SHORT => {
                let sql = "UPDATE action SET words = ?2, changes = ?3, version = ?4, data = ?5 WHERE id = ?1 AND data IS NULL";
                let set = params![action, words, changes, chunk.version, chunk.data];
                return match self.run(sql, set)? {
                    1 => Ok(()),
                    none => Err(rusqlite::Error::StatementChangedRows(none).into()),
                };
            }
            Some(chunk) => {
                self.append_chunk(action, chunk.sequence, chunk.version, &chunk.data)?;
            }
            None => {}
        }
        let sql = "UPDATE action SET words = ?2, changes = ?3 WHERE id = ?1";
        self.run(sql, params![action, words, changes]).map(drop)
    }

    /// Takes back an action of this very transaction which turned out to change nothing.
    ///
    /// When it is the only one, the whole transaction leaves no trace, and nothing waits for the disk. (It would be as right
    /// to delete the row, but then SQLite looks through every shared table for rows that the action made.)
    ///
    /// # Errors
    /// When it has changes, or rows refer to it.
    pub fn drop_action(&mut self, action: LocalId) -> Result<()> {
        if self.actions == 1 {
            self.dropped = Some(action);
            return Ok(());
        }
        self.delete_action(action)
    }

    fn delete_action(&self, action: LocalId) -> Result<()> {
        let sql = "DELETE FROM action WHERE id = ?1 AND data IS NULL";
        match self.run(sql, [action])? {
            0 => Err(StoreError::HasChanges(action)),
            _ => Ok(()),
        }
    }

    /// Writes one chunk of the changes of an action: a first one that is short into its row, which is written anyway.
    ///
    /// # Errors
    /// When the file cannot be written, or has that chunk.
    pub fn append_chunk(
        &mut self,
        action: LocalId,
        sequence: u32,
        version: u32,
        data: &[u8],
    ) -> Result<()> {
        if sequence == 0 && data.len() <= SHORT {
            let sql = "UPDATE action SET version = ?2, data = ?3 WHERE id = ?1 AND data IS NULL";
            return match self.run(sql, params![action, version, data])? {
                1 => Ok(()),
                none => Err(rusqlite::Error::StatementChangedRows(none).into()),
            };
        }
        let sql =
            "INSERT INTO change_chunk (action, sequence, version, data) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![action, sequence, version, data])
            .map(drop)
    }

    /// Marks an action as reversed by another, or as in effect again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mark_undone(&mut self, action: LocalId, by: Option<LocalId>) -> Result<()> {
        let sql = "UPDATE action SET undone_by = ?2 WHERE id = ?1";
        self.run(sql, params![action, by]).map(drop)
    }

    /// Forgets which actions touched which things: before all of it is noted again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_touched(&mut self) -> Result<()> {
        self.run("DELETE FROM touched", []).map(drop)
    }

    /// Notes that an action changed a thing, unless it made it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn touch(&mut self, entity: Entity, local: LocalId, action: LocalId) -> Result<()> {
        let sql = &Statements::for_entity(entity).touch;
        self.run(sql, params![number(entity), local, action])
            .map(drop)
    }
}
