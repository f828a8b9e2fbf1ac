//! The release plan as JSON.

use serde::Serialize;

use super::{Shorts, text};
use crate::domain::entity::{Entity, Thing};
use crate::domain::idea::Effort;
use crate::domain::release::{PlannedRelease, ReleaseItem, Update};
use crate::problem::Problem;

/// A release with its items.
#[derive(Debug, Serialize)]
pub struct ReleaseJson {
    thing: &'static str,
    id: String,
    short_id: String,
    name: String,
    kind: &'static str,
    date: Option<String>,
    state: &'static str,
    items: Vec<ReleaseItemJson>,
}

impl ReleaseJson {
    /// A release as it stands.
    ///
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(planned: &PlannedRelease, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let release = &planned.release;
        let items = planned.items.iter();
        Ok(Self {
            thing: "release",
            id: release.id.to_string(),
            short_id: release.short.to_string(),
            name: release.name.clone(),
            kind: release.kind.name(),
            date: text(release.date.as_ref()),
            state: release.state.name(),
            items: items
                .map(|item| ReleaseItemJson::new(item, shorts))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// An idea in a release.
#[derive(Debug, Serialize)]
pub struct ReleaseItemJson {
    id: String,
    short_id: String,
    idea_id: String,
    idea_short_id: String,
    title: String,
    owner: Option<String>,
    status: &'static str,
    effort: Option<&'static str>,
    demand: Option<i64>,
    health: &'static str,
    update: Option<UpdateJson>,
    update_owed: bool,
}

impl ReleaseItemJson {
    fn new(item: &ReleaseItem, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            id: item.id.to_string(),
            short_id: shorts(Thing::new(Entity::ReleaseItem, item.id))?,
            idea_id: item.idea.to_string(),
            idea_short_id: shorts(Thing::new(Entity::Idea, item.idea))?,
            title: item.title.clone(),
            owner: text(item.owner.as_ref()),
            status: item.status.name(),
            effort: item.effort.map(Effort::name),
            demand: item.demand,
            health: item.health.name(),
            update: item.update.as_ref().map(Into::into),
            update_owed: item.owes_update,
        })
    }
}

#[derive(Debug, Serialize)]
struct UpdateJson {
    text: Option<String>,
    author: Option<String>,
    at: String,
}

impl From<&Update> for UpdateJson {
    fn from(update: &Update) -> Self {
        Self {
            text: update.text.clone(),
            author: update.author.clone(),
            at: update.at.rfc3339(),
        }
    }
}
