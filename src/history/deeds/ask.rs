//! Ask: the use case is unclear, so ask the reporter back and wait.

use super::each_feedback;
use super::triage;
use crate::domain::entity::Value;
use crate::domain::feedback::State;
use crate::domain::id::FeedbackId;
use crate::domain::moment::Moment;
use crate::domain::outbox::MessageKind;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Stores each question (a comment to the reporter and a message) and hides the feedback until a reply or until then.
/// The answer is still owed. Undo withdraws the question and sets the state back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    questions: &[(FeedbackId, String)],
    until: Moment,
) -> Result<Words> {
    if until <= draft.now() {
        return Err(refused("cannot wait until a moment that has passed").into());
    }
    let feedback: Vec<FeedbackId> = questions.iter().map(|(id, _)| *id).collect();
    let mut archived = 0;
    let asked = each_feedback(draft, &feedback, |draft, feedback| {
        for (_, text) in questions.iter().filter(|(id, _)| id.0 == feedback.id) {
            if text.trim().is_empty() {
                return Err(refused("a question must not be blank").into());
            }
            triage::tell_reporter(draft, feedback, text, MessageKind::Question)?;
        }
        archived += usize::from(triage::state(draft, feedback)? == State::Archived);
        triage::reopen(draft, feedback)?;
        draft.set(feedback, "state", State::Waiting.code())?;
        draft.set(feedback, "waiting_until", Value::Integer(until.0))?;
        let owed = triage::has_addressee(draft, feedback)?;
        draft.set(feedback, "answer_owed", i64::from(owed))?;
        Ok(true)
    })?;
    let archived = triage::was_archived(archived, asked.len());
    Ok(Words::about("asked back about", asked, "").noting(archived.as_slice()))
}
