//! Everything the console knows and shows.
//!
//! `update` changes it, `view` draws it, nobody else sees it. Rows are remembered by identity, never by index alone; an
//! index is only where an identity was last seen.

use std::collections::BTreeSet;

use crate::domain::deed::{AfterCut, Deed, IdeaTarget, Obstacle, Reversal, Subject};
use crate::domain::entity::Thing;
use crate::domain::feedback::{FeedbackDetail, FeedbackRow, Quote};
use crate::domain::id::{ActionId, FeedbackId, IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::{IdeaDetail, IdeaRow, Suggestion};
use crate::domain::listing::{Header, Vocabulary};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::release::ReleasePlan;
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::query::Query;

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
    /// A screen which this version does not have yet; says which and what serves instead.
    Absent(Absent),
}

/// Screens that come later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absent {
    /// The weekly sync.
    WeeklySync,
    /// The outbox.
    Outbox,
    /// The charts.
    Charts,
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
    /// Minutes east of UTC at the user's place, for dates on the screen.
    pub utc_offset: i32,
}

/// The list of feedback: a window on what the filter shows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Inbox {
    /// The filter as typed.
    pub filter: String,
    /// The filter as understood.
    pub query: Query,
    /// The rows loaded, in list order.
    pub rows: Vec<FeedbackRow>,
    /// Whether there are rows before the first loaded one.
    pub before: bool,
    /// Whether there are rows after the last loaded one.
    pub after: bool,
    /// Where the cursor is in `rows`.
    pub cursor: usize,
    /// The first row on the screen, as an index into `rows`.
    pub top: usize,
    /// How many rows match, once counted.
    pub total: Option<u64>,
    /// How many rows come before `rows[0]`, once known.
    pub offset: Option<u64>,
    /// Whether a first answer has come.
    pub loaded: bool,
    /// Marked items; marks survive scrolling, filtering and reloading.
    pub marks: BTreeSet<FeedbackId>,
    /// Where a range selection (`v`) started.
    pub range_from: Option<FeedbackId>,
    /// The filter that Esc leads back to: the one the console has started with.
    pub home: String,
    /// The filter before the one that is being typed: cancelling brings it back.
    pub before_typing: Option<String>,
    /// What the window that is on its way is for.
    pub asked: Load,
    /// The row whose place is being counted.
    pub counting: Option<FeedbackId>,
}

/// What a window on the inbox is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Load {
    /// To show the list anew; the cursor stays on its row, else on its place.
    #[default]
    Anew,
    /// To go to the first row.
    Start,
    /// To go to the last row.
    End,
    /// To put more rows behind those that are loaded.
    After,
    /// To put more rows before those that are loaded.
    Before,
}

impl Inbox {
    /// The row under the cursor.
    #[must_use]
    pub fn row(&self) -> Option<&FeedbackRow> {
        self.rows.get(self.cursor)
    }
}

/// The feedback in hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// Which.
    pub id: FeedbackId,
    /// Everything about it, once loaded.
    pub detail: Option<Box<FeedbackDetail>>,
    /// The ideas ranked for it: frozen until the cursor leaves it. Links change in place.
    pub suggestions: Vec<Suggestion>,
    /// Whether the suggestions have come.
    pub ranked: bool,
    /// First line of the text on the screen.
    pub scroll: usize,
    /// A passage being selected in the text.
    pub selection: Option<Selection>,
    /// Where the cursor is among the suggestions.
    pub cursor_idea: usize,
    /// Opened from elsewhere (the evidence of an idea), so that it does not follow the cursor of the inbox.
    pub pinned: bool,
}

/// A selected passage: byte offsets into the body (of the original text), on character borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it started.
    pub anchor: usize,
    /// Where the text cursor is.
    pub head: usize,
    /// Whether the selection has begun (`v`); before that the head is only a cursor in the text.
    pub active: bool,
}

/// How the table of ideas is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdeaOrder {
    /// The most wanted first.
    Demand,
    /// By status, the most wanted first within.
    Status,
    /// By release or timeframe.
    When,
    /// By title.
    Title,
    /// The last changed first.
    Changed,
}

/// The ideas.
#[derive(Clone, Debug, PartialEq)]
pub struct Ideas {
    /// All ideas (retired ones apart), in table order.
    pub rows: Vec<IdeaRow>,
    /// The rows that the table shows: indexes into `rows` by order and filter.
    pub shown: Vec<usize>,
    /// Words the table is filtered by.
    pub filter: String,
    /// How it is ordered.
    pub order: IdeaOrder,
    /// Where the cursor is in `shown`.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Whether a first answer has come.
    pub loaded: bool,
    /// Marked ideas.
    pub marks: BTreeSet<IdeaId>,
    /// Where a range selection (`v`) started.
    pub range_from: Option<IdeaId>,
}

/// The idea that fills the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct IdeaView {
    /// Which.
    pub id: IdeaId,
    /// Everything about it, once loaded.
    pub detail: Option<Box<IdeaDetail>>,
    /// Where the cursor is in its evidence.
    pub cursor: usize,
    /// First line on the screen.
    pub scroll: usize,
}

/// The release plan.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Plan {
    /// The plan.
    pub plan: ReleasePlan,
    /// Whether a first answer has come.
    pub loaded: bool,
    /// The item (or, in a release without items, the release) under the cursor.
    pub cursor: PlanCursor,
    /// First line on the screen when zoomed.
    pub top: usize,
    /// Marked items.
    pub marks: BTreeSet<ReleaseItemId>,
    /// Where a range selection (`v`) started.
    pub range_from: Option<ReleaseItemId>,
    /// Words the board is filtered by.
    pub filter: String,
}

/// A place in the release plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PlanCursor {
    /// Index of the release.
    pub release: usize,
    /// Index of the item in it; `None` on the heading of the release.
    pub item: Option<usize>,
}

/// A timeline on the screen.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TimelineView {
    /// Of that thing; `None` for the workspace.
    pub about: Option<Thing>,
    /// What to call the thing in the title.
    pub title: String,
    /// The actions, newest first.
    pub entries: Vec<TimelineEntry>,
    /// Whether older ones may follow.
    pub more: bool,
    /// Whether what is on its way goes behind the entries instead of replacing them.
    pub asked_more: bool,
    /// Where the cursor is.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// What the action under the cursor changed, when it was opened.
    pub changes: Option<(ActionId, Vec<ChangeLine>)>,
    /// Whether a first answer has come.
    pub loaded: bool,
}

/// A line (or lines) of text being typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Input {
    /// The text.
    pub text: String,
    /// The cursor: a byte offset on a grapheme border.
    pub cursor: usize,
    /// Whether it has several lines (`Ctrl-s` submits) or one (Enter submits).
    pub multiline: bool,
    /// What was killed last, for yanking.
    pub killed: String,
}

/// What a prompt's text will be used for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// The filter of the inbox.
    Filter,
    /// The words that filter ideas or the release plan (the zoomed pane).
    FilterTable(Pane),
    /// The owner of feedback.
    Assign(Vec<FeedbackId>),
    /// The owner of ideas.
    AssignIdeas(Vec<IdeaId>),
    /// The answer to a reporter: one message per feedback, the first of which is being edited.
    Answer(AnswerQueue),
    /// A question to the reporters.
    Ask(Vec<FeedbackId>),
    /// The shareable reason why not, then the answer follows.
    WontDo(Vec<FeedbackId>, IdeaTarget),
    /// A comment.
    Comment(Subject),
    /// Tags: `+mobile -export` or plain names.
    Tags(Vec<FeedbackId>),
    /// Until when to snooze: `3d`, `monday`, `2026-12-01`.
    Snooze(Vec<FeedbackId>),
    /// The title of a new idea, perhaps made from feedback.
    NewIdea(Vec<FeedbackId>, Option<Quote>),
    /// The status is Won't Do or has another need: its reason.
    StatusReason(Vec<IdeaId>),
    /// An update on release items: `at-risk: waits for review`.
    Update(Vec<ReleaseItemId>),
    /// Name and date of a new release: `v10.4 2027-02-16`.
    NewRelease,
    /// The name under which the current filter is saved.
    SaveView,
    /// Any field that has no key of its own: its command's name says which.
    Field(FieldPrompt),
}

/// A field set through the palette.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldPrompt {
    /// A field of feedback, by its name in the filter language (`area`, `kind`, `needed-by`, `version`, `edition`,
    /// `reporter`, `customer`, `company`).
    Feedback(&'static str, Vec<FeedbackId>),
    /// A field of ideas (`area`, `kind`, `edition`, `stage`).
    Idea(&'static str, Vec<IdeaId>),
    /// A ticket's link for an idea.
    Ticket(IdeaId),
    /// A new feedback's title.
    NewFeedback,
    /// A release's name and date.
    Release(ReleaseId),
}

/// Answers on their way: edited one by one, stored as one deed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AnswerQueue {
    /// The feedback with their messages; those before `at` are already read by the person.
    pub answers: Vec<(FeedbackId, String)>,
    /// Which one is in the prompt.
    pub at: usize,
}

/// A prompt at the foot of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What stands before the text: `answer`.
    pub label: String,
    /// What Enter will do, in words: `Enter stores the answer, marks it processed and shows the next`.
    pub hint: String,
    /// The text.
    pub input: Input,
    /// What is wrong with the text: where (character column from 0, when known) and what.
    pub error: Option<(Option<usize>, String)>,
    /// What Tab offers, and which of them is chosen.
    pub completions: Vec<Completion>,
    /// The chosen completion.
    pub chosen: Option<usize>,
}

/// Something that Tab offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The text after it is accepted, whole.
    pub text: String,
    /// The cursor after it is accepted.
    pub cursor: usize,
    /// What the list shows.
    pub label: String,
    /// Beside it, dim.
    pub note: String,
}

/// What a picker is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Picking {
    /// The idea to link to (with the selected quote); the last row makes one.
    LinkIdea(Vec<FeedbackId>, Option<Quote>),
    /// The Won't Do idea.
    WontDo(Vec<FeedbackId>),
    /// Which link to remove.
    Unlink(Vec<FeedbackId>),
    /// The original.
    Duplicate(Vec<FeedbackId>),
    /// The idea into which these are merged.
    Merge(IdeaId),
    /// The release into which ideas go.
    Release(Vec<IdeaId>),
    /// The idea that goes into a release.
    AddToRelease(ReleaseId),
    /// What becomes of a cut item.
    AfterCut(ReleaseItemId),
    /// Status, effort, timeframe of ideas.
    Status(Vec<IdeaId>),
    /// Effort.
    Effort(Vec<IdeaId>),
    /// Timeframe.
    Timeframe(Vec<IdeaId>),
    /// Commands, ideas, releases, people.
    Palette,
    /// Saved views.
    Views,
    /// What stands in the way of an undo: go on with the rest, or not.
    UndoRest(ActionId),
    /// Confirm leaving.
    Help,
}

/// What choosing a row of a picker does.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// An existing idea.
    Idea(IdeaId),
    /// A new idea with the typed title.
    NewIdea(String),
    /// A feedback.
    Feedback(FeedbackId),
    /// A release; in the palette it is shown.
    Release(ReleaseId),
    /// A person; in the palette it filters by owner.
    Person(Handle),
    /// A deed, ready.
    Deed(Box<Deed>),
    /// What becomes of a cut item.
    AfterCut(AfterCut),
    /// A status of ideas, which may need more.
    Status(crate::domain::idea::Status),
    /// A command, by its name in the command table.
    Command(&'static str),
    /// A saved view's filter.
    View(String),
    /// Undo what can be undone.
    UndoRest(ActionId),
    /// Nothing: close.
    Close,
}

/// A row of a picker.
#[derive(Clone, Debug, PartialEq)]
pub struct PickerRow {
    /// What it does.
    pub choice: Choice,
    /// What it says.
    pub label: String,
    /// At the right, dim.
    pub note: String,
    /// The key of a command, drawn as a key.
    pub key: String,
    /// Which group it belongs to (drawn as a heading when it changes).
    pub group: String,
    /// Why it cannot be chosen now.
    pub disabled: Option<String>,
    /// Character places in `label` that the typed words match.
    pub matches: Vec<usize>,
}

/// A list to choose from, filtered as one types. Help and the palette are pickers too.
#[derive(Clone, Debug, PartialEq)]
pub struct Picker {
    /// What for.
    pub picking: Picking,
    /// Its title.
    pub title: String,
    /// What Enter does.
    pub hint: String,
    /// What was typed.
    pub input: Input,
    /// Everything that could be chosen.
    pub all: Vec<PickerRow>,
    /// What is shown, best first.
    pub rows: Vec<PickerRow>,
    /// Where the cursor is in `rows`.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Obstacles of an undo, drawn above the rows.
    pub obstacles: Vec<Obstacle>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Stable name.
    pub name: &'static str,
    /// What stands before it.
    pub label: &'static str,
    /// Its text; choices are typed by their words, with completion.
    pub input: Input,
    /// What it was.
    pub original: String,
    /// The words that can be chosen; empty for free text.
    pub choices: Vec<String>,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// All fields of an idea, edited at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Which idea.
    pub idea: IdeaId,
    /// Its title for the heading.
    pub title: String,
    /// The fields.
    pub fields: Vec<FormField>,
    /// The field with the cursor.
    pub cursor: usize,
    /// The first field on the screen.
    pub top: usize,
}

/// What lies over the screen and takes the keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// A prompt.
    Prompt(Box<Prompt>),
    /// A picker.
    Picker(Box<Picker>),
    /// A form.
    Form(Box<Form>),
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
    /// Keys typed while a deed was on its way, to be played when it has come back.
    pub typed_ahead: Vec<Key>,
    /// What is on its way.
    pub sent: Option<Sent>,
    /// What was asked for after the last deed or jump is still awaited: keys wait until it is there.
    pub settling: bool,
    /// The feedback whose suggestions were drawn when the first key was typed ahead: digits mean those.
    pub typed_for: Option<FeedbackId>,
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
    /// Overlays, the topmost last.
    pub overlays: Vec<Overlay>,
    /// Keys of a sequence typed so far (`g`), with when it began.
    pub pending: Vec<Key>,
    /// The line above the footer.
    pub notice: Option<Notice>,
    /// What is on its way.
    pub flight: Flight,
    /// What `.` does again: the command and, for a deed, its target.
    pub again: Option<Again>,
    /// Where `Esc` leads back to, the last last.
    pub back: Vec<(Screen, Pane, bool)>,
    /// The last search words, for `n` and `N`.
    pub search: String,
    /// Whether to leave.
    pub leaving: bool,
    /// What overlays have asked for, kept and promised.
    pub errands: Errands,
}

/// What `.` does again: a deed without its feedback.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// The deed as it was done; its feedback is replaced by what is in hand.
    pub deed: Deed,
    /// What it is called: `link to “Export boards”`.
    pub words: String,
}
