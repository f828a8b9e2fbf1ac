//! Waiting for the disk apart from the writing, for whoever shows what was done and must not wait for that.
//!
//! By default a write returns when it would survive that the power fails: SQLite waits for the disk within each commit.
//! [`Store::wait_apart`] leaves that to a thread of the caller. A commit then hands its pages to the system and is seen by every
//! connection at once; it survives a kill of the program from then on, and a power failure when [`LogOnDisk::wait`] has returned.
//! The log is written from its beginning to its end, so a power failure before that costs the last commits and never the
//! sense of the file: `synchronous = NORMAL` in the words of <https://sqlite.org/pragma.html#pragma_synchronous>. A checkpoint
//! waits for the log before it touches the file, whatever is set.

use std::fs::File;
use std::path::PathBuf;

use super::care::Checkpointing;
use super::{Result, Store, StoreError};

/// Writes a setting of this copy for nothing but to begin the log anew. What does not change SQLite does not write.
const BEGIN: &str = "INSERT INTO setting (name, value) VALUES ('log', 'odd')
    ON CONFLICT (name) DO UPDATE SET value = CASE value WHEN 'odd' THEN 'even' ELSE 'odd' END";

/// The pages of the log that this setting takes.
const BEGINNING: i64 = 1;

/// The log beside a workspace, to wait for from another thread. SQLite locks the file and the index of the log, never the log
/// itself, so that no lock is given up when this handle is closed.
#[derive(Debug)]
pub struct LogOnDisk {
    log: File,
    /// The workspace.
    path: PathBuf,
}

impl LogOnDisk {
    #[cfg(test)]
    pub(super) fn metadata(&self) -> std::io::Result<std::fs::Metadata> {
        self.log.metadata()
    }

    /// Waits until all that was written to the log before is on the disk.
    ///
    /// # Errors
    /// The disk does not confirm it. What was written stays visible, and may be gone after a power failure.
    pub fn wait(&self) -> Result<()> {
        self.log
            .sync_data()
            .map_err(|source| StoreError::Unconfirmed {
                path: self.path.clone(),
                source,
            })
    }
}

impl Store {
    /// Where the log lies, beside the file.
    pub(super) fn log_path(&self) -> PathBuf {
        let mut log = self.path().as_os_str().to_owned();
        log.push("-wal");
        log.into()
    }

    /// From now on no write waits for the disk: the caller does, by what this answers, after each of them.
    ///
    /// # Errors
    /// The log cannot be opened, and the workspace is written as before: in memory, or only to be read, it has none.
    pub fn wait_apart(&mut self) -> Result<LogOnDisk> {
        // The log is there from the first look on.
        self.data_version()?;
        let log = self.log_path();
        let opened = File::open(&log).map_err(|source| StoreError::Files {
            attempt: "wait for the disk where the log lies, at",
            path: log,
            source,
        })?;
        self.connection
            .pragma_update(None, "synchronous", "NORMAL")?;
        self.waits_apart = true;
        Ok(LogOnDisk {
            log: opened,
            path: self.path().to_owned(),
        })
    }

    /// Copies what it can of the log into the file, without waiting for other connections. For idle moments: the disk is waited for.
    ///
    /// Behind a log that was copied as a whole the next write begins it anew, and SQLite waits for the disk there whatever is set.
    /// So that this is no deed of somebody who looks on, a setting is written at once, and is left in the log.
    ///
    /// # Errors
    /// When the disk refuses, or another process is writing.
    pub fn empty_log(&mut self) -> Result<()> {
        if !self.waits_apart {
            return self.checkpoint(Checkpointing::Passive).map(|_| ());
        }
        if self.checkpoint(Checkpointing::Look)?.log <= BEGINNING {
            return Ok(());
        }
        let done = self.checkpoint(Checkpointing::Passive)?;
        match done.log == done.copied {
            true => self.alter(BEGIN, []),
            false => Ok(()),
        }
    }
}
