//! The one pass over a text that makes it safe.

use unicode_width::UnicodeWidthChar;

use super::characters::{JOINER, Jamo, is_emoji, is_forbidden, is_mark, is_skin_tone};
use super::offsets::Pieces;
use super::{MAX_MARKS, cells};

/// How many joiners one emoji keeps. The longest emoji that is defined has three.
const MAX_JOINERS: usize = 6;

/// Cells between two tab stops in [`SafeText::block`](super::SafeText::block).
const TAB: usize = 4;

const SURPLUS: &str = "‹+›";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Line,
    Block,
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

/// Makes `text` safe in one pass and tells `pieces` where the result departs from it.
pub(super) fn sanitise(text: &str, shape: Shape, pieces: &mut impl Pieces) -> String {
    #[cfg(test)]
    super::work::add(text.len());
    let mut out = String::with_capacity(text.len());
    let mut before = Before::default();
    // Where the column was last known, so that a line of tabs is measured once and not once per tab.
    let (mut measured, mut column) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            ' '..='~' => {
                pieces.add(out.len(), at, true);
                out.push(c);
                before = before.character(c);
            }
            '\r' if next == Some('\n') => {
                chars.next();
                pieces.add(out.len(), at, false);
                before = line_break(&mut out, shape);
                (measured, column) = (out.len(), 0);
            }
            // Alone it ended the lines of old Macs, and still does in cells of some spreadsheets.
            '\n' | '\r' => {
                pieces.add(out.len(), at, shape == Shape::Block && c == '\n');
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
