//! How a kind of file is read, kept under a name: its columns, what they mean, and where the file comes from.
//!
//! It belongs to this copy of the workspace. A file whose header is that of a saved mapping is read by it without being
//! asked to; what is said at an import comes before what is kept.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::convert::Choices;
use super::gather::{Given, shown};
use super::mapping::{Field, Mapping, Why};
use super::opened::{self, Opened};
use super::plan::Plan;
use super::source::Source;
use crate::problem::{Kind, Problem};
use crate::store::Reader;

/// The version of the text that a saved mapping is kept as.
const VERSION: u32 = 1;

/// How a kind of file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMapping {
    version: u32,
    /// The columns of the file, in their order; none for a file without any.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What they mean, as `field=column`; nothing behind the sign where no column holds the field.
    #[serde(default)]
    pub map: Vec<String>,
    /// The dialect that was asked for.
    #[serde(default)]
    pub format: Option<String>,
    /// The encoding that was asked for.
    #[serde(default)]
    pub encoding: Option<String>,
    /// The sheet of a spreadsheet that was asked for.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Whether the first line names the columns, where somebody said so.
    #[serde(default)]
    pub header: Option<bool>,
    /// The source of everything.
    #[serde(default)]
    pub source: Option<String>,
    /// The origin of everything.
    #[serde(default)]
    pub origin: Option<String>,
}

impl SavedMapping {
    /// How a plan reads its first file.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let choices = &plan.choices;
        let rows = plan.sources.first().and_then(Source::mapping);
        Self {
            version: VERSION,
            columns: rows.map_or_else(Vec::new, |(table, _)| table.columns.clone()),
            map: rows.map_or_else(Vec::new, |(table, mapping)| wishes(&table.columns, mapping)),
            format: choices.format.clone(),
            encoding: choices.encoding.clone(),
            sheet: choices.sheet.clone(),
            header: choices.header,
            source: choices.source.clone(),
            origin: choices.origin.clone(),
        }
    }

    /// The text that it is kept as.
    ///
    /// # Errors
    /// None today; the signature of the writer has one.
    pub fn text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|error| {
            Problem::new(Kind::Internal, "cannot keep a mapping").caused_by(&error)
        })
    }

    /// What was kept as that text under that name.
    ///
    /// # Errors
    /// When a newer Intake has written it, or somebody else.
    pub fn read(name: &str, text: &str) -> Result<Self, Problem> {
        let unreadable = || {
            Problem::new(
                Kind::Input,
                format!("cannot read the saved mapping “{name}”"),
            )
            .hint(format!("“intake mapping remove {name}” forgets it"))
        };
        let saved: Self =
            serde_json::from_str(text).map_err(|error| unreadable().caused_by(&error))?;
        match saved.version {
            VERSION => Ok(saved),
            _ => Err(unreadable().because("a newer Intake has written it")),
        }
    }

    /// What was asked for, and this where nothing was.
    #[must_use]
    pub fn under(&self, choices: &Choices) -> Choices {
        let parts = |wish: &String| {
            let (field, column) = wish.split_once('=').unwrap_or((wish, ""));
            (field.trim().to_lowercase(), column.trim().to_lowercase())
        };
        let asked: Vec<(String, String)> = choices.map.iter().map(parts).collect();
        let is_open = |wish: &&String| {
            let (field, column) = parts(wish);
            let taken = |(f, c): &(String, String)| *f == field || !c.is_empty() && *c == column;
            !asked.iter().any(taken)
        };
        let kept = self.map.iter().filter(is_open).cloned();
        Choices {
            map: kept.chain(choices.map.iter().cloned()).collect(),
            format: choices.format.clone().or_else(|| self.format.clone()),
            encoding: choices.encoding.clone().or_else(|| self.encoding.clone()),
            sheet: choices.sheet.clone().or_else(|| self.sheet.clone()),
            header: choices.header.or(self.header),
            source: choices.source.clone().or_else(|| self.source.clone()),
            origin: choices.origin.clone().or_else(|| self.origin.clone()),
            ..choices.clone()
        }
    }

    /// Refuses a file that lacks a column which it uses.
    fn check(&self, name: &str, source: &Source) -> Result<(), Problem> {
        let columns = source
            .mapping()
            .map_or(&[][..], |(table, _)| &table.columns);
        let missing: Vec<&str> = self
            .map
            .iter()
            .filter_map(|wish| wish.split_once('=').map(|(_, column)| column))
            .filter(|column| !column.is_empty() && !column.starts_with('#'))
            .filter(|column| !columns.iter().any(|known| known == column))
            .collect();
        match missing.as_slice() {
            [] => Ok(()),
            missing => Err(misfit(name, &shown(&source.path), missing)),
        }
    }

    /// Whether all these files have its header.
    fn fits(&self, sources: &[Source]) -> bool {
        !self.columns.is_empty()
            && sources.iter().all(|source| {
                source
                    .mapping()
                    .is_some_and(|(table, _)| table.columns == self.columns)
            })
    }
}

fn misfit(name: &str, file: &str, missing: &[&str]) -> Problem {
    let summary = format!("the saved mapping “{name}” does not fit {file}");
    let missing: Vec<String> = missing.iter().map(|column| format!("“{column}”")).collect();
    Problem::new(Kind::Input, summary)
        .because(format!("the file has no column {}", missing.join(", ")))
        .hint(format!(
            "“intake mapping show {name}” shows it; --map says which column serves instead"
        ))
}

/// A mapping in full, so that it is the same the next time. What the dialect knows is left to the dialect.
fn wishes(columns: &[String], mapping: &Mapping) -> Vec<String> {
    let known = mapping
        .mapped
        .iter()
        .any(|mapped| mapped.why == Why::Dialect);
    let column = |field: Field| {
        let mapped = mapping.mapped.iter().find(|mapped| mapped.field == field);
        mapped.map(|mapped| (mapped.why, called(columns, mapped.column)))
    };
    Field::ALL
        .iter()
        .filter_map(|&field| match column(field) {
            Some((why, _)) if known && why != Why::Asked => None,
            Some((_, column)) => Some(format!("{}={column}", field.name())),
            None if known => None,
            None => Some(format!("{}=", field.name())),
        })
        .collect()
}

/// How a wish names a column: by its name, or by its place where the name would be taken for something else.
fn called(columns: &[String], place: usize) -> String {
    match columns.get(place).map(String::as_str) {
        Some(name) if name != "-" && !name.is_empty() && !name.starts_with('#') => name.to_owned(),
        _ => format!("#{}", place + 1),
    }
}

/// Every saved mapping that can be read, by name.
///
/// # Errors
/// When the workspace cannot be read.
pub fn all(reader: &Reader<'_>) -> Result<Vec<(String, SavedMapping)>, Problem> {
    let kept = reader.import_mappings()?;
    let read = |(name, text): (String, String)| {
        SavedMapping::read(&name, &text)
            .ok()
            .map(|saved| (name, saved))
    };
    Ok(kept.into_iter().filter_map(read).collect())
}

/// The saved mapping of that name.
///
/// # Errors
/// When there is none, it cannot be read, or the workspace cannot be.
pub fn named(reader: &Reader<'_>, name: &str) -> Result<SavedMapping, Problem> {
    let kept = reader.import_mappings()?;
    match kept.iter().find(|(known, _)| known == name) {
        Some((name, text)) => SavedMapping::read(name, text),
        None => {
            let problem = Problem::new(
                Kind::NotFound,
                format!("there is no saved mapping “{name}”"),
            );
            let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
            Err(match names.as_slice() {
                [] => problem.hint("“intake import FILE --save NAME” keeps one"),
                names => problem.hint(format!("the saved mappings are {}", names.join(", "))),
            })
        }
    }
}

/// Opens files by the mapping that was asked for, else by the one whose header they have, else by guessing. Answers what
/// is asked for now, and the name of the mapping where one serves.
///
/// # Errors
/// Those of [`Source::open`] for a file that was named by itself, and where none is understood; and when the mapping that
/// was asked for is not there or does not fit.
pub(super) fn open(
    reader: &Reader<'_>,
    files: &[Given],
    choices: Choices,
) -> Result<(Opened, Choices, Option<String>), Problem> {
    if let Some(name) = choices.with.clone() {
        let saved = named(reader, &name)?;
        let merged = saved.under(&choices);
        // By the format alone first: a column that is not there deserves a better answer than that of a wish.
        let bare = Choices {
            map: Vec::new(),
            ..merged.clone()
        };
        let opened = look(files, &merged, |path, choices| {
            if let Ok(source) = Source::open(path, &bare) {
                saved.check(&name, &source)?;
            }
            Source::open(path, choices)
        });
        return Ok((opened?, merged, Some(name)));
    }
    let found = look(files, &choices, Source::open);
    if !choices.map.is_empty() || choices.format.is_some() {
        return Ok((found?, choices, None));
    }
    for (name, saved) in all(reader)? {
        // Where guessing has failed the mapping may know better.
        let fits = |opened: &Opened| saved.fits(&opened.sources);
        if found.as_ref().is_ok_and(|opened| !fits(opened)) || saved.columns.is_empty() {
            continue;
        }
        let merged = saved.under(&choices);
        if let Ok(opened) = look(files, &merged, Source::open)
            && fits(&opened)
        {
            return Ok((opened, merged, Some(name)));
        }
    }
    Ok((found?, choices, None))
}

/// Looks at files. Somebody who looks on may say what the columns of a folder's files mean only where none of them tells
/// it: else a licence beside an export would ask for it.
fn look(
    files: &[Given],
    choices: &Choices,
    open: impl Fn(&Path, &Choices) -> Result<Source, Problem>,
) -> Result<Opened, Problem> {
    let telling = Choices {
        textless: false,
        ..choices.clone()
    };
    if choices.textless
        && files.iter().any(|file| file.found)
        && let Ok(opened) = opened::all(files, |file| open(&file.path, &telling))
    {
        return Ok(opened);
    }
    opened::all(files, |file| open(&file.path, choices))
}
