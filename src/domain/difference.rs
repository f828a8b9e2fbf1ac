//! What changed in the release plan between two moments, as data and in words.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::id::{IdeaId, ReleaseId, ReleaseItemId};
use super::idea::Status;
use super::people::Handle;
use super::release::{
    Health, PlannedRelease, Release, ReleaseItem, ReleaseKind, ReleasePlan, ReleaseState,
};

/// What changed, release by release.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PlanDifference {
    /// The releases in which something changed, in the order of the later plan; those that are gone come last.
    pub releases: Vec<ReleaseDifference>,
}

/// What changed in one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseDifference {
    /// The release as it is in the later plan, or as it was.
    pub release: Release,
    /// What changed about the release itself.
    pub changes: Vec<ReleaseChange>,
    /// The items in which something changed, in the order of the release; those that are gone come last.
    pub items: Vec<ItemDifference>,
}

/// One thing that changed about a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReleaseChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed {
        /// Its name before.
        from: String,
    },
    /// It has another target date.
    Date {
        /// Before.
        from: Option<NaiveDate>,
        /// After.
        to: Option<NaiveDate>,
    },
    /// It stands elsewhere: released, for example.
    State {
        /// Before.
        from: ReleaseState,
        /// After.
        to: ReleaseState,
    },
    /// It is of another kind.
    Kind {
        /// Before.
        from: ReleaseKind,
        /// After.
        to: ReleaseKind,
    },
}

/// What changed about one release item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDifference {
    /// The release item.
    pub item: ReleaseItemId,
    /// Its idea.
    pub idea: IdeaId,
    /// The idea's title, as it came.
    pub title: String,
    /// The idea's owner.
    pub owner: Option<Handle>,
    /// What changed, in the order of importance.
    pub changes: Vec<ItemChange>,
}

/// One thing that changed about a release item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemChange {
    /// It is new in the plan.
    Added,
    /// It is no longer in the plan: what put it there was undone, or its idea was merged into another.
    Removed,
    /// It came from another release.
    Moved {
        /// The name of that release.
        from: String,
    },
    /// It was cut, and its idea is in these releases instead.
    Cut {
        /// Their names.
        now_in: Vec<String>,
    },
    /// It takes the place of an item that was cut elsewhere.
    CameFromCut {
        /// The names of the releases that it was cut from.
        from: Vec<String>,
    },
    /// It was cut before and is not any more.
    Revived {
        /// How it does.
        to: Health,
    },
    /// It does better or worse; neither is a cut.
    Health {
        /// Before.
        from: Health,
        /// After.
        to: Health,
    },
    /// Its idea is released.
    Released,
    /// Its idea stands elsewhere.
    Status {
        /// Before.
        from: Status,
        /// After.
        to: Status,
    },
    /// Somebody else owns it, or nobody.
    Owner {
        /// Before.
        from: Option<Handle>,
        /// After.
        to: Option<Handle>,
    },
    /// Its idea has another title.
    Renamed {
        /// The title before, as it came.
        from: String,
    },
    /// It stands for another idea, into which its own was merged.
    Merged {
        /// The title of the idea before, as it came.
        from: String,
    },
}

impl PlanDifference {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.releases.is_empty()
    }

    /// What changed about a release item; nothing when it is as it was.
    #[must_use]
    pub fn of_item(&self, item: ReleaseItemId) -> &[ItemChange] {
        let items = self.releases.iter().flat_map(|release| &release.items);
        let found = items.into_iter().find(|one| one.item == item);
        found.map_or(&[], |one| &one.changes)
    }
}

impl ReleaseChange {
    /// The change in words which stand behind the name of the release: `target date 2026-12-16, was 2026-12-01`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Added => "new release".to_owned(),
            Self::Removed => "no longer in the plan".to_owned(),
            Self::Renamed { from } => format!("renamed, was “{from}”"),
            Self::Date { from, to } => match (from, to) {
                (None, Some(to)) => format!("target date {to}, had none"),
                (Some(from), None) => format!("no target date, was {from}"),
                (Some(from), Some(to)) => {
                    format!("target date {to}, was {from} ({})", shift(*from, *to))
                }
                (None, None) => "no target date".to_owned(),
            },
            Self::State {
                to: ReleaseState::Released,
                ..
            } => "released".to_owned(),
            Self::State { from, to } => {
                format!(
                    "{}, was {}",
                    to.word().to_lowercase(),
                    from.word().to_lowercase()
                )
            }
            Self::Kind { from, to } => format!("{} release, was {}", to.word(), from.word()),
        }
    }
}

/// `15 days later`.
fn shift(from: NaiveDate, to: NaiveDate) -> String {
    let days = (to - from).num_days();
    let way = if days < 0 { "earlier" } else { "later" };
    let count = days.unsigned_abs();
    format!("{count} {} {way}", if count == 1 { "day" } else { "days" })
}

impl ItemChange {
    /// The change in words which stand behind the title of the item: `moved from v10.1`. Names and titles are as they came.
    #[must_use]
    pub fn words(&self) -> String {
        let who = |owner: &Option<Handle>| {
            owner.as_ref().map_or_else(
                || "nobody".to_owned(),
                |handle| format!("@{}", handle.as_str()),
            )
        };
        match self {
            Self::Added => "added".to_owned(),
            Self::Removed => "no longer in the plan".to_owned(),
            Self::Moved { from } => format!("moved from {from}"),
            Self::Cut { now_in } if now_in.is_empty() => "cut".to_owned(),
            Self::Cut { now_in } => format!("cut, now in {}", now_in.join(" and ")),
            Self::CameFromCut { from } => {
                format!("added, was cut from {}", from.join(" and "))
            }
            Self::Revived { to } => format!("{}, was cut", to.word()),
            Self::Health { from, to } => format!("{}, was {}", to.word(), from.word()),
            Self::Released => "released".to_owned(),
            Self::Status { from, to } => format!("{}, was {}", to.word(), from.word()),
            Self::Owner { from, to } => format!("owner {}, was {}", who(to), who(from)),
            Self::Renamed { from } => format!("renamed, was “{from}”"),
            Self::Merged { from } => format!("merged with “{from}”"),
        }
    }
}

/// An item and the release that it is in.
type Placed<'p> = (&'p Release, &'p ReleaseItem);

fn placed(plan: &ReleasePlan) -> HashMap<ReleaseItemId, Placed<'_>> {
    let items = plan
        .releases
        .iter()
        .flat_map(|planned| planned.items.iter().map(|item| (&planned.release, item)));
    items
        .map(|(release, item)| (item.id, (release, item)))
        .collect()
}

/// What changed from one plan to a later one. The order of items within a release, and demand, are not compared.
#[must_use]
pub fn between(before: &ReleasePlan, after: &ReleasePlan) -> PlanDifference {
    let were = placed(before);
    let are = placed(after);
    let known: HashMap<ReleaseId, &Release> = before
        .releases
        .iter()
        .map(|planned| (planned.release.id, &planned.release))
        .collect();
    let crossing = Crossing::of(&were, &are);
    let mut differences: Vec<ReleaseDifference> = Vec::new();
    for planned in &after.releases {
        let changes = match known.get(&planned.release.id) {
            Some(before) => release_changes(before, &planned.release),
            // It comes with the workspace: nobody has planned it.
            None if planned.release.kind == ReleaseKind::Backlog => Vec::new(),
            None => vec![ReleaseChange::Added],
        };
        let changed = planned
            .items
            .iter()
            .filter_map(|item| crossing.item(were.get(&item.id), &planned.release, item));
        let mut items: Vec<ItemDifference> = changed.collect();
        let same = before
            .releases
            .iter()
            .find(|one| one.release.id == planned.release.id);
        items.extend(same.into_iter().flat_map(|one| gone(one, &are)));
        differences.push(ReleaseDifference {
            release: planned.release.clone(),
            changes,
            items,
        });
    }
    let left = |one: &&PlannedRelease| {
        after
            .releases
            .iter()
            .all(|planned| planned.release.id != one.release.id)
    };
    for one in before.releases.iter().filter(left) {
        differences.push(ReleaseDifference {
            release: one.release.clone(),
            changes: vec![ReleaseChange::Removed],
            items: gone(one, &are).collect(),
        });
    }
    differences.retain(|one| !one.changes.is_empty() || !one.items.is_empty());
    PlanDifference {
        releases: differences,
    }
}

/// The items of an earlier release that the later plan does not have.
fn gone<'p>(
    before: &'p PlannedRelease,
    are: &'p HashMap<ReleaseItemId, Placed<'p>>,
) -> impl Iterator<Item = ItemDifference> + 'p {
    let left = before
        .items
        .iter()
        .filter(|item| !are.contains_key(&item.id));
    left.map(|item| difference(item, vec![ItemChange::Removed]))
}

fn difference(item: &ReleaseItem, changes: Vec<ItemChange>) -> ItemDifference {
    ItemDifference {
        item: item.id,
        idea: item.idea,
        title: item.title.clone(),
        owner: item.owner.clone(),
        changes,
    }
}

fn release_changes(before: &Release, after: &Release) -> Vec<ReleaseChange> {
    let mut changes = Vec::new();
    if before.state != after.state {
        changes.push(ReleaseChange::State {
            from: before.state,
            to: after.state,
        });
    }
    if before.date != after.date {
        changes.push(ReleaseChange::Date {
            from: before.date,
            to: after.date,
        });
    }
    if before.name != after.name {
        changes.push(ReleaseChange::Renamed {
            from: before.name.clone(),
        });
    }
    if before.kind != after.kind {
        changes.push(ReleaseChange::Kind {
            from: before.kind,
            to: after.kind,
        });
    }
    changes
}

/// Ideas that were cut in one release and added to another: both sides tell of each other.
struct Crossing {
    /// Where an idea was cut since, by release name.
    cut: HashMap<IdeaId, Vec<String>>,
    /// Where an idea was added since.
    added: HashMap<IdeaId, Vec<String>>,
}

impl Crossing {
    fn of(
        were: &HashMap<ReleaseItemId, Placed<'_>>,
        are: &HashMap<ReleaseItemId, Placed<'_>>,
    ) -> Self {
        let (mut cut, mut added) = (HashMap::new(), HashMap::new());
        for (id, (release, item)) in are {
            let before = were.get(id);
            let is_cut = item.health == Health::Cut;
            let names: &mut HashMap<IdeaId, Vec<String>> = match before {
                Some((_, was)) if is_cut && was.health != Health::Cut => &mut cut,
                None if !is_cut => &mut added,
                _ => continue,
            };
            names
                .entry(item.idea)
                .or_default()
                .push(release.name.clone());
        }
        for names in cut.values_mut().chain(added.values_mut()) {
            names.sort_unstable();
        }
        Self { cut, added }
    }

    fn names(names: &HashMap<IdeaId, Vec<String>>, idea: IdeaId) -> Vec<String> {
        names.get(&idea).cloned().unwrap_or_default()
    }

    fn item(
        &self,
        before: Option<&Placed<'_>>,
        release: &Release,
        item: &ReleaseItem,
    ) -> Option<ItemDifference> {
        let changes = match before {
            None => vec![self.arrival(item)],
            Some((from, was)) => self.changes(from, was, release, item),
        };
        (!changes.is_empty()).then(|| difference(item, changes))
    }

    fn arrival(&self, item: &ReleaseItem) -> ItemChange {
        let from = Self::names(&self.cut, item.idea);
        match item.health {
            Health::Cut => ItemChange::Cut {
                now_in: Self::names(&self.added, item.idea),
            },
            _ if from.is_empty() => ItemChange::Added,
            _ => ItemChange::CameFromCut { from },
        }
    }

    fn changes(
        &self,
        from: &Release,
        was: &ReleaseItem,
        release: &Release,
        item: &ReleaseItem,
    ) -> Vec<ItemChange> {
        let mut changes = Vec::new();
        if from.id != release.id {
            changes.push(ItemChange::Moved {
                from: from.name.clone(),
            });
        }
        changes.extend(match (was.health, item.health) {
            (before, after) if before == after => None,
            (_, Health::Cut) => Some(ItemChange::Cut {
                now_in: Self::names(&self.added, item.idea),
            }),
            (Health::Cut, to) => Some(ItemChange::Revived { to }),
            (from, to) => Some(ItemChange::Health { from, to }),
        });
        if was.idea != item.idea {
            changes.push(ItemChange::Merged {
                from: was.title.clone(),
            });
            return changes;
        }
        changes.extend(match (was.status, item.status) {
            (before, after) if before == after => None,
            (_, Status::Released) => Some(ItemChange::Released),
            (from, to) => Some(ItemChange::Status { from, to }),
        });
        if was.owner != item.owner {
            changes.push(ItemChange::Owner {
                from: was.owner.clone(),
                to: item.owner.clone(),
            });
        }
        if was.title != item.title {
            changes.push(ItemChange::Renamed {
                from: was.title.clone(),
            });
        }
        changes
    }
}
