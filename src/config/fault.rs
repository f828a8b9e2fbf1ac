//! What is wrong in a configuration file, and where a value in it came from.

use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::problem::{Kind, Place, Problem};

/// One thing that is wrong in one file. The rooms that know the commands, the roles and the filter language
/// add theirs to those found here, so that a person sees all of them at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// Where in it; nothing where the fault is the file itself (it cannot be read).
    pub place: Option<Place>,
    /// What is wrong: one line, no full stop.
    pub message: String,
    /// What to write instead, where that is known.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

/// All faults as the one problem which the user sees: every fault is a cause.
pub fn problem(faults: &[Fault]) -> Problem {
    let summary = match faults.len() {
        1 => "cannot use the configuration: one fault".to_owned(),
        count => format!("cannot use the configuration: {count} faults"),
    };
    let mut problem = Problem::new(Kind::Configuration, summary);
    for fault in faults {
        problem = problem.because(fault.to_string());
    }
    problem.hint(match faults.first().and_then(|fault| fault.file.file_name()) {
        Some(name) if name == "keymap.toml" => {
            "`intake config --default keymap` prints every command with its context and its keys"
        }
        Some(name) if name == "theme.toml" => {
            "`intake config --default theme` prints the themes that come along, with every role"
        }
        Some(name) if name != "config.toml" => {
            "`intake config --default weekly-sync` prints a kind of meeting that comes along, to start from"
        }
        _ => "`intake config --default` prints every setting with its meaning",
    })
}

/// A value and where it was written, so that a room which finds it wrong later can still point at it.
///
/// Two of them are equal where the values are: the place says where to look, not what was said.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// What was written.
    pub value: T,
    origin: Option<Origin>,
}

#[derive(Clone, Debug)]
struct Origin {
    file: Arc<Path>,
    place: Place,
}

impl<T> Placed<T> {
    /// A value of the program's own, which stands in no file.
    pub const fn built_in(value: T) -> Self {
        Self {
            value,
            origin: None,
        }
    }

    pub(super) fn new(value: T, file: Arc<Path>, place: Place) -> Self {
        Self {
            value,
            origin: Some(Origin { file, place }),
        }
    }

    /// The fault of this value.
    pub fn fault(&self, message: impl Into<String>, hint: Option<String>) -> Fault {
        let (file, place) = match &self.origin {
            Some(origin) => (origin.file.to_path_buf(), Some(origin.place)),
            None => (PathBuf::from("(built in)"), None),
        };
        Fault {
            file,
            place,
            message: message.into(),
            hint,
        }
    }
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}
