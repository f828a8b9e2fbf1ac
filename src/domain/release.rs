//! The release plan: releases and the ideas in them.

use chrono::NaiveDate;

use super::choices::choices;
use super::id::{IdeaId, ReleaseId, ReleaseItemId, ShortId};
use super::idea::{Effort, Status};
use super::moment::Moment;
use super::people::Handle;

choices! {
    /// What sort of release it is.
    ReleaseKind {
        /// Brings features.
        Feature = 0, "feature", "feature";
        /// Mends.
        Dot = 1, "dot", "dot";
        /// Mends security.
        Security = 2, "security", "security";
        /// The shelf for planned work without a date.
        Backlog = 3, "backlog", "backlog";
    }
}

choices! {
    /// Where a release stands.
    ReleaseState {
        /// To come.
        Planned = 0, "planned", "Planned";
        /// In work.
        Active = 1, "active", "Active";
        /// Out.
        Released = 2, "released", "Released";
    }
}

choices! {
    /// How an idea does in a release.
    Health {
        /// Will make it.
        OnTrack = 0, "on-track", "on track";
        /// May not make it.
        AtRisk = 1, "at-risk", "at risk";
        /// Will not make it as things stand.
        OffTrack = 2, "off-track", "off track";
        /// Taken out; the row stays to show it.
        Cut = 3, "cut", "cut";
    }
}

/// A version with a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Identity.
    pub id: ReleaseId,
    /// What a person types for it, beside its name.
    pub short: ShortId,
    /// Name (`v10.2`).
    pub name: String,
    /// Kind.
    pub kind: ReleaseKind,
    /// Target date.
    pub date: Option<NaiveDate>,
    /// State.
    pub state: ReleaseState,
}

/// An idea in a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseItem {
    /// Identity.
    pub id: ReleaseItemId,
    /// The release.
    pub release: ReleaseId,
    /// The idea.
    pub idea: IdeaId,
    /// The idea's title, as it came.
    pub title: String,
    /// The idea's owner, which is the item's.
    pub owner: Option<Handle>,
    /// The idea's status.
    pub status: Status,
    /// The idea's effort.
    pub effort: Option<Effort>,
    /// The idea's demand; `None` in a plan of the past, because demand is derived and no journal tells it.
    pub demand: Option<i64>,
    /// Health.
    pub health: Health,
    /// The last update.
    pub update: Option<Update>,
    /// Fractional index: orders the items of a release.
    pub position: String,
}

/// A word on how an item does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// What was said; `None` for "no change".
    pub text: Option<String>,
    /// By whom.
    pub author: Option<String>,
    /// When.
    pub at: Moment,
}

/// After how many milliseconds without an update an item that is not cut owes one: seven days, the time between two syncs.
pub const UPDATE_OWED_AFTER: i64 = 7 * super::moment::DAY;

impl ReleaseItem {
    /// Whether an update is owed at `now`: no update yet, or none for a week. Cut and released items owe none.
    #[must_use]
    pub fn owes_update(&self, now: Moment) -> bool {
        self.health != Health::Cut
            && self.status != Status::Released
            && self
                .update
                .as_ref()
                .is_none_or(|u| now.0 - u.at.0 > UPDATE_OWED_AFTER)
    }
}

/// A release with its items in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRelease {
    /// The release.
    pub release: Release,
    /// Its items by position; cut ones last.
    pub items: Vec<ReleaseItem>,
}

/// All releases by date (undated after dated, the backlog last), each with its items.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ReleasePlan {
    /// The releases.
    pub releases: Vec<PlannedRelease>,
}
