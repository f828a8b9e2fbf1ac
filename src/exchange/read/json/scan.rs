//! Where a JSON value ends, without reading what is in it, so that a list of any length is read one element at a time.
//!
//! ```text
//!   [ {"id": 1, "text": "a ] b"}, {"id": 2}, …
//!     └──────── skimmed ───────┘
//! ```
//!
//! Only strings and brackets are looked at; whether a piece really is JSON, serde_json says.

use super::super::text::Text;
use super::super::{DEEPEST, LONGEST_ELEMENT, ReadError};
use super::{Place, Unread};

/// A text with the place reached in it.
pub struct Cursor<'f> {
    text: Text<'f>,
    place: Place,
}

impl<'f> Cursor<'f> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub const fn new(text: Text<'f>) -> Self {
        let place = Place { line: 1, column: 1 };
        Self { text, place }
    }

    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.text.bytes()
    }

    /// Skips blanks; the byte behind them, `None` at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn peek(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let piece = self.text.piece()?;
            if piece.is_empty() {
                return Ok(None);
            }
            let blanks = piece.iter().take_while(|&&b| is_blank(b)).count();
            let found = piece.get(blanks).copied();
            self.advance(blanks);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Steps over the byte that [`Cursor::peek`] saw.
    pub fn step(&mut self) {
        self.advance(1);
    }

    /// Steps over `wanted`, the next byte that is no blank.
    ///
    /// # Errors
    /// When something else stands there.
    pub fn expect(&mut self, wanted: u8) -> Result<(), ReadError> {
        match self.peek()? {
            Some(byte) if byte == wanted => {
                self.step();
                Ok(())
            }
            _ => Err(self.unexpected(&format!("“{}” is missing", char::from(wanted)))),
        }
    }

    /// Reads the key of a member and the colon behind it.
    ///
    /// # Errors
    /// When there is none.
    pub fn key(&mut self) -> Result<String, ReadError> {
        let is_key = self.peek()? == Some(b'"');
        let wrong = self.unexpected("the name of a member is missing");
        let bytes = if is_key { self.take(0)?.ok() } else { None };
        let key = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let key = key.ok_or(wrong)?;
        self.expect(b':')?;
        Ok(key)
    }

    /// The bytes of the next value, unless there are too many. So many lists and objects lie around it.
    ///
    /// # Errors
    /// When it does not end, is nested too deep, or its brackets do not match.
    pub fn take(&mut self, around: usize) -> Result<Result<Vec<u8>, Unread>, ReadError> {
        let (mut bytes, mut too_long) = (Vec::new(), false);
        self.skim(around, &mut |piece| {
            too_long |= bytes.len() + piece.len() > LONGEST_ELEMENT;
            if too_long {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(piece);
            }
        })?;
        Ok(if too_long {
            Err(Unread::TooLong)
        } else {
            Ok(bytes)
        })
    }

    /// Steps over the next value, around which lie so many lists and objects.
    ///
    /// # Errors
    /// As [`Cursor::take`].
    pub fn skip(&mut self, around: usize) -> Result<(), ReadError> {
        self.skim(around, &mut |_| {})
    }

    fn skim(&mut self, around: usize, sink: &mut dyn FnMut(&[u8])) -> Result<(), ReadError> {
        self.peek()?;
        let begin = self.place;
        let mut skimmer = Skimmer {
            deepest: DEEPEST.saturating_sub(around),
            ..Skimmer::default()
        };
        loop {
            let piece = self.text.piece()?;
            if piece.is_empty() {
                return match skimmer.within {
                    Within::Word => Ok(()),
                    _ => Err(ReadError::CutOff { line: begin.line }),
                };
            }
            let (read, met) = skimmer.feed(piece);
            sink(&piece[..read]);
            self.advance(read);
            match met {
                Met::Nothing => {}
                Met::End => return Ok(()),
                Met::Wrong(bracket) => {
                    let words = format!("“{}” does not belong here", char::from(bracket));
                    return Err(self.unexpected(&words));
                }
                Met::TooDeep => {
                    let line = self.place.line;
                    return Err(ReadError::TooDeep { line });
                }
            }
        }
    }

    /// What is wrong here.
    #[must_use]
    pub fn unexpected(&self, words: &str) -> ReadError {
        ReadError::BrokenJson {
            line: self.place.line,
            column: self.place.column,
            words: words.to_owned(),
        }
    }

    fn advance(&mut self, bytes: usize) {
        let Ok(piece) = self.text.piece() else { return };
        let passed = &piece[..bytes.min(piece.len())];
        let last = match passed.iter().rposition(|&b| b == b'\n') {
            None => passed,
            Some(place) => {
                let lines = passed.iter().filter(|&&b| b == b'\n').count();
                self.place.line += lines as u64;
                self.place.column = 1;
                &passed[place + 1..]
            }
        };
        // Every byte that does not continue a character begins one.
        self.place.column += last.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        self.text.consume(bytes);
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Looks for the end of a value, piece by piece.
#[derive(Default)]
struct Skimmer {
    within: Within,
    /// How many brackets may be open at once.
    deepest: usize,
    /// The brackets that are open, as what closes them.
    open: Vec<u8>,
}

#[derive(Clone, Copy, Default)]
enum Within {
    /// Nothing was seen yet.
    #[default]
    Nothing,
    /// Brackets, between two strings.
    Brackets,
    /// A string.
    String,
    /// A string, behind a backslash.
    Escape,
    /// A number, `true`, `false`, `null`, or what is none of them.
    Word,
}

/// What ended the look at a piece.
enum Met {
    Nothing,
    End,
    Wrong(u8),
    TooDeep,
}

impl Skimmer {
    /// How many of these bytes belong to the value, and what was met behind them.
    fn feed(&mut self, bytes: &[u8]) -> (usize, Met) {
        let mut place = 0;
        while let Some(&byte) = bytes.get(place) {
            match self.within {
                Within::String => {
                    // Most of a file is text: step over all of it that is plain.
                    let rest = &bytes[place..];
                    let special = rest.iter().position(|&b| b == b'"' || b == b'\\');
                    let Some(special) = special else { break };
                    place += special + 1;
                    if rest[special] == b'\\' {
                        self.within = Within::Escape;
                    } else if self.open.is_empty() {
                        return (place, Met::End);
                    } else {
                        self.within = Within::Brackets;
                    }
                    continue;
                }
                Within::Escape => self.within = Within::String,
                Within::Word if is_blank(byte) || matches!(byte, b',' | b']' | b'}' | b':') => {
                    return (place, Met::End);
                }
                Within::Word => {}
                Within::Nothing | Within::Brackets => match byte {
                    b'"' => self.within = Within::String,
                    b'{' | b'[' => {
                        if self.open.len() == self.deepest {
                            return (place, Met::TooDeep);
                        }
                        self.open.push(if byte == b'{' { b'}' } else { b']' });
                        self.within = Within::Brackets;
                    }
                    b'}' | b']' if self.open.pop() != Some(byte) => {
                        return (place, Met::Wrong(byte));
                    }
                    b'}' | b']' if self.open.is_empty() => return (place + 1, Met::End),
                    _ if self.open.is_empty() => self.within = Within::Word,
                    _ => {}
                },
            }
            place += 1;
        }
        (bytes.len(), Met::Nothing)
    }
}
