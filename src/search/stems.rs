//! Words and their stems.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rust_stemmers::{Algorithm, Stemmer};

use super::bag::humps;
use super::cut::cut;
use super::keywords::is_telling;

/// The stems of words: finds them, and remembers those that were met. To find a stem costs as much as to cut twenty words off
/// a text, and of the words of a text nearly all have been met.
///
/// What it answers depends on the words alone; a clone remembers with it.
#[derive(Clone, Default)]
pub struct Stems(Arc<Mutex<Met>>);

/// How many words are remembered, at most: each has one place, and the newest holds it. They take a megabyte and a half.
const REMEMBERED: usize = 1 << 14;

/// The words that were met.
pub(super) struct Met {
    stemmer: Stemmer,
    words: Vec<Option<Known>>,
}

/// What is known of a word of small ASCII letters.
pub(super) struct Known {
    /// The word, and its stem behind it.
    both: Box<str>,
    /// Where the stem begins.
    stem: usize,
    pub(super) is_telling: bool,
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stems").finish_non_exhaustive()
    }
}

impl Default for Met {
    fn default() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            words: Vec::new(),
        }
    }
}

impl Stems {
    /// For a whole text: to lock it for each word would cost as much as a word.
    pub(super) fn met(&self) -> MutexGuard<'_, Met> {
        // What is remembered is never half of anything, so a panic of somebody else is no harm.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The words of a text that have these stems, in the order of the stems, each as it is said there first: `inglés`, `PDFs`, and
    /// `export` where a sentence begins with `Export`. A stem that is only part of a name in humps is told by the whole name, pairs
    /// of characters that overlap are told as one, and what addresses of the web have in common is left out.
    #[must_use]
    pub fn as_said(&self, text: &str, stems: &[String]) -> Vec<String> {
        let met = &mut self.met();
        let mut said: Vec<Option<Range<usize>>> = vec![None; stems.len()];
        // Of stems that are said as part of another word.
        let mut within: Vec<Option<Range<usize>>> = vec![None; stems.len()];
        let mut last_pair: Option<usize> = None;
        cut(text, &mut |piece| {
            if piece.tail {
                return;
            }
            let is_pair = piece.first.is_some();
            let before = last_pair.take().filter(|_| is_pair);
            let Some(place) = place(stems, met.stem(piece.term)) else {
                let word = text.get(piece.range.clone()).unwrap_or_default();
                for part in humps(word) {
                    if let Some(place) = self::place(stems, met.stem(&part.to_ascii_lowercase())) {
                        within[place].get_or_insert(piece.range.clone());
                    }
                }
                return;
            };
            let overlapped = before.filter(|before| {
                let known = said[*before].as_ref();
                known.is_some_and(|known| {
                    known.contains(&piece.range.start) && known.end < piece.range.end
                })
            });
            match overlapped {
                Some(before) if said[place].is_none() => {
                    said[before] = said[before]
                        .take()
                        .map(|known| known.start..piece.range.end);
                    said[place] = Some(0..0);
                    last_pair = Some(before);
                }
                _ => {
                    said[place].get_or_insert(piece.range);
                    last_pair = is_pair.then_some(place);
                }
            }
        });
        let mut words: Vec<String> = Vec::new();
        for ((said, within), stem) in said.into_iter().zip(within).zip(stems) {
            let word = text
                .get(said.or(within).unwrap_or(0..0))
                .unwrap_or_default();
            let word = uncapitalized(word);
            if !word.is_empty() && !IN_ADDRESSES.contains(&stem.as_str()) && !words.contains(&word)
            {
                words.push(word);
            }
        }
        words
    }

    /// A text in which each word gave way to its stem: `guest account on a board` of `Guest accounts on a Board`. What is no word
    /// of ASCII letters once its accents are taken off stays as it is.
    #[must_use]
    pub fn stemmed(&self, text: &str) -> String {
        let met = &mut self.met();
        let mut stemmed = String::with_capacity(text.len());
        let mut done = 0;
        cut(text, &mut |piece| {
            if let Some(known) = met.known(piece.term) {
                stemmed.push_str(text.get(done..piece.range.start).unwrap_or_default());
                stemmed.push_str(known.stem());
                done = piece.range.end;
            }
        });
        stemmed.push_str(text.get(done..).unwrap_or_default());
        stemmed
    }

    /// How many of these stems the texts have between them.
    #[must_use]
    pub fn said(&self, texts: &[&str], stems: &[String]) -> usize {
        let met = &mut self.met();
        let mut said = vec![false; stems.len()];
        for text in texts {
            cut(text, &mut |piece| {
                if let Some(place) = place(stems, met.stem(piece.term)) {
                    said[place] = true;
                }
            });
        }
        said.into_iter().filter(|said| *said).count()
    }
}

/// What addresses of the web have in common.
const IN_ADDRESSES: [&str; 8] = ["com", "href", "html", "http", "https", "net", "org", "www"];

/// A word as it is said within a sentence: only one that begins with its only capital begins a sentence.
fn uncapitalized(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if !letters.as_str().chars().any(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => word.to_owned(),
    }
}

fn place(stems: &[String], stem: &str) -> Option<usize> {
    stems.iter().position(|wanted| wanted == stem)
}

impl Met {
    /// What is known of a term: words of small ASCII letters are taken for English, of others nothing is known.
    pub(super) fn known(&mut self, term: &str) -> Option<&Known> {
        if !term.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        if self.words.is_empty() {
            self.words.resize_with(REMEMBERED, || None);
        }
        // Any of its bits will do.
        #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation)]
        let place = number(term) as usize % REMEMBERED;
        let known = &mut self.words[place];
        if known.as_ref().is_none_or(|known| known.word() != term) {
            *known = Some(Known::of(&self.stemmer, term));
        }
        known.as_ref()
    }

    /// The stem of a term; the term itself where it has none.
    fn stem<'a>(&'a mut self, term: &'a str) -> &'a str {
        self.known(term).map_or(term, Known::stem)
    }
}

impl Known {
    fn of(stemmer: &Stemmer, word: &str) -> Self {
        Self {
            both: [word, &stemmer.stem(word)].concat().into(),
            stem: word.len(),
            is_telling: is_telling(word, false),
        }
    }

    fn word(&self) -> &str {
        &self.both[..self.stem]
    }

    /// Its stem.
    pub(super) fn stem(&self) -> &str {
        &self.both[self.stem..]
    }
}

/// A number for a stem that looks like chance, the same one in every version of this program: FNV-1a, mixed.
#[must_use]
pub fn number(stem: &str) -> i64 {
    let hash = stem.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_met_is_known_to_clones_and_two_words_of_one_place_both_have_their_stems() {
        let stems = Stems::default();
        let of = |stems: &Stems, word: &str| stems.met().stem(word).to_owned();
        assert_eq!(of(&stems, "exporting"), "export");
        let place = |word: &str| number(word).cast_unsigned() % REMEMBERED as u64;
        let letters = || (b'a'..=b'z').map(char::from);
        let mut words = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
        let words = words
            .by_ref()
            .flat_map(|end| [format!("{end}ending"), format!("{end}ended")]);
        let mut first = std::collections::HashMap::new();
        let pair = words
            .flat_map(|word| letters().map(move |c| format!("{c}{word}")))
            .find_map(|word| Some((first.insert(place(&word), word.clone())?, word)));
        let (one, other) = pair.expect("two words of one place");
        let known = stems.clone();
        for word in [&one, &other, &one] {
            assert_eq!(
                of(&known, word),
                Stemmer::create(Algorithm::English).stem(word)
            );
        }
        let is_known = |word: &String| {
            let met = stems.met();
            met.words.iter().flatten().any(|known| known.word() == word)
        };
        assert!(is_known(&one) && !is_known(&other));
    }

    #[test]
    fn words_give_way_to_their_stems_and_all_else_stays() {
        let stems = Stems::default();
        let stemmed = stems.stemmed("Guest Accounts: 2 boards, Übung 日本語!");
        assert_eq!(stemmed, "guest account: 2 board, ubung 日本語!");
        assert_eq!(stems.stemmed(""), "");
    }

    #[test]
    fn words_are_told_as_they_are_said() {
        let stems = Stems::default();
        let wanted = ["export".to_owned(), "board".to_owned(), "日本".to_owned()];
        let said = stems.as_said("Boards to export: exporting 日本語", &wanted);
        assert_eq!(said, ["export", "boards", "日本"]);
        assert_eq!(stems.as_said("", &wanted), [""; 0]);
        let told = |text: &str, wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(|stem| (*stem).to_owned()).collect();
            stems.as_said(text, &wanted).join(", ")
        };
        let said = told("Exporta en inglés: PDFs", &["pdfs", "exporta", "ingl"]);
        assert_eq!(said, "PDFs, exporta, inglés");
        let said = told("SearchIndex fails", &["index", "search", "fail"]);
        assert_eq!(said, "SearchIndex, fails");
        let said = told("SearchIndex fails", &["searchindex", "index"]);
        assert_eq!(said, "SearchIndex");
        let said = told("see https://ads.example.com", &["https", "exampl", "com"]);
        assert_eq!(said, "example");
        let said = told("新しい通知が届きました", &["知が", "通知", "届き", "が届"]);
        assert_eq!(said, "通知が届き");
        let said = told("通知と知が", &["知が", "通知"]);
        assert_eq!(said, "知が, 通知");
        assert_eq!(stems.said(&["exports", "of 日本語"], &wanted), 2);
        assert_eq!(stems.said(&[], &wanted), 0);
    }
}
