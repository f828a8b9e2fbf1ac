//! Rows: what is missing before the weekly sync, each with its remedy.

use super::super::missing::remedies;
use super::super::state::State;
use super::super::target;
use super::everywhere::row;
use super::{Command as C, Context, Group, Reason, Row};

const HERE: &[Context] = &[Context::Missing];

pub(super) const MISSING: &[Row] = &[
    row!(Missing: C::MissingAssign, "missing-assign", "assign…", HERE, ["a"], assign, "Give the request an owner; the likely one is filled in"),
    row!(Missing: C::MissingNote, "missing-note", "update, comment…", HERE, ["c"], note, "Say how the release item does, with its health; give an action step another day; on an idea that will not be done, comment for whoever closes the ticket"),
    row!(Missing: C::MissingNoChange, "missing-no-change", "no change", HERE, ["="], no_change, "Say that nothing has changed; of an item that was imported into the backlog, that the backlog is meant"),
    row!(Missing: C::MissingPlace, "missing-release", "to a release…", HERE, ["r"], place, "Move what was imported without a release to one"),
    row!(Missing: C::MissingReason, "missing-reason", "why not…", HERE, ["w"], reason, "Say why the idea will not be done"),
    row!(Missing: C::MissingAnswer, "missing-answer", "answer…", HERE, ["e"], answer, "Answer the reporter who waits"),
    row!(Missing: C::MissingWaive, "missing-waive", "no answer needed", HERE, ["-"], waive, "Say that the reporter need not be answered"),
    row!(Missing: C::MissingDone, "missing-done", "done", HERE, ["d"], done, "Mark the action step as done"),
    row!(Missing: C::MissingShorten, "missing-shorten", "shorten or put off…", HERE, ["["], shorten, "Shorten an item of the agenda, or carry it over to the next sync"),
];

/// Whether that is a remedy of all that is marked, else of what is in hand.
fn remedy(state: &State, command: C) -> Result<(), Reason> {
    let lacking = target::lacking(state);
    let Some(first) = lacking.first() else {
        return Err(Reason::new("nothing is missing here"));
    };
    if !lacking.iter().all(|one| one.kind == first.kind) {
        return Err(Reason::new(
            "what is marked needs different things; Esc clears the marks",
        ));
    }
    match remedies(first.kind).contains(&command) {
        true => Ok(()),
        false => Err(Reason(
            format!("this {}: Enter sees to that", first.kind.word()).into(),
        )),
    }
}

/// As [`remedy`], for what is done to one thing at a time.
fn single(state: &State, command: C) -> Result<(), Reason> {
    remedy(state, command)?;
    match target::lacking(state).len() {
        1 => Ok(()),
        _ => Err(Reason::new(
            "this is done to one at a time; Esc clears the marks",
        )),
    }
}

fn assign(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingAssign)
}

fn note(state: &State) -> Result<(), Reason> {
    use crate::domain::meeting::MissingKind;
    let kind = target::lacking(state).first().map(|one| one.kind);
    match kind {
        Some(MissingKind::ApprovalMissing | MissingKind::StepOverdue) => {
            single(state, C::MissingNote)
        }
        _ => remedy(state, C::MissingNote),
    }
}

fn no_change(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingNoChange)
}

fn place(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingPlace)
}

fn reason(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingReason)
}

fn answer(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingAnswer)
}

fn waive(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingWaive)
}

fn done(state: &State) -> Result<(), Reason> {
    remedy(state, C::MissingDone)
}

fn shorten(state: &State) -> Result<(), Reason> {
    single(state, C::MissingShorten)
}
