//! The words of a text by their stems, and how often each is said: what suggestions compare.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_stemmers::{Algorithm, Stemmer};

use super::cut::cut;
use super::keywords::is_telling;

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
    pub fn of(text: &str) -> Self {
        let mut bag = Self::default();
        bag.add(text);
        bag
    }

    /// Adds the words of a text.
    pub fn add(&mut self, text: &str) {
        let stemmer = Stemmer::create(Algorithm::English);
        cut(text, &mut |piece| {
            if piece.tail || !is_telling(piece.term, piece.first.is_some()) {
                return;
            }
            self.count(&stemmer, piece.term);
            if piece.first.is_none() {
                for part in humps(text.get(piece.range.clone()).unwrap_or_default()) {
                    let part = part.to_ascii_lowercase();
                    if is_telling(&part, false) {
                        self.count(&stemmer, &part);
                    }
                }
            }
        });
    }

    /// Takes the words of another away. `false` when some of them were not there, or not so often: then as many as were.
    #[must_use]
    pub fn take_away(&mut self, other: &Self) -> bool {
        let mut all = true;
        for (stem, count) in &other.counts {
            match self.counts.get_mut(stem) {
                Some(known) if *known > *count => *known -= count,
                Some(known) => {
                    all &= *known == *count;
                    self.counts.remove(stem);
                }
                None => all = false,
            }
        }
        all
    }

    fn count(&mut self, stemmer: &Stemmer, term: &str) {
        let stem = stem(stemmer, term);
        match self.counts.get_mut(stem.as_ref()) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(stem.into_owned(), 1);
            }
        }
    }

    /// As a text that [`Bag::read`] reads: `board 2 export 5`. No stem has a blank in it.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        for (stem, count) in &self.counts {
            let blank = if text.is_empty() { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(text, "{blank}{stem} {count}");
        }
        text
    }

    /// What [`Bag::write`] wrote; of anything else, what can be read.
    #[must_use]
    pub fn read(text: &str) -> Self {
        written(text).collect()
    }

    /// Stems and their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.counts.iter().map(|(stem, count)| (&**stem, *count))
    }

    /// How often a stem occurs, if it does.
    #[must_use]
    pub fn count_of(&self, stem: &str) -> Option<u32> {
        self.counts.get(stem).copied()
    }

    /// How many words there are, repeated ones included.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.counts.values().sum()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

impl<S: Into<String>> FromIterator<(S, u32)> for Bag {
    fn from_iter<I: IntoIterator<Item = (S, u32)>>(counts: I) -> Self {
        let counts = counts.into_iter();
        Self {
            counts: counts.map(|(stem, count)| (stem.into(), count)).collect(),
        }
    }
}

/// Stems and their counts as [`Bag::write`] wrote them, without making a bag of them; of anything else, what can be read.
pub fn written(text: &str) -> impl Iterator<Item = (&str, u32)> {
    let mut parts = text.split(' ');
    let pairs = std::iter::from_fn(move || Some((parts.next()?, parts.next()?)));
    pairs.filter_map(|(stem, count)| Some((stem, count.parse().ok()?)))
}

/// The words of a text that have these stems, each as it is said there first; a stem that none has stays as it is.
#[must_use]
pub fn as_said(text: &str, stems: &[String]) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut said: Vec<Option<String>> = vec![None; stems.len()];
    cut(text, &mut |piece| {
        if piece.tail {
            return;
        }
        let stem = stem(&stemmer, piece.term);
        if let Some(place) = stems.iter().position(|wanted| *wanted == stem) {
            said[place].get_or_insert_with(|| piece.term.to_owned());
        }
    });
    let said = said.into_iter().zip(stems);
    said.map(|(said, stem)| said.unwrap_or_else(|| stem.clone()))
        .collect()
}

/// How many of these stems the texts have between them.
#[must_use]
pub fn says(texts: &[&str], stems: &[String]) -> usize {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut said = vec![false; stems.len()];
    for text in texts {
        cut(text, &mut |piece| {
            let stem = stem(&stemmer, piece.term);
            if let Some(place) = stems.iter().position(|wanted| *wanted == stem) {
                said[place] = true;
            }
        });
    }
    said.into_iter().filter(|said| *said).count()
}

/// The stem of a term: words of small ASCII letters are taken for English.
fn stem<'t>(stemmer: &Stemmer, term: &'t str) -> Cow<'t, str> {
    if term.bytes().all(|byte| byte.is_ascii_lowercase()) {
        stemmer.stem(term)
    } else {
        Cow::Borrowed(term)
    }
}

/// The parts of a word in humps, `Search` and `Index` of `SearchIndex`; none for a word without humps.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    let starts = (1..bytes.len()).filter(|&at| {
        bytes[at].is_ascii_uppercase()
            && (bytes[at - 1].is_ascii_lowercase()
                || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
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

    fn told(text: &str) -> String {
        let bag = Bag::of(text);
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
        let bag = Bag::of("export export pdf");
        assert_eq!(bag.length(), 3);
        assert_eq!(bag.write(), "export 2 pdf 1");
        assert_eq!(Bag::read(&bag.write()), bag);
        assert_eq!(Bag::read(""), Bag::default());
    }

    #[test]
    fn humps_count_as_themselves_and_as_their_parts() {
        assert_eq!(
            told("SearchIndex.removeDocument"),
            "document:1 index:1 remov:1 removedocu:1 search:1 searchindex:1"
        );
        assert_eq!(told("PDFExport"), "export:1 pdf:1 pdfexport:1");
        assert_eq!(told("PDF Export"), "export:1 pdf:1");
    }
}
