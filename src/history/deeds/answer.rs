//! Answer: tell the reporter, and be done with it.

use super::each_feedback;
use super::triage;
use crate::domain::entity::Thing;
use crate::domain::id::FeedbackId;
use crate::domain::outbox::MessageKind;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Stores each answer as a comment to the reporter and a message in the outbox, and marks the feedback processed.
/// Undo withdraws both and sets the state back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, answers: &[(FeedbackId, String)]) -> Result<Words> {
    let (answered, rest) = give(draft, answers)?;
    Ok(Words::about("answered", answered, rest))
}

/// Gives these answers: what was answered, and of how many nobody is known to tell, as the end of a sentence.
pub(super) fn give(
    draft: &mut Draft<'_, '_>,
    answers: &[(FeedbackId, String)],
) -> Result<(Vec<Thing>, String)> {
    let feedback: Vec<FeedbackId> = answers.iter().map(|(id, _)| *id).collect();
    let mut to_nobody = 0;
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
        triage::process(draft, feedback, false)?;
        Ok(true)
    })?;
    let rest = match to_nobody {
        0 => String::new(),
        all if all >= answered.len() => "(nobody is known to tell)".to_owned(),
        some => format!("(of {some} nobody is known to tell)"),
    };
    Ok((answered, rest))
}
