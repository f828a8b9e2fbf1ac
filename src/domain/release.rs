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

/// How an item of a release stands, by its health and by what became of its idea: as what it is drawn and counted everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Will make it.
    OnTrack,
    /// May not make it.
    AtRisk,
    /// Will not make it as things stand.
    OffTrack,
    /// Its idea is out: whatever was said of it before, there is nothing to worry about any more.
    Done,
    /// Cut, or its idea was put off or turned down: on no track.
    Gone,
}

impl Standing {
    /// Whether there is something to worry about.
    #[must_use]
    pub const fn is_risky(self) -> bool {
        matches!(self, Self::AtRisk | Self::OffTrack)
    }
}

impl From<Health> for Standing {
    fn from(health: Health) -> Self {
        match health {
            Health::OnTrack => Self::OnTrack,
            Health::AtRisk => Self::AtRisk,
            Health::OffTrack => Self::OffTrack,
            Health::Cut => Self::Gone,
        }
    }
}

impl Health {
    /// How an item of an idea with that status does, in a word.
    #[must_use]
    pub const fn word_of(self, idea: Status) -> &'static str {
        match (self, idea) {
            (Self::Cut, _) => self.word(),
            (_, Status::Postponed) => "postponed",
            (_, Status::WontDo) => "won't do",
            (_, Status::Released) => "released",
            _ => self.word(),
        }
    }

    /// How it stands, to be drawn beside that word and counted.
    #[must_use]
    pub fn standing_of(self, idea: Status) -> Standing {
        match (self, idea) {
            (Self::Cut, _) => Standing::Gone,
            (_, Status::Released) => Standing::Done,
            _ if idea.is_set_aside() => Standing::Gone,
            _ => self.into(),
        }
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
    /// Whether the next weekly sync asks for another one: see [`ReleaseItem::is_asked_for`]. A plan of the past does not tell.
    pub owes_update: bool,
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

impl Update {
    /// Whether it says that nothing has changed, and is so new that to say it again would tell nobody anything: no sync was
    /// held since then (`asked`: it asks for another one).
    #[must_use]
    pub fn has_said_it(&self, asked: bool, now: Moment) -> bool {
        self.text.is_none() && !asked && now.0 - self.at.0 < BETWEEN_SYNCS
    }
}

/// So many milliseconds lie between two weekly syncs: where there was none before, updates are asked for since then.
pub const BETWEEN_SYNCS: i64 = 7 * super::moment::DAY;

/// How new the last update of an item is, in the same words everywhere: `updated 2d ago`, or, where the next sync asks for another
/// one, for how long nobody has said anything: `no update for 9d`.
#[must_use]
pub fn update_words(update: Option<&Update>, owed: bool, now: Moment) -> String {
    let age = update.map(|update| update.at.age(now));
    match (age.as_deref(), owed) {
        (None, true) => "no update yet".to_owned(),
        (None, false) => String::new(),
        (Some("now"), _) => "updated now".to_owned(),
        (Some(age), true) => format!("no update for {age}"),
        (Some(age), false) => format!("updated {age} ago"),
    }
}

/// The same in few words: `upd. 2d`, `owed 9d`; nothing where nobody has said anything and nobody asks.
#[must_use]
pub fn update_brief(update: Option<&Update>, owed: bool, now: Moment) -> String {
    match (update.map(|update| update.at.age(now)), owed) {
        (None, true) => "owed".to_owned(),
        (None, false) => String::new(),
        (Some(age), true) => format!("owed {age}"),
        (Some(age), false) => format!("upd. {age}"),
    }
}

impl ReleaseItem {
    /// How it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.health.standing_of(self.status)
    }

    /// Whether the next weekly sync asks for an update: nobody has said how it does since the last one (`since`). What came
    /// into the plan since then (it was `added` by that time) owes nothing yet, nor does what is cut, out, postponed or will not be done,
    /// or what waits in the backlog: the sync does not go through it.
    #[must_use]
    pub fn is_asked_for(&self, release: &Release, added: Moment, since: Moment) -> bool {
        let goes_through =
            release.state != ReleaseState::Released && release.kind != ReleaseKind::Backlog;
        let updated = self.update.as_ref().map(|update| update.at);
        goes_through
            && self.health != Health::Cut
            && self.status != Status::Released
            && !self.status.is_set_aside()
            && added.max(updated.unwrap_or(added)) < since
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::DAY;
    use uuid::Uuid;

    #[test]
    fn what_is_out_put_off_or_turned_down_stands_so_whatever_was_said_of_it() {
        for (status, word, standing) in [
            (Status::Postponed, "postponed", Standing::Gone),
            (Status::WontDo, "won't do", Standing::Gone),
            (Status::Released, "released", Standing::Done),
        ] {
            for health in [Health::OnTrack, Health::AtRisk, Health::OffTrack] {
                assert_eq!(health.word_of(status), word);
                assert_eq!(health.standing_of(status), standing);
                assert!(!health.standing_of(status).is_risky());
            }
            assert_eq!(Health::Cut.word_of(status), "cut");
            assert_eq!(Health::Cut.standing_of(status), Standing::Gone);
        }
        assert_eq!(Health::AtRisk.word_of(Status::Planned), "at risk");
        let risky = Health::AtRisk.standing_of(Status::Planned);
        assert_eq!(risky, Standing::AtRisk);
        assert!(risky.is_risky());
    }

    #[test]
    fn an_update_that_is_owed_is_told_from_one_that_is_not_in_few_words_too() {
        let now = Moment(20 * DAY);
        let update = |days: i64| Update {
            text: None,
            author: None,
            at: Moment((20 - days) * DAY),
        };
        let said = |days, owed| {
            let update = update(days);
            let told = (
                update_words(Some(&update), owed, now),
                update_brief(Some(&update), owed, now),
            );
            (told.0, told.1)
        };
        assert_eq!(said(2, false), ("updated 2d ago".into(), "upd. 2d".into()));
        assert_eq!(said(9, true), ("no update for 9d".into(), "owed 9d".into()));
        assert_eq!(update_brief(None, true, now), "owed");
        assert_eq!(update_brief(None, false, now), "");
    }

    #[test]
    fn an_update_is_owed_that_the_next_sync_asks_for() {
        let release = Release {
            id: ReleaseId(Uuid::nil()),
            short: ShortId("r1".to_owned()),
            name: "v10.2".to_owned(),
            kind: ReleaseKind::Feature,
            date: None,
            state: ReleaseState::Active,
        };
        let day = |day: i64| Moment(day * DAY);
        let item = |said: Option<i64>| ReleaseItem {
            id: ReleaseItemId(Uuid::nil()),
            release: release.id,
            idea: IdeaId(Uuid::nil()),
            title: String::new(),
            owner: None,
            status: Status::Planned,
            effort: None,
            demand: None,
            health: Health::OnTrack,
            update: said.map(|said| Update {
                text: None,
                author: None,
                at: day(said),
            }),
            owes_update: false,
            position: String::new(),
        };
        let (long_ago, sync) = (day(1), day(10));
        assert!(item(None).is_asked_for(&release, long_ago, sync));
        assert!(item(Some(9)).is_asked_for(&release, long_ago, sync));
        assert!(!item(Some(10)).is_asked_for(&release, long_ago, sync));
        // It came into the plan since.
        assert!(!item(None).is_asked_for(&release, sync, sync));
        // The sync does not go through these.
        let cut = ReleaseItem {
            health: Health::Cut,
            ..item(None)
        };
        let out = ReleaseItem {
            status: Status::Released,
            ..item(None)
        };
        for status in [Status::Postponed, Status::WontDo] {
            let aside = ReleaseItem {
                status,
                ..item(None)
            };
            assert!(!aside.is_asked_for(&release, long_ago, sync));
        }
        assert!(!cut.is_asked_for(&release, long_ago, sync));
        assert!(!out.is_asked_for(&release, long_ago, sync));
        let backlog = Release {
            kind: ReleaseKind::Backlog,
            ..release.clone()
        };
        let released = Release {
            state: ReleaseState::Released,
            ..release.clone()
        };
        for release in [backlog, released] {
            assert!(!item(None).is_asked_for(&release, long_ago, sync));
        }
    }
}
