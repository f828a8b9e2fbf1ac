//! What can be done to meetings.
//!
//! An occurrence is named as the calendar has it; its row comes into being with the first deed that needs one. All of these
//! are undone like other deeds; the row that came along stays while somebody else's work refers to it, and then says
//! nothing but what the calendar says anyway.

use chrono::NaiveDate;

use super::{NewFeedback, Step, Subject};
use crate::domain::id::{ActionStepId, AgendaItemId};
use crate::domain::meeting::Occurrence;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

/// An item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgendaTarget {
    /// One that is there.
    Item(AgendaItemId),
    /// The one which stands for a thing that the agenda of a meeting shows by itself.
    Generated {
        /// The meeting.
        meeting: Occurrence,
        /// What it shows.
        about: Subject,
    },
}

/// New items of an agenda: one for each thing that they are about, or one with a title about nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAgendaItem {
    /// Title; when blank, what it is about tells.
    pub title: String,
    /// What they are about.
    pub about: Vec<Subject>,
    /// Who presents it; `None`: whoever adds it.
    pub presenter: Option<Handle>,
    /// Its time box.
    pub minutes: Option<u32>,
    /// Links to documents.
    pub documents: Vec<String>,
    /// Whether it stays among those invited.
    pub confidential: bool,
}

/// One field of an agenda item set to a value; `None` clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgendaEdit {
    /// Title.
    Title(Option<String>),
    /// Who presents it.
    Presenter(Option<Handle>),
    /// Its time box.
    Minutes(Option<u32>),
    /// All that was noted on it; [`MeetingDeed::Note`] adds to it.
    Notes(Option<String>),
    /// Whether it stays among those invited.
    Confidential(bool),
    /// One more link to a document.
    AddDocument(String),
    /// One link less.
    RemoveDocument(String),
    /// Whether it was discussed, in the meeting that it belongs to.
    Discussed(bool),
}

/// One field of a meeting set to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingEdit {
    /// What it is called; must not be blank.
    Title(String),
    /// How many minutes it takes.
    Minutes(u32),
    /// All that was noted on the meeting as a whole.
    Notes(Option<String>),
    /// Invites somebody besides those who attend by their role.
    Invite(Handle),
    /// Takes an invitation back.
    Uninvite(Handle),
}

/// One field of an action step set to a value; `None` clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepEdit {
    /// What is promised; must not be blank.
    Text(String),
    /// By whom.
    Owner(Option<Handle>),
    /// Until when.
    Due(Option<NaiveDate>),
}

/// What can be done to meetings, one undo step each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The sentence above each deed names its fields.
pub enum MeetingDeed {
    /// Plans a meeting by hand, or fixes when one is held whose day is open, and invites people.
    Plan {
        meeting: Occurrence,
        at: Option<Moment>,
        minutes: Option<u32>,
        attendees: Vec<Handle>,
    },
    /// Holds it at another time, which is told in that zone. Its identity and the meetings after it stay as they are.
    Move {
        meeting: Occurrence,
        to: Moment,
        zone: String,
    },
    /// Leaves it out. What is on its agenda appears on the next one.
    Cancel { meeting: Occurrence },
    /// Holds a meeting after all that was cancelled, or takes up one again that was finished.
    Restore { meeting: Occurrence },
    /// Sets fields of a meeting.
    EditMeeting {
        meeting: Occurrence,
        edits: Vec<MeetingEdit>,
    },
    /// Adds a paragraph to the notes on the meeting as a whole.
    NoteMeeting { meeting: Occurrence, text: String },
    /// Keeps a link with the meeting: a recording, a survey. `title` says what it is.
    LinkMeeting {
        meeting: Occurrence,
        url: String,
        title: Option<String>,
    },
    /// Begins it. Its time, length and title are kept from here on as they are, whatever becomes of its kind.
    Start {
        meeting: Occurrence,
        at: Moment,
        zone: String,
        minutes: u32,
    },
    /// Ends it; begins it as well where nobody has.
    Finish {
        meeting: Occurrence,
        at: Moment,
        zone: String,
        minutes: u32,
    },
    /// Puts an item, or one for each of several things, on the agenda of a meeting, or queues it for the next weekly sync, at the
    /// end.
    AddItem {
        to: Option<Occurrence>,
        item: NewAgendaItem,
    },
    /// Sets fields of an item.
    EditItem {
        item: AgendaTarget,
        edits: Vec<AgendaEdit>,
    },
    /// Adds a paragraph to the notes on an item.
    Note { item: AgendaTarget, text: String },
    /// Takes items off.
    RemoveItems { items: Vec<AgendaItemId> },
    /// Moves an item one place on the agenda of a meeting: in a weekly sync among what was planned for it and what is queued.
    /// Without one, among those of its own meeting, or those that are queued.
    ReorderItem {
        item: AgendaItemId,
        step: Step,
        on: Option<Occurrence>,
    },
    /// Marks an item as discussed in that meeting.
    Discuss {
        meeting: Occurrence,
        item: AgendaTarget,
    },
    /// Puts an item off from one meeting to another, where it is an item of its own with the same time box and documents.
    CarryOver {
        item: AgendaItemId,
        from: Occurrence,
        to: Occurrence,
    },
    /// Notes an action step; of a meeting and of one of its items, or of none.
    AddStep {
        meeting: Option<Occurrence>,
        item: Option<AgendaTarget>,
        text: String,
        owner: Option<Handle>,
        due: Option<NaiveDate>,
    },
    /// Sets fields of an action step.
    EditStep {
        step: ActionStepId,
        edits: Vec<StepEdit>,
    },
    /// Marks action steps as done.
    FinishSteps { steps: Vec<ActionStepId> },
    /// Makes action steps open again.
    ReopenSteps { steps: Vec<ActionStepId> },
    /// Takes action steps back.
    RemoveSteps { steps: Vec<ActionStepId> },
    /// Keeps what was heard in an interview as feedback of source `interview`, and ends the interview.
    Hear {
        meeting: Occurrence,
        at: Moment,
        zone: String,
        minutes: u32,
        feedback: Box<NewFeedback>,
    },
}
