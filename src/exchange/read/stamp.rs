//! By what it is noticed that a file was changed between its plan and its import.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::{LARGEST_FILE, ReadError};
use crate::domain::moment::Moment;

/// How long a file is and when it was changed last; of several files all of them together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    /// How many bytes there are.
    pub(super) bytes: u64,
    changed: Option<Duration>,
}

impl Stamp {
    /// That of a file which can be read as one.
    ///
    /// # Errors
    /// When it is no file, is empty or too large.
    pub(super) fn of(path: &Path) -> Result<Self, ReadError> {
        let about = fs::metadata(path).map_err(ReadError::Unreadable)?;
        if about.is_dir() {
            return Err(ReadError::Folder);
        }
        if !about.is_file() {
            return Err(ReadError::NoFile);
        }
        if about.len() > LARGEST_FILE {
            return Err(ReadError::TooLarge(about.len()));
        }
        if about.len() == 0 {
            return Err(ReadError::Empty);
        }
        let changed = about.modified().ok();
        Ok(Self {
            bytes: about.len(),
            changed: changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()),
        })
    }

    /// Adds another file.
    pub(super) fn add(&mut self, other: Self) {
        self.bytes += other.bytes;
        self.changed = self.changed.max(other.changed);
    }

    /// When it was last written; 1970 where the system does not say.
    pub(super) fn written(self) -> Moment {
        let since = self.changed.unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or_default())
    }
}
