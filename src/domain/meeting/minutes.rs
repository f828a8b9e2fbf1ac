//! What a meeting came to, as it is passed on.

use chrono::NaiveDate;

use super::occurrence::Sitting;
use crate::domain::choices::choices;
use crate::domain::entity::Thing;
use crate::domain::id::{ActionStepId, AgendaItemId, ReleaseItemId, ShortId};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::release::Health;

/// The minutes of a meeting. Confidential items, what was noted on them and what was promised on them are not in here,
/// so that whatever is made of it may leave the circle of those who were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// The meeting; its notes are those on the meeting as a whole.
    pub meeting: Sitting,
    /// What was decided by deeds while it was held: first ideas and releases, then requests, each in the order of their first
    /// change.
    pub decisions: Vec<Decision>,
    /// What was discussed, with what was noted or decided, in the order of the agenda.
    pub discussed: Vec<MinutesItem>,
    /// What was said about items of the release plan since the meeting before, and in this one; by release and position.
    pub updates: Vec<MinutesUpdate>,
    /// What was promised in this meeting.
    pub promised: Vec<MinutesStep>,
    /// Earlier action steps that are still open.
    pub open: Vec<MinutesStep>,
    /// Earlier action steps that were done since the meeting before.
    pub done: Vec<MinutesStep>,
    /// What was put off to the next meeting.
    pub carried_over: Vec<MinutesItem>,
    /// Recordings, surveys and other links kept with the meeting: what it is, and where.
    pub links: Vec<(Option<String>, String)>,
    /// How many items were left out because they are confidential.
    pub withheld: usize,
}

/// What was decided about a thing while the meeting was held. Only what holds at its end is told: what was undone is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// An idea, a release or a request.
    pub thing: Thing,
    /// What a person types for it.
    pub short: ShortId,
    /// What it is called today, as it came.
    pub title: String,
    /// What changed, in the order of importance.
    pub changes: Vec<Decided>,
}

/// One thing that was decided, with names and words as they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What.
    pub what: DecidedKind,
    /// The release in which it does so, of health.
    pub release: Option<String>,
    /// What it was before: a release by name, a mention name with `@`, a word; `None` where it was nothing.
    pub from: Option<String>,
    /// What it is since; of a cut the releases that have the idea instead.
    pub to: Option<String>,
}

choices! {
    /// What can be decided by a deed.
    DecidedKind {
        /// An idea came into the release plan.
        Planned = 0, "planned", "planned for";
        /// An idea went from one release to another.
        Moved = 1, "moved", "moved";
        /// An idea was cut from a release.
        Cut = 2, "cut", "cut from";
        /// An idea was merged into another one.
        Merged = 3, "merged", "merged into";
        /// An item does better or worse.
        Health = 4, "health", "health";
        /// It stands elsewhere.
        Status = 5, "status", "status";
        /// A release has another target date.
        Date = 6, "date", "target date";
        /// Somebody else owns it, or nobody.
        Owner = 7, "owner", "owner";
    }
}

impl Decided {
    /// The decision in words which stand behind the name of the thing: `moved from v10.2 to v10.3`.
    #[must_use]
    pub fn words(&self) -> String {
        let (from, to) = (self.from.as_deref(), self.to.as_deref());
        let was = |nothing: &str| format!(", was {}", from.unwrap_or(nothing));
        match self.what {
            DecidedKind::Moved => {
                let (from, to) = (from.unwrap_or("nowhere"), to.unwrap_or("nowhere"));
                format!("moved from {from} to {to}")
            }
            DecidedKind::Cut => {
                let now = to.map(|to| format!(", now in {to}")).unwrap_or_default();
                format!("cut from {}{now}", from.unwrap_or("the plan"))
            }
            DecidedKind::Planned | DecidedKind::Merged => {
                format!("{} {}", self.what.word(), to.unwrap_or_default())
            }
            DecidedKind::Health => {
                let release = self.release.as_deref();
                let release = release
                    .map(|name| format!(" in {name}"))
                    .unwrap_or_default();
                format!("{}{release}{}", to.unwrap_or_default(), was("not said"))
            }
            DecidedKind::Status => format!("{}{}", to.unwrap_or_default(), was("not said")),
            DecidedKind::Date => format!(
                "{} {}{}",
                self.what.word(),
                to.unwrap_or("none"),
                was("none")
            ),
            DecidedKind::Owner => format!(
                "{} {}{}",
                self.what.word(),
                to.unwrap_or("nobody"),
                was("nobody")
            ),
        }
    }
}

/// An item of the minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesItem {
    /// Identity.
    pub id: AgendaItemId,
    /// What it is called.
    pub title: String,
    /// Who presented it.
    pub presenter: Option<Handle>,
    /// What was noted or decided.
    pub notes: Option<String>,
    /// Links to documents.
    pub documents: Vec<String>,
}

/// What was said about an item of the release plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesUpdate {
    /// The item.
    pub item: ReleaseItemId,
    /// What a person types for it.
    pub short: ShortId,
    /// The idea's title, as it came.
    pub title: String,
    /// The release by name.
    pub release: String,
    /// The owner.
    pub owner: Option<Handle>,
    /// How it does.
    pub health: Health,
    /// What was said; `None` for "no change".
    pub text: Option<String>,
    /// By whom, with `@`.
    pub author: Option<String>,
    /// When.
    pub at: Moment,
}

/// An action step in the minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesStep {
    /// Identity.
    pub id: ActionStepId,
    /// What a person types for it.
    pub short: ShortId,
    /// What was promised.
    pub text: String,
    /// By whom.
    pub owner: Option<Handle>,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<Moment>,
}
