//! What changed in the release plan as JSON.

use serde::Serialize;

use super::{Shorts, text};
use crate::domain::difference::{
    ItemChange, ItemDifference, PlanDifference, ReleaseChange, ReleaseDifference,
};
use crate::domain::entity::{Entity, Thing};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::problem::Problem;

/// What changed between two moments.
#[derive(Debug, Serialize)]
pub struct PlanDifferenceJson {
    since: String,
    until: String,
    releases: Vec<ReleaseDifferenceJson>,
}

impl PlanDifferenceJson {
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(
        difference: &PlanDifference,
        (since, until): (Moment, Moment),
        shorts: &Shorts<'_>,
    ) -> Result<Self, Problem> {
        let releases = difference.releases.iter();
        Ok(Self {
            since: since.rfc3339(),
            until: until.rfc3339(),
            releases: releases
                .map(|release| ReleaseDifferenceJson::new(release, shorts))
                .collect::<Result<_, _>>()?,
        })
    }
}

#[derive(Debug, Serialize)]
struct ReleaseDifferenceJson {
    id: String,
    short_id: String,
    name: String,
    changes: Vec<ChangeJson>,
    items: Vec<ItemDifferenceJson>,
}

impl ReleaseDifferenceJson {
    fn new(release: &ReleaseDifference, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let items = release.items.iter();
        Ok(Self {
            id: release.release.id.to_string(),
            short_id: release.release.short.to_string(),
            name: release.release.name.clone(),
            changes: release.changes.iter().map(Into::into).collect(),
            items: items
                .map(|item| ItemDifferenceJson::new(item, shorts))
                .collect::<Result<_, _>>()?,
        })
    }
}

#[derive(Debug, Serialize)]
struct ItemDifferenceJson {
    id: String,
    short_id: String,
    idea_id: String,
    title: String,
    owner: Option<String>,
    changes: Vec<ChangeJson>,
}

impl ItemDifferenceJson {
    fn new(item: &ItemDifference, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            id: item.item.to_string(),
            short_id: shorts(Thing::new(Entity::ReleaseItem, item.item))?,
            idea_id: item.idea.to_string(),
            title: item.title.clone(),
            owner: text(item.owner.as_ref()),
            changes: item.changes.iter().map(Into::into).collect(),
        })
    }
}

/// One change: what it is, from what to what, and in words.
#[derive(Debug, Serialize)]
struct ChangeJson {
    change: &'static str,
    from: Option<String>,
    to: Option<String>,
    words: String,
}

impl From<&ReleaseChange> for ChangeJson {
    fn from(change: &ReleaseChange) -> Self {
        let name = |words: &str| Some(words.to_owned());
        let (kind, from, to) = match change {
            ReleaseChange::Added => ("added", None, None),
            ReleaseChange::Removed => ("removed", None, None),
            ReleaseChange::Renamed { from } => ("renamed", Some(from.clone()), None),
            ReleaseChange::Date { from, to } => ("date", text(from.as_ref()), text(to.as_ref())),
            ReleaseChange::State { from, to } => ("state", name(from.name()), name(to.name())),
            ReleaseChange::Kind { from, to } => ("kind", name(from.name()), name(to.name())),
        };
        Self {
            change: kind,
            from,
            to,
            words: change.words(),
        }
    }
}

impl From<&ItemChange> for ChangeJson {
    fn from(change: &ItemChange) -> Self {
        let name = |words: &str| Some(words.to_owned());
        let who = |owner: &Option<Handle>| text(owner.as_ref());
        let (kind, from, to) = match change {
            ItemChange::Added => ("added", None, None),
            ItemChange::Removed => ("removed", None, None),
            ItemChange::Moved { from } => ("moved", Some(from.clone()), None),
            ItemChange::Cut { now_in } => {
                let to = (!now_in.is_empty()).then(|| now_in.join(", "));
                ("cut", None, to)
            }
            ItemChange::CameFromCut { from } => ("added", Some(from.join(", ")), None),
            ItemChange::Revived { to } => ("health", name("cut"), name(to.name())),
            ItemChange::Health { from, to } => ("health", name(from.name()), name(to.name())),
            ItemChange::Released => ("released", None, None),
            ItemChange::Status { from, to } => ("status", name(from.name()), name(to.name())),
            ItemChange::Owner { from, to } => ("owner", who(from), who(to)),
            ItemChange::Renamed { from } => ("renamed", Some(from.clone()), None),
            ItemChange::Merged { from } => ("merged", Some(from.clone()), None),
        };
        Self {
            change: kind,
            from,
            to,
            words: change.words(),
        }
    }
}
