//! The words of a text by their stems, and how often each is said: what suggestions compare.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hashbrown::HashMap;

use super::cut::cut;
use super::keywords::is_telling;
use super::stems::{Known, Met, Stems};

/// Stems and how often each occurs, in the order of the stems. Words of grammar and courtesy are not among them.
///
/// Words of small ASCII letters are stemmed as English (Snowball); words of other scripts and languages stand for
/// themselves. A name written in humps (`SearchIndex`) counts as itself and as its parts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Bag {
    counts: BTreeMap<String, u32>,
}

impl Bag {
    /// The words of a text.
    #[must_use]
    pub fn of(stems: &Stems, text: &str) -> Self {
        let mut bag = Self::default();
        bag.add(stems, text);
        bag
    }

    /// Adds the words of a text.
    pub fn add(&mut self, stems: &Stems, text: &str) {
        let met = &mut stems.met();
        cut(text, &mut |piece| {
            if piece.tail || !self.count(met, piece.term, piece.first.is_some()) {
                return;
            }
            if piece.first.is_none() {
                for part in humps(text.get(piece.range.clone()).unwrap_or_default()) {
                    self.count(met, &part.to_ascii_lowercase(), false);
                }
            }
        });
    }

    /// Counts a term, and answers whether it is telling: others do not count.
    fn count(&mut self, met: &mut Met, term: &str, unspaced: bool) -> bool {
        let known = met.known(term);
        let is_telling = known.map_or_else(|| is_telling(term, unspaced), |it| it.is_telling);
        if is_telling {
            let stem = known.map_or(term, Known::stem);
            match self.counts.get_mut(stem) {
                Some(count) => *count += 1,
                None => {
                    self.counts.insert(stem.to_owned(), 1);
                }
            }
        }
        is_telling
    }

    /// As a text that [`Bag::read`] reads: `board 2 export 5`. No stem has a blank in it.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        self.write_as(&mut text, "");
        text
    }

    /// Adds to a text what changes a bag that was written there: words that came (`board 2`), and words that went
    /// (`export -5`). [`Bag::read`] then reads the bag as it is afterwards.
    pub fn write_change(text: &mut String, came: &Self, went: &Self) {
        came.write_as(text, "");
        went.write_as(text, "-");
    }

    fn write_as(&self, text: &mut String, sign: &str) {
        for (stem, count) in &self.counts {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(stem);
            text.push(' ');
            text.push_str(sign);
            if *count == 1 {
                text.push('1');
            } else {
                // Writing to a string cannot fail.
                let _ = write!(text, "{count}");
            }
        }
    }

    /// What [`Bag::write`] wrote, with the changes behind it; of anything else, what can be read. `None` when more words
    /// went than were there.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut counts: HashMap<&str, i64> = HashMap::new();
        for (stem, count) in written(text) {
            let all = counts.entry(stem).or_default();
            *all = all.saturating_add(count);
        }
        counts.retain(|_, count| *count != 0);
        let counts = counts.into_iter();
        counts
            .map(|(stem, count)| Some((stem.to_owned(), u32::try_from(count).ok()?)))
            .collect::<Option<_>>()
            .map(|counts| Self { counts })
    }

    /// Stems and their counts.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, u32)> {
        self.counts.iter().map(|(stem, count)| (&**stem, *count))
    }

    /// Whether no word of the text is telling.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How often a stem occurs, if it does.
    #[must_use]
    pub fn count_of(&self, stem: &str) -> Option<u32> {
        self.counts.get(stem).copied()
    }
}

/// Stems and their counts as [`Bag::write`] wrote them, then those of the changes, below zero where words went: without
/// making a bag of them. Of anything else, what can be read.
pub fn written(text: &str) -> impl Iterator<Item = (&str, i64)> {
    let mut parts = text.trim_end_matches(' ').split(' ');
    let pairs = std::iter::from_fn(move || Some((parts.next()?, parts.next()?)));
    pairs.filter_map(|(stem, count)| Some((stem, count.parse().ok()?)))
}

/// The parts of a word in humps, `Search` and `Index` of `SearchIndex`; none for a word without humps. The plural of an
/// abbreviation (`PDFs`) is none, nor is one letter before it (`iOS`).
pub(super) fn humps(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    let is_plural = |at: usize| bytes.len() == at + 2 && bytes[at + 1] == b's';
    let starts = (2..bytes.len()).filter(|&at| {
        bytes[at].is_ascii_uppercase()
            && (bytes[at - 1].is_ascii_lowercase()
                || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) && !is_plural(at))
    });
    let mut bounds: Vec<usize> = starts.collect();
    if !word.is_ascii() || bounds.is_empty() {
        bounds.clear();
    } else {
        bounds.insert(0, 0);
        bounds.push(word.len());
    }
    let ranges: Vec<(usize, usize)> = bounds.windows(2).map(|pair| (pair[0], pair[1])).collect();
    ranges
        .into_iter()
        .map(|(from, to)| word.get(from..to).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(text: &str) -> Bag {
        Bag::of(&Stems::default(), text)
    }

    fn told(text: &str) -> String {
        let bag = bag(text);
        let words: Vec<String> = bag.iter().map(|(stem, n)| format!("{stem}:{n}")).collect();
        words.join(" ")
    }

    #[test]
    fn words_are_counted_by_their_stems() {
        assert_eq!(
            told("Exporting the boards, and exports of a board"),
            "board:2 export:2"
        );
        assert_eq!(told("日本語 10.1 Übung"), "ubung:1 日本:1 本語:1");
        assert_eq!(told("please, can you?"), "");
        let bag = bag("export export pdf");
        assert_eq!(bag.write(), "export 2 pdf 1");
        assert_eq!(Bag::read(&bag.write()), Some(bag));
        assert_eq!(Bag::read(""), Some(Bag::default()));
    }

    #[test]
    fn what_came_and_went_is_written_behind_what_was_there() {
        let (was, came, went) = (
            bag("export export pdf"),
            bag("pdf board"),
            bag("export export"),
        );
        let mut text = was.write();
        Bag::write_change(&mut text, &came, &went);
        assert_eq!(text, "export 2 pdf 1 board 1 pdf 1 export -2");
        let now = Bag::read(&format!("{text}    "));
        assert_eq!(now, Some(bag("board pdf pdf")));
        Bag::write_change(&mut text, &Bag::default(), &went);
        assert_eq!(Bag::read(&text), None);
    }

    #[test]
    fn humps_count_as_themselves_and_as_their_parts() {
        assert_eq!(told("PDFs on iOS"), "io:1 pdfs:1");
        assert_eq!(
            told("SearchIndex.removeDocument"),
            "document:1 index:1 remov:1 removedocu:1 search:1 searchindex:1"
        );
        assert_eq!(told("PDFExport"), "export:1 pdf:1 pdfexport:1");
        assert_eq!(told("PDF Export"), "export:1 pdf:1");
    }
}
