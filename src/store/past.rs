//! What is read to see how things stood: which actions came after a moment, and which of them are about what.
//!
//! Everything here is bounded by what happened since, or by the release plan itself; the journal is never read whole.

use rusqlite::params;
use uuid::Uuid;

use super::journal::number;
use super::key::{Key, LocalId, both, optional_identity, to_blob};
use super::{Reader, Result};
use crate::domain::entity::Entity;
use crate::domain::moment::Moment;

/// A word on a release item, by identities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The update.
    pub key: Key,
    /// What was said.
    pub text: Option<Uuid>,
    /// By whom.
    pub author: Option<Uuid>,
    /// When.
    pub at: Moment,
}

impl Reader<'_> {
    /// The newest action that was done at `at` or before it. Without one, what comes before the first.
    ///
    /// The journal is walked from its end, so this costs what happened since. Where a clock was set back, what lies before
    /// the newest such action counts as done.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_action_by(&self, at: Moment) -> Result<LocalId> {
        let sql = "SELECT id FROM action WHERE at <= ?1 ORDER BY id DESC LIMIT 1";
        Ok(self
            .first(sql, [at.0], |row| row.get(0))?
            .unwrap_or(LocalId(0)))
    }

    /// The actions after `after` which undo or redo another.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reversals_after(&self, after: LocalId) -> Result<Vec<LocalId>> {
        let sql = "SELECT id FROM action WHERE id > ?1 AND undoes IS NOT NULL";
        self.collect(sql, [after], |row| row.get(0))
    }

    /// The actions after `after` up to `last` that changed no more than `most` fields, apart from those of that verb; the
    /// oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn small_actions(
        &self,
        (after, last): (LocalId, LocalId),
        except: &str,
        (most, limit): (u32, u32),
    ) -> Result<Vec<LocalId>> {
        let sql = "SELECT id FROM action WHERE id > ?1 AND id <= ?2 AND verb <> ?3 AND changes <= ?4 ORDER BY id LIMIT ?5";
        self.collect(sql, params![after, last, except, most, limit], |row| {
            row.get(0)
        })
    }

    /// The actions after `after` which changed a thing or what hangs on it, undo and redo apart.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn touches_after(
        &self,
        entity: Entity,
        thing: LocalId,
        after: LocalId,
    ) -> Result<Vec<LocalId>> {
        let sql = "SELECT action FROM touched WHERE entity = ?1 AND thing = ?2 AND action > ?3";
        self.collect(sql, params![number(entity), thing, after], |row| row.get(0))
    }

    /// Every row of `entity` that an action up to `last` made, deleted ones included.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn made_by(&self, entity: Entity, last: LocalId) -> Result<Vec<Key>> {
        let sql = format!(
            "SELECT id, key FROM \"{}\" WHERE action <= ?1 ORDER BY id",
            entity.name()
        );
        self.collect(&sql, [last], |row| both(row, 0))
    }

    /// The newest live update of a release item among those that an action up to `last` made, apart from `others`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_note(
        &self,
        item: LocalId,
        last: LocalId,
        others: &[LocalId],
    ) -> Result<Option<Note>> {
        let found = self.collect(
            "SELECT n.id, n.key, t.key, w.key, n.at FROM update_note n
             LEFT JOIN content t ON t.id = n.text
             LEFT JOIN person w ON w.id = n.author
             WHERE n.release_item = ?1 AND n.deleted = 0 AND n.action <= ?2
             ORDER BY n.at DESC, n.id DESC LIMIT ?3",
            params![
                item,
                last,
                i64::try_from(others.len() + 1).unwrap_or(i64::MAX)
            ],
            |row| {
                Ok(Note {
                    key: both(row, 0)?,
                    text: optional_identity(row, 2)?,
                    author: optional_identity(row, 3)?,
                    at: Moment(row.get(4)?),
                })
            },
        )?;
        Ok(found
            .into_iter()
            .find(|note| !others.contains(&note.key.local)))
    }
}

/// How the file orders identities where nothing else tells two things apart.
#[must_use]
pub fn tie(id: Uuid) -> [u8; 16] {
    to_blob(id)
}
