//! Minutes as lines.

use super::{Ink, Line, wrap};
use crate::app::state::{MinutesText, Weight};
use crate::domain::safe_text::SafeText;

/// The lines of minutes at `width` cells.
#[must_use]
pub fn minutes_document(text: &MinutesText, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (place, (weight, words)) in text.lines.iter().enumerate() {
        let ink = match (place, weight) {
            (0, _) => Ink::Title,
            (_, Weight::Plain) => Ink::Plain,
            (_, Weight::Strong) => Ink::Title,
            (_, Weight::Faint) => Ink::Dim,
        };
        let safe = SafeText::line(words);
        // What fits keeps its blanks: it may be a table.
        let ranges = match safe.width() <= width {
            true => std::iter::once(0..safe.as_str().len()).collect(),
            false => wrap(safe.as_str(), width),
        };
        for range in ranges {
            let mut line = Line::default();
            line.outside(&safe.as_str()[range], ink);
            lines.push(line);
        }
    }
    lines
}
