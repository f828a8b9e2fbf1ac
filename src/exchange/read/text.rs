//! The bytes of a file as checked UTF-8, in pieces.

use std::io::Read;

use super::ReadError;

/// How many bytes are read at a time.
const PIECE: usize = 64 * 1024;

/// A file as a stream of valid UTF-8, without its byte order mark.
///
/// A piece never ends inside a character, so that whoever reads it can take it for text.
pub struct Text<'f> {
    input: Box<dyn Read + 'f>,
    buffer: Vec<u8>,
    /// What has been handed out.
    start: usize,
    /// How far the buffer is known to be valid.
    valid: usize,
    /// The offset in the file of the first byte of the buffer.
    offset: u64,
    /// The line on which the first byte that is not valid yet stands.
    line: u64,
    finished: bool,
}

impl<'f> Text<'f> {
    /// Starts reading.
    ///
    /// # Errors
    /// When the file cannot be read, or starts like UTF-16.
    pub fn new(input: impl Read + 'f) -> Result<Self, ReadError> {
        let mut text = Self {
            input: Box::new(input),
            buffer: Vec::with_capacity(PIECE),
            start: 0,
            valid: 0,
            offset: 0,
            line: 1,
            finished: false,
        };
        while text.buffer.len() < 3 && !text.finished {
            text.read()?;
        }
        match text.buffer.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => text.start = 3,
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Err(ReadError::Utf16),
            _ => {}
        }
        text.valid = text.start;
        text.check()?;
        Ok(text)
    }

    /// The next piece; empty at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or is not UTF-8 here.
    pub fn piece(&mut self) -> Result<&[u8], ReadError> {
        while self.start == self.valid && !self.finished {
            self.buffer.drain(..self.start);
            self.offset += self.start as u64;
            self.start = 0;
            self.valid = 0;
            self.read()?;
            self.check()?;
        }
        if self.start == self.valid && self.valid < self.buffer.len() {
            return Err(self.not_text(self.valid));
        }
        Ok(&self.buffer[self.start..self.valid])
    }

    /// How many bytes of the file have been handed out and done with.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.offset + self.start as u64
    }

    /// Says that so many bytes of the piece are done with.
    pub fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.valid);
    }

    fn read(&mut self) -> Result<(), ReadError> {
        let held = self.buffer.len();
        self.buffer.resize(held + PIECE, 0);
        let outcome = loop {
            match self.input.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read = *outcome.as_ref().unwrap_or(&0);
        self.buffer.truncate(held + read);
        self.finished = outcome.map_err(ReadError::Unreadable)? == 0;
        Ok(())
    }

    /// Moves `valid` as far as the text goes; a character cut off by the end of the buffer waits for the next read.
    fn check(&mut self) -> Result<(), ReadError> {
        let fresh = &self.buffer[self.valid..];
        let (good, wrong) = match std::str::from_utf8(fresh) {
            Ok(_) => (fresh.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some()),
        };
        self.line += fresh[..good].iter().filter(|&&b| b == b'\n').count() as u64;
        self.valid += good;
        if wrong {
            return Err(self.not_text(self.valid));
        }
        Ok(())
    }

    fn not_text(&self, place: usize) -> ReadError {
        ReadError::NotUtf8 {
            byte: self.buffer[place],
            offset: self.offset + place as u64,
            line: self.line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, so that every character is cut somewhere.
    struct Dripping<'b>(&'b [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((&first, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            self.0 = rest;
            buffer[0] = first;
            Ok(1)
        }
    }

    fn all(bytes: &[u8]) -> Result<String, ReadError> {
        let mut text = Text::new(Dripping(bytes))?;
        let mut whole = Vec::new();
        loop {
            let piece = text.piece()?;
            if piece.is_empty() {
                break;
            }
            std::str::from_utf8(piece).expect("a piece is text");
            whole.extend_from_slice(piece);
            let length = piece.len();
            text.consume(length);
        }
        Ok(String::from_utf8(whole).expect("text"))
    }

    #[test]
    fn characters_cut_between_reads_arrive_whole_and_a_mark_is_left_out() {
        assert_eq!(
            all("\u{feff}モバ\nイル🙂".as_bytes()).expect("text"),
            "モバ\nイル🙂"
        );
        assert_eq!(all(b"").expect("text"), "");
    }

    #[test]
    fn what_is_not_utf8_is_named_by_offset_and_line() {
        for (bytes, wanted) in [
            (&b"a\nb\nc\xe9d"[..], (0xe9, 5, 3)),
            (b"ab\xf0\x9f", (0xf0, 2, 1)),
            (b"\xc0\xaf", (0xc0, 0, 1)),
        ] {
            match all(bytes) {
                Err(ReadError::NotUtf8 { byte, offset, line }) => {
                    assert_eq!((byte, offset, line), wanted);
                }
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(all(b"\xff\xfea\0"), Err(ReadError::Utf16)));
    }
}
