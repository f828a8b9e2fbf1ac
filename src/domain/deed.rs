//! Deeds: everything a person can do to a workspace, as plain data.
//!
//! A front end makes a [`Deed`]; history validates it, applies it in one transaction together with its journal entry,
//! and answers with an [`Outcome`]. One deed is one undo step, however many things it touches. People are named by
//! their handles, which are resolved when the deed is applied; everything else by identity.

mod meeting;
mod seen;
mod touched;

pub use meeting::{AgendaEdit, AgendaTarget, MeetingDeed, MeetingEdit, NewAgendaItem, StepEdit};
pub use seen::Seen;
pub use touched::Touched;

use chrono::NaiveDate;
use uuid::Uuid;

use super::entity::Thing;
use super::feedback::{FeedbackKind, FeedbackRow, Importance, Quote};
use super::id::{ActionId, FeedbackId, IdeaId, ReleaseId, ReleaseItemId, TicketId};
use super::idea::{Effort, IdeaKind, Stage, Status, TicketKind, Timeframe};
use super::moment::Moment;
use super::people::{Handle, Role};
use super::release::{Health, ReleaseKind, ReleaseState};

/// The idea that a deed aims at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdeaTarget {
    /// One that exists.
    Existing(IdeaId),
    /// A new one with this title, made in the same undo step.
    New(String),
}

/// The fields of a new idea; all but the title may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewIdea {
    /// Title; must not be blank.
    pub title: String,
    /// Further fields, validated like edits.
    pub edits: Vec<IdeaEdit>,
    /// Link these feedback items to it at once.
    pub from: Vec<FeedbackId>,
}

/// One field of an idea set to a value; `None` clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdeaEdit {
    /// The title; must not be blank.
    Title(String),
    /// What hurts.
    Problem(Option<String>),
    /// What we propose.
    Solution(Option<String>),
    /// What helps until then.
    Workaround(Option<String>),
    /// What it brings, in a customer's words.
    Benefit(Option<String>),
    /// The shareable reason of Won't Do.
    Reason(Option<String>),
    /// Owner.
    Owner(Option<Handle>),
    /// Area by name; an unknown one is refused.
    Area(Option<String>),
    /// Kind.
    Kind(Option<IdeaKind>),
    /// Status. Planned needs a live release item (or one in the same deed), Won't Do a reason (or one in the same deed).
    Status(Status),
    /// Effort.
    Effort(Option<Effort>),
    /// Timeframe.
    Timeframe(Option<Timeframe>),
    /// Edition.
    Edition(Option<String>),
    /// Stage.
    Stage(Option<Stage>),
    /// Puts it into this release (and out of no other).
    Release(ReleaseId),
    /// Cuts it from every release that is not out.
    Cut,
    /// Ticks or unticks a checklist item of general availability.
    Check(String, bool),
}

/// One field of a feedback set to a value; `None` clears it. The text itself is immutable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedbackEdit {
    /// Area by name; an unknown one is refused.
    Area(Option<String>),
    /// Kind.
    Kind(Option<FeedbackKind>),
    /// When the customer needs it.
    NeededBy(Option<NaiveDate>),
    /// Version of the product it speaks of.
    ProductVersion(Option<String>),
    /// Edition it speaks of.
    Edition(Option<String>),
    /// Who filed it.
    Reporter(Option<Handle>),
    /// Who wants it, by name; made if new.
    Customer(Option<String>),
    /// Their organisation, by name; made if new.
    Company(Option<String>),
    /// Waives (false) or owes (true) the answer.
    AnswerOwed(bool),
}

/// A feedback typed in by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewFeedback {
    /// Title; when blank, the first line of the body serves.
    pub title: String,
    /// Body.
    pub body: String,
    /// Source; blank means `manual`.
    pub source: String,
    /// A link to where it was said.
    pub url: Option<String>,
    /// When it was received; `None` means now.
    pub received: Option<Moment>,
    /// Importance.
    pub importance: Option<Importance>,
    /// Owner.
    pub owner: Option<Handle>,
    /// Tags.
    pub tags: Vec<String>,
    /// Further fields.
    pub edits: Vec<FeedbackEdit>,
}

/// What a comment is on, or an agenda item about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A feedback.
    Feedback(FeedbackId),
    /// An idea.
    Idea(IdeaId),
    /// A release item.
    ReleaseItem(ReleaseItemId),
}

/// Where an item goes within its release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One place towards the top.
    Up,
    /// One place towards the bottom.
    Down,
}

/// What becomes of the idea when its item is cut from a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterCut {
    /// A new item in that release.
    MoveTo(ReleaseId),
    /// The idea becomes Postponed.
    Postpone,
    /// Nothing: the idea stays in another release, or its status is not Planned.
    Nothing,
}

/// The fields of a release; `None` leaves a field as it is (or at its default, when new).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReleaseEdit {
    /// Name; must not be blank, and not that of another release.
    pub name: Option<String>,
    /// Kind.
    pub kind: Option<ReleaseKind>,
    /// Target date; `Some(None)` clears it.
    pub date: Option<Option<NaiveDate>>,
    /// State.
    pub state: Option<ReleaseState>,
}

/// The fields of a colleague; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonEdit {
    /// Full name.
    pub name: Option<String>,
    /// E-mail; `Some(None)` clears it.
    pub email: Option<Option<String>>,
    /// Role.
    pub role: Option<Role>,
}

/// The fields of an area; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaEdit {
    /// The PM who owns it; `Some(None)` clears it.
    pub owner: Option<Option<Handle>>,
    /// Keywords to add.
    pub add_keywords: Vec<String>,
    /// Keywords to remove.
    pub remove_keywords: Vec<String>,
}

/// The fields of a company; `None` leaves a field as it is, `Some(None)` clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyEdit {
    /// Web domain.
    pub domain: Option<Option<String>>,
    /// Tier.
    pub tier: Option<Option<String>>,
    /// Annual revenue in whole units.
    pub revenue: Option<Option<i64>>,
    /// Segment.
    pub segment: Option<Option<String>>,
    /// Renewal date.
    pub renewal: Option<Option<NaiveDate>>,
}

/// Everything a person can do, one undo step each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The sentence above each deed names its fields.
pub enum Deed {
    /// Links feedback to an idea, with a quote when it is one feedback. Linking again only sets the quote.
    Link {
        feedback: Vec<FeedbackId>,
        idea: IdeaTarget,
        quote: Option<Quote>,
    },
    /// Removes the links of feedback to an idea.
    Unlink {
        feedback: Vec<FeedbackId>,
        idea: IdeaId,
    },
    /// Makes somebody (or nobody) the owner of feedback; stores an assignment message for a new owner other than oneself.
    Assign {
        feedback: Vec<FeedbackId>,
        owner: Option<Handle>,
    },
    /// Sets importance on feedback and on its insights which still carry the feedback's old value.
    SetImportance {
        feedback: Vec<FeedbackId>,
        importance: Option<Importance>,
    },
    /// Answers each reporter (a comment to them and a message in the outbox) and marks the feedback processed.
    Answer { answers: Vec<(FeedbackId, String)> },
    /// Marks feedback processed; no answer is needed.
    Process { feedback: Vec<FeedbackId> },
    /// Asks each reporter back (comment and message) and waits until the given moment.
    Ask {
        questions: Vec<(FeedbackId, String)>,
        until: Moment,
    },
    /// Links feedback to an idea that will not be done, and gives that idea the status and the shareable reason; with `cut`
    /// it is cut from every release that is not out. Those of the feedback that have an answer are answered as by
    /// [`Deed::Answer`]; the others stay in hand.
    WontDo {
        feedback: Vec<FeedbackId>,
        idea: IdeaTarget,
        reason: String,
        cut: bool,
        answers: Vec<(FeedbackId, String)>,
    },
    /// Marks feedback as the same as another one (processed; demand counts through the original).
    Duplicate {
        feedback: Vec<FeedbackId>,
        of: FeedbackId,
    },
    /// Hides unprocessed feedback until then.
    Snooze {
        feedback: Vec<FeedbackId>,
        until: Moment,
    },
    /// Puts feedback away: not feedback.
    Archive { feedback: Vec<FeedbackId> },
    /// Makes feedback unprocessed again (also wakes what is snoozed or waiting, and undoes a duplicate mark).
    Reopen { feedback: Vec<FeedbackId> },
    /// Adds and removes tags.
    Tag {
        feedback: Vec<FeedbackId>,
        add: Vec<String>,
        remove: Vec<String>,
    },
    /// Sets a field that has no deed of its own.
    EditFeedback {
        feedback: Vec<FeedbackId>,
        edits: Vec<FeedbackEdit>,
    },
    /// Appends a new revision of a feedback's text.
    Revise {
        feedback: FeedbackId,
        title: String,
        body: String,
    },
    /// Adds a feedback typed in by hand.
    AddFeedback(Box<NewFeedback>),
    /// Adds an internal comment to each of these.
    Comment { on: Vec<Subject>, text: String },
    /// Makes an idea.
    CreateIdea(Box<NewIdea>),
    /// Sets fields of ideas.
    EditIdeas {
        ideas: Vec<IdeaId>,
        edits: Vec<IdeaEdit>,
    },
    /// Moves the insights, comments, tickets and release items of `from` to `into`, and retires `from`.
    MergeIdeas { from: IdeaId, into: IdeaId },
    /// Adds a ticket to an idea.
    AddTicket {
        idea: IdeaId,
        url: String,
        key: Option<String>,
        kind: TicketKind,
    },
    /// Removes a ticket.
    RemoveTicket { ticket: TicketId },
    /// Makes a release; a name is needed.
    CreateRelease(ReleaseEdit),
    /// Sets fields of a release.
    EditRelease {
        release: ReleaseId,
        edit: ReleaseEdit,
    },
    /// Puts ideas into a release, at its end; ideas that were New, Under Consideration or Postponed become Planned.
    AddToRelease {
        ideas: Vec<IdeaId>,
        release: ReleaseId,
    },
    /// Moves items to another release; the row goes along with its updates.
    MoveItems {
        items: Vec<ReleaseItemId>,
        to: ReleaseId,
    },
    /// Moves items, some to one release and some to another: those of several releases each one further.
    SpreadItems {
        moves: Vec<(ReleaseId, Vec<ReleaseItemId>)>,
    },
    /// Moves an item one place within its release.
    ReorderItem { item: ReleaseItemId, step: Step },
    /// Adds an update to items: a text, a health, or both.
    UpdateItems {
        items: Vec<ReleaseItemId>,
        text: Option<String>,
        health: Option<Health>,
    },
    /// Records that nothing changed.
    NoChange { items: Vec<ReleaseItemId> },
    /// Cuts an item from its release; the row stays as Cut.
    CutItem { item: ReleaseItemId, then: AfterCut },
    /// Something about a meeting, its agenda, or what was promised in it.
    Meeting(Box<MeetingDeed>),
    /// Makes or changes a colleague.
    SavePerson { handle: Handle, edit: PersonEdit },
    /// Makes or changes an area.
    SaveArea { name: String, edit: AreaEdit },
    /// Makes or changes a company.
    SaveCompany { name: String, edit: CompanyEdit },
    /// Puts somebody (or nobody) on duty in the week of that Monday.
    SetDuty {
        monday: NaiveDate,
        person: Option<Handle>,
    },
}

/// What a deed did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its action; `None` when nothing had to change (and so there is nothing to undo).
    pub action: Option<ActionId>,
    /// What to tell the person, in the past tense: `linked to Export boards as PDF`.
    pub words: String,
    /// Things it made, in order.
    pub made: Vec<Thing>,
    /// Of an undo or redo: the feedback that it is about, as far as it is there now; at most [`MOST_ABOUT`], in no order.
    pub about: Vec<FeedbackRow>,
    /// The same for the ideas and release items that it is about.
    pub things: Vec<Thing>,
    /// Of an undo or redo: the action that it reverses.
    pub reverses: Option<ActionId>,
    /// Which lists show something else now; all of them where that was not found out: where much was done at once.
    pub touched: Touched,
}

/// Of how many feedback an outcome tells, at most.
pub const MOST_ABOUT: usize = 20;

/// So many changed fields make an action large: to undo it by mistake would take long, and change much.
pub const LARGE: u64 = 5_000;

/// An action that an undo or redo would reverse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foresight {
    /// The action itself; for a redo, the undo that it would take back.
    pub action: ActionId,
    /// What was done, in its own words.
    pub words: String,
    /// When.
    pub at: Moment,
    /// How many fields it changed.
    pub changes: u64,
}

/// What an undo or redo would reverse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreseen {
    /// That action.
    It(Foresight),
    /// Nothing was done.
    Nothing,
    /// Nothing was done by this person on this device, but by others, or elsewhere.
    NotYours,
}

/// What to undo or redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reversal {
    /// My newest deed on this device that is in effect.
    Newest,
    /// The deed which was undone last, unless something was done since.
    LastUndone,
    /// That action, whoever did it. An action that is undone is done again.
    Action {
        /// The action.
        action: ActionId,
        /// Leave out what other deeds have changed since, instead of refusing.
        rest: bool,
    },
}

/// Something that stands in the way of an undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The thing, by name: `“Dark mode on mobile”`.
    pub thing: String,
    /// The field, in words.
    pub field: String,
    /// Who changed it since, and when; `None` when it is a rule that would break.
    pub by: Option<(String, Moment)>,
    /// What it is about, in one line.
    pub words: String,
}

/// The answer to an undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reversed {
    /// It is done.
    Done(Outcome),
    /// Nothing to undo (or redo).
    Nothing,
    /// Nothing to undo was done by this person on this device, but by others, or elsewhere.
    NotYours,
    /// It would reverse this, which should be confirmed first: nothing was changed.
    Unsure(Foresight),
    /// It was refused and changed nothing.
    Refused {
        /// The action that was to be undone.
        action: ActionId,
        /// What stands in the way; at most twenty are named.
        obstacles: Vec<Obstacle>,
        /// How many changes could still be undone with `rest`.
        rest: usize,
    },
}

impl From<MeetingDeed> for Deed {
    fn from(deed: MeetingDeed) -> Self {
        Self::Meeting(Box::new(deed))
    }
}

impl Outcome {
    /// The first thing made of that kind.
    #[must_use]
    pub fn first(&self, entity: super::entity::Entity) -> Option<Uuid> {
        self.made.iter().find(|t| t.entity == entity).map(|t| t.id)
    }
}
