//! Process: done, and no answer is needed.

use super::{each_feedback, triage};
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Marks feedback processed and waives the answer. Undo sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, feedback: &[FeedbackId]) -> Result<Words> {
    let processed = each_feedback(draft, feedback, |draft, feedback| {
        triage::process(draft, feedback, false)
    })?;
    Ok(if processed.is_empty() {
        Words::plain("already processed")
    } else {
        Words::about("processed", processed, "")
    })
}
