//! JSON lines: one object a line, so that a broken line harms no other.

use super::super::text::Text;
use super::super::{LONGEST_ELEMENT, ReadError};
use super::{Piece, Place, Unread};

/// The lines of a text, one at a time.
pub struct Lines<'f> {
    text: Text<'f>,
    line: u64,
}

impl<'f> Lines<'f> {
    /// Reads `text` from its first line on.
    #[must_use]
    pub const fn new(text: Text<'f>) -> Self {
        Self { text, line: 0 }
    }

    /// The next line that is not blank; `None` at the end.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_line(&mut self) -> Result<Option<Piece>, ReadError> {
        loop {
            let mut line = Vec::new();
            let (mut any, mut too_long) = (false, false);
            self.line += 1;
            loop {
                let piece = self.text.piece()?;
                if piece.is_empty() {
                    break;
                }
                any = true;
                let end = piece.iter().position(|&b| b == b'\n');
                let taken = end.unwrap_or(piece.len());
                too_long |= line.len() + taken > LONGEST_ELEMENT;
                if !too_long {
                    line.extend_from_slice(&piece[..taken]);
                }
                self.text.consume(taken + usize::from(end.is_some()));
                if end.is_some() {
                    break;
                }
            }
            if !any {
                return Ok(None);
            }
            let place = Place {
                line: self.line,
                column: 1,
            };
            if too_long || !line.trim_ascii().is_empty() {
                let bytes = if too_long {
                    Err(Unread::TooLong)
                } else {
                    Ok(line)
                };
                return Ok(Some(Piece { place, bytes }));
            }
        }
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.text.bytes()
    }
}
