//! What is missing before the weekly sync: the cursor of that list.

use super::super::effect::Effect;
use super::super::missing::{MissingLine, lines, remedies};
use super::super::state::{Lack, State, Sync, SyncView};
use super::super::target;
use super::inbox::in_view;
use super::sync;
use crate::domain::meeting::Gate;

/// What is missing, as the cursor remembers it, in order.
pub(super) fn lacks(gate: &Gate) -> Vec<Lack> {
    let rows = gate.rows.iter();
    rows.map(|missing| (missing.kind, missing.thing)).collect()
}

/// Does what is missing on the row in hand, or on all that is marked.
pub(super) fn remedy(state: &mut State) -> Vec<Effect> {
    let kind = target::lacking(state).first().map(|missing| missing.kind);
    match kind.and_then(|kind| remedies(kind).first()) {
        Some(command) => super::run(state, *command),
        None => Vec::new(),
    }
}

/// Marks the row in hand, or takes its mark away.
pub(super) fn mark(view: &mut SyncView) {
    let Some(lack) = view.missing.on else {
        return;
    };
    match view.marks.iter().position(|known| *known == lack) {
        Some(place) => {
            view.marks.remove(place);
        }
        None => view.marks.push(lack),
    }
}

/// Marks all on which the same is missing as on the row in hand; says how many are marked.
pub(super) fn mark_alike(view: &mut SyncView) -> usize {
    if let (Some(found), Some((kind, _))) = (&view.found, view.missing.on) {
        let alike = lacks(&found.gate).into_iter();
        view.marks = alike.filter(|(other, _)| *other == kind).collect();
    }
    view.marks.len()
}

/// The row in that line of the list, if one stands there.
pub(super) fn at_line(found: &Sync, beside: bool, line: usize) -> Option<usize> {
    match lines(found, beside).get(line) {
        Some(MissingLine::Row(place, _)) => Some(*place),
        _ => None,
    }
}

/// Shows the thing on which something is missing.
pub(super) fn open_thing(state: &mut State) -> Vec<Effect> {
    match target::missing(state).map(|missing| missing.thing) {
        Some(thing) => sync::open_thing(state, thing),
        None => Vec::new(),
    }
}

/// Brings the cursor onto a row that there is, and the list around it.
pub(super) fn settle(view: &mut SyncView, beside: bool, room: usize) {
    let Some(found) = &view.found else {
        return;
    };
    let lacks = lacks(&found.gate);
    view.missing.settle(&lacks);
    view.marks.retain(|lack| lacks.contains(lack));
    let lines = lines(found, beside);
    let here = |line: &MissingLine<'_>| matches!(line, MissingLine::Row(place, _) if *place == view.missing.place);
    let at = lines.iter().position(here).unwrap_or(0);
    // The first row is shown with the heading above it, the last with what follows it.
    let at = match view.missing.place {
        0 => 0,
        place if place + 1 == lacks.len() => lines.len() - 1,
        _ => at,
    };
    view.missing.top = in_view(view.missing.top, at, room, lines.len());
}
