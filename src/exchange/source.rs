//! A file of another tool, looked at: which dialect it is written in. `source/verdicts.rs` tells what becomes of its pieces.

mod verdicts;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::convert::Choices;
use super::dialects::beside::Beside;
use super::dialects::slack;
use super::dialects::slack::export::Export;
use super::dialects::{self, Columns, Dialect, DocumentDialect, Reads, TableDialect, Translate};
use super::gather::shown;
use super::mapping::Mapping;
use super::read::encoding::Encoding;
use super::read::mail::Mailbox;
use super::read::pack::PackError;
use super::read::{Fault, Format, Manner, Next, NextDocument, ReadError, Table};
use crate::domain::moment::Moment;
use crate::problem::{Kind, Problem};

pub use verdicts::Verdicts;

/// How many pieces are looked at to guess the dialect and the mapping.
const SAMPLE: usize = 200;
/// How many characters an example of a cell has.
const EXAMPLE: usize = 80;
/// How many faults a refusal names.
const NAMED: usize = 20;

/// A file that can be read as often as wanted, and gives the same each time.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, without the folders that lead to it.
    pub name: String,
    /// What it holds.
    pub contents: Contents,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Rows under columns.
    Rows {
        /// Its columns and how to read it.
        table: Table,
        /// Which column means what.
        mapping: Mapping,
        /// The dialect, where one is known.
        dialect: Option<Known>,
    },
    /// Objects of a known dialect.
    Documents {
        /// How to read it.
        table: Table,
        /// The dialect.
        dialect: Known,
        /// What an object of it brings.
        translate: Translate,
        /// Who and what stands beside the objects.
        beside: Beside,
    },
    /// Messages.
    Mail {
        /// How to read them.
        mailbox: Box<Mailbox>,
        /// The dialect.
        dialect: Known,
    },
    /// The messages of a workspace of Slack.
    Slack(Box<Export>),
}

/// A dialect, told by its name.
#[derive(Clone, Copy)]
pub struct Known(pub &'static Dialect);

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

impl Source {
    /// Looks at a file: format, dialect, mapping. `choices` override what would be guessed.
    ///
    /// # Errors
    /// When the file or none of its pieces can be read, a dialect or column that was asked for does not exist, or nothing
    /// tells a title or a text.
    pub fn open(path: &Path, choices: &Choices) -> Result<Self, Problem> {
        let wish = choices.format.as_deref().map(wished).transpose()?;
        let told = match mail(path, wish).map_err(|error| error.of(path))? {
            None => slack(path, wish).map_err(|error| error.of(path))?,
            mail => mail,
        };
        let contents = told.map_or_else(|| table(path, wish, choices), Ok)?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            path: path.to_owned(),
            name: name.to_string_lossy().into_owned(),
            contents,
        })
    }

    /// What a person calls it: `Jira issues, CSV`, `JSON lines`.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.contents {
            Contents::Rows {
                table,
                dialect: None,
                ..
            } => table.words(),
            Contents::Rows {
                table,
                dialect: Some(dialect),
                ..
            }
            | Contents::Documents { table, dialect, .. } => table.encoding.behind(dialect.0.words),
            Contents::Mail { dialect, .. } => dialect.0.words.to_owned(),
            Contents::Slack(_) => slack::EXPORT.words.to_owned(),
        }
    }

    /// The sheet of a workbook that is read, and the names of all; `None` for other files.
    #[must_use]
    pub fn sheet(&self) -> Option<(&str, &[String])> {
        match &self.contents {
            Contents::Rows { table, .. } | Contents::Documents { table, .. } => {
                match &table.format {
                    Format::Sheet(sheet) => Some((&sheet.chosen, &sheet.sheets)),
                    Format::Csv(_) | Format::Json(_) => None,
                }
            }
            Contents::Mail { .. } | Contents::Slack(_) => None,
        }
    }

    /// What a person should know about how it is read.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        match &self.contents {
            Contents::Rows { table, .. } | Contents::Documents { table, .. } => &table.notes,
            Contents::Mail { mailbox, .. } => &mailbox.notes,
            Contents::Slack(export) => &export.notes,
        }
    }

    /// Which column means what, where it has columns.
    #[must_use]
    pub const fn mapping(&self) -> Option<(&Table, &Mapping)> {
        match &self.contents {
            Contents::Rows { table, mapping, .. } => Some((table, mapping)),
            Contents::Documents { .. } | Contents::Mail { .. } | Contents::Slack(_) => None,
        }
    }

    /// The dialect of its columns, where they have one.
    #[must_use]
    pub fn dialect_of_table(&self) -> Option<&'static TableDialect> {
        let Contents::Rows { dialect, .. } = &self.contents else {
            return None;
        };
        let Reads::Table(known) = &dialect.as_ref()?.0.reads else {
            return None;
        };
        Some(known)
    }

    /// Its columns, each with the first thing that stands in it among the first rows; none where it has no columns.
    #[must_use]
    pub fn examples(&self) -> Vec<(String, String)> {
        let Some((table, _)) = self.mapping() else {
            return Vec::new();
        };
        // What cannot be read any more the import itself will tell.
        let rows = samples(table).map_or_else(|_| Vec::new(), |(rows, _)| rows);
        let example = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let cell = cells.map(|cell| cell.trim()).find(|cell| !cell.is_empty());
            cell.unwrap_or_default().chars().take(EXAMPLE).collect()
        };
        let columns = table.columns.iter().enumerate();
        columns
            .map(|(place, column)| (column.clone(), example(place)))
            .collect()
    }

    /// The name of the file that holds the message with that number, in a folder of messages.
    #[must_use]
    pub fn message(&self, number: u64) -> Option<String> {
        let Contents::Mail { mailbox, .. } = &self.contents else {
            return None;
        };
        let name = mailbox.file(number)?.file_name()?;
        Some(name.to_string_lossy().into_owned())
    }

    /// How many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match &self.contents {
            Contents::Rows { table, .. } | Contents::Documents { table, .. } => table.bytes(),
            Contents::Mail { mailbox, .. } => mailbox.bytes(),
            Contents::Slack(export) => export.bytes(),
        }
    }

    fn written(&self) -> Moment {
        match &self.contents {
            Contents::Rows { table, .. } | Contents::Documents { table, .. } => table.written(),
            Contents::Mail { mailbox, .. } => mailbox.written(),
            Contents::Slack(export) => export.written(),
        }
    }

    fn tool(&self) -> &str {
        match &self.contents {
            Contents::Documents { dialect, .. } | Contents::Mail { dialect, .. } => dialect.0.tool,
            Contents::Slack(_) => slack::EXPORT.tool,
            Contents::Rows {
                dialect: Some(known),
                ..
            } => known.0.tool,
            Contents::Rows { table, .. } => match &table.format {
                Format::Csv(_) | Format::Sheet(_) => "spreadsheet",
                Format::Json(_) => "json",
            },
        }
    }
}

/// How the file is to be read, where that was asked for.
fn manner(choices: &Choices) -> Result<Manner, Problem> {
    let encoding = |name: &String| {
        Encoding::named(name).ok_or_else(|| {
            Problem::new(Kind::Usage, format!("there is no encoding “{name}”")).hint(
                "encodings are utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis and the like",
            )
        })
    };
    Ok(Manner {
        encoding: choices.encoding.as_ref().map(encoding).transpose()?,
        sheet: choices.sheet.clone(),
        program: choices.program.clone(),
        header: choices.header,
    })
}

/// The dialect that was asked for.
fn wished(name: &str) -> Result<&'static Dialect, Problem> {
    dialects::named(name).ok_or_else(|| {
        let known: Vec<&str> = dialects::ALL.iter().map(|dialect| dialect.name).collect();
        Problem::new(Kind::Usage, format!("there is no format “{name}”"))
            .hint(format!("the formats are {}", known.join(", ")))
    })
}

/// The messages of a file or folder, where it holds some.
fn mail(path: &Path, wish: Option<&'static Dialect>) -> Result<Option<Contents>, ReadError> {
    let kind = match wish.map(|dialect| &dialect.reads) {
        None => None,
        Some(Reads::Mail(kind)) => Some(*kind),
        Some(Reads::Table(_) | Reads::Documents(_) | Reads::Slack) => return Ok(None),
    };
    let mailbox = Mailbox::open(path, kind)?;
    Ok(mailbox.map(|mailbox| Contents::Mail {
        dialect: Known(dialects::mail::of(mailbox.kind())),
        mailbox: Box::new(mailbox),
    }))
}

/// The messages of a workspace of Slack, where a folder or archive holds some.
fn slack(path: &Path, wish: Option<&'static Dialect>) -> Result<Option<Contents>, ReadError> {
    if !matches!(
        wish.map(|dialect| &dialect.reads),
        None | Some(Reads::Slack)
    ) {
        return Ok(None);
    }
    let export = Export::open(path)?;
    if wish.is_some() && export.is_none() {
        return Err(PackError::No("Slack").into());
    }
    Ok(export.map(|export| Contents::Slack(Box::new(export))))
}

/// The rows or objects of a file.
fn table(
    path: &Path,
    wish: Option<&'static Dialect>,
    choices: &Choices,
) -> Result<Contents, Problem> {
    let unreadable = |error: ReadError| error.of(path);
    let table = Table::open(path, manner(choices)?).map_err(unreadable)?;
    Ok(match document_dialect(&table, wish).map_err(unreadable)? {
        Some((dialect, known)) => Contents::Documents {
            beside: Beside::read(&table, known.beside).map_err(unreadable)?,
            table,
            dialect: Known(dialect),
            translate: known.translate,
        },
        None => match wish.map(|dialect| (&dialect.reads, dialect.words)) {
            Some((Reads::Documents(_), words)) => return Err(no_objects(path, &table, words)),
            _ => rows(path, table, wish, choices)?,
        },
    })
}

/// Why a file cannot be what it was asked to be read as: there are no objects in it.
fn no_objects(path: &Path, table: &Table, words: &str) -> Problem {
    let summary = format!("cannot import {} as {words}", path.display());
    Problem::new(Kind::Input, summary)
        .because(format!("it is no JSON: it is {}", table.words()))
        .hint("leave out --format to have it found out what it is")
}

/// The dialect of the objects of a file: the one asked for, else the first that more than half of the first objects fit.
fn document_dialect(
    table: &Table,
    wish: Option<&'static Dialect>,
) -> Result<Option<(&'static Dialect, &'static DocumentDialect)>, ReadError> {
    let Some(mut documents) = table.documents()? else {
        return Ok(None);
    };
    let mut objects: Vec<Map<String, Value>> = Vec::new();
    while objects.len() < SAMPLE {
        match documents.next_document()? {
            NextDocument::Document(document) => objects.push(document.object),
            NextDocument::Fault(_) => {}
            NextDocument::End => break,
        }
    }
    let fits = |known: &DocumentDialect| {
        let fitting = objects.iter().filter(|object| (known.fits)(object));
        fitting.count() * 2 > objects.len()
    };
    let read = |dialect: &'static Dialect| match &dialect.reads {
        Reads::Documents(known) => Some((dialect, known)),
        Reads::Table(_) | Reads::Mail(_) | Reads::Slack => None,
    };
    Ok(match wish {
        Some(dialect) => read(dialect),
        None => dialects::ALL
            .iter()
            .filter_map(|dialect| read(dialect))
            .find(|(_, known)| fits(known)),
    })
}

/// The rows of a table, with the meaning of its columns.
fn rows(
    path: &Path,
    table: Table,
    wish: Option<&'static Dialect>,
    choices: &Choices,
) -> Result<Contents, Problem> {
    let (samples, faults) = samples(&table).map_err(|error| error.of(path))?;
    if samples.is_empty() && !faults.is_empty() {
        return Err(no_row(&shown(path), faults.iter().map(ToString::to_string)));
    }
    let fits = |dialect: &&&Dialect| match &dialect.reads {
        Reads::Table(known) => (known.fits)(&Columns(&table.columns)),
        Reads::Documents(_) | Reads::Mail(_) | Reads::Slack => false,
    };
    let dialect = wish.or_else(|| dialects::ALL.iter().find(fits).copied());
    let mapping = match dialect.map(|dialect| &dialect.reads) {
        Some(Reads::Table(TableDialect {
            columns, others, ..
        })) => Mapping::known(
            &table,
            &samples,
            &choices.map,
            columns,
            others.never(),
            choices.textless,
        ),
        _ => Mapping::known(&table, &samples, &choices.map, &[], &[], choices.textless),
    };
    // It may be that the wrong sheet was read, or the wrong row for names.
    let told = |problem| table.notes.iter().fold(problem, Problem::because);
    let mapping = mapping.map_err(told)?;
    Ok(Contents::Rows {
        table,
        mapping,
        dialect: dialect.map(Known),
    })
}

/// The first rows, and the first faults that stood among them.
fn samples(table: &Table) -> Result<(Vec<Vec<String>>, Vec<Fault>), ReadError> {
    let mut rows = table.rows()?;
    let (mut samples, mut faults) = (Vec::new(), Vec::new());
    while samples.len() < SAMPLE {
        match rows.next_row()? {
            Next::End => break,
            Next::Row(row) => samples.push(row.cells),
            Next::Fault(fault) | Next::Short(_, fault) if faults.len() < NAMED => {
                faults.push(fault)
            }
            Next::Fault(_) | Next::Short(..) => {}
        }
    }
    Ok((samples, faults))
}

/// Why there is nothing to import: every row has a fault. Its columns, guessed from the rows, would explain nothing.
pub(super) fn no_row(name: &str, faults: impl Iterator<Item = String>) -> Problem {
    let summary = format!("cannot import {name}: no row of it can be read");
    let mut problem = Problem::new(Kind::Input, summary);
    problem.causes.extend(faults);
    problem.hint("mend the file, or export it again")
}
