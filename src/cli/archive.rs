//! `intake archive`: puts feedback away.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::Session;
use crate::domain::deed::Deed;

/// Put feedback away: it is no feedback
#[derive(Debug, Args)]
pub(super) struct Archive {
    /// Feedback by short id, as `intake list` shows it
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Archive {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let feedback = session.feedback(&self.ids)?;
        session.commit(&Deed::Archive { feedback }, self.format)
    }
}
