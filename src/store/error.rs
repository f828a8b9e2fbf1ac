//! What can go wrong with the file, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};
use uuid::Uuid;

use super::LocalId;
use super::aside::Ended;
use crate::domain::entity::Entity;
use crate::postings::Broken;
use crate::problem::{Kind, Problem};

/// A fault of the workspace file, or of what it was asked to keep.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // Each says what it is; the fields are what it names.
pub enum StoreError {
    #[error("cannot open the workspace {}: there is no such file", .path.display())]
    Missing { path: PathBuf },
    #[error("cannot open the workspace {}: it is a folder", .path.display())]
    Folder { path: PathBuf },
    #[error("cannot open the workspace {}: it is a symbolic link", .path.display())]
    Link { path: PathBuf },
    #[error("cannot open the workspace {}: it is not an ordinary file", .path.display())]
    Special { path: PathBuf },
    #[error("cannot open the workspace {}: it is not a workspace of Intake", .path.display())]
    Foreign { path: PathBuf, reason: &'static str },
    #[error(
        "cannot open the workspace {}: it was made by a newer Intake (schema {found}; this one knows {known})",
        .path.display()
    )]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error(
        "cannot go on with the workspace {}: a newer Intake has changed it meanwhile (schema {found}; this one knows {known})",
        .path.display()
    )]
    Migrated {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error("cannot {attempt} {}", .path.display())]
    Files {
        attempt: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    // Why comes first here, too.
    #[error("the disk does not confirm what was done last ({}): {}", refusal(.source), .path.display())]
    Unconfirmed {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("cannot make the workspace {}: a log of an earlier file of that name lies beside it ({log})", .path.display())]
    Leftover { path: PathBuf, log: &'static str },
    #[error("cannot back up to {}: SQLite keeps files of that ending beside a workspace, and may remove it", .path.display())]
    SideFile { path: PathBuf },
    #[error("cannot back up to {}: it is there already", .path.display())]
    Taken { path: PathBuf },
    #[error("cannot back up the workspace {}: it is damaged, and so would the copy be", .path.display())]
    Damaged { path: PathBuf, damage: Vec<String> },
    #[error("cannot make anything in the workspace {} anew: there is damage that this does not mend", .path.display())]
    Lasting { path: PathBuf, damage: Vec<String> },
    #[error("cannot back up to {}", .path.display())]
    Backup {
        path: PathBuf,
        source: rusqlite::Error,
    },
    #[error("cannot open the workspace {}: the log beside it (its name ends in -wal) is of another file, or of another state of this one", .path.display())]
    OtherLog { path: PathBuf },
    #[error("cannot read the workspace {}: somebody wrote to it meanwhile, and it is read without locks because nothing can be written beside it", .path.display())]
    Changed { path: PathBuf },
    #[error("cannot write the workspace {}: the file is no longer there, or is another one", .path.display())]
    Gone { path: PathBuf },
    #[error("cannot write the workspace {}: it is read-only", .path.display())]
    ReadOnly { path: PathBuf },
    #[error("cannot write the workspace {}: the file has another name, too (a hard link)", .path.display())]
    Linked { path: PathBuf },
    #[error("cannot open the workspace {}: its disk does not support shared memory", .path.display())]
    NoSharedMemory { path: PathBuf },
    #[error("{}", .0.summary)]
    OnlyRead(Problem),
    #[error("SQLite {found} is too old: at least {needed} is needed")]
    OldLibrary {
        found: &'static str,
        needed: &'static str,
    },
    #[error("that {} is not in this workspace", .entity.name())]
    UnknownThing { entity: Entity, id: Uuid },
    #[error("{} has no row {}", .entity.name(), .local.0)]
    UnknownRow { entity: Entity, local: LocalId },
    #[error("a text that is referred to is not in this workspace")]
    UnknownContent(Uuid),
    #[error("{}.{field} cannot hold that value", .entity.name())]
    WrongValue { entity: Entity, field: &'static str },
    #[error("cannot open the workspace {}", .path.display())]
    Open {
        path: PathBuf,
        source: rusqlite::Error,
    },
    #[error("cannot read or write the workspace {}", .path.display())]
    At {
        path: PathBuf,
        source: rusqlite::Error,
    },
    // What it is comes first: a line of the console may not have room for a long path.
    #[error("{}: cannot write {}", no_room(.source), .path.display())]
    NoRoom {
        path: PathBuf,
        source: rusqlite::Error,
    },
    #[error("cannot search: {0}")]
    Index(#[from] Broken),
    #[error("cannot write the workspace: {0}")]
    Unfinished(#[from] Ended),
    #[error("an action that has changes cannot be taken back")]
    HasChanges(LocalId),
    #[error("the texts are still being read")]
    Paused,
    #[error("cannot read or write the workspace")]
    Sql(#[from] rusqlite::Error),
}

impl StoreError {
    /// Why the workspace at that path could not be opened.
    pub(super) fn opening(source: rusqlite::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match takes_no_more(&source) {
            true => Self::NoRoom { path, source },
            false => Self::Open { path, source },
        }
    }

    /// As the reason why the workspace at that path could not be opened.
    pub(super) fn of_opening(self, path: &Path) -> Self {
        match self {
            Self::Sql(source) => Self::opening(source, path),
            error => error,
        }
    }

    /// Whether another process holds the file at the moment, so that the same may work a little later.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(
            self.code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        )
    }

    /// Whether nothing can be written to the workspace, or beside it.
    pub(super) fn is_unwritable(&self) -> bool {
        let code = matches!(
            self.code(),
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
        );
        // As where the index of the log cannot grow.
        let without_index = |error| {
            let code = extended(error);
            matches!(
                code,
                Some(ffi::SQLITE_IOERR_SHMOPEN | ffi::SQLITE_IOERR_SHMMAP)
            )
        };
        let refused = |error| takes_no_more(error) || without_index(error);
        let told = matches!(
            self,
            Self::ReadOnly { .. } | Self::Linked { .. } | Self::OnlyRead(_)
        );
        code || told || self.sql().is_some_and(refused)
    }

    /// Whether a read was stopped on purpose.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.code() == Some(ErrorCode::OperationInterrupted)
    }

    /// Whether a function of ours cannot make sense of what a row holds: a packed text that is damaged, or whose dictionary is.
    #[must_use]
    pub fn is_unreadable_text(&self) -> bool {
        matches!(self.sql(), Some(rusqlite::Error::SqliteFailure(code, Some(_))) if code.code == ErrorCode::Unknown)
    }

    /// Whether what was read is damaged.
    pub(super) fn is_damage(&self) -> bool {
        let code = matches!(
            self.code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        );
        code || self.is_unreadable_text() || self.sql().is_some_and(holds_another_value)
    }

    /// What that damage is.
    pub(super) fn damage(&self) -> String {
        match (self.statement_fault(), self.sql()) {
            (Some(fault), _) => fault.to_owned(),
            (None, Some(error)) => error.to_string(),
            (None, None) => self.to_string(),
        }
    }

    /// Whether a row was to hold what its table does not take, or nothing where it wants something.
    #[must_use]
    pub fn breaks_a_rule(&self) -> bool {
        matches!(self, Self::WrongValue { .. })
            || self.code() == Some(ErrorCode::ConstraintViolation)
    }

    fn code(&self) -> Option<ErrorCode> {
        self.sql().and_then(rusqlite::Error::sqlite_error_code)
    }

    fn sql(&self) -> Option<&rusqlite::Error> {
        match self {
            Self::Sql(error)
            | Self::Open { source: error, .. }
            | Self::At { source: error, .. }
            | Self::Backup { source: error, .. }
            | Self::NoRoom { source: error, .. } => Some(error),
            _ => None,
        }
    }

    /// What SQLite says about a statement that the file's tables do not fit, without the statement: it may be a whole
    /// schema, and helps nobody. Or what a function of ours says about what it was asked.
    pub(super) fn statement_fault(&self) -> Option<&str> {
        match self.sql()? {
            rusqlite::Error::SqlInputError { msg, .. } => Some(msg),
            rusqlite::Error::SqliteFailure(code, Some(msg)) if code.code == ErrorCode::Unknown => {
                Some(msg)
            }
            _ => None,
        }
    }
}

/// What reading and writing answers, which says of which file it is.
pub trait Located: From<StoreError> {
    /// The same, about the workspace at that path.
    #[must_use]
    fn at(self, path: &Path) -> Self;
}

impl Located for StoreError {
    fn at(self, path: &Path) -> Self {
        let path = path.to_owned();
        match self {
            Self::Sql(source) if takes_no_more(&source) => Self::NoRoom { path, source },
            Self::Sql(source) => Self::At { path, source },
            other => other,
        }
    }
}

impl Located for Problem {
    /// A problem has its words already.
    fn at(self, _: &Path) -> Self {
        self
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if let StoreError::OnlyRead(why) = error {
            return why;
        }
        let kind = match &error {
            StoreError::Missing { .. } | StoreError::UnknownThing { .. } => Kind::NotFound,
            StoreError::UnknownRow { .. }
            | StoreError::UnknownContent(_)
            | StoreError::HasChanges(_)
            | StoreError::Paused
            | StoreError::WrongValue { .. } => Kind::Internal,
            StoreError::Taken { .. } | StoreError::SideFile { .. } => Kind::Refused,
            StoreError::Changed { .. } => Kind::Busy,
            error if error.is_busy() => Kind::Busy,
            error if error.is_interrupted() => Kind::Interrupted,
            _ => Kind::Storage,
        };
        let mut problem = Self::new(kind, error.to_string());
        if matches!(&error, StoreError::NoRoom { source, .. } if is_full(source)) {
            // There is no more to say.
        } else if matches!(&error, StoreError::Unconfirmed { .. }) {
            // Nor is there here.
        } else if let Some(fault) = error.statement_fault() {
            problem = problem.because(fault);
        } else if let Some(cause) = std::error::Error::source(&error) {
            problem = problem.caused_by(cause);
        }
        if let StoreError::Foreign { reason, .. } = &error {
            problem = problem.because(*reason);
        }
        if let StoreError::Damaged { damage, .. } | StoreError::Lasting { damage, .. } = &error {
            problem.causes.extend(damage.iter().cloned());
        }
        match hint(&error) {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    }
}

/// What to do next.
fn hint(error: &StoreError) -> Option<&'static str> {
    Some(match error {
        StoreError::Missing { .. } => "check the path, or leave it out for your default workspace",
        StoreError::Folder { .. } => "name a file in it, for example intake.db",
        StoreError::Link { .. } => "name the file that it points to",
        StoreError::Special { .. } => "name an ordinary file, or a path where there is none yet",
        StoreError::Foreign { .. } => {
            "nothing in it was changed; name a workspace, or a path where there is no file yet"
        }
        StoreError::Newer { .. } => "update Intake",
        StoreError::Migrated { .. } => "leave, and open it with the newer Intake",
        StoreError::Files { .. } => {
            "check that the folder exists, belongs to you and has room, or choose another path"
        }
        StoreError::Unconfirmed { source, .. } if has_no_room(source) => {
            "make room: nothing is lost as long as the machine runs"
        }
        StoreError::Unconfirmed { .. } => {
            "nothing is lost as long as the machine runs: “intake backup COPY.db” to another disk, then look after this one"
        }
        StoreError::ReadOnly { .. } => READ_ONLY,
        StoreError::Linked { .. } => LINKED,
        StoreError::Gone { .. } => {
            "it was deleted, moved or replaced while it was open: put it back and open it again"
        }
        StoreError::OtherLog { .. } => {
            "where a backup was put in its place, move the files ending in -wal and -shm away from beside it; else put the file back that was there before (nothing was changed)"
        }
        StoreError::Changed { .. } => {
            "try again when nobody writes, or let whoever may write do it"
        }
        StoreError::Damaged { .. } => {
            "“intake doctor” says what can be done; nothing was written, so that no sound backup is replaced by this"
        }
        StoreError::Lasting { .. } => {
            "nothing was changed, so that what can be saved is not lost: put a backup in its place (“intake backup --help” says how), or bring what can be read into a new workspace with “intake export all -o DUMP.jsonl” and “intake -w NEW.db import DUMP.jsonl”"
        }
        StoreError::Taken { .. } => "name another file",
        StoreError::SideFile { .. } => "name it otherwise, such as backup.db",
        StoreError::Backup { source, .. } if takes_no_more(source) => {
            "make room there, or name a file elsewhere; nothing is left of this one"
        }
        StoreError::Leftover { .. } => {
            "it may hold work of a file that was moved: put that file back, or move the log elsewhere"
        }
        StoreError::NoSharedMemory { .. } => "keep the workspace on a local disk",
        StoreError::OldLibrary { .. } => "build Intake with its bundled SQLite",
        StoreError::UnknownThing { .. } => "reload: it may belong to another workspace",
        StoreError::OnlyRead(_) => return None,
        StoreError::UnknownRow { .. }
        | StoreError::UnknownContent(_)
        | StoreError::HasChanges(_)
        | StoreError::Paused
        | StoreError::WrongValue { .. } => "this is a fault in Intake; please report it",
        StoreError::Unfinished(_) => "try again; if it happens again, please report it",
        StoreError::Index(_) => "“intake doctor --rebuild” makes the search index anew",
        StoreError::NoRoom { source, .. } if is_full(source) => FULL,
        StoreError::NoRoom { .. } => NO_MORE,
        StoreError::Sql(source)
        | StoreError::Open { source, .. }
        | StoreError::Backup { source, .. }
        | StoreError::At { source, .. } => match error.code() {
            None if holds_another_value(source) => DAMAGED,
            None => return None,
            Some(_) if takes_no_more(source) && !is_full(source) => NO_MORE,
            Some(code) => by_code(code)?,
        },
    })
}

const READ_ONLY: &str = "make the file and its folder writable, or copy the file, with the one beside it whose name ends in -wal, elsewhere and open the copy";

const LINKED: &str = "what is written lies beside one of the names at first, and under two names that damages the file: remove the other name, or work in a copy (“intake backup COPY.db” makes one)";

const FULL: &str =
    "make room, then try again; nothing was lost (temporary files take room, too, in $TMPDIR)";

const NO_MORE: &str = "make room, then try again; nothing was lost (it may be a quota, too, or the limit of a file's size)";

const DAMAGED: &str = "the file may be damaged: “intake doctor” says more; put a backup in its place if you have one (“intake backup --help” says how)";

/// Whether a column holds what it never may: text that is no UTF-8, an identity of another length.
const fn holds_another_value(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..)
    )
}

/// Whether the system refused to make a file larger. SQLite says that the disk is full only where the system says so at once;
/// a quota, the limit of a file's size, and a disk that finds out when all is to be written are other faults to it.
fn takes_no_more(error: &rusqlite::Error) -> bool {
    is_full(error)
        || matches!(
            extended(error),
            Some(ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_SHMSIZE)
        )
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}

/// Why the disk did not confirm something.
fn refusal(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::ResourceBusy => "another window holds it".to_owned(),
        io::ErrorKind::Other if why.raw_os_error().is_none() => "it refused before".to_owned(),
        _ if has_no_room(why) => "it is full".to_owned(),
        _ => why.to_string(),
    }
}

/// Whether there is no room on the disk, or no more of it for this person.
fn has_no_room(why: &io::Error) -> bool {
    matches!(
        why.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// What is known of why the system refused.
fn no_room(error: &rusqlite::Error) -> &'static str {
    match is_full(error) {
        true => "the disk is full",
        false => "the disk takes no more",
    }
}

fn by_code(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            "another program is writing to it: wait until it is done, then try again"
        }
        ErrorCode::DiskFull => FULL,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => READ_ONLY,
        ErrorCode::CannotOpen => {
            "check that the file and its folder belong to you and are writable, and that the disk has room for files beside it"
        }
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            "the file is damaged: “intake doctor” says where, and what can be done"
        }
        ErrorCode::SystemIoFailure => {
            "the disk reports a fault: check it, and put a backup in the place of the file if need be (“intake backup --help” says how)"
        }
        ErrorCode::TooBig => "a text is too long to be kept: shorten it",
        // Such as a table or an index that is not there.
        ErrorCode::Unknown => DAMAGED,
        _ => return None,
    })
}
