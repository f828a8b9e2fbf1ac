//! Archive: not feedback.

use super::{each_feedback, triage};
use crate::domain::entity::Value;
use crate::domain::feedback::State;
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Puts feedback away; nothing is owed for it. Undo sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, feedback: &[FeedbackId]) -> Result<Words> {
    let archived = each_feedback(draft, feedback, |draft, feedback| {
        if triage::state(draft, feedback)? == State::Archived {
            return Ok(false);
        }
        triage::settle(draft, feedback, State::Archived)?;
        draft.set(feedback, "processed_at", draft.now().0)?;
        draft.set(feedback, "resolution", Value::Null)?;
        draft.set(feedback, "answer_owed", 0)?;
        Ok(true)
    })?;
    Ok(if archived.is_empty() {
        Words::plain("already archived")
    } else {
        Words::about("archived", archived, "")
    })
}
