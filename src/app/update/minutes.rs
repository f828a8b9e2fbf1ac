//! The minutes on the screen: reading, copying and writing them.

use super::super::command::{Command, Context};
use super::super::document::minutes_document;
use super::super::effect::{Effect, Question};
use super::super::layout::{self, PROSE};
use super::super::prompt;
use super::super::state::{MinutesText, Purpose, Screen, State, Tone};
use super::navigate;
use super::scroll::Distance;
use crate::domain::id::MeetingId;
use crate::problem::Problem;

/// Shows the minutes of that meeting; without one those of the weekly sync that is being held, else of the last one. Where
/// they are to be written, the prompt for the file opens over them.
pub(super) fn open(state: &mut State, meeting: Option<MeetingId>, writing: bool) -> Vec<Effect> {
    if state.screen != Screen::Minutes {
        navigate::leave_for(state, Screen::Minutes, state.focus, state.zoomed);
    }
    let same = state
        .minutes
        .text
        .as_ref()
        .map(|text| text.minutes.meeting.id)
        == meeting;
    if !same {
        state.minutes.text = None;
    }
    state.minutes.top = 0;
    state.minutes.writing = writing;
    state.flight.settling = true;
    vec![state.ask(Question::Minutes(meeting))]
}

/// They have come.
pub(super) fn loaded(state: &mut State, text: Box<MinutesText>) -> Vec<Effect> {
    let (meeting, name) = (text.minutes.meeting.id, text.name.clone());
    state.minutes.text = Some(text);
    if std::mem::take(&mut state.minutes.writing) && state.screen == Screen::Minutes {
        return prompt::open(state, Purpose::WriteMinutes(meeting), &name);
    }
    Vec::new()
}

/// No weekly sync was held: the key that begins one is told, not the command.
pub(super) fn none_yet(state: &mut State, problem: &Problem) {
    let keys = state.keymap.keys(Context::Sync, Command::Present);
    let hint = match keys.first() {
        Some(key) => format!("{key} in the weekly sync begins it"),
        None => "“present” in the palette begins it".to_owned(),
    };
    state.say(Tone::Error, problem.summary.clone(), hint);
}

/// Asks for them again: something was done.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let meeting = state.minutes.text.as_ref();
    let meeting = meeting.map(|text| text.minutes.meeting.id);
    vec![state.ask(Question::Minutes(meeting))]
}

/// `W`: the file to write them to is asked for.
pub(super) fn write(state: &mut State) -> Vec<Effect> {
    let meeting = match state.screen {
        Screen::Minutes => state
            .minutes
            .text
            .as_ref()
            .map(|text| text.minutes.meeting.id),
        // Of the one that is being held, else of the last one.
        _ => None,
    };
    open(state, meeting, true)
}

/// Copies them as Markdown.
pub(super) fn copy(state: &mut State) -> Vec<Effect> {
    let Some(text) = &state.minutes.text else {
        return Vec::new();
    };
    let text = text.markdown.clone();
    state.say(Tone::Done, "copied the minutes as Markdown", "");
    vec![Effect::Copy(text)]
}

/// Scrolls them.
pub(super) fn go(state: &mut State, distance: Distance) {
    let Some(text) = &state.minutes.text else {
        return;
    };
    let cells = layout::layout(state).body;
    let width = cells.width.saturating_sub(4).min(PROSE);
    let lines = minutes_document(text, usize::from(width)).len();
    let room = usize::from(cells.height).saturating_sub(2);
    let places = lines.saturating_sub(room) + 1;
    state.minutes.top = distance.from(state.minutes.top.min(places - 1), places);
}
