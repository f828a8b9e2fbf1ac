//! Things with everything about them, as they leave Intake in a file.

use chrono::NaiveDate;

use super::feedback::{Comment, FeedbackKind, Importance, Resolution, State};
use super::id::{FeedbackId, IdeaId, InsightId};
use super::idea::{IdeaDetail, Status, Ticket};
use super::meeting::{AgendaState, MeetingState};
use super::moment::Moment;
use super::people::{Company, Customer, Handle};
use super::release::{Health, PlannedRelease};

/// A feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackRecord {
    /// Identity.
    pub id: FeedbackId,
    /// Title of the latest revision, as it came.
    pub title: String,
    /// Body of the latest revision, as it came.
    pub body: String,
    /// What sort of tool it comes from.
    pub source: String,
    /// The host, project or file it comes from.
    pub origin: String,
    /// Its id there.
    pub source_id: Option<String>,
    /// A link to it there.
    pub url: Option<String>,
    /// When it was received.
    pub received: Moment,
    /// The zone it was written in, in minutes east of UTC, where that is known.
    pub received_offset: Option<i32>,
    /// The colleague who filed it.
    pub reporter: Option<Handle>,
    /// Who wants it.
    pub customer: Option<Customer>,
    /// Their organisation; the customer's, where the feedback names none.
    pub company: Option<Company>,
    /// State, whatever the clock says.
    pub state: State,
    /// Until when it is snoozed or waiting.
    pub hidden_until: Option<Moment>,
    /// Why it is processed.
    pub resolution: Option<Resolution>,
    /// When it was processed.
    pub processed: Option<Moment>,
    /// Owner.
    pub owner: Option<Handle>,
    /// Area.
    pub area: Option<String>,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Importance.
    pub importance: Option<Importance>,
    /// Kind.
    pub kind: Option<FeedbackKind>,
    /// Votes at its source.
    pub votes: u32,
    /// When it is needed.
    pub needed_by: Option<NaiveDate>,
    /// Version of the product it speaks of.
    pub version: Option<String>,
    /// Edition it speaks of.
    pub edition: Option<String>,
    /// The original of which this is a duplicate.
    pub duplicate_of: Option<FeedbackId>,
    /// Whether an answer to the reporter is owed.
    pub answer_owed: bool,
    /// Links to ideas, oldest first.
    pub links: Vec<LinkRecord>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
}

/// The link of a feedback to an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRecord {
    /// The insight.
    pub id: InsightId,
    /// The idea.
    pub idea: IdeaId,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
    /// How much the idea matters to that customer.
    pub importance: Option<Importance>,
    /// The quoted passage.
    pub quote: Option<String>,
}

/// An idea, with what its detail does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaRecord {
    /// What its detail shows, with all of its evidence.
    pub detail: IdeaDetail,
    /// Whether it will not be done and nobody has said why.
    pub reason_missing: bool,
    /// What sort of tool it comes from, where it was imported.
    pub source: Option<String>,
    /// The host, project or file it comes from.
    pub origin: Option<String>,
    /// Its id there.
    pub source_id: Option<String>,
}

/// A release with what was said about each of its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRecord {
    /// The release and its items.
    pub planned: PlannedRelease,
    /// For each item, its updates and its comments, oldest first.
    pub said: Vec<(Vec<UpdateRecord>, Vec<Comment>)>,
}

/// A word on how a release item does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateRecord {
    /// What was said; `None` for "no change".
    pub text: Option<String>,
    /// The health that was reported with it.
    pub health: Option<Health>,
    /// By whom, with `@`.
    pub author: Option<String>,
    /// When.
    pub at: Moment,
}

/// A meeting with its agenda and what was promised. What is queued for the next weekly sync, and action steps without a
/// meeting, stand in one that has no identity and no time.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MeetingRecord {
    /// Identity (UUID).
    pub id: Option<uuid::Uuid>,
    /// Kind.
    pub kind: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// When it begins, where that was decided or it was held: else its kind says.
    pub at: Option<Moment>,
    /// Which of its kind it is: a day, `release`, or the moment for which it was planned by hand.
    pub slot: Option<String>,
    /// What it is held for: an area, a mention name with `@`, a release.
    pub scope: Option<String>,
    /// Where it stands.
    pub state: Option<MeetingState>,
    /// How long it takes, where that was decided.
    pub minutes: Option<i64>,
    /// Notes.
    pub notes: Option<String>,
    /// Mention names of those invited, with `@`.
    pub attendees: Vec<String>,
    /// Recordings and the like.
    pub tickets: Vec<Ticket>,
    /// Agenda items, in order.
    pub agenda: Vec<AgendaRecord>,
    /// Action steps, in order.
    pub steps: Vec<StepRecord>,
}

/// An item of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaRecord {
    /// Identity (UUID).
    pub id: uuid::Uuid,
    /// Title; without one, what it is about tells.
    pub title: Option<String>,
    /// Title of the feedback or idea it is about.
    pub about: Option<String>,
    /// Who presents it, with `@`.
    pub presenter: Option<String>,
    /// Its time box.
    pub minutes: Option<i64>,
    /// Whether it stays among those invited.
    pub confidential: bool,
    /// Where it stands.
    pub state: AgendaState,
    /// Notes.
    pub notes: Option<String>,
    /// Links to documents.
    pub documents: Vec<String>,
}

/// An action step from a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRecord {
    /// Identity (UUID).
    pub id: uuid::Uuid,
    /// What was promised.
    pub text: String,
    /// By whom, with `@`.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<Moment>,
}
