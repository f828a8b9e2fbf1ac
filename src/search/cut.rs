//! The one pass over a text that finds its terms.
//!
//! ```text
//! clusters   日     本     語     P D F   10 . 1    e◌́    ZWSP  🔥
//! pieces     └日本──┘             └pdf┘   10   1    e           🔥
//!                   └本語──┘
//!                          └語┘  (tail)
//! ```

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::LONGEST_TERM;
use super::fold::{Class, class, fold};

/// A term and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The folded term.
    pub term: &'a str,
    /// The bytes of the text it was made of.
    pub range: Range<usize>,
    /// Where its first character ends in the text, if it is of a script without blanks.
    pub first: Option<usize>,
    /// Whether it is the last character of such a run of two or more, standing alone once more.
    pub tail: bool,
}

/// Gives every piece of `text` to `sink`, in order. Reads each character once.
pub(super) fn cut(text: &str, sink: &mut impl FnMut(Piece<'_>)) {
    cut_while(text, &mut |piece| {
        sink(piece);
        true
    });
}

/// As [`cut`], until `sink` says that it has enough: what lies behind is not read.
pub(super) fn cut_while(text: &str, sink: &mut impl FnMut(Piece<'_>) -> bool) {
    let mut cutter = Cutter {
        sink,
        more: true,
        word: String::new(),
        characters: 0,
        range: 0..0,
        held: String::new(),
        held_range: 0..0,
        run: 0,
        next: String::new(),
        pair: String::new(),
    };
    let bytes = text.as_bytes();
    let mut folded = String::new();
    let mut at = 0;
    while cutter.more
        && let Some(&byte) = bytes.get(at)
    {
        let (mut letters, capital) = ascii_letters(bytes.get(at..).unwrap_or(&[]));
        // Nearly all text: a word between two separators that nothing can belong to.
        if cutter.word.is_empty() && is_over(bytes, at + letters) {
            if letters > 0 {
                let letters = text.get(at..at + letters).unwrap_or("");
                cutter.whole(letters, capital, at);
            } else {
                cutter.end_run();
            }
            at += letters + 1;
            continue;
        }
        // A mark that follows belongs to the last letter, which is left for the cluster below.
        if bytes.get(at + letters).is_some_and(|next| !next.is_ascii()) {
            letters = letters.saturating_sub(1);
        }
        if letters > 0 {
            let range = at..at + letters;
            cutter.ascii(text.get(range.clone()).unwrap_or(""), range);
            at += letters;
            continue;
        }
        if byte.is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii) {
            cutter.end();
            at += 1;
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let length = if let Some(c) = plain_character(rest) {
            folded.clear();
            folded.push(c);
            c.len_utf8()
        } else {
            let length = rest.graphemes(true).next().map_or(1, str::len);
            fold(rest.get(..length).unwrap_or(""), &mut folded);
            length
        };
        cutter.cluster(&folded, at..at + length);
        at += length;
    }
    cutter.end();
}

/// How many ASCII letters and digits the bytes begin with, and whether a capital is among them.
fn ascii_letters(bytes: &[u8]) -> (usize, bool) {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut capitals = 0;
    for (place, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let (low, small) = (word & !HIGH, (word | SMALL) & !HIGH);
        let capital = within(low, b'A', b'Z');
        let letter = within(small, b'a', b'z') | within(low, b'0', b'9');
        let others = !(letter & !word) & HIGH;
        if others != 0 {
            let before = (others & others.wrapping_neg()) - 1;
            let letters = place * 8 + others.trailing_zeros() as usize / 8;
            return (letters, (capitals | capital & before) & HIGH != 0);
        }
        capitals |= capital;
    }
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    let letters = letters.count();
    let is_capital = |byte: &u8| byte.is_ascii_uppercase();
    let capital = capitals & HIGH != 0 || rest[..letters].iter().any(is_capital);
    (words.len() * 8 + letters, capital)
}

/// The high bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// What a small letter has and a capital has not.
const SMALL: u64 = HIGH >> 2;

/// Sets the high bit of each of eight bytes below 0x80 that is neither before nor behind these.
const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let each = HIGH >> 7;
    (bytes + each * (0x80 - first as u64)) & !(bytes + each * (0x7f - last as u64))
}

/// Whether a word is over there: at an ASCII separator, the end of the text behind it, or more ASCII. What is not may
/// belong to it.
fn is_over(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(u8::is_ascii) && bytes.get(at + 1).is_none_or(u8::is_ascii)
}

/// The first character, if it is kana or a Chinese character that folds to itself and has no marks: most Japanese and
/// Chinese text, which is spared the search for the end of a cluster.
fn plain_character(text: &str) -> Option<char> {
    let is_plain = |c: &char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{4e00}'..='\u{9fff}');
    let ends_cluster = |c: char| c.is_ascii() || is_plain(&c) || matches!(c, '、' | '。');
    let mut characters = text.chars();
    let first = characters.next().filter(is_plain)?;
    characters.next().is_none_or(ends_cluster).then_some(first)
}

/// The terms that are not finished yet: at most one of a word and of a run is.
struct Cutter<'s, S> {
    sink: &'s mut S,
    /// Whether the sink wants more.
    more: bool,
    /// The word so far.
    word: String,
    /// How many characters it has, kept ones only.
    characters: usize,
    /// Where it stands.
    range: Range<usize>,
    /// The last character of the run so far.
    held: String,
    /// Where that character stands.
    held_range: Range<usize>,
    /// How many characters the run has.
    run: usize,
    /// Room for the character that comes next.
    next: String,
    /// Room for a bigram.
    pair: String,
}

impl<S: FnMut(Piece<'_>) -> bool> Cutter<'_, S> {
    fn cluster(&mut self, folded: &str, range: Range<usize>) {
        let mut rest = folded.chars().peekable();
        while let Some(c) = rest.next() {
            match class(c) {
                Class::Word => self.word(c, range.clone()),
                Class::Mark => self.mark(c, range.clone()),
                Class::Separator => self.end(),
                Class::Picture => {
                    self.end();
                    self.word(c, range.clone());
                    // The other half of a flag, the other members of a family.
                    while let Some(c) = rest.next_if(|c| class(*c) == Class::Picture) {
                        self.word(c, range.clone());
                    }
                    self.end();
                }
                Class::Unspaced => {
                    self.next.clear();
                    self.next.push(c);
                    let mut length = 1;
                    while let Some(c) = rest.next_if(|c| class(*c) == Class::Mark) {
                        if length < LONGEST_TERM / 2 {
                            self.next.push(c);
                            length += 1;
                        }
                    }
                    self.unspaced(range.clone());
                }
            }
        }
    }

    fn word(&mut self, c: char, range: Range<usize>) {
        self.end_run();
        if self.word.is_empty() {
            self.range = range.clone();
        }
        self.range.end = range.end;
        if self.characters < LONGEST_TERM {
            self.word.push(c);
            self.characters += 1;
        }
    }

    /// A word of ASCII letters and digits from beginning to end: the same as [`Cutter::ascii`] and the end, but quicker.
    fn whole(&mut self, letters: &str, capital: bool, at: usize) {
        self.end_run();
        if !self.more {
            return;
        }
        let kept = letters.get(..LONGEST_TERM).unwrap_or(letters);
        let range = at..at + letters.len();
        let term = if capital {
            self.word.push_str(kept);
            self.word.make_ascii_lowercase();
            &self.word
        } else {
            kept
        };
        self.more = (self.sink)(Piece {
            term,
            range,
            first: None,
            tail: false,
        });
        self.word.clear();
    }

    /// Goes on with a word by ASCII letters and digits: the same as [`Cutter::word`] for each, but quicker.
    fn ascii(&mut self, letters: &str, range: Range<usize>) {
        self.end_run();
        if self.word.is_empty() {
            self.range = range.clone();
        }
        self.range.end = range.end;
        let kept = letters.len().min(LONGEST_TERM - self.characters);
        let before = self.word.len();
        self.word.push_str(letters.get(..kept).unwrap_or(""));
        if let Some(added) = self.word.get_mut(before..) {
            added.make_ascii_lowercase();
        }
        self.characters += kept;
    }

    /// A mark goes on with a word; without one it is nothing.
    fn mark(&mut self, c: char, range: Range<usize>) {
        if !self.word.is_empty() {
            self.word(c, range);
        }
    }

    /// Goes on with a run by the character in `next`.
    fn unspaced(&mut self, range: Range<usize>) {
        self.end_word();
        if self.run > 0 && self.more {
            self.pair.clear();
            self.pair.push_str(&self.held);
            self.pair.push_str(&self.next);
            self.more = (self.sink)(Piece {
                term: &self.pair,
                range: self.held_range.start..range.end,
                first: Some(self.held_range.end),
                tail: false,
            });
        }
        std::mem::swap(&mut self.held, &mut self.next);
        self.held_range = range;
        self.run += 1;
    }

    fn end(&mut self) {
        self.end_word();
        self.end_run();
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() && self.more {
            self.more = (self.sink)(Piece {
                term: &self.word,
                range: self.range.clone(),
                first: None,
                tail: false,
            });
        }
        self.word.clear();
        self.characters = 0;
    }

    fn end_run(&mut self) {
        if self.run > 0 && self.more {
            self.more = (self.sink)(Piece {
                term: &self.held,
                range: self.held_range.clone(),
                first: Some(self.held_range.end),
                tail: self.run > 1,
            });
        }
        self.run = 0;
    }
}
