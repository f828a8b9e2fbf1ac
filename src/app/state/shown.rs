//! What the panes and screens show: rows, cursors, marks.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::entity::Thing;
use crate::domain::feedback::{FeedbackDetail, FeedbackRow};
use crate::domain::hints::{Hints, Reason};
use crate::domain::id::{ActionId, FeedbackId, IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::{IdeaDetail, IdeaRow, Suggestion};
use crate::domain::listing::IdeaSort;
use crate::domain::moment::Moment;
use crate::domain::passage::Searched;
use crate::domain::release::ReleasePlan;
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::query::Query;

use super::super::wider::Wider;
use super::matched::Matches;
use super::{Pane, Screen};

/// The list of feedback: a window on what the filter shows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Inbox {
    /// The filter as typed.
    pub filter: String,
    /// The name of the saved view that was chosen last: the list shows it as long as its filter is that one.
    pub view: Option<String>,
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
    /// Whether there may be more of them, which are being counted.
    pub at_least: bool,
    /// How many there are without the conditions beside the words of the filter, where the list is short; where those are
    /// few or none, of whom they name or with words near to them.
    pub wider: Option<Wider>,
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
    /// The list as it was before its filter was typed: leaving the prompt brings it back.
    pub before_typing: Option<Box<Before>>,
    /// The list as it was before the filter for which it is being read: where it cannot be read for that, this is back.
    pub before_reading: Option<Box<Before>>,
    /// Where the words of the filter are in the rows.
    pub matches: Matches<FeedbackId>,
    /// What the window that is on its way is for.
    pub asked: Load,
    /// The filter or the order was changed, and its rows are on their way.
    pub awaited: Option<Coming>,
    /// The row whose place is being counted.
    pub counting: Option<FeedbackId>,
    /// What an undo or redo brought back: the cursor goes there, if the list shows any of it.
    pub sought: Vec<FeedbackRow>,
    /// Which row was under the cursor before an import, and how many were above it: those that came above it are told.
    pub before_import: Option<(FeedbackId, u64)>,
}

/// The rows of a changed filter, while they are on their way.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    /// When they were first asked for.
    pub since: Moment,
    /// The row around which they are to be shown, if the cursor is to stay on it.
    pub around: Option<Box<FeedbackRow>>,
    /// Whether they take so long that the rows from before were taken off the screen.
    pub late: bool,
}

/// The list as it was before its filter was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// Its rows, cursor and filter.
    pub inbox: Inbox,
    /// What was in hand.
    pub hand: Option<Hand>,
    /// What was searched for.
    pub search: Vec<Searched>,
}

/// A view that Esc leads back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What filled the screen.
    pub screen: Screen,
    /// The pane of the console that had the focus.
    pub focus: Pane,
    /// Whether it had the screen to itself.
    pub zoomed: bool,
    /// Where a row of it was opened as a list of feedback: that goes when one comes back.
    pub list: Option<Box<RowList>>,
}

/// The list of feedback that a row of another view stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct RowList {
    /// Its filter.
    pub filter: String,
    /// The inbox as it was before.
    pub inbox: Inbox,
    /// What was searched for before.
    pub search: Vec<Searched>,
}

/// What a window on the inbox is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Load {
    /// To show the list anew; the cursor stays on its row, else on its place.
    #[default]
    Anew,
    /// To go to what an undo brought back, if it is in the list.
    Sought,
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
    /// When it was taken in hand.
    pub since: Moment,
    /// The ideas ranked for it, as they came.
    pub ranking: Vec<Suggestion>,
    /// The ideas as they are shown: those ranked, frozen until the cursor leaves it, and those it was linked to meanwhile.
    pub suggestions: Vec<Suggestion>,
    /// Whether they may be arranged anew: what is known of it is on its way for the first time, or after a deed from here. What
    /// other windows do gives no number another meaning.
    pub thawed: bool,
    /// Those that a deed from here may have removed, which lose their numbers then. Whatever else is gone keeps its own.
    pub may_go: Vec<IdeaId>,
    /// How many of them had room on the screen when it last showed them.
    pub in_sight: usize,
    /// Whether the suggestions have come.
    pub ranked: bool,
    /// The release that the plan pane showed for the one in hand before: it stays until it is known where this one belongs.
    pub glanced: Option<ReleaseId>,
    /// Why ideas are suggested, as far as it was asked.
    pub reasons: Vec<(IdeaId, Reason)>,
    /// What others like it tell about it, once known.
    pub hints: Option<Hints>,
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

/// The ideas.
#[derive(Clone, Debug, PartialEq)]
pub struct Ideas {
    /// All ideas (retired ones apart), in table order.
    pub rows: Vec<IdeaRow>,
    /// The rows that the table shows: indexes into `rows` by order and filter.
    pub shown: Vec<usize>,
    /// The filter of the table as it was typed.
    pub filter: String,
    /// The same, understood as far as it can be.
    pub query: Query,
    /// How it is ordered.
    pub order: IdeaSort,
    /// Where the cursor is in `shown`.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Whether a first answer has come.
    pub loaded: bool,
    /// Where the words of the filter are in the rows.
    pub matches: Matches<IdeaId>,
    /// What the [searches](Query::searches) of the filter have found in texts and comments, best first.
    pub found: Vec<Vec<IdeaId>>,
    /// Marked ideas.
    pub marks: BTreeSet<IdeaId>,
    /// Where a range selection (`v`) started.
    pub range_from: Option<IdeaId>,
    /// What an undo or redo brought back: the cursor goes there, if the table shows any of it.
    pub sought: Vec<Thing>,
    /// The idea of the pane that had the cursor there when `z` left the table: back at it, the table is as it was left.
    pub left_at: Option<IdeaId>,
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
    /// Words that it is filtered by.
    pub filter: String,
    /// What an undo or redo brought back: the cursor goes there, if the plan shows any of it.
    pub sought: Vec<Thing>,
    /// The board, which is shown on the whole screen instead of the table when that is wanted.
    pub board: Board,
}

/// The release plan as a board; see `app::board`. Its cursor, marks and filter are those of the plan.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Board {
    /// Whether the whole screen shows it instead of the table.
    pub wanted: bool,
    /// The first column on the screen, among those that the filter leaves.
    pub left: usize,
    /// The first card on the screen of columns that were scrolled, by its place in the column.
    pub tops: BTreeMap<ReleaseId, usize>,
    /// Where a step sideways put the cursor, and how far down it would be if that column were long enough.
    pub depth: Option<(PlanCursor, usize)>,
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
    /// How many were asked for in one go.
    pub asked: usize,
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
