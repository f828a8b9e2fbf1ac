//! Words and their stems.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rust_stemmers::{Algorithm, Stemmer};

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

    /// The words of a text that have these stems, each as it is said there first; a stem that none has stays as it is.
    #[must_use]
    pub fn as_said(&self, text: &str, stems: &[String]) -> Vec<String> {
        let met = &mut self.met();
        let mut said: Vec<Option<String>> = vec![None; stems.len()];
        cut(text, &mut |piece| {
            if piece.tail {
                return;
            }
            if let Some(place) = place(stems, met.stem(piece.term)) {
                said[place].get_or_insert_with(|| piece.term.to_owned());
            }
        });
        let said = said.into_iter().zip(stems);
        said.map(|(said, stem)| said.unwrap_or_else(|| stem.clone()))
            .collect()
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
    fn words_are_told_as_they_are_said() {
        let stems = Stems::default();
        let wanted = ["export".to_owned(), "board".to_owned(), "日本".to_owned()];
        let said = stems.as_said("Boards to export: exporting 日本語", &wanted);
        assert_eq!(said, ["export", "boards", "日本"]);
        assert_eq!(stems.as_said("", &wanted), wanted);
        assert_eq!(stems.said(&["exports", "of 日本語"], &wanted), 2);
        assert_eq!(stems.said(&[], &wanted), 0);
    }
}
