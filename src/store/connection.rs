//! Opening the file, and the two ways into it: a snapshot to read, a transaction to write.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags, Params, Transaction, TransactionBehavior};

use super::migrations::{self, APPLICATION_ID, Found, VERSION};
use super::{Reader, Result, StoreError, Writer};

/// The oldest SQLite that will do: earlier ones can corrupt a WAL file when two connections checkpoint and write at once.
const OLDEST_LIBRARY: (i32, &str) = (3_051_003, "3.51.3");

/// Where the header of a SQLite file has the version of the schema and the id of the application (big endian).
const HEADER: usize = 100;
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

/// The log grows to at most this many pages (64 MB) before a commit takes the time to checkpoint by itself.
///
/// The worker checkpoints whenever it is idle and the last connection does when it closes; this is only the bound for a
/// writer who never idles.
const LOG_PAGES: i64 = 16_384;
const PAGE: i64 = 4_096;

/// How a workspace is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOptions {
    /// Make the workspace when there is no file yet; otherwise its absence is an error.
    pub create: bool,
    /// How long to wait for another process that is writing.
    pub patience: Duration,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            create: true,
            patience: Duration::from_secs(5),
        }
    }
}

/// How far a checkpoint came, in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Pages in the log.
    pub log: i64,
    /// Thereof copied into the file.
    pub copied: i64,
}

/// One connection to a workspace.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the workspace at `path`, and makes it (with its folder) when there is none yet.
    ///
    /// The folder is made for its owner alone (0700) and so are the files (0600), whatever the umask. A file that is
    /// not a workspace is refused by its header, before SQLite sees it, so that not a byte of it or beside it changes.
    ///
    /// # Errors
    /// [`StoreError`] says whether it is a folder, a link, somebody else's, of a newer Intake, locked, or read-only.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self> {
        if rusqlite::version_number() < OLDEST_LIBRARY.0 {
            return Err(StoreError::OldLibrary {
                found: rusqlite::version(),
                needed: OLDEST_LIBRARY.1,
            });
        }
        let path = prepare(path, options.create)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let opened = Connection::open_with_flags(&path, flags).map_err(StoreError::from);
        let opened = opened.and_then(|connection| Self::ready(connection, path.clone(), options));
        opened.map_err(|error| match error {
            StoreError::Sql(source) => StoreError::Open { path, source },
            other => other,
        })
    }

    /// Sets the connection up, brings the schema up to date, and turns the log on, in this order: a file that is being
    /// made has no log beside it, so that its header tells at any time whose it is.
    fn ready(mut connection: Connection, path: PathBuf, options: &OpenOptions) -> Result<Self> {
        if connection.is_readonly("main")? {
            return Err(StoreError::ReadOnly { path });
        }
        configure(&connection, options)?;
        match migrations::migrate(&mut connection)? {
            Found::Ours => {}
            Found::Newer(found) => return Err(newer(path, found)),
            Found::Foreign => return Err(foreign(path, "it has no mark of Intake")),
        }
        if !keep_log(&connection, options.patience)? {
            return Err(StoreError::NoSharedMemory { path });
        }
        Ok(Self { connection, path })
    }

    /// The file, its folder made canonical.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads within one snapshot. A read within a read joins it.
    ///
    /// # Errors
    /// Those of `work`, and when the file cannot be read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let reader = Reader::new(&self.connection);
        if !self.connection.is_autocommit() {
            return work(&reader);
        }
        let transaction = self
            .connection
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        let answer = work(&reader)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(answer)
    }

    /// Writes in one durable transaction: all of it, and what is derived from it, or (on an error or panic) nothing.
    ///
    /// # Errors
    /// Those of `work`, and when the file cannot be written or stays locked.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let mut writer = Writer::new(&transaction);
        let answer = work(&mut writer)?;
        if !writer.abandoned {
            writer.settle()?;
            transaction.commit().map_err(StoreError::from)?;
        }
        Ok(answer)
    }

    /// One statement on a local table, in a transaction of its own.
    pub(super) fn alter(&mut self, sql: &str, parameters: impl Params) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute(parameters)?;
        Ok(())
    }

    /// A number that changes when another connection has changed the file (and not when this one has).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        let mut statement = self.connection.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// What stops a read that has become pointless, from any thread.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// Maps the file into memory. To be called after the first frame: mapping a cold file first costs as much as the
    /// rest of the start.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_in(&self) -> Result<()> {
        Ok(self
            .connection
            .pragma_update(None, "mmap_size", 1_i64 << 30)?)
    }

    /// Copies what it can of the log into the file, without waiting for anyone. For idle moments.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn checkpoint_passive(&self) -> Result<Checkpoint> {
        let sql = "PRAGMA wal_checkpoint(PASSIVE)";
        Ok(self.connection.query_row(sql, [], |row| {
            Ok(Checkpoint {
                log: row.get(1)?,
                copied: row.get(2)?,
            })
        })?)
    }
}

/// Stops reads of one [`Store`] from another thread; the read fails with an error that
/// [`StoreError::is_interrupted`] knows.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// Stops what is being read now, if anything.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// Checks or makes the file, and answers its path with a canonical folder.
///
/// SQLite is told not to follow links, and means every part of the path; the folders may well contain some.
fn prepare(path: &Path, create: bool) -> Result<PathBuf> {
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
        Ok(_) => {
            let path = canonical(path)?;
            check_header(&path)?;
            Ok(path)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && create => {
            if let Some(folder) = folder_of(path) {
                make_folder(folder).map_err(|source| files("make the folder", folder, source))?;
            }
            let path = canonical(path)?;
            match make_file(&path) {
                Ok(()) => Ok(path),
                // Another process was faster; what it is making is as good.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    check_header(&path)?;
                    Ok(path)
                }
                Err(error) => Err(files("make the workspace", &path, error)),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::Missing {
            path: path.to_owned(),
        }),
        Err(error) => Err(files("open the workspace", path, error)),
    }
}

/// The folder that a path names, when it names one.
fn folder_of(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

fn canonical(path: &Path) -> Result<PathBuf> {
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
        return check_siblings(path);
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

/// Makes the empty file, for its owner alone; SQLite gives its log and its shared memory the same mode.
#[cfg(unix)]
fn make_file(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    // A umask can only take bits away, but it can take the owner's.
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn make_file(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map(drop)
}

fn configure(connection: &Connection, options: &OpenOptions) -> Result<()> {
    connection.busy_timeout(options.patience)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Texts are far below; a broken or hostile file must not make us allocate without bound.
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 256 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.pragma_update(None, "page_size", PAGE)?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Nothing is ever deleted, so that the checks cost one look-up per reference, and catch faults of ours at once.
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Turns the write-ahead log on; `false` when the disk cannot have one.
///
/// Two processes that turn it on at once would wait for each other for ever, so SQLite refuses one of them without
/// asking the busy handler; that one tries again, in steps, as long as its patience lasts.
fn keep_log(connection: &Connection, patience: Duration) -> Result<bool> {
    let started = Instant::now();
    let mode: String = loop {
        let answer = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0));
        match answer {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < patience =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            other => break other?,
        }
    };
    let set: i64 = connection.query_row(
        &format!("PRAGMA wal_autocheckpoint = {LOG_PAGES}"),
        [],
        |row| row.get(0),
    )?;
    debug_assert_eq!(set, LOG_PAGES);
    let limit = LOG_PAGES * PAGE;
    connection.query_row(&format!("PRAGMA journal_size_limit = {limit}"), [], |_| {
        Ok(())
    })?;
    Ok(mode == "wal")
}

fn files(attempt: &'static str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Files {
        attempt,
        path: path.to_owned(),
        source,
    }
}

fn foreign(path: PathBuf, reason: &'static str) -> StoreError {
    StoreError::Foreign { path, reason }
}

fn newer(path: PathBuf, found: i64) -> StoreError {
    StoreError::Newer {
        path,
        found,
        known: VERSION,
    }
}
