//! Making anew what is damaged and can be: derived tables, and indexes.
//!
//! Neither can be emptied or dropped: that reads every page which is given back, and stops at the one that is damaged. So they
//! are taken out of the schema and made again; the pages that they had are given back when the file is written anew
//! ([`Store::give_back`]).

use crate::store::care::Curable;
use crate::store::{Located, Result, Store, StoreError, Writer, schema};

impl Writer<'_> {
    /// Makes derived tables and indexes anew. The tables are empty then: whoever calls this goes on to compute what was in them.
    ///
    /// # Errors
    /// When the file cannot be read or written. Of a table that an index is of, every row is read.
    pub fn remake(&mut self, damaged: &Curable) -> Result<()> {
        for name in &damaged.names {
            schema::forget(self.connection(), name)?;
        }
        // What is computed anew reads by the indexes, so all of them are there before anything is.
        for name in &damaged.names {
            for sql in schema::statements_of(name)? {
                self.connection().execute(&sql, [])?;
            }
        }
        if !damaged.names.is_empty() {
            self.connection().flush_prepared_statement_cache();
        }
        Ok(())
    }
}

impl Store {
    /// Writes the file anew, without the pages that nothing leads to.
    ///
    /// # Errors
    /// When there is no room for it, or another process is using the file. It is as it was then.
    pub fn give_back(&mut self) -> Result<()> {
        self.end_leftover()?;
        // It lies in a temporary file meanwhile, not in memory.
        self.connection.pragma_update(None, "temp_store", "FILE")?;
        let done = self.connection.execute_batch("VACUUM");
        self.connection
            .pragma_update(None, "temp_store", "MEMORY")?;
        done.map_err(|error| StoreError::from(error).at(self.path()))
    }
}
