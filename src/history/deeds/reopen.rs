//! Reopen: look at it again.

use super::{each_feedback, triage};
use crate::domain::entity::Value;
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Makes feedback unprocessed and visible, whatever it was; links and comments stay. Undo sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, feedback: &[FeedbackId]) -> Result<Words> {
    let reopened = each_feedback(draft, feedback, |draft, feedback| {
        let mut changed = triage::reopen(draft, feedback)?;
        changed |= draft.set(feedback, "duplicate_of", Value::Null)?;
        Ok(changed)
    })?;
    Ok(if reopened.is_empty() {
        Words::plain("not processed, snoozed or waiting")
    } else {
        Words::about("reopened", reopened, "")
    })
}
