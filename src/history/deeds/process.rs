//! Process: done, and no answer is needed.

use super::{each_feedback, triage};
use crate::domain::feedback::State;
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Marks feedback processed and waives the answer. Undo sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, feedback: &[FeedbackId]) -> Result<Words> {
    let mut archived = 0;
    let processed = each_feedback(draft, feedback, |draft, feedback| {
        archived += usize::from(triage::state(draft, feedback)? == State::Archived);
        triage::process(draft, feedback, false)
    })?;
    Ok(if processed.is_empty() {
        Words::plain("already processed")
    } else {
        let archived = triage::was_archived(archived, processed.len());
        Words::about("processed", processed, "").noting(archived.as_slice())
    })
}
