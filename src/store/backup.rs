//! A copy of the workspace as it is at one moment, also while others write to it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::connection::SIDE_FILES;
use super::file::{files, folder_of, keep_private};
use super::{Result, Store, StoreError};

/// What is attempted where the system refuses.
const ATTEMPT: &str = "write the backup";

impl Store {
    /// Writes what was stored up to now, the log included, to a new workspace at `path`, for its owner alone. The file appears
    /// when it is whole and has reached the disk. Answers its bytes.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where there is something already; [`StoreError::SideFile`] where SQLite would take the file for one of its
    /// own; [`StoreError::Damaged`] where the workspace is damaged, so that nothing bad is kept in the place of something good; when the
    /// file cannot be read or the copy cannot be written; and when it was interrupted. Nothing is left then.
    pub fn backup(&self, path: &Path) -> Result<u64> {
        let cannot = |source| files(ATTEMPT, path, source);
        let taken = || StoreError::Taken {
            path: path.to_owned(),
        };
        if fs::symlink_metadata(path).is_ok() {
            return Err(taken());
        }
        let ends = path.as_os_str().as_encoded_bytes();
        if SIDE_FILES
            .iter()
            .any(|side| ends.ends_with(side.as_bytes()))
        {
            return Err(StoreError::SideFile {
                path: path.to_owned(),
            });
        }
        // A copy tells nothing of what it lacks: references that lead nowhere are copied, and SQLite passes over lost rows.
        let damage = self.flaws()?;
        if !damage.is_empty() {
            let path = self.path().to_owned();
            return Err(StoreError::Damaged { path, damage });
        }
        let folder = folder_of(path).unwrap_or(Path::new("."));
        // With the rights of its owner alone, under a name that nobody has.
        let copy = tempfile::Builder::new()
            .prefix(".intake-")
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(cannot)?;
        keep_private(copy.path()).map_err(cannot)?;
        self.copy_to(copy.path(), path)?;
        self.is_as_it_was()?;
        let bytes = reach_the_disk(copy.path()).map_err(cannot)?;
        match copy.persist_noclobber(path) {
            Ok(_) => {}
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(taken());
            }
            Err(error) => return Err(cannot(error.error)),
        }
        // Lets the new name survive a loss of power, where the system can do that.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(bytes)
    }

    /// Fills an empty file. SQLite's own copy is of one snapshot, and keeps nobody from writing.
    fn copy_to(&self, copy: &Path, named: &Path) -> Result<()> {
        self.end_leftover()?;
        let Some(copy) = copy.to_str() else {
            let source = io::Error::new(
                io::ErrorKind::InvalidInput,
                "the name of its folder is no UTF-8",
            );
            return Err(files(ATTEMPT, named, source));
        };
        // Where the workspace itself may only be read, a copy of it may be written.
        let only_reads = "query_only";
        let asked = |row: &rusqlite::Row<'_>| row.get::<_, bool>(0);
        let before = self
            .connection
            .pragma_query_value(None, only_reads, asked)?;
        self.connection.pragma_update(None, only_reads, false)?;
        let done = self.connection.execute("VACUUM INTO ?1", [copy]);
        self.connection.pragma_update(None, only_reads, before)?;
        done.map(|_| ()).map_err(|source| StoreError::Backup {
            path: named.to_owned(),
            source,
        })
    }
}

/// Waits until a file is on its disk, and answers its bytes.
fn reach_the_disk(path: &Path) -> io::Result<u64> {
    let file = File::options().write(true).open(path)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}
