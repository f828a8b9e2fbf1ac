//! `intake process`: marks feedback processed, with an answer to its reporters or without.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::Session;
use crate::domain::deed::Deed;

/// Mark feedback processed
#[derive(Debug, Args)]
pub(super) struct Process {
    /// Feedback by short id, as `intake list` shows it
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Answer each reporter with this; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    answer: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl Process {
    /// One undo step, however many; the answers and their messages go with it.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let feedback = session.feedback(&self.ids)?;
        let deed = match &self.answer {
            None => Deed::Process { feedback },
            Some(answer) => {
                let answer = session.text(answer, "the answer")?;
                let answers = feedback.into_iter().map(|id| (id, answer.clone()));
                Deed::Answer {
                    answers: answers.collect(),
                }
            }
        };
        session.commit(&deed, self.format)
    }
}
