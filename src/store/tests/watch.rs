//! What statements are run, and how SQLite goes about them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use rusqlite::StatementStatus;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::store::Store;

/// What a test saw of the statements.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Those that were run, as they are written.
    pub(crate) statements: BTreeSet<String>,
    /// Those that SQLite prepared anew by itself.
    pub(crate) prepared_again: BTreeSet<String>,
}

impl Store {
    /// Takes note of the statements that are run from here on.
    pub(crate) fn watch(&mut self) -> Arc<Mutex<Seen>> {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let watcher = Arc::clone(&seen);
        let watched = self.connection.trace_v2(
            TraceEventCodes::SQLITE_TRACE_STMT,
            Some(move |event: TraceEvent<'_>| {
                let TraceEvent::Stmt(statement, _) = event else {
                    return;
                };
                let mut seen = watcher.lock().expect("nobody panics meanwhile");
                let sql = statement.sql().into_owned();
                if statement.get_status(StatementStatus::RePrepare) > 0 {
                    seen.prepared_again.insert(sql.clone());
                }
                seen.statements.insert(sql);
            }),
        );
        watched.expect("it is watched");
        seen
    }

    /// The lines of the plan of a statement; none for those that have none.
    pub(crate) fn explain(&self, sql: &str) -> Vec<String> {
        let first = sql.split_whitespace().next().unwrap_or_default();
        if !["SELECT", "WITH", "UPDATE", "DELETE", "INSERT", "REPLACE"].contains(&first) {
            return Vec::new();
        }
        // The tables of a full-text index refuse whoever is not the index; its own statements go by their keys.
        let own = ["_content'", "_data'", "_idx'", "_docsize'", "_config'"];
        if own.iter().any(|name| sql.contains(name)) {
            return Vec::new();
        }
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut explained = self.connection.prepare(&sql).expect("a plan");
        let lines = explained.raw_query().mapped(|row| row.get("detail"));
        lines.collect::<rusqlite::Result<_>>().expect("a plan")
    }
}
