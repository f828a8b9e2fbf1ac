//! The lookups that deeds need: by name, and what belongs to a thing. Live rows only.

use std::collections::HashSet;
use std::sync::LazyLock;

use rusqlite::{Row, params};
use uuid::Uuid;

use super::key::{Key, LocalId, both, identity, optional_identity};
use super::known::Table;
use super::{Reader, Result};
use crate::domain::entity::{Entity, Kind};

/// A live link from a feedback to an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insight {
    /// Its keys.
    pub key: Key,
    /// The feedback.
    pub feedback: Key,
    /// The idea.
    pub idea: Key,
    /// The code of its importance; `None` when unset.
    pub importance: Option<i64>,
}

/// A live tag of a feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its keys.
    pub key: Key,
    /// The word.
    pub tag: String,
}

/// A live release item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its keys.
    pub key: Key,
    /// The release.
    pub release: Key,
    /// The idea.
    pub idea: Key,
    /// Its fractional index within the release.
    pub position: String,
    /// The code of its health.
    pub health: i64,
}

/// A live row that refers to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What refers.
    pub entity: Entity,
    /// Its keys.
    pub key: Key,
    /// The field by which it refers.
    pub field: &'static str,
}

/// What finds the messages that go with a comment: they are about the same feedback.
const OF_COMMENT: &str =
    "SELECT m.id, m.key FROM comment c CROSS JOIN message m ON m.feedback = c.feedback
    WHERE c.id = ?1 AND m.comment = c.id AND m.deleted = 0 LIMIT ?2";

/// One statement per field which refers to another thing: what it refers to, who refers by which field, and the SQL.
pub(super) static REFERENCES: LazyLock<Vec<(Entity, Entity, &'static str, String)>> = LazyLock::new(
    || {
        let mut references = Vec::new();
        for &entity in Entity::ALL {
            for field in entity.fields() {
                if let Kind::Thing(target) = field.kind {
                    let (table, column) = (entity.name(), field.name);
                    let sql = match (entity, column) {
                        (Entity::Message, "comment") => OF_COMMENT.to_owned(),
                        _ => format!(
                            "SELECT id, key FROM \"{table}\" WHERE \"{column}\" = ?1 AND deleted = 0 LIMIT ?2"
                        ),
                    };
                    references.push((target, entity, column, sql));
                }
            }
        }
        references
    },
);

const INSIGHT: &str = "SELECT insight.id, insight.key, feedback.id, feedback.key, idea.id, idea.key, insight.importance
     FROM insight JOIN feedback ON feedback.id = insight.feedback JOIN idea ON idea.id = insight.idea
     WHERE insight.deleted = 0";

const ITEM: &str = "SELECT release_item.id, release_item.key, release.id, release.key, idea.id, idea.key,
            release_item.position, release_item.health
     FROM release_item JOIN release ON release.id = release_item.release JOIN idea ON idea.id = release_item.idea
     WHERE release_item.deleted = 0";

fn insight(row: &Row<'_>) -> rusqlite::Result<Insight> {
    Ok(Insight {
        key: both(row, 0)?,
        feedback: both(row, 2)?,
        idea: both(row, 4)?,
        importance: row.get(6)?,
    })
}

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        key: both(row, 0)?,
        release: both(row, 2)?,
        idea: both(row, 4)?,
        position: row.get(6)?,
        health: row.get(7)?,
    })
}

impl Reader<'_> {
    /// The colleague with that mention name (without `@`, in lower case).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person_by_handle(&self, handle: &str) -> Result<Option<Key>> {
        self.by(
            Entity::Person,
            "SELECT id, key FROM person WHERE handle = ?1 AND deleted = 0 ORDER BY id",
            handle,
        )
    }

    /// The colleague with that e-mail address, whatever the case of its ASCII letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn person_by_email(&self, email: &str) -> Result<Option<Key>> {
        self.by(
            Entity::Person,
            "SELECT id, key FROM person WHERE email = ?1 COLLATE NOCASE AND deleted = 0 ORDER BY id",
            email,
        )
    }

    /// The area of that name, whatever the case of its ASCII letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn area_by_name(&self, name: &str) -> Result<Option<Key>> {
        self.by(
            Entity::Area,
            "SELECT id, key FROM area WHERE name = ?1 COLLATE NOCASE AND deleted = 0 ORDER BY id",
            name,
        )
    }

    /// The company of that name, whatever the case of its ASCII letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn company_by_name(&self, name: &str) -> Result<Option<Key>> {
        self.by(
            Entity::Company,
            "SELECT id, key FROM company WHERE name = ?1 COLLATE NOCASE AND deleted = 0 ORDER BY id",
            name,
        )
    }

    /// The customer of that name at that company (or at none).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customer_by_name(&self, name: &str, company: Option<LocalId>) -> Result<Option<Key>> {
        self.first(
            "SELECT id, key FROM customer
             WHERE name = ?1 COLLATE NOCASE AND company IS ?2 AND deleted = 0 ORDER BY id",
            params![name, company],
            |row| both(row, 0),
        )
    }

    /// The release of that name, whatever the case of its ASCII letters.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn release_by_name(&self, name: &str) -> Result<Option<Key>> {
        self.by(
            Entity::Release,
            "SELECT id, key FROM release WHERE name = ?1 COLLATE NOCASE AND deleted = 0 ORDER BY id",
            name,
        )
    }

    fn by(&self, entity: Entity, sql: &str, name: &str) -> Result<Option<Key>> {
        let found = self.first(sql, [name], |row| both(row, 0))?;
        if let Some(key) = found {
            self.known.found(Table::Things(entity), key.id, key.local);
        }
        Ok(found)
    }

    /// The links of a feedback, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn insights_of_feedback(&self, feedback: LocalId) -> Result<Vec<Insight>> {
        self.collect(
            &format!("{INSIGHT} AND insight.feedback = ?1 ORDER BY insight.id"),
            [feedback],
            insight,
        )
    }

    /// Whether a feedback is linked to an idea that is in another state than that; `None` where it is linked to none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_linked_beyond(&self, feedback: LocalId, status: i64) -> Result<Option<bool>> {
        let sql = "SELECT max(idea.status <> ?2) FROM insight JOIN idea ON idea.id = insight.idea
            WHERE insight.feedback = ?1 AND insight.deleted = 0";
        let found = self.first(sql, params![feedback, status], |row| row.get(0))?;
        Ok(found.flatten())
    }

    /// The links to an idea, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn insights_of_idea(&self, idea: LocalId) -> Result<Vec<Insight>> {
        self.collect(
            &format!("{INSIGHT} AND insight.idea = ?1 ORDER BY insight.id"),
            [idea],
            insight,
        )
    }

    /// The tags of a feedback, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tags_of(&self, feedback: LocalId) -> Result<Vec<Tag>> {
        self.collect(
            "SELECT id, key, coalesce(tag, '') FROM feedback_tag WHERE feedback = ?1 AND deleted = 0 ORDER BY id",
            [feedback],
            |row| {
                Ok(Tag {
                    key: both(row, 0)?,
                    tag: row.get(2)?,
                })
            },
        )
    }

    /// The items of a release in their order, cut ones included.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn items_of_release(&self, release: LocalId) -> Result<Vec<Item>> {
        self.collect(
            &format!("{ITEM} AND release_item.release = ?1 ORDER BY release_item.position, release_item.key"),
            [release],
            item,
        )
    }

    /// The release items of an idea, oldest first, cut ones included.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn items_of_idea(&self, idea: LocalId) -> Result<Vec<Item>> {
        self.collect(
            &format!("{ITEM} AND release_item.idea = ?1 ORDER BY release_item.id"),
            [idea],
            item,
        )
    }

    /// Live rows which refer to a thing, at most `limit` of them: what an undo of its creation would leave dangling.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn references_to(
        &self,
        entity: Entity,
        local: LocalId,
        limit: usize,
    ) -> Result<Vec<Reference>> {
        let mut found = Vec::new();
        for (target, from, field, sql) in REFERENCES.iter() {
            let room = limit.saturating_sub(found.len());
            if *target == entity && room > 0 {
                let room = i64::try_from(room).unwrap_or(i64::MAX);
                found.extend(self.collect(sql, params![local, room], |row| {
                    Ok(Reference {
                        entity: *from,
                        key: both(row, 0)?,
                        field,
                    })
                })?);
            }
        }
        Ok(found)
    }

    /// The revisions of a text, newest first, from the given one back; each once, even where a damaged file makes them
    /// a circle.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn revisions(&self, newest: Uuid) -> Result<Vec<Uuid>> {
        let mut revisions = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(newest);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let previous = self.first(
                "SELECT content.key, earlier.key FROM content LEFT JOIN content AS earlier ON earlier.id = content.previous
                 WHERE content.key = ?1",
                [super::key::to_blob(id)],
                |row| Ok((identity(row, 0)?, optional_identity(row, 1)?)),
            )?;
            next = previous.and_then(|(found, earlier)| {
                revisions.push(found);
                earlier
            });
        }
        Ok(revisions)
    }
}
