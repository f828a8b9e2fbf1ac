//! `intake release`: the release plan.

mod items;
mod notes;
mod plan;

use clap::{Args, Subcommand};

use super::arguments::{Format, choice};
use super::json::ReleaseJson;
use super::output::Result;
use super::session::Session;
use super::show::show_release;
use super::table::{Column, Table};
use crate::domain::deed::{Deed, ReleaseEdit};
use crate::domain::release::{Health, PlannedRelease, ReleaseKind, ReleaseState};
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem};

/// What to do with the release plan.
#[derive(Debug, Subcommand)]
pub(super) enum Release {
    /// List the releases by date; --json includes their items
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Show a release with its items
    Show {
        /// The release, by name or short id
        release: String,
        #[command(flatten)]
        format: Format,
    },
    /// Make a release
    Add {
        /// Its name, such as v10.2
        name: String,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        format: Format,
    },
    /// Set fields of a release
    Set {
        /// The release, by name or short id
        release: String,
        /// A new name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        format: Format,
    },
    Plan(plan::Plan),
    Notes(notes::Notes),
    Move(items::Move),
    Update(items::Update),
    Cut(items::Cut),
}

/// The fields that can be set on a release.
#[derive(Debug, Args)]
pub(super) struct Fields {
    /// What sort of release it is
    #[arg(long, value_parser = choice::<ReleaseKind>(), ignore_case = true)]
    kind: Option<ReleaseKind>,
    /// Its target date, such as 2026-12-16; none clears it
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Where it stands
    #[arg(long, value_parser = choice::<ReleaseState>(), ignore_case = true)]
    state: Option<ReleaseState>,
}

impl Fields {
    fn edit(
        &self,
        session: &Session<'_>,
        name: Option<String>,
    ) -> std::result::Result<ReleaseEdit, Problem> {
        let date = match &self.date {
            Some(day) => Some(session.day_or_none(day, "--date")?),
            None => None,
        };
        Ok(ReleaseEdit {
            name,
            kind: self.kind,
            date,
            state: self.state,
        })
    }
}

impl Release {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { format } => list(session, *format),
            Self::Show { release, format } => {
                let release = session.release(release)?;
                show_release(session, release, *format)
            }
            Self::Add {
                name,
                fields,
                format,
            } => {
                let edit = fields.edit(session, Some(name.clone()))?;
                session.commit(&Deed::CreateRelease(edit), *format)
            }
            Self::Set {
                release,
                name,
                fields,
                format,
            } => {
                let release = session.release(release)?;
                let edit = fields.edit(session, name.clone())?;
                if edit == ReleaseEdit::default() {
                    let nothing = Problem::new(Kind::Usage, "there is nothing to set");
                    return Err(nothing
                        .hint("name --name, --kind, --date or --state")
                        .into());
                }
                session.commit(&Deed::EditRelease { release, edit }, *format)
            }
            Self::Plan(command) => command.run(session),
            Self::Notes(command) => command.run(session),
            Self::Move(command) => command.run(session),
            Self::Update(command) => command.run(session),
            Self::Cut(command) => command.run(session),
        }
    }

    /// Whether it makes something where nothing was.
    pub(super) const fn makes(&self) -> bool {
        matches!(self, Self::Add { .. })
    }
}

const COLUMNS: [Column; 7] = [
    Column::new("ID"),
    Column::new("DATE"),
    Column::new("STATE").rank(1),
    Column::new("KIND").rank(3),
    Column::new("ITEMS").right().rank(2),
    Column::new("AT RISK").right().rank(4),
    Column::new("NAME"),
];

fn list(session: &mut Session<'_>, format: Format) -> Result {
    let plan = session.workspace.plan()?;
    if format.json {
        let releases: Vec<ReleaseJson> = plan
            .releases
            .iter()
            .map(|planned| ReleaseJson::new(planned, &|thing| session.short(thing)))
            .collect::<std::result::Result<_, _>>()?;
        return session.output.array(releases.into_iter().map(Ok));
    }
    let rows: Vec<Vec<SafeText>> = plan.releases.iter().map(cells).collect();
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn cells(planned: &PlannedRelease) -> Vec<SafeText> {
    let release = &planned.release;
    let date = release.date.map(|day| day.to_string());
    let live = planned
        .items
        .iter()
        .filter(|item| item.health != Health::Cut);
    let risky = live.clone().filter(|item| item.standing().is_risky());
    vec![
        SafeText::line(&release.short.0),
        SafeText::line(date.as_deref().unwrap_or_default()),
        SafeText::from_static(release.state.name()),
        SafeText::from_static(release.kind.name()),
        SafeText::line(&live.count().to_string()),
        SafeText::line(&risky.count().to_string()),
        SafeText::line(&release.name),
    ]
}
