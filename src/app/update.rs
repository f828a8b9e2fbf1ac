//! A message in, effects out.
//!
//! ```text
//! key ──> overlay on top? ──yes──> its keys (translated by the keymap) ──> verbs::key
//!           │ no
//!           └─> keymap.lookup(context, pending) ──> Command ──> availability ──> run ──> here or verbs::run
//! ```
//!
//! What was asked comes back as an answer with its sequence number; a stale one is dropped.

mod keys;

use super::command::Command;
use super::effect::Effect;
use super::message::Message;
use super::state::State;
use super::verbs;

/// Takes in what happened and says what is to be done.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => keys::typed(state, key),
        Message::Paste(text) => verbs::paste(state, &text),
        Message::Done { ticket, outcome } => verbs::done(state, ticket, &outcome),
        Message::Edited(text) => verbs::edited(state, text),
        Message::Tick(now) => {
            state.now = now;
            verbs::tick(state)
        }
        _ => Vec::new(),
    }
}

/// Runs a command, or says why it cannot run. The palette and help run commands through this, too.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    if let Err(reason) = command.availability(state) {
        return state.refuse(reason.to_string(), "");
    }
    verbs::run(state, command)
}

/// The link to where the thing under the cursor came from.
pub(super) fn source_link(state: &State) -> Option<&str> {
    state.hand.as_ref()?.detail.as_ref()?.url.as_deref()
}
