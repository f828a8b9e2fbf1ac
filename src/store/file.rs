//! The file itself, before SQLite sees it: whose it is, where it is, who may read it.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::log::check_log;
use super::making::make;
use super::migrations::{APPLICATION_ID, VERSION};
use super::{Result, StoreError};

/// Where the header of a SQLite file has the version of the schema and the id of the application (big endian).
const HEADER: usize = 100;
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

/// How many connections of this process each file has.
///
/// On POSIX systems, closing *any* handle of a file gives up *every* lock that the process has on it, those of SQLite
/// included; another process could then take the log away under us. So a file that this process has open already is
/// never opened beside SQLite, and one that it has not is checked and made while nobody here can open it.
static OPEN: LazyLock<Mutex<HashMap<PathBuf, usize>>> = LazyLock::new(Mutex::default);

fn open_files() -> MutexGuard<'static, HashMap<PathBuf, usize>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is ours (or empty, and about to be), for as long as this process has it open.
#[derive(Debug)]
pub(super) struct OurFile {
    path: PathBuf,
    /// Which file that was.
    identity: Option<Identity>,
    /// Whether it is open; else there is none.
    is_open: bool,
}

/// What tells a file from another one of the same name: its device and its number there.
type Identity = (u64, u64);

impl OurFile {
    /// Checks the file at `path`, or makes a workspace when there is none and `create` says so.
    pub(super) fn at(path: &Path, create: bool) -> Result<Self> {
        let mut open = open_files();
        let path = prepare(path, create, &open)?;
        *open.entry(path.clone()).or_default() += 1;
        let identity = identity(&path);
        Ok(Self {
            path,
            identity,
            is_open: true,
        })
    }

    /// The file that is not at `path` yet, or is empty; `None` when there is one. Nothing is made.
    ///
    /// # Errors
    /// No workspace can be made there.
    pub(super) fn absent(path: &Path) -> Result<Option<Self>> {
        let absent = match look(path)? {
            None => path.to_owned(),
            Some(_) if fs::metadata(path).is_ok_and(|about| about.len() > 0) => return Ok(None),
            Some(path) => path,
        };
        Ok(Some(Self {
            path: absent,
            identity: None,
            is_open: false,
        }))
    }

    /// Refuses when the path no longer leads to the file that was opened. SQLite would go on in a file which nobody
    /// finds any more, and everything that was done from then on would be lost when it is closed.
    pub(super) fn is_still_there(&self) -> Result<()> {
        if !self.is_open || identity(&self.path) == self.identity {
            return Ok(());
        }
        Err(StoreError::Gone {
            path: self.path.clone(),
        })
    }

    /// Its path, with a canonical folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for OurFile {
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        let mut open = open_files();
        if let Some(count) = open.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.path);
            }
        }
    }
}

/// Checks or makes the file, and answers its path with a canonical folder.
fn prepare(path: &Path, create: bool, open: &HashMap<PathBuf, usize>) -> Result<PathBuf> {
    match look(path)? {
        Some(path) => {
            if !open.contains_key(&path) {
                check_header(&path)?;
                check_log(&path)?;
            }
            Ok(path)
        }
        None if create => {
            if let Some(folder) = folder_of(path) {
                make_folder(folder).map_err(|source| files("make the folder", folder, source))?;
            }
            let path = canonical(path)?;
            make(&path)?;
            check_header(&path)?;
            Ok(path)
        }
        None => Err(StoreError::Missing {
            path: path.to_owned(),
        }),
    }
}

/// The path with a canonical folder, where there is a file; refuses what is no ordinary one.
///
/// SQLite is told not to follow links, and means every part of the path; the folders may well contain some.
fn look(path: &Path) -> Result<Option<PathBuf>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Err(StoreError::Link {
            path: path.to_owned(),
        }),
        Ok(metadata) if metadata.is_dir() => Err(StoreError::Folder {
            path: path.to_owned(),
        }),
        Ok(metadata) if !metadata.is_file() => Err(StoreError::Special {
            path: path.to_owned(),
        }),
        Ok(_) => canonical(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(files("open the workspace", path, error)),
    }
}

/// The folder that a path names, when it names one.
pub(super) fn folder_of(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

pub(super) fn canonical(path: &Path) -> Result<PathBuf> {
    let folder = folder_of(path).unwrap_or(Path::new("."));
    let folder =
        fs::canonicalize(folder).map_err(|source| files("find the folder", folder, source))?;
    match path.file_name() {
        Some(name) => Ok(folder.join(name)),
        None => Err(StoreError::Folder {
            path: path.to_owned(),
        }),
    }
}

/// Refuses what is not ours by its first bytes; an empty file is a workspace about to be made.
fn check_header(path: &Path) -> Result<()> {
    let unreadable = |source| files("read the workspace", path, source);
    let mut header = Vec::with_capacity(HEADER);
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(HEADER as u64)
        .read_to_end(&mut header)
        .map_err(unreadable)?;
    if header.is_empty() {
        check_siblings(path)?;
        return keep_private(path).map_err(|source| files("protect the workspace", path, source));
    }
    if header.len() < HEADER || !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign(path.to_owned(), "it is not a SQLite file"));
    }
    let number = |at: usize| {
        let mut bytes = [0; 4];
        bytes.copy_from_slice(&header[at..at + 4]);
        i32::from_be_bytes(bytes)
    };
    if number(APPLICATION_ID_AT) != APPLICATION_ID {
        return Err(foreign(path.to_owned(), "it belongs to another program"));
    }
    let version = i64::from(number(USER_VERSION_AT));
    if version < 1 {
        return Err(foreign(path.to_owned(), "its header names no schema"));
    }
    if version > VERSION {
        return Err(newer(path.to_owned(), version));
    }
    Ok(())
}

/// An empty file with a log beside it is not empty for SQLite, which would delete that log.
fn check_siblings(path: &Path) -> Result<()> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    match fs::metadata(log) {
        Ok(metadata) if metadata.len() > 0 => Err(foreign(
            path.to_owned(),
            "it is empty, but a write-ahead log of something else lies beside it",
        )),
        _ => Ok(()),
    }
}

/// `None` where there is no such file, and where the system gives files no numbers.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let about = fs::symlink_metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// Whether the file has more names than one: SQLite would keep a log beside each, and know nothing of the other.
#[cfg(unix)]
pub(super) fn has_other_names(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).is_ok_and(|about| about.nlink() > 1)
}

#[cfg(not(unix))]
pub(super) fn has_other_names(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Lets only its owner read and write a file which is about to become a workspace; SQLite gives its log and its shared memory
/// the same mode.
#[cfg(unix)]
pub(super) fn keep_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
pub(super) fn keep_private(_: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn files(attempt: &'static str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Files {
        attempt,
        path: path.to_owned(),
        source,
    }
}

pub(super) fn foreign(path: PathBuf, reason: &'static str) -> StoreError {
    StoreError::Foreign { path, reason }
}

pub(super) fn newer(path: PathBuf, found: i64) -> StoreError {
    StoreError::Newer {
        path,
        found,
        known: VERSION,
    }
}
