//! What lies over the panes and takes the keys: prompts, pickers, forms, and the text that is typed into them.

use super::super::effect::Listed;
use super::{FieldPrompt, Import, Pane};
use crate::domain::deed::{AfterCut, AgendaTarget, Deed, IdeaTarget, Obstacle, Seen, Subject};
use crate::domain::feedback::Quote;
use crate::domain::id::{
    ActionId, ActionStepId, AgendaItemId, FeedbackId, IdeaId, MeetingId, ReleaseId, ReleaseItemId,
};
use crate::domain::idea::Status;
use crate::domain::meeting::Occurrence;
use crate::domain::passage::Passage;
use crate::domain::people::Handle;

/// A line (or lines) of text being typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Input {
    /// The text.
    pub text: String,
    /// The cursor: a byte offset on a grapheme border.
    pub cursor: usize,
    /// Whether it has several lines (`Ctrl-s` submits) or one (Enter submits).
    pub multiline: bool,
    /// Whether line ends stay in it, whatever Enter does.
    pub keeps_lines: bool,
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
    /// The shareable reason why not, then the answer follows; and whether the idea is cut from the releases to come.
    WontDo(Vec<FeedbackId>, IdeaTarget, bool),
    /// A comment, on each of these.
    Comment(Vec<Subject>),
    /// The line of a PM on an idea that will not be done, for whoever closes its ticket.
    Approve(IdeaId),
    /// Tags: `+mobile -export` or plain names.
    Tags(Vec<FeedbackId>),
    /// Until when to snooze: `3d`, `monday`, `2026-12-01`.
    Snooze(Vec<FeedbackId>),
    /// The title of a new idea, perhaps made from feedback.
    NewIdea(Vec<FeedbackId>, Option<Quote>),
    /// Why ideas won't be done, fit to be shown to a customer; and whether they are cut from the releases to come.
    StatusReason(Vec<IdeaId>, bool),
    /// An update on release items: `at-risk: waits for review`.
    Update(Vec<ReleaseItemId>),
    /// The day since which changes of the release plan are shown.
    PlanSince,
    /// The day as of which the release plan is shown.
    PlanAsOf,
    /// The day until which an action step is promised.
    StepDue(ActionStepId),
    /// Name and date of a new release: `v10.4 2027-02-16`.
    NewRelease,
    /// The name under which the current filter is saved.
    SaveView,
    /// Another name for the saved view of that name.
    RenameView(String),
    /// The file that takes what the list shows.
    Export(Listed),
    /// The file that takes the minutes of a meeting.
    WriteMinutes(MeetingId),
    /// The file to import.
    ImportPath,
    /// Where everything in it comes from.
    ImportOrigin,
    /// The name under which it is kept how the file is read.
    ImportKeep,
    /// Any field that has no key of its own: its command's name says which.
    Field(FieldPrompt),
    /// Something of a meeting.
    Meeting(MeetingPrompt),
}

impl Purpose {
    /// Whether it queues something for the weekly sync.
    #[must_use]
    pub const fn is_queue(&self) -> bool {
        matches!(self, Self::Meeting(MeetingPrompt::Queue { .. }))
    }
}

/// Something of a meeting that is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum MeetingPrompt {
    /// A note on an item of an agenda, with what that is called.
    Note(AgendaTarget, String),
    /// A new action step.
    Step {
        /// The meeting in which it was promised.
        meeting: Occurrence,
        /// On which of its items.
        item: Option<AgendaTarget>,
    },
    /// The words, the owner and the day of an action step, with its words as they are.
    EditStep(ActionStepId, String),
    /// The owner of an action step, with its words.
    StepOwner(ActionStepId, String),
    /// Who presents an item, with what that is called.
    Presenter(AgendaItemId, String),
    /// A new item of an agenda.
    Queue {
        /// Of that meeting; `None` for the next weekly sync.
        to: Option<Occurrence>,
        /// What it is about; of several things, each gets an item.
        about: Vec<Subject>,
        /// What that is called; nothing where they are several.
        title: String,
    },
}

/// Answers on their way: edited one by one, stored as one deed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AnswerQueue {
    /// The feedback with their messages; those before `at` are already read by the person.
    pub answers: Vec<(FeedbackId, String)>,
    /// Which one is in the prompt.
    pub at: usize,
    /// What is turned down by the deed that stores them, behind `w`.
    pub turns_down: Option<TurnDown>,
    /// The drafts among them that were written for something else, and for what.
    pub doubts: Vec<(FeedbackId, String)>,
}

/// What will not be done, and why: what `w` has asked before it asks for the answers, all of which is one deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnDown {
    /// The feedback that asks for it.
    pub feedback: Vec<FeedbackId>,
    /// The idea.
    pub idea: IdeaTarget,
    /// The shareable reason.
    pub reason: String,
    /// Whether it is cut from the releases to come.
    pub cut: bool,
}

/// A prompt at the foot of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What was seen of that when it was opened.
    pub seen: Vec<Seen>,
    /// What stands before the text: `answer`.
    pub label: String,
    /// What Enter will do, in words: `Enter stores the answer, marks it processed and shows the next`.
    pub hint: String,
    /// The text.
    pub input: Input,
    /// The whole text is a proposal: Enter takes it, and the first character typed takes its place.
    pub proposed: bool,
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
    /// The release to which items are moved.
    MoveItems(Vec<ReleaseItemId>),
    /// The link that is taken away from an idea.
    RemoveTicket,
    /// What of the agenda is shortened or put off.
    Shorten,
    /// The idea that goes into a release.
    AddToRelease(ReleaseId),
    /// What becomes of a cut item.
    AfterCut(ReleaseItemId),
    /// Whether what will not be done is cut from the releases to come, too; then its reason is asked for by this prompt.
    AlsoCut(Box<Purpose>),
    /// The status of ideas.
    Status(Vec<IdeaId>),
    /// The effort of ideas.
    Effort(Vec<IdeaId>),
    /// The timeframe of ideas.
    Timeframe(Vec<IdeaId>),
    /// What general availability of an idea needs: each row is ticked on its own.
    Checklist(IdeaId),
    /// Commands, ideas, releases, people, and feedback by its text.
    Palette,
    /// Saved views.
    Views,
    /// Whether the view of that name is forgotten.
    ForgetView(String),
    /// The column that holds the field with that name.
    ImportColumn(String),
    /// The sheet of a workbook.
    ImportSheet,
    /// The kind of the file.
    ImportKind,
    /// What stands in the way of an undo: go on with the rest, or not.
    UndoRest(ActionId),
    /// The commands with their keys, to read or to run.
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
    /// A company, by its name; its feedback is shown.
    Company(String),
    /// A deed, ready.
    Deed(Box<Deed>),
    /// What becomes of a cut item.
    AfterCut(AfterCut),
    /// Whether what will not be done is cut.
    AlsoCut(bool),
    /// A status of ideas, which may need more.
    Status(Status),
    /// A command, by its name in the command table.
    Command(&'static str),
    /// A saved view's filter.
    View(String),
    /// Forget the view that the picker is about.
    Forget,
    /// A column of a file, one of its sheets, or its kind, by its name; or none.
    Column(Option<String>),
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
    /// The keys by which help finds it, each one alone.
    pub keys: Vec<String>,
    /// Which group it belongs to (drawn as a heading when it changes).
    pub group: String,
    /// Why it cannot be chosen now.
    pub disabled: Option<String>,
    /// Character places in `label` that the typed words match.
    pub matches: Vec<usize>,
    /// Where the typed words are in its text, where the label does not show it.
    pub passage: Option<Passage>,
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
    /// What the workspace found by the words in texts and comments: shown below what fits by its label.
    pub found: Vec<PickerRow>,
    /// Whether the row under the cursor is known: somebody has moved there, or what the words find has come.
    pub settled: bool,
    /// What is shown, best first.
    pub rows: Vec<PickerRow>,
    /// Where the cursor is in `rows`; behind the last one as long as no row is chosen.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Obstacles of an undo, drawn above the rows.
    pub obstacles: Vec<Obstacle>,
}

impl Picker {
    /// One to choose from all of these, of which nothing is shown yet.
    #[must_use]
    pub fn new(picking: Picking, all: Vec<PickerRow>) -> Self {
        Self {
            picking,
            title: String::new(),
            hint: String::new(),
            input: Input::line(""),
            all,
            found: Vec::new(),
            settled: false,
            rows: Vec::new(),
            cursor: 0,
            top: 0,
            obstacles: Vec::new(),
        }
    }
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
    /// What it was, as the input takes it.
    pub original: String,
    /// What it was in the workspace, letter by letter, as far as it is one value.
    pub held: Option<String>,
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
    /// The screen of an import.
    Import(Box<Import>),
}
