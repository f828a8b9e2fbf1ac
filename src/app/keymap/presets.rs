//! Key bindings for fingers that know another program. Each changes the default keys as a person's own file would.

use std::fmt::Write as _;

use super::build::{Wanted, built_in};
use crate::config::KeyPreset;

/// A context (or several), a command, and its keys there.
pub(super) type Line = (&'static str, &'static str, &'static [&'static str]);

/// Panels by `h` and `l`, undo by `z`, screen modes by `+`, as in lazygit. Its digits for panels stay with the suggestions.
const LAZYGIT: &[Line] = &[
    ("everywhere", "previous-pane", &["h", "←", "S-Tab"]),
    ("everywhere", "next-pane", &["l", "→", "Tab"]),
    ("everywhere", "back", &["Esc"]),
    ("everywhere", "open", &["Enter"]),
    ("everywhere", "zoom", &["+", "_"]),
    // There `+` notes an action step.
    ("meeting", "zoom", &["_"]),
    ("everywhere", "undo", &["z", "u"]),
    ("everywhere", "redo", &["Z", "U"]),
    ("everywhere", "page-up", &["PgUp", ","]),
    ("everywhere", "mark", &["Space", "x"]),
    ("everywhere", "copy-id", &["y"]),
    ("timeline", "undo-this", &["z", "u"]),
    ("inbox", "top", &["<", "g g", "Home"]),
    ("inbox", "bottom", &[">", "G", "End"]),
    ("ideas", "top", &["<", "g g", "Home"]),
    ("ideas", "bottom", &[">", "G", "End"]),
    // There they go from release to release.
    ("board", "previous-pane", &["S-Tab"]),
    ("board", "next-pane", &["Tab"]),
];

/// Linear's letters: `s` status, `p` priority, `l` labels, `i` mine, `h` snooze, `m m` duplicate, `Ctrl-b` board or list,
/// `Ctrl-k` for everything.
const LINEAR: &[Line] = &[
    ("everywhere", "palette", &["Ctrl-k", "Ctrl-p", ":"]),
    ("everywhere", "back", &["Esc", "←"]),
    ("everywhere", "open", &["Enter", "→"]),
    ("everywhere", "filter", &["/", "f"]),
    ("ideas", "filter", &["/"]),
    ("inbox", "assign-to-me", &["i", "A"]),
    ("inbox", "link-to", &["L"]),
    ("inbox", "tags", &["l", "t"]),
    ("inbox", "importance-0", &["p 0", "I 0"]),
    ("inbox", "importance-1", &["p 1", "I 1"]),
    ("inbox", "importance-2", &["p 2", "I 2"]),
    ("inbox", "importance-3", &["p 3", "I 3"]),
    ("inbox", "importance-unset", &["p -", "I -"]),
    ("inbox", "duplicate", &["m m"]),
    ("inbox", "snooze", &["h", "s"]),
    ("ideas", "idea-status", &["s", "S"]),
    ("plan", "board-or-table", &["Ctrl-b", "b"]),
    ("passage", "link-to", &["i", "L"]),
];

/// The lines of a preset; none for our own keys.
pub(super) const fn lines(preset: KeyPreset) -> &'static [Line] {
    match preset {
        KeyPreset::Default => &[],
        KeyPreset::Lazygit => LAZYGIT,
        KeyPreset::Linear => LINEAR,
    }
}

/// What each preset changes, as tables for the page on configuration.
#[must_use]
pub fn presets_markdown() -> String {
    let mut page = String::new();
    for (name, preset) in [
        ("lazygit", KeyPreset::Lazygit),
        ("linear", KeyPreset::Linear),
    ] {
        // Writing into a String cannot fail.
        let _ = writeln!(
            page,
            "\n| `keys = \"{name}\"`: in | a command | has the keys |\n|---|---|---|"
        );
        for (scope, command, keys) in lines(preset) {
            let keys: Vec<String> = keys.iter().map(|keys| format!("`{keys}`")).collect();
            let _ = writeln!(page, "| `{scope}` | `{command}` | {} |", keys.join(" "));
        }
    }
    page
}

/// What a preset wants; where two lines are about the same command and context the later one counts.
pub(super) fn wanted(preset: KeyPreset) -> Vec<Wanted<'static>> {
    let mut wanted: Vec<Wanted<'static>> = Vec::new();
    for (scope, command, keys) in lines(preset) {
        for one in built_in(scope, command, keys) {
            wanted.retain(|known| !known.is_about_the_same(&one));
            wanted.push(one);
        }
    }
    wanted
}
