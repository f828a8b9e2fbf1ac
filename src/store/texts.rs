//! Packed texts, and what reads them.
//!
//! The texts of a large import are kept packed ([`packing`]), each by itself: title and body together, by a dictionary that the
//! workspace holds, because a text of a few hundred bytes has little in itself that comes twice. Whatever is written by hand
//! stays plain, and so does what was there before.
//!
//! ```text
//!   content.packed   number of the dictionary   a frame of zstd, without the four bytes that each of them begins with
//!                    1 byte                     holds: length of the title + 1 (0: none), as LEB128 · title · body
//! ```
//!
//! Statements read texts by two functions, `title_of(title, packed)` and `body_of(body, packed)`, which answer what is plain as
//! it is; whoever looks through many of them does so by [`Texts::look`], without a copy. Nobody else has to know that some are
//! packed.

mod packing;
mod samples;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::functions::{Context, FunctionFlags, SqlFnArg};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Error};
use sha2::{Digest, Sha256};
use zstd::bulk::Decompressor;
use zstd::zstd_safe::{MAGICNUMBER, get_frame_content_size};

pub(super) use self::packing::Packing;
pub use self::packing::{Packed, Packer};
use super::Result;

/// The longest text that is packed or unpacked, title, body and the length of the title together. A longer one stays plain,
/// so whatever says that it is longer was not packed here.
const LONGEST: usize = 1 << 20;

/// What a dictionary may take; ours have an eighth of that.
const LARGEST_DICTIONARY: i64 = 1 << 17;

/// What every frame of zstd begins with.
const FRAME: [u8; 4] = MAGICNUMBER.to_le_bytes();

/// Why a packed text cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub(super) enum Fault {
    /// Its dictionary is not there, or is none.
    #[error("the dictionary {0} of a packed text is missing or damaged")]
    NoDictionary(u8),
    /// It is none that was packed here.
    #[error("a packed text is damaged")]
    Damaged,
}

/// What a connection reads packed texts by: the dictionaries of the workspace, made ready once.
#[derive(Clone, Default)]
pub(super) struct Texts(Arc<Mutex<Unpacking>>);

#[derive(Default)]
struct Unpacking {
    dictionaries: Vec<(u8, Decompressor<'static>)>,
    /// The newest dictionary that was looked at.
    newest: u8,
    /// Whether one of them was made in a transaction that was not committed yet.
    is_tentative: bool,
    /// What was unpacked last, so that title and body of a row are unpacked once; empty for nothing.
    packed: Vec<u8>,
    plain: Vec<u8>,
    /// Where the title begins, if there is one, and where the body does.
    title: Option<usize>,
    body: usize,
    frame: Vec<u8>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").finish_non_exhaustive()
    }
}

/// A part of a text.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Body,
}

/// What one of the functions answers.
enum Answer {
    /// What it was asked with.
    Plain(SqlFnArg),
    Unpacked(Option<String>),
}

impl ToSql for Answer {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Plain(given) => given.to_sql(),
            Self::Unpacked(text) => text.to_sql(),
        }
    }
}

impl Texts {
    /// For a connection, which gets the two functions.
    pub(super) fn of(connection: &Connection) -> Result<Self> {
        let texts = Self::default();
        for (name, part) in [("title_of", Part::Title), ("body_of", Part::Body)] {
            let texts = texts.clone();
            connection.create_scalar_function(
                name,
                2,
                FunctionFlags::SQLITE_UTF8
                    | FunctionFlags::SQLITE_DETERMINISTIC
                    | FunctionFlags::SQLITE_DIRECTONLY,
                move |asked| texts.answer(asked, part),
            )?;
        }
        Ok(texts)
    }

    fn lock(&self) -> MutexGuard<'_, Unpacking> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, asked: &Context<'_>, part: Part) -> rusqlite::Result<Answer> {
        let packed = match asked.get_raw(1) {
            ValueRef::Null => return Ok(Answer::Plain(asked.get_arg(0))),
            packed => packed.as_blob().map_err(|_| Fault::Damaged),
        };
        let mut unpacking = self.lock();
        packed
            .and_then(|packed| unpacking.unpack(packed))
            .and_then(|()| unpacking.part(part))
            .map(|text| Answer::Unpacked(text.map(ToOwned::to_owned)))
            .map_err(|fault| Error::UserFunctionError(Box::new(fault)))
    }

    /// Shows a text to `look`, given its three columns: its title, if it has one, and its body. It is shown where it was unpacked,
    /// for whoever looks through many of them.
    pub(super) fn look<T>(
        &self,
        (title, body): (Option<&str>, &str),
        packed: Option<&[u8]>,
        look: impl FnOnce(Option<&str>, &str) -> T,
    ) -> std::result::Result<T, Fault> {
        let Some(packed) = packed else {
            return Ok(look(title, body));
        };
        let mut unpacking = self.lock();
        unpacking.unpack(packed)?;
        let (title, body) = (unpacking.part(Part::Title)?, unpacking.part(Part::Body)?);
        Ok(look(title, body.unwrap_or_default()))
    }

    /// Whether a packed text can be read.
    pub(super) fn check(&self, packed: &[u8]) -> std::result::Result<(), Fault> {
        self.lock().unpack(packed)
    }

    /// Reads the dictionaries that are new in this transaction: another window may have made one.
    pub(super) fn catch_up(&self, connection: &Connection) -> Result<()> {
        let mut unpacking = self.lock();
        if unpacking.is_tentative {
            // Its transaction was rolled back; the number may be another's by now.
            *unpacking = Unpacking::default();
        }
        if !unpacking.dictionaries.is_empty() {
            // Nobody makes a second one while the first can be read; and this is asked before every read.
            return Ok(());
        }
        let sql = "SELECT id, data, hash FROM text_dictionary WHERE id > ?1 AND id < 256 AND length(data) <= ?2 ORDER BY id";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((unpacking.newest, LARGEST_DICTIONARY))?;
        while let Some(row) = rows.next()? {
            let data = row.get_ref(1)?.as_blob().map_err(Error::from)?;
            let hash = row.get_ref(2)?.as_blob().map_err(Error::from)?;
            let is_whole = hash == hash_of(data).as_slice();
            unpacking.add(row.get(0)?, data, is_whole);
        }
        Ok(())
    }

    /// Takes a dictionary that was made in this transaction. Answers whether it can be read by.
    fn add(&self, number: u8, data: &[u8]) -> bool {
        let mut unpacking = self.lock();
        unpacking.is_tentative = true;
        unpacking.add(number, data, true);
        unpacking.knows(number)
    }

    /// Whether texts can be read by that dictionary.
    fn knows(&self, number: u8) -> bool {
        self.lock().knows(number)
    }

    /// What was made in this transaction is committed.
    pub(super) fn committed(&self) {
        self.lock().is_tentative = false;
    }
}

impl Unpacking {
    /// One that is damaged is left out: what was packed by it tells.
    fn add(&mut self, number: u8, data: &[u8], is_whole: bool) {
        self.newest = number;
        if is_whole && let Ok(ready) = Decompressor::with_dictionary(data) {
            self.dictionaries.push((number, ready));
        }
    }

    fn knows(&self, number: u8) -> bool {
        self.dictionaries.iter().any(|(known, _)| *known == number)
    }

    fn unpack(&mut self, packed: &[u8]) -> std::result::Result<(), Fault> {
        if !packed.is_empty() && self.packed == packed {
            return Ok(());
        }
        self.packed.clear();
        let (&number, rest) = packed.split_first().ok_or(Fault::Damaged)?;
        let dictionary = self.dictionaries.iter_mut();
        let (_, dictionary) = dictionary
            .into_iter()
            .find(|(known, _)| *known == number)
            .ok_or(Fault::NoDictionary(number))?;
        self.frame.clear();
        self.frame.extend_from_slice(&FRAME);
        self.frame.extend_from_slice(rest);
        // Nothing is allocated before it has said how much it needs, nor more than a text may have.
        let size = get_frame_content_size(&self.frame).ok().flatten();
        let size = size.and_then(|size| usize::try_from(size).ok());
        let size = size.filter(|size| *size <= LONGEST).ok_or(Fault::Damaged)?;
        self.plain.clear();
        self.plain.reserve(size);
        let unpacked = dictionary.decompress_to_buffer(&self.frame, &mut self.plain);
        if unpacked.ok() != Some(size) {
            return Err(Fault::Damaged);
        }
        let (length, start) = read_length(&self.plain).ok_or(Fault::Damaged)?;
        let text = std::str::from_utf8(&self.plain[start..]).map_err(|_| Fault::Damaged)?;
        let title = length.checked_sub(1);
        if !text.is_char_boundary(title.unwrap_or(0)) {
            return Err(Fault::Damaged);
        }
        self.title = title.map(|_| start);
        self.body = start + title.unwrap_or(0);
        self.packed.extend_from_slice(packed);
        Ok(())
    }

    /// A part of what was unpacked last.
    fn part(&self, part: Part) -> std::result::Result<Option<&str>, Fault> {
        let bytes = match part {
            Part::Title => self.title.map(|start| &self.plain[start..self.body]),
            Part::Body => Some(&self.plain[self.body..]),
        };
        let text = bytes.map(std::str::from_utf8).transpose();
        text.map_err(|_| Fault::Damaged)
    }
}

/// What tells that a dictionary is the one that was written: by a damaged one, texts would become others without a word.
fn hash_of(dictionary: &[u8]) -> [u8; 32] {
    Sha256::digest(dictionary).into()
}

/// A number at the beginning of some bytes, as LEB128, and where it ends.
fn read_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0;
    // Three times seven bits are more than a text may have.
    for (at, byte) in bytes.iter().enumerate().take(3) {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}

fn write_length(mut number: usize, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests;
