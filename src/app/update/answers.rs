//! Answers to questions: each fills its place in the state; a stale one finds nobody.

use super::super::effect::Effect;
use super::super::message::Answer;
use super::super::state::{Screen, State, Tone};
use super::super::verbs;
use super::{
    charts, copy, filter, hand, idea, idea_filter, ideas, inbox, marks, minutes, navigate, past,
    plan, present, searching, start, sync, timeline, undoing,
};
use crate::problem::{Kind, Problem};

/// Takes an answer in, unless a newer question of its kind was asked meanwhile.
pub(super) fn answered(
    state: &mut State,
    sequence: u64,
    answer: Result<Answer, Problem>,
) -> Vec<Effect> {
    let newest = state
        .flight
        .questions
        .iter()
        .position(|(known, _)| *known == sequence);
    let Some(place) = newest else {
        return Vec::new();
    };
    let (_, kind) = state.flight.questions.remove(place);
    let is_first_window = kind == "inbox" && !state.inbox.loaded;
    let mut effects = verbs::answered(state, sequence, &answer);
    effects.extend(match answer {
        Ok(answer) => fill(state, answer),
        Err(problem) => failed(state, kind, &problem),
    });
    if is_first_window {
        effects.extend(start::behind_the_first_window(state));
    }
    verbs::filled(state);
    hand::freeze(state);
    effects
}

fn fill(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Inbox(window) => return inbox::window(state, window),
        Answer::Tally(tally) => return inbox::tally(state, &tally),
        Answer::Wider(wider) => inbox::wider(state, wider),
        Answer::Passages(found) => return inbox::passages(state, found),
        Answer::IdeaPassages(found) => return idea_filter::passages(state, found),
        Answer::Ranked(found) => return idea_filter::found(state, found),
        Answer::Matching(ids) => marks::matching(state, ids),
        Answer::Feedback(found) => return hand::loaded(state, found),
        Answer::Suggestions(id, found) => return hand::ranked(state, id, found),
        Answer::Reason(id, idea, reason) => hand::explained(state, id, idea, reason),
        Answer::Hints(id, hints) => hand::hinted(state, id, hints),
        Answer::Ideas(rows) => return ideas::loaded(state, rows),
        Answer::Idea(found) => idea::loaded(state, found),
        Answer::Plan(found) => plan::loaded(state, found),
        Answer::Timeline(entries) => timeline::loaded(state, entries),
        Answer::Foreseen(reversal, found) => undoing::foreseen(state, reversal, &found),
        Answer::Changes(lines) => timeline::changes(state, lines),
        Answer::Sync(found) => {
            let mut effects = sync::loaded(state, found);
            effects.extend(present::settle(state));
            return effects;
        }
        Answer::Minutes(text) => return minutes::loaded(state, text),
        Answer::NextSync(note) => return sync::noted(state, note),
        Answer::Past(found) => past::loaded(state, found),
        Answer::Charts(found) => charts::loaded(state, found),
        Answer::Header(header) => return start::header(state, Some(header)),
        Answer::Vocabulary(names) => state.vocabulary = *names,
        Answer::Views(views) => state.views = views,
        Answer::Text(text) => return copy::text(state, text),
        // These are for the overlay that asked.
        Answer::Answering(_)
        | Answer::Draft(_)
        | Answer::Files(_)
        | Answer::Found(_)
        | Answer::Hits(_)
        | Answer::Unassigned(..) => {}
    }
    Vec::new()
}

fn failed(state: &mut State, kind: &str, problem: &Problem) -> Vec<Effect> {
    if kind == "inbox"
        && let Some(effects) =
            filter::waits(state, problem).or_else(|| filter::refused(state, problem))
    {
        return effects;
    }
    match kind {
        "minutes" if problem.kind == Kind::NotFound => minutes::none_yet(state, problem),
        _ => tell(state, problem),
    }
    if kind == "header" {
        return start::header(state, None);
    }
    if kind == "foreseen" {
        undoing::unforeseen(state);
    }
    if kind == "inbox" {
        state.inbox.loaded = true;
        searching::end(state);
        inbox::forget_errand(state);
    }
    // A later answer is not what an undo waited for.
    match kind {
        "ideas" => state.ideas.sought.clear(),
        "plan" => state.plan.sought.clear(),
        _ => {}
    }
    if kind == "minutes" && state.screen == Screen::Minutes && state.minutes.text.is_none() {
        return navigate::go_back(state);
    }
    if kind == "sync" {
        sync::failed(state, problem);
    }
    Vec::new()
}

/// Says what went wrong in one line: the summary, its first cause, and the first hint.
pub(super) fn tell(state: &mut State, problem: &Problem) {
    let (words, hint) = in_one_line(problem);
    state.say(Tone::Error, words, hint);
}

/// What went wrong with its first cause, and the first hint.
pub fn in_one_line(problem: &Problem) -> (String, String) {
    let words = match problem.causes.first() {
        Some(cause) => format!("{}: {cause}", problem.summary),
        None => problem.summary.clone(),
    };
    (words, problem.hints.first().cloned().unwrap_or_default())
}
