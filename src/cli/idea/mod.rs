//! `intake idea`: ideas, listed, shown, made, changed, merged.

mod fields;
pub(super) mod filter;
mod list;

use clap::{Args, Subcommand};

use super::arguments::{Format, choice};
use super::output::Result;
use super::session::Session;
use super::show::show_idea;
use crate::domain::deed::{Deed, NewIdea};
use crate::domain::idea::TicketKind;
pub(super) use filter::Narrowed;

use fields::Fields;

/// What to do with ideas.
#[derive(Debug, Subcommand)]
pub(super) enum Idea {
    List(list::List),
    /// Show everything about an idea, with its evidence
    Show {
        /// The idea, by short id or name
        idea: String,
        #[command(flatten)]
        format: Format,
    },
    Add(Box<Add>),
    Set(Box<Set>),
    /// Add a link to a tracker, a design, a demo or a recording
    Ticket {
        /// The idea, by short id or name
        idea: String,
        /// Where it is
        #[arg(value_name = "ADDRESS")]
        url: String,
        /// Its key there, such as MM-1234
        #[arg(long)]
        key: Option<String>,
        /// What it is for
        #[arg(long, value_parser = choice::<TicketKind>(), ignore_case = true, default_value = "implementation")]
        kind: TicketKind,
        #[command(flatten)]
        format: Format,
    },
    /// Move insights, comments, tickets and release items of one idea to another, and retire it
    Merge {
        /// The idea that goes, by short id or name
        from: String,
        /// The idea that stays, by short id or name
        into: String,
        #[command(flatten)]
        format: Format,
    },
}

/// Make an idea
#[derive(Debug, Args)]
pub(super) struct Add {
    /// Its title
    title: String,
    /// Link this feedback to it, by short id; may be given several times
    #[arg(long = "from", value_name = "ID")]
    from: Vec<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    format: Format,
}

/// Set fields of ideas; an empty text, or none, clears a field
#[derive(Debug, Args)]
pub(super) struct Set {
    /// Ideas, by short id or name
    #[arg(required = true, value_name = "IDEA")]
    ideas: Vec<String>,
    /// A new title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    fields: Fields,
    /// Cut it from every release that is not out, as for one that is postponed or will not be done
    #[arg(long, conflicts_with = "release")]
    cut: bool,
    #[command(flatten)]
    format: Format,
}

impl Idea {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List(list) => list.run(session),
            Self::Show { idea, format } => {
                let idea = session.idea(idea)?;
                show_idea(session, idea, *format)
            }
            Self::Add(add) => {
                let new = NewIdea {
                    title: add.title.clone(),
                    edits: add.fields.edits(session)?,
                    from: session.feedback(&add.from)?,
                };
                session.commit(&Deed::CreateIdea(Box::new(new)), add.format)
            }
            Self::Set(set) => {
                let ideas = session.ideas(&set.ideas)?;
                let edits = set
                    .fields
                    .edits_with(session, set.title.as_deref(), set.cut)?;
                session.commit(&Deed::EditIdeas { ideas, edits }, set.format)
            }
            Self::Ticket {
                idea,
                url,
                key,
                kind,
                format,
            } => {
                let deed = Deed::AddTicket {
                    idea: session.idea(idea)?,
                    url: url.clone(),
                    key: key.clone(),
                    kind: *kind,
                };
                session.commit(&deed, *format)
            }
            Self::Merge { from, into, format } => {
                let from = session.idea(from)?;
                let into = session.idea(into)?;
                session.commit(&Deed::MergeIdeas { from, into }, *format)
            }
        }
    }

    /// Whether it makes something where nothing was.
    pub(super) const fn makes(&self) -> bool {
        matches!(self, Self::Add(_))
    }
}
