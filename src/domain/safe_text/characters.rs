//! What kind of character it is, as far as printing it safely depends on it.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Binds two emoji into one (a family); between anything else it hides.
pub(super) const JOINER: char = '\u{200d}';

/// Whether `c` never reaches a terminal, whatever stands around it (the joiner and the two variation
/// selectors of emoji are asked about first).
pub(super) fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

pub(super) fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// A part of a Hangul syllable; written apart, the later parts have no width of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Jamo {
    Lead,
    Vowel,
    Tail,
}

impl Jamo {
    /// The part with which `c` ends, if it is Hangul.
    pub(super) fn of(c: char) -> Option<Self> {
        match c {
            '\u{1100}'..='\u{115e}' | '\u{a960}'..='\u{a97c}' => Some(Self::Lead),
            '\u{1161}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}' => Some(Self::Vowel),
            '\u{11a8}'..='\u{11ff}' | '\u{d7cb}'..='\u{d7fb}' => Some(Self::Tail),
            // A ready syllable ends in a vowel where it is the first of its block of 28.
            '\u{ac00}'..='\u{d7a3}' if (u32::from(c) - 0xac00) % 28 == 0 => Some(Self::Vowel),
            '\u{ac00}'..='\u{d7a3}' => Some(Self::Tail),
            _ => None,
        }
    }

    /// Whether this part goes on with a syllable that so far ends in `last`.
    pub(super) fn follows(self, last: Self) -> bool {
        match self {
            Self::Lead => false,
            Self::Vowel => last != Self::Tail,
            Self::Tail => last != Self::Lead,
        }
    }
}

/// Pictographs which can be joined or take a variation selector; regional indicators and skin tones apart.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | 'Ⓜ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2194}'..='\u{2199}' | '\u{21a9}' | '\u{21aa}'
        | '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23fa}'
        | '\u{25aa}' | '\u{25ab}' | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}'
        | '\u{2600}'..='\u{27bf}' | '\u{2934}' | '\u{2935}'
        | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}' | '\u{2b1c}' | '\u{2b50}' | '\u{2b55}'
        | '\u{1f000}'..='\u{1f1e5}' | '\u{1f200}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

/// Whether `c` is a combining mark, and one which the layout knows to combine: a mark of a newer Unicode
/// than the tables of graphemes would stand alone without a width.
pub(super) fn is_mark(c: char) -> bool {
    if !is_combining_mark(c) {
        return false;
    }
    let mut pair = [b'a'; 5];
    let end = 1 + c.encode_utf8(&mut pair[1..]).len();
    c.width().unwrap_or(0) > 0
        || std::str::from_utf8(&pair[..end]).is_ok_and(|pair| pair.graphemes(true).count() == 1)
}
