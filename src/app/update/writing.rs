//! What comes back of writes that are no deeds: saved views, who sits here, files.

use super::super::command::{Command, Context};
use super::super::effect::{Effect, Question, Writing};
use super::super::state::{Overlay, Purpose, State, Tone};
use super::{answers, start, views};
use crate::problem::Problem;

/// It was written, or not. The prompt for the minutes closes when they are, and says why when they are not.
pub(super) fn written(
    state: &mut State,
    ticket: u64,
    outcome: Result<String, Problem>,
) -> Vec<Effect> {
    let writings = &mut state.flight.writings;
    let Some(place) = writings.iter().position(|(known, _)| *known == ticket) else {
        return Vec::new();
    };
    let (_, writing) = writings.remove(place);
    state.flight.waiting.retain(|(known, _)| *known != ticket);
    if state.errands.hold.take_if(|held| *held == ticket).is_some() && outcome.is_err() {
        // They were typed for what would have come after it.
        state.flight.typed_ahead.clear();
    }
    let hint = match views::written(state, ticket, outcome.is_ok()) {
        true => back_hint(state),
        false => String::new(),
    };
    if matches!(writing, Writing::Minutes { .. }) {
        close(state, outcome.as_ref().err());
    }
    match outcome {
        Ok(words) => match &writing {
            Writing::Me(me) => return start::be(state, me.clone()),
            _ => {
                is_called(state, &writing);
                state.say(Tone::Done, words, hint);
            }
        },
        Err(problem) => answers::tell(state, &problem),
    }
    match writing {
        // One that could not be removed is there again.
        Writing::View { .. } => vec![state.ask(Question::Views)],
        _ => Vec::new(),
    }
}

/// The key that takes back what was done to a view, or does it again.
fn back_hint(state: &State) -> String {
    let (command, word) = match views::means(state, Command::Undo) {
        true => (Command::Undo, "undo"),
        false => (Command::Redo, "redo"),
    };
    let keys = state.keymap.keys(Context::Inbox, command);
    keys.first()
        .map_or_else(String::new, |key| format!("{key} {word}"))
}

/// What the list shows is called by the name under which it was saved, or by its new one.
fn is_called(state: &mut State, writing: &Writing) {
    if let Writing::View {
        name,
        filter,
        renamed,
    } = writing
        && !filter.is_empty()
        && (renamed.is_none() || state.inbox.view == *renamed)
    {
        state.inbox.view = Some(name.clone());
    }
}

/// It waits for another window. The console goes on meanwhile.
pub(super) fn waits(state: &mut State, ticket: u64) {
    if !state
        .flight
        .writings
        .iter()
        .any(|(known, _)| *known == ticket)
    {
        return;
    }
    state.flight.waiting.push((ticket, None));
    if state.errands.hold.take_if(|held| *held == ticket).is_some() {
        state.flight.typed_ahead.clear();
    }
}

/// Closes the prompt for the minutes, or says in it why they were not written.
fn close(state: &mut State, problem: Option<&Problem>) {
    let Some(Overlay::Prompt(top)) = state.overlays.last_mut() else {
        return;
    };
    if !matches!(top.purpose, Purpose::WriteMinutes(_)) {
        return;
    }
    match problem {
        None => drop(state.overlays.pop()),
        Some(problem) => top.error = Some((None, answers::in_one_line(problem).0)),
    }
}
