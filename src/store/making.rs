//! A new workspace: its file appears under its name when it is whole.
//!
//! Where there is no room for it, or the program is ended meanwhile, nothing is left under that name; and no file is ever
//! deleted which another process may have begun to use.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::connection::configure;
use super::file::{files, folder_of, keep_private};
use super::migrations;
use super::{Result, StoreError};

/// What a file of SQLite's is called that holds what is not in the file proper yet.
const LOGS: [&str; 2] = ["-wal", "-journal"];

/// How the name of a file begins and ends that is to become a workspace.
const UNFINISHED: (&str, &str) = (".intake-", ".new");

/// So old is nothing that is still being made: that takes a moment.
const LEFT: Duration = Duration::from_secs(60 * 60);

/// Makes an empty workspace at `path`, for its owner alone. Where another process was faster, its workspace is as good.
///
/// # Errors
/// There is no room, the folder cannot be written, or a log of an earlier file of that name lies there.
pub(super) fn make(path: &Path) -> Result<()> {
    let cannot = |source| files("make the workspace", path, source);
    if let Some(log) = log_of(path) {
        // Whoever was faster may have begun to write.
        return match path.exists() {
            true => Ok(()),
            false => Err(StoreError::Leftover {
                path: path.to_owned(),
                log,
            }),
        };
    }
    let folder = folder_of(path).unwrap_or(Path::new("."));
    // With the rights of its owner alone, under a name that nobody has.
    let file = tempfile::Builder::new()
        .prefix(UNFINISHED.0)
        .suffix(UNFINISHED.1)
        .tempfile_in(folder)
        .map_err(cannot)?;
    sweep(folder, &file.as_file().metadata().map_err(cannot)?);
    // A umask can only take bits away, but it can take the owner's.
    keep_private(file.path()).map_err(cannot)?;
    fill(file.path()).map_err(|source| StoreError::opening(source, path))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if has_no_links(&error.error) => plain(path).map_err(cannot),
        Err(error) => Err(cannot(error.error)),
    }
}

/// Removes what programs left in a folder that were killed while they made a workspace there, with its logs: what is old beside
/// the file that is being made now. What cannot be looked at or removed stays: nobody needs it.
fn sweep(folder: &Path, new: &fs::Metadata) {
    let (Ok(entries), Ok(now)) = (fs::read_dir(folder), new.modified()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let name = LOGS
            .iter()
            .find_map(|log| name.strip_suffix(log))
            .unwrap_or(&name);
        let is_ours = name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
        let is_left = || {
            let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            let age = now.duration_since(about.modified().ok()?).ok()?;
            Some(age > LEFT)
        };
        if is_ours && is_left() == Some(true) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Puts an empty workspace into an empty file.
fn fill(path: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut connection = Connection::open_with_flags(path, flags)?;
    configure(&connection, Duration::ZERO)?;
    // What fails is thrown away.
    connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    migrations::migrate(&mut connection, |_| Ok::<_, rusqlite::Error>(()))?;
    connection.close().map_err(|(_, error)| error)
}

/// Whether the disk knows no way to give a file a name that must be free.
fn has_no_links(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported)
}

/// Makes an empty file, which is filled where it lies.
fn plain(path: &Path) -> io::Result<()> {
    match fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
    {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
        Ok(_) => keep_private(path),
    }
}

/// A log beside `path` that holds something. SQLite would put that into the new file, or delete it.
fn log_of(path: &Path) -> Option<&'static str> {
    LOGS.into_iter().find(|ending| {
        let mut log = path.as_os_str().to_owned();
        log.push(ending);
        fs::metadata(log).is_ok_and(|about| about.len() > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_never_finished_goes_with_the_next_workspace_once_it_is_old() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = [".intake-a1b2c3.new", ".intake-a1b2c3.new-journal"];
        let others = [".intake-d4e5f6.part", ".intake.new", "x.new", "notes.txt"];
        for name in left.iter().chain(&others) {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        let there = |name: &&str| folder.path().join(name).exists();
        make(&folder.path().join("one.db")).expect("made");
        assert!(left.iter().all(there), "they may still be made");
        for name in left.iter().chain(&others) {
            let path = folder.path().join(name);
            let file = fs::File::options().write(true).open(path).expect("a file");
            let now = file.metadata().and_then(|about| about.modified());
            file.set_modified(now.expect("a time") - 2 * LEFT)
                .expect("made old");
        }
        make(&folder.path().join("two.db")).expect("made");
        assert!(!left.iter().any(there));
        assert!(others.iter().all(there));
    }
}
