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
    /// Feedback by short id, as `intake list` shows it, and at the end until when: 30m, 4h, 3d, tomorrow 9, mon 14:30, eod, next week, dec 1, 2026-12-01
    #[arg(required = true, value_name = "ID... UNTIL")]
    words: Vec<String>,
    #[command(flatten)]
    format: Format,
}

/// A time has at most so many words behind its first: `in 3 days 9 am`.
const MOST_WORDS: usize = 4;

impl Snooze {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (mut ids, last) = several(&self.words, "UNTIL")?;
        let mut until = session.moment(last, "until when to snooze");
        // A time may be several words: `tomorrow 9`. The longest that is one counts.
        for first in (1..ids.len()).rev().take(MOST_WORDS) {
            if let Ok(longer) = session.moment(&self.words[first..].join(" "), "") {
                (ids, until) = (&self.words[..first], Ok(longer));
            }
        }
        let until = until?;
        let feedback = session.feedback(ids)?;
        session.commit(&Deed::Snooze { feedback, until }, self.format)
    }
}
