//! Why a file cannot be read.

use std::path::Path;

use super::foreign::Foreign;
use super::pack::PackError;
use super::sheet::SheetError;
use super::{DEEPEST, MOST_COLUMNS};
use crate::exchange::gather::shown;
use crate::problem::{Kind, Problem};

/// Why a file cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refuses.
    #[error("{0}")]
    Unreadable(#[source] std::io::Error),
    /// Not a file.
    #[error("it is a folder, not a file")]
    Folder,
    /// A pipe, a device or a socket: it can be read once at most, and may never end.
    #[error("it is a pipe or a device, not a file")]
    NoFile,
    /// More files in a folder than are read.
    #[error("it holds more than {0} files")]
    TooMany(usize),
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Too large.
    #[error("it has {0} bytes; at most 2 GiB are read")]
    TooLarge(u64),
    /// Something that is not read.
    #[error("it is {}", .0.what)]
    Foreign(Foreign),
    /// A byte that its encoding does not have.
    #[error("it is not {encoding}: byte 0x{byte:02X} at offset {offset}, line {line}")]
    NotEncoded {
        /// The encoding that the rest of the file is in, or that was asked for.
        encoding: String,
        /// The first byte that fits nowhere.
        byte: u8,
        /// Its offset in the file, from 0.
        offset: u64,
        /// Its line, from 1.
        line: u64,
    },
    /// A quote that is never closed.
    #[error(
        "the quote that opens in line {line} is never closed, so it swallows the rest of the file"
    )]
    OpenQuote {
        /// Where the field begins.
        line: u64,
    },
    /// A field beyond the limit.
    #[error(
        "the field that begins in line {line} is longer than 1 MiB; its quote may never be closed"
    )]
    LongField {
        /// Where it begins.
        line: u64,
    },
    /// Too many columns.
    #[error("line {line} has more than {MOST_COLUMNS} columns")]
    TooWide {
        /// The line.
        line: u64,
    },
    /// JSON that ends too early.
    #[error("it is cut off: what begins in line {line} never ends")]
    CutOff {
        /// Where what is open at the end begins.
        line: u64,
    },
    /// JSON whose brackets, commas or names are wrong.
    #[error("it is not JSON: line {line}, column {column}: {words}")]
    BrokenJson {
        /// The line, from 1.
        line: u64,
        /// The character in it, from 1.
        column: usize,
        /// What is wrong.
        words: String,
    },
    /// JSON nested too deep.
    #[error("line {line} is nested deeper than {DEEPEST}")]
    TooDeep {
        /// The line, from 1.
        line: u64,
    },
    /// A spreadsheet that is refused.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// An archive that is refused.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// It is not what it was.
    #[error("it was changed after its plan was made")]
    Changed,
}

impl ReadError {
    /// The problem of importing that file.
    #[must_use]
    pub fn of(&self, path: &Path) -> Problem {
        let problem = Problem::new(
            Kind::Input,
            format!("cannot import {}: {self}", shown(path)),
        );
        match self {
            Self::Unreadable(_) => problem.hint("give the path of an export"),
            Self::Folder => problem.hint(
                "folders that are read as one: a Maildir, a folder of .eml files, an unpacked export of Slack; of any \
                 other, give its files",
            ),
            Self::NoFile => {
                problem.hint("pipe what it gives into it: COMMAND | intake import -")
            }
            Self::Empty => problem.hint("export it again; the first line should name the columns"),
            Self::TooLarge(_) | Self::TooMany(_) => {
                problem.hint("split it; importing the parts one after the other adds up")
            }
            Self::Foreign(foreign) => problem.hint(foreign.hint),
            Self::NotEncoded { .. } => problem.hint(
                "mend that byte, or say what the file is written in, for example --encoding windows-1252",
            ),
            Self::OpenQuote { .. } | Self::LongField { .. } => problem.hint(
                "close the quote in that line; a quote inside a quoted field is written twice",
            ),
            Self::TooWide { .. } => problem.hint("leave out the columns that are not needed"),
            Self::CutOff { .. } => problem.hint("export or download it again"),
            Self::BrokenJson { .. } | Self::TooDeep { .. } => {
                problem.hint("mend it there, or export it again; jq . FILE says whether it is JSON")
            }
            Self::Sheet(SheetError::Stopped) => {
                Problem::new(Kind::Interrupted, "stopped: nothing was imported")
            }
            Self::Sheet(error) => problem.hint(error.hint()),
            Self::Pack(error) => problem.hint(error.hint()),
            Self::Changed => problem.hint("look at a new plan before you import it"),
        }
    }
}
