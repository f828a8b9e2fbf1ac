//! What issue trackers have in common: a work item is somebody's words, and where it is planned an idea as well.
//!
//! It is planned when it has a version, milestone or cycle, is in progress, or is a feature or epic by its type. The
//! feedback is then linked to the idea, and so is processed unless the idea is new; the versions become releases, and the idea's places.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::Ground;
use crate::domain::feedback::{FeedbackKind, Resolution};
use crate::domain::idea::{Effort, IdeaKind, Status};
use crate::domain::import::{
    Brought, ImportIdea, ImportKey, ImportLink, ImportPerson, ImportPlace, ImportRecord,
    ImportRelease, ImportState,
};
use crate::exchange::convert::words::{self, headline, plain};
use crate::exchange::dates;
use crate::exchange::looks;
use crate::exchange::verdict::{Skip, Verdict};

/// An object without what perceval (<https://github.com/chaoss/grimoirelab-perceval>) wraps around it.
#[must_use]
pub fn unwrapped<'o>(object: &'o Map<String, Value>, backend: &str) -> &'o Map<String, Value> {
    let wrapped = object.get("backend_name").and_then(Value::as_str) == Some(backend);
    let inner = object.get("data").and_then(Value::as_object);
    inner.filter(|_| wrapped).unwrap_or(object)
}

/// Where a work item stands, as far as trackers agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// To be looked at or to be done.
    #[default]
    Open,
    /// Somebody works on it.
    Working,
    /// Done.
    Done,
    /// Closed without being done.
    Declined,
    /// Closed because another one says the same.
    Duplicate,
    /// Put away without being closed.
    Shelved,
}

/// Reads a state and the reason why it is closed, as trackers write them.
#[must_use]
pub fn standing(state: &str, reason: &str) -> Standing {
    let finished = !matches!(words::state(state, reason, false), ImportState::Unprocessed);
    let said = [plain(state), plain(reason)];
    let says = |known: &[&str]| said.iter().any(|word| known.contains(&word.as_str()));
    if !finished {
        return match said[0].as_str() {
            "in progress" | "indeterminate" | "in development" | "in review" | "started"
            | "assigned" => Standing::Working,
            _ => Standing::Open,
        };
    }
    if says(&["duplicate", "duplicated"]) {
        Standing::Duplicate
    } else if says(&DECLINED) {
        Standing::Declined
    } else {
        Standing::Done
    }
}

/// Why something is closed that was not done.
const DECLINED: [&str; 19] = [
    "not planned",
    "wont do",
    "wont fix",
    "wontfix",
    "declined",
    "rejected",
    "canceled",
    "cancelled",
    "abandoned",
    "invalid",
    "incomplete",
    "expired",
    "inactive",
    "moved",
    "not a bug",
    "cannot reproduce",
    "worksforme",
    "known error",
    "obsolete",
];

/// Effort from story points, a weight, or an estimate on a scale from 1 to 8 (Linear counts its own shirt sizes as 1,
/// 2, 3, 5, 8).
#[must_use]
pub fn effort_of_points(text: &str) -> Option<Effort> {
    let points: f64 = text.trim().parse().ok()?;
    Some(match points {
        points if points <= 0.0 => return None,
        points if points <= 1.0 => Effort::ExtraSmall,
        points if points <= 2.0 => Effort::Small,
        points if points <= 4.0 => Effort::Medium,
        points if points < 8.0 => Effort::Large,
        points if points.is_finite() => Effort::ExtraLarge,
        _ => return None,
    })
}

/// Effort from an estimate in seconds of work, at eight hours a day.
#[must_use]
pub const fn effort_of_seconds(seconds: u64) -> Option<Effort> {
    const DAY: u64 = 8 * 60 * 60;
    Some(match seconds {
        0 => return None,
        seconds if seconds <= 3 * DAY => Effort::ExtraSmall,
        seconds if seconds <= 5 * DAY => Effort::Small,
        seconds if seconds <= 20 * DAY => Effort::Medium,
        seconds if seconds <= 60 * DAY => Effort::Large,
        _ => Effort::ExtraLarge,
    })
}

/// The day of a date, in its own zone.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let written = text
        .get(..10)
        .and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    written.or_else(|| {
        let (moment, offset) = dates::read(text, dates::Order::default())?;
        let seconds = offset.unwrap_or(0).saturating_mul(60);
        let zone = chrono::FixedOffset::east_opt(seconds)?;
        Some(moment.at(&zone).date_naive())
    })
}

/// A colleague by mention name, e-mail address or full name, whichever the text is.
#[must_use]
pub fn colleague(text: &str) -> Option<ImportPerson> {
    let text = text.trim();
    let handle = words::handle(text)?;
    Some(ImportPerson {
        name: Some(text)
            .filter(|text| text.contains(char::is_whitespace))
            .map(str::to_owned),
        email: Some(text)
            .filter(|text| looks::is_email(text))
            .map(str::to_owned),
        ..ImportPerson::from(handle)
    })
}

/// A work item.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Work {
    /// What somebody said; state, kind and links follow from the rest.
    pub record: ImportRecord,
    /// Its type, as the tracker calls it (`Epic`).
    pub kind: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// The status as the tracker calls it; counts where it is one of ours.
    pub status: Option<String>,
    /// Whether it is in a plan that is no release.
    pub scheduled: bool,
    /// The releases that it is planned for.
    pub releases: Vec<ImportRelease>,
    /// Effort.
    pub effort: Option<Effort>,
    /// The key of its ticket, where that is not the id.
    pub ticket_key: Option<String>,
    /// The item above it.
    pub parent: Option<ImportKey>,
}

impl Work {
    /// What it brings: its releases and its idea where it is planned, and its feedback, linked to that idea, else to
    /// that of the item above it.
    #[must_use]
    pub fn brings(mut self) -> Verdict {
        if self.record.title.trim().is_empty() {
            self.record.title = headline(&self.record.body);
        }
        if self.record.title.is_empty() {
            return Verdict::Skipped(self.record.line, Skip::Blank);
        }
        if self.record.kind.is_none() {
            self.record.kind = self.kind.as_deref().and_then(kind_of_feedback);
        }
        let idea = self.idea();
        let mut record = self.record;
        record.state = state(self.standing, &record, idea.as_ref());
        let above = idea.as_ref().map(|idea| idea.key.clone()).or(self.parent);
        record.ideas.extend(above.map(|idea| ImportLink {
            idea,
            importance: None,
        }));
        let mut things: Vec<Brought> = Vec::new();
        if let Some(idea) = idea {
            things.extend(self.releases.into_iter().map(Brought::Release));
            things.push(Brought::Idea(Box::new(idea)));
        }
        things.push(record.into());
        Verdict::Brings(things)
    }

    /// The idea that it is as well; `None` when it is not planned.
    fn idea(&self) -> Option<ImportIdea> {
        let record = &self.record;
        let status = self.idea_status()?;
        let text = Some(&record.body).filter(|body| !body.trim().is_empty());
        Some(ImportIdea {
            line: record.line,
            key: ImportKey {
                source: record.source.clone(),
                origin: record.origin.clone(),
                id: record.source_id.clone()?,
            },
            title: record.title.clone(),
            problem: text.cloned(),
            original: record.original.clone(),
            url: record.url.clone(),
            ticket_key: self.ticket_key.clone().or_else(|| record.source_id.clone()),
            status: Some(status),
            owner: record.owner.clone(),
            area: record.area.clone(),
            kind: self
                .kind
                .as_deref()
                .map_or_else(|| record.kind.and_then(kind_like), kind_of_idea),
            effort: self.effort,
            edition: record.edition.clone(),
            votes: record.votes,
            releases: self
                .releases
                .iter()
                .map(|release| ImportPlace {
                    release: release.key.clone(),
                    health: None,
                })
                .collect(),
            ..ImportIdea::default()
        })
    }

    fn idea_status(&self) -> Option<Status> {
        let planned = self.scheduled || !self.releases.is_empty();
        let feature = self.kind.as_deref().is_some_and(is_feature);
        let ours = self.status.as_deref().and_then(Status::parse);
        Some(match self.standing {
            Standing::Duplicate | Standing::Shelved => return None,
            Standing::Working => Status::InDevelopment,
            _ if !planned && !feature => return None,
            Standing::Done => Status::Released,
            Standing::Declined => Status::WontDo,
            Standing::Open => match ours {
                Some(status) if status != Status::New => status,
                _ if planned => Status::Planned,
                _ => Status::New,
            },
        })
    }
}

/// The state that the feedback of a work item arrives in.
fn state(standing: Standing, record: &ImportRecord, idea: Option<&ImportIdea>) -> ImportState {
    // Nobody has weighed an idea that is new: its feedback is still to be looked at.
    let weighed = idea.is_some_and(|idea| idea.status != Some(Status::New));
    match standing {
        Standing::Duplicate if record.duplicate_of.is_some() => {
            ImportState::Processed(Resolution::Duplicate)
        }
        Standing::Shelved => ImportState::Archived,
        _ if weighed => ImportState::Processed(Resolution::Linked),
        Standing::Open | Standing::Working => ImportState::Unprocessed,
        Standing::Done | Standing::Declined | Standing::Duplicate => {
            ImportState::Processed(Resolution::NoAction)
        }
    }
}

/// Whether a type names something that is planned by its nature.
fn is_feature(kind: &str) -> bool {
    matches!(
        plain(kind).as_str(),
        "feature" | "new feature" | "epic" | "initiative"
    )
}

fn kind_of_feedback(kind: &str) -> Option<FeedbackKind> {
    words::kind(kind).or_else(|| is_feature(kind).then_some(FeedbackKind::Request))
}

fn kind_of_idea(kind: &str) -> Option<IdeaKind> {
    match plain(kind).as_str() {
        "improvement" | "enhancement" => Some(IdeaKind::Improvement),
        _ => kind_of_feedback(kind).and_then(kind_like),
    }
}

const fn kind_like(kind: FeedbackKind) -> Option<IdeaKind> {
    match kind {
        FeedbackKind::Bug => Some(IdeaKind::Bug),
        FeedbackKind::Request => Some(IdeaKind::Feature),
        FeedbackKind::Question | FeedbackKind::Praise => None,
    }
}

impl Ground<'_> {
    /// A release of that origin, known by its id, else by its name.
    #[must_use]
    pub fn release(
        &self,
        line: u64,
        origin: &str,
        id: Option<String>,
        name: &str,
    ) -> ImportRelease {
        ImportRelease {
            line,
            key: self.key(origin, id.unwrap_or_else(|| name.to_owned())),
            name: name.to_owned(),
            ..ImportRelease::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_trackers_are_understood() {
        for (state, reason, wanted) in [
            ("open", "", Standing::Open),
            ("OPEN", "REOPENED", Standing::Open),
            ("opened", "", Standing::Open),
            ("To Do", "", Standing::Open),
            ("In Progress", "", Standing::Working),
            ("ASSIGNED", "", Standing::Working),
            ("closed", "completed", Standing::Done),
            ("RESOLVED", "FIXED", Standing::Done),
            ("CLOSED", "NOT_PLANNED", Standing::Declined),
            ("done", "Won't Do", Standing::Declined),
            ("VERIFIED", "WORKSFORME", Standing::Declined),
            ("RESOLVED", "DUPLICATE", Standing::Duplicate),
        ] {
            assert_eq!(standing(state, reason), wanted, "{state} {reason}");
        }
    }

    #[test]
    fn estimates_become_sizes() {
        let points = |text| effort_of_points(text).map(Effort::word);
        assert_eq!(points("0"), None);
        assert_eq!(points("NaN"), None);
        assert_eq!(points("0.5"), Some("XS"));
        assert_eq!(points("2"), Some("S"));
        assert_eq!(points("3.0"), Some("M"));
        assert_eq!(points("5"), Some("L"));
        assert_eq!(points("13"), Some("XL"));
        let hours = |hours: u64| effort_of_seconds(hours * 3_600).map(Effort::word);
        assert_eq!(hours(0), None);
        assert_eq!(hours(8), Some("XS"));
        assert_eq!(hours(40), Some("S"));
        assert_eq!(hours(100), Some("M"));
        assert_eq!(hours(400), Some("L"));
        assert_eq!(hours(1_000), Some("XL"));
    }

    #[test]
    fn a_day_is_read_in_its_own_zone() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 30);
        assert_eq!(day("2026-11-30"), date);
        assert_eq!(day("2026-11-30T23:30:00-08:00"), date);
        assert_eq!(day("30/Nov/26 12:00 AM"), date);
        assert_eq!(day("Mon Nov 30 2026 00:30:00 GMT+0200 (EET)"), date);
        assert_eq!(day("soon"), None);
    }
}
