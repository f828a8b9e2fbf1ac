//! `w`: an idea, the reason why not, and the answers to the reporters. All of it is one deed, done when the last answer is given;
//! until then nothing is stored but drafts.

use crate::app::state::{Overlay, Prompt, Purpose, State, Tone, TurnDown};
use crate::app::{effect::Effect, update};
use crate::domain::answer::{AnswerFacts, AnswerIdea};
use crate::domain::deed::{Deed, IdeaTarget};
use crate::domain::id::FeedbackId;
use crate::domain::idea::Status;
use crate::problem::Problem;

/// Opens the answers, in the place of the prompt for the reason.
pub fn open(state: &mut State, facts: Vec<AnswerFacts>, turns_down: TurnDown) -> Vec<Effect> {
    let facts = facts
        .into_iter()
        .map(|facts| foreseen(state, facts, &turns_down))
        .collect();
    if reason(state).is_some() {
        state.overlays.pop();
    }
    super::open_answers(state, facts, Some(turns_down))
}

/// What the answers are made from could not be read: that is said where the reason is, which hides the notice.
pub fn failed(state: &mut State, problem: &Problem) {
    if let Some(prompt) = reason(state) {
        prompt.error = Some((None, update::in_one_line(problem).0));
    }
}

/// The answers were left, and nothing was turned down.
pub fn left(state: &mut State) {
    state.say(
        Tone::Plain,
        "nothing was turned down",
        "the same key goes on with what was written",
    );
}

/// The deed. What has no words is not answered.
pub fn deed(turns_down: TurnDown, mut answers: Vec<(FeedbackId, String)>) -> Deed {
    answers.retain(|(_, text)| !text.trim().is_empty());
    Deed::WontDo {
        feedback: turns_down.feedback,
        idea: turns_down.idea,
        reason: turns_down.reason,
        cut: turns_down.cut,
        answers,
    }
}

/// The prompt for the reason, while it is on top.
fn reason(state: &mut State) -> Option<&mut Prompt> {
    match state.overlays.last_mut() {
        Some(Overlay::Prompt(prompt)) if matches!(prompt.purpose, Purpose::WontDo(..)) => {
            Some(prompt)
        }
        _ => None,
    }
}

/// What will be known of a feedback when that is turned down.
fn foreseen(state: &State, mut facts: AnswerFacts, turns_down: &TurnDown) -> AnswerFacts {
    // What another window has told or changed since the reason was asked for is to be noticed when the deed is done.
    let mut known = state.errands.facts.iter();
    if let Some(known) = known.find(|known| known.feedback == facts.feedback) {
        facts.told.clone_from(&known.told);
        facts.stood.clone_from(&known.stood);
    }
    let id = match &turns_down.idea {
        IdeaTarget::Existing(id) => *id,
        IdeaTarget::New(title) => {
            let made = AnswerIdea::to_be_made(title);
            let id = made.id;
            facts.ideas.push(made);
            id
        }
    };
    let mut ideas = facts.ideas.iter_mut();
    if let Some(idea) = ideas.find(|idea| idea.id == id) {
        idea.status = Status::WontDo;
        idea.reason = Some(turns_down.reason.clone());
    }
    facts
}
