//! `intake rotation`: who is on duty in which week.

use chrono::{Datelike, Days, NaiveDate};
use clap::Subcommand;

use super::arguments::Format;
use super::json::DutyWeekJson;
use super::output::Result;
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::deed::Deed;
use crate::domain::people::DutyWeek;
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem};

/// How many weeks are listed without `--limit`.
const MOST: usize = 520;

/// What to do with the rotation.
#[derive(Debug, Subcommand)]
pub(super) enum Rotation {
    /// List the weeks from this one on
    List {
        /// At most that many
        #[arg(long, short = 'n', value_name = "COUNT", default_value_t = MOST, hide_default_value = true)]
        limit: usize,
        #[command(flatten)]
        format: Format,
    },
    /// Put somebody on duty in a week that has nobody yet
    Add {
        /// Any day of the week: 2026-12-01, today, monday, 2w
        #[arg(value_name = "DAY")]
        week: String,
        /// Who: @hana or me
        person: String,
        #[command(flatten)]
        format: Format,
    },
    /// Put somebody, or nobody, on duty in a week
    Set {
        /// Any day of the week: 2026-12-01, today, monday, 2w
        #[arg(value_name = "DAY")]
        week: String,
        /// Who: @hana, me or nobody
        person: String,
        #[command(flatten)]
        format: Format,
    },
}

const COLUMNS: [Column; 2] = [Column::new("WEEK OF"), Column::new("ON DUTY")];

impl Rotation {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { limit, format } => list(session, *limit, *format),
            Self::Add {
                week,
                person,
                format,
            } => {
                let monday = monday(session, week)?;
                let weeks = session.workspace.duty_weeks(MOST)?;
                if let Some(taken) = weeks.iter().find(|week| week.monday == monday) {
                    let words = format!("{} is on duty in the week of {monday}", taken.person);
                    return Err(Problem::new(Kind::Refused, words)
                        .hint("“intake rotation set” puts somebody else there")
                        .into());
                }
                set(session, monday, person, *format)
            }
            Self::Set {
                week,
                person,
                format,
            } => {
                let monday = monday(session, week)?;
                set(session, monday, person, *format)
            }
        }
    }

    /// Whether it makes something where nothing was.
    pub(super) const fn makes(&self) -> bool {
        matches!(self, Self::Add { .. })
    }
}

fn monday(session: &Session<'_>, text: &str) -> std::result::Result<NaiveDate, Problem> {
    let day = session.day(text, "the week")?;
    Ok(day - Days::new(u64::from(day.weekday().num_days_from_monday())))
}

fn set(session: &mut Session<'_>, monday: NaiveDate, person: &str, format: Format) -> Result {
    let person = session.person(person)?;
    session.commit(&Deed::SetDuty { monday, person }, format)
}

fn list(session: &mut Session<'_>, limit: usize, format: Format) -> Result {
    let weeks = session.workspace.duty_weeks(limit)?;
    if format.json {
        let json = weeks.iter().map(|week| Ok(DutyWeekJson::from(week)));
        return session.output.array(json);
    }
    let rows: Vec<Vec<SafeText>> = weeks.iter().map(cells).collect();
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn cells(week: &DutyWeek) -> Vec<SafeText> {
    vec![
        SafeText::line(&week.monday.to_string()),
        SafeText::line(&week.person.to_string()),
    ]
}
