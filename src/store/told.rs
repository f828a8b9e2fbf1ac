//! What is told outside of the release plan.

use std::collections::HashMap;

use rusqlite::Row;

use super::feedback_row::{choice, set_choice};
use super::key::identity;
use super::{Reader, Result};
use crate::domain::id::{IdeaId, ReleaseId, TicketId};
use crate::domain::idea::{IdeaKind, Stage, Status, Ticket, TicketKind};
use crate::domain::moment::Moment;
use crate::domain::notes::{ToldIdea, ToldItem, ToldRelease};
use crate::domain::release::Health;

/// What is told of the idea `d`.
const IDEA: &str = "d.key, d.title, d.kind, d.status, d.stage, d.edition, body_of(w.body, w.packed), body_of(b.body, b.packed)";
const TEXTS: &str =
    "LEFT JOIN content w ON w.id = d.workaround LEFT JOIN content b ON b.id = d.benefit";

fn idea(row: &Row<'_>) -> rusqlite::Result<ToldIdea> {
    Ok(ToldIdea {
        idea: IdeaId(identity(row, 0)?),
        title: row.get(1)?,
        kind: choice(row, 2, IdeaKind::from_code)?,
        status: set_choice(row, 3, Status::from_code)?,
        stage: choice(row, 4, Stage::from_code)?,
        edition: row.get(5)?,
        workaround: row.get(6)?,
        benefit: row.get(7)?,
        materials: Vec::new(),
    })
}

impl Reader<'_> {
    /// The release plan as far as it is told outside, in its order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn told_plan(&self) -> Result<Vec<ToldRelease>> {
        let mut materials = self.materials()?;
        let sql = format!(
            "SELECT {IDEA}, r.key, p.health FROM release_item p
             JOIN release r ON r.id = p.release
             JOIN idea d ON d.id = p.idea {TEXTS}
             WHERE p.deleted = 0 AND r.deleted = 0 AND d.deleted = 0
             ORDER BY p.release, p.position, p.key"
        );
        let items = self.collect(&sql, [], |row| {
            let item = ToldItem {
                idea: idea(row)?,
                health: set_choice(row, 9, Health::from_code)?,
            };
            Ok((ReleaseId(identity(row, 8)?), item))
        })?;
        let mut by_release: HashMap<ReleaseId, Vec<ToldItem>> = HashMap::new();
        for (release, mut item) in items {
            if let Some(found) = materials.get_mut(&item.idea.idea) {
                item.idea.materials.clone_from(found);
            }
            by_release.entry(release).or_default().push(item);
        }
        let releases = self.releases()?.into_iter().map(|release| ToldRelease {
            items: by_release.remove(&release.id).unwrap_or_default(),
            release,
        });
        Ok(releases.collect())
    }

    /// Released ideas about which something changed since a moment, by title.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn released_ideas(&self, changed_since: Moment) -> Result<Vec<ToldIdea>> {
        let sql = format!(
            "SELECT {IDEA} FROM idea d JOIN idea_demand m ON m.idea = d.id {TEXTS}
             WHERE d.deleted = 0 AND d.merged_into IS NULL AND d.status = ?1 AND m.changed >= ?2
             ORDER BY d.title COLLATE NOCASE, d.id"
        );
        self.collect(&sql, [Status::Released.code(), changed_since.0], idea)
    }

    /// Demos, PRFAQs and recordings of the ideas in the plan.
    fn materials(&self) -> Result<HashMap<IdeaId, Vec<Ticket>>> {
        let found = self.collect(
            "SELECT d.key, t.key, t.url, t.ticket_key FROM ticket t JOIN idea d ON d.id = t.idea
             WHERE t.deleted = 0 AND t.kind = ?1 AND t.idea IN (SELECT idea FROM release_item WHERE deleted = 0)
             ORDER BY t.id",
            [TicketKind::Material.code()],
            |row| {
                let ticket = Ticket {
                    id: TicketId(identity(row, 1)?),
                    url: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                    key: row.get(3)?,
                    kind: TicketKind::Material,
                };
                Ok((IdeaId(identity(row, 0)?), ticket))
            },
        )?;
        let mut materials: HashMap<IdeaId, Vec<Ticket>> = HashMap::new();
        for (idea, ticket) in found {
            materials.entry(idea).or_default().push(ticket);
        }
        Ok(materials)
    }
}
