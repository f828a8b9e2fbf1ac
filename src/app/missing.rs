//! What is missing before the weekly sync as lines, and what one does about each. The view draws the lines, `update` scrolls
//! by them.

use crate::domain::meeting::{Gate, Missing, MissingKind};

use super::command::Command;
use super::state::Sync;

/// A line of what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingLine<'a> {
    /// Nothing: between two kinds.
    Blank,
    /// What follows is missing; so many are listed, and whether there are more.
    Heading(MissingKind, usize, bool),
    /// A thing on which it is missing, by its place among all.
    Row(usize, &'a Missing),
    /// Who owes an interview this week.
    Interviews(&'a [String]),
}

/// What is missing, by kind, and then who owes an interview. Where the detail stands `beside` the list, that is told there,
/// always in sight.
#[must_use]
pub fn lines(found: &Sync, beside: bool) -> Vec<MissingLine<'_>> {
    let mut lines = by_kind(&found.gate);
    let told = beside && !found.gate.is_open();
    if !found.interviews.is_empty() && !told {
        if !lines.is_empty() {
            lines.push(MissingLine::Blank);
        }
        lines.push(MissingLine::Interviews(&found.interviews));
    }
    lines
}

fn by_kind(gate: &Gate) -> Vec<MissingLine<'_>> {
    let mut lines = Vec::new();
    let mut place = 0;
    for group in gate.rows.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = group.first() else {
            continue;
        };
        if place > 0 {
            lines.push(MissingLine::Blank);
        }
        let more = gate.more.contains(&first.kind);
        lines.push(MissingLine::Heading(first.kind, group.len(), more));
        for row in group {
            lines.push(MissingLine::Row(place, row));
            place += 1;
        }
    }
    lines
}

/// What one can do about it, the nearest first.
#[must_use]
pub const fn remedies(kind: MissingKind) -> &'static [Command] {
    use Command as C;
    match kind {
        MissingKind::Unassigned => &[C::MissingAssign],
        MissingKind::UpdateOwed => &[C::MissingNote, C::MissingNoChange],
        MissingKind::ReleaseMissing => &[C::MissingPlace, C::MissingNoChange],
        MissingKind::ReasonMissing => &[C::MissingReason],
        MissingKind::AnswerOwed => &[C::MissingAnswer, C::MissingWaive],
        MissingKind::StepOverdue => &[C::MissingDone, C::MissingNote],
        MissingKind::ApprovalMissing => &[C::MissingNote],
        MissingKind::OverTime => &[C::MissingShorten],
        // Whatever is queued on the agenda, beside this list, is a topic.
        MissingKind::TopicMissing => &[],
    }
}

/// What a remedy does to what is missing, in a word or two.
#[must_use]
pub const fn remedy_words(command: Command, kind: MissingKind) -> Option<&'static str> {
    use Command as C;
    Some(match (command, kind) {
        (C::MissingAssign, _) => "assign…",
        (C::MissingNote, MissingKind::ApprovalMissing) => "comment…",
        (C::MissingNote, MissingKind::StepOverdue) => "another day…",
        (C::MissingNote, _) => "update…",
        (C::MissingNoChange, MissingKind::ReleaseMissing) => "the backlog is meant",
        (C::MissingNoChange, _) => "no change",
        (C::MissingPlace, _) => "to a release…",
        (C::MissingReason, _) => "why not…",
        (C::MissingAnswer, _) => "answer…",
        (C::MissingWaive, _) => "no answer needed",
        (C::MissingDone, _) => "done",
        (C::MissingShorten, _) => "shorten or put off…",
        _ => return None,
    })
}
