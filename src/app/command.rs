//! The command table: one row for everything a person can do.
//!
//! Dispatch, footer, help, the popup after a pending key, the palette, the key table of the README and the man page all
//! read these rows. Adding a command is one row here, one arm where it is carried out, and one test.

mod availability;
mod context;
mod everywhere;
mod feedback;
mod ideas;
mod missing;
mod plan;
mod present;
mod sync;
mod writing;

pub mod footer;
pub mod reference;

use std::borrow::Cow;
use std::fmt;

use crate::domain::feedback::Importance;

use super::state::State;

pub use context::{Context, EVERYWHERE, LOOKING};

/// Why a command cannot run now: a short sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub Cow<'static, str>);

impl Reason {
    /// A reason that is always worded alike.
    #[must_use]
    pub const fn new(words: &'static str) -> Self {
        Self(Cow::Borrowed(words))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a command can run, or why not.
pub type Availability = fn(&State) -> Result<(), Reason>;

/// Which part of the product a command belongs to; groups are shown in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Moving about.
    Move,
    /// Showing something else.
    Go,
    /// Marks, undo, copying, help.
    General,
    /// Deeds on feedback.
    Feedback,
    /// Selecting a passage as a quote.
    Passage,
    /// Deeds on ideas.
    Ideas,
    /// Deeds on releases and their items.
    Plan,
    /// In a timeline.
    Timeline,
    /// The weekly sync.
    Sync,
    /// What is missing before it.
    Missing,
    /// The weekly sync while it is held.
    Present,
    /// Typing.
    Writing,
    /// Choosing from a list.
    Choosing,
}

impl Group {
    /// Every group, in order.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Go,
        Self::General,
        Self::Feedback,
        Self::Passage,
        Self::Ideas,
        Self::Plan,
        Self::Timeline,
        Self::Sync,
        Self::Missing,
        Self::Present,
        Self::Writing,
        Self::Choosing,
    ];

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Moving about",
            Self::Go => "Showing",
            Self::General => "Everywhere",
            Self::Feedback => "Inbox and feedback",
            Self::Passage => "Selecting a passage",
            Self::Ideas => "Ideas",
            Self::Plan => "Release plan",
            Self::Timeline => "Timeline",
            Self::Sync => "Weekly sync",
            Self::Missing => "Missing before the weekly sync",
            Self::Present => "Presenting the weekly sync",
            Self::Writing => "Typing",
            Self::Choosing => "Choosing from a list",
        }
    }
}

/// Everything a person can do. What each one is called and says is in its [`Row`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The help of its row describes each.
pub enum Command {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    ScrollDown,
    ScrollUp,
    NextPane,
    PreviousPane,
    Open,
    Back,
    Zoom,

    GoInbox,
    GoIdeas,
    GoPlan,
    GoSync,
    GoTimeline,
    GoOutbox,
    GoCharts,
    ItemTimeline,
    Views,
    SaveView,
    Import,
    Filter,
    NextMatch,
    PreviousMatch,
    Widen,
    Order,

    Mark,
    Range,
    MarkAll,
    Undo,
    Redo,
    Repeat,
    Palette,
    Help,
    CopyId,
    CopyMarkdown,
    CopyAnswersOwed,
    Export,
    OpenSource,
    Editor,
    Queue,
    NewPerson,
    Me,
    ToggleMouse,
    NextTheme,
    Redraw,
    Suspend,
    Close,
    Quit,

    /// Links to the suggestion with that number, from 1. Its keys count: the first key in the list is number 1.
    LinkSuggestion(u8),
    Link,
    Unlink,
    NewIdeaFromFeedback,
    Assign,
    AssignToMe,
    SetImportance(Option<Importance>),
    Answer,
    Process,
    Ask,
    WontDo,
    Duplicate,
    Snooze,
    Archive,
    Reopen,
    Tags,
    CommentFeedback,
    NewFeedback,
    FeedbackArea,
    FeedbackKind,
    NeededBy,
    ProductVersion,
    FeedbackEdition,
    Reporter,
    Customer,
    Company,
    WaiveAnswer,

    SelectPassage,
    PassageBegin,
    PassageNext,
    PassagePrevious,
    PassageNextWord,
    PassagePreviousWord,
    PassageNextLine,
    PassagePreviousLine,
    PassageNextSentence,
    PassagePreviousSentence,
    PassageStart,
    PassageEnd,
    PassageSwap,
    PassageLeave,

    EditIdea,
    AssignIdea,
    IdeaStatus,
    IdeaEffort,
    IdeaRelease,
    IdeaTimeframe,
    MergeIdea,
    CommentIdea,
    NewIdea,
    IdeaArea,
    IdeaKind,
    IdeaEdition,
    IdeaStage,
    AddTicket,
    RemoveTicket,
    Checklist,

    TurnPlan,
    BoardLeft,
    BoardRight,
    BoardOpen,
    BoardBack,
    MoveToPreviousRelease,
    MoveToNextRelease,
    ReorderUp,
    ReorderDown,
    UpdateItem,
    NoChange,
    AssignItem,
    AddToRelease,
    CutItem,
    NewRelease,
    EditRelease,
    PlanChanges,
    PlanSince,
    PlanAsOf,

    UndoThis,

    NoteItem,
    ItemUnchanged,
    AddStep,
    ItemOwner,
    FinishStep,
    FewerMinutes,
    MoreMinutes,
    Confidential,
    Discussed,
    ItemUp,
    ItemDown,
    RemoveItem,
    NewItem,
    MissingAssign,
    MissingNote,
    MissingNoChange,
    MissingPlace,
    MissingReason,
    MissingAnswer,
    MissingWaive,
    MissingDone,
    MissingShorten,

    Present,
    NextItem,
    PreviousItem,
    GoOn,
    CarryOver,
    PauseClock,
    TakeRequest,
    AssignArea,
    FinishMeeting,
    WriteMinutes,

    Submit,
    SubmitAll,
    Cancel,
    Complete,
    CompletePrevious,
    LineUp,
    LineDown,
    CursorLeft,
    CursorRight,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    DeleteLeft,
    DeleteRight,
    DeleteWordLeft,
    DeleteWordRight,
    KillToStart,
    KillToEnd,
    Yank,
    EntryEditor,
    EntryWiden,
    EntryAddPerson,
    EntryPropose,

    ChoiceDown,
    ChoiceUp,
    ChoicePageDown,
    ChoicePageUp,
    RenameView,
    FieldDown,
    FieldUp,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The command.
    pub command: Command,
    /// Its stable name, as the keymap writes it: `link-to`.
    pub name: &'static str,
    /// What footer and palette call it: `link to…`. An ellipsis says that it asks for more before it acts.
    pub title: &'static str,
    /// One sentence of help, without a full stop.
    pub help: &'static str,
    /// Its group.
    pub group: Group,
    /// Where its keys have their meaning.
    pub contexts: &'static [Context],
    /// Its default keys; none for what the palette alone offers.
    pub keys: &'static [&'static str],
    /// Whether it can run now.
    pub availability: Availability,
}

impl Row {
    /// The command that the key at that place of the row's list of keys means.
    ///
    /// It is the row's own, except that the keys of [`Command::LinkSuggestion`] count.
    #[must_use]
    pub fn command_at(&self, place: usize) -> Command {
        match self.command {
            Command::LinkSuggestion(_) => {
                Command::LinkSuggestion(u8::try_from(place + 1).unwrap_or(u8::MAX))
            }
            command => command,
        }
    }
}

/// The rows in the order of help, group by group.
pub const TABLES: &[&[Row]] = &[
    everywhere::MOVE,
    everywhere::GO,
    everywhere::GENERAL,
    feedback::FEEDBACK,
    feedback::PASSAGE,
    ideas::IDEAS,
    plan::PLAN,
    plan::TIMELINE,
    sync::SYNC,
    missing::MISSING,
    present::PRESENT,
    writing::WRITING,
    writing::CHOOSING,
];

/// Every row of the table.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().copied().flatten()
}

/// The row with that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Row> {
    rows().find(|row| row.name == name)
}

impl Command {
    /// Its row. Every command has one; were one forgotten, that of help would stand in for it.
    #[must_use]
    pub fn row(self) -> &'static Row {
        let wanted = match self {
            Self::LinkSuggestion(_) => Self::LinkSuggestion(1),
            other => other,
        };
        rows()
            .find(|row| row.command == wanted)
            .unwrap_or(&everywhere::GENERAL[0])
    }

    /// Whether it can run now.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn availability(self, state: &State) -> Result<(), Reason> {
        match self {
            Self::LinkSuggestion(number) => availability::suggestion(state, number),
            other => (other.row().availability)(state),
        }
    }
}

#[cfg(test)]
mod tests;
