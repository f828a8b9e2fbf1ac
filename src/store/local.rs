//! What belongs to this copy alone: settings, saved filters; half-written texts are in `drafts.rs`. Never journalled, so not history's.

use rusqlite::params;
use uuid::Uuid;

use super::{Reader, Result, Store, Writer};

/// The setting which holds the identity of this copy.
const DEVICE: &str = "device";

impl Reader<'_> {
    /// A setting of this copy.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.first("SELECT value FROM setting WHERE name = ?1", [name], |row| {
            row.get(0)
        })
    }

    /// Every saved view, by name: name and filter.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn saved_views(&self) -> Result<Vec<(String, String)>> {
        self.collect(
            "SELECT name, filter FROM saved_view ORDER BY name",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl Writer<'_> {
    /// Makes this copy the one of that identity.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_device(&mut self, device: Uuid) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)";
        self.run(sql, params![DEVICE, device.hyphenated().to_string()])
            .map(drop)
    }
}

impl Reader<'_> {
    /// Every saved mapping of an import, by name: name and text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn import_mappings(&self) -> Result<Vec<(String, String)>> {
        self.collect(
            "SELECT name, mapping FROM import_mapping ORDER BY name",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl Store {
    /// Saves the mapping of an import under a name, in place of an earlier one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_import_mapping(&mut self, name: &str, mapping: &str) -> Result<()> {
        self.alter(
            "INSERT INTO import_mapping (name, mapping) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping",
            params![name, mapping],
        )
    }

    /// Forgets a saved mapping.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_import_mapping(&mut self, name: &str) -> Result<()> {
        self.alter("DELETE FROM import_mapping WHERE name = ?1", [name])
    }

    /// Sets a setting of this copy.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.alter(
            "INSERT INTO setting (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![name, value],
        )
    }

    /// The identity of this copy; `fresh` becomes it when the file has none yet.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn device(&mut self, fresh: Uuid) -> Result<Uuid> {
        if let Some(known) = self.known_device()? {
            return Ok(known);
        }
        // Another window may be doing the same: the first one wins, and both then read what it wrote. What cannot be
        // read as an identity (edited by hand) is replaced.
        self.alter(
            "INSERT INTO setting (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE length(value) <> 36",
            params![DEVICE, fresh.hyphenated().to_string()],
        )?;
        Ok(self.known_device()?.unwrap_or(fresh))
    }

    fn known_device(&self) -> Result<Option<Uuid>> {
        let text = self.read(|reader| reader.setting(DEVICE))?;
        Ok(text.and_then(|text| Uuid::try_parse(&text).ok()))
    }

    /// Saves a filter under a name, in place of an earlier one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_view(&mut self, name: &str, filter: &str) -> Result<()> {
        self.alter(
            "INSERT INTO saved_view (name, filter) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET filter = excluded.filter",
            params![name, filter],
        )
    }

    /// Forgets a saved view.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_view(&mut self, name: &str) -> Result<()> {
        self.alter("DELETE FROM saved_view WHERE name = ?1", [name])
    }
}
