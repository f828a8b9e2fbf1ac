//! What is asked of an index of terms, and the proof of it in a text.

use memchr::memchr2_iter;

use super::Term;
use super::ask::{Row, Sought, row};
use super::cut::{cut, cut_while};

/// How well a text answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Not at all.
    Not,
    /// Its last word only begins so.
    Begun,
    /// Word for word.
    Whole,
}

/// A word or phrase that is looked for, cut into terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    terms: Vec<Term>,
    open: bool,
    /// All terms are ASCII and none was cut off, so that plain text can be compared as it stands.
    plain: bool,
    /// Where in the first term the rarest of its letters stands, by which plain text is searched.
    rarest: usize,
}

impl Asked {
    /// `None` when nothing in it can be searched for.
    #[must_use]
    pub fn of(sought: Sought<'_>) -> Option<Self> {
        row(sought).map(|Row { terms, open, .. }| Self::new(terms, open))
    }

    /// All of them one after the other, as one phrase; `None` for none.
    #[must_use]
    pub fn in_a_row(asked: &[Self]) -> Option<Self> {
        let terms = asked.iter().flat_map(|asked| asked.terms.iter().cloned());
        Some(Self::new(terms.collect(), asked.last()?.open))
    }

    fn new(terms: Vec<Term>, open: bool) -> Self {
        let plain = |term: &Term| term.0.is_ascii() && term.0.len() < super::LONGEST_TERM;
        let rarest = terms.first().map_or(0, |term| rarest(term.0.as_bytes()));
        Self {
            plain: terms.iter().all(plain),
            rarest,
            terms,
            open,
        }
    }

    /// The same with its last term whole.
    #[must_use]
    pub fn closed(&self) -> Self {
        Self {
            open: false,
            ..self.clone()
        }
    }

    /// The terms which must all be there; never empty.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether a longer term that begins like the last one will do.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// Whether whatever has its terms answers it. Otherwise they must stand in a row, and only the text tells.
    #[must_use]
    pub const fn is_told_by_terms(&self) -> bool {
        self.terms.len() == 1
    }

    /// How well one text answers, by the same rules as the index. Reads each character once and allocates next to nothing.
    #[must_use]
    pub fn fit(&self, text: &str) -> Fit {
        if self.plain && is_plain(text) {
            return self.fit_plain(text.as_bytes());
        }
        let mut best = Fit::Not;
        let mut met: Vec<usize> = Vec::new();
        cut_while(text, &mut |piece| {
            met.push(0);
            met.retain_mut(|place| {
                let fit = self.fits(*place, piece.term);
                *place += 1;
                if *place == self.terms.len() {
                    best = best.max(fit);
                    return false;
                }
                fit == Fit::Whole
            });
            best < Fit::Whole
        });
        best
    }

    /// Whether one text answers.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.fit(text) > Fit::Not
    }

    /// How a term fits the one that is asked for at `place`.
    fn fits(&self, place: usize, term: &str) -> Fit {
        let Some(Term(asked)) = self.terms.get(place) else {
            return Fit::Not;
        };
        if term == asked {
            Fit::Whole
        } else if self.open && place + 1 == self.terms.len() && term.starts_with(asked.as_str()) {
            Fit::Begun
        } else {
            Fit::Not
        }
    }

    /// [`Asked::fit`] for plain text, where a term is a run of ASCII letters and digits in either case. Only words that have
    /// the rarest letter of the first term where it has it are looked at closer.
    fn fit_plain(&self, text: &[u8]) -> Fit {
        let first = self.terms.first().map_or("", |term| term.0.as_str());
        let Some(letter) = first.as_bytes().get(self.rarest) else {
            return Fit::Not;
        };
        let mut best = Fit::Not;
        for at in memchr2_iter(*letter, letter.to_ascii_uppercase(), text) {
            let Some(start) = at.checked_sub(self.rarest) else {
                continue;
            };
            let before = start.checked_sub(1).and_then(|before| text.get(before));
            if before.is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            best = best.max(self.begins(text.get(start..).unwrap_or(&[])));
            if best == Fit::Whole {
                break;
            }
        }
        best
    }

    /// How the words at the start of `text` fit.
    fn begins(&self, mut text: &[u8]) -> Fit {
        let last = self.terms.len().saturating_sub(1);
        for (place, Term(asked)) in self.terms.iter().enumerate() {
            let word = word_of(text);
            let asked = asked.as_bytes();
            let Some((head, more)) = word.split_at_checked(asked.len()) else {
                return Fit::Not;
            };
            if !head.eq_ignore_ascii_case(asked) {
                return Fit::Not;
            }
            if !more.is_empty() {
                let begun = place == last && self.open;
                return if begun { Fit::Begun } else { Fit::Not };
            }
            text = text.get(word.len()..).unwrap_or(&[]);
            let gap = text.iter().take_while(|byte| !byte.is_ascii_alphanumeric());
            text = text.get(gap.count()..).unwrap_or(&[]);
        }
        Fit::Whole
    }
}

/// How much of a text these ask for: the share of its terms that answer one of them, from 0 to 1.
#[must_use]
pub fn share(asked: &[Asked], text: &str) -> f32 {
    let answers = |term: &str| {
        asked.iter().any(|one| {
            let mut places = 0..one.terms.len();
            places.any(|place| one.fits(place, term) > Fit::Not)
        })
    };
    let (mut all, mut met) = (0_u16, 0_u16);
    cut(text, &mut |piece| {
        if !piece.tail {
            all = all.saturating_add(1);
            met = met.saturating_add(u16::from(answers(piece.term)));
        }
    });
    f32::from(met) / f32::from(all.max(1))
}

/// Whether whatever is no ASCII letter or digit separates the words of a text: so it is in ASCII, and the dashes, curly quotes and
/// dots of prose do no more than that.
fn is_plain(text: &str) -> bool {
    text.is_ascii()
        || text
            .chars()
            .all(|c| c.is_ascii() || matches!(c, '\u{2010}'..='\u{2027}'))
}

/// Where the rarest letter of a term is, as English goes; a digit is rarer than any.
fn rarest(term: &[u8]) -> usize {
    const FREQUENT_FIRST: &[u8] = b"etaoinsrhldcumfpgwybvkxjqz";
    let rarity = |letter: &u8| memchr::memchr(*letter, FREQUENT_FIRST).unwrap_or(usize::MAX);
    let places = term.iter().enumerate();
    places
        .max_by_key(|(_, letter)| rarity(letter))
        .map_or(0, |(place, _)| place)
}

/// The letters and digits that plain text begins with.
fn word_of(text: &[u8]) -> &[u8] {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    text.get(..letters.count()).unwrap_or(&[])
}
