//! Dumps and exports as JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::exchange::export::dump::Counts;

/// A backup that was written.
#[derive(Debug, Serialize)]
pub struct BackupJson {
    file: String,
    bytes: u64,
}

impl BackupJson {
    /// Where it is, and how large.
    #[must_use]
    pub fn new(file: &Path, bytes: u64) -> Self {
        Self {
            file: file.display().to_string(),
            bytes,
        }
    }
}

/// What a dump holds.
#[derive(Debug, Serialize)]
pub struct RestoredJson {
    restored: bool,
    contents: u64,
    actions: u64,
    changes: u64,
    rows: BTreeMap<String, u64>,
    views: u64,
    mappings: u64,
}

impl RestoredJson {
    /// The counts of a dump, and whether it was restored or only read.
    #[must_use]
    pub fn new(counts: &Counts, restored: bool) -> Self {
        Self {
            restored,
            contents: counts.content,
            actions: counts.action,
            changes: counts.change,
            rows: counts.row.clone(),
            views: counts.view,
            mappings: counts.mapping,
        }
    }
}
