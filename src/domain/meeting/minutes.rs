//! What a meeting came to, as it is passed on.

use chrono::NaiveDate;

use super::occurrence::Sitting;
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
