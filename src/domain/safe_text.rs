//! Text from outside, made fit to be printed.
//!
//! Whatever arrives from a tracker, a mail or a spreadsheet is kept in the database as it came and may hold
//! escape sequences, direction overrides or a thousand accents on one letter. [`SafeText`] is the one type
//! that screens, terminals and logs print, so a text that skipped this file cannot reach them by accident.
//!
//! Nothing is dropped silently: what cannot be shown becomes a mark that a reader can see.
//!
//! | In | Out |
//! |---|---|
//! | C0 controls, DEL | their control picture, one cell: `␛`, `␀`, `␡` |
//! | C1, bidi, zero-width, tag characters, fillers, separators, noncharacters | `‹202E›`, the code in hexadecimal |
//! | more than [`MAX_MARKS`] combining marks on one letter | the surplus as one `‹+›` |
//! | a combining mark with nothing to sit on | the same on a dotted circle `◌` |
//! | zero-width joiner between two emoji, variation selector behind an emoji | kept |

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many combining marks one letter keeps. Living scripts stack four at most.
pub const MAX_MARKS: usize = 6;

/// How many joiners one emoji keeps. The longest emoji that is defined has three.
const MAX_JOINERS: usize = 6;

/// Cells between two tab stops in [`SafeText::block`].
const TAB: usize = 4;

const JOINER: char = '\u{200d}';
const SURPLUS: &str = "‹+›";

/// Text that cannot drive a terminal, hide a part of itself or reorder what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(Cow<'static, str>);

impl SafeText {
    /// Makes `text` safe on one line: a tab becomes a space, a line break the visible `␊`.
    pub fn line(text: &str) -> Self {
        Self(Cow::Owned(sanitise(text, Shape::Line, &mut NoPieces)))
    }

    /// Makes `text` safe on several lines: `\n` stays, `\r\n` becomes `\n`, tabs become spaces up to the
    /// next tab stop.
    pub fn block(text: &str) -> Self {
        Self(Cow::Owned(sanitise(text, Shape::Block, &mut NoPieces)))
    }

    /// As [`SafeText::block`], with the way back from each safe byte to the byte it came from.
    pub fn block_with_offsets(text: &str) -> SafeBlock {
        let mut pieces = Vec::new();
        let safe = sanitise(text, Shape::Block, &mut pieces);
        SafeBlock {
            original_len: text.len(),
            text: Self(Cow::Owned(safe)),
            pieces,
        }
    }

    /// Takes the program's own words, which need no check.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// Puts safe texts one behind the other. Safe stays safe: no safe text begins with a combining mark or
    /// has a joiner at its edge.
    pub fn concat<'a>(parts: impl IntoIterator<Item = &'a SafeText>) -> Self {
        Self(Cow::Owned(
            parts.into_iter().map(SafeText::as_str).collect(),
        ))
    }

    /// The safe text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its width in terminal cells; for a block, of all its lines together.
    pub fn width(&self) -> usize {
        cells(&self.0)
    }

    /// The text cut to at most `limit` cells, ending in `…` where something was cut. A grapheme (a letter with
    /// its accents, an emoji family) is kept whole or left out, so the result may be a cell narrower.
    #[must_use]
    pub fn truncated(&self, limit: usize) -> Self {
        if self.width() <= limit {
            return self.clone();
        }
        let Some(room) = limit.checked_sub(1) else {
            return Self::default();
        };
        let mut kept = String::new();
        let mut used = 0;
        for grapheme in self.0.graphemes(true) {
            used += grapheme_cells(grapheme);
            if used > room {
                break;
            }
            kept.push_str(grapheme);
        }
        kept.push('…');
        Self(Cow::Owned(kept))
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for SafeText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// A safe block which remembers where each of its bytes came from.
///
/// A passage chosen on the screen is a range of the safe text; a quote is stored as a range of the text as
/// it came. The two differ wherever a mark, a tab or a `\r\n` was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeBlock {
    text: SafeText,
    /// Runs of equal treatment, ascending in both offsets; the first starts at zero in both.
    pieces: Vec<Piece>,
    original_len: usize,
}

/// A run of the safe text: copied as it was, or put in place of something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    safe: usize,
    original: usize,
    copied: bool,
}

impl SafeBlock {
    /// The safe text.
    pub fn text(&self) -> &SafeText {
        &self.text
    }

    /// The bytes of the original which the safe bytes `safe` stand for. A range that touches a part of a mark
    /// gets all that the mark stands for; offsets past the end count as the end. The result lies on
    /// character boundaries of the original.
    pub fn original_range(&self, safe: Range<usize>) -> Range<usize> {
        let start = self.to_original(safe.start, Side::Start);
        let end = self.to_original(safe.end, Side::End);
        start..end.max(start)
    }

    /// The safe bytes which stand for the original bytes `original`: where a stored quote is shown.
    pub fn safe_range(&self, original: Range<usize>) -> Range<usize> {
        let start = self.to_safe(original.start, Side::Start);
        let end = self.to_safe(original.end, Side::End);
        start..end.max(start)
    }

    /// The original byte offset at which the character at the safe byte offset `safe` begins.
    pub fn original_offset(&self, safe: usize) -> usize {
        self.to_original(safe, Side::Start)
    }

    fn to_original(&self, safe: usize, side: Side) -> usize {
        let safe = boundary(self.text.as_str(), safe, side);
        let index = self.pieces.partition_point(|piece| piece.safe <= safe);
        let Some(piece) = index.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 0;
        };
        let next = self.pieces.get(index);
        if safe >= self.text.as_str().len() {
            self.original_len
        } else if piece.copied {
            piece.original + (safe - piece.safe)
        } else if side == Side::Start || safe == piece.safe {
            piece.original
        } else {
            next.map_or(self.original_len, |next| next.original)
        }
    }

    fn to_safe(&self, original: usize, side: Side) -> usize {
        let end = self.text.as_str().len();
        if original >= self.original_len {
            return end;
        }
        let index = self
            .pieces
            .partition_point(|piece| piece.original <= original);
        let Some(piece) = index.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 0;
        };
        if piece.copied {
            boundary(
                self.text.as_str(),
                piece.safe + (original - piece.original),
                side,
            )
        } else if side == Side::Start || original == piece.original {
            piece.safe
        } else {
            self.pieces.get(index).map_or(end, |next| next.safe)
        }
    }
}

/// Which end of a range an offset is: a start inside a character moves back, an end moves on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

fn boundary(text: &str, offset: usize, side: Side) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        match side {
            Side::Start => offset -= 1,
            Side::End => offset += 1,
        }
    }
    offset
}

/// Width in cells as a screen lays it out, grapheme by grapheme.
///
/// The sum differs from the width of the whole string for ligatures across graphemes (Arabic lam-alef),
/// which a grid of cells does not make.
fn cells(text: &str) -> usize {
    text.graphemes(true).map(grapheme_cells).sum()
}

fn grapheme_cells(grapheme: &str) -> usize {
    if grapheme == "\n" {
        0
    } else {
        grapheme.width()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Block,
}

/// Receives where the safe text departs from the original; most callers do not want to know.
trait Pieces {
    fn add(&mut self, safe: usize, original: usize, copied: bool);
}

struct NoPieces;

impl Pieces for NoPieces {
    fn add(&mut self, _safe: usize, _original: usize, _copied: bool) {}
}

impl Pieces for Vec<Piece> {
    fn add(&mut self, safe: usize, original: usize, copied: bool) {
        if copied && self.last().is_some_and(|last| last.copied) {
            return;
        }
        self.push(Piece {
            safe,
            original,
            copied,
        });
    }
}

/// What the last characters were, as far as the next one depends on it.
#[derive(Default)]
struct Before {
    /// A character stands before on this line, so a combining mark has something to sit on.
    base: bool,
    /// That character is an emoji: a joiner or a variation selector may follow.
    emoji: bool,
    /// It can carry a variation selector (an emoji, or a digit of a keycap).
    selectable: bool,
    /// Which part of a Hangul syllable it is: that decides whether another part may follow.
    jamo: Option<Jamo>,
    /// The last character is a joiner.
    joined: bool,
    marks: usize,
    joiners: usize,
    /// The surplus of marks has been shown; more of it is left out.
    surplus: bool,
}

impl Before {
    fn mark() -> Self {
        Self {
            base: true,
            ..Self::default()
        }
    }

    fn character(&self, c: char) -> Self {
        let emoji = is_emoji(c);
        Self {
            base: true,
            emoji,
            selectable: emoji || c.is_ascii_digit() || matches!(c, '#' | '*'),
            jamo: Jamo::of(c),
            joiners: if self.joined { self.joiners } else { 0 },
            ..Self::default()
        }
    }
}

fn sanitise(text: &str, shape: Shape, pieces: &mut impl Pieces) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = Before::default();
    // Where the column was last known, so that a line of tabs is measured once and not once per tab.
    let (mut measured, mut column) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '\r' if next == Some('\n') => {
                chars.next();
                pieces.add(out.len(), at, false);
                before = line_break(&mut out, shape);
                (measured, column) = (out.len(), 0);
            }
            '\n' => {
                pieces.add(out.len(), at, shape == Shape::Block);
                before = line_break(&mut out, shape);
                (measured, column) = (out.len(), 0);
            }
            '\t' => {
                pieces.add(out.len(), at, false);
                column += cells(&out[measured..]);
                let spaces = match shape {
                    Shape::Line => 1,
                    Shape::Block => TAB - column % TAB,
                };
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
                measured = out.len();
                before = Before::mark();
            }
            JOINER if joins(&before, next) => {
                pieces.add(out.len(), at, true);
                out.push(c);
                before.joined = true;
                before.joiners += 1;
            }
            '\u{fe0e}' | '\u{fe0f}' if before.selectable && before.marks == 0 => {
                pieces.add(out.len(), at, true);
                out.push(c);
                before.marks += 1;
            }
            c if is_forbidden(c) || is_stray(c, &before) => {
                pieces.add(out.len(), at, false);
                push_mark(&mut out, c);
                before = Before::mark();
            }
            c if extends(c, &before) => {
                extend(&mut out, c, at, &mut before, pieces);
            }
            c => {
                pieces.add(out.len(), at, true);
                out.push(c);
                before = before.character(c);
            }
        }
    }
    out
}

fn line_break(out: &mut String, shape: Shape) -> Before {
    match shape {
        Shape::Line => {
            push_mark(out, '\n');
            Before::mark()
        }
        Shape::Block => {
            out.push('\n');
            Before::default()
        }
    }
}

/// Adds a character that sits on the one before, within bounds.
fn extend(out: &mut String, c: char, at: usize, before: &mut Before, pieces: &mut impl Pieces) {
    if before.surplus {
        return;
    }
    if before.marks >= MAX_MARKS {
        pieces.add(out.len(), at, false);
        out.push_str(SURPLUS);
        *before = Before {
            surplus: true,
            ..Before::mark()
        };
        return;
    }
    if before.base {
        pieces.add(out.len(), at, true);
    } else {
        pieces.add(out.len(), at, false);
        out.push('◌');
        *before = Before::mark();
    }
    out.push(c);
    before.marks += 1;
    before.jamo = Jamo::of(c);
}

fn joins(before: &Before, next: Option<char>) -> bool {
    before.emoji && !before.joined && before.joiners < MAX_JOINERS && next.is_some_and(is_emoji)
}

/// Whether `c` sits on the character before it instead of taking a place of its own.
fn extends(c: char, before: &Before) -> bool {
    is_mark(c)
        || (Jamo::of(c).is_some() && c.width() == Some(0))
        || (is_skin_tone(c) && before.base)
}

/// Whether `c` is a combining mark, and one which the layout knows to combine: a mark of a newer Unicode
/// than the tables of graphemes would stand alone without a width.
fn is_mark(c: char) -> bool {
    if !is_combining_mark(c) {
        return false;
    }
    let mut pair = [b'a'; 5];
    let end = 1 + c.encode_utf8(&mut pair[1..]).len();
    c.width().unwrap_or(0) > 0
        || std::str::from_utf8(&pair[..end]).is_ok_and(|pair| pair.graphemes(true).count() == 1)
}

/// A character without a width that nothing before it can carry: it would be on the screen and not be seen.
fn is_stray(c: char, before: &Before) -> bool {
    match Jamo::of(c) {
        Some(jamo) if jamo != Jamo::Lead && c.width() == Some(0) => {
            !before.surplus && !before.jamo.is_some_and(|last| jamo.follows(last))
        }
        _ => c.width().unwrap_or(0) == 0 && !is_mark(c),
    }
}

fn push_mark(out: &mut String, c: char) {
    let picture = match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('␡'),
        _ => None,
    };
    match picture {
        Some(picture) => out.push(picture),
        None => out.push_str(&format!("‹{:02X}›", u32::from(c))),
    }
}

/// Whether `c` never reaches a terminal, whatever stands around it (the joiner and the two variation
/// selectors of emoji are asked about first).
fn is_forbidden(c: char) -> bool {
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

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// A part of a Hangul syllable; written apart, the later parts have no width of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Jamo {
    Lead,
    Vowel,
    Tail,
}

impl Jamo {
    /// The part with which `c` ends, if it is Hangul.
    fn of(c: char) -> Option<Self> {
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

    fn follows(self, last: Self) -> bool {
        match self {
            Self::Lead => false,
            Self::Vowel => last != Self::Tail,
            Self::Tail => last != Self::Lead,
        }
    }
}

/// Pictographs which can be joined or take a variation selector; regional indicators and skin tones apart.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | 'Ⓜ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2194}'..='\u{2199}' | '\u{21a9}' | '\u{21aa}'
        | '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23fa}'
        | '\u{25aa}' | '\u{25ab}' | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}'
        | '\u{2600}'..='\u{27bf}' | '\u{2934}' | '\u{2935}'
        | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}' | '\u{2b1c}' | '\u{2b50}' | '\u{2b55}'
        | '\u{1f000}'..='\u{1f1e5}' | '\u{1f200}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

#[cfg(test)]
#[path = "safe_text_tests.rs"]
mod tests;
