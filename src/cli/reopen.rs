//! `intake reopen`: makes feedback unprocessed again.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::Session;
use crate::domain::deed::Deed;

/// Make feedback unprocessed again; also wakes what is snoozed or waiting
#[derive(Debug, Args)]
pub(super) struct Reopen {
    /// Feedback by short id, as `intake list` shows it
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Reopen {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let feedback = session.feedback(&self.ids)?;
        session.commit(&Deed::Reopen { feedback }, self.format)
    }
}
