//! `intake unlink`: takes links to an idea away.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;

/// Take the link from feedback to an idea away
#[derive(Debug, Args)]
#[command(override_usage = "intake unlink [OPTIONS] <ID>... <IDEA>")]
pub(super) struct Unlink {
    /// Feedback by short id, as `intake list` shows it, and at the end the idea, by short id or name
    #[arg(required = true, value_name = "ID... IDEA")]
    words: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Unlink {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, idea) = several(&self.words, "IDEA")?;
        let feedback = session.feedback(ids)?;
        let idea = session.idea(idea)?;
        session.commit(&Deed::Unlink { feedback, idea }, self.format)
    }
}
