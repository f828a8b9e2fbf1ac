//! The key table as text: for the README and the man page.

use std::fmt::Write as _;

use super::{Group, Row, rows};

/// The rows of a group that have a key by default, in order.
fn keyed(group: Group) -> impl Iterator<Item = &'static Row> {
    rows().filter(move |row| row.group == group && !row.keys.is_empty())
}

/// The default keys of a row, each as it is written; the digits of the suggestions as a range.
#[must_use]
pub fn keys(row: &Row) -> Vec<String> {
    match row.keys {
        [first, .., last] if row.command_at(0) != row.command_at(1) => {
            vec![format!("{first}–{last}")]
        }
        keys => keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

/// The key table of the README: every command with a key, group by group, then what the palette alone offers.
#[must_use]
pub fn keys_markdown() -> String {
    let mut text = String::new();
    for group in Group::ALL {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "| {} | |\n|---|---|", group.title());
        for row in keyed(*group) {
            let keys: Vec<String> = keys(row).iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(text, "| {} | {} |", keys.join(" "), row.help);
        }
        text.push('\n');
    }
    let palette: Vec<&str> = rows()
        .filter(|row| row.keys.is_empty())
        .map(|row| row.title.trim_end_matches('…'))
        .collect();
    let _ = writeln!(
        text,
        "Without a key, through the palette (`:`): {}.",
        palette.join(", ")
    );
    text
}

/// Groups with their keys and what they do, for the man page: heading, then pairs.
#[must_use]
pub fn key_groups() -> Vec<(&'static str, Vec<(String, &'static str)>)> {
    Group::ALL
        .iter()
        .map(|group| {
            let rows = keyed(*group).map(|row| (keys(row).join(", "), row.help));
            (group.title(), rows.collect())
        })
        .collect()
}
