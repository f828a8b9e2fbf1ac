//! Characters: which ones count, and what each is folded to.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// What a folded character does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a word.
    Word,
    /// Part of a run in a script without blanks between words.
    Unspaced,
    /// A term by itself.
    Picture,
    /// Belongs to the character before it.
    Mark,
    /// Ends a word.
    Separator,
}

/// What a folded character does. Those that [`fold`] leaves out are not asked about.
pub(super) fn class(c: char) -> Class {
    if is_combining_mark(c) {
        Class::Mark
    } else if c.is_alphanumeric() {
        if is_unspaced(c) {
            Class::Unspaced
        } else {
            Class::Word
        }
    } else if is_picture(c) {
        Class::Picture
    } else {
        Class::Separator
    }
}

/// Folds one grapheme cluster into `folded`, which is emptied first. Empty afterwards: the cluster has no shape and is
/// skipped.
pub(super) fn fold(cluster: &str, folded: &mut String) {
    folded.clear();
    let plain = cluster
        .chars()
        .filter(|c| !is_shapeless(*c))
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_accent(*c) && !is_shapeless(*c))
        .nfc();
    for c in plain {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
}

/// Gives each grapheme cluster of a text to `sink`, in order, and what it is folded to: nothing where it has no shape.
///
/// ```
/// let mut folded = String::new();
/// intake::search::clusters("Ça, Straße", &mut |_, letters| folded.push_str(letters));
/// assert_eq!(folded, "ca, strasse");
/// ```
pub fn clusters(text: &str, sink: &mut impl FnMut(&str, &str)) {
    let mut folded = String::new();
    for cluster in text.graphemes(true) {
        match cluster.as_bytes() {
            // Nearly all text.
            [byte] => {
                folded.clear();
                folded.push(byte.to_ascii_lowercase().into());
            }
            _ => fold(cluster, &mut folded),
        }
        sink(cluster, &folded);
    }
}

/// Marks that a person leaves out when typing: accents of alphabets, points of Hebrew and Arabic. The vowel signs of
/// Indic scripts and the sound marks of kana are not among them, for without them it is another word.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters that are not seen: soft hyphens, joiners, directions, fillers, selectors, tags.
fn is_shapeless(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Letters of scripts that put no blanks between words. Digits of those scripts are words like all digits.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    (!c.is_numeric() || c == '〇')
        && matches!(c,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{19e0}'..='\u{19ff}'
            | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
            | '\u{3031}'..='\u{303c}' | '\u{3041}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{1aff0}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

/// Emoji and dingbats. Arrows, lines and boxes are left out: they draw tables and lists, and nobody searches for them.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{231a}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
