//! The bytes of a file as checked UTF-8, in pieces, whatever encoding they are in.

use std::io::Read;

use encoding_rs::{Decoder, DecoderResult};

use super::ReadError;
use super::encoding::Encoding;

/// How many bytes are read at a time.
const PIECE: usize = 64 * 1024;

/// How many bytes before the current ones are kept: a character in any encoding has no more.
const KEPT: usize = 8;

/// A file as a stream of valid UTF-8, without its byte order mark.
///
/// A piece never ends inside a character, so that whoever reads it can take it for text.
pub struct Text<'f> {
    input: Box<dyn Read + 'f>,
    encoding: Encoding,
    /// Makes UTF-8 of another encoding.
    decoder: Option<Decoded>,
    buffer: Vec<u8>,
    /// What has been handed out.
    start: usize,
    /// How far the buffer is known to be valid.
    valid: usize,
    /// The offset in the file of the first byte of the buffer.
    offset: u64,
    /// The line on which the first byte that is not valid yet stands.
    line: u64,
    /// What ends a line.
    line_end: u8,
    finished: bool,
}

struct Decoded {
    decoder: Decoder,
    /// Bytes of the file as they are, behind the last few of those before.
    raw: Vec<u8>,
    /// How many of them have been read.
    read: u64,
}

impl<'f> Text<'f> {
    /// Starts reading.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new(input: impl Read + 'f, encoding: Encoding) -> Result<Self, ReadError> {
        let mut text = Self {
            input: Box::new(input),
            encoding,
            decoder: encoding.decoder().map(|decoder| Decoded {
                decoder,
                raw: vec![0; KEPT + PIECE],
                read: 0,
            }),
            buffer: Vec::with_capacity(PIECE),
            start: 0,
            valid: 0,
            offset: 0,
            line: 1,
            line_end: b'\n',
            finished: false,
        };
        while text.buffer.len() < 3 && !text.finished {
            text.read()?;
        }
        if text.decoder.is_none() && text.buffer.starts_with(b"\xEF\xBB\xBF") {
            text.start = 3;
        }
        text.valid = text.start;
        text.line_end = line_end(&text.buffer);
        text.check()?;
        Ok(text)
    }

    /// The byte that ends a line: a line feed, alone or behind a carriage return, or as in files of old Macs a carriage
    /// return.
    #[must_use]
    pub const fn line_end(&self) -> u8 {
        self.line_end
    }

    /// The next piece; empty at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or a byte here fits nowhere in its encoding.
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
            let offset = self.offset + self.valid as u64;
            return Err(self.not_text(self.buffer[self.valid], offset));
        }
        Ok(&self.buffer[self.start..self.valid])
    }

    /// How many bytes of the file have been handed out and done with.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match &self.decoder {
            Some(decoded) => decoded.read,
            None => self.offset + self.start as u64,
        }
    }

    /// The beginning, as far as about so many bytes.
    ///
    /// # Errors
    /// As [`Text::piece`].
    pub fn head(mut self, bytes: usize) -> Result<String, ReadError> {
        let mut head = String::new();
        while head.len() < bytes {
            let piece = self.piece()?;
            let read = piece.len();
            if read == 0 {
                break;
            }
            head.push_str(&String::from_utf8_lossy(piece));
            self.consume(read);
        }
        Ok(head)
    }

    /// Says that so many bytes of the piece are done with.
    pub fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.valid);
    }

    fn read(&mut self) -> Result<(), ReadError> {
        if self.decoder.is_some() {
            return self.decode();
        }
        let held = self.buffer.len();
        self.buffer.resize(held + PIECE, 0);
        let read = fill(&mut self.input, &mut self.buffer[held..]);
        self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
        self.finished = read? == 0;
        Ok(())
    }

    /// Reads on in another encoding than UTF-8.
    fn decode(&mut self) -> Result<(), ReadError> {
        let Some(decoded) = &mut self.decoder else {
            return Ok(());
        };
        let raw = fill(&mut self.input, &mut decoded.raw[KEPT..])?;
        self.finished = raw == 0;
        let held = self.buffer.len();
        let room = decoded
            .decoder
            .max_utf8_buffer_length_without_replacement(raw)
            .unwrap_or(PIECE * 4);
        self.buffer.resize(held + room, 0);
        let (result, read, written) = decoded.decoder.decode_to_utf8_without_replacement(
            &decoded.raw[KEPT..KEPT + raw],
            &mut self.buffer[held..],
            self.finished,
        );
        self.buffer.truncate(held + written);
        let before = decoded.read;
        decoded.read += raw as u64;
        if let DecoderResult::Malformed(wrong, behind) = result {
            // The bytes that are wrong may have begun in the piece before.
            let back = usize::from(wrong) + usize::from(behind);
            let offset = (before + read as u64).saturating_sub(back as u64);
            let byte = decoded.raw[(KEPT + read).saturating_sub(back)];
            self.check()?;
            return Err(self.not_text(byte, offset));
        }
        decoded.raw.copy_within(raw..raw + KEPT, 0);
        Ok(())
    }

    /// Moves `valid` as far as the text goes; a character cut off by the end of the buffer waits for the next read.
    fn check(&mut self) -> Result<(), ReadError> {
        let fresh = &self.buffer[self.valid..];
        let (good, wrong) = match std::str::from_utf8(fresh) {
            Ok(_) => (fresh.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some()),
        };
        self.line += count(&fresh[..good], self.line_end);
        self.valid += good;
        if wrong {
            let offset = self.offset + self.valid as u64;
            return Err(self.not_text(self.buffer[self.valid], offset));
        }
        Ok(())
    }

    fn not_text(&self, byte: u8, offset: u64) -> ReadError {
        ReadError::NotEncoded {
            encoding: self.encoding.name(),
            byte,
            offset,
            line: self.line,
        }
    }
}

/// How often a byte occurs.
pub fn count(bytes: &[u8], wanted: u8) -> u64 {
    memchr::memchr_iter(wanted, bytes).count() as u64
}

/// What ends the lines of a file that begins so.
fn line_end(beginning: &[u8]) -> u8 {
    match beginning.contains(&b'\r') && !beginning.contains(&b'\n') {
        true => b'\r',
        false => b'\n',
    }
}

/// Reads what there is, but no more than fits.
fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> Result<usize, ReadError> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            read => return read.map_err(ReadError::Unreadable),
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
        all_of(bytes, Encoding::UTF_8)
    }

    fn all_of(bytes: &[u8], encoding: Encoding) -> Result<String, ReadError> {
        let mut text = Text::new(Dripping(bytes), encoding)?;
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
                Err(ReadError::NotEncoded {
                    byte, offset, line, ..
                }) => assert_eq!((byte, offset, line), wanted),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn other_encodings_become_utf8_whatever_the_reads_cut() {
        let encoding = |name| Encoding::named(name).expect(name);
        let utf_16 = b"\xff\xfea\0\n\0\xe4\x00\x3d\xd8\x42\xde";
        assert_eq!(
            all_of(utf_16, encoding("utf-16le")).expect("text"),
            "a\nä🙂"
        );
        assert_eq!(
            all_of(b"na\xefve \x93x\x94", encoding("latin1")).expect("text"),
            "naïve “x”"
        );
        for (bytes, name, wanted) in [
            (&b"a\0\n\0\x3d\xd8b\0"[..], "utf-16le", (4, 2)),
            (b"a\0b", "utf-16le", (2, 1)),
            (b"a\nb\x82", "shift_jis", (3, 2)),
        ] {
            match all_of(bytes, encoding(name)) {
                Err(ReadError::NotEncoded { offset, line, .. }) => {
                    assert_eq!((offset, line), wanted, "{bytes:?}");
                }
                other => panic!("{other:?}"),
            }
        }
    }
}
