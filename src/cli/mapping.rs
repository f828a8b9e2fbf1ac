//! `intake mapping`: how files are read, kept under names.

use clap::Subcommand;

use super::arguments::Format;
use super::json::MappingJson;
use super::output::{Result, Tone};
use super::patience::patiently;
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::safe_text::SafeText;
use crate::exchange::saved::SavedMapping;

/// What to do with saved mappings.
#[derive(Debug, Subcommand)]
pub(super) enum MappingCommand {
    /// List saved mappings by name
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Show what a saved mapping says
    Show {
        /// Its name
        name: String,
        #[command(flatten)]
        format: Format,
    },
    /// Forget a saved mapping
    Remove {
        /// Its name
        name: String,
    },
}

const LIST: [Column; 4] = [
    Column::new("NAME"),
    Column::new("FORMAT").most(24).rank(2),
    Column::new("ORIGIN").most(32).rank(1),
    Column::new("COLUMNS"),
];

const MAP: [Column; 2] = [Column::new("FIELD"), Column::new("COLUMN")];

/// Where the mappings that are kept are told of.
pub(super) const KEPT: &str = "“intake mapping list” shows which mappings are kept";

impl MappingCommand {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { format } => list(session, *format),
            Self::Show { name, format } => {
                let mapping = session.workspace.import_mapping(name)?;
                match format.json {
                    true => session.output.object(&MappingJson::new(name, &mapping)),
                    false => show(session, &mapping),
                }
            }
            Self::Remove { name } => {
                session.workspace.import_mapping(name)?;
                let workspace = &mut session.workspace;
                patiently(|| workspace.remove_import_mapping(name), || false)?;
                session.output.stored(KEPT);
                session.output.say(&format!("forgot the mapping “{name}”"))
            }
        }
    }
}

fn list(session: &mut Session<'_>, format: Format) -> Result {
    let mappings = session.workspace.import_mappings()?;
    if format.json {
        let json = mappings
            .iter()
            .map(|(name, mapping)| Ok(MappingJson::new(name, mapping)));
        return session.output.array(json);
    }
    let rows: Vec<Vec<SafeText>> = mappings
        .iter()
        .map(|(name, mapping)| {
            vec![
                SafeText::line(name),
                SafeText::line(mapping.format.as_deref().unwrap_or_default()),
                SafeText::line(mapping.origin.as_deref().unwrap_or_default()),
                SafeText::line(&mapping.columns.join(", ")),
            ]
        })
        .collect();
    Table::new(&LIST).rows(session.output, &rows)
}

fn show(session: &mut Session<'_>, mapping: &SavedMapping) -> Result {
    let facts = [
        ("format", &mapping.format),
        ("encoding", &mapping.encoding),
        ("sheet", &mapping.sheet),
        ("source", &mapping.source),
        ("origin", &mapping.origin),
    ];
    for (what, value) in facts {
        if let Some(value) = value {
            let value = SafeText::line(value);
            let what = SafeText::from_static(what);
            let gap = SafeText::from_static("  ");
            session.output.pieces(&[
                (Tone::Faint, what),
                (Tone::Plain, gap),
                (Tone::Plain, value),
            ])?;
        }
    }
    let rows: Vec<Vec<SafeText>> = mapping
        .map
        .iter()
        .filter_map(|wish| wish.split_once('='))
        .filter(|(_, column)| !column.is_empty())
        .map(|(field, column)| vec![SafeText::line(field), SafeText::line(column)])
        .collect();
    Table::new(&MAP).rows(session.output, &rows)
}
