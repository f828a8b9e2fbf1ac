//! Presenting the weekly sync: one item at a time.

use super::super::effect::Effect;
use super::super::state::{Face, Screen, State};
use super::{navigate, sync};

/// Shows the item under the cursor of the agenda large; Esc leads back to the agenda.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    state.sync.face = Face::Agenda;
    navigate::leave_for(state, Screen::Present, state.focus, state.zoomed);
    sync::reload(state)
}
