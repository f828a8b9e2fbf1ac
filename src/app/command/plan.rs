//! Rows: deeds on the release plan, and the timeline.

use super::availability::{
    always, anything, item, item_here, next_release, one_item, previous_release, release, undoable,
};
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

const HERE: &[Context] = &[Context::Plan, Context::Board];
const AND_PAST: &[Context] = &[Context::Plan, Context::Board, Context::Past];
const BOARD: &[Context] = &[Context::Board];
const THERE: &[Context] = &[Context::Timeline];

pub(super) const PLAN: &[Row] = &[
    row!(Plan: C::TurnPlan, "board-or-table", "board or table", HERE, ["b"], always, "Show the whole plan as a board, a column for each release, or as a table again"),
    row!(Plan: C::BoardLeft, "board-left", "release at the left", BOARD, ["h", "←"], always, "On the board go to the release at the left"),
    row!(Plan: C::BoardRight, "board-right", "release at the right", BOARD, ["l", "→"], always, "On the board go to the release at the right"),
    row!(Plan: C::BoardOpen, "board-open", "open", BOARD, ["Enter"], anything, "On the board open the idea under the cursor"),
    row!(Plan: C::BoardBack, "board-back", "back", BOARD, ["Esc"], always, "On the board step back: clear the marks, then the filter, then leave it"),
    row!(Plan: C::MoveToPreviousRelease, "move-to-previous-release", "to the release before", HERE, ["<"], previous_release, "Move the item to the release before"),
    row!(Plan: C::MoveToNextRelease, "move-to-next-release", "to the next release", HERE, [">"], next_release, "Move the item to the next release"),
    row!(Plan: C::ReorderUp, "reorder-up", "up", HERE, ["Alt-↑"], one_item, "Move the item up within its release"),
    row!(Plan: C::ReorderDown, "reorder-down", "down", HERE, ["Alt-↓"], one_item, "Move the item down within its release"),
    row!(Plan: C::UpdateItem, "update-item", "update…", HERE, ["c"], item, "Say how the item does, with its health: at-risk: waits for review"),
    row!(Plan: C::NoChange, "no-change", "no change", HERE, ["="], item, "Say that nothing has changed"),
    row!(Plan: C::AssignItem, "assign-item", "owner…", HERE, ["a"], item, "Make somebody the owner of the idea"),
    row!(Plan: C::AddToRelease, "add-to-release", "add an idea…", HERE, ["r"], release, "Add an idea to the release under the cursor"),
    row!(Plan: C::CutItem, "cut-item", "cut…", HERE, ["X"], item_here, "Cut the item from its release: to the next one, or postponed"),
    row!(Plan: C::NewRelease, "new-release", "new release…", HERE, ["C"], always, "Make a release with a name and a date"),
    row!(Plan: C::EditRelease, "edit-release", "edit the release…", HERE, [], release, "Change the name and the date of the release under the cursor"),
    row!(Plan: C::PlanChanges, "plan-changes", "what changed", AND_PAST, ["d"], always, "Show what changed in the plan since the last weekly sync"),
    row!(Plan: C::PlanSince, "plan-changes-since", "changed since…", AND_PAST, ["s"], always, "Show what changed in the plan since a day"),
    row!(Plan: C::PlanAsOf, "plan-as-of", "as of a day…", AND_PAST, ["t"], always, "Show the plan as it stood on a day; it is read only, and Esc returns to now"),
];

pub(super) const TIMELINE: &[Row] = &[
    row!(Timeline: C::UndoThis, "undo-this", "undo this", THERE, ["u"], undoable, "Undo the deed under the cursor; one that is undone is done again"),
];
