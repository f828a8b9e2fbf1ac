//! `intake wont-do`: links feedback to an idea that will not be done.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;

/// Link feedback to an idea that will not be done, and keep the reason there
#[derive(Debug, Args)]
#[command(override_usage = "intake wont-do [OPTIONS] <ID>... <IDEA>")]
pub(super) struct WontDo {
    /// Feedback by short id, as `intake list` shows it, and at the end the idea, by short id or name
    #[arg(required = true, value_name = "ID... IDEA")]
    words: Vec<String>,
    /// Make a new idea of that title
    #[arg(long)]
    new: bool,
    /// Why not, in words that a customer may read; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Cut the idea from every release that is not out
    #[arg(long)]
    cut: bool,
    #[command(flatten)]
    format: Format,
}

impl WontDo {
    /// One undo step. The feedback stays unprocessed until it is answered.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, idea) = several(&self.words, "IDEA")?;
        let feedback = session.feedback(ids)?;
        let idea = session.idea_target(idea, self.new)?;
        let reason = session.text(&self.reason, "the reason")?;
        let deed = Deed::WontDo {
            feedback,
            idea,
            reason,
            cut: self.cut,
            answers: Vec::new(),
        };
        session.commit(&deed, self.format)
    }
}
