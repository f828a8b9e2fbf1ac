//! Rows: the weekly sync.

use super::availability::meeting::{
    confidential, discussable, fewer_minutes, known, minuted, movable, notable, ownable, removable,
    step, unchanged,
};
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

const AGENDA: &[Context] = &[Context::Sync];
/// On the agenda, and on the item that is shown large.
const HERE: &[Context] = &[Context::Sync, Context::Present];

const MEETING: &[Context] = &[Context::Sync, Context::Missing, Context::Present];

pub(super) const SYNC: &[Row] = &[
    row!(Sync: C::NoteItem, "note-item", "note…", HERE, ["c"], notable, "Note something on the item; on a release item say how it does, with its health; on an action step change its words, owner and day"),
    row!(Sync: C::ItemUnchanged, "item-unchanged", "no change", HERE, ["="], unchanged, "Say that nothing has changed about the release item"),
    row!(Sync: C::AddStep, "add-step", "action step…", HERE, ["+"], known, "Note what somebody promises, with who and until when at the end: call Globex @omar friday"),
    row!(Sync: C::ItemOwner, "item-owner", "owner…", HERE, ["a"], ownable, "Make somebody the owner of the idea, the action step or the requests, or the presenter of the queued item"),
    row!(Sync: C::FinishStep, "finish-step", "done", HERE, ["d"], step, "Mark the action step as done"),
    row!(Sync: C::FewerMinutes, "fewer-minutes", "shorter", HERE, ["["], fewer_minutes, "Give the queued item less time"),
    row!(Sync: C::MoreMinutes, "more-minutes", "longer", HERE, ["]"], minuted, "Give the queued item more time"),
    row!(Sync: C::Confidential, "confidential", "confidential", HERE, ["!"], confidential, "Keep the queued item out of the minutes, or put it back"),
    row!(Sync: C::Discussed, "discussed", "discussed", AGENDA, ["e"], discussable, "Mark the item as discussed, or take that back"),
    row!(Sync: C::ItemUp, "item-up", "up", AGENDA, ["Alt-↑"], movable, "Move the queued item up"),
    row!(Sync: C::ItemDown, "item-down", "down", AGENDA, ["Alt-↓"], movable, "Move the queued item down"),
    row!(Sync: C::RemoveItem, "remove-item", "take off", AGENDA, ["X"], removable, "Take the queued item off the agenda, or the action step back"),
    row!(Sync: C::NewItem, "new-item", "new item…", AGENDA, ["C"], known, "Queue an item for this meeting: its title, and at its end 10m, @presenter, links to documents, and ! for confidential"),
    row!(Sync: C::Present, "present", "present", MEETING, ["P"], known, "Begin the weekly sync, or take it up where it was interrupted: one item at a time, large, within its time"),
];
