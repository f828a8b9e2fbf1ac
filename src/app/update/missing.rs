//! What is missing before the weekly sync: the cursor of that list.

use super::super::effect::Effect;
use super::super::state::State;
use super::super::state::{Lack, SyncView};
use super::super::target;
use super::inbox::in_view;
use super::sync;
use crate::domain::meeting::Gate;

/// What is missing, as the cursor remembers it, in order.
pub(super) fn lacks(gate: &Gate) -> Vec<Lack> {
    let rows = gate.rows.iter();
    rows.map(|missing| (missing.kind, missing.thing)).collect()
}

/// Shows the thing on which something is missing.
pub(super) fn open_thing(state: &mut State) -> Vec<Effect> {
    match target::missing(state).map(|missing| missing.thing) {
        Some(thing) => sync::open_thing(state, thing),
        None => Vec::new(),
    }
}

/// Brings the cursor onto a row that there is, and the list around it.
pub(super) fn settle(view: &mut SyncView, room: usize) {
    let Some(found) = &view.found else {
        return;
    };
    let lacks = lacks(&found.gate);
    view.missing.settle(&lacks);
    view.missing.top = in_view(view.missing.top, view.missing.place, room, lacks.len());
}
