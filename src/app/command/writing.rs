//! Rows: typing, and choosing from a list.

use super::availability::{always, views};
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

/// Wherever a text is typed.
const TYPING: &[Context] = &[Context::Entry, Context::Picker, Context::Form];
const ENTRY: &[Context] = &[Context::Entry];
const PICKER: &[Context] = &[Context::Picker];
const FORM: &[Context] = &[Context::Form];
const ENTRY_FORM: &[Context] = &[Context::Entry, Context::Form];

pub(super) const WRITING: &[Row] = &[
    row!(Writing: C::Submit, "submit", "accept", TYPING, ["Enter"], always, "Accept; in a text of several lines begin a new one"),
    row!(Writing: C::SubmitAll, "submit-all", "store", ENTRY_FORM, ["Ctrl-s"], always, "Store a text of several lines, or a form"),
    row!(Writing: C::Cancel, "cancel", "leave", TYPING, ["Esc", "Ctrl-c"], always, "Leave; what was typed is kept for the next time"),
    row!(Writing: C::Complete, "complete", "complete", ENTRY_FORM, ["Tab"], always, "Complete, or take the next of what is offered; in a form go to the next field"),
    row!(Writing: C::CompletePrevious, "complete-previous", "complete back", ENTRY_FORM, ["S-Tab"], always, "Take the one before of what is offered; in a form go to the field before"),
    row!(Writing: C::LineUp, "line-up", "line up", ENTRY, ["↑", "Ctrl-p"], always, "Move to the line above, or to what is offered before"),
    row!(Writing: C::LineDown, "line-down", "line down", ENTRY, ["↓", "Ctrl-n"], always, "Move to the line below, or to what is offered next"),
    row!(Writing: C::CursorLeft, "cursor-left", "left", TYPING, ["←", "Ctrl-b"], always, "Move the cursor to the left"),
    row!(Writing: C::CursorRight, "cursor-right", "right", TYPING, ["→", "Ctrl-f"], always, "Move the cursor to the right"),
    row!(Writing: C::WordLeft, "word-left", "word left", TYPING, ["Alt-b", "Alt-←", "Ctrl-←"], always, "Move the cursor by a word to the left"),
    row!(Writing: C::WordRight, "word-right", "word right", TYPING, ["Alt-f", "Alt-→", "Ctrl-→"], always, "Move the cursor by a word to the right"),
    row!(Writing: C::LineStart, "line-start", "start of line", TYPING, ["Ctrl-a", "Home"], always, "Move the cursor to the start of the line"),
    row!(Writing: C::LineEnd, "line-end", "end of line", TYPING, ["Ctrl-e", "End"], always, "Move the cursor to the end of the line"),
    row!(Writing: C::DeleteLeft, "delete-left", "delete left", TYPING, ["Backspace"], always, "Delete the character before the cursor"),
    row!(Writing: C::DeleteRight, "delete-right", "delete right", TYPING, ["Delete", "Ctrl-d"], always, "Delete the character under the cursor"),
    row!(Writing: C::DeleteWordLeft, "delete-word-left", "delete word left", TYPING, ["Ctrl-w", "Alt-Backspace"], always, "Delete the word before the cursor"),
    row!(Writing: C::DeleteWordRight, "delete-word-right", "delete word right", TYPING, ["Alt-d"], always, "Delete the word after the cursor"),
    row!(Writing: C::KillToStart, "kill-to-start", "delete to start", TYPING, ["Ctrl-u"], always, "Delete from the start of the line to the cursor"),
    row!(Writing: C::KillToEnd, "kill-to-end", "delete to end", TYPING, ["Ctrl-k"], always, "Delete from the cursor to the end of the line"),
    row!(Writing: C::Yank, "yank", "put back", TYPING, ["Ctrl-y"], always, "Put back what was deleted last"),
    row!(Writing: C::EntryEditor, "entry-editor", "go on in $EDITOR", ENTRY_FORM, ["Alt-e"], always, "Go on writing in $EDITOR"),
    row!(Writing: C::EntryWiden, "entry-widen", "search all", ENTRY, ["Alt-a"], always, "While a filter is typed, search all feedback for its words, without its other conditions, or for whom they name or words near to them"),
    row!(Writing: C::EntryAddPerson, "entry-add-person", "add a colleague", ENTRY, ["Alt-n"], always, "Add whoever is named there and whom nobody knows here as a colleague"),
    row!(Writing: C::EntryPropose, "entry-propose", "write anew", ENTRY, ["Alt-r"], always, "Write the answer to a reporter anew, from what is known now"),
];

pub(super) const CHOOSING: &[Row] = &[
    row!(Choosing: C::ChoiceDown, "choice-down", "next", PICKER, ["↓", "Ctrl-n", "Tab"], always, "Move to the next row"),
    row!(Choosing: C::ChoiceUp, "choice-up", "before", PICKER, ["↑", "Ctrl-p", "S-Tab"], always, "Move to the row before"),
    row!(Choosing: C::ChoicePageDown, "choice-page-down", "page down", PICKER, ["PgDn"], always, "Move a page down"),
    row!(Choosing: C::ChoicePageUp, "choice-page-up", "page up", PICKER, ["PgUp"], always, "Move a page up"),
    row!(Choosing: C::RenameView, "rename-view", "rename", PICKER, ["Alt-r"], views, "In the list of saved views, give the one under the cursor another name; Delete forgets it"),
    row!(Choosing: C::FieldDown, "field-down", "next field", FORM, ["↓", "Ctrl-n"], always, "Move to the next field"),
    row!(Choosing: C::FieldUp, "field-up", "field before", FORM, ["↑", "Ctrl-p"], always, "Move to the field before"),
];
