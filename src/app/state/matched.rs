//! Where the words that were searched for are in what a list shows.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::domain::passage::Passage;
use crate::domain::safe_text::beginning;
use crate::search::Finder;

/// Where the words are in the rows of a list, by the identity of the thing. Empty while nothing is searched for.
#[derive(Clone, Debug, PartialEq)]
pub struct Matches<Id> {
    rows: BTreeMap<Id, Matched>,
}

/// Where the words are in one row.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Matched {
    /// The bytes of the title that match.
    pub title: Vec<Range<usize>>,
    /// The passage that shows what the title does not, once it has come.
    pub passage: Option<Passage>,
    /// Whether a line below the title is kept for the passage.
    below: bool,
    /// Whether the title has any of the words.
    titled: bool,
    /// Whether the passage is that of the present words.
    fresh: bool,
}

impl<Id> Default for Matches<Id> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
        }
    }
}

impl<Id: Ord + Copy> Matches<Id> {
    /// Takes note of the rows that the list shows now, with their titles. Passages that were shown stay until new ones
    /// come, so that nothing flickers; with `anew` all of them are asked for again.
    pub fn show<'t>(
        &mut self,
        rows: impl Iterator<Item = (Id, &'t str)>,
        finder: &Finder,
        anew: bool,
    ) {
        let mut before = std::mem::take(&mut self.rows);
        if finder.is_empty() {
            return;
        }
        for (id, title) in rows {
            let title = beginning(title);
            let known = before.remove(&id);
            let matched = match known {
                Some(known) if !anew => known,
                known => {
                    let seen = finder.seen(title);
                    Matched {
                        title: finder.all(title),
                        passage: known.and_then(|known| known.passage),
                        below: !seen.all(),
                        titled: seen.any(),
                        fresh: false,
                    }
                }
            };
            self.rows.insert(id, matched);
        }
    }

    /// Where the words are in that row.
    #[must_use]
    pub fn of(&self, id: Id) -> Option<&Matched> {
        self.rows.get(&id)
    }

    /// How many lines the row takes: a second one for a passage.
    #[must_use]
    pub fn lines(&self, id: Id) -> usize {
        self.rows
            .get(&id)
            .map_or(1, |row| 1 + usize::from(row.below))
    }

    /// Those of these rows whose passage is still to be found.
    #[must_use]
    pub fn due(&self, ids: impl Iterator<Item = Id>) -> Vec<Id> {
        ids.filter(|id| self.rows.get(id).is_some_and(|row| row.below && !row.fresh))
            .collect()
    }

    /// Takes passages in. A row whose title says something and which has no passage needs no line for one: it matched by
    /// one side of an `or`.
    pub fn take(&mut self, found: Vec<(Id, Option<Passage>)>) {
        for (id, passage) in found {
            if let Some(row) = self.rows.get_mut(&id) {
                row.fresh = true;
                row.below = passage.is_some() || !row.titled;
                row.passage = passage;
            }
        }
    }
}

/// The first row to show so that the cursor's is on the screen whole and the screen is filled as far as there are rows,
/// each of which takes so many `lines`.
#[must_use]
pub fn first_shown(
    top: usize,
    cursor: usize,
    room: usize,
    rows: usize,
    lines: impl Fn(usize) -> usize,
) -> usize {
    let room = room.max(1);
    // The last rows that fill the screen.
    let mut last = rows;
    let mut used = 0;
    while last > 0 && used + lines(last - 1) <= room {
        last -= 1;
        used += lines(last);
    }
    let mut top = top.min(last).min(cursor);
    // From the cursor backwards, so that a far jump costs no more than a screen.
    let mut least = cursor;
    let mut used = lines(cursor);
    while least > top && used + lines(least - 1) <= room {
        least -= 1;
        used += lines(least);
    }
    top = top.max(least);
    top
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Sought;

    #[test]
    fn the_screen_is_filled_and_the_cursor_is_on_it() {
        let tall = |place: usize| 1 + place % 2;
        assert_eq!(
            first_shown(0, 9, 4, 10, tall),
            8,
            "8 and 9 take three of four lines, 7 two"
        );
        assert_eq!(first_shown(5, 2, 4, 10, tall), 2);
        assert_eq!(first_shown(9, 9, 100, 10, tall), 0);
        for (top, cursor, room) in [(0, 0, 1), (7, 9, 5), (3, 8, 6), (0, 5, 3)] {
            let first = first_shown(top, cursor, room, 10, tall);
            let used: usize = (first..=cursor).map(tall).sum();
            assert!(
                first <= cursor && (used <= room || first == cursor),
                "{top} {cursor} {room}"
            );
        }
    }

    #[test]
    fn a_row_keeps_its_passage_until_the_next_one_comes() {
        let finder = |word: &str| Finder::new(&[Sought::Unfinished(word)]);
        let mut matches: Matches<u32> = Matches::default();
        matches.show(
            [(1, "Export"), (2, "Dark")].into_iter(),
            &finder("exp"),
            true,
        );
        assert_eq!((matches.lines(1), matches.lines(2)), (1, 2));
        assert_eq!(matches.due([1, 2].into_iter()), [2]);
        let passage = Passage {
            text: "an export".into(),
            ..Passage::default()
        };
        matches.take(vec![(2, Some(passage.clone()))]);
        assert!(matches.due([1, 2].into_iter()).is_empty());
        matches.show([(2, "Dark")].into_iter(), &finder("expo"), true);
        assert_eq!(matches.of(2).expect("a row").passage, Some(passage));
        assert_eq!(matches.due([1, 2].into_iter()), [2]);
        matches.show([(2, "Dark")].into_iter(), &finder(""), true);
        assert_eq!(matches.lines(2), 1);
    }
}
