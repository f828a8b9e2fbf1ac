//! `intake assign`: makes somebody the owner of feedback.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;

/// Make somebody the owner of feedback
#[derive(Debug, Args)]
#[command(override_usage = "intake assign [OPTIONS] <ID>... <OWNER>")]
pub(super) struct Assign {
    /// Feedback by short id, as `intake list` shows it, and at the end the owner: @hana, me or nobody
    #[arg(required = true, value_name = "ID... OWNER")]
    words: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Assign {
    /// One undo step, however many; the message to the new owner goes with it.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, owner) = several(&self.words, "OWNER")?;
        let owner = session.person(owner)?;
        let feedback = session.feedback(ids)?;
        session.commit(&Deed::Assign { feedback, owner }, self.format)
    }
}
