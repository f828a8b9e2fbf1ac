//! Is the file well? What `intake doctor` asks.

use super::{Result, Store};
use crate::domain::file_health::FileHealth;

impl Store {
    /// Reads the whole file and says whether its structure is sound. Takes seconds on a large one.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn health(&self) -> Result<FileHealth> {
        self.read(|reader| {
            let page = reader.number("PRAGMA page_size", [])?;
            let found = reader.collect("PRAGMA quick_check", [], |row| row.get::<_, String>(0))?;
            Ok(FileHealth {
                library: rusqlite::version(),
                schema: reader.number("PRAGMA user_version", [])?,
                damage: found.into_iter().filter(|line| line != "ok").collect(),
                bytes: (page * reader.number("PRAGMA page_count", [])?).unsigned_abs(),
                free: (page * reader.number("PRAGMA freelist_count", [])?).unsigned_abs(),
            })
        })
    }
}
