//! Timelines: what was done, newest first, and the undo of any of it.

use super::super::effect::{Effect, Question};
use super::super::layout::layout;
use super::super::state::{Screen, State, TimelineView};
use super::super::target;
use super::inbox::in_view;
use super::navigate;
use super::scroll::Distance;
use crate::domain::deed::Reversal;
use crate::domain::entity::Thing;
use crate::domain::id::ActionId;
use crate::domain::timeline::{ChangeLine, TimelineEntry};

/// Actions asked for at once.
const PAGE: usize = 200;

/// So many may have come on top since they were asked for last.
const SOME_NEW: usize = 20;

/// Shows the timeline of a thing, or of the workspace; Esc leads back.
pub fn open_timeline(state: &mut State, about: Option<Thing>, title: String) -> Vec<Effect> {
    navigate::leave_for(state, Screen::Timeline, state.focus, state.zoomed);
    state.timeline = TimelineView {
        about,
        title,
        ..TimelineView::default()
    };
    reload(state)
}

/// Shows the timeline of what is under the cursor.
pub(super) fn of_item(state: &mut State) -> Vec<Effect> {
    let Some(about) = target::thing(state) else {
        return Vec::new();
    };
    let title = target::title(state).unwrap_or_default();
    open_timeline(state, Some(about), title)
}

/// Asks for the newest actions, down to the last that is known: the cursor may be on that one, which an undo pushes down.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let timeline = &mut state.timeline;
    timeline.asked_more = false;
    timeline.asked = match timeline.entries.len() {
        ..PAGE => PAGE,
        known => known + SOME_NEW,
    };
    let (about, limit) = (timeline.about, timeline.asked);
    vec![state.ask(Question::Timeline {
        about,
        before: None,
        limit,
    })]
}

/// Actions have come: newer ones in place of those known, or older ones behind them. The cursor stays on its action.
pub(super) fn loaded(state: &mut State, entries: Vec<TimelineEntry>) {
    let timeline = &mut state.timeline;
    timeline.more = entries.len() >= timeline.asked;
    if timeline.asked_more {
        for entry in entries {
            if !timeline
                .entries
                .iter()
                .any(|known| known.action == entry.action)
            {
                timeline.entries.push(entry);
            }
        }
    } else {
        let held = timeline
            .entries
            .get(timeline.cursor)
            .map(|entry| entry.action);
        timeline.entries = entries;
        // At the top one wants to see what is new.
        if timeline.cursor > 0
            && let Some(place) = timeline
                .entries
                .iter()
                .position(|entry| Some(entry.action) == held)
        {
            timeline.cursor = place;
        }
    }
    timeline.loaded = true;
    settle(state);
}

/// Moves the cursor; near the end older actions are asked for.
pub(super) fn go(state: &mut State, distance: Distance) -> Vec<Effect> {
    let timeline = &mut state.timeline;
    timeline.cursor = distance.from(timeline.cursor, timeline.entries.len());
    timeline.changes = None;
    // An answer that is still on its way would be about the action before.
    state
        .flight
        .questions
        .retain(|(_, kind)| *kind != "changes");
    settle(state);
    let timeline = &state.timeline;
    let near = timeline.cursor + 2 * room(state) >= timeline.entries.len();
    if !near || !timeline.more || state.asked("timeline") {
        return Vec::new();
    }
    let before = timeline.entries.last().map(|entry| entry.action);
    let about = timeline.about;
    (state.timeline.asked_more, state.timeline.asked) = (true, PAGE);
    vec![state.ask(Question::Timeline {
        about,
        before,
        limit: PAGE,
    })]
}

fn room(state: &State) -> usize {
    usize::from(layout(state).body.height.saturating_sub(1)).max(1)
}

fn settle(state: &mut State) {
    let room = room(state);
    let timeline = &mut state.timeline;
    timeline.cursor = timeline
        .cursor
        .min(timeline.entries.len().saturating_sub(1));
    timeline.top = in_view(timeline.top, timeline.cursor, room, timeline.entries.len());
}

/// The action under the cursor.
fn under_cursor(state: &State) -> Option<ActionId> {
    let timeline = &state.timeline;
    timeline
        .entries
        .get(timeline.cursor)
        .map(|entry| entry.action)
}

/// Shows what the action under the cursor has changed, or hides it.
pub(super) fn toggle_changes(state: &mut State) -> Vec<Effect> {
    if state.timeline.changes.take().is_some() {
        return Vec::new();
    }
    let action = under_cursor(state);
    action
        .map(|action| state.ask(Question::Changes(action)))
        .into_iter()
        .collect()
}

/// What an action changed has come; the cursor is still on it, for moving away would have made the answer stale.
pub(super) fn changes(state: &mut State, lines: Vec<ChangeLine>) {
    let action = under_cursor(state);
    state.timeline.changes = action.map(|action| (action, lines));
}

/// Undoes the action under the cursor, whoever did it; one that is undone is done again.
pub(super) fn undo_this(state: &mut State) -> Vec<Effect> {
    let action = under_cursor(state);
    action
        .map(|action| {
            let reversal = Reversal::Action {
                action,
                rest: false,
            };
            // It is under the cursor, and what is of note was said.
            state.reverse(reversal, None)
        })
        .into_iter()
        .collect()
}
