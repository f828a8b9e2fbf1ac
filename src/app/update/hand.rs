//! The feedback in hand: it follows the cursor, and its suggestions stay as they are until the cursor leaves it.
//!
//! Three questions are asked about it, and each is answered as soon as it can be: its text, the ideas ranked for it, and
//! what others like it tell. Why an idea fits is asked for the one under the cursor when the ideas are there.

use super::super::effect::{Effect, Question};
use super::super::state::{Hand, State};
use super::super::target;
use super::search;
use crate::domain::feedback::FeedbackDetail;
use crate::domain::hints::{Hints, Reason};
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::idea::{IdeaRow, Suggestion};

/// Takes another feedback in hand and asks for what is known about it.
pub(super) fn take(state: &mut State, id: FeedbackId, pinned: bool) -> Vec<Effect> {
    let glanced = target::glanced(state).map(|planned| planned.release.id);
    state.hand = Some(Hand {
        id,
        detail: None,
        since: state.now,
        suggestions: Vec::new(),
        ranked: false,
        glanced,
        reasons: Vec::new(),
        hints: None,
        scroll: 0,
        selection: None,
        cursor_idea: 0,
        pinned,
    });
    vec![
        state.ask(Question::Feedback(id)),
        state.ask(Question::Suggestions(id)),
        state.ask(Question::Hints(id)),
    ]
}

/// Lets the hand follow the cursor of the inbox, unless what is in hand was opened from elsewhere.
pub(super) fn follow(state: &mut State) -> Vec<Effect> {
    let held = state.hand.as_ref().map(|hand| hand.id);
    if state.hand.as_ref().is_some_and(|hand| hand.pinned) {
        return Vec::new();
    }
    match state.inbox.row().map(|row| row.id) {
        Some(id) if held == Some(id) => Vec::new(),
        Some(id) => take(state, id, false),
        None => {
            if state.inbox.loaded {
                state.hand = None;
            }
            Vec::new()
        }
    }
}

/// Lets what was opened from elsewhere go.
pub(super) fn unpin(state: &mut State) -> Vec<Effect> {
    if let Some(hand) = &mut state.hand {
        hand.pinned = false;
    }
    follow(state)
}

/// Asks anew what is known about the feedback in hand. Its suggestions are frozen; only if they have not come, nor are on
/// their way, they are asked for.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let Some(hand) = &state.hand else {
        return Vec::new();
    };
    let (id, ranked) = (hand.id, hand.ranked);
    let mut effects = vec![state.ask(Question::Feedback(id))];
    if !ranked && !state.asked("suggestions") {
        effects.push(state.ask(Question::Suggestions(id)));
    }
    effects.push(state.ask(Question::Hints(id)));
    effects
}

/// Takes in what is known about the feedback in hand; an answer about another one finds nobody.
pub(super) fn loaded(state: &mut State, found: Option<Box<FeedbackDetail>>) {
    let Some(hand) = &mut state.hand else {
        return;
    };
    let Some(detail) = found else {
        hand.detail = None;
        hand.suggestions.clear();
        hand.hints = None;
        hand.ranked = true;
        return;
    };
    if detail.row.id != hand.id {
        return;
    }
    let another_text = hand
        .detail
        .as_ref()
        .is_some_and(|old| old.revision != detail.revision);
    if another_text {
        hand.selection = None;
    }
    if let Some(row) = state
        .inbox
        .rows
        .iter_mut()
        .find(|row| row.id == detail.row.id)
    {
        row.clone_from(&detail.row);
    }
    let opens = hand.detail.is_none();
    for known in &mut hand.suggestions {
        known.linked = detail.links.iter().any(|link| link.idea == known.idea.id);
    }
    hand.detail = Some(detail);
    if opens {
        search::open_at_match(state);
    }
}

/// Takes the ideas ranked for the feedback in hand in, once: their numbers are frozen from then on.
pub(super) fn ranked(
    state: &mut State,
    id: FeedbackId,
    suggestions: Vec<Suggestion>,
) -> Vec<Effect> {
    match &mut state.hand {
        Some(hand) if hand.id == id && !hand.ranked => {
            hand.suggestions = suggestions;
            hand.ranked = true;
        }
        _ => return Vec::new(),
    }
    reason(state)
}

/// Asks why the idea under the cursor is suggested, unless that is known or on its way.
pub(super) fn reason(state: &mut State) -> Vec<Effect> {
    let Some(hand) = &state.hand else {
        return Vec::new();
    };
    let suggestion = hand.suggestions.get(hand.cursor_idea);
    let Some(idea) = suggestion.map(|suggestion| suggestion.idea.id) else {
        return Vec::new();
    };
    if hand.reasons.iter().any(|(known, _)| *known == idea) {
        return Vec::new();
    }
    let id = hand.id;
    vec![state.ask(Question::Reason(id, idea))]
}

/// Takes in why an idea is suggested.
pub(super) fn explained(state: &mut State, id: FeedbackId, idea: IdeaId, reason: Reason) {
    if let Some(hand) = state.hand.as_mut().filter(|hand| hand.id == id) {
        hand.reasons.retain(|(known, _)| *known != idea);
        hand.reasons.push((idea, reason));
    }
}

/// Takes in what others like it tell about the feedback in hand.
pub(super) fn hinted(state: &mut State, id: FeedbackId, hints: Hints) {
    if let Some(hand) = state.hand.as_mut().filter(|hand| hand.id == id) {
        hand.hints = Some(hints);
    }
}

/// Brings what is known about the suggested ideas up to date; their numbers stay.
pub(super) fn ideas_changed(hand: &mut Hand, rows: &[IdeaRow]) {
    for known in &mut hand.suggestions {
        if let Some(row) = rows.iter().find(|row| row.id == known.idea.id) {
            known.idea.clone_from(row);
        }
    }
}
