//! The release plan.

use std::collections::HashMap;

use super::feedback_row::{choice, handle, set_choice};
use super::key::identity;
use super::people::date;
use super::{Reader, Result};
use crate::domain::entity::Entity;
use crate::domain::id::{IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::{Effort, Status};
use crate::domain::moment::Moment;
use crate::domain::release::{
    Health, PlannedRelease, Release, ReleaseItem, ReleaseKind, ReleasePlan, ReleaseState, Update,
};

impl Reader<'_> {
    /// All releases by date, undated ones after them, the backlog last; each with its items by position, cut ones last. Updates
    /// are asked for that were not given since `asked`; without it none is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn release_plan(&self, asked: Option<Moment>) -> Result<ReleasePlan> {
        let mut items: HashMap<ReleaseId, Vec<(ReleaseItem, Moment)>> = HashMap::new();
        for (item, added) in self.release_items()? {
            let of_release = items.entry(item.release).or_default();
            of_release.push((item, added));
        }
        let releases = self.releases()?.into_iter().map(|release| {
            let found = items.remove(&release.id).unwrap_or_default().into_iter();
            let items = found.map(|(mut item, added)| {
                item.owes_update =
                    asked.is_some_and(|since| item.is_asked_for(&release, added, since));
                item
            });
            PlannedRelease {
                items: items.collect(),
                release,
            }
        });
        Ok(ReleasePlan {
            releases: releases.collect(),
        })
    }

    /// The releases alone, in the order of the plan.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>> {
        let found = self.collect(
            concat!(
                "SELECT r.key, r.name, r.kind, r.date, r.state FROM release r WHERE r.deleted = 0 ORDER BY ",
                order_of_releases!()
            ),
            [],
            |row| {
                Ok((
                    identity(row, 0)?,
                    row.get(1)?,
                    set_choice(row, 2, ReleaseKind::from_code)?,
                    date(row, 3)?,
                    set_choice(row, 4, ReleaseState::from_code)?,
                ))
            },
        )?;
        let mut releases = Vec::with_capacity(found.len());
        for (id, name, kind, date, state) in found {
            releases.push(Release {
                id: ReleaseId(id),
                short: self.short(Entity::Release, id)?,
                name,
                kind,
                date,
                state,
            });
        }
        Ok(releases)
    }

    /// Each with the moment when it was added.
    fn release_items(&self) -> Result<Vec<(ReleaseItem, Moment)>> {
        self.collect(
            "SELECT p.key, r.key, d.key, d.title, o.handle, d.status, d.effort, coalesce(m.demand, 0), p.health,
                p.position, n.id, body_of(t.body, t.packed), '@' || w.handle, n.at, a.at
             FROM release_item p
             JOIN action a ON a.id = p.action
             JOIN release r ON r.id = p.release
             JOIN idea d ON d.id = p.idea
             LEFT JOIN person o ON o.id = d.owner
             LEFT JOIN idea_demand m ON m.idea = d.id
             LEFT JOIN update_note n ON n.id = (SELECT x.id FROM update_note x
                WHERE x.release_item = p.id AND x.deleted = 0 ORDER BY x.at DESC, x.id DESC LIMIT 1)
             LEFT JOIN content t ON t.id = n.text
             LEFT JOIN person w ON w.id = n.author
             WHERE p.deleted = 0 AND r.deleted = 0 AND d.deleted = 0
             ORDER BY p.release, p.health = 3, p.position, p.key",
            [],
            |row| {
                let update = match row.get::<_, Option<i64>>(10)? {
                    None => None,
                    Some(_) => Some(Update {
                        text: row.get(11)?,
                        author: row.get(12)?,
                        at: Moment(row.get(13)?),
                    }),
                };
                let item = ReleaseItem {
                    id: ReleaseItemId(identity(row, 0)?),
                    release: ReleaseId(identity(row, 1)?),
                    idea: IdeaId(identity(row, 2)?),
                    title: row.get(3)?,
                    owner: handle(row, 4)?,
                    status: set_choice(row, 5, Status::from_code)?,
                    effort: choice(row, 6, Effort::from_code)?,
                    demand: Some(row.get(7)?),
                    health: set_choice(row, 8, Health::from_code)?,
                    update,
                    owes_update: false,
                    position: row.get(9)?,
                };
                Ok((item, Moment(row.get(14)?)))
            },
        )
    }
}

#[cfg(test)]
mod tests;
