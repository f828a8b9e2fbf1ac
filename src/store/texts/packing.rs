//! Packing the texts of an import as they are written.

use rusqlite::params;
use zstd::bulk::Compressor;
use zstd::zstd_safe::{CParameter, compress_bound};

use super::samples::Samples;
use super::{FRAME, LARGEST_DICTIONARY, LONGEST, write_length};
use crate::store::{NewContent, Result, Writer};

/// So many texts of an import stay plain where there is a dictionary: for few it does not pay to make it ready.
const FEW: usize = 512;

/// Shorter texts gain nothing.
const SHORTEST: usize = 24;

/// How hard the packing tries. The third level takes a third more time, and saves a fiftieth.
const LEVEL: i32 = 1;

/// What packs the texts of an import.
#[derive(Default)]
pub(in crate::store) struct Packing {
    texts: usize,
    state: State,
}

#[derive(Default)]
enum State {
    /// Nothing was looked at yet.
    #[default]
    Begun,
    /// There is a dictionary; whether this import is large is not known yet.
    Waiting(u8, Vec<u8>),
    /// There is none yet: the first texts are what one is made from.
    Sampling(Samples),
    Packing(Packer),
    /// Nothing can be gained.
    Over,
}

struct Packer {
    number: u8,
    compressor: Compressor<'static>,
    plain: Vec<u8>,
    frame: Vec<u8>,
}

impl Packing {
    /// Takes the next text of an import. Answers it packed, where that is shorter.
    pub(in crate::store) fn pack(
        &mut self,
        writer: &Writer<'_>,
        content: &NewContent<'_>,
    ) -> Result<Option<&[u8]>> {
        self.texts += 1;
        self.state = match std::mem::take(&mut self.state) {
            State::Begun => match writer.text_dictionary()? {
                Some((number, data)) => State::Waiting(number, data),
                None => State::Sampling(Samples::default()),
            },
            State::Waiting(number, data) if self.texts > FEW => State::packing(number, &data),
            State::Sampling(samples) if samples.are_enough() => match samples.dictionary() {
                Some(data) => match writer.add_text_dictionary(&data)? {
                    Some(number) => State::packing(number, &data),
                    None => State::Over,
                },
                None => State::Over,
            },
            same => same,
        };
        match &mut self.state {
            State::Sampling(samples) => samples.take(content.title, content.body),
            State::Packing(packer) => return Ok(packer.pack(content)),
            State::Begun | State::Waiting(..) | State::Over => {}
        }
        Ok(None)
    }
}

impl State {
    fn packing(number: u8, data: &[u8]) -> Self {
        let compressor = Compressor::with_dictionary(LEVEL, data).and_then(|mut compressor| {
            // Four bytes of each text; we have one of our own.
            compressor.set_parameter(CParameter::DictIdFlag(false))?;
            Ok(compressor)
        });
        compressor.map_or(Self::Over, |compressor| {
            Self::Packing(Packer {
                number,
                compressor,
                plain: Vec::new(),
                frame: Vec::new(),
            })
        })
    }
}

impl Packer {
    fn pack(&mut self, content: &NewContent<'_>) -> Option<&[u8]> {
        let title = content.title.unwrap_or_default();
        let length = title.len() + content.body.len();
        if !(SHORTEST..LONGEST - 3).contains(&length) {
            return None;
        }
        self.plain.clear();
        write_length(
            content.title.map_or(0, |title| title.len() + 1),
            &mut self.plain,
        );
        self.plain.extend_from_slice(title.as_bytes());
        self.plain.extend_from_slice(content.body.as_bytes());
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
        let start = FRAME.len() - 1;
        self.frame[start] = self.number;
        let packed = &self.frame[start..];
        (packed.len() < length).then_some(packed)
    }
}

impl Writer<'_> {
    /// Has the texts packed that are added from here on: there will be many. The first of them stay plain.
    pub fn pack_texts(&mut self) {
        self.packing = Some(Packing::default());
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

    /// Keeps a dictionary; answers its number, unless no text could be read by it.
    fn add_text_dictionary(&self, data: &[u8]) -> Result<Option<u8>> {
        let sql = "SELECT coalesce(max(id), 0) + 1 FROM text_dictionary";
        let number = self
            .first(sql, [], |row| row.get::<_, i64>(0))?
            .unwrap_or(1);
        let Some(number) = u8::try_from(number).ok().filter(|number| *number > 0) else {
            return Ok(None);
        };
        if !self.memory().texts.add(number, data) {
            return Ok(None);
        }
        let sql = "INSERT INTO text_dictionary (id, data) VALUES (?1, ?2)";
        self.run(sql, params![number, data])?;
        Ok(Some(number))
    }
}

#[cfg(test)]
impl Packing {
    /// One that packs from the first text on.
    pub(super) fn by_the_dictionary(writer: &Writer<'_>) -> Result<Self> {
        let (number, data) = writer.text_dictionary()?.expect("a dictionary");
        Ok(Self {
            texts: 0,
            state: State::packing(number, &data),
        })
    }
}
