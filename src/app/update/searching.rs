//! A changed filter whose rows take long.
//!
//! ```text
//! filter changed ──150 ms──> the list is empty: "searching …" ──> its rows ──500 ms──> seen
//! └ rows of before, keys wait ┘└ verbs are dropped, other keys do what they do ───────┘
//! ```
//!
//! Rows that belong to another filter than the title says must not stay: what is pressed would act on them, or, if it waited,
//! on rows that nobody has seen.

use super::super::command::{Command, Context, Group};
use super::super::empty::AT_ONCE;
use super::super::state::{Coming, Load, Matches, Pane, Screen, State};
use super::super::target;
use super::undoing;
use crate::domain::moment::Moment;

/// The filter or the order is about to be changed.
pub(super) fn begin(state: &mut State, load: Load) {
    let before = state.inbox.awaited.take();
    let late = before.as_ref().is_some_and(|before| before.late);
    let around = match load {
        Load::Anew => {
            let row = state.inbox.row().cloned().map(Box::new);
            row.or(before.and_then(|before| before.around))
        }
        _ => None,
    };
    state.inbox.awaited = Some(Coming {
        since: state.now,
        around,
        late,
    });
}

/// Whether the list is empty because its rows take long.
#[must_use]
pub fn is_on(state: &State) -> bool {
    state
        .inbox
        .awaited
        .as_ref()
        .is_some_and(|awaited| awaited.late)
}

/// When the rows from before are to be taken off the screen, if those of the changed filter have not come by then.
#[must_use]
pub fn late_at(state: &State) -> Option<Moment> {
    let awaited = state.inbox.awaited.as_ref().filter(|it| !it.late)?;
    (state.inbox.loaded && state.asked("inbox")).then(|| awaited.since.plus(AT_ONCE))
}

/// Takes the rows from before off the screen when it is time.
pub(super) fn tick(state: &mut State) {
    let is_late = late_at(state).is_some_and(|at| state.now >= at);
    let inbox = &mut state.inbox;
    let Some(awaited) = inbox.awaited.as_mut().filter(|_| is_late) else {
        return;
    };
    awaited.late = true;
    inbox.rows.clear();
    (inbox.before, inbox.after) = (false, false);
    (inbox.cursor, inbox.top) = (0, 0);
    (inbox.total, inbox.at_least, inbox.offset) = (None, false, None);
    inbox.wider = None;
    inbox.matches = Matches::default();
    if state.hand.as_ref().is_some_and(|hand| !hand.pinned) {
        state.hand = None;
    }
}

/// Its rows are there, or cannot be read.
pub(super) fn end(state: &mut State) {
    if is_on(state) {
        state.flight.came_late = Some(state.now);
    }
    state.inbox.awaited = None;
}

/// Whether a command acts on a row that nobody can have seen yet. What is marked, or was opened from elsewhere, is not meant.
pub(super) fn is_unseen(state: &State, command: Command) -> bool {
    let fresh = |at| undoing::is_fresh(state.now, at);
    if !is_on(state) && !state.flight.came_late.is_some_and(fresh) {
        return false;
    }
    let here = state.screen == Screen::Console && state.overlays.is_empty();
    let pinned = state.hand.as_ref().is_some_and(|hand| hand.pinned);
    // The tables of ideas and of the plan have rows of their own.
    let is_plan = matches!(target::underneath(state), Context::Plan | Context::Board);
    let is_table = is_plan || state.focus == Pane::Ideas && state.zoomed;
    here && !is_table && !pinned && state.inbox.marks.is_empty() && acts(command)
}

/// Whether it acts on what is under the cursor of the list.
fn acts(command: Command) -> bool {
    matches!(command.row().group, Group::Feedback | Group::Passage)
        || matches!(
            command,
            Command::Mark | Command::Range | Command::Repeat | Command::Queue | Command::OpenSource
        )
}
