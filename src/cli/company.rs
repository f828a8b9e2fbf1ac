//! `intake company`: customers' organisations.

use clap::{Args, Subcommand};

use super::arguments::{Format, Setting, text_or_none};
use super::json::CompanyJson;
use super::output::Result;
use super::session::{Session, there_already};
use super::table::{Column, Table};
use crate::domain::deed::{CompanyEdit, Deed};
use crate::domain::entity::Entity;
use crate::domain::listing::Resolved;
use crate::domain::people::Company;
use crate::domain::safe_text::SafeText;

/// How many companies are listed without `--limit`.
const MOST: usize = 100_000;

/// What to do with companies.
#[derive(Debug, Subcommand)]
pub(super) enum CompanyCommand {
    /// List companies by name
    List {
        /// At most that many
        #[arg(long, short = 'n', value_name = "COUNT", default_value_t = MOST, hide_default_value = true)]
        limit: usize,
        #[command(flatten)]
        format: Format,
    },
    /// Make a company known
    Add(Save),
    /// Change what is known of a company
    Set(Save),
}

/// Which company, and what is known of it; an empty text clears a field.
#[derive(Debug, Args)]
pub(super) struct Save {
    /// Its name
    name: String,
    /// Its web domain
    #[arg(long, value_parser = text_or_none)]
    domain: Option<Setting<String>>,
    /// Its tier or plan, such as Enterprise
    #[arg(long, value_parser = text_or_none)]
    tier: Option<Setting<String>>,
    /// Its annual revenue, in whole units
    #[arg(long, value_name = "NUMBER", value_parser = revenue)]
    revenue: Option<Setting<i64>>,
    /// Its segment
    #[arg(long, value_parser = text_or_none)]
    segment: Option<Setting<String>>,
    /// The day on which the contract renews; none clears it
    #[arg(long, value_name = "DAY")]
    renewal: Option<String>,
    #[command(flatten)]
    format: Format,
}

fn revenue(text: &str) -> std::result::Result<Setting<i64>, String> {
    match text.trim() {
        "" | "none" => Ok(Setting(None)),
        number => match number.replace('_', "").parse::<i64>() {
            Ok(number) if number >= 0 => Ok(Setting(Some(number))),
            _ => Err("write it in digits, such as 120000".to_owned()),
        },
    }
}

const COLUMNS: [Column; 5] = [
    Column::new("TIER").most(14).rank(1),
    Column::new("REVENUE").right().rank(2),
    Column::new("SEGMENT").most(14).rank(3),
    Column::new("RENEWAL").rank(4),
    Column::new("NAME"),
];

impl CompanyCommand {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { limit, format } => list(session, *limit, *format),
            Self::Add(save) => {
                let found = session.workspace.resolve(&save.name, &[Entity::Company])?;
                if !matches!(found, Resolved::Nothing(_)) {
                    let there = format!("there is a company “{}” already", save.name.trim());
                    let hint = "“intake company set” changes what is known of it";
                    return Err(there_already(there, hint));
                }
                save.run(session, save.name.clone())
            }
            Self::Set(save) => {
                let company = session.thing(&save.name, &[Entity::Company])?;
                save.run(session, company.name)
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
        let renewal = match &self.renewal {
            Some(day) => Some(session.day_or_none(day, "--renewal")?),
            None => None,
        };
        let text = |setting: &Option<Setting<String>>| setting.clone().map(|Setting(text)| text);
        let edit = CompanyEdit {
            domain: text(&self.domain),
            tier: text(&self.tier),
            revenue: self.revenue.clone().map(|Setting(revenue)| revenue),
            segment: text(&self.segment),
            renewal,
        };
        session.commit(&Deed::SaveCompany { name, edit }, self.format)
    }
}

fn list(session: &mut Session<'_>, limit: usize, format: Format) -> Result {
    let companies = session.workspace.companies(limit)?;
    if format.json {
        let json = companies
            .iter()
            .map(|company| Ok(CompanyJson::from(company)));
        return session.output.array(json);
    }
    let rows: Vec<Vec<SafeText>> = companies.iter().map(cells).collect();
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn cells(company: &Company) -> Vec<SafeText> {
    let revenue = company.revenue.map(|revenue| revenue.to_string());
    let renewal = company.renewal.map(|day| day.to_string());
    vec![
        SafeText::line(company.tier.as_deref().unwrap_or_default()),
        SafeText::line(revenue.as_deref().unwrap_or_default()),
        SafeText::line(company.segment.as_deref().unwrap_or_default()),
        SafeText::line(renewal.as_deref().unwrap_or_default()),
        SafeText::line(&company.name),
    ]
}
