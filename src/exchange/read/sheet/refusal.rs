//! Why a spreadsheet is not read.

use serde::{Deserialize, Serialize};

use super::{LARGEST_INFLATED, MOST_CELLS};
use crate::exchange::read::MOST_COLUMNS;

/// What the child has against a file. It crosses the pipe to the parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Encrypted as a whole.
    #[error("it is protected by a password")]
    Password,
    /// An archive without its end.
    #[error("it is cut off: the end of its archive is missing")]
    CutOff,
    /// Not what its format wants; in the words of the library that reads it.
    #[error("it is damaged, or no spreadsheet: {0}")]
    Damaged(String),
    /// Some other archive.
    #[error("it is an archive without a spreadsheet in it")]
    OtherArchive,
    /// Neither an archive nor text.
    #[error("it is no spreadsheet, whatever its name says")]
    Other,
    /// Text; to be read as CSV or JSON.
    #[error("it is text, such as CSV, and no spreadsheet, whatever its name says")]
    Text,
    /// A web page, as many tools give it the name of a spreadsheet.
    #[error("it is a web page (HTML) and no spreadsheet, whatever its name says")]
    Html,
    /// SpreadsheetML 2003, or a flat OpenDocument file.
    #[error("it is a spreadsheet written as one XML file")]
    Xml,
    /// BIFF 2 to 4, before the compound file.
    #[error("it was written by an Excel before version 5")]
    Old,
    /// A bomb, or a very large workbook.
    #[error("it unpacks to {0} bytes; at most {LARGEST_INFLATED} (1 GiB) are unpacked")]
    Inflated(u64),
    /// A bomb.
    #[error("parts of its archive overlap, which only a forged one has")]
    Overlap,
    /// Too much in one sheet.
    #[error("a sheet of it has more than {MOST_CELLS} cells with something in them")]
    TooManyCells,
    /// A table too wide.
    #[error("its table is wider than {MOST_COLUMNS} columns")]
    TooWide,
    /// A row too long.
    #[error("row {0} holds more than 16 MiB of text")]
    LongRow(u64),
    /// Rows that go backwards.
    #[error("it is damaged: row {0} comes after a later one")]
    OutOfOrder(u64),
    /// Nothing to read.
    #[error("none of its sheets holds a table ({0})")]
    NoTable(String),
    /// The wanted sheet is not there.
    #[error("it has no sheet “{wish}”; it has {sheets}")]
    NoSuchSheet {
        /// What was asked for.
        wish: String,
        /// The names of those that are there.
        sheets: String,
    },
    /// The wanted sheet is empty.
    #[error("its sheet “{0}” is empty")]
    EmptySheet(String),
}

/// Why a spreadsheet cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The system refuses.
    #[error("{0}")]
    Unreadable(#[source] std::io::Error),
    /// Too large.
    #[error("it has {0} bytes; at most 50 MiB of a spreadsheet are read")]
    TooLarge(u64),
    /// The child says no.
    #[error("{0}")]
    Refused(Refusal),
    /// The child met its limit of memory.
    #[error("it needs more than 1 GiB of memory to read")]
    Memory,
    /// The child met its limit of time.
    #[error("it needs more than 15 seconds of computing to read")]
    Computing,
    /// The child says nothing.
    #[error("nothing came of reading it for 20 seconds")]
    Silent,
    /// Ctrl-C, which reaches the child as well.
    #[error("reading it was stopped")]
    Stopped,
    /// The child ended in another way.
    #[error("the process that reads it broke down over it ({0})")]
    BrokeDown(String),
    /// What the child says cannot be.
    #[error("the process that reads it answered what makes no sense")]
    Garbled,
    /// There is no child.
    #[error("the process that should read it cannot be started: {0}")]
    NotStarted(#[source] std::io::Error),
}

impl SheetError {
    /// What to do next.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        const SAVE: &str = "open it in a spreadsheet program and save the sheet as CSV or .xlsx";
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::Password => "save it without a password, and import that",
                Refusal::CutOff => "download or copy it again; it is not complete",
                Refusal::Text => "give it the name of what it is, such as .csv",
                Refusal::OtherArchive | Refusal::Other => {
                    "give the path of a spreadsheet: .xlsx, .xlsm, .xlsb, .xls or .ods"
                }
                Refusal::TooManyCells | Refusal::TooWide | Refusal::Inflated(_) => {
                    "split it, or save the sheet as CSV, which may be larger"
                }
                Refusal::NoTable(_) => "a table needs a row of column names and rows below it",
                Refusal::NoSuchSheet { .. } | Refusal::EmptySheet(_) => {
                    "name another with --sheet NAME, or by its place: --sheet '#2'"
                }
                _ => SAVE,
            },
            Self::Unreadable(_) => "give the path of a file that you may read",
            Self::TooLarge(_) | Self::Memory | Self::Computing | Self::Silent => {
                "save the sheet as CSV, which may be larger, and import that"
            }
            Self::BrokeDown(_) | Self::Garbled => SAVE,
            Self::Stopped => "start again when you like",
            Self::NotStarted(_) => "start intake again; was it replaced while it ran?",
        }
    }
}
