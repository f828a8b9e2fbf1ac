//! Opening a workspace only to read it, where nothing can be written beside it: a full disk, a medium or a folder that is
//! read-only.
//!
//! A reader of a file with a log writes, too: SQLite keeps an index of the log in shared memory beside it. Two ways do without:
//!
//! ```text
//!   something in the log   alone with the file, the index in our own memory
//!   nothing in it          a file that does not change meanwhile: no log, no locks
//! ```
//!
//! Somebody who may write could change it nevertheless. So what the file was like is noted, and compared behind every read.

use std::fmt::Write as _;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::connection::{OpenOptions, known};
use super::file::files;
use super::log::log_path;
use super::search_door::Memory;
use super::{Result, StoreError};
use crate::problem::Problem;

/// A connection, and what is remembered of its index.
type Ready = (Connection, Memory);

/// Why a workspace is only read, and the file as it was where it is read without locks.
#[derive(Debug)]
pub(super) struct OnlyRead {
    pub(super) why: Problem,
    unchanged: Option<Unchanged>,
}

impl OnlyRead {
    /// Whether what was read since the opening is of one state of the file.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when somebody has written to it meanwhile.
    pub(super) fn check(&self) -> Result<()> {
        let Some(unchanged) = &self.unchanged else {
            return Ok(());
        };
        match Unchanged::now(&unchanged.path) {
            Ok(now) if now.is_like(unchanged) => Ok(()),
            _ => Err(StoreError::Changed {
                path: unchanged.path.clone(),
            }),
        }
    }
}

/// What tells that a file is as it was: its length, when it was written, and its header, whose counter grows where that was too
/// quick for its clock.
#[derive(Debug)]
struct Unchanged {
    path: PathBuf,
    about: Metadata,
    header: [u8; 100],
}

impl Unchanged {
    fn now(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut header = [0; 100];
        file.read_exact(&mut header)?;
        Ok(Self {
            path: path.to_owned(),
            about: file.metadata()?,
            header,
        })
    }

    fn is_like(&self, other: &Self) -> bool {
        let about = |it: &Self| (it.about.len(), it.about.modified().ok(), it.header);
        about(self) == about(other)
    }
}

/// What was opened, or, where that failed because nothing can be written and `options` allow it, the file to read; with why it is
/// only read.
///
/// # Errors
/// What was wrong first: it is what has to be mended.
pub(super) fn else_to_read(
    ready: Result<Ready>,
    path: &Path,
    options: &OpenOptions,
) -> Result<(Ready, Option<OnlyRead>)> {
    match ready {
        Err(error) if options.or_read && error.is_unwritable() => match to_read(path, options) {
            Ok((ready, unchanged)) => {
                let why = error.of_opening(path).into();
                Ok((ready, Some(OnlyRead { why, unchanged })))
            }
            Err(_) => Err(error),
        },
        ready => ready.map(|ready| (ready, None)),
    }
}

/// Opens the file at `path`, which is ours, to read it.
///
/// # Errors
/// When it cannot be read either, another program has it open, or it is of an older version, which has to be written anew.
fn to_read(path: &Path, options: &OpenOptions) -> Result<(Ready, Option<Unchanged>)> {
    let flags = OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let log = fs::metadata(log_path(path));
    let (connection, unchanged) = if log.is_ok_and(|log| log.is_file() && log.len() > 0) {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
        // The log stays as it is.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        (connection, None)
    } else {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let unchanged = Unchanged::now(path).map_err(|source| files("read", path, source))?;
        let connection = Connection::open_with_flags(unchanging(path), flags)?;
        (connection, Some(unchanged))
    };
    let (connection, memory) = known(connection, path, options)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(((connection, memory), unchanged))
}

/// The name by which SQLite takes a file as one that does not change.
fn unchanging(path: &Path) -> String {
    let mut name = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => name.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => name.push(char::from(*byte)),
            // Writing to a String cannot fail.
            byte => _ = write!(name, "%{byte:02X}"),
        }
    }
    name + "?immutable=1"
}
