//! Which keys do what, in which context.

use super::key::Key;

/// The bindings in force.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Keymap {
    /// Context name, key sequence, command name; later ones win.
    pub bindings: Vec<(&'static str, Vec<Key>, &'static str)>,
}
