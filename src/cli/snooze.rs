//! `intake snooze`: hides feedback until a moment.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;

/// Hide feedback until a moment
#[derive(Debug, Args)]
#[command(override_usage = "intake snooze [OPTIONS] <ID>... <UNTIL>")]
pub(super) struct Snooze {
    /// Feedback by short id, as `intake list` shows it, and at the end until when: 30m, 4h, 3d, 2w, 1mo, tomorrow, monday, 2026-12-01
    #[arg(required = true, value_name = "ID... UNTIL")]
    words: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Snooze {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, until) = several(&self.words, "UNTIL")?;
        let until = session.moment(until, "until when to snooze")?;
        let feedback = session.feedback(ids)?;
        session.commit(&Deed::Snooze { feedback, until }, self.format)
    }
}
