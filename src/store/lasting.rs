//! Waiting for the disk apart from the writing, for whoever shows what was done and must not wait for that.
//!
//! By default a write returns when it would survive that the power fails: SQLite waits for the disk within each commit.
//! [`Store::wait_apart`] leaves that to a thread of the caller. A commit then hands its pages to the system and is seen by every
//! connection at once; it survives a kill of the program from then on, and a power failure when [`LogOnDisk::wait`] has returned.
//! The log is written from its beginning to its end, so a power failure before that costs the last commits and never the
//! sense of the file: `synchronous = NORMAL` in the words of <https://sqlite.org/pragma.html#pragma_synchronous>. A checkpoint
//! waits for the log before it touches the file, whatever is set.
//!
//! A disk that refused says so once: the system takes the pages for written from then on, and a later wait succeeds over the
//! hole. So nothing counts as confirmed behind a refusal, and nothing more is written, until the log has been moved to
//! the file from memory, and is empty on the disk.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::care::Checkpointing;
use super::{Result, Store, StoreError};

/// How long the log may be, in pages (4 MB), until an idle moment moves it to the file: as long as SQLite has it by default. To move it
/// waits for the disk twice, and so does the first write behind that.
const LONG: i64 = 1_000;

/// The log beside a workspace. SQLite locks the file and the index of the log, never the log itself, so that no lock is given up
/// when this handle is closed.
#[derive(Debug)]
pub(super) struct Log {
    file: File,
    /// The workspace.
    path: PathBuf,
    /// Whether the disk refused since the log was empty last.
    refused: AtomicBool,
}

/// What waits for the log from another thread.
#[derive(Clone, Debug)]
pub struct LogOnDisk(Arc<Log>);

impl LogOnDisk {
    /// Waits until all that was written to the log before is on the disk.
    ///
    /// # Errors
    /// The disk does not confirm it, or did not confirm what stands before it in the log. What was written stays visible, and may
    /// be gone after a power failure.
    pub fn wait(&self) -> Result<()> {
        self.after(self.0.file.sync_data())
    }

    /// What a wait has said, and those before it.
    pub(super) fn after(&self, waited: io::Result<()>) -> Result<()> {
        match waited {
            Ok(()) if !self.0.refused.load(Ordering::SeqCst) => Ok(()),
            Ok(()) => Err(self.0.unconfirmed(io::ErrorKind::Other.into())),
            Err(why) => {
                self.0.refused.store(true, Ordering::SeqCst);
                Err(self.0.unconfirmed(why))
            }
        }
    }

    #[cfg(test)]
    pub(super) fn metadata(&self) -> io::Result<std::fs::Metadata> {
        self.0.file.metadata()
    }
}

impl Log {
    fn unconfirmed(&self, source: io::Error) -> StoreError {
        StoreError::Unconfirmed {
            path: self.path.clone(),
            source,
        }
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
        let path = self.log_path();
        let file = File::open(&path).map_err(|source| StoreError::Files {
            attempt: "wait for the disk where the log lies, at",
            path,
            source,
        })?;
        self.connection
            .pragma_update(None, "synchronous", "NORMAL")?;
        let log = Arc::new(Log {
            file,
            path: self.path().to_owned(),
            refused: AtomicBool::new(false),
        });
        self.log = Some(Arc::clone(&log));
        Ok(LogOnDisk(log))
    }

    /// Refuses to write behind what the disk did not confirm, unless all of it can be brought to the disk in another way.
    ///
    /// # Errors
    /// [`StoreError::Unconfirmed`] where it cannot.
    pub(super) fn is_confirmed(&self) -> Result<()> {
        let Some(log) = &self.log else { return Ok(()) };
        if !log.refused.load(Ordering::SeqCst) {
            return Ok(());
        }
        // What is in memory still is written to the file, and the log with the hole must not come back beside that.
        let is_moved = self.checkpoint(Checkpointing::Whole)?.log == 0;
        let emptied = match is_moved {
            true => log.file.sync_all(),
            false => Err(io::ErrorKind::ResourceBusy.into()),
        };
        emptied.map_err(|why| log.unconfirmed(why))?;
        log.refused.store(false, Ordering::SeqCst);
        Ok(())
    }

    /// Copies what it can of the log into the file, without waiting for other connections, where there is much of it or every
    /// write waits for the disk anyway. For idle moments: the disk is waited for.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn empty_log(&self) -> Result<()> {
        self.is_confirmed()?;
        if self.log.is_none() || self.checkpoint(Checkpointing::Look)?.log >= LONG {
            self.checkpoint(Checkpointing::Passive)?;
        }
        Ok(())
    }
}
