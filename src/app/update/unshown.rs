//! Keys while the window is too small to show anything.
//!
//! Nobody means what cannot be seen, so that only what leaves is done. Whoever was typing a text when the window shrank goes on
//! typing it, though, what is sought in a list, too: it is stored or chosen by another key, which is dropped until the text is on the
//! screen again.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::key::Key;
use super::super::keymap::Lookup;
use super::super::layout::SMALLEST;
use super::super::picker;
use super::super::state::{Overlay, State};
use super::super::target;
use super::keys;

/// Whether there is no room to draw anything.
pub(super) const fn is_too_small(state: &State) -> bool {
    state.size.0 < SMALLEST.0 || state.size.1 < SMALLEST.1
}

/// Whether a key changes nothing but the text that is being typed.
pub(super) fn goes_on_typing(state: &State, key: Key) -> bool {
    use Command as C;
    let picker = match state.overlays.last() {
        Some(Overlay::Prompt(_)) => None,
        Some(Overlay::Picker(picker)) => Some(picker),
        _ => return false,
    };
    match state.keymap.lookup(target::context(state), &[key]) {
        Lookup::Nothing => key
            .typed()
            .is_some_and(|typed| !picker.is_some_and(|picker| picker::chooses(picker, typed))),
        // Where nothing is searched for it forgets a view.
        Lookup::Command(Command::DeleteRight)
            if picker.is_some_and(|picker| picker.input.text.is_empty()) =>
        {
            false
        }
        Lookup::Command(command) => matches!(
            command,
            C::CursorLeft
                | C::CursorRight
                | C::WordLeft
                | C::WordRight
                | C::LineStart
                | C::LineEnd
                | C::DeleteLeft
                | C::DeleteRight
                | C::DeleteWordLeft
                | C::DeleteWordRight
                | C::KillToStart
                | C::KillToEnd
                | C::Yank
        ),
        Lookup::Pending(_) => false,
    }
}

/// Takes another key: what leaves is done, and the others are remembered to be told.
pub(super) fn typed(state: &mut State, key: Key) -> Vec<Effect> {
    match state.keymap.lookup(target::context(state), &[key]) {
        Lookup::Command(command @ (Command::Quit | Command::Close)) => super::run(state, command),
        _ => {
            if state.flight.unshown.len() <= keys::NAMED {
                state.flight.unshown.push(key);
            }
            Vec::new()
        }
    }
}

/// The window has another size: where it shows something again, it says which keys did nothing meanwhile.
pub(super) fn resized(state: &mut State) {
    if is_too_small(state) || state.flight.unshown.is_empty() {
        return;
    }
    let dropped = std::mem::take(&mut state.flight.unshown);
    let words = format!(
        "{} came while the window was too small, and did nothing",
        keys::named(&dropped)
    );
    keys::tell_where_one_looks(state, words);
}
