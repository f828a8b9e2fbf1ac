//! What is told about releases to people outside: what came, what comes, what to look out for.
//!
//! Which idea stands in which part follows from what is known of it anyway: kind, stage, status and health.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use super::id::IdeaId;
use super::idea::{IdeaKind, Stage, Status, Ticket};
use super::release::{Health, Release, ReleaseKind, ReleaseState};

/// How far ahead the news look, in days.
const NEWS_AHEAD: u64 = 14;

/// An idea as far as it may be told outside. Of its texts only those that are written for customers are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldIdea {
    /// Identity.
    pub idea: IdeaId,
    /// Title, as it came.
    pub title: String,
    /// Kind.
    pub kind: Option<IdeaKind>,
    /// Status.
    pub status: Status,
    /// Maturity.
    pub stage: Option<Stage>,
    /// Which edition or plan carries it.
    pub edition: Option<String>,
    /// What helps until it is there, or what to do instead.
    pub workaround: Option<String>,
    /// What it brings, in a customer's words.
    pub benefit: Option<String>,
    /// Demos, PRFAQs, recordings.
    pub materials: Vec<Ticket>,
}

/// An idea in a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldItem {
    /// The idea.
    pub idea: ToldIdea,
    /// How it does there.
    pub health: Health,
}

/// A release with what is in it, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRelease {
    /// The release.
    pub release: Release,
    /// Its items.
    pub items: Vec<ToldItem>,
}

/// The notes of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseNotes {
    /// The release.
    pub release: Release,
    /// What works differently than before and needs a hand.
    pub breaking: Vec<ToldIdea>,
    /// What will go away.
    pub deprecated: Vec<ToldIdea>,
    /// What is new.
    pub added: Vec<ToldIdea>,
    /// What is better.
    pub improved: Vec<ToldIdea>,
    /// What was for those who opted in and is for everyone now.
    pub promoted: Vec<ToldIdea>,
    /// What was broken and is not any more.
    pub fixed: Vec<ToldIdea>,
    /// What is broken and will be mended later.
    pub known: Vec<ToldIdea>,
}

/// The release before another one: the last one which is out and has an earlier date.
#[must_use]
pub fn predecessor<'r>(release: &Release, releases: &'r [ToldRelease]) -> Option<&'r Release> {
    let date = release.date?;
    let out = releases.iter().map(|told| &told.release);
    let earlier = out.filter(|one| {
        one.state == ReleaseState::Released && one.date.is_some_and(|earlier| earlier < date)
    });
    earlier.max_by_key(|one| one.date)
}

impl ReleaseNotes {
    /// The notes of `told`. `were_beta` are the ideas which were no more than a beta when the release before was out.
    #[must_use]
    pub fn of(told: &ToldRelease, all: &[ToldRelease], were_beta: &HashSet<IdeaId>) -> Self {
        let mut notes = Self {
            release: told.release.clone(),
            breaking: Vec::new(),
            deprecated: Vec::new(),
            added: Vec::new(),
            improved: Vec::new(),
            promoted: Vec::new(),
            fixed: Vec::new(),
            known: Vec::new(),
        };
        let out = told.release.state == ReleaseState::Released;
        for item in told.items.iter().filter(|item| comes(item, out)) {
            let promoted = item.idea.stage == Some(Stage::GeneralAvailability)
                && were_beta.contains(&item.idea.idea);
            let part = match item.idea.kind {
                Some(IdeaKind::BreakingChange) => &mut notes.breaking,
                Some(IdeaKind::Deprecation) => &mut notes.deprecated,
                Some(IdeaKind::Bug) => &mut notes.fixed,
                _ if promoted => &mut notes.promoted,
                Some(IdeaKind::Improvement) => &mut notes.improved,
                Some(IdeaKind::Feature) | None => &mut notes.added,
            };
            part.push(item.idea.clone());
        }
        notes.known = known_issues(told, all, &notes.fixed);
        notes
    }

    /// Whether the release is not out yet, and these notes may still change.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.release.state != ReleaseState::Released
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.breaking.is_empty()
            && self.deprecated.is_empty()
            && self.added.is_empty()
            && self.improved.is_empty()
            && self.promoted.is_empty()
            && self.fixed.is_empty()
            && self.known.is_empty()
    }
}

/// Whether an item is in its release: of one that is out, what is released; of one to come, what is not cut, not put off or turned down, and may
/// make it.
fn comes(item: &ToldItem, out: bool) -> bool {
    match item.health {
        Health::Cut => false,
        _ if item.idea.status == Status::Released => true,
        Health::OffTrack => false,
        _ => !out && !item.idea.status.is_set_aside(),
    }
}

/// Bugs that are meant to be mended, and are not by this release: those that it does not bring after all, and those of later
/// releases.
fn known_issues(told: &ToldRelease, all: &[ToldRelease], fixed: &[ToldIdea]) -> Vec<ToldIdea> {
    let later = all
        .iter()
        .filter(|one| one.release.id == told.release.id || is_later(&one.release, &told.release));
    let mut seen: HashSet<IdeaId> = fixed.iter().map(|idea| idea.idea).collect();
    let mut known = Vec::new();
    for release in later {
        for item in &release.items {
            let open = !matches!(item.idea.status, Status::Released | Status::WontDo);
            // What is cut elsewhere tells nothing here.
            let told_here = item.health != Health::Cut || release.release.id == told.release.id;
            let bug = item.idea.kind == Some(IdeaKind::Bug);
            if bug && open && told_here && seen.insert(item.idea.idea) {
                known.push(item.idea.clone());
            }
        }
    }
    known
}

fn is_later(one: &Release, than: &Release) -> bool {
    if one.kind == ReleaseKind::Backlog || one.state == ReleaseState::Released {
        return false;
    }
    match (one.date, than.date) {
        (Some(one), Some(than)) => one > than,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}

/// What is new: what came since a day, and what comes soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Since when.
    pub since: NaiveDate,
    /// Today.
    pub until: NaiveDate,
    /// Features and improvements that were released since.
    pub added: Vec<ToldIdea>,
    /// Bugs that were fixed since.
    pub fixed: Vec<ToldIdea>,
    /// Releases that are due soon, with what is planned for them and may make it.
    pub coming: Vec<ToldRelease>,
}

impl News {
    /// The news, from the ideas which were released since, and the plan.
    #[must_use]
    pub fn of(
        since: NaiveDate,
        until: NaiveDate,
        released: Vec<ToldIdea>,
        plan: &[ToldRelease],
    ) -> Self {
        let (fixed, added) = released
            .into_iter()
            .partition(|idea| idea.kind == Some(IdeaKind::Bug));
        let last = until
            .checked_add_days(Days::new(NEWS_AHEAD))
            .unwrap_or(until);
        let due = |release: &Release| {
            release.state != ReleaseState::Released
                && release
                    .date
                    .is_some_and(|date| (until..=last).contains(&date))
        };
        Self {
            since,
            until,
            added,
            fixed,
            coming: to_come(plan, due),
        }
    }
}

/// The releases that `wanted` chooses, with the items that may make it and are not there already.
fn to_come(plan: &[ToldRelease], wanted: impl Fn(&Release) -> bool) -> Vec<ToldRelease> {
    let wanted = plan.iter().filter(|told| wanted(&told.release));
    wanted
        .map(|told| {
            let mut told = told.clone();
            told.items
                .retain(|item| comes(item, false) && item.idea.status != Status::Released);
            told
        })
        .collect()
}

/// What sales can tell: ideas with a clear release and a clear benefit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roadmap {
    /// Releases with a date, each with at least one such idea.
    pub releases: Vec<ToldRelease>,
    /// How many planned ideas were left out because no benefit is written down.
    pub without_benefit: usize,
}

impl Roadmap {
    /// The road map from today on.
    #[must_use]
    pub fn of(plan: &[ToldRelease]) -> Self {
        let dated = |release: &Release| {
            release.kind != ReleaseKind::Backlog
                && release.date.is_some()
                && release.state != ReleaseState::Released
        };
        let mut releases = to_come(plan, dated);
        let mut without_benefit = 0;
        for told in &mut releases {
            // Bugs are mended, not sold.
            told.items
                .retain(|item| item.idea.kind != Some(IdeaKind::Bug));
            let before = told.items.len();
            let clear = |text: &String| !text.trim().is_empty();
            told.items
                .retain(|item| item.idea.benefit.as_ref().is_some_and(clear));
            without_benefit += before - told.items.len();
        }
        releases.retain(|told| !told.items.is_empty());
        Self {
            releases,
            without_benefit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{ReleaseId, ShortId};
    use uuid::Uuid;

    /// A release that is due soon, with a feature of each of these statuses.
    fn due_with(statuses: &[Status]) -> ToldRelease {
        let item = |(number, status): (u128, &Status)| ToldItem {
            idea: ToldIdea {
                idea: IdeaId(Uuid::from_u128(number)),
                title: status.word().to_owned(),
                kind: None,
                status: *status,
                stage: None,
                edition: None,
                workaround: None,
                benefit: Some("Saves an hour".to_owned()),
                materials: Vec::new(),
            },
            health: Health::OnTrack,
        };
        ToldRelease {
            release: Release {
                id: ReleaseId(Uuid::nil()),
                short: ShortId("r1".to_owned()),
                name: "v10.2".to_owned(),
                kind: ReleaseKind::Feature,
                date: NaiveDate::from_ymd_opt(2026, 12, 16),
                state: ReleaseState::Active,
            },
            items: (1..).zip(statuses).map(item).collect(),
        }
    }

    #[test]
    fn what_was_put_off_or_turned_down_is_promised_nowhere() {
        let plan = [due_with(&[
            Status::Planned,
            Status::Postponed,
            Status::WontDo,
            Status::InDevelopment,
        ])];
        let kept = ["Planned", "In Development"];
        let notes = ReleaseNotes::of(&plan[0], &plan, &HashSet::new());
        let added: Vec<&str> = notes.added.iter().map(|idea| idea.title.as_str()).collect();
        assert_eq!(added, kept);
        let titles = |releases: &[ToldRelease]| {
            let items = releases.iter().flat_map(|told| &told.items);
            items
                .map(|item| item.idea.title.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(titles(&Roadmap::of(&plan).releases), kept);
        let day = NaiveDate::from_ymd_opt(2026, 12, 10).expect("a day");
        assert_eq!(titles(&News::of(day, day, Vec::new(), &plan).coming), kept);
    }
}
