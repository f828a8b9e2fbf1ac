//! What a kept answer was written for: a promise about another idea is not sent because it lay there.
//!
//! Behind its text the draft of an answer has what it was linked to then, and the answer that was proposed then, each behind a
//! character that nobody can type. Where the answer would be proposed otherwise now, that is said before it is sent.

use crate::app::answer;
use crate::app::command::{Command, Context};
use crate::app::effect::Effect;
use crate::app::state::{AnswerQueue, Overlay, Prompt, Purpose, State};
use crate::domain::answer::AnswerFacts;
use crate::domain::id::FeedbackId;

/// What stands before each part of a basis, and behind the last.
const PART: char = '\u{1f}';
const END: char = '\u{1e}';

/// What an answer was written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The ideas it was linked to, by their titles.
    linked: String,
    /// The answer as it was proposed.
    proposed: String,
}

impl Basis {
    fn of(state: &State, name: &str) -> Option<(FeedbackId, Self)> {
        let mut facts = state.errands.facts.iter();
        let facts = facts.find(|facts| super::draft::answer_name(facts.feedback) == name)?;
        let titles = facts.ideas.iter().map(|idea| format!("“{}”", idea.title));
        let basis = Self {
            linked: titles.collect::<Vec<_>>().join(", "),
            proposed: proposed(state, facts),
        };
        Some((facts.feedback, basis))
    }
}

fn proposed(state: &State, facts: &AnswerFacts) -> String {
    answer::propose(facts, state.settings.answer_template.as_deref())
}

/// The text of a draft with what it is written for, where it is an answer.
pub fn mark(state: &State, name: &str, text: String) -> String {
    match Basis::of(state, name) {
        Some((_, Basis { linked, proposed })) => {
            format!("{text}{PART}{linked}{PART}{proposed}{END}")
        }
        None => text,
    }
}

/// The text of a draft without that; of two windows both texts and both bases.
pub fn split(draft: &str) -> (String, Vec<Basis>) {
    let (mut text, mut bases) = (String::new(), Vec::new());
    let mut rest = draft;
    while let Some((before, after)) = rest.split_once(PART) {
        text.push_str(before);
        let (basis, behind) = after.split_once(END).unwrap_or((after, ""));
        let (linked, proposed) = basis.split_once(PART).unwrap_or((basis, ""));
        bases.push(Basis {
            linked: linked.to_owned(),
            proposed: proposed.to_owned(),
        });
        rest = behind;
    }
    text.push_str(rest);
    (text, bases)
}

/// For what else a draft was written, where its answer would be proposed otherwise now.
pub fn doubt(state: &State, name: &str, bases: &[Basis]) -> Option<(FeedbackId, String)> {
    let (feedback, now) = Basis::of(state, name)?;
    let then = bases.iter().find(|then| then.proposed != now.proposed)?;
    let words = match then.linked.as_str() {
        same if same == now.linked => "written before what is known of it changed".to_owned(),
        "" => "written when it was linked to nothing".to_owned(),
        other => format!("written when it was linked to {other}"),
    };
    let keys = state.keymap.keys(Context::Entry, Command::EntryPropose);
    let anew = keys.first();
    let anew = anew.map_or_else(String::new, |key| format!(" · {key} writes it anew"));
    Some((feedback, format!("{words}{anew}")))
}

/// What is doubtful about the answer in the prompt, which is said in its hint.
pub fn say(prompt: &mut Prompt) {
    if let Purpose::Answer(queue) = &prompt.purpose
        && let Some((_, words)) = queue.doubts.iter().find(|(id, _)| in_hand(queue, *id))
    {
        prompt.hint = format!("{words} · {}", prompt.hint);
    }
}

/// What is doubtful about the answer that was to be sent; asked again, it is not any more.
pub fn hold_back(state: &mut State) -> bool {
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else {
        return false;
    };
    let Some((_, words)) = settle(prompt) else {
        return false;
    };
    prompt.error = Some((None, format!("{words} · Enter again sends it as it is")));
    true
}

fn settle(prompt: &mut Prompt) -> Option<(FeedbackId, String)> {
    let Purpose::Answer(queue) = &mut prompt.purpose else {
        return None;
    };
    let doubts = queue.doubts.iter();
    let place = doubts
        .map(|(id, _)| *id)
        .position(|id| in_hand(queue, id))?;
    Some(queue.doubts.remove(place))
}

fn in_hand(queue: &AnswerQueue, id: FeedbackId) -> bool {
    queue.answers.get(queue.at).is_some_and(|(at, _)| *at == id)
}

/// The answer in the prompt as it is proposed now, in place of what is there.
pub fn write_anew(state: &mut State) -> Vec<Effect> {
    let here = match state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => match &prompt.purpose {
            Purpose::Answer(queue) => queue.answers.get(queue.at).map(|(id, _)| *id),
            _ => None,
        },
        _ => None,
    };
    let mut facts = state.errands.facts.iter();
    let Some(facts) = facts.find(|facts| Some(facts.feedback) == here) else {
        return Vec::new();
    };
    let text = proposed(state, facts);
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        settle(prompt);
        let cursor = text.len();
        prompt.input.set(text, cursor);
    }
    super::changed(state)
}
