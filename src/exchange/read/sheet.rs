//! Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS, read by a process of their own.
//!
//! A workbook of a kilobyte can ask its reader for hundreds of gigabytes, which ends a process without appeal. So the
//! console reads none itself:
//!
//! ```text
//!   console: Sheet, SheetRows                         `intake read-sheet ORDER`
//!     parent ── starts it; the open file as its standard input ──> child: limits of memory and time,
//!     parent <── frames: what was found, or rows; then the end ──  and nothing else that it could open
//!                                                                   └─ survey ── book ── cell
//! ```
//!
//! A child that dies was refused nothing worse than its file: the parent says what it died of. It checks each frame
//! against the limits once more, and keeps one row.

mod book;
mod cell;
mod check;
mod child;
mod frame;
mod kind;
mod parent;
mod refusal;
mod survey;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use child::serve;
pub use refusal::{Refusal, SheetError};

use super::encoding::Encoding;
use super::pack::Input;
use super::stamp::Stamp;
use super::{Format, Manner, Next, ReadError, Table, name_columns};
use check::{Check, credible};
use frame::{Frame, Order, Place, Survey};
use kind::Container;
use parent::Reading;

/// The endings of the names that spreadsheets have.
const ENDINGS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "xltx", "xltm", "xlt"];
/// What stands near the beginning of a zip archive that is a spreadsheet, unless it has an unusual order of parts.
const SIGNS: [&[u8]; 3] = [
    b"[Content_Types].xml",
    b"xl/workbook",
    b"application/vnd.oasis.opendocument.spreadsheet",
];

/// Whether a file that begins so is for this reader: a spreadsheet, or what only pretends to be one and is no text either.
#[must_use]
pub fn claims(head: &[u8], path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let called = ENDINGS.contains(&ending.to_lowercase().as_str());
    let sign = |sign: &&[u8]| head.windows(sign.len()).any(|bytes| bytes == *sign);
    match kind::container(head) {
        Ok(Container::Compound) => true,
        Ok(Container::Zip) => called || SIGNS.iter().any(sign),
        Err(Refusal::Html | Refusal::Xml | Refusal::Old) => called,
        Err(_) => false,
    }
}

impl Table {
    /// The table that a spreadsheet holds.
    pub(super) fn of_sheet(path: &Path, stamp: Stamp, manner: &Manner) -> Result<Self, ReadError> {
        let program = match &manner.program {
            Some(program) => program.clone(),
            None => std::env::current_exe().map_err(SheetError::NotStarted)?,
        };
        let sheet = Sheet::open(path, &program, manner.sheet.as_deref())?;
        let (columns, more) = name_columns(sheet.columns.clone());
        Ok(Self {
            path: path.to_owned(),
            notes: [sheet.notes.clone(), more].concat(),
            format: Format::Sheet(Box::new(sheet)),
            encoding: Encoding::UTF_8,
            columns,
            header: true,
            input: Input::of(path)?,
            stamp,
        })
    }
}

/// The command as which the program reads a spreadsheet for another process; the order is its only argument.
pub const COMMAND: &str = "read-sheet";
/// How the command line takes another sheet, as a note says it: elsewhere that is done otherwise.
pub const TAKES_ANOTHER: &str = "--sheet NAME takes another";
/// The largest spreadsheet that is read, in bytes: 50 MiB.
pub const LARGEST_SHEET: u64 = 50 << 20;
/// The most that its archive may unpack to, in bytes: 1 GiB.
pub const LARGEST_INFLATED: u64 = 1 << 30;
/// The most cells with something in them that a sheet may have.
pub const MOST_CELLS: u64 = 1_000_000;
/// The most text that one row may hold, in bytes: 16 MiB.
pub const LONGEST_ROW: usize = 16 << 20;

/// A spreadsheet whose table was found; its rows can be read as often as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The cells of the header, as they came; empty where it has a gap.
    pub columns: Vec<String>,
    /// What a person should know about how it was read.
    pub notes: Vec<String>,
    /// The names of all sheets.
    pub sheets: Vec<String>,
    /// The name of the sheet that the table is in.
    pub chosen: String,
    path: PathBuf,
    program: PathBuf,
    place: Place,
    /// How many rows the table has.
    rows: u64,
}

impl Sheet {
    /// Finds the table in a spreadsheet: in the sheet of that name or number (`#2`), else in the first visible one that
    /// has a header and a row. `program` is the executable of Intake, which is started to read.
    ///
    /// # Errors
    /// When the file is refused, or reading it takes more than it may.
    pub fn open(path: &Path, program: &Path, wish: Option<&str>) -> Result<Self, SheetError> {
        let order = Order::Survey(wish.map(ToOwned::to_owned));
        let Frame::Survey(survey) = Reading::start(program, path, &order)?.next_frame()? else {
            return Err(SheetError::Garbled);
        };
        let chosen = credible(&survey)?;
        Ok(Self {
            notes: notes(&survey, &chosen, wish.is_some()),
            sheets: survey.sheets.into_iter().map(|sheet| sheet.name).collect(),
            chosen,
            rows: survey.rows,
            columns: survey.columns,
            path: path.to_owned(),
            program: program.to_owned(),
            place: survey.place,
        })
    }

    /// Its rows from the first below the header on.
    ///
    /// # Errors
    /// When the file cannot be opened, or the program not be started.
    pub fn rows(&self) -> Result<SheetRows, SheetError> {
        let order = Order::Rows(self.place);
        let reading = Reading::start(&self.program, &self.path, &order)?;
        Ok(SheetRows {
            bytes: reading.bytes(),
            reading,
            check: Check::new(self.place),
            done: 0,
            rows: self.rows.max(1),
        })
    }
}

fn notes(survey: &Survey, chosen: &str, wished: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let others: Vec<_> = survey
        .sheets
        .iter()
        .enumerate()
        .filter(|(place, sheet)| *place != survey.place.sheet && sheet.visible)
        .map(|(_, sheet)| sheet.clone())
        .collect();
    if !others.is_empty() && !wished {
        notes.push(format!(
            "the sheet “{chosen}” is read; {TAKES_ANOTHER}: {}",
            survey::names(&others)
        ));
    }
    let header = survey.place.header;
    match survey.above {
        _ if !survey.named => notes.push(format!(
            "no row looks like names of columns; row {header} is taken for that"
        )),
        0 if header > 1 => notes.push(format!(
            "the columns are named in row {header}, below empty ones"
        )),
        0 => {}
        above => notes.push(format!(
            "the columns are named in row {header}; above it {} left out",
            if above == 1 {
                "1 row is".to_owned()
            } else {
                format!("{above} rows are")
            }
        )),
    }
    let first = &survey.first_error;
    match survey.errors {
        0 => {}
        1 => notes.push(format!(
            "the cell {first} holds an error such as #REF!, which is taken as it stands"
        )),
        errors => notes.push(format!(
            "{errors} cells hold an error such as #REF!, which is taken as it stands; the first is {first}"
        )),
    }
    if survey.macros {
        notes.push("the spreadsheet has macros; nothing runs them".to_owned());
    }
    notes
}

/// The rows of a spreadsheet's table, one in memory at a time.
pub struct SheetRows {
    reading: Reading,
    check: Check,
    /// How many rows came.
    done: u64,
    /// How many there are, as far as the child said; at least one.
    rows: u64,
    /// How many bytes the file has.
    bytes: u64,
}

impl SheetRows {
    /// How many bytes of the file have been read, taken from the share of the rows.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        let share = self.bytes.saturating_mul(self.done) / self.rows;
        if share < self.bytes {
            share
        } else {
            self.bytes
        }
    }

    /// The next row, what is wrong with it, or the end. Rows without anything in them are passed over.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_row(&mut self) -> Result<Next, SheetError> {
        self.done += 1;
        self.check.take(self.reading.next_frame()?)
    }
}
