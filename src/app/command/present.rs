//! Rows: the weekly sync while it is held, and its minutes.

use super::availability::present::{held, likely, queued, take_request};
use super::availability::writable;
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

const HERE: &[Context] = &[Context::Present];
const WITH_AGENDA: &[Context] = &[Context::Sync, Context::Present];
const MINUTES: &[Context] = &[
    Context::Sync,
    Context::Missing,
    Context::Present,
    Context::Minutes,
];

pub(super) const PRESENT: &[Row] = &[
    row!(Present: C::NextItem, "next-item", "next", HERE, ["n"], held, "Take up the next item, without marking this one"),
    row!(Present: C::PreviousItem, "previous-item", "before", HERE, ["p"], held, "Take up the item before"),
    row!(Present: C::GoOn, "go-on", "discussed, next", HERE, ["e"], held, "Mark the item as discussed and take up the next"),
    row!(Present: C::CarryOver, "carry-over", "carry over", WITH_AGENDA, [">"], queued, "Put the queued item off to the next weekly sync"),
    row!(Present: C::PauseClock, "pause-clock", "pause", HERE, ["Space"], held, "Stop the clock of the item, or start it again"),
    row!(Present: C::TakeRequest, "take-request", "to me", HERE, ["A"], take_request, "Take the request"),
    row!(Present: C::AssignArea, "assign-area", "assign all", HERE, ["*"], likely, "Give all requests here that probably belong to the same owner to that owner, as one undo step"),
    row!(Present: C::FinishMeeting, "finish-meeting", "end the meeting", HERE, ["F"], held, "End the weekly sync and show its minutes"),
    row!(Present: C::WriteMinutes, "write-minutes", "write the minutes…", MINUTES, ["W"], writable, "Show the minutes of the weekly sync that is held, else of the last one, and write them as Markdown and HTML"),
];
