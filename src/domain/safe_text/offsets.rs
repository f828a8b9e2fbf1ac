//! The way from a safe byte back to the byte it came from.

use std::ops::Range;

use super::SafeText;

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
pub(super) struct Piece {
    safe: usize,
    original: usize,
    copied: bool,
}

impl SafeBlock {
    pub(super) fn new(text: SafeText, pieces: Vec<Piece>, original_len: usize) -> Self {
        Self {
            text,
            pieces,
            original_len,
        }
    }

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

/// Receives where the safe text departs from the original; most callers do not want to know.
pub(super) trait Pieces {
    fn add(&mut self, safe: usize, original: usize, copied: bool);
}

pub(super) struct NoPieces;

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
