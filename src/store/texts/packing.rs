//! Packing the texts of an import: by whoever reads them, so that writing has less to do, or else as they are written.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use rusqlite::params;
use zstd::bulk::Compressor;
use zstd::zstd_safe::{CParameter, compress_bound};

use super::samples::{ENOUGH, Samples};
use super::{FRAME, LARGEST_DICTIONARY, LONGEST, hash_of, write_length};
use crate::store::{Aside, NewContent, Reader, Result, Writer};

/// So many texts of an import stay plain where there is a dictionary: for few it does not pay to make it ready.
const FEW: usize = 512;

/// So many stay plain where there is none. It is made meanwhile, beside; whoever packs waits for it then, so that the same
/// texts are always packed in the same way.
const FIRST: usize = if cfg!(test) { 620 } else { 5_000 };

/// Shorter texts gain nothing.
const SHORTEST: usize = 24;

/// How hard the packing tries. The third level takes a third more time, and saves a fiftieth.
const LEVEL: i32 = 1;

/// What texts are packed by.
#[derive(PartialEq, Eq)]
struct Dictionary {
    number: u8,
    data: Vec<u8>,
    /// Whether it is made for these texts, so that the file does not have it yet.
    is_new: bool,
}

/// A text as it goes into the file.
pub struct Packed {
    dictionary: Arc<Dictionary>,
    /// Nothing where it stays plain.
    bytes: Vec<u8>,
}

impl Packed {
    /// How many bytes it has.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes.len()
    }
}

/// Packs the texts of an import, in whatever thread. What it answers depends on the texts, their order and the workspace only.
pub struct Packer {
    texts: usize,
    state: State,
}

enum State {
    /// There is a dictionary; whether this import is large is not known yet.
    Waiting(Arc<Dictionary>),
    /// There is none yet, and that is its number: the first texts are what one is made from.
    Sampling(u8, Samples),
    /// It is made.
    Training(u8, Aside<Samples, Option<Vec<u8>>>),
    Packing(Press),
    /// Nothing can be gained.
    Over,
}

/// Packs by a dictionary.
struct Press {
    dictionary: Arc<Dictionary>,
    compressor: Compressor<'static>,
    plain: Vec<u8>,
    frame: Vec<u8>,
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packed").finish_non_exhaustive()
    }
}

impl fmt::Debug for Packer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packer").finish_non_exhaustive()
    }
}

impl Packer {
    /// One that packs nothing by itself.
    const fn idle() -> Self {
        Self {
            texts: 0,
            state: State::Over,
        }
    }

    /// One that packs from the first text on.
    fn by(dictionary: Arc<Dictionary>) -> Self {
        Self {
            texts: 0,
            state: State::packing(dictionary),
        }
    }

    /// Takes the next text of an import, and packs it where that is shorter. Nothing before there is something to pack by.
    ///
    /// Only the first revisions of feedback count, and are samples of a dictionary: what is said again and again below one
    /// of them is not what many have in common.
    pub fn pack(&mut self, content: &NewContent<'_>) -> Option<Packed> {
        if let (Some(title), None) = (content.title, content.previous) {
            self.note(title, content.body);
        }
        match &mut self.state {
            State::Packing(press) => Some(Packed {
                bytes: press.pack(content.title, content.body).unwrap_or_default(),
                dictionary: Arc::clone(&press.dictionary),
            }),
            _ => None,
        }
    }

    fn note(&mut self, title: &str, body: &str) {
        self.texts += 1;
        self.state = match std::mem::replace(&mut self.state, State::Over) {
            State::Waiting(dictionary) if self.texts > FEW => State::packing(dictionary),
            State::Sampling(number, mut samples) => {
                samples.take(Some(title), body);
                match self.texts >= ENOUGH {
                    true => State::training(number, samples),
                    false => State::Sampling(number, samples),
                }
            }
            State::Training(number, training) if self.texts > FIRST => {
                let made = training.rest().next().and_then(|made| made.ok().flatten());
                made.map_or(State::Over, |data| {
                    State::packing(Arc::new(Dictionary {
                        number,
                        data,
                        is_new: true,
                    }))
                })
            }
            same => same,
        };
    }

    /// No text, but what others can be packed by as they are written.
    #[must_use]
    pub fn ready(&self) -> Option<Packed> {
        match &self.state {
            State::Packing(press) => Some(Packed {
                bytes: Vec::new(),
                dictionary: Arc::clone(&press.dictionary),
            }),
            _ => None,
        }
    }
}

impl State {
    fn training(number: u8, samples: Samples) -> Self {
        let train = |samples: Option<Samples>, made: &Sender<Option<Vec<u8>>>| {
            if let Some(samples) = samples {
                // Whoever is no longer there wants none.
                let _ = made.send(samples.dictionary());
            }
        };
        // Without a thread there is no dictionary, and the texts stay plain.
        let Ok(training) = Aside::start(1, train) else {
            return Self::Over;
        };
        match training.give(samples) {
            Ok(()) => Self::Training(number, training),
            Err(_) => Self::Over,
        }
    }

    fn packing(dictionary: Arc<Dictionary>) -> Self {
        let compressor =
            Compressor::with_dictionary(LEVEL, &dictionary.data).and_then(|mut compressor| {
                // Four bytes of each text; we have one of our own.
                compressor.set_parameter(CParameter::DictIdFlag(false))?;
                Ok(compressor)
            });
        compressor.map_or(Self::Over, |compressor| {
            Self::Packing(Press {
                dictionary,
                compressor,
                plain: Vec::new(),
                frame: Vec::new(),
            })
        })
    }
}

impl Press {
    fn pack(&mut self, title: Option<&str>, body: &str) -> Option<Vec<u8>> {
        let length = title.unwrap_or_default().len() + body.len();
        if !(SHORTEST..LONGEST - 3).contains(&length) {
            return None;
        }
        self.plain.clear();
        write_length(title.map_or(0, |title| title.len() + 1), &mut self.plain);
        self.plain
            .extend_from_slice(title.unwrap_or_default().as_bytes());
        self.plain.extend_from_slice(body.as_bytes());
        self.frame.clear();
        self.frame.reserve(compress_bound(self.plain.len()));
        // What cannot be packed stays as it is.
        self.compressor
            .compress_to_buffer(&self.plain, &mut self.frame)
            .ok()?;
        if !self.frame.starts_with(&FRAME) {
            return None;
        }
        // The number of the dictionary takes the place of the last byte that all frames begin with.
        let packed = &mut self.frame[FRAME.len() - 1..];
        packed[0] = self.dictionary.number;
        (packed.len() < length).then(|| packed.to_vec())
    }
}

/// What a transaction packs by.
pub(in crate::store) struct Packing {
    /// Packs what comes plain.
    packer: Packer,
    /// The dictionary that the file has.
    known: Option<Arc<Dictionary>>,
    /// One that it cannot have.
    refused: Option<Arc<Dictionary>>,
}

impl Packing {
    const fn of(packer: Packer) -> Self {
        Self {
            packer,
            known: None,
            refused: None,
        }
    }

    /// A text of an import as it goes into the file, where it is shorter so.
    pub(in crate::store) fn pack<'c>(
        &mut self,
        writer: &Writer<'_>,
        content: &NewContent<'c>,
    ) -> Result<Option<Cow<'c, [u8]>>> {
        if let Some(packed) = content.packed
            && self.has(writer, &packed.dictionary)?
        {
            let bytes = Some(packed.bytes.as_slice());
            return Ok(bytes.filter(|bytes| !bytes.is_empty()).map(Cow::Borrowed));
        }
        let Some(packed) = self.packer.pack(content) else {
            return Ok(None);
        };
        let is_it = !packed.bytes.is_empty() && self.has(writer, &packed.dictionary)?;
        Ok(is_it.then_some(Cow::Owned(packed.bytes)))
    }

    /// Whether the file has that dictionary, if that was asked before.
    fn met(&self, dictionary: &Arc<Dictionary>) -> Option<bool> {
        let is_it = |met: &Option<Arc<Dictionary>>| {
            met.as_ref().is_some_and(|met| Arc::ptr_eq(met, dictionary))
        };
        let known = is_it(&self.known).then_some(true);
        known.or_else(|| is_it(&self.refused).then_some(false))
    }

    /// Whether the file has that dictionary. A new one it gets; unless another window was quicker: then that one is packed by.
    fn has(&mut self, writer: &Writer<'_>, dictionary: &Arc<Dictionary>) -> Result<bool> {
        if let Some(has) = self.met(dictionary) {
            return Ok(has);
        }
        let there = writer.text_dictionary()?;
        let has = match &there {
            Some((number, data)) => *number == dictionary.number && *data == dictionary.data,
            None => dictionary.is_new && writer.add_text_dictionary(dictionary)?,
        };
        match has {
            true => self.known = Some(Arc::clone(dictionary)),
            false => self.refused = Some(Arc::clone(dictionary)),
        }
        Ok(has)
    }
}

impl Reader<'_> {
    /// What packs the texts of an import into this workspace.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn packer(&self) -> Result<Packer> {
        let state = match self.text_dictionary()? {
            Some((number, data)) => State::Waiting(Arc::new(Dictionary {
                number,
                data,
                is_new: false,
            })),
            None => match self.next_text_dictionary()? {
                Some(number) => State::Sampling(number, Samples::default()),
                None => State::Over,
            },
        };
        Ok(Packer { texts: 0, state })
    }

    /// The newest dictionary that texts can be read by.
    fn text_dictionary(&self) -> Result<Option<(u8, Vec<u8>)>> {
        let sql = "SELECT id, data FROM text_dictionary WHERE id < 256 AND length(data) <= ?1 ORDER BY id DESC";
        let all: Vec<(u8, Vec<u8>)> = self.collect(sql, [LARGEST_DICTIONARY], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let texts = &self.memory().texts;
        Ok(all.into_iter().find(|(number, _)| texts.knows(*number)))
    }

    /// The number that the next one has, if there may be one more. No text was ever packed by one of that number: its own may
    /// be lost, and by another one the text would be read as something else.
    fn next_text_dictionary(&self) -> Result<Option<u8>> {
        // Reads all contents; but only where there is no dictionary to read texts by, and so next to nothing that is packed.
        let sql = "SELECT max(substr(packed, 1, 1)) FROM content WHERE packed IS NOT NULL";
        let used: Option<Vec<u8>> = self.first(sql, [], |row| row.get(0))?.flatten();
        let used = used
            .and_then(|used| used.first().copied())
            .map_or(0, i64::from);
        let last = self.last_text_dictionary()?.max(used);
        Ok(u8::try_from(last.saturating_add(1))
            .ok()
            .filter(|number| *number > 0))
    }

    /// The number of the newest dictionary that lies in the file, whether it can be read by or not; 0 where there is none.
    fn last_text_dictionary(&self) -> Result<i64> {
        self.number("SELECT coalesce(max(id), 0) FROM text_dictionary", [])
    }
}

impl Writer<'_> {
    /// Has the texts packed that are added from here on: there will be many. The first of them stay plain.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pack_texts(&mut self) -> Result<()> {
        self.packing = Some(Packing::of(self.packer()?));
        Ok(())
    }

    /// Has them packed by what comes packed, as soon as there is any: somebody else makes the dictionary.
    pub(in crate::store) fn pack_texts_alike(&mut self) {
        self.packing = Some(Packing::of(Packer::idle()));
    }

    /// Has what comes plain from here on packed as that was.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn pack_like(&mut self, packed: &Packed) -> Result<()> {
        let Some(mut packing) = self.packing.take() else {
            return Ok(());
        };
        if packing.met(&packed.dictionary).is_none() {
            packing.packer = match packing.has(self, &packed.dictionary)? {
                true => Packer::by(Arc::clone(&packed.dictionary)),
                false => self.packer()?,
            };
        }
        self.packing = Some(packing);
        Ok(())
    }

    /// Keeps a dictionary; answers whether it does: not where that is none, or its number was taken meanwhile.
    fn add_text_dictionary(&self, dictionary: &Dictionary) -> Result<bool> {
        let Dictionary { number, data, .. } = dictionary;
        if self.last_text_dictionary()? >= i64::from(*number)
            || !self.memory().texts.add(*number, data)
        {
            return Ok(false);
        }
        let sql = "INSERT INTO text_dictionary (id, data, hash) VALUES (?1, ?2, ?3)";
        self.run(sql, params![number, data, hash_of(data)])?;
        Ok(true)
    }
}

#[cfg(test)]
impl Packing {
    /// One that packs from the first text on.
    pub(super) fn by_the_dictionary(writer: &Writer<'_>) -> Result<Self> {
        let (number, data) = writer.text_dictionary()?.expect("a dictionary");
        Ok(Self::of(Packer::by(Arc::new(Dictionary {
            number,
            data,
            is_new: false,
        }))))
    }
}
