//! A transaction that writes much: an import, or the restoring of a dump.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::connection::{SMALL_CACHE, keep_log};
use super::{Located, Result, Store, Writer};

/// The page cache of such a transaction, in SQLite's way of saying kibibytes: negated. An empty table of feedback is filled in
/// order, and its indexes are built in the end: that needs less.
const LARGE_CACHE: i64 = -96 * 1_024;
const FILLING_CACHE: i64 = -32 * 1_024;

impl Store {
    /// Like [`Store::write`], for an import: with more memory, and without the log where it can be.
    ///
    /// Identities are random by design, so the pages of their indexes are written all over; a small cache would hand
    /// each of them to the system and fetch it back again and again.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_many<T, E: Located>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let expected = self.expect_many();
        let done = catch_unwind(AssertUnwindSafe(|| {
            expected.map_err(|error| error.at(self.path()))?;
            self.write(work)
        }));
        // What was written stays written, whatever becomes of the memory and the log.
        let _ = self.expect_few();
        done.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn expect_many(&self) -> Result<()> {
        self.end_leftover()?;
        let connection = &self.connection;
        const EMPTY: &str =
            "SELECT NOT EXISTS (SELECT 1 FROM feedback), NOT EXISTS (SELECT 1 FROM idea)";
        let (fills, no_idea): (bool, bool) =
            connection.query_row(EMPTY, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let cache = if fills { FILLING_CACHE } else { LARGE_CACHE };
        connection.pragma_update(None, "cache_size", cache)?;
        // Sorting a million entries of an index in memory would take more of that than all the rest.
        connection.pragma_update(None, "temp_store", "FILE")?;
        if fills && no_idea {
            // Nearly all pages will be new: they need no copy, neither in a log nor in a journal, and a kill leaves a
            // journal which takes the file back to what it was. Nobody else may have it open, so this may be refused.
            let _ = connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
        }
        // What a row of an import refers to was found in the same transaction; SQLite would look for each a second time.
        Ok(connection.pragma_update(None, "foreign_keys", false)?)
    }

    fn expect_few(&self) -> Result<()> {
        // Each by itself: what cannot be done is no reason to leave the others. Nothing is enforced within a transaction.
        let ended = self.end_leftover();
        let connection = &self.connection;
        let enforced = connection.pragma_update(None, "foreign_keys", true);
        let cached = connection.pragma_update(None, "cache_size", SMALL_CACHE);
        let stored = connection.pragma_update(None, "temp_store", "MEMORY");
        let kept = keep_log(connection, self.patience).map(drop);
        ended?;
        enforced?;
        cached?;
        stored?;
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{act, scratch};
    use crate::store::{OpenOptions, StoreError};

    fn pragma(store: &Store, name: &str) -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        let answer = store.connection.query_row(&sql, [], |row| row.get(0));
        answer.expect("a pragma")
    }

    fn manner(store: &Store) -> [String; 4] {
        ["journal_mode", "foreign_keys", "cache_size", "temp_store"].map(|name| pragma(store, name))
    }

    #[test]
    fn whatever_becomes_of_it_the_file_has_its_log_again_and_references_are_looked_at() {
        let (_folder, mut store) = scratch();
        let before = manner(&store);
        assert_eq!(before[..2], ["wal", "1"]);
        let failed: Result<()> = store.write_many(|writer| {
            let mode: String = writer
                .connection()
                .query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
            assert_eq!(mode, "delete");
            Err(StoreError::UnknownContent(uuid::Uuid::nil()))
        });
        assert!(failed.is_err());
        assert_eq!(manner(&store), before);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            store.write_many(|_| -> Result<()> { panic!("as it should be") })
        }));
        assert!(panicked.is_err());
        assert_eq!(manner(&store), before);
        store
            .write_many(|writer| act(writer, 1))
            .expect("an action");
        assert_eq!(manner(&store), before);
        let actions = store.read(|reader| reader.actions(None, 9));
        assert_eq!(actions.expect("a read").len(), 1);
    }

    #[test]
    fn a_file_that_another_window_has_open_keeps_its_log() {
        let (_folder, mut store) = scratch();
        let other = Store::open(store.path(), &OpenOptions::default()).expect("a second window");
        let written = store.write_many(|writer| {
            let mode: String = writer
                .connection()
                .query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
            assert_eq!(mode, "wal");
            // It reads meanwhile.
            let actions = other.read(|reader| reader.actions(None, 9))?;
            assert!(actions.is_empty());
            act(writer, 1)
        });
        written.expect("an action");
        let actions = other.read(|reader| reader.actions(None, 9));
        assert_eq!(actions.expect("a read").len(), 1);
    }
}
