//! `intake ask`: asks reporters back.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;
use crate::domain::moment::DAY;

/// Ask the reporter back, and wait for the reply
#[derive(Debug, Args)]
#[command(override_usage = "intake ask [OPTIONS] <ID>... <QUESTION>")]
pub(super) struct Ask {
    /// Feedback by short id, as `intake list` shows it, and at the end the question; - reads it from standard input
    #[arg(required = true, value_name = "ID... QUESTION")]
    words: Vec<String>,
    /// When it comes back without a reply (30m, 4h, 3d, "tomorrow 9", monday, "next week", 2026-12-01); else as configured
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl Ask {
    /// One undo step, however many; the messages go with it.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, question) = several(&self.words, "QUESTION")?;
        let until = match &self.until {
            Some(until) => session.moment(until, "--until")?,
            None => {
                let days = i64::from(session.config.settings.waiting_days);
                session.workspace.now().plus(days * DAY)
            }
        };
        let feedback = session.feedback(ids)?;
        let question = session.text(question, "the question")?;
        let questions = feedback.into_iter().map(|id| (id, question.clone()));
        let deed = Deed::Ask {
            questions: questions.collect(),
            until,
        };
        session.commit(&deed, self.format)
    }
}
