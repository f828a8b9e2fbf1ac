//! Filling empty tables: their indexes are built at the end, by sorting, instead of row by row.
//!
//! A million rows that go into fourteen indexes one by one touch pages all over the file, each of them many times. Built
//! from the finished table an index costs a third, and has full pages. It is the same transaction: whatever stops the
//! work leaves the indexes as they were.

use super::{Result, Writer};

/// The tables that an import fills and that have many indexes. Identities stay findable: the index of a `UNIQUE` column
/// cannot be taken away.
const TABLES: [&str; 2] = ["feedback", "feedback_tag"];

/// Indexes which few rows enter: keeping them costs nothing, and building each reads the whole table.
const SPARSE: [&str; 7] = [
    "feedback_hidden",
    "feedback_by_reporter",
    "feedback_by_owner",
    "feedback_by_area",
    "feedback_by_original",
    "feedback_by_processed",
    "feedback_owed",
];

impl Writer<'_> {
    /// Takes the indexes of feedback and its tags away until [`Writer::index`], where these tables are empty, and has new
    /// texts indexed for the search by another thread.
    ///
    /// Until then only look-ups by identity are quick there. [`Writer::settle`] builds what is still missing.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn index_last(&mut self) -> Result<()> {
        self.index_beside();
        for table in TABLES {
            let empty = format!("SELECT NOT EXISTS (SELECT 1 FROM {table})");
            if self.first(&empty, [], |row| row.get(0))? != Some(true) {
                continue;
            }
            let sql = "SELECT name, sql FROM sqlite_schema
                       WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL ORDER BY rowid";
            let indexes = self.collect(sql, [table], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for (name, sql) in indexes {
                let (name, sql): (String, String) = (name, sql);
                if SPARSE.contains(&name.as_str()) {
                    continue;
                }
                self.connection()
                    .execute(&format!("DROP INDEX \"{name}\""), [])?;
                self.unindexed.push(sql);
            }
        }
        Ok(())
    }

    /// Builds the indexes that were taken away; does nothing when they are there.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn index(&mut self) -> Result<()> {
        for sql in std::mem::take(&mut self.unindexed) {
            self.connection().execute(&sql, [])?;
        }
        Ok(())
    }
}
