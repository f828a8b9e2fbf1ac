//! Where in a text the matches are, for highlighting.

use std::ops::Range;

use super::Term;
use super::ask::{Row, Sought, row};
use super::cut::cut;

/// The bytes of `text` that match any of `sought`, by the same rules as the index: in order, not touching each other,
/// always whole characters. A word that begins as an unfinished one does is marked whole.
#[must_use]
pub fn matches(text: &str, sought: &[Sought<'_>]) -> Vec<Range<usize>> {
    let rows: Vec<Row> = sought.iter().filter_map(|sought| row(*sought)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    cut(text, &mut |piece| {
        pieces.push(Found {
            term: Term(piece.term.to_owned()),
            range: piece.range,
            first: piece.first,
        });
    });
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for start in 0..pieces.len() {
        let here = pieces.get(start..).unwrap_or(&[]);
        ranges.extend(rows.iter().filter_map(|row| begins(here, row)));
    }
    ranges.sort_by_key(|range| range.start);
    join(ranges)
}

struct Found {
    term: Term,
    range: Range<usize>,
    first: Option<usize>,
}

/// Where the row is, if the pieces begin with it.
fn begins(pieces: &[Found], row: &Row) -> Option<Range<usize>> {
    let last = row.terms.len().checked_sub(1)?;
    let (end, found) = (row.terms.get(last)?, pieces.get(last)?);
    let fits = if row.open {
        found.term.as_str().starts_with(end.as_str())
    } else {
        found.term == *end
    };
    let before = || pieces.iter().zip(row.terms.iter().take(last));
    if !fits || !before().all(|(found, term)| found.term == *term) {
        return None;
    }
    let end = match found.first {
        Some(first) if row.single => first,
        _ => found.range.end,
    };
    Some(pieces.first()?.range.start..end)
}

/// Joins ranges that overlap or touch.
fn join(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
