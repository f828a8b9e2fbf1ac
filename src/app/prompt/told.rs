//! What was seen when a prompt was opened: nobody tells reporters twice, puts back what was put away, or takes over what
//! somebody took, unknowingly.

use super::submit::{Submission, submission};
use crate::app::effect::{Effect, Question};
use crate::app::errands::Awaited;
use crate::app::state::{Overlay, Prompt, Purpose, Screen, State};
use crate::domain::answer::AnswerFacts;
use crate::domain::deed::{Deed, Seen};
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::FeedbackId;
use crate::problem::Problem;

/// What was seen of all that such a prompt, or what follows it, changes, as far as that is known: so it is still to be when the
/// deed is done.
pub fn seen(state: &State, purpose: &Purpose) -> Vec<Seen> {
    match purpose {
        Purpose::Answer(queue) => {
            let ids: Vec<FeedbackId> = queue.answers.iter().map(|(id, _)| *id).collect();
            addressed(state, &ids, true)
        }
        Purpose::Ask(ids) => addressed(state, ids, true),
        // It stays in hand, and the answer that follows looks at its state.
        Purpose::WontDo(ids, ..) => addressed(state, ids, false),
        Purpose::Snooze(ids) => stood(state, ids),
        Purpose::Assign(ids) => owned(state, ids),
        _ => Vec::new(),
    }
}

/// What the reporters of these were told, and how these stood where that changes, too.
fn addressed(state: &State, ids: &[FeedbackId], changes: bool) -> Vec<Seen> {
    let facts = state.errands.facts.iter();
    let facts = facts.filter(|facts| ids.contains(&facts.feedback));
    let seen = |facts: &AnswerFacts| {
        let told = Seen::Told {
            feedback: facts.feedback,
            comments: facts.told.clone(),
        };
        [Some(told), changes.then(|| facts.stood.clone())]
    };
    facts.flat_map(seen).flatten().collect()
}

/// How these stood, as far as their rows are on the screen or near it.
#[must_use]
pub fn stood(state: &State, ids: &[FeedbackId]) -> Vec<Seen> {
    let rows = ids.iter().filter_map(|id| row(state, *id));
    rows.map(Seen::stood).collect()
}

/// Whose these were. What the sync lists to be assigned is nobody's.
#[must_use]
pub fn owned(state: &State, ids: &[FeedbackId]) -> Vec<Seen> {
    let listed = matches!(state.screen, Screen::Sync | Screen::Present);
    let seen = |id: &FeedbackId| match (listed, row(state, *id)) {
        (true, _) => Some(Seen::Owned {
            feedback: *id,
            owner: None,
        }),
        (false, row) => row.map(Seen::owned),
    };
    ids.iter().filter_map(seen).collect()
}

fn row(state: &State, id: FeedbackId) -> Option<&FeedbackRow> {
    let hand = state.hand.as_ref().and_then(|hand| hand.detail.as_ref());
    let hand = hand.map(|detail| &detail.row);
    let mut rows = state.inbox.rows.iter().chain(hand);
    rows.find(|row| row.id == id)
}

/// Asks what the reporters were told whom the answer behind a reason addresses: another window may answer while it is typed.
pub(super) fn ask(state: &mut State, purpose: &Purpose) -> Option<Effect> {
    let Purpose::WontDo(feedback, ..) = purpose else {
        return None;
    };
    state.errands.facts.clear();
    let question = Question::Answering(feedback.clone(), None);
    Some(state.await_answer(question, Awaited::Told))
}

/// That is known now.
pub fn known(state: &mut State, facts: &[AnswerFacts]) {
    facts.clone_into(&mut state.errands.facts);
    let Some(Overlay::Prompt(prompt)) = state.overlays.last() else {
        return;
    };
    let seen = seen(state, &prompt.purpose);
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        prompt.seen = seen;
    }
}

/// Somebody was quicker, which is said: from now on it is known. What the prompt says about that.
pub fn heard(state: &State, prompt: &mut Prompt, problem: &Problem) -> Option<String> {
    for (name, now) in &problem.meanwhile {
        let mut seen = prompt.seen.iter_mut();
        if let Some(seen) = seen.find(|seen| seen.name() == *name) {
            seen.hear(now);
        }
    }
    let otherwise = !problem.meanwhile.is_empty();
    otherwise.then(|| format!("{} · Enter again {}", problem.summary, again(state, prompt)))
}

/// What the same once more does.
fn again(state: &State, prompt: &Prompt) -> String {
    match submission(state, prompt) {
        Ok(Submission::Deed(Deed::Assign {
            feedback,
            owner: Some(owner),
        })) => match feedback.len() {
            1 => format!("assigns it to {owner}"),
            _ => format!("assigns them to {owner}"),
        },
        _ => "goes on all the same".to_owned(),
    }
}
