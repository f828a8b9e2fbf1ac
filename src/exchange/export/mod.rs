//! Export: what leaves Intake as a file.
//!
//! ```text
//!   store's records ── columns ──> cells ──> CSV (defused), XLSX (typed)
//!        one at a time  └── object ──────> JSON lines
//!                       └── markdown ────> a document
//! ```
//!
//! Everything is read in one snapshot and written while it is read: what is held is one record. docs/export.md
//! describes every column.

mod cell;
mod defuse;
pub mod dump;
mod feedback;
pub mod file;
mod harmless;
mod ideas;
mod meetings;
mod releases;
mod sheet;
mod sink;

#[cfg(test)]
mod tests;

pub(in crate::exchange) use defuse::restored;
pub(in crate::exchange) use feedback::NAMES as FEEDBACK_COLUMNS;

use std::io::{self, Write};
use std::path::Path;

use uuid::Uuid;

use self::file::NewFile;
use self::sink::Sink;
use crate::domain::id::IdeaId;
use crate::domain::listing::IdeaQuery;
use crate::domain::moment::Moment;
use crate::problem::{Kind, Problem};
use crate::query::Query;
use crate::store::{FilterContext, Reader};

/// What is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The feedback that a filter shows, in its order.
    Feedback(Query),
    /// The ideas that a query shows and that meet a filter, in the order of the query.
    Ideas(IdeaQuery, Query),
    /// These ideas, in this order.
    TheseIdeas(Vec<IdeaId>),
    /// The release plan. Updates are asked for that were not given since then.
    Releases(Moment),
    /// Meetings, with their agendas and action steps.
    Meetings,
    /// The whole workspace with its history, as a dump.
    All,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180, but with line feeds alone), in UTF-8.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A document.
    Markdown,
    /// A spreadsheet (Office Open XML).
    Xlsx,
}

impl Format {
    /// The format that the extension of a file name says.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "csv" => Self::Csv,
            "jsonl" | "ndjson" => Self::JsonLines,
            "md" | "markdown" => Self::Markdown,
            "xlsx" => Self::Xlsx,
            _ => return None,
        })
    }

    /// The same for a name that must tell one.
    ///
    /// # Errors
    /// When it tells none.
    pub fn told_by(path: &Path) -> Result<Self, Problem> {
        Self::of(path).ok_or_else(|| {
            let words = format!("cannot tell the format from the name {}", path.display());
            Problem::new(Kind::Usage, words).hint("name it *.csv, *.jsonl, *.md or *.xlsx")
        })
    }
}

/// What an export did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Exported {
    /// How many things were written.
    pub things: u64,
    /// How many cells were too long for a sheet, and cut.
    pub cut: u64,
}

impl Exported {
    /// `37 feedback; 2 texts were too long for a cell and are cut`.
    #[must_use]
    pub fn words(&self, what: &What) -> String {
        let one = match what {
            What::Feedback(_) => "feedback",
            What::Ideas(..) | What::TheseIdeas(_) => "idea",
            What::Releases(_) => "release",
            What::Meetings => "meeting",
            What::All => "row",
        };
        let noun = match (self.things, what) {
            (1, _) | (_, What::Feedback(_)) => one.to_owned(),
            _ => format!("{one}s"),
        };
        let history = match what {
            What::All => " and their history",
            _ => "",
        };
        let words = format!("{} {noun}{history}", self.things);
        match self.cut {
            0 => words,
            1 => format!("{words}; 1 text was too long for a cell and is cut"),
            cut => format!("{words}; {cut} texts were too long for a cell and are cut"),
        }
    }
}

/// Writes what was asked for to `writer`. `device` is the name by which a dump calls this copy.
///
/// # Errors
/// When the filter names what does not exist, the format does not suit, the workspace cannot be read, or the export
/// cannot be written.
pub fn export(
    reader: &Reader<'_>,
    context: &FilterContext,
    device: Uuid,
    (what, format): (&What, Format),
    writer: &mut (dyn Write + Send),
) -> Result<Exported, Problem> {
    if *what == What::All {
        return whole(reader, device, format, writer);
    }
    let mut sink = Sink::new(format, writer)?;
    match what {
        What::Feedback(query) => feedback::export(reader, context, query, &mut sink)?,
        What::Ideas(query, filter) => {
            let rows = reader.filtered_ideas(query, filter, context.me.as_ref())?;
            ideas::export(reader, rows.iter().map(|row| row.id), query.sort, &mut sink)?;
        }
        What::TheseIdeas(ids) => {
            let sort = IdeaQuery::default().sort;
            ideas::export(reader, ids.iter().copied(), sort, &mut sink)?;
        }
        What::Releases(asked) => releases::export(reader, *asked, &mut sink)?,
        What::Meetings => meetings::export(reader, &mut sink)?,
        What::All => {}
    }
    sink.finish()
}

/// Writes what was asked for to a file, which appears when it is whole. Once `stopped` says so, nothing more is
/// written and nothing is left.
///
/// # Errors
/// As [`export`]; when the file is there and `replace` does not say so, and when it cannot be written.
pub fn to_file(
    reader: &Reader<'_>,
    context: &FilterContext,
    device: Uuid,
    request: (&What, Format),
    (path, replace): (&Path, bool),
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Exported, Problem> {
    let mut file = NewFile::begin(path, replace)?;
    let mut writer = Stoppable {
        file: &mut file,
        stopped,
    };
    let done = export(reader, context, device, request, &mut writer);
    if stopped() {
        let words = "the export was stopped, and nothing was written";
        return Err(Problem::new(Kind::Interrupted, words));
    }
    let done = done?;
    file.finish()?;
    Ok(done)
}

/// A file that takes no more once it is told so.
struct Stoppable<'f> {
    file: &'f mut NewFile,
    stopped: &'f (dyn Fn() -> bool + Sync),
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match (self.stopped)() {
            true => Err(io::Error::other("it was stopped")),
            false => self.file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn whole(
    reader: &Reader<'_>,
    device: Uuid,
    format: Format,
    writer: &mut (dyn Write + Send),
) -> Result<Exported, Problem> {
    if format != Format::JsonLines {
        let words = "the whole workspace is exported as JSON lines and nothing else";
        return Err(Problem::new(Kind::Usage, words)
            .hint("name the file *.jsonl, or export feedback, ideas, releases or meetings"));
    }
    let counts = dump::write(reader, device, writer)?;
    Ok(Exported {
        things: counts.row.values().sum(),
        cut: 0,
    })
}
