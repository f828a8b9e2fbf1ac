//! Whether a row fits what was typed, and how well: words typed are words meant.
//!
//! ```text
//!   typed: exp     Export boards as PDF      the label begins so
//!                  Wait for the export       a word of it begins so
//!          wexp    Wait for the export       its pieces begin words, in order: w|exp
//!          port    Wait for the export       it is somewhere within
//! ```
//!
//! Where nothing fits, what is a slip away from it is offered: `expotr` was meant to be `export`.
//!
//! Letters that are merely there in that order are no match: over a long title any few letters are.

use std::ops::Range;

use crate::domain::likeness::distance;
use crate::search::{clusters, is_unspaced};

/// How well a row fits, the better the more.
const LABEL_BEGINS: u32 = 5;
const WORD_BEGINS: u32 = 4;
const PIECES_BEGIN: u32 = 3;
const WITHIN: u32 = 2;
const BESIDE: u32 = 1;

/// What lies between two of them; within, whole words and short labels come first.
const STEP: u32 = 10_000;

/// What was typed: its words, folded.
pub struct Typed(Vec<Vec<char>>);

impl Typed {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let words = text.split_whitespace().map(|word| Folded::of(word).letters);
        Self(words.filter(|word| !word.is_empty()).collect())
    }

    /// How well it fits a label, and at which of its characters; of what stands beside the label nothing is marked. Nothing
    /// where a word is in neither.
    pub fn fits(&self, label: &str, beside: &str) -> Option<(u32, Vec<usize>)> {
        let text = Folded::of(label);
        let mut places = Vec::new();
        let mut worst = LABEL_BEGINS;
        let mut whole = 0;
        let mut tries = MOST_TRIES;
        for word in &self.0 {
            let Some((how, at)) = place(&text, word) else {
                if in_pieces(&text, word, &mut places, &mut tries) {
                    worst = worst.min(PIECES_BEGIN);
                    continue;
                }
                let beside = self.is_beside(&text, beside);
                return beside.then(|| (score(BESIDE, 0, &text), Vec::new()));
            };
            let end = at + word.len();
            let next = text.letters.get(end);
            let ends = next.is_none_or(|next| !next.is_alphanumeric());
            whole += u32::from(how > WITHIN && ends);
            // Of several words the first one of the label need not be the first that was typed.
            worst = worst.min(if self.0.len() > 1 {
                how.min(WORD_BEGINS)
            } else {
                how
            });
            places.extend(at..end);
        }
        let made_of = places.into_iter().flat_map(|at| text.made_of[at].clone());
        Some((score(worst, whole, &text), made_of.collect()))
    }

    /// How much a label is like what was typed, and at which of its characters: each word is in it, or a slip away from what a
    /// word of it begins with. Nothing where a word is neither.
    pub fn resembles(&self, label: &str) -> Option<(u32, Vec<usize>)> {
        let text = Folded::of(label);
        let mut places = Vec::new();
        let mut slips = 0;
        for word in &self.0 {
            let (away, range) = match place(&text, word) {
                Some((_, at)) => (0, at..at + word.len()),
                None => meant(&text, word)?,
            };
            slips += away;
            places.extend(range);
        }
        let near = WITHIN.saturating_sub(u32::try_from(slips).unwrap_or(WITHIN));
        let begins = u32::from(places.contains(&0));
        let made_of = places.into_iter().flat_map(|at| text.made_of[at].clone());
        Some((score(near, begins, &text), made_of.collect()))
    }

    /// Whether every word is in the label or beside it.
    fn is_beside(&self, text: &Folded, beside: &str) -> bool {
        let note = Folded::of(beside);
        let mut words = self.0.iter();
        words.all(|word| place(&note, word).is_some() || place(text, word).is_some())
    }
}

/// A text as it is compared: without case and accents.
///
/// ```text
///   text      S  t  r  a  ß  e
///   letters   s  t  r  a  s  s  e
///   made_of   0  1  2  3  4  4  5
/// ```
struct Folded {
    letters: Vec<char>,
    /// The characters of the text which each of the letters was made of.
    made_of: Vec<Range<usize>>,
    /// Where words begin.
    borders: Vec<bool>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut folded = Self {
            letters: Vec::with_capacity(text.len()),
            made_of: Vec::with_capacity(text.len()),
            borders: Vec::with_capacity(text.len()),
        };
        let mut at = 0;
        let mut before = None;
        clusters(text, &mut |cluster, letters| {
            let made_of = at..at + cluster.chars().count();
            at = made_of.end;
            let Some(first) = cluster.chars().next() else {
                return;
            };
            let mut border = is_border(before, first);
            before = Some(first);
            for letter in letters.chars() {
                folded.letters.push(letter);
                folded.made_of.push(made_of.clone());
                folded.borders.push(border);
                border = false;
            }
        });
        folded
    }
}

/// Whether a word begins with a character: behind what is no letter, and where a capital follows a small one (`GitHub`).
fn is_border(before: Option<char>, c: char) -> bool {
    if c.is_alphanumeric() {
        before.is_none_or(|b| !b.is_alphanumeric() || b.is_lowercase() && c.is_uppercase())
    } else {
        // What is no letter can be typed, too: `@hana`.
        !c.is_whitespace() && before.is_none_or(char::is_whitespace)
    }
}

/// How many letters of a word may be wrong, missing, doubled or swapped: of a short one none, it would be like any other.
const fn most_slips(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Longer words are no typing mistakes; comparing takes the product of both lengths.
const LONGEST: usize = 40;

/// The word of a text that was most likely meant by one that was typed, as far as it was typed, and how many slips away that is.
fn meant(text: &Folded, word: &[char]) -> Option<(usize, Range<usize>)> {
    let most = most_slips(word.len());
    if most == 0 || word.len() > LONGEST {
        return None;
    }
    let starts = (0..text.letters.len()).filter(|at| text.borders[*at]);
    let near = starts.flat_map(|at| {
        let own = &text.letters[at..];
        let whole = own.iter().take_while(|letter| letter.is_alphanumeric());
        let whole = whole.take(word.len() + most).count();
        // One of the first two letters is right in almost every slip, and few words pass that.
        let alike = word
            .iter()
            .take(2)
            .any(|letter| own.iter().take(2).any(|own| own == letter));
        let lengths = (word.len() - most..=whole).filter(move |_| alike);
        lengths.map(move |length| (distance(word, &own[..length]), at..at + length))
    });
    near.filter(|(away, _)| *away <= most)
        .min_by_key(|(away, range)| (*away, range.len().abs_diff(word.len()), range.start))
}

/// Whether the pieces of a word begin words of the text, in order; where, is added to the places.
fn in_pieces(text: &Folded, word: &[char], places: &mut Vec<usize>, tries: &mut usize) -> bool {
    let starts = (0..text.letters.len()).filter(|at| text.borders[*at]);
    let starts: Vec<usize> = starts.collect();
    word.len() > 1 && pieces(&text.letters, &starts, word, places, tries)
}

/// How often the pieces of what was typed are tried otherwise: forged titles shall not keep anybody waiting.
const MOST_TRIES: usize = 2_000;

/// Puts the pieces of a word at the beginnings of words, from these on, each as long as it fits.
fn pieces(
    text: &[char],
    starts: &[usize],
    word: &[char],
    places: &mut Vec<usize>,
    tries: &mut usize,
) -> bool {
    if word.is_empty() {
        return true;
    }
    for (next, start) in starts.iter().enumerate() {
        let same = text[*start..].iter().zip(word);
        let most = same.take_while(|(one, other)| one == other).count();
        for length in (1..=most).rev() {
            if *tries == 0 {
                return false;
            }
            *tries -= 1;
            let before = places.len();
            places.extend(*start..*start + length);
            if pieces(text, &starts[next + 1..], &word[length..], places, tries) {
                return true;
            }
            places.truncate(before);
        }
    }
    false
}

fn score(how: u32, whole: u32, text: &Folded) -> u32 {
    let short = 99 - u32::try_from(text.letters.len().min(99)).unwrap_or(99);
    how * STEP + whole.min(9) * 100 + short
}

/// Where a word is in a text, and how: at the beginning of a word rather than within one. One letter alone is looked for at
/// beginnings only, unless its script puts no blanks between words.
fn place(text: &Folded, word: &[char]) -> Option<(u32, usize)> {
    let mut from = 0;
    let mut inside = None;
    while let Some(at) = within(&text.letters, word, from) {
        if at == 0 {
            return Some((LABEL_BEGINS, 0));
        }
        if text.borders[at] {
            return Some((WORD_BEGINS, at));
        }
        inside = inside.or(Some(at));
        from = at + 1;
    }
    let means_little = matches!(word, [letter] if letter.is_ascii() || letter.is_alphabetic() && !is_unspaced(*letter));
    inside.filter(|_| !means_little).map(|at| (WITHIN, at))
}

fn within(text: &[char], word: &[char], from: usize) -> Option<usize> {
    let places = text.get(from..)?.windows(word.len().max(1));
    places
        .into_iter()
        .position(|part| part == word)
        .map(|at| from + at)
}
