//! `intake person`: colleagues.

use clap::{Args, Subcommand};

use super::arguments::{Format, choice, handle};
use super::json::PersonJson;
use super::output::Result;
use super::session::{Session, there_already};
use super::table::{Column, Table};
use crate::domain::deed::{Deed, PersonEdit};
use crate::domain::entity::Entity;
use crate::domain::people::{Handle, Person, Role};
use crate::domain::safe_text::SafeText;
use crate::problem::Problem;

/// What to do with colleagues.
#[derive(Debug, Subcommand)]
pub(super) enum PersonCommand {
    /// List colleagues
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Make a colleague known
    Add(Save),
    /// Change what is known of a colleague
    Set(Save),
}

/// Who, and what is known of them.
#[derive(Debug, Args)]
pub(super) struct Save {
    /// The mention name
    #[arg(value_name = "@HANDLE", value_parser = handle)]
    handle: Handle,
    /// The full name
    #[arg(long)]
    name: Option<String>,
    /// The e-mail address; an empty one clears it
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// What they do
    #[arg(long, value_parser = choice::<Role>(), ignore_case = true)]
    role: Option<Role>,
    #[command(flatten)]
    format: Format,
}

const COLUMNS: [Column; 4] = [
    Column::new("HANDLE"),
    Column::new("ROLE").rank(1),
    Column::new("E-MAIL").most(32).rank(2),
    Column::new("NAME"),
];

impl PersonCommand {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { format } => list(session, *format),
            Self::Add(save) => {
                if known(session, &save.handle)? {
                    let there = format!("{} is known already", save.handle);
                    let hint = "“intake person set” changes what is known";
                    return Err(there_already(there, hint));
                }
                save.run(session)
            }
            Self::Set(save) => {
                session.thing(&save.handle.to_string(), &[Entity::Person])?;
                save.run(session)
            }
        }
    }

    /// Whether it makes something where nothing was.
    pub(super) const fn makes(&self) -> bool {
        matches!(self, Self::Add(_))
    }
}

fn known(session: &Session<'_>, handle: &Handle) -> std::result::Result<bool, Problem> {
    let people = session.workspace.people()?;
    Ok(people.iter().any(|person| person.handle == *handle))
}

impl Save {
    fn run(&self, session: &mut Session<'_>) -> Result {
        let email = self.email.as_ref().map(|email| match email.trim() {
            "" => None,
            email => Some(email.to_owned()),
        });
        let deed = Deed::SavePerson {
            handle: self.handle.clone(),
            edit: PersonEdit {
                name: self.name.clone(),
                email,
                role: self.role,
            },
        };
        session.commit(&deed, self.format)
    }
}

fn list(session: &mut Session<'_>, format: Format) -> Result {
    let people = session.workspace.people()?;
    if format.json {
        let json = people.iter().map(|person| Ok(PersonJson::from(person)));
        return session.output.array(json);
    }
    let rows: Vec<Vec<SafeText>> = people.iter().map(cells).collect();
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn cells(person: &Person) -> Vec<SafeText> {
    vec![
        SafeText::line(&person.handle.to_string()),
        SafeText::from_static(person.role.name()),
        SafeText::line(person.email.as_deref().unwrap_or_default()),
        SafeText::line(&person.name),
    ]
}
