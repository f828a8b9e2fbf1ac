//! Opening the file, and the two ways into it: a snapshot to read, a transaction to write.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags, Params, Transaction, TransactionBehavior};

use super::file::{OurFile, canonical, foreign, has_other_names, newer};
use super::lasting::Log;
use super::migrations::{self, Found};
use super::reading::{OnlyRead, else_to_read};
use super::search_door::Memory;
use super::settling::Settling;
use super::{LocalId, Located, Reader, Result, StoreError, Writer};
use crate::problem::Problem;

/// The oldest SQLite that will do: earlier ones can corrupt a WAL file when two connections checkpoint and write at once.
const OLDEST_LIBRARY: (i32, &str) = (3_051_003, "3.51.3");

/// The log grows to at most this many pages (64 MB) before a commit takes the time to checkpoint by itself.
///
/// The worker checkpoints whenever it is idle and the last connection does when it closes; this is only the bound for a
/// writer who never idles.
const LOG_PAGES: i64 = 16_384;
/// Bytes of a page: what SQLite makes files with since 3.12.
const PAGE: i64 = 4_096;

/// The page cache in SQLite's way of saying kibibytes: negated.
pub(super) const SMALL_CACHE: i64 = -8 * 1_024;

/// How a workspace is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOptions {
    /// Make the workspace when there is no file yet; otherwise its absence is an error.
    pub create: bool,
    /// How long to wait for another process that is writing.
    pub patience: Duration,
    /// Where nothing can be written beside the workspace, open it all the same, to read it.
    pub or_read: bool,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            create: true,
            patience: Duration::from_secs(5),
            or_read: false,
        }
    }
}

/// The endings of the files that SQLite keeps beside a workspace.
pub(super) const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// One connection to a workspace.
#[derive(Debug)]
pub struct Store {
    // Closed first: only then is the file no longer open.
    pub(super) connection: Connection,
    file: OurFile,
    reading: Cell<bool>,
    pub(super) settling: Settling,
    /// How long it waited for others when it was opened.
    pub(super) patience: Duration,
    /// What is remembered of the search index, as of what was committed.
    memory: Memory,
    /// Ideas that are known by other words, or of which anything else has changed, by what was written from here.
    taught: BTreeSet<i64>,
    only_read: Option<OnlyRead>,
    /// The log, where a write returns before it is on the disk.
    pub(super) log: Option<Arc<Log>>,
}

/// Says that a read is under way, until it goes out of scope (also by a panic).
struct Reading<'a>(&'a Cell<bool>);

impl<'a> Reading<'a> {
    fn start(reading: &'a Cell<bool>) -> Self {
        reading.set(true);
        Self(reading)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
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
        let file = OurFile::at(path, options.create)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let opened = Connection::open_with_flags(file.path(), flags).map_err(StoreError::from);
        let ready = opened.and_then(|connection| ready(connection, file.path(), options));
        match else_to_read(ready, file.path(), options) {
            Ok(((connection, memory), only_read)) => Ok(Self {
                connection,
                file,
                reading: Cell::new(false),
                settling: Settling::default(),
                patience: options.patience,
                memory,
                taught: BTreeSet::new(),
                only_read,
                log: None,
            }),
            Err(error) => Err(error.of_opening(file.path())),
        }
    }

    /// An empty workspace in memory, where there is none at `path`: what is asked before one is made there is asked of it.
    /// `None` when there is one. Nothing at `path` is touched.
    ///
    /// # Errors
    /// [`StoreError`] says why no workspace can be made there.
    pub fn absent(path: &Path) -> Result<Option<Self>> {
        let Some(file) = OurFile::absent(path)? else {
            return Ok(None);
        };
        let mut connection = Connection::open_in_memory()?;
        configure(&connection, Duration::ZERO)?;
        migrations::migrate(&mut connection, |_| Ok::<_, StoreError>(()))?;
        let memory = Memory::of(&connection)?;
        Ok(Some(Self {
            connection,
            file,
            reading: Cell::new(false),
            settling: Settling::default(),
            patience: Duration::ZERO,
            memory,
            taught: BTreeSet::new(),
            only_read: None,
            log: None,
        }))
    }

    /// The file, its folder made canonical.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Why it could be opened only to be read, where that is so.
    #[must_use]
    pub const fn unwritable(&self) -> Option<&Problem> {
        match &self.only_read {
            Some(only_read) => Some(&only_read.why),
            None => None,
        }
    }

    /// Whether `path` leads to the workspace file, or to one of those that SQLite keeps beside it.
    #[must_use]
    pub fn owns(&self, path: &Path) -> bool {
        // A file beside it that is not there yet will be one of them.
        let Ok(path) = canonical(path) else {
            return false;
        };
        let path = std::fs::canonicalize(&path).unwrap_or(path);
        let own = |ending: &str| {
            let mut own = self.path().as_os_str().to_owned();
            own.push(ending);
            Path::new(&own) == path
        };
        own("") || SIDE_FILES.into_iter().any(own)
    }

    /// Reads within one snapshot. A read within a read joins it.
    ///
    /// # Errors
    /// Those of `work`, and when the file cannot be read.
    pub fn read<T, E: Located>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.snapshot(work)
            .map_err(|error| error.at(self.file.path()))
    }

    fn snapshot<T, E: Located>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let reader = Reader::new(&self.connection, &self.memory);
        if self.reading.get() {
            return work(&reader);
        }
        self.end_leftover()?;
        let _reading = Reading::start(&self.reading);
        let transaction = self
            .connection
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        let answer = match self.memory.texts.catch_up(&transaction) {
            Ok(()) => work(&reader),
            Err(error) => Err(error.into()),
        };
        if answer.is_err() {
            // What fails because the tables are others now says so, and not which column it missed.
            migrations::is_known(&transaction, self.file.path())?;
        }
        self.is_as_it_was()?;
        let answer = answer?;
        match transaction.commit().map_err(StoreError::from) {
            // Whoever looks for damage has met it, which SQLite says once more; what was read holds, and nothing was written.
            Err(error) if !error.is_damage() => Err(error.into()),
            _ => Ok(answer),
        }
    }

    /// Whether all that was read is of one state of the file.
    ///
    /// # Errors
    /// [`StoreError::Changed`] where it could only be read without locks, and was written to.
    pub(super) fn is_as_it_was(&self) -> Result<()> {
        self.only_read.as_ref().map_or(Ok(()), OnlyRead::check)
    }

    /// Writes in one durable transaction: all of it, and what is derived from it, or (on an error or panic) nothing. The disk is
    /// waited for, unless the caller does that ([`Store::wait_apart`]).
    ///
    /// # Errors
    /// Those of `work`, and when the file cannot be written, stays locked, or is no longer where it was opened.
    pub fn write<T, E: Located>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let done = self.transact(work);
        done.map_err(|error| error.at(self.file.path()))
    }

    fn transact<T, E: Located>(
        &mut self,
        work: impl FnOnce(&mut Writer<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.can_write()?;
        self.end_leftover()?;
        self.file.is_still_there()?;
        let transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        // Whoever does not know what is derived in the newer schema must not write beside it.
        migrations::is_known(&transaction, self.file.path())?;
        // What is written may be rolled back, so it is remembered apart.
        self.memory.texts.catch_up(&transaction)?;
        let memory = self.memory.apart();
        let mut writer = Writer::new(&transaction, &memory);
        let answer = work(&mut writer)?;
        if writer.dropped.is_none() {
            writer.settle()?;
            let taught = std::mem::take(&mut writer.taught);
            drop(writer);
            // An import takes its time, and meanwhile the file may have gone.
            self.file.is_still_there()?;
            transaction.commit().map_err(StoreError::from)?;
            self.memory.texts.committed();
            self.taught.extend(taught);
        }
        Ok(answer)
    }

    /// The ideas about which this connection has changed anything since this was asked last. Whoever keeps in memory what
    /// ideas are known by reads these again, instead of looking at all of them after every deed.
    pub fn take_taught(&mut self) -> Vec<LocalId> {
        let taught = std::mem::take(&mut self.taught);
        taught.into_iter().map(LocalId).collect()
    }

    /// Refuses where the file could only be opened to be read, with the reason that there was then (SQLite only knows that it may
    /// not write), and behind what the disk did not confirm.
    fn can_write(&self) -> Result<()> {
        match self.unwritable() {
            Some(why) => Err(StoreError::OnlyRead(why.clone())),
            None => self.is_confirmed(),
        }
    }

    /// Ends a transaction that outlived its work: an interrupt may hit the very rollback which should have ended it, and
    /// whoever joined it would see the past for ever.
    pub(super) fn end_leftover(&self) -> Result<()> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        Ok(())
    }

    /// One statement on a local table, in a transaction of its own.
    pub(super) fn alter(&mut self, sql: &str, parameters: impl Params) -> Result<()> {
        self.can_write()?;
        self.end_leftover()?;
        self.file.is_still_there()?;
        migrations::is_known(&self.connection, self.file.path())?;
        let done = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut it| it.execute(parameters));
        match done {
            Ok(_) => Ok(()),
            Err(error) => Err(StoreError::from(error).at(self.file.path())),
        }
    }

    /// A number that changes when another connection has changed the file (and not when this one has).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        let mut statement = self.connection.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Puts what was written since into the search index proper, where there is enough of it, and otherwise writes down by
    /// which terms it is found. For idle moments: takes some hundredths of a second, and up to a second in the rare case that large parts of the index are merged.
    ///
    /// # Errors
    /// When the file cannot be written, or another process is writing.
    pub fn tend_search(&mut self) -> Result<()> {
        if !self.read(|reader| reader.search_wants_tending())? {
            return Ok(());
        }
        // One after the other: a segment that cannot be read does not keep the tail from being folded, and whoever else
        // wants to write waits for one of the two only.
        self.write(|writer| writer.fold_search())?;
        self.write(|writer| writer.merge_search())
    }

    /// Sets how long to wait for another process that is writing.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn be_patient(&self, patience: Duration) -> Result<()> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// What stops a read that has become pointless, from any thread.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }
}

/// Stops what one [`Store`] is doing, from another thread: it fails with an error that [`StoreError::is_interrupted`]
/// knows. A write is stopped as well and has then not happened, so long searches deserve a connection of their own.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// Stops what is being done now, if anything.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// Sets a connection up, brings the schema up to date, and turns the log on, in this order: a file that is being made has
/// no log beside it, so that its header tells at any time whose it is.
fn ready(
    connection: Connection,
    path: &Path,
    options: &OpenOptions,
) -> Result<(Connection, Memory)> {
    if connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly {
            path: path.to_owned(),
        });
    }
    if has_other_names(path) {
        return Err(StoreError::Linked {
            path: path.to_owned(),
        });
    }
    let (connection, memory) = known(connection, path, options)?;
    if !keep_log(&connection, options.patience)? {
        return Err(StoreError::NoSharedMemory {
            path: path.to_owned(),
        });
    }
    Ok((connection, memory))
}

/// Sets a connection up, and brings the schema up to date where it is not.
pub(super) fn known(
    mut connection: Connection,
    path: &Path,
    options: &OpenOptions,
) -> Result<(Connection, Memory)> {
    let path = || path.to_owned();
    configure(&connection, options.patience)?;
    let memory = Memory::of(&connection)?;
    match migrations::migrate(&mut connection, |transaction| fill(transaction, &memory))? {
        Found::Ours => Ok((connection, memory)),
        Found::Newer(found) => Err(newer(path(), found)),
        Found::Foreign => Err(foreign(path(), "it has no mark of Intake, or no schema")),
    }
}

/// What ideas are known and found by, and the search index, are computed once in a file of a version that did not keep them so.
fn fill(transaction: &Transaction<'_>, memory: &Memory) -> Result<()> {
    const MISSING: &str = "SELECT NOT EXISTS (SELECT 1 FROM idea_profile)
            AND EXISTS (SELECT 1 FROM idea WHERE deleted = 0 AND merged_into IS NULL),
        NOT EXISTS (SELECT 1 FROM search_segment) AND NOT EXISTS (SELECT 1 FROM search_tail)
            AND EXISTS (SELECT 1 FROM feedback),
        NOT EXISTS (SELECT 1 FROM idea_search_docsize) AND EXISTS (SELECT 1 FROM idea)";
    memory.texts.catch_up(transaction)?;
    let (profiles, index, ideas): (bool, bool, bool) =
        transaction.query_row(MISSING, [], |row| row.try_into())?;
    let mut writer = Writer::new(transaction, memory);
    if profiles {
        writer.fill_profiles()?;
    }
    if index {
        writer.rebuild_search()?;
    }
    if ideas {
        writer.index_ideas()?;
    }
    Ok(())
}

pub(super) fn configure(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(patience)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Intake makes neither. A file that somebody else has prepared must not change more than we write, or less.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    // Plans do not follow the values that are bound: SQLite would prepare a statement anew for each other value, which cost
    // a fifth of a deed on many things, and a plan that was tested would not be the plan that is run.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Nothing is ever deleted, so that the checks cost one look-up per reference, and catch faults of ours at once.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    // Texts are far below; a broken or hostile file must not make us allocate without bound.
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 256 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.pragma_update(None, "cache_size", SMALL_CACHE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Turns the write-ahead log on; `false` when the disk cannot have one.
///
/// Two processes that turn it on at once would wait for each other for ever, so SQLite refuses one of them without
/// asking the busy handler; that one tries again, in steps, as long as its patience lasts.
pub(super) fn keep_log(connection: &Connection, patience: Duration) -> Result<bool> {
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
