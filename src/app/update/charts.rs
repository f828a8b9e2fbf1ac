//! The charts: moving from one to another, one alone with its rows, and what a row stands for.

use super::super::charts::{page, rows_of_one};
use super::super::effect::{Effect, Question};
use super::super::layout::layout;
use super::super::state::{Screen, State};
use super::inbox::in_view;
use super::scroll::Distance;
use super::{filter, navigate};
use crate::domain::chart::{Chart, Lead, Shape};

/// Shows the charts; Esc leads back.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    navigate::leave_for(state, Screen::Charts, state.focus, state.zoomed);
    state.charts.row = None;
    reload(state)
}

/// Counts anew; what was counted before stays on the screen until then.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    if state.charts.charts.is_empty() {
        state.charts.since = state.now;
    }
    vec![state.ask(Question::Charts)]
}

/// The charts have come.
pub(super) fn loaded(state: &mut State, charts: Vec<Chart>) {
    state.charts.charts = charts;
    settle(state);
}

/// How far a page reaches: the charts that are on the screen, or the rows of the one that is.
pub(super) fn room(state: &State) -> usize {
    let body = layout(state).body;
    match state.charts.row {
        Some(_) => usize::from(rows_of_one(body).height),
        None => page(&state.charts, body),
    }
}

/// Moves to another chart, or to another row of the one that fills the screen.
pub(super) fn go(state: &mut State, distance: Distance) {
    let charts = &mut state.charts;
    match charts.row {
        Some(row) => charts.row = Some(distance.from(row, charts.rows())),
        None => charts.cursor = distance.from(charts.cursor, charts.charts.len()),
    }
    settle(state);
}

/// The next chart, or the one before; after the last comes the first.
pub(super) fn turn(state: &mut State, next: bool) {
    let count = state.charts.charts.len();
    if count == 0 {
        return;
    }
    let step = if next { 1 } else { count - 1 };
    state.charts.cursor = (state.charts.cursor + step) % count;
    if state.charts.row.is_some() {
        state.charts.row = Some(first_row(state));
    }
    settle(state);
}

/// Where one begins in a chart: of weeks at this one, else at the first row.
fn first_row(state: &State) -> usize {
    let weeks = state
        .charts
        .chart()
        .is_some_and(|chart| matches!(chart.shape, Shape::Columns | Shape::Lines));
    match weeks {
        true => state.charts.rows().saturating_sub(1),
        false => 0,
    }
}

/// Gives the chart in hand the whole screen; there, opens what the row in hand stands for.
pub(super) fn enter(state: &mut State) -> Vec<Effect> {
    if state.charts.row.is_none() {
        zoom(state);
        return Vec::new();
    }
    match state.charts.lead().cloned() {
        Some(lead) => follow(state, &lead),
        None => state.refuse("there is no list behind this figure", ""),
    }
}

/// Gives the chart in hand the whole screen, or takes it back.
pub(super) fn zoom(state: &mut State) {
    state.charts.row = match state.charts.row {
        None if state.charts.chart().is_some() => Some(first_row(state)),
        _ => None,
    };
    settle(state);
}

fn follow(state: &mut State, lead: &Lead) -> Vec<Effect> {
    match lead {
        Lead::Idea(idea) => navigate::open_idea(state, *idea),
        Lead::Owner(Some(owner)) => filter::show_owner(state, owner),
        Lead::Owner(None) => filter::show_view(state, "is:unprocessed is:unassigned"),
        Lead::Age(from, to) => {
            let age = match (from, to) {
                (Some(from), Some(to)) => format!("age:{from}d..{to}d"),
                (Some(from), None) => format!("age:>{from}d"),
                (None, Some(to)) => format!("age:<{to}d"),
                (None, None) => String::new(),
            };
            filter::show_view(state, &format!("is:unprocessed {age}"))
        }
        Lead::Week(monday) => {
            let sunday = *monday + chrono::Days::new(6);
            filter::show_view(state, &format!("received:{monday}..{sunday}"))
        }
    }
}

/// One step back: from one chart to all of them. False where there is none.
pub(super) fn back(state: &mut State) -> bool {
    state.charts.row.take().is_some()
}

/// Asks for the figures of the chart in hand as Markdown.
pub(super) fn markdown(state: &mut State) -> Vec<Effect> {
    let name = state.charts.chart().map(|chart| chart.name);
    name.map(|name| state.ask(Question::ChartMarkdown(name)))
        .into_iter()
        .collect()
}

/// Brings chart and row onto places that there are, and the row into view.
pub(super) fn settle(state: &mut State) {
    let room = room(state);
    let charts = &mut state.charts;
    charts.cursor = charts.cursor.min(charts.charts.len().saturating_sub(1));
    let rows = charts.rows();
    if let Some(row) = &mut charts.row {
        *row = (*row).min(rows.saturating_sub(1));
        charts.top = in_view(charts.top, *row, room.max(1), rows);
    }
}
