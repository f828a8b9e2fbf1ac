//! What reporters were told when a prompt was opened: nobody tells them twice unknowingly.

use crate::app::state::{Purpose, State};
use crate::domain::deed::Seen;
use crate::domain::id::{CommentId, FeedbackId};
use crate::problem::Problem;

/// The feedback whose reporters read what such a prompt, or what follows it, writes.
fn addressed(purpose: &Purpose) -> Vec<FeedbackId> {
    match purpose {
        Purpose::Answer(queue) => queue.answers.iter().map(|(id, _)| *id).collect(),
        Purpose::Ask(ids) | Purpose::WontDo(ids, ..) => ids.clone(),
        _ => Vec::new(),
    }
}

/// What they were told when it was opened, as far as that is known: so it is still to be when the deed is done.
pub fn seen(state: &State, purpose: &Purpose) -> Vec<Seen> {
    let ids = addressed(purpose);
    let facts = state.errands.facts.iter();
    facts
        .filter(|facts| ids.contains(&facts.feedback))
        .map(|facts| Seen::Told {
            feedback: facts.feedback,
            comments: facts.told.clone(),
        })
        .collect()
}

/// Somebody has told them something meanwhile, which is said: from now on it is known. What the prompt says about that.
pub fn heard(state: &mut State, problem: &Problem) -> Option<String> {
    for (feedback, comment) in &problem.meanwhile {
        let mut facts = state.errands.facts.iter_mut();
        let facts = facts.find(|facts| facts.feedback.to_string() == *feedback);
        if let (Some(facts), Ok(comment)) = (facts, comment.parse().map(CommentId)) {
            facts.told.push(comment);
        }
    }
    let told = !problem.meanwhile.is_empty();
    told.then(|| format!("{} · Enter again goes on all the same", problem.summary))
}
