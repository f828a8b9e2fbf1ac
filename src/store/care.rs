//! Care for the file: whether it is well, which `intake doctor` asks, and what is in the log moved into it.

mod damage;
mod texts;

pub use damage::Curable;

use super::{Located, Reader, Result, Store, StoreError};
use crate::domain::file_health::FileHealth;
use damage::{ALL, Cure, Damage, KEPT, LASTING};

/// What a checkpoint does, in the words of <https://sqlite.org/pragma.html#pragma_wal_checkpoint>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checkpointing {
    /// It copies what no connection reads from the log.
    Passive,
    /// It copies all, and leaves an empty log, where no other connection is in the way.
    Whole,
    /// It copies nothing.
    Look,
}

/// How far a checkpoint came, in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Checkpoint {
    /// Pages in the log.
    pub(super) log: i64,
    /// Thereof copied into the file.
    pub(super) copied: i64,
}

impl Store {
    /// Copies the log into the file, or looks how much there is.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn checkpoint(&self, how: Checkpointing) -> Result<Checkpoint> {
        let sql = match how {
            Checkpointing::Passive => "PRAGMA wal_checkpoint(PASSIVE)",
            Checkpointing::Whole => "PRAGMA wal_checkpoint(TRUNCATE)",
            Checkpointing::Look => "PRAGMA wal_checkpoint(NOOP)",
        };
        let done = self.connection.query_row(sql, [], |row| {
            Ok(Checkpoint {
                log: row.get(1)?,
                copied: row.get(2)?,
            })
        });
        done.map_err(|error| StoreError::from(error).at(self.path()))
    }

    /// Reads the whole file and says whether its structure is sound: its pages, that its tables are those that this
    /// version makes, and that every reference leads somewhere and every text can be read. Takes seconds on a large one.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn health(&self) -> Result<FileHealth> {
        self.read(|reader| {
            let damage = damage::find(reader, &ALL)?;
            let page = reader.number("PRAGMA page_size", [])?;
            Ok(FileHealth {
                library: rusqlite::version(),
                schema: reader.number("PRAGMA user_version", [])?,
                can_be_remade: damage.iter().all(|one| one.cure != Cure::None),
                damage: damage.into_iter().map(|one| one.words).collect(),
                bytes: (page * reader.number("PRAGMA page_count", [])?).unsigned_abs(),
                free: (page * reader.number("PRAGMA freelist_count", [])?).unsigned_abs(),
            })
        })
    }

    /// What a copy of the file would lack, or could not be read by: a table or an index that is missing or altered, too. What a
    /// stranger has added to the file is no matter here.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub(super) fn flaws(&self) -> Result<Vec<String>> {
        let found: Result<Vec<Damage>> = self.read(|reader| damage::find(reader, &KEPT));
        Ok(found?.into_iter().map(|one| one.words).collect())
    }

    /// What of the file can be made anew, and is damaged or missing.
    ///
    /// # Errors
    /// [`StoreError::Lasting`] where anything else is damaged: written anew, the file would lose what can still be saved of that.
    /// When the file cannot be read at all.
    pub fn curable(&self) -> Result<Curable> {
        let found: Result<Vec<Damage>> = self.read(|reader| damage::find(reader, &KEPT));
        let mut curable = Curable::default();
        let mut lasting = Vec::new();
        for one in found? {
            match one.cure {
                Cure::None => lasting.push(one.words),
                Cure::Compact => curable.is_loose = true,
                Cure::Remake(name) => {
                    curable.names.insert(name);
                }
            }
        }
        if !lasting.is_empty() {
            return Err(StoreError::Lasting {
                path: self.path().to_owned(),
                damage: lasting,
            });
        }
        Ok(curable)
    }
}

impl Reader<'_> {
    /// What is lost of the rows: what of the file is damaged and cannot be computed anew, its texts apart, whose reader notices.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn losses(&self) -> Result<Vec<String>> {
        let found = damage::find(self, &LASTING)?.into_iter();
        let lasting = found.filter(|one| one.cure == Cure::None);
        Ok(lasting.map(|one| one.words).collect())
    }
}

#[cfg(test)]
mod tests;
