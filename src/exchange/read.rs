//! Reading: a file as rows of cells under named columns, one row in memory at a time.
//!
//! What is wrong with one row is a [`Fault`] and reading goes on, so that all faults of a file are reported at once. What
//! makes the rest of the file unreadable is a [`ReadError`].

mod csv;
mod json;
pub mod sheet;
mod text;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

pub use json::Shape;
use text::Text;

use crate::domain::moment::Moment;
use crate::problem::{Kind, Problem};

/// The largest file that is read, in bytes: 2 GiB.
pub const LARGEST_FILE: u64 = 2 << 30;
/// The longest field that is kept, in bytes: 1 MiB.
pub const LONGEST_FIELD: usize = 1 << 20;
/// The longest object of JSON, in bytes: 16 MiB.
pub const LONGEST_ELEMENT: usize = 16 << 20;
/// How deep an object of JSON may be nested; serde_json goes no deeper.
pub const DEEPEST: usize = 127;
/// The most columns a file may have.
pub const MOST_COLUMNS: usize = 4_096;
/// How much of a file's head tells its format and separator, in bytes.
const HEAD: u64 = 64 * 1024;
/// How many objects of JSON are looked at for their keys.
const KEYS_IN: usize = 10_000;

/// One row: as many cells as the file has columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line where it begins, from 1.
    pub line: u64,
    /// Its cells, as they came.
    pub cells: Vec<String>,
}

/// One object of a JSON file.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The line where it begins, from 1.
    pub line: u64,
    /// Its keys and values.
    pub object: serde_json::Map<String, serde_json::Value>,
}

/// What reading a document gives.
#[derive(Clone, Debug, PartialEq)]
pub enum NextDocument {
    /// A document.
    Document(Document),
    /// One that cannot be used.
    Fault(Fault),
    /// There are no more.
    End,
}

/// Where in its row a fault sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The row as a whole.
    Row,
    /// The cell in the column of that name.
    Column(String),
    /// The character of that number in its line, from 1.
    Character(usize),
}

/// What is wrong with one row. The row is not imported; reading goes on with the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// Where in the row.
    pub spot: Spot,
    /// What is wrong.
    pub words: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        match &self.spot {
            Spot::Row => {}
            Spot::Column(name) => write!(f, ", column “{name}”")?,
            Spot::Character(place) => write!(f, ", column {place}")?,
        }
        write!(f, ": {}", self.words)
    }
}

/// What reading a row gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A row.
    Row(Row),
    /// A row that cannot be used.
    Fault(Fault),
    /// There are no more.
    End,
}

/// Why a file cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refuses.
    #[error("{0}")]
    Unreadable(#[source] std::io::Error),
    /// Not a file.
    #[error("it is a folder, not a file")]
    Folder,
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Too large.
    #[error("it has {0} bytes; at most 2 GiB are read")]
    TooLarge(u64),
    /// UTF-16.
    #[error("it is in UTF-16, and only UTF-8 is read")]
    Utf16,
    /// Some other encoding.
    #[error("it is not UTF-8: byte 0x{byte:02X} at offset {offset}, line {line}")]
    NotUtf8 {
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
            format!("cannot import {}: {self}", path.display()),
        );
        match self {
            Self::Unreadable(_) | Self::Folder => {
                problem.hint("give the path of a CSV or JSON file")
            }
            Self::Empty => problem.hint("export it again; the first line should name the columns"),
            Self::TooLarge(_) => {
                problem.hint("split it; importing the parts one after the other adds up")
            }
            Self::Utf16 => problem.hint("convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"),
            Self::NotUtf8 { .. } => problem
                .hint("save it as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW"),
            Self::OpenQuote { .. } | Self::LongField { .. } => problem.hint(
                "close the quote in that line; a quote inside a quoted field is written twice",
            ),
            Self::TooWide { .. } => problem.hint("leave out the columns that are not needed"),
            Self::CutOff { .. } => problem.hint("export or download it again"),
            Self::BrokenJson { .. } | Self::TooDeep { .. } => {
                problem.hint("mend it there, or export it again; jq . FILE says whether it is JSON")
            }
            Self::Changed => problem.hint("look at a new plan before you import it"),
        }
    }
}

/// How a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells parted by that byte.
    Csv(u8),
    /// JSON objects in that arrangement.
    Json(Shape),
}

impl Format {
    /// What a person calls it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Csv(b';') => "CSV, separated by semicolons",
            Self::Csv(b'\t') => "CSV, separated by tabs",
            Self::Csv(b'|') => "CSV, separated by bars",
            Self::Csv(_) => "CSV, separated by commas",
            Self::Json(Shape::Lines) => "JSON lines",
            Self::Json(Shape::Values(_)) => "JSON",
        }
    }
}

/// A file whose format and columns are known; its rows can be read as often as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file.
    pub path: PathBuf,
    /// How it is written.
    pub format: Format,
    /// Its columns, each name once: the second `Labels` is `Labels (2)`, a nameless one `column 3`.
    pub columns: Vec<String>,
    /// What a person should know about the header.
    pub notes: Vec<String>,
    /// Length and time of the last change, by which a change between plan and import is noticed.
    stamp: (u64, Option<Duration>),
}

impl Table {
    /// Looks at a file: format, separator, columns.
    ///
    /// # Errors
    /// When it cannot be read, is empty, too large, or in another encoding.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let stamp = stamp(path)?;
        let mut head = Vec::new();
        open(path)?
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(ReadError::Unreadable)?;
        if matches!(head.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
            return Err(ReadError::Utf16);
        }
        let head = String::from_utf8_lossy(&head);
        let head = head.trim_start_matches('\u{feff}');
        let format = match head.trim_start().chars().next() {
            None if stamp.0 <= HEAD => return Err(ReadError::Empty),
            Some('{' | '[') => Format::Json(Shape::of(Text::new(open(path)?)?, head)?),
            _ => Format::Csv(csv::sniff(head)),
        };
        let text = Text::new(open(path)?)?;
        let (columns, notes) = match &format {
            Format::Csv(separator) => {
                let mut records = csv::Records::new(text, *separator);
                let (_, header) = records.next_record()?.ok_or(ReadError::Empty)?;
                name_columns(header)
            }
            Format::Json(shape) => (json::columns(text, shape, KEYS_IN)?, Vec::new()),
        };
        Ok(Self {
            path: path.to_owned(),
            format,
            columns,
            notes,
            stamp,
        })
    }

    /// How many bytes the file has.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.stamp.0
    }

    /// Its objects from the first on, as they are; `None` when it is no JSON.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed since it was looked at.
    pub fn documents(&self) -> Result<Option<Documents>, ReadError> {
        let Format::Json(shape) = &self.format else {
            return Ok(None);
        };
        Ok(Some(Documents(json::Objects::new(self.text()?, shape))))
    }

    fn text(&self) -> Result<Text<'static>, ReadError> {
        if stamp(&self.path)? != self.stamp {
            return Err(ReadError::Changed);
        }
        Text::new(open(&self.path)?)
    }

    /// When the file was last written; 1970 where the system does not say.
    #[must_use]
    pub fn written(&self) -> Moment {
        let since = self.stamp.1.unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or_default())
    }

    /// Its rows from the first on.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed since it was looked at.
    pub fn rows(&self) -> Result<Rows, ReadError> {
        let text = self.text()?;
        Ok(Rows(match &self.format {
            Format::Csv(separator) => Inner::Csv(Box::new(csv::Rows::new(
                text,
                *separator,
                self.columns.clone(),
            )?)),
            Format::Json(shape) => Inner::Json(json::Rows::new(text, shape, &self.columns)),
        }))
    }
}

/// The objects of a JSON file.
pub struct Documents(json::Objects<'static>);

impl Documents {
    /// The next object, what is wrong with it, or the end.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_document(&mut self) -> Result<NextDocument, ReadError> {
        self.0.next_object()
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.0.bytes()
    }
}

/// The rows of a table.
pub struct Rows(Inner);

enum Inner {
    Csv(Box<csv::Rows<'static>>),
    Json(json::Rows<'static>),
}

impl Rows {
    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match &self.0 {
            Inner::Csv(rows) => rows.bytes(),
            Inner::Json(rows) => rows.bytes(),
        }
    }

    /// The next row, what is wrong with it, or the end.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_row(&mut self) -> Result<Next, ReadError> {
        match &mut self.0 {
            Inner::Csv(rows) => rows.next_row(),
            Inner::Json(rows) => rows.next_row(),
        }
    }
}

fn open(path: &Path) -> Result<File, ReadError> {
    File::open(path).map_err(ReadError::Unreadable)
}

fn stamp(path: &Path) -> Result<(u64, Option<Duration>), ReadError> {
    let about = fs::metadata(path).map_err(ReadError::Unreadable)?;
    if about.is_dir() {
        return Err(ReadError::Folder);
    }
    if about.len() > LARGEST_FILE {
        return Err(ReadError::TooLarge(about.len()));
    }
    if about.len() == 0 {
        return Err(ReadError::Empty);
    }
    let changed = about.modified().ok();
    Ok((
        about.len(),
        changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()),
    ))
}

/// Makes every name occur once, and says what had to be done for it.
fn name_columns(header: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let (mut columns, mut notes) = (Vec::new(), Vec::new());
    let mut repeated: Vec<String> = Vec::new();
    for (place, name) in header.into_iter().enumerate() {
        let name = name.trim().to_owned();
        let name = if name.is_empty() {
            format!("column {}", place + 1)
        } else {
            name
        };
        let count = seen.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            if !repeated.contains(&name) {
                repeated.push(name.clone());
            }
            columns.push(format!("{name} ({count})"));
        } else {
            columns.push(name);
        }
    }
    if !repeated.is_empty() {
        notes.push(format!(
            "the header names some columns more than once ({}); the second is called “{} (2)”",
            repeated.join(", "),
            repeated[0]
        ));
    }
    (columns, notes)
}
