//! Copying, and opening what is elsewhere.

use super::super::command::Context;
use super::super::effect::{Effect, Question};
use super::super::state::{Screen, State, Tone};
use super::super::target;
use super::charts;
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::random_text;
use crate::domain::meeting::AgendaRow;
use crate::problem::Problem;

/// Copies the short id of what is under the cursor.
pub(super) fn id(state: &mut State) -> Vec<Effect> {
    let Some(text) = target::thing(state).and_then(|thing| short(state, thing)) else {
        return state.refuse("this has no id of its own to copy", "");
    };
    state.say(Tone::Done, format!("copied {text}"), "");
    vec![Effect::Copy(text)]
}

/// The short id, where it is known; else the long form of it, which every place takes as well.
fn short(state: &State, thing: Thing) -> Option<String> {
    let known = match thing.entity {
        Entity::Feedback => {
            let detail = state.hand.as_ref().and_then(|hand| hand.detail.as_ref());
            detail
                .filter(|detail| detail.row.id.0 == thing.id)
                .map(|detail| detail.short.clone())
        }
        Entity::Idea => {
            let detail = state.idea.as_ref().and_then(|view| view.detail.as_ref());
            detail
                .filter(|detail| detail.row.id.0 == thing.id)
                .map(|detail| detail.short.clone())
        }
        Entity::Release => {
            target::planned_release(state).map(|planned| planned.release.short.clone())
        }
        _ => None,
    };
    match known {
        Some(short) => Some(short.to_string()),
        None => thing
            .entity
            .letter()
            .map(|letter| format!("{letter}{}", random_text(thing.id))),
    }
}

/// Asks for what is under the cursor as Markdown.
pub(super) fn markdown(state: &mut State) -> Vec<Effect> {
    if state.screen == Screen::Charts {
        return charts::markdown(state);
    }
    let thing = target::thing(state);
    thing
        .map(|thing| state.ask(Question::Markdown(thing)))
        .into_iter()
        .collect()
}

/// Asks for all answers owed as Markdown.
pub(super) fn answers_owed(state: &mut State) -> Vec<Effect> {
    vec![state.ask(Question::AnswersOwed)]
}

/// The text to copy has come.
pub(super) fn text(state: &mut State, text: String) -> Vec<Effect> {
    if text.trim().is_empty() {
        state.say(Tone::Plain, "there is nothing to copy", "");
        return Vec::new();
    }
    let lines = text.lines().count();
    let words = if lines == 1 {
        "copied as Markdown".to_owned()
    } else {
        format!("copied as Markdown, {lines} lines")
    };
    state.say(Tone::Done, words, "");
    vec![Effect::Copy(text)]
}

/// The link to where the thing under the cursor came from: of the feedback in hand, the idea's first ticket, the first
/// document of a queued item.
pub(in super::super) fn source_link(state: &State) -> Option<&str> {
    match target::underneath(state) {
        Context::Inbox | Context::Text | Context::Passage => {
            let id = target::feedback_row(state).map(|row| row.id)?;
            let detail = state.hand.as_ref()?.detail.as_ref()?;
            detail.url.as_deref().filter(|_| detail.row.id == id)
        }
        Context::Sync | Context::Present => match target::agenda_row(state)? {
            AgendaRow::Queued(item) => item.documents.first().map(String::as_str),
            _ => None,
        },
        Context::Idea if state.screen == Screen::Idea => {
            let detail = state.idea.as_ref()?.detail.as_ref()?;
            detail.tickets.first().map(|ticket| ticket.url.as_str())
        }
        _ => None,
    }
}

/// Opens it in the browser.
pub(super) fn open_source(state: &mut State) -> Vec<Effect> {
    let link = source_link(state).map(ToOwned::to_owned);
    link.map(Effect::Open).into_iter().collect()
}

/// The terminal or the desktop tells how something went.
pub(super) fn told(state: &mut State, told: Result<String, Problem>) {
    match told {
        Ok(words) => state.say(Tone::Plain, words, ""),
        Err(problem) => super::answers::tell(state, &problem),
    }
}
