//! Answer: tell the reporter, and be done with it.

use super::each_feedback;
use super::triage;
use crate::domain::entity::Thing;
use crate::domain::feedback::State;
use crate::domain::id::FeedbackId;
use crate::domain::outbox::MessageKind;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Stores each answer as a comment to the reporter and a message in the outbox, and marks the feedback processed.
/// Undo withdraws both and sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, answers: &[(FeedbackId, String)]) -> Result<Words> {
    let (answered, notes) = give(draft, answers)?;
    Ok(Words::about("answered", answered, "").noting(&notes))
}

/// Gives these answers: what was answered, and what is to be noted of it, as that nobody is known to tell.
pub(super) fn give(
    draft: &mut Draft<'_, '_>,
    answers: &[(FeedbackId, String)],
) -> Result<(Vec<Thing>, Vec<String>)> {
    let feedback: Vec<FeedbackId> = answers.iter().map(|(id, _)| *id).collect();
    let (mut to_nobody, mut archived) = (0, 0);
    let answered = each_feedback(draft, &feedback, |draft, feedback| {
        for (_, text) in answers.iter().filter(|(id, _)| id.0 == feedback.id) {
            if text.trim().is_empty() {
                return Err(refused("an answer must not be blank")
                    .hint("to be done without an answer, mark it processed")
                    .into());
            }
            let reached = triage::tell_reporter(draft, feedback, text, MessageKind::Answer)?;
            to_nobody += usize::from(!reached);
        }
        archived += usize::from(triage::state(draft, feedback)? == State::Archived);
        triage::process(draft, feedback, false)?;
        Ok(true)
    })?;
    let nobody = match to_nobody {
        0 => None,
        all if all >= answered.len() => Some("nobody is known to tell".to_owned()),
        some => Some(format!("of {some} nobody is known to tell")),
    };
    let archived = triage::was_archived(archived, answered.len());
    Ok((answered, archived.into_iter().chain(nobody).collect()))
}
