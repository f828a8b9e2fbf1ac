//! The feedback in hand: it follows the cursor, and its suggestions stay as they are until the cursor leaves it.

use super::super::effect::{Effect, Question};
use super::super::state::{Hand, State};
use super::search;
use crate::domain::feedback::FeedbackDetail;
use crate::domain::id::FeedbackId;
use crate::domain::idea::Suggestion;

/// Takes another feedback in hand and asks for what is known about it.
pub(super) fn take(state: &mut State, id: FeedbackId, pinned: bool) -> Effect {
    state.hand = Some(Hand {
        id,
        detail: None,
        suggestions: Vec::new(),
        ranked: false,
        scroll: 0,
        selection: None,
        cursor_idea: 0,
        pinned,
    });
    state.ask(Question::Feedback(id))
}

/// Lets the hand follow the cursor of the inbox, unless what is in hand was opened from elsewhere.
pub(super) fn follow(state: &mut State) -> Vec<Effect> {
    let held = state.hand.as_ref().map(|hand| hand.id);
    if state.hand.as_ref().is_some_and(|hand| hand.pinned) {
        return Vec::new();
    }
    match state.inbox.row().map(|row| row.id) {
        Some(id) if held == Some(id) => Vec::new(),
        Some(id) => vec![take(state, id, false)],
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

/// Asks anew what is known about the feedback in hand.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let id = state.hand.as_ref().map(|hand| hand.id);
    id.map(|id| state.ask(Question::Feedback(id)))
        .into_iter()
        .collect()
}

/// Takes in what is known about the feedback in hand; an answer about another one finds nobody.
pub(super) fn loaded(state: &mut State, found: Option<Box<(FeedbackDetail, Vec<Suggestion>)>>) {
    let Some(hand) = &mut state.hand else {
        return;
    };
    let Some(found) = found else {
        hand.detail = None;
        hand.suggestions.clear();
        hand.ranked = true;
        return;
    };
    let (detail, suggestions) = *found;
    if detail.row.id != hand.id {
        return;
    }
    if hand.ranked {
        freeze(&mut hand.suggestions, suggestions, &detail);
    } else {
        hand.suggestions = suggestions;
        hand.ranked = true;
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
    hand.detail = Some(Box::new(detail));
    if opens {
        search::open_at_match(state);
    }
}

/// Keeps the suggestions and their numbers; what is known about each idea and whether it is linked is brought up to date.
fn freeze(shown: &mut [Suggestion], newer: Vec<Suggestion>, detail: &FeedbackDetail) {
    for suggestion in newer {
        if let Some(known) = shown
            .iter_mut()
            .find(|known| known.idea.id == suggestion.idea.id)
        {
            known.idea = suggestion.idea;
        }
    }
    for known in shown {
        known.linked = detail.links.iter().any(|link| link.idea == known.idea.id);
    }
}
