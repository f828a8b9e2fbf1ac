//! What is wrong with a filter, where, and what to type instead.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Place, Problem};

/// One mistake in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The characters that are wrong, counted from 0; never empty.
    pub columns: Range<usize>,
    /// What is wrong, in one line that quotes what was typed: text from outside.
    pub message: String,
    /// What to type instead.
    pub hint: String,
}

impl Fault {
    /// The place for a person: counted from 1. A filter has one line, whatever is in it.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place {
            line: 1,
            column: self.columns.start + 1,
        }
    }
}

/// How many faults a [`Problem`] lists.
const SHOWN: usize = 8;

/// How many characters of the filter are shown before and after the first fault.
const AROUND: usize = 32;

/// The faults of `filter` as the command line shows them: the filter with a caret line under its first fault, then
/// every fault with its column.
#[must_use]
pub fn problem(filter: &str, faults: &[Fault]) -> Problem {
    let mut problem = Problem::new(Kind::Usage, "cannot understand the filter");
    if let Some(first) = faults.first() {
        let (line, carets) = excerpt(filter, &first.columns);
        problem = problem.because(line).because(carets);
    }
    for fault in faults.iter().take(SHOWN) {
        problem = problem.because(format!(
            "column {}: {}",
            fault.place().column,
            fault.message
        ));
        if !problem.hints.contains(&fault.hint) {
            problem = problem.hint(fault.hint.clone());
        }
    }
    if faults.len() > SHOWN {
        problem = problem.because(format!("and {} more", faults.len() - SHOWN));
    }
    problem
}

/// As much of a name as helps to see which is meant.
pub(super) fn repeated(name: &str) -> SafeText {
    SafeText::line(name).truncated(2 * AROUND)
}

/// Where `name` stands in `filter`, in characters: its first place, whatever the case. For a name that only the workspace
/// can judge, which the tree no longer knows the place of.
#[must_use]
pub fn columns_of(filter: &str, name: &str) -> Option<Range<usize>> {
    let fold =
        |text: &str| -> Vec<String> { text.chars().map(|c| c.to_lowercase().collect()).collect() };
    let (filter, name) = (fold(filter), fold(name));
    if name.is_empty() {
        return None;
    }
    let start = filter.windows(name.len()).position(|part| part == name)?;
    Some(start..start + name.len())
}

/// The part of a filter around a fault, and a line of carets that stands under it cell by cell.
///
/// Characters without a width of their own are shown as `·`, so that nothing can shift the carets.
#[must_use]
pub fn excerpt(filter: &str, columns: &Range<usize>) -> (String, String) {
    let from = columns.start.saturating_sub(AROUND);
    let mut line = String::new();
    let mut carets = String::new();
    if from > 0 {
        line.push('…');
        carets.push(' ');
    }
    let mut rest = filter.chars().skip(from);
    for (offset, c) in rest.by_ref().take(2 * AROUND).enumerate() {
        let (shown, width) = match c.width() {
            Some(width) if width > 0 => (c, width),
            _ => ('·', 1),
        };
        let at = from + offset;
        let mark = if columns.contains(&at) { "^" } else { " " };
        line.push(shown);
        carets.push_str(&mark.repeat(width));
    }
    if rest.next().is_some() {
        line.push('…');
    }
    let carets = carets.trim_end();
    // An empty filter, or a fault at its very end.
    let carets = if carets.is_empty() { "^" } else { carets };
    (line, carets.to_owned())
}

/// At most this many characters of what was typed are repeated in a message.
const LONGEST: usize = 40;

/// What was typed, in quotes and cut to a decent length.
pub(super) fn typed(text: &str) -> String {
    if text.chars().nth(LONGEST).is_none() {
        format!("“{text}”")
    } else {
        let start: String = text.chars().take(LONGEST).collect();
        format!("“{start}…”")
    }
}
