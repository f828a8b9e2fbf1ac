//! What may be missing before a meeting, as far as no list of the rest of the house tells it. All of these read an index of
//! the few rows that they are about.

use rusqlite::params;

use super::feedback_row::handle;
use super::journal::number;
use super::key::identity;
use super::people::limit_value;
use super::{Reader, Result};
use crate::domain::entity::Entity;
use crate::domain::id::{IdeaId, ReleaseItemId};
use crate::domain::idea::{Status, TicketKind};
use crate::domain::people::{Handle, Role};
use crate::domain::release::{Health, ReleaseKind};

/// An idea on which something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanting {
    /// The idea.
    pub idea: IdeaId,
    /// Its title, as it came.
    pub title: String,
    /// Its owner.
    pub owner: Option<Handle>,
    /// What more is to be said: the key or the link of a ticket.
    pub detail: Option<String>,
}

const WITHOUT_REASON: &str =
    "SELECT d.key, d.title, p.handle, NULL FROM idea d INDEXED BY idea_reason_missing
             LEFT JOIN person p ON p.id = d.owner
             WHERE d.deleted = 0 AND d.reason_missing = 1 AND d.merged_into IS NULL AND d.status = 5
             ORDER BY d.id LIMIT ?1";
const WITHOUT_APPROVAL: &str =
    "SELECT d.key, d.title, p.handle, (SELECT coalesce(nullif(t.ticket_key, ''), t.url) FROM ticket t
                WHERE t.idea = d.id AND t.deleted = 0 AND t.kind <> ?3 ORDER BY t.id LIMIT 1) AS ticket
             FROM idea d INDEXED BY idea_refused
             LEFT JOIN person p ON p.id = d.owner
             WHERE d.deleted = 0 AND d.merged_into IS NULL AND d.status = 5 AND ticket IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM comment c JOIN person w ON w.id = c.author
                    WHERE c.idea = d.id AND c.deleted = 0 AND c.to_reporter = 0 AND w.role = ?4
                        AND c.at >= coalesce((SELECT min(a.at) FROM touched h JOIN action a ON a.id = h.action
                            WHERE h.entity = ?2 AND h.thing = d.id AND a.verb = 'wont-do' AND a.undone_by IS NULL), 0))
             ORDER BY d.id LIMIT ?1";
const WITHOUT_RELEASE: &str =
    "SELECT d.key, d.title, p.handle, NULL, i.key
             FROM release r CROSS JOIN release_item i ON i.release = r.id
             JOIN idea d ON d.id = i.idea
             JOIN action a ON a.id = i.action
             LEFT JOIN person p ON p.id = d.owner
             WHERE r.kind = ?2 AND r.deleted = 0 AND i.deleted = 0 AND i.health <> ?3
                AND d.deleted = 0 AND d.status = ?4 AND a.verb = 'import'
                AND NOT EXISTS (SELECT 1 FROM update_note n WHERE n.release_item = i.id AND n.deleted = 0)
                AND NOT EXISTS (SELECT 1 FROM release_item o WHERE o.idea = d.id AND o.deleted = 0 AND o.health <> ?3
                    AND o.id <> i.id)
             ORDER BY i.position, i.id LIMIT ?1";

impl Reader<'_> {
    /// Ideas that were imported as won't do and of which nobody has said why: at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas_without_reason(&self, limit: usize) -> Result<Vec<Wanting>> {
        self.collect(WITHOUT_REASON, [limit_value(limit)], wanting)
    }

    /// Ideas that will not be done and have tickets, without an internal comment of a PM: whoever closes the ticket waits
    /// for one. What was said before a feedback was first refused with the idea does not count. At most `limit`, each with
    /// its first ticket.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas_without_approval(&self, limit: usize) -> Result<Vec<Wanting>> {
        let values = params![
            limit_value(limit),
            number(Entity::Idea),
            TicketKind::Material.code(),
            Role::ProductManager.code(),
        ];
        self.collect(WITHOUT_APPROVAL, values, wanting)
    }

    /// Imported ideas that are planned, but lie in the backlog only because the import had to put them somewhere, and of
    /// which nobody has said a word there: the item, and the idea. At most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas_without_release(&self, limit: usize) -> Result<Vec<(ReleaseItemId, Wanting)>> {
        let values = params![
            limit_value(limit),
            ReleaseKind::Backlog.code(),
            Health::Cut.code(),
            Status::Planned.code(),
        ];
        self.collect(WITHOUT_RELEASE, values, |row| {
            Ok((ReleaseItemId(identity(row, 4)?), wanting(row)?))
        })
    }
}

fn wanting(row: &rusqlite::Row<'_>) -> rusqlite::Result<Wanting> {
    Ok(Wanting {
        idea: IdeaId(identity(row, 0)?),
        title: row.get(1)?,
        owner: handle(row, 2)?,
        detail: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;
    use crate::store::tests::scratch;

    #[test]
    fn nothing_that_grows_is_walked_through() {
        let (_folder, store) = scratch();
        for (sql, values) in [
            (WITHOUT_REASON, 1),
            (WITHOUT_APPROVAL, 4),
            (WITHOUT_RELEASE, 4),
        ] {
            let plan: Vec<String> = store
                .read(|reader| {
                    let sql = format!("EXPLAIN QUERY PLAN {sql}");
                    let values = rusqlite::params_from_iter(vec![10; values]);
                    reader.collect(&sql, values, |row| row.get(3))
                })
                .map_err(|error: StoreError| error)
                .expect("a plan");
            // There are few releases, and the two indexes hold only what the gate is about.
            let walks = plan.iter().filter(|step| step.starts_with("SCAN"));
            for step in walks {
                let few = ["idea_reason_missing", "idea_refused", "SCAN r"];
                assert!(few.iter().any(|name| step.contains(name)), "{plan:#?}");
            }
        }
    }
}
