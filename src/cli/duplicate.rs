//! `intake duplicate`: marks feedback as the same as another one.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::{Session, several};
use crate::domain::deed::Deed;
use crate::domain::entity::Entity;
use crate::domain::id::FeedbackId;

/// Mark feedback as the same as another one
#[derive(Debug, Args)]
#[command(override_usage = "intake duplicate [OPTIONS] <ID>... <ORIGINAL>")]
pub(super) struct Duplicate {
    /// Feedback by short id, as `intake list` shows it, and at the end the feedback that stays, by short id
    #[arg(required = true, value_name = "ID... ORIGINAL")]
    words: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Duplicate {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (ids, original) = several(&self.words, "ORIGINAL")?;
        let feedback = session.feedback(ids)?;
        let of = session.thing(original, &[Entity::Feedback])?.thing;
        let of = FeedbackId(of.id);
        session.commit(&Deed::Duplicate { feedback, of }, self.format)
    }
}
