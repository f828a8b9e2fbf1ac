//! Opening a workspace only to read it, where nothing can be written beside it: a full disk, a medium or a folder that is
//! read-only.
//!
//! A reader of a file with a log writes, too: SQLite keeps an index of the log in shared memory beside it. Two ways do without:
//!
//! ```text
//!   something in the log   alone with the file, the index in our own memory
//!   nothing in it          a file that does not change meanwhile: no log, no locks
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::Result;
use super::connection::{OpenOptions, known};
use super::log::log_path;
use super::search_door::Memory;
use crate::problem::Problem;

/// A connection, and what is remembered of its index.
type Ready = (Connection, Memory);

/// What was opened, or, where that failed because nothing can be written and `options` allow it, the file to read; with why it is
/// only read.
///
/// # Errors
/// What was wrong first: it is what has to be mended.
pub(super) fn else_to_read(
    ready: Result<Ready>,
    path: &Path,
    options: &OpenOptions,
) -> Result<(Ready, Option<Problem>)> {
    match ready {
        Err(error) if options.or_read && error.is_unwritable() => match to_read(path, options) {
            Ok(ready) => Ok((ready, Some(error.of_opening(path).into()))),
            Err(_) => Err(error),
        },
        ready => ready.map(|ready| (ready, None)),
    }
}

/// Opens the file at `path`, which is ours, to read it.
///
/// # Errors
/// When it cannot be read either, another program has it open, or it is of an older version, which has to be written anew.
fn to_read(path: &Path, options: &OpenOptions) -> Result<Ready> {
    let flags = OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let log = fs::metadata(log_path(path));
    let connection = if log.is_ok_and(|log| log.is_file() && log.len() > 0) {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
        // The log stays as it is.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection
    } else {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(unchanging(path), flags)?
    };
    let (connection, memory) = known(connection, path, options)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok((connection, memory))
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
