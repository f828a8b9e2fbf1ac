//! Deeds, and the prompts, pickers and forms that ask for what they need.
//!
//! `update` has checked that a command is available before it comes here.

use crate::domain::deed::Outcome;
use crate::problem::Problem;

use super::command::Command;
use super::effect::Effect;
use super::key::Key;
use super::message::Answer;
use super::state::State;

/// Runs a command that does a deed or asks for what it needs.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let _ = (state, command);
    Vec::new()
}

/// Takes a key for the overlay on top. Remapped keys come as the first key of their command's row.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let _ = (state, key);
    Vec::new()
}

/// Takes pasted text for the overlay on top.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let _ = (state, text);
    Vec::new()
}

/// Takes the answer to a question that an overlay asked; `update` has taken in what fills the state already.
pub fn answered(state: &mut State, sequence: u64, answer: &Result<Answer, Problem>) -> Vec<Effect> {
    let _ = (state, sequence, answer);
    Vec::new()
}

/// A deed has come back; `update` tells it in the notice and asks for what it may have changed.
pub fn done(state: &mut State, ticket: u64, outcome: &Result<Outcome, Problem>) -> Vec<Effect> {
    let _ = (state, ticket, outcome);
    Vec::new()
}

/// $EDITOR has returned.
pub fn edited(state: &mut State, text: Result<Option<String>, Problem>) -> Vec<Effect> {
    let _ = (state, text);
    Vec::new()
}

/// Time has passed: half-written text is kept.
pub fn tick(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Whether keys have to wait until an overlay that was asked for is there.
#[must_use]
pub fn waiting(state: &State) -> bool {
    state.errands.hold.is_some()
}
