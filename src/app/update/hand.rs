//! The feedback in hand: it follows the cursor, and its suggestions stay as they are until the cursor leaves it; an idea that
//! it is linked to meanwhile joins them. What another window does takes no number away and gives none another meaning: only a
//! deed from here arranges them anew.
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
        ranking: Vec::new(),
        suggestions: Vec::new(),
        thawed: true,
        may_go: Vec::new(),
        in_sight: target::numbers(state),
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
pub(super) fn loaded(state: &mut State, found: Option<Box<FeedbackDetail>>) -> Vec<Effect> {
    let Some(hand) = &mut state.hand else {
        return Vec::new();
    };
    let Some(detail) = found else {
        hand.detail = None;
        hand.ranking.clear();
        hand.suggestions.clear();
        hand.hints = None;
        hand.ranked = true;
        return Vec::new();
    };
    if detail.row.id != hand.id {
        return Vec::new();
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
    hand.detail = Some(detail);
    if opens {
        search::open_at_match(state);
    }
    show(state)
}

/// Takes the ideas ranked for the feedback in hand in, once: their numbers are frozen from then on.
pub(super) fn ranked(
    state: &mut State,
    id: FeedbackId,
    suggestions: Vec<Suggestion>,
) -> Vec<Effect> {
    match &mut state.hand {
        Some(hand) if hand.id == id && !hand.ranked => {
            hand.suggestions.clone_from(&suggestions);
            hand.ranking = suggestions;
            hand.ranked = true;
        }
        _ => return Vec::new(),
    }
    show(state);
    reason(state)
}

/// Shows the ideas anew after what is known of them, or of the links, has changed. Where another idea has a number then, a digit
/// that was typed ahead meant what stood there before.
fn show(state: &mut State) -> Vec<Effect> {
    let room = target::numbers(state);
    let Some(hand) = state.hand.as_mut().filter(|hand| hand.ranked) else {
        return Vec::new();
    };
    if room > 0 {
        hand.in_sight = room;
    }
    let shown = match hand.thawed {
        true => arranged(hand, &state.ideas.rows),
        false => kept(hand, &state.ideas.rows),
    };
    let before = std::mem::replace(&mut hand.suggestions, shown);
    let changed = |place: usize| {
        let after = hand.suggestions.get(place).map(|known| known.idea.id);
        before.get(place).map(|known| known.idea.id) != after
    };
    let frozen = before.len().min(hand.in_sight);
    if (0..frozen).any(changed) {
        state.flight.typed_for = None;
    }
    let held = before.get(hand.cursor_idea).map(|known| known.idea.id);
    let places = hand.suggestions.iter().take(hand.in_sight);
    let same = places
        .map(|known| Some(known.idea.id))
        .position(|id| id == held);
    let last = hand.suggestions.len().saturating_sub(1);
    hand.cursor_idea = same.unwrap_or(hand.cursor_idea.min(last));
    reason(state)
}

/// Freezes the numbers, once all is there that may change them: then they stay until a deed is done here, or another feedback
/// is in hand.
pub(super) fn freeze(state: &mut State) {
    let awaited = ["inbox", "feedback", "suggestions", "ideas"];
    let settled = !awaited.iter().any(|kind| state.asked(kind));
    if let Some(hand) = state.hand.as_mut().filter(|hand| hand.ranked && settled) {
        hand.thawed = false;
        hand.may_go.clear();
    }
}

/// A deed was done here: what it changes of the numbers is expected, the loss of these ideas too.
pub(super) fn thaw(state: &mut State, may_go: Vec<IdeaId>) {
    if let Some(hand) = &mut state.hand {
        hand.thawed = true;
        hand.may_go.extend(may_go);
    }
}

/// Which ideas an undo or redo may have removed: it is not told which they were, but none that was gone before.
pub(super) fn still_there(state: &State) -> Vec<IdeaId> {
    let ranked = state.hand.iter().flat_map(|hand| &hand.ranking);
    let known = |id: &IdeaId| state.ideas.rows.iter().any(|row| row.id == *id);
    ranked.map(|one| one.idea.id).filter(known).collect()
}

/// The ideas as they stand, each under its number, though it may be gone meanwhile: to link to it is refused then. What the
/// feedback was linked to elsewhere comes behind them.
fn kept(hand: &Hand, ideas: &[IdeaRow]) -> Vec<Suggestion> {
    let links = hand.detail.as_ref().map_or(&[][..], |detail| &detail.links);
    let row = |idea: IdeaId| ideas.iter().find(|row| row.id == idea);
    let mut shown = hand.suggestions.clone();
    for known in &mut shown {
        known.linked = links.iter().any(|link| link.idea == known.idea.id);
        if let Some(row) = row(known.idea.id) {
            known.idea.clone_from(row);
        }
    }
    for link in links {
        if shown.iter().all(|known| known.idea.id != link.idea)
            && let Some(row) = row(link.idea)
        {
            shown.push(Suggestion {
                idea: row.clone(),
                score: 0.0,
                linked: true,
            });
        }
    }
    shown
}

/// The ideas as they are shown: in the order in which they were ranked, each under its number. One that the feedback is linked
/// to and that would be out of sight takes the last number in sight, and what stood there goes behind the fold; the other numbers
/// stay what they are.
fn arranged(hand: &Hand, ideas: &[IdeaRow]) -> Vec<Suggestion> {
    let mut shown = hand.ranking.clone();
    let links = hand.detail.as_ref().map_or(&[][..], |detail| &detail.links);
    for known in &mut shown {
        known.linked = links.iter().any(|link| link.idea == known.idea.id);
    }
    for link in links {
        let place = shown.iter().position(|known| known.idea.id == link.idea);
        if place.is_some_and(|place| place < hand.in_sight) {
            continue;
        }
        let linked = match place {
            Some(place) => shown.remove(place),
            None => match ideas.iter().find(|row| row.id == link.idea) {
                Some(row) => Suggestion {
                    idea: row.clone(),
                    score: 0.0,
                    linked: true,
                },
                // It is shown when the ideas have come.
                None => continue,
            },
        };
        let seen = shown.len().min(hand.in_sight);
        let free = (0..seen).rev().find(|place| !shown[*place].linked);
        match free.filter(|_| seen == hand.in_sight) {
            Some(place) => {
                let out = std::mem::replace(&mut shown[place], linked);
                shown.insert(seen, out);
            }
            None => shown.insert(seen, linked),
        }
    }
    shown
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

/// Brings what is known about the suggested ideas up to date. Their numbers stay, unless a deed from here has merged one, or has
/// undone what made it.
pub(super) fn ideas_changed(state: &mut State) -> Vec<Effect> {
    if let Some(hand) = &mut state.hand {
        hand.ranking.retain_mut(|known| {
            let row = state.ideas.rows.iter().find(|row| row.id == known.idea.id);
            if let Some(row) = row {
                known.idea.clone_from(row);
            }
            row.is_some() || !hand.may_go.contains(&known.idea.id)
        });
    }
    show(state)
}
