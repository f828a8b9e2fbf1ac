//! Keys: sequences, overlays first.

use super::super::command::Context;
use super::super::effect::Effect;
use super::super::key::Key;
use super::super::keymap::Lookup;
use super::super::state::State;
use super::super::{target, verbs};

/// Takes a key.
pub(super) fn typed(state: &mut State, key: Key) -> Vec<Effect> {
    let context = target::context(state);
    state.pending.push(key);
    match state.keymap.lookup(context, &state.pending) {
        Lookup::Pending(_) => Vec::new(),
        Lookup::Command(command) => {
            state.pending.clear();
            if context.is_typing() {
                return canonical(context, command)
                    .map_or_else(Vec::new, |key| verbs::key(state, key));
            }
            state.notice = None;
            super::run(state, command)
        }
        Lookup::Nothing => {
            let alone = state.pending.len() == 1;
            state.pending.clear();
            if alone && context.is_typing() && key.typed().is_some() {
                return verbs::key(state, key);
            }
            Vec::new()
        }
    }
}

/// The key that overlays know a command of typing by: the first of its row. A remapped key is translated to it.
fn canonical(context: Context, command: super::Command) -> Option<Key> {
    let row = command.row();
    debug_assert!(row.contexts.contains(&context));
    row.keys.first().and_then(|key| Key::parse(key).ok())
}
