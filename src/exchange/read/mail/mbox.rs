//! Messages one after the other in a file, each begun by a line `From address date` (RFC 4155, and qmail's mbox(5) on the
//! ways in which such a line is quoted inside of a message).

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use chrono::{NaiveDate, NaiveTime};

use super::{LARGEST_MESSAGE, NextMessage, Raw, blank, fault};
use crate::domain::moment::Moment;
use crate::exchange::read::ReadError;

/// How much of a line is read at a time.
const PIECE: u64 = 64 * 1024;
/// How much is looked at behind a message whose length is told.
const BEHIND: u64 = 1024;

/// An mbox file.
pub struct Mbox {
    input: BufReader<File>,
    /// How much has been read.
    read: u64,
    /// The line that is read next, from 1.
    line: u64,
    /// The line that begins the next message, and when that was delivered.
    begun: Option<(u64, Option<Moment>)>,
    /// A piece of a line, or a line.
    piece: Vec<u8>,
}

/// What is known while the lines of a message are read.
struct Progress {
    raw: Raw,
    in_header: bool,
    after_blank: bool,
    line_start: bool,
    too_large: bool,
    length: Option<u64>,
}

impl Mbox {
    /// Reads from the beginning of that file.
    pub fn new(file: File) -> Self {
        Self {
            input: BufReader::new(file),
            read: 0,
            line: 1,
            begun: None,
            piece: Vec::new(),
        }
    }

    /// How much of the file has been read.
    pub const fn bytes(&self) -> u64 {
        self.read
    }

    /// The next message.
    pub fn next_message(&mut self) -> Result<NextMessage, ReadError> {
        let Some((line, delivered)) = self.beginning()? else {
            return Ok(NextMessage::End);
        };
        let mut progress = Progress {
            raw: Raw {
                line,
                bytes: Vec::new(),
                delivered,
                flags: String::new(),
            },
            in_header: true,
            after_blank: false,
            line_start: true,
            too_large: false,
            length: None,
        };
        while self.next_piece()? {
            if self.begins_message(&progress) {
                break;
            }
            self.take(&mut progress);
            if progress.in_header && progress.after_blank {
                progress.in_header = false;
                if let Some(length) = progress.length.take() {
                    self.take_length(&mut progress, length)?;
                }
            }
        }
        if progress.too_large {
            let words = "the message is larger than 50 MiB";
            return Ok(NextMessage::Fault(fault(line, words)));
        }
        // The blank line before the next message belongs to the mailbox.
        let bytes = &mut progress.raw.bytes;
        for end in [&b"\r\n\r\n"[..], b"\n\n"] {
            if bytes.ends_with(end) {
                bytes.truncate(bytes.len() - end.len() / 2);
                break;
            }
        }
        Ok(NextMessage::Message(progress.raw))
    }

    /// The line that begins the next message. Anything before the first one is passed over.
    fn beginning(&mut self) -> Result<Option<(u64, Option<Moment>)>, ReadError> {
        while self.begun.is_none() && self.next_piece()? {
            self.begun = postmark(&self.piece).map(|delivered| (self.line - 1, delivered));
        }
        Ok(self.begun.take())
    }

    fn next_piece(&mut self) -> Result<bool, ReadError> {
        self.piece.clear();
        let read = (&mut self.input)
            .take(PIECE)
            .read_until(b'\n', &mut self.piece)
            .map_err(ReadError::Unreadable)?;
        self.read += read as u64;
        self.line += u64::from(self.piece.ends_with(b"\n"));
        Ok(read > 0)
    }

    /// Whether the piece begins another message: only behind a blank line, and with an address and a date, because a line of
    /// a letter may well begin with `From `.
    fn begins_message(&mut self, progress: &Progress) -> bool {
        if !(progress.line_start && progress.after_blank) {
            return false;
        }
        self.begun = postmark(&self.piece).map(|delivered| (self.line - 1, delivered));
        self.begun.is_some()
    }

    /// Adds the piece to the message.
    fn take(&mut self, progress: &mut Progress) {
        let mut piece = self.piece.as_slice();
        if progress.line_start {
            progress.after_blank = matches!(piece, b"\n" | b"\r\n");
            if progress.in_header {
                progress.length = progress.length.or_else(|| content_length(piece));
            } else if is_quoted(piece) {
                piece = &piece[1..];
            }
        }
        progress.line_start = piece.ends_with(b"\n");
        progress.too_large |= progress.raw.bytes.len() + piece.len() > LARGEST_MESSAGE;
        if progress.too_large {
            progress.raw.bytes = Vec::new();
        } else {
            progress.raw.bytes.extend_from_slice(piece);
        }
    }

    /// Takes a body whose length its header tells (mboxcl2, which quotes nothing), if a message or the end follows it.
    fn take_length(&mut self, progress: &mut Progress, length: u64) -> Result<(), ReadError> {
        let unreadable = ReadError::Unreadable;
        let mut behind = Vec::new();
        let after = SeekFrom::Start(self.read + length);
        self.input.seek(after).map_err(unreadable)?;
        let end = self.input.get_ref().metadata().map_err(unreadable)?.len();
        (&mut self.input)
            .take(BEHIND)
            .read_to_end(&mut behind)
            .map_err(unreadable)?;
        let back = SeekFrom::Start(self.read);
        self.input.seek(back).map_err(unreadable)?;
        let mut lines = behind.split(|b| *b == b'\n');
        let next = lines.find(|line| !blank(line));
        let right = match next {
            Some(line) => postmark(line).is_some(),
            None => self.read + length + behind.len() as u64 >= end,
        };
        let fits =
            length as usize <= LARGEST_MESSAGE - progress.raw.bytes.len().min(LARGEST_MESSAGE);
        if !(right && fits && self.read + length <= end) {
            return Ok(());
        }
        let before = progress.raw.bytes.len();
        let read = (&mut self.input)
            .take(length)
            .read_to_end(&mut progress.raw.bytes)
            .map_err(unreadable)?;
        self.read += read as u64;
        let body = &progress.raw.bytes[before..];
        self.line += body.iter().filter(|b| **b == b'\n').count() as u64;
        progress.line_start = true;
        progress.after_blank = true;
        Ok(())
    }
}

/// Whether a line is a quoted `From ` line (mboxrd: one more `>` at each writing; mboxo writes the first of them).
fn is_quoted(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    marks > 0 && line[marks..].starts_with(b"From ")
}

fn content_length(line: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(line).ok()?;
    let (name, value) = line.split_once(':')?;
    let told = name.eq_ignore_ascii_case("content-length");
    told.then(|| value.trim().parse().ok()).flatten()
}

/// When the message was delivered that a line begins; `None` when the line begins no message. It is `From `, something that
/// stands for the sender, and a date as `date` prints it, with or without seconds and a zone before or behind the year.
pub fn postmark(line: &[u8]) -> Option<Option<Moment>> {
    let line = String::from_utf8_lossy(line.strip_prefix(b"From ")?).into_owned();
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_day = |word: &&str| {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&word.trim_end_matches(','))
    };
    let day = 1 + words.iter().skip(1).position(is_day)?;
    let [month, day, time, rest @ ..] = words.get(day + 1..)? else {
        return None;
    };
    let day: u32 = day.parse().ok().filter(|day| *day <= 31)?;
    let time = ["%H:%M:%S", "%H:%M"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(time, form).ok())?;
    let rest = &rest[..rest.len().min(3)];
    let is_year = |word: &&&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let year = rest.iter().find(is_year)?;
    let zone = rest.iter().find_map(|word| zone(word)).unwrap_or(0);
    let date = NaiveDate::parse_from_str(&format!("{day} {month} {year}"), "%d %b %Y").ok()?;
    let utc = date.and_time(time).and_utc().timestamp_millis();
    Some(Some(Moment(utc - zone * 60_000)))
}

/// Minutes east of UTC, as in `+0200`.
fn zone(word: &str) -> Option<i64> {
    let sign = match word.as_bytes() {
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let digits = word.get(1..).filter(|digits| digits.len() == 4)?;
    let number: i64 = digits.parse().ok()?;
    Some(sign * (number / 100 * 60 + number % 100))
}
