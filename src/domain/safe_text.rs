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

mod characters;
mod offsets;
mod sanitise;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use offsets::NoPieces;
pub use offsets::SafeBlock;
use sanitise::{Shape, sanitise};

/// How many combining marks one letter keeps. Living scripts stack four at most.
pub const MAX_MARKS: usize = 6;

/// Text that cannot drive a terminal, hide a part of itself or reorder what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(Cow<'static, str>);

impl SafeText {
    /// Makes `text` safe on one line: a tab becomes a space, a line break the visible `␊`.
    pub fn line(text: &str) -> Self {
        if is_plain(text) {
            return Self(Cow::Owned(text.to_owned()));
        }
        Self(Cow::Owned(sanitise(text, Shape::Line, &mut NoPieces)))
    }

    /// As [`SafeText::line`], of as much of `text` as one row of a screen can show: a title may have a megabyte, and to make all of
    /// it safe and to measure it would take longer than anybody waits for a key. Where it goes on it ends in `…`.
    pub fn row(text: &str) -> Self {
        let start = beginning(text);
        if start.len() == text.len() {
            return Self::line(text);
        }
        let mut safe = Self::line(start).0.into_owned();
        safe.push('…');
        Self(Cow::Owned(safe))
    }

    /// Makes `text` safe on several lines: `\n` stays, `\r\n` and `\r` become `\n`, tabs become spaces up to the
    /// next tab stop.
    pub fn block(text: &str) -> Self {
        Self(Cow::Owned(sanitise(text, Shape::Block, &mut NoPieces)))
    }

    /// As [`SafeText::block`], with the way back from each safe byte to the byte it came from.
    pub fn block_with_offsets(text: &str) -> SafeBlock {
        let mut pieces = Vec::new();
        let safe = sanitise(text, Shape::Block, &mut pieces);
        SafeBlock::new(Self(Cow::Owned(safe)), pieces, text.len())
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

    /// Whether it is nothing but printable ASCII, as most text is: each byte then takes one cell.
    pub fn is_plain(&self) -> bool {
        is_plain(&self.0)
    }

    /// Its width in terminal cells; for a block, of all its lines together.
    pub fn width(&self) -> usize {
        cells(&self.0)
    }

    /// Its width as a screen counts: one that is wider than any screen is as wide as the widest.
    pub fn cells(&self) -> u16 {
        u16::try_from(self.width()).unwrap_or(u16::MAX)
    }

    /// The text cut to at most `limit` cells, ending in `…` where something was cut. A grapheme (a letter with
    /// its accents, an emoji family) is kept whole or left out, so the result may be a cell narrower.
    #[must_use]
    pub fn truncated(&self, limit: usize) -> Self {
        if self.is_plain() {
            return match limit.checked_sub(1) {
                _ if self.0.len() <= limit => self.clone(),
                Some(kept) => Self(Cow::Owned(format!("{}…", &self.0[..kept]))),
                None => Self::default(),
            };
        }
        let (mut used, mut fits) = (0, 0);
        for (at, grapheme) in self.0.grapheme_indices(true) {
            used += grapheme_cells(grapheme);
            if used < limit {
                fits = at + grapheme.len();
            }
            if used > limit {
                let mut kept = self.0[..fits].to_owned();
                kept.push('…');
                return Self(Cow::Owned(if limit == 0 { String::new() } else { kept }));
            }
        }
        self.clone()
    }
}

/// Width and precision of a format count cells, so that columns of any script line up.
impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match f.precision() {
            Some(limit) => &self.truncated(limit),
            None => self,
        };
        let missing = f
            .width()
            .map_or(0, |width| width.saturating_sub(text.width()));
        let before = match f.align() {
            Some(fmt::Alignment::Right) => missing,
            Some(fmt::Alignment::Center) => missing / 2,
            Some(fmt::Alignment::Left) | None => 0,
        };
        for _ in 0..before {
            f.write_char(f.fill())?;
        }
        f.write_str(text.as_str())?;
        for _ in before..missing {
            f.write_char(f.fill())?;
        }
        Ok(())
    }
}

impl AsRef<str> for SafeText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// So many bytes of a text are looked at where it stands in a row: more than a row shows of any script.
const ROW: usize = 8 * 1024;

/// The beginning of a text: as much as a row can show of it, in whole graphemes unless one has no end.
#[must_use]
pub fn beginning(text: &str) -> &str {
    if text.len() <= ROW {
        return text;
    }
    let end = (0..=ROW).rev().find(|end| text.is_char_boundary(*end));
    let start = &text[..end.unwrap_or(0)];
    match start.grapheme_indices(true).next_back() {
        Some((last, _)) if last > 0 => &start[..last],
        _ => start,
    }
}

/// Whether `c` drives a terminal, hides, or reorders what stands around it: what [`SafeText`] never holds but in an
/// emoji. For formats that carry texts as they came and can write a character by its number.
pub fn is_forbidden(c: char) -> bool {
    characters::is_forbidden(c)
}

/// Width in cells as a screen lays it out, grapheme by grapheme.
///
/// The sum differs from the width of the whole string for ligatures across graphemes (Arabic lam-alef),
/// which a grid of cells does not make.
fn cells(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    #[cfg(test)]
    work::add(text.len());
    text.graphemes(true).map(grapheme_cells).sum()
}

/// Whether a text is nothing but printable ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn grapheme_cells(grapheme: &str) -> usize {
    if grapheme == "\n" {
        0
    } else {
        grapheme.width()
    }
}

/// How many bytes were made safe or measured by this thread: what a frame costs, as a figure that no machine changes.
#[cfg(test)]
pub(crate) mod work {
    use std::cell::Cell;

    thread_local!(static BYTES: Cell<usize> = const { Cell::new(0) });

    pub(super) fn add(bytes: usize) {
        BYTES.set(BYTES.get() + bytes);
    }

    /// The figure, which begins anew.
    pub(crate) fn take() -> usize {
        BYTES.take()
    }
}

#[cfg(test)]
mod tests;
