//! The mouse, when it is on: a press takes the focus and chooses, the wheel scrolls what is under it.

use super::super::charts::{rows_of_one, tiles};
use super::super::effect::Effect;
use super::super::layout::{Cells, layout};
use super::super::message::Mouse;
use super::super::state::{Pane, PlanCursor, Screen, State, Tone};
use super::super::target;
use super::scroll::{self, Distance};
use super::{board, hand, idea, ideas, inbox, plan, sync, timeline};

/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;

/// Turns the mouse on or off.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    state.settings.mouse = !state.settings.mouse;
    let words = if state.settings.mouse {
        "the mouse chooses and scrolls; hold Shift to select text"
    } else {
        "the mouse is left to the terminal"
    };
    state.say(Tone::Plain, words, "");
    vec![Effect::Mouse(state.settings.mouse)]
}

/// The mouse did something in that cell. Overlays, and what waits, are left alone.
pub(super) fn mouse(state: &mut State, action: Mouse, column: u16, row: u16) -> Vec<Effect> {
    let busy = !state.overlays.is_empty()
        || state.flight.deed.is_some()
        || !state.flight.typed_ahead.is_empty();
    if busy || !state.settings.mouse {
        return Vec::new();
    }
    let wheel = match action {
        Mouse::Press => None,
        Mouse::WheelUp => Some(Distance::By(-WHEEL)),
        Mouse::WheelDown => Some(Distance::By(WHEEL)),
    };
    match state.screen {
        Screen::Console => console(state, wheel, column, row),
        Screen::Timeline => match wheel {
            Some(distance) => timeline::go(state, distance),
            None => Vec::new(),
        },
        Screen::Past => {
            if let Some(distance) = wheel {
                super::past::go(state, distance);
            }
            Vec::new()
        }
        Screen::Charts => {
            charts(state, wheel, column, row);
            Vec::new()
        }
        Screen::Idea => {
            if let Some(distance) = wheel {
                idea::go(state, distance);
            }
            Vec::new()
        }
        Screen::Sync => {
            match wheel {
                Some(distance) => sync::go(state, distance),
                None => sync::press(state, column, row),
            }
            Vec::new()
        }
        Screen::Present | Screen::Minutes | Screen::Absent(_) => Vec::new(),
    }
}

/// A press takes a chart in hand, a second one gives it the screen; the wheel moves.
fn charts(state: &mut State, wheel: Option<Distance>, column: u16, row: u16) {
    if let Some(distance) = wheel {
        return super::charts::go(state, distance);
    }
    let body = layout(state).body;
    if state.charts.row.is_some() {
        let cells = rows_of_one(body);
        let place = usize::from(row.saturating_sub(cells.y)) + state.charts.top;
        if has(cells, column, row) && place < state.charts.rows() {
            state.charts.row = Some(place);
        }
        return;
    }
    let tiles = tiles(&state.charts, body);
    let pressed = tiles.iter().find(|(_, cells)| has(*cells, column, row));
    match pressed {
        Some((place, _)) if *place == state.charts.cursor => super::charts::zoom(state),
        Some((place, _)) => state.charts.cursor = *place,
        None => {}
    }
}

fn console(state: &mut State, wheel: Option<Distance>, column: u16, row: u16) -> Vec<Effect> {
    let places = layout(state);
    let panes = [Pane::Inbox, Pane::Feedback, Pane::Ideas, Pane::Plan];
    let Some(pane) = panes
        .into_iter()
        .find(|pane| has(places.pane(*pane), column, row))
    else {
        return Vec::new();
    };
    let line = usize::from(row - places.pane(pane).y);
    let Some(distance) = wheel else {
        state.focus = pane;
        if target::on_board(state) {
            board::press(state, column, row);
            return Vec::new();
        }
        return press(state, pane, line);
    };
    match (pane, distance) {
        (Pane::Inbox, Distance::By(rows)) => return inbox::move_by(state, rows),
        (Pane::Feedback, distance) => scroll::text(state, distance),
        (Pane::Ideas, distance) => return ideas::go(state, distance),
        (Pane::Plan, distance) => plan::go(state, distance),
        (Pane::Inbox, _) => {}
    }
    Vec::new()
}

pub(super) fn has(cells: Cells, column: u16, row: u16) -> bool {
    (cells.x..cells.x.saturating_add(cells.width)).contains(&column)
        && (cells.y..cells.y.saturating_add(cells.height)).contains(&row)
}

/// Chooses what is in that line of the pane, from 0.
fn press(state: &mut State, pane: Pane, line: usize) -> Vec<Effect> {
    match pane {
        Pane::Inbox => {
            let place = line.checked_sub(2);
            if let Some(place) = place.and_then(|line| inbox::at_line(state, line)) {
                state.inbox.cursor = place;
            }
            return inbox::settle(state);
        }
        Pane::Ideas if state.zoomed => {
            let place = line.checked_sub(2);
            if let Some(place) = place.and_then(|line| ideas::at_line(state, line)) {
                state.ideas.cursor = place;
            }
        }
        Pane::Ideas => {
            if let (Some(place), Some(hand)) = (line.checked_sub(1), &mut state.hand)
                && place < hand.suggestions.len()
            {
                hand.cursor_idea = place;
                return hand::reason(state);
            }
        }
        Pane::Plan if state.zoomed => {
            let line = line.checked_sub(1).map(|line| line + state.plan.top);
            if let Some(cursor) = line.and_then(|line| plan::at_line(state, line)) {
                state.plan.cursor = cursor;
                plan::settle(state);
            }
        }
        Pane::Plan => {
            let item = line.checked_sub(1);
            let release = state.plan.cursor.release;
            let cursor = PlanCursor { release, item };
            if target::plan_places(state).contains(&cursor) {
                state.plan.cursor = cursor;
            }
        }
        Pane::Feedback => {}
    }
    Vec::new()
}
