//! The release plan as a board: its cursor moves over the heads of the columns and their cards.

use super::super::board::{Column, abreast, cards, columns, first, room, shown};
use super::super::effect::Effect;
use super::super::state::{PlanCursor, State};
use super::inbox::in_view;
use super::mouse::has;
use super::plan;
use super::scroll::Distance;

/// The board has taken the place of the table, or the other way round: on the board the column under the cursor comes first,
/// for what is to come is of more interest than what was.
pub(super) fn begin(state: &mut State) {
    state.plan.board.left = at(state, &columns(state)).unwrap_or(0);
}

/// The place of the column under the cursor.
fn at(state: &State, columns: &[Column]) -> Option<usize> {
    let release = state.plan.cursor.release;
    columns.iter().position(|column| column.release == release)
}

/// Moves the cursor within its column.
pub(super) fn go(state: &mut State, distance: Distance) {
    let columns = columns(state);
    if let Some(column) = at(state, &columns).and_then(|place| columns.get(place)) {
        // The head is the first of its places.
        let here = column.place_of(state.plan.cursor).map_or(0, |at| at + 1);
        let place = distance.from(here, column.items.len() + 1);
        let card = place.checked_sub(1);
        state.plan.cursor.item = card.and_then(|card| column.items.get(card)).copied();
    }
    plan::settle(state);
}

/// Goes to the column at the right or the left, as far down as the cursor is; where that one is shorter, to its last card. What
/// lies behind it is reached as far down as one began. From a head one goes to a head.
pub(super) fn sideways(state: &mut State, right: bool) -> Vec<Effect> {
    let columns = columns(state);
    let Some(from) = at(state, &columns) else {
        return Vec::new();
    };
    let to = if right {
        from + 1
    } else {
        from.wrapping_sub(1)
    };
    let (Some(here), Some(column)) = (columns.get(from), columns.get(to)) else {
        return Vec::new();
    };
    let begun = state.plan.board.depth;
    let begun = begun.filter(|(cursor, _)| *cursor == state.plan.cursor);
    let depth = match begun {
        Some((_, depth)) => Some(depth),
        None if here.items.is_empty() => Some(0),
        None => here.place_of(state.plan.cursor),
    };
    let last = column.items.len().saturating_sub(1);
    let cursor = PlanCursor {
        release: column.release,
        item: depth.and_then(|depth| column.items.get(depth.min(last)).copied()),
    };
    state.plan.cursor = cursor;
    state.plan.board.depth = depth.map(|depth| (cursor, depth));
    plan::settle(state);
    Vec::new()
}

/// Brings the column under the cursor onto the screen, and in it the card.
pub(super) fn settle(state: &mut State) {
    let columns = columns(state);
    let Some(place) = at(state, &columns) else {
        return;
    };
    let left = state.plan.board.left;
    let abreast = abreast(state, columns.len());
    state.plan.board.left = in_view(left, place, abreast, columns.len());
    let release = state.plan.cursor.release;
    let on_screen = shown(state);
    let on_screen = on_screen
        .iter()
        .find(|(column, _)| column.release == release);
    let planned = state.plan.plan.releases.get(release);
    if let (Some((column, cells)), Some(planned)) = (on_screen, planned)
        && room(*cells).height > 0
    {
        let (id, first) = (planned.release.id, first(state, column, *cells));
        state.plan.board.tops.insert(id, first);
    }
}

/// How many cards of the column under the cursor are on the screen.
pub(super) fn page(state: &State) -> usize {
    let release = state.plan.cursor.release;
    let shown = shown(state);
    let here = shown.iter().find(|(column, _)| column.release == release);
    here.map_or(0, |(column, cells)| {
        cards(state, column, *cells).cards.len()
    })
}

/// Puts the cursor on what is in that cell of the screen: a card, or the head of a column.
pub(super) fn press(state: &mut State, column: u16, row: u16) {
    let shown = shown(state);
    let Some((pressed, cells)) = shown.iter().find(|(_, cells)| has(*cells, column, row)) else {
        return;
    };
    let cards = cards(state, pressed, *cells).cards;
    let card = cards.iter().find(|card| has(card.cells, column, row));
    if card.is_some() || row < room(*cells).y {
        state.plan.cursor = PlanCursor {
            release: pressed.release,
            item: card.map(|card| card.item),
        };
    }
    plan::settle(state);
}
