//! Rows: moving about, showing something else, and what works everywhere.

use super::availability::{
    always, anything, copyable, filterable, markable, repeatable, searched, sortable, source,
    thing, widenable,
};
use super::{Command as C, Context, EVERYWHERE, Group, LOOKING, Row};

/// A row of the group at hand.
macro_rules! row {
    ($group:ident: $command:expr, $name:literal, $title:literal, $contexts:expr, [$($key:literal),*], $available:expr, $help:literal) => {
        Row {
            command: $command,
            name: $name,
            title: $title,
            help: $help,
            group: Group::$group,
            contexts: $contexts,
            keys: &[$($key),*],
            availability: $available,
        }
    };
}
pub(super) use row;

const LISTS: &[Context] = &[
    Context::Inbox,
    Context::Ideas,
    Context::Plan,
    Context::Board,
];
const BUT_TIMELINE: &[Context] = &[
    Context::Inbox,
    Context::Text,
    Context::Ideas,
    Context::Idea,
    Context::Plan,
    Context::Board,
    Context::Sync,
    Context::Missing,
    Context::Present,
    Context::Minutes,
    Context::Charts,
    Context::Absent,
];

/// Wherever there are rows to mark or to search: everywhere but where one item fills the screen.
const BUT_PRESENT: &[Context] = &[
    Context::Inbox,
    Context::Text,
    Context::Ideas,
    Context::Idea,
    Context::Plan,
    Context::Board,
    Context::Timeline,
    Context::Sync,
    Context::Missing,
    Context::Minutes,
    Context::Charts,
    Context::Absent,
];

/// Everywhere but on the board of the release plan, where keys that point to a side move there.
const BUT_BOARD: &[Context] = &[
    Context::Inbox,
    Context::Text,
    Context::Ideas,
    Context::Idea,
    Context::Plan,
    Context::Timeline,
    Context::Sync,
    Context::Missing,
    Context::Present,
    Context::Minutes,
    Context::Charts,
    Context::Past,
    Context::Absent,
];

/// Where what a search found is looked at.
const SEARCHED: &[Context] = &[Context::Inbox, Context::Text];

pub(super) const MOVE: &[Row] = &[
    row!(Move: C::Down, "down", "down", EVERYWHERE, ["j", "↓"], always, "Move to the next row, or scroll the text by a line"),
    row!(Move: C::Up, "up", "up", EVERYWHERE, ["k", "↑"], always, "Move to the row before, or scroll the text back by a line"),
    row!(Move: C::HalfPageDown, "half-page-down", "half a page down", EVERYWHERE, ["Ctrl-d"], always, "Move half a page down"),
    row!(Move: C::HalfPageUp, "half-page-up", "half a page up", EVERYWHERE, ["Ctrl-u"], always, "Move half a page up"),
    row!(Move: C::PageDown, "page-down", "page down", EVERYWHERE, ["PgDn"], always, "Move a page down"),
    row!(Move: C::PageUp, "page-up", "page up", EVERYWHERE, ["PgUp"], always, "Move a page up"),
    row!(Move: C::Top, "top", "first", EVERYWHERE, ["g g", "Home"], always, "Move to the first row"),
    row!(Move: C::Bottom, "bottom", "last", EVERYWHERE, ["G", "End"], always, "Move to the last row"),
    row!(Move: C::ScrollDown, "scroll-down", "scroll", EVERYWHERE, ["J"], always, "Scroll the detail down, wherever the focus is"),
    row!(Move: C::ScrollUp, "scroll-up", "scroll back", EVERYWHERE, ["K"], always, "Scroll the detail up, wherever the focus is"),
    row!(Move: C::NextPane, "next-pane", "next pane", EVERYWHERE, ["Tab"], always, "Give the next pane the focus; in the weekly sync turn between its agenda and what is missing"),
    row!(Move: C::PreviousPane, "previous-pane", "pane before", EVERYWHERE, ["S-Tab"], always, "Give the pane before the focus"),
    row!(Move: C::Open, "open", "open", BUT_BOARD, ["Enter", "→", "l"], anything, "Open what is under the cursor: the text of a feedback, the evidence of an idea, the changes of a deed, a chart"),
    row!(Move: C::Back, "back", "back", BUT_BOARD, ["Esc", "←", "h"], always, "Step back: clear the marks, then the filter, then leave the view; never quits"),
    row!(Move: C::Zoom, "zoom", "zoom", EVERYWHERE, ["z"], always, "Give the pane the whole screen as the full table or board, or take it back"),
];

pub(super) const GO: &[Row] = &[
    row!(Go: C::GoInbox, "inbox", "inbox", EVERYWHERE, ["g i"], always, "Show the inbox"),
    row!(Go: C::GoIdeas, "ideas", "ideas", EVERYWHERE, ["g d"], always, "Show the table of all ideas"),
    row!(Go: C::GoPlan, "release-plan", "release plan", EVERYWHERE, ["g r"], always, "Show the release plan"),
    row!(Go: C::GoSync, "weekly-sync", "weekly sync", EVERYWHERE, ["g w"], always, "Show the agenda of the weekly sync, and what is missing before it"),
    row!(Go: C::GoTimeline, "timeline", "timeline", EVERYWHERE, ["g t"], always, "Show everything that was done in this workspace, newest first"),
    row!(Go: C::GoOutbox, "outbox", "outbox", EVERYWHERE, ["g o"], always, "Show the messages to people (comes with a later version)"),
    row!(Go: C::GoCharts, "charts", "charts", EVERYWHERE, ["g c"], always, "Show how the work goes: what comes in and goes out, ages, demand, load, interviews"),
    row!(Go: C::ItemTimeline, "item-timeline", "its timeline", EVERYWHERE, ["g h"], thing, "Show what was done to the item under the cursor"),
    row!(Go: C::Views, "views", "views…", EVERYWHERE, ["'"], always, "Choose a saved view, rename or forget one"),
    row!(Go: C::SaveView, "save-view", "save this view…", EVERYWHERE, [], always, "Save the filter of the inbox under a name"),
    row!(Go: C::Import, "import", "import…", EVERYWHERE, [], always, "Import a file of another tool: a plan first, then one undoable step"),
    row!(Go: C::Filter, "filter", "filter", EVERYWHERE, ["/"], filterable, "Search and filter the list as you type, by words and conditions; Tab completes"),
    row!(Go: C::NextMatch, "next-match", "next match", BUT_PRESENT, ["n"], searched, "Move to the next row with the words of the filter"),
    row!(Go: C::PreviousMatch, "previous-match", "match before", BUT_PRESENT, ["N"], searched, "Move to the row before with the words of the filter"),
    row!(Go: C::Widen, "widen", "search all", SEARCHED, ["*"], widenable, "Search all feedback for the words of the filter, without its other conditions; where little or nothing has them, for whom they name or words near to them"),
    row!(Go: C::Order, "order", "order", EVERYWHERE, ["O"], sortable, "Order the list by the next key: age, importance, company; for ideas demand, status, when, title, change"),
];

pub(super) const GENERAL: &[Row] = &[
    row!(General: C::Help, "help", "all keys", LOOKING, ["?"], always, "Show every key that works here; type to narrow, Enter runs"),
    row!(General: C::Palette, "palette", "palette", EVERYWHERE, [":", "Ctrl-p"], always, "Find a command by name, an idea, a release, a person, a company or feedback"),
    row!(General: C::Mark, "mark", "mark", BUT_PRESENT, ["x", "Space"], markable, "Mark the row, or take its mark away, and go on"),
    row!(General: C::Range, "range", "range", LISTS, ["v"], markable, "Begin marking a range at this row; v again ends it"),
    row!(General: C::MarkAll, "mark-all", "mark all", EVERYWHERE, ["Ctrl-a"], markable, "Mark all that the filter shows"),
    row!(General: C::Undo, "undo", "undo", BUT_TIMELINE, ["u"], always, "Undo my newest deed; say first which, when it is large, of another session, or what I tried last did nothing"),
    row!(General: C::Redo, "redo", "redo", EVERYWHERE, ["U"], always, "Do again what was undone last; said first likewise"),
    row!(General: C::Repeat, "repeat", "the same again", EVERYWHERE, ["."], repeatable, "Do the last deed again, with the same target, to what is in hand"),
    row!(General: C::CopyId, "copy-id", "copy id", EVERYWHERE, ["y"], thing, "Copy the short id"),
    row!(General: C::CopyMarkdown, "copy-markdown", "copy Markdown", EVERYWHERE, ["Y"], copyable, "Copy it as Markdown; of a chart the figures"),
    row!(General: C::CopyAnswersOwed, "copy-answers-owed", "copy the answers owed", EVERYWHERE, [], always, "Copy all answers that are still owed as Markdown"),
    row!(General: C::Export, "export", "export…", BUT_TIMELINE, [], always, "Write what the list shows to a file: CSV, JSON lines, Markdown or XLSX"),
    row!(General: C::OpenSource, "open-source", "open the source", EVERYWHERE, ["o"], source, "Open it where it came from, in the browser"),
    row!(General: C::Editor, "editor", "write in $EDITOR", EVERYWHERE, ["E"], thing, "Write a comment on it in $EDITOR"),
    row!(General: C::Queue, "queue", "queue for the sync…", EVERYWHERE, ["Q"], thing, "Queue it for the next weekly sync, with minutes, presenter and documents"),
    row!(General: C::NewPerson, "new-colleague", "new colleague…", EVERYWHERE, [], always, "Make a colleague known, who can own things and be mentioned then"),
    row!(General: C::Me, "me", "who I am…", EVERYWHERE, [], always, "Say who you are, for this copy of the workspace: your deeds bear that name"),
    row!(General: C::ToggleMouse, "toggle-mouse", "mouse on or off", EVERYWHERE, [], always, "Let the mouse choose and scroll, or leave it to the terminal"),
    row!(General: C::NextTheme, "next-theme", "next theme", EVERYWHERE, [], always, "Draw in the next theme"),
    row!(General: C::Redraw, "redraw", "redraw", LOOKING, ["Ctrl-l"], always, "Draw the screen anew"),
    row!(General: C::Suspend, "suspend", "suspend", LOOKING, ["Ctrl-z"], always, "Stop the program; fg continues it"),
    row!(General: C::Close, "close", "close, quit", EVERYWHERE, ["q"], always, "Close the view; at the root leave Intake"),
    row!(General: C::Quit, "quit", "quit", LOOKING, ["Ctrl-c"], always, "Leave Intake from anywhere"),
];
