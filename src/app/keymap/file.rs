//! The commented default of `keymap.toml`.

use std::fmt::Write as _;

use super::super::command::{self, Row};
use super::SCOPES;

const HEAD: &str = "\
# Key bindings of Intake: what is written here replaces the keys that a command has in that context.
#
# A key is a character, or a name: Enter, Esc, Tab, Space, Backspace, Delete, Home, End, PgUp, PgDn, F5, and the arrows as
# \"↑\" or \"Up\". Before it may stand Ctrl- (or C-), Alt- and, for keys that are not characters, S-. \"g i\" is g, then i.
# Several keys: [\"j\", \"↓\"]. No key at all: [] or false. `keys` in config.toml chooses the preset that these lines change.
# A key that another command has there already is a fault, until you write other keys, or none, for that one.
#
# Every line shows the default. Take the # away in front of a context and of the lines you change.
";

/// Every command with its default keys and its help, commented out, context by context.
#[must_use]
pub fn commented_default() -> String {
    let mut text = HEAD.to_owned();
    for (scope, _) in SCOPES.iter().rev() {
        let mut rows = command::rows()
            .filter(|row| scope_of(row) == *scope)
            .peekable();
        if rows.peek().is_none() {
            continue;
        }
        // Writing into a String cannot fail.
        let _ = writeln!(text, "\n# [{scope}]");
        for row in rows {
            let keys: Vec<String> = row.keys.iter().map(|keys| format!("\"{keys}\"")).collect();
            let _ = writeln!(
                text,
                "# {} = [{}]  # {}",
                row.name,
                keys.join(", "),
                row.help
            );
        }
    }
    text
}

/// The smallest of the scopes that has all contexts of the row.
fn scope_of(row: &Row) -> &'static str {
    SCOPES
        .iter()
        .find(|(_, contexts)| {
            row.contexts
                .iter()
                .all(|context| contexts.contains(context))
        })
        .map_or("everywhere", |(name, _)| name)
}
