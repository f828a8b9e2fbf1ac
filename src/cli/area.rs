//! `intake area`: product areas.

use clap::{Args, Subcommand};

use super::arguments::Format;
use super::json::AreaJson;
use super::output::Result;
use super::session::{Session, there_already};
use super::table::{Column, Table};
use crate::domain::deed::{AreaEdit, Deed};
use crate::domain::entity::Entity;
use crate::domain::people::Area;
use crate::domain::safe_text::SafeText;

/// What to do with product areas.
#[derive(Debug, Subcommand)]
pub(super) enum AreaCommand {
    /// List areas with their owners and keywords
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Make an area
    Add(Save),
    /// Change an area
    Set(Save),
}

/// Which area, and what changes.
#[derive(Debug, Args)]
pub(super) struct Save {
    /// Its name
    name: String,
    /// The PM who owns it: @hana, me or nobody
    #[arg(long, value_name = "@HANDLE")]
    owner: Option<String>,
    /// A word that tells that a feedback belongs here; may be given several times
    #[arg(long = "keyword", value_name = "WORD")]
    keywords: Vec<String>,
    /// A keyword to take away; may be given several times
    #[arg(long = "no-keyword", value_name = "WORD")]
    no_keywords: Vec<String>,
    #[command(flatten)]
    format: Format,
}

const COLUMNS: [Column; 3] = [
    Column::new("NAME"),
    Column::new("OWNER").rank(1),
    Column::new("KEYWORDS"),
];

impl AreaCommand {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { format } => list(session, *format),
            Self::Add(save) => {
                let areas = session.workspace.areas()?;
                let name = save.name.trim().to_lowercase();
                if areas.iter().any(|area| area.name.to_lowercase() == name) {
                    let there = format!("there is an area “{}” already", save.name.trim());
                    return Err(there_already(there, "“intake area set” changes it"));
                }
                save.run(session, save.name.clone())
            }
            Self::Set(save) => {
                let area = session.thing(&save.name, &[Entity::Area])?;
                save.run(session, area.name)
            }
        }
    }

    /// Whether it makes something where nothing was.
    pub(super) const fn makes(&self) -> bool {
        matches!(self, Self::Add(_))
    }
}

impl Save {
    fn run(&self, session: &mut Session<'_>, name: String) -> Result {
        let owner = match &self.owner {
            Some(owner) => Some(session.person(owner)?),
            None => None,
        };
        let edit = AreaEdit {
            owner,
            add_keywords: self.keywords.clone(),
            remove_keywords: self.no_keywords.clone(),
        };
        session.commit(&Deed::SaveArea { name, edit }, self.format)
    }
}

fn list(session: &mut Session<'_>, format: Format) -> Result {
    let areas = session.workspace.areas()?;
    if format.json {
        let json = areas.iter().map(|area| Ok(AreaJson::from(area)));
        return session.output.array(json);
    }
    let rows: Vec<Vec<SafeText>> = areas.iter().map(cells).collect();
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn cells(area: &Area) -> Vec<SafeText> {
    let owner = area.owner.as_ref().map(ToString::to_string);
    vec![
        SafeText::line(&area.name),
        SafeText::line(owner.as_deref().unwrap_or_default()),
        SafeText::line(&area.keywords.join(", ")),
    ]
}
