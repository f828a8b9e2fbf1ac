//! Filling empty tables: their indexes are built at the end, by sorting, instead of row by row.
//!
//! A million rows that go into fourteen indexes one by one touch pages all over the file, each of them many times. Built
//! from the finished table an index costs a third, and has full pages. It is the same transaction: whatever stops the
//! work leaves the indexes as they were.
//!
//! The index of identities is the worst of them, because those are random, and SQLite neither drops nor adds the index of
//! a `UNIQUE` column. So such a table, while it is empty, is made without it; in the end the index is built under a name
//! of its own, and then table and index are entered in the schema as they were. To SQLite and to `intake doctor` the file
//! is the same as one that was filled row by row.

use super::known::Table;
use super::{Result, Writer, schema};
use crate::domain::entity::Entity;

/// The tables that an import fills.
const TABLES: [Table; 3] = [
    Table::Contents,
    Table::Things(Entity::Feedback),
    Table::Things(Entity::FeedbackTag),
];

/// Indexes which few rows enter: keeping them costs nothing, and building each reads the whole table.
const SPARSE: [&str; 8] = [
    "feedback_hidden",
    "feedback_by_link",
    "feedback_by_reporter",
    "feedback_by_owner",
    "feedback_by_area",
    "feedback_by_original",
    "feedback_by_processed",
    "feedback_owed",
];

/// How the column of identities begins in the statements that make these tables, blanks apart, and how without its index.
const UNIQUE: &str = " NOT NULL UNIQUE";
const PLAIN: &str = " NOT NULL";

/// The page cache while indexes are built, in SQLite's way of saying kibibytes. So much is sorted at once: as much as fits
/// into the cache of the processor. The parts are merged from a temporary file, which takes half the time and less memory.
const SORTING_CACHE: i64 = -2 * 1_024;

/// How many threads sort. With one, whoever reads often waits for it: of two cores, three take a tenth less time for all indexes.
const SORTING_THREADS: i64 = 3;

/// What was taken away from a table.
pub(super) struct Unindexed {
    table: Table,
    /// The statement that made it, where it was made anew.
    made_by: Option<String>,
    /// Those that make its indexes.
    indexes: Vec<String>,
}

impl Writer<'_> {
    /// Takes the indexes of feedback, its tags and texts away until [`Writer::index`], where these tables are empty, and has
    /// new texts indexed for the search by another thread.
    ///
    /// Until then only look-ups by identity are quick there. [`Writer::settle`] builds what is still missing.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn index_last(&mut self) -> Result<()> {
        self.index_beside();
        self.pack_texts_alike();
        for table in TABLES {
            let empty = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", table.name());
            if self.first(&empty, [], |row| row.get(0))? == Some(true) {
                self.take_indexes(table)?;
            }
        }
        Ok(())
    }

    fn take_indexes(&mut self, table: Table) -> Result<()> {
        let name = table.name();
        let sql = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY rowid";
        let (mut made_by, mut dense, mut sparse) = (String::new(), Vec::new(), Vec::new());
        for (kind, index, sql) in self.collect(sql, [name], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })? {
            let (kind, index, sql): (String, String, String) = (kind, index, sql);
            match kind.as_str() {
                "table" => made_by = sql,
                "index" if SPARSE.contains(&index.as_str()) => sparse.push(sql),
                "index" => dense.push((index, sql)),
                _ => {}
            }
        }
        let is_ours = made_by.matches(UNIQUE).count() == 1;
        if is_ours {
            self.connection()
                .execute(&format!("DROP TABLE \"{name}\""), [])?;
            let plain = made_by.replacen(UNIQUE, PLAIN, 1);
            self.connection().execute(&plain, [])?;
            for sql in sparse {
                self.connection().execute(&sql, [])?;
            }
            // Nobody asks for the tags of what is new.
            if table != Table::Things(Entity::FeedbackTag) {
                self.known.remember_all(table);
            }
        } else {
            for (index, _) in &dense {
                self.connection()
                    .execute(&format!("DROP INDEX \"{index}\""), [])?;
            }
        }
        self.unindexed.push(Unindexed {
            table,
            made_by: is_ours.then_some(made_by),
            indexes: dense.into_iter().map(|(_, sql)| sql).collect(),
        });
        Ok(())
    }

    /// Builds the indexes that were taken away; does nothing when they are there.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn index(&mut self) -> Result<()> {
        let unindexed = std::mem::take(&mut self.unindexed);
        if unindexed.is_empty() {
            return Ok(());
        }
        // The memory is for the sorting now.
        for Unindexed { table, .. } in &unindexed {
            self.known.remember_some(*table);
        }
        let connection = self.connection();
        let cache: i64 = connection.query_row("PRAGMA cache_size", [], |row| row.get(0))?;
        connection.pragma_update(None, "cache_size", SORTING_CACHE)?;
        // Parts are sorted by other threads while the next is read.
        connection.pragma_update(None, "threads", SORTING_THREADS)?;
        let built = self.build(&unindexed);
        connection.pragma_update(None, "threads", 0)?;
        connection.pragma_update(None, "cache_size", cache)?;
        built
    }

    fn build(&self, unindexed: &[Unindexed]) -> Result<()> {
        for Unindexed { table, made_by, .. } in unindexed {
            if let Some(made_by) = made_by {
                self.index_identities(table.name(), made_by)?;
            }
        }
        for sql in unindexed.iter().flat_map(|taken| &taken.indexes) {
            self.connection().execute(sql, [])?;
        }
        if !unindexed.is_empty() {
            // The schema is another now: SQLite would prepare each statement once more whenever it is run first.
            self.connection().flush_prepared_statement_cache();
        }
        Ok(())
    }

    /// Builds the index of the identities of a table which was made without it, and enters both as they were.
    fn index_identities(&self, table: &str, made_by: &str) -> Result<()> {
        let connection = self.connection();
        let index = format!("{table}_by_key");
        connection.execute(
            &format!("CREATE UNIQUE INDEX \"{index}\" ON \"{table}\" (key)"),
            [],
        )?;
        schema::edit(connection, || self.enter_as_it_was(table, &index, made_by))
    }

    fn enter_as_it_was(&self, table: &str, index: &str, made_by: &str) -> Result<()> {
        let connection = self.connection();
        connection.execute(
            "UPDATE sqlite_schema SET sql = ?2 WHERE type = 'table' AND name = ?1",
            [table, made_by],
        )?;
        connection.execute(
            "UPDATE sqlite_schema SET name = 'sqlite_autoindex_' || ?1 || '_1', sql = NULL
             WHERE type = 'index' AND name = ?2",
            [table, index],
        )?;
        Ok(())
    }
}
