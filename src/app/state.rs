//! Everything the console knows and shows.
//!
//! `update` changes it, `view` draws it, nobody else sees it. Rows are remembered by identity, never by index alone; an
//! index is only where an identity was last seen.

mod charts;
mod field;
mod import;
mod matched;
mod minutes;
mod overlay;
mod past;
mod shown;
mod sync;

pub use charts::Charts;
pub use field::{FeedbackField, FieldPrompt, IdeaField};
pub use import::{
    Import, ImportCount, ImportField, ImportPlan, ImportProgress, ImportRow, ImportStage,
    ImportWish,
};
pub use matched::{Matched, Matches, first_shown};
pub use minutes::{MinutesText, MinutesView};
pub use overlay::{
    AnswerQueue, Choice, Completion, Form, FormField, Input, MeetingPrompt, Overlay, Picker,
    PickerRow, Picking, Prompt, Purpose, TurnDown,
};
pub use past::{Past, PastView, PastWish};
pub use shown::{
    Before, Board, Coming, Hand, IdeaView, Ideas, Inbox, Load, Plan, PlanCursor, RowList,
    Selection, Step, TimelineView,
};
pub use sync::{Face, Lack, ListCursor, PresentView, Spot, Sync, SyncNote, SyncView};

use crate::domain::clocks::Clocks;
use crate::domain::deed::{Deed, Reversal};
use crate::domain::id::{ActionId, FeedbackId};
use crate::domain::listing::{Header, Vocabulary};
use crate::domain::moment::Moment;
use crate::domain::pace::Underway;
use crate::domain::passage::Searched;
use crate::domain::people::Handle;

use super::errands::Errands;
use super::key::Key;

/// The panes of the console, in the order of Tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The list of feedback.
    Inbox,
    /// The feedback in hand: its text, quotes, comments.
    Feedback,
    /// The ideas: ranked for the feedback in hand, or all of them when zoomed.
    Ideas,
    /// The release plan.
    Plan,
}

/// What fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The panes, one of them focused; or that one alone when zoomed.
    Console,
    /// One idea with its evidence.
    Idea,
    /// The timeline of a thing or the workspace.
    Timeline,
    /// The weekly sync: its agenda, or what is missing before it.
    Sync,
    /// The weekly sync while it is held: one item at a time.
    Present,
    /// The minutes of a meeting.
    Minutes,
    /// The charts.
    Charts,
    /// What changed in the release plan, or how it stood.
    Past,
    /// A screen which this version does not have yet; says which and what serves instead.
    Absent(Absent),
}

/// Screens that come later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absent {
    /// The outbox.
    Outbox,
}

/// Settings which the console follows; read from the configuration by the front end.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Who sits here.
    pub me: Option<Handle>,
    /// Name of the workspace for the header: its file name.
    pub workspace: String,
    /// Mouse capture.
    pub mouse: bool,
    /// No animation: the spinner stands still.
    pub reduced_motion: bool,
    /// No borders, no spinner, no drawn bars: fit for a screen reader.
    pub plain: bool,
    /// Editions to choose from.
    pub editions: Vec<String>,
    /// The checklist of general availability.
    pub checklist: Vec<String>,
    /// After how many days a question without a reply comes back.
    pub waiting_days: u32,
    /// Template of the answer; see `app::answer`.
    pub answer_template: Option<String>,
    /// The clocks at the user's place, for days and times on the screen.
    pub clocks: Clocks,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// It was done.
    Done,
    /// Good to know.
    Plain,
    /// It was refused or failed; nothing was changed.
    Error,
}

/// One line above the footer: what was just done, or why not. Goes at the next key that acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub words: String,
    /// What to do next, dim: `u undo`.
    pub hint: String,
}

/// Work that was handed out and has not come back.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Flight {
    /// The last sequence number and ticket given out.
    pub last: u64,
    /// Sequence of the newest question of each kind in flight; answers with another number are stale.
    pub questions: Vec<(u64, &'static str)>,
    /// The deed on its way, and when it was sent: keys wait for it.
    pub deed: Option<(u64, Moment)>,
    /// Deeds, and what else is written, that wait for another window, in order. Keys do not wait for them.
    pub waiting: Vec<(u64, Option<Sent>)>,
    /// What else is being written, by ticket. Keys do not wait for it, unless an overlay does.
    pub writings: Vec<(u64, super::effect::Writing)>,
    /// Keys typed while a deed was on its way, to be played when it has come back.
    pub typed_ahead: Vec<Key>,
    /// What is on its way.
    pub sent: Option<Sent>,
    /// What was asked for after the last deed or jump is still awaited: keys wait until it is there.
    pub settling: bool,
    /// A key was pressed that fills in what others like the feedback in hand tell: keys wait until the answer to a question of
    /// this kind is there, too.
    pub filling_in: Option<&'static str>,
    /// The feedback whose suggestions were drawn when the first key was typed ahead: digits mean those.
    pub typed_for: Option<FeedbackId>,
    /// What came before that which it would have acted on was on the screen.
    pub lost: Option<Lost>,
    /// When the rows of a changed filter came that took long: nobody has seen them yet.
    pub came_late: Option<Moment>,
    /// How far the undo or redo on its way is, once that has taken a moment, and what is said beside it.
    pub underway: Option<(Underway, String)>,
    /// An editor has given the terminal back: until people can have seen what it brought, no key means that.
    pub returned: Option<Returned>,
    /// When the last key was dropped while an undo or redo took long; once that is back, when it came.
    pub hasty: Option<Moment>,
    /// Keys that were dropped while the window was too small to show anything, to be told when it is not.
    pub unshown: Vec<Key>,
}

/// The end of an editor.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// When.
    pub at: Moment,
    /// The keys that were dropped since.
    pub dropped: Vec<Key>,
}

/// What was not on the screen yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// The numbered ideas.
    Ideas,
    /// The rows of the list.
    Rows,
}

/// A key that meant nothing yet, and what was dropped behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// The key, or the keys of one command.
    pub typed: Vec<Key>,
    /// What it would have acted on.
    pub unseen: Unseen,
    /// The keys behind it.
    pub behind: Vec<Key>,
    /// When it was dropped: so long keys behind it mean nothing.
    pub at: Moment,
}

/// A deed on its way.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// A deed.
    Deed(Box<Deed>),
    /// An undo or redo.
    Reversal(Reversal),
}

/// Everything.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time, as last told.
    pub now: Moment,
    /// A minute has turned, and what comes back by the clock has not been asked for since.
    pub turned: bool,
    /// Settings.
    pub settings: Settings,
    /// Which keys do what.
    pub keymap: super::keymap::Keymap,
    /// The figures of the header, once known.
    pub header: Option<Header>,
    /// Names for completion.
    pub vocabulary: Vocabulary,
    /// Saved views: name and filter.
    pub views: Vec<(String, String)>,
    /// What fills the screen.
    pub screen: Screen,
    /// The focused pane of the console.
    pub focus: Pane,
    /// Whether the focused pane has the screen to itself.
    pub zoomed: bool,
    /// The inbox.
    pub inbox: Inbox,
    /// The feedback in hand.
    pub hand: Option<Hand>,
    /// The ideas.
    pub ideas: Ideas,
    /// The idea on the screen.
    pub idea: Option<IdeaView>,
    /// The release plan.
    pub plan: Plan,
    /// The timeline on the screen.
    pub timeline: TimelineView,
    /// The weekly sync.
    pub sync: SyncView,
    /// The weekly sync while it is held.
    pub present: PresentView,
    /// The minutes on the screen.
    pub minutes: MinutesView,
    /// The charts.
    pub charts: Charts,
    /// The past of the release plan.
    pub past: PastView,
    /// Overlays, the topmost last.
    pub overlays: Vec<Overlay>,
    /// Keys of a sequence typed so far (`g`), with when it began.
    pub pending: Vec<Key>,
    /// The line above the footer.
    pub notice: Option<Notice>,
    /// What is on its way.
    pub flight: Flight,
    /// What `.` does again, once a deed was done.
    pub again: Option<Again>,
    /// Where `Esc` leads back to, the last last.
    pub back: Vec<Step>,
    /// What was searched for last: what `n` and `N` look for, and what is highlighted.
    pub search: Vec<Searched>,
    /// Whether to leave.
    pub leaving: bool,
    /// What overlays have asked for, kept and promised.
    pub errands: Errands,
    /// What was tried last did nothing, and that was said: an undo that follows is meant for it, not for the deed before it.
    /// Until a deed is done, each undo and redo says first what it would reverse.
    pub idle: bool,
    /// The undo or redo that the last key asked for and that says first what it would reverse: at once again, it does.
    pub warned: Option<Warned>,
}

impl State {
    /// The list of feedback that was opened from the view that Esc leads back to, while it is on the screen.
    #[must_use]
    pub fn row_list(&self) -> Option<&RowList> {
        let shown = self.screen == Screen::Console && self.focus == Pane::Inbox;
        let step = self.back.last().filter(|_| shown)?;
        step.list.as_deref()
    }

    /// The name of the saved view that the inbox shows.
    #[must_use]
    pub fn shown_view(&self) -> Option<&str> {
        let chosen = self.inbox.view.as_deref()?;
        let shown = |(name, filter): &&(String, String)| {
            name == chosen && filter.trim() == self.inbox.filter.trim()
        };
        self.views.iter().find(shown).map(|(name, _)| name.as_str())
    }
}

/// An undo or redo that says first what it would reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warned {
    /// Which.
    pub command: super::command::Command,
    /// What it would reverse: under a cursor known at once, of the newest deed when it has been found out.
    pub action: Option<ActionId>,
    /// When it was said: nobody confirms what they have not seen.
    pub told: Option<Moment>,
}

/// What `.` does again.
#[derive(Clone, Debug, PartialEq)]
pub enum Again {
    /// The deed as it was done; what it was done to is replaced by what is in hand.
    Deed(Box<Deed>),
    /// Nothing: the last deed is for what it was done to alone. What it did: `answered “Export boards”`.
    Nothing(String),
}
