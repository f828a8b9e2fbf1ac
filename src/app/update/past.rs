//! The past of the release plan: what changed in it, and how it stood. Nothing can be changed there.

use super::super::effect::{Effect, Question};
use super::super::layout::layout;
use super::super::past::{lines, rows, spots};
use super::super::state::{Past, PastView, PastWish, Screen, State, Tone};
use super::super::target;
use super::inbox::in_view;
use super::navigate;
use super::scroll::Distance;

/// Shows what is wanted; Esc leads back to the plan as it is.
pub fn show_past(state: &mut State, wish: PastWish) -> Vec<Effect> {
    if target::on_board(state) && matches!(wish, PastWish::AsOf(_)) {
        let words = "as it stood the plan is shown as a table";
        state.say(Tone::Plain, words, "Esc leads back to the board");
    }
    navigate::leave_for(state, Screen::Past, state.focus, state.zoomed);
    state.past = PastView {
        wish: Some(wish),
        ..PastView::default()
    };
    reload(state)
}

/// Asks anew for what is shown.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let wish = state.past.wish;
    wish.map(|wish| state.ask(Question::Past(wish)))
        .into_iter()
        .collect()
}

/// It has come.
pub(super) fn loaded(state: &mut State, found: Box<Past>) {
    state.past.found = Some(found);
    settle(state);
}

/// Moves the cursor.
pub(super) fn go(state: &mut State, distance: Distance) {
    let Some(found) = &state.past.found else {
        return;
    };
    let count = spots(&lines(found)).len();
    state.past.cursor = distance.from(state.past.cursor, count);
    settle(state);
}

/// Shows the idea under the cursor, as it is now.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    match target::past_idea(state) {
        Some(idea) => navigate::open_idea(state, idea),
        None => Vec::new(),
    }
}

/// Brings the cursor onto a line that there is, and the list around it.
pub(super) fn settle(state: &mut State) {
    let room = usize::from(rows(layout(state).body).height).max(1);
    let view = &mut state.past;
    let Some(found) = &view.found else {
        return;
    };
    let lines = lines(found);
    let spots = spots(&lines);
    view.cursor = view.cursor.min(spots.len().saturating_sub(1));
    let at = spots.get(view.cursor).copied().unwrap_or(0);
    view.top = in_view(view.top, at, room, lines.len());
}
