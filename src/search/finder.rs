//! Where in a text the matches are, for highlighting.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::Asked;
use super::ask::{Row, Sought, row};
use super::cut::{Piece, cut_while};
use super::passage::Spot;
use crate::domain::passage::Searched;

/// Finds what somebody looks for in texts, by the same rules as the index.
///
/// Reading a text takes time in proportion to its length, however much is looked for: what may end at a term is looked
/// up by that term and by its beginnings, of which there are at most [`LONGEST_TERM`](super::LONGEST_TERM).
pub struct Finder {
    rows: Vec<Row>,
    /// The rows by their last term, where it must be whole.
    whole: HashMap<String, Vec<usize>>,
    /// The rows by their last term, where a longer one will do.
    begun: HashMap<String, Vec<usize>>,
    /// How many bytes the keys of `begun` have, each length once.
    lengths: Vec<usize>,
    /// How many terms the longest row has.
    longest: usize,
}

/// Which of the texts that a [`Finder`] looks for were found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Seen(Vec<bool>);

impl Seen {
    /// How many of them were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().filter(|seen| **seen).count()
    }

    /// Whether all of them were.
    #[must_use]
    pub fn all(&self) -> bool {
        self.0.iter().all(|seen| *seen)
    }

    /// Whether at least one was.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.contains(&true)
    }

    /// Whether the one at that place was.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.0.get(row).copied().unwrap_or(false)
    }
}

impl Finder {
    /// A finder for all of `sought`; what has no term, and what comes again, is left out.
    #[must_use]
    pub fn new(sought: &[Sought<'_>]) -> Self {
        let mut finder = Self {
            rows: Vec::new(),
            whole: HashMap::new(),
            begun: HashMap::new(),
            lengths: Vec::new(),
            longest: 0,
        };
        for row in sought.iter().filter_map(|sought| row(*sought)) {
            finder.add(row);
        }
        finder
    }

    /// A finder for what was searched for.
    #[must_use]
    pub fn of(searched: &[Searched]) -> Self {
        let sought = searched.iter().map(|searched| match searched.whole {
            true => Sought::Whole(&searched.text),
            false => Sought::Unfinished(&searched.text),
        });
        Self::new(&sought.collect::<Vec<_>>())
    }

    /// Whether a text has all that was searched for; no text has what cannot be searched for.
    pub fn has_all(searched: &[Searched]) -> impl Fn(&str) -> bool + use<> {
        let finder = Self::of(searched);
        move |text| !finder.is_empty() && finder.seen(text).all()
    }

    /// A finder for what is asked of the index; [`Seen::has`] then tells of each by its place among them. They differ from
    /// each other.
    #[must_use]
    pub fn of_asked(asked: &[Asked]) -> Self {
        let mut finder = Self::new(&[]);
        for asked in asked {
            finder.add(Row {
                terms: asked.terms().to_vec(),
                open: asked.is_open(),
                // That only says how much of a match is marked.
                single: false,
            });
        }
        finder
    }

    fn add(&mut self, row: Row) {
        let Some(last) = row.terms.last().map(|term| term.as_str().to_owned()) else {
            return;
        };
        let place = self.rows.len();
        let ending = if row.open {
            if !self.lengths.contains(&last.len()) {
                self.lengths.push(last.len());
            }
            self.begun.entry(last).or_default()
        } else {
            self.whole.entry(last).or_default()
        };
        if ending.iter().any(|known| self.rows[*known] == row) {
            return;
        }
        ending.push(place);
        self.longest = self.longest.max(row.terms.len());
        self.rows.push(row);
    }

    /// How many different ones it looks for.
    pub(super) const fn count(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Which of some texts shows the most of what is not in `seen`, and where: the first of those with the most.
    #[must_use]
    pub fn spot_among<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        seen: &Seen,
    ) -> Option<(usize, Spot)> {
        let spots = texts.into_iter().map(|text| self.spot(text, seen));
        let found = (0..).zip(spots).filter_map(|(at, spot)| Some((at, spot?)));
        found.min_by_key(|(_, spot)| spot.missing)
    }

    /// The bytes of `text` that match anything: in order, not touching each other, always whole characters. A word that
    /// begins as an unfinished one does is marked whole.
    #[must_use]
    pub fn all(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        self.walk(text, &mut |_, range| {
            ranges.push(range);
            true
        });
        join(ranges)
    }

    /// What of all that is looked for is in `text`.
    #[must_use]
    pub fn seen(&self, text: &str) -> Seen {
        let mut seen = vec![false; self.rows.len()];
        self.walk(text, &mut |row, _| {
            if let Some(seen) = seen.get_mut(row) {
                *seen = true;
            }
            true
        });
        Seen(seen)
    }

    /// Gives every match to `found` with the number of its row, in the order in which they end, until it has enough.
    pub(super) fn walk(&self, text: &str, found: &mut impl FnMut(usize, Range<usize>) -> bool) {
        self.walk_until(text, found, &mut |_| false);
    }

    /// As [`Finder::walk`]; ends, too, at the piece that begins where `over` says that it is far enough.
    pub(super) fn walk_until(
        &self,
        text: &str,
        found: &mut impl FnMut(usize, Range<usize>) -> bool,
        over: &mut impl FnMut(usize) -> bool,
    ) {
        if self.is_empty() {
            return;
        }
        // The terms before the present one, as far back as a row may reach.
        let mut before: VecDeque<(String, usize)> = VecDeque::new();
        cut_while(text, &mut |piece| {
            if over(piece.range.start) {
                return false;
            }
            let mut more = true;
            self.ending(piece.term, &mut |row| {
                if let Some(range) = self.begins(row, &piece, &before) {
                    more &= found(row, range);
                }
            });
            if self.longest > 1 {
                if before.len() + 1 >= self.longest {
                    before.pop_front();
                }
                before.push_back((piece.term.to_owned(), piece.range.start));
            }
            more
        });
    }

    /// The rows whose last term this one may be.
    fn ending(&self, term: &str, row: &mut impl FnMut(usize)) {
        if let Some(rows) = self.whole.get(term) {
            rows.iter().for_each(|place| row(*place));
        }
        for length in &self.lengths {
            if let Some(rows) = term.get(..*length).and_then(|start| self.begun.get(start)) {
                rows.iter().for_each(|place| row(*place));
            }
        }
    }

    /// Where the row is, if it ends with this piece.
    fn begins(
        &self,
        row: usize,
        piece: &Piece<'_>,
        before: &VecDeque<(String, usize)>,
    ) -> Option<Range<usize>> {
        let row = self.rows.get(row)?;
        let others = row.terms.len().checked_sub(1)?;
        let from = before.len().checked_sub(others)?;
        let there = before.range(from..);
        if !there
            .zip(&row.terms)
            .all(|((known, _), term)| known == term.as_str())
        {
            return None;
        }
        let start = before.get(from).map_or(piece.range.start, |(_, at)| *at);
        let end = match piece.first {
            Some(first) if row.single => first,
            _ => piece.range.end,
        };
        Some(start..end)
    }
}

/// The bytes of `text` that match any of `sought`: see [`Finder::all`].
#[must_use]
pub fn matches(text: &str, sought: &[Sought<'_>]) -> Vec<Range<usize>> {
    Finder::new(sought).all(text)
}

/// Orders ranges and joins those that overlap or touch.
pub(super) fn join(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
