//! Reading: a file as rows of cells under named columns, one row in memory at a time.
//!
//! What is wrong with one row is a [`Fault`] and reading goes on, so that all faults of a file are reported at once. What
//! makes the rest of the file unreadable is a [`ReadError`].

mod csv;
pub mod encoding;
mod error;
pub mod foreign;
mod json;
pub mod mail;
pub mod pack;
pub mod sheet;
mod stamp;
mod text;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use csv::Layout;
use encoding::Encoding;
pub use error::ReadError;
pub use json::Shape;
use pack::Input;
use sheet::{Sheet, SheetRows};
use stamp::Stamp;
use text::Text;

use crate::domain::moment::Moment;

/// The largest file that is read, in bytes: 2 GiB.
pub const LARGEST_FILE: u64 = 2 << 30;
/// The longest field that is kept, in bytes: 1 MiB.
pub const LONGEST_FIELD: usize = 1 << 20;
/// The longest object of JSON, in bytes: 16 MiB.
pub const LONGEST_ELEMENT: usize = 16 << 20;
/// How deep JSON may be nested, lists and objects around an object counted with those in it.
pub const DEEPEST: usize = 128;
/// The most columns a file may have.
pub const MOST_COLUMNS: usize = 4_096;
/// How much of a file's head tells its format and separator, in bytes.
const HEAD: usize = 64 * 1024;
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
    /// A row whose last cells are missing, filled up with blank ones, and what is wrong with that. It cannot be used,
    /// unless somebody knows that it is none.
    Short(Row, Fault),
    /// A row that cannot be used.
    Fault(Fault),
    /// There are no more.
    End,
}

/// How a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells, laid out so.
    Csv(Layout),
    /// JSON objects in that arrangement.
    Json(Shape),
    /// A spreadsheet.
    Sheet(Box<Sheet>),
}

impl Format {
    /// What a person calls it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Csv(layout) => match layout.separator {
                b',' => "CSV, separated by commas",
                b';' => "CSV, separated by semicolons",
                b'\t' => "CSV, separated by tabs",
                b'|' => "CSV, separated by bars",
                csv::NONE => "text, one item a line",
                _ => "CSV",
            },
            Self::Json(Shape::Lines) => "JSON lines",
            Self::Json(Shape::Values(_)) => "JSON",
            Self::Sheet(_) => "spreadsheet",
        }
    }
}

/// How a file is to be read where that is not to be found out.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Manner {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The sheet of a spreadsheet, by its name or number.
    pub sheet: Option<String>,
    /// The executable of Intake, which reads spreadsheets; by default the one that runs.
    pub program: Option<PathBuf>,
    /// Whether the first line of a table names its columns.
    pub header: Option<bool>,
}

/// A file whose format and columns are known; its rows can be read as often as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file.
    pub path: PathBuf,
    /// How it is written.
    pub format: Format,
    /// The encoding of its text.
    pub encoding: Encoding,
    /// Its columns, each name once: the second `Labels` is `Labels (2)`, a nameless one `column 3`.
    pub columns: Vec<String>,
    /// Whether the file names its columns; else they are called `column 1` and so on.
    pub header: bool,
    /// What a person should know about the header.
    pub notes: Vec<String>,
    /// Where its bytes are.
    input: Input,
    stamp: Stamp,
}

impl Table {
    /// Looks at a file: encoding, format, separator, columns.
    ///
    /// # Errors
    /// When it cannot be read, is empty, too large, or no text.
    pub fn open(path: &Path, manner: Manner) -> Result<Self, ReadError> {
        let stamp = Stamp::of(path)?;
        if sheet::claims(&head_of(open(path)?)?, path) {
            return Self::of_sheet(path, stamp, &manner);
        }
        let input = Input::of(path)?;
        let encoding = encoding_of(&input, manner.encoding)?;
        let text = || Text::new(input.open()?, encoding);
        let head = text()?.head(HEAD)?;
        if let Some(foreign) = foreign::of_text(&head) {
            return Err(ReadError::Foreign(foreign));
        }
        let (format, (columns, notes)) = match head.trim_start().chars().next() {
            None if head.len() < HEAD => return Err(ReadError::Empty),
            Some('{' | '[') => {
                let shape = Shape::of(text()?, &head)?;
                let columns = json::columns(text()?, &shape, KEYS_IN)?;
                (Format::Json(shape), (columns, Vec::new()))
            }
            _ => {
                let layout = Layout::guess(&head, head.len() >= HEAD, manner.header);
                (Format::Csv(layout), columns_of(text()?, layout)?)
            }
        };
        let header = !matches!(&format, Format::Csv(layout) if !layout.header);
        Ok(Self {
            path: path.to_owned(),
            format,
            encoding,
            columns,
            header,
            notes,
            input,
            stamp,
        })
    }

    /// How many bytes the file has, unpacked.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.input.unpacked().unwrap_or(self.stamp.bytes)
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

    /// The objects of another list of the pages whose main list is read, such as the users beside tickets; `None` when
    /// nothing wraps the objects.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed since it was looked at.
    pub fn documents_beside(&self, list: &str) -> Result<Option<Documents>, ReadError> {
        match &self.format {
            Format::Json(json::Shape::Values(path)) if !path.is_empty() => {
                let shape = json::Shape::Values(vec![list.to_owned()]);
                Ok(Some(Documents(json::Objects::new(self.text()?, &shape))))
            }
            _ => Ok(None),
        }
    }

    fn text(&self) -> Result<Text<'static>, ReadError> {
        self.unchanged()?;
        Text::new(self.input.open()?, self.encoding)
    }

    fn unchanged(&self) -> Result<(), ReadError> {
        match Stamp::of(&self.path)? == self.stamp {
            true => Ok(()),
            false => Err(ReadError::Changed),
        }
    }

    /// What a person calls it: `CSV, separated by semicolons, in Windows-1252`.
    #[must_use]
    pub fn words(&self) -> String {
        self.encoding.behind(self.format.word())
    }

    /// When the file was last written; 1970 where the system does not say.
    #[must_use]
    pub fn written(&self) -> Moment {
        self.stamp.written()
    }

    /// Its rows from the first on.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed since it was looked at.
    pub fn rows(&self) -> Result<Rows, ReadError> {
        Ok(Rows(match &self.format {
            Format::Csv(layout) => {
                let columns = self.columns.clone();
                Inner::Csv(Box::new(csv::Rows::new(self.text()?, *layout, columns)?))
            }
            Format::Json(shape) => {
                let rows = json::Rows::new(self.text()?, shape, &self.columns);
                Inner::Json(Box::new(rows))
            }
            Format::Sheet(sheet) => {
                self.unchanged()?;
                Inner::Sheet(Box::new(sheet.rows()?))
            }
        }))
    }
}

/// The objects of a JSON file.
pub struct Documents(json::Objects<'static>);

impl Documents {
    /// The objects of a list in UTF-8 that lies elsewhere than in a file of its own.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_list(input: impl Read + 'static) -> Result<Self, ReadError> {
        let text = Text::new(input, Encoding::UTF_8)?;
        let shape = json::Shape::Values(Vec::new());
        Ok(Self(json::Objects::new(text, &shape)))
    }

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
    Json(Box<json::Rows<'static>>),
    Sheet(Box<SheetRows>),
}

impl Rows {
    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match &self.0 {
            Inner::Csv(rows) => rows.bytes(),
            Inner::Json(rows) => rows.bytes(),
            Inner::Sheet(rows) => rows.bytes(),
        }
    }

    /// Takes a row back that nobody needs any more, so that the next one need not ask for as much memory again.
    pub fn reuse(&mut self, row: Row) {
        if let Inner::Csv(rows) = &mut self.0 {
            rows.reuse(row);
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
            Inner::Sheet(rows) => Ok(rows.next_row()?),
        }
    }
}

fn open(path: &Path) -> Result<File, ReadError> {
    File::open(path).map_err(ReadError::Unreadable)
}

/// The first bytes of a file.
fn head_of(input: impl Read) -> Result<Vec<u8>, ReadError> {
    let mut head = Vec::new();
    let read = input.take(HEAD as u64).read_to_end(&mut head);
    read.map_err(ReadError::Unreadable)?;
    Ok(head)
}

/// The encoding of a file: its byte order mark comes before what was asked for, because no text begins with one by chance.
fn encoding_of(input: &Input, wish: Option<Encoding>) -> Result<Encoding, ReadError> {
    let head = head_of(input.open()?)?;
    if let Some(foreign) = foreign::of_bytes(&head) {
        return Err(ReadError::Foreign(foreign));
    }
    let known = Encoding::of_mark(&head).or(wish);
    match known.or_else(|| Encoding::of_zeros(&head)) {
        Some(encoding) => Ok(encoding),
        None => Encoding::guess(input.open()?),
    }
}

/// How the command line says that the first line names the columns, at the end of a note: elsewhere one cannot.
pub const SAYS_HEADER: &str = "; --header says that it does name them";

/// The names of the columns of a table, and what a person should know about them.
fn columns_of(text: Text<'_>, layout: Layout) -> Result<(Vec<String>, Vec<String>), ReadError> {
    let mut records = csv::Records::new(text, layout.separator);
    for _ in 0..layout.before {
        records.next_record()?;
    }
    let (line, first) = records.next_record()?.ok_or(ReadError::Empty)?;
    let (columns, mut notes) = if layout.header {
        name_columns(first)
    } else {
        let note = "the first line does not look like names of columns: they are called by their \
                    number, and taken for what is in them";
        let numbered = (1..=first.len()).map(|number| format!("column {number}"));
        (numbered.collect(), vec![format!("{note}{SAYS_HEADER}")])
    };
    if layout.before > 0 && !layout.said {
        let note = format!("the table begins in line {line}; what stands above is left out");
        notes.push(note);
    }
    Ok((columns, notes))
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
