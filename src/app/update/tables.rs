//! The filters of the table of ideas and of the release plan, while they are typed and afterwards.

use super::super::effect::Effect;
use super::super::errands::TableBefore;
use super::super::prompt::complete;
use super::super::state::{Pane, Purpose, State};
use super::{filter, idea_filter, ideas, plan};
use crate::domain::passage::Searched;
use crate::query::{About, Query};

/// The text in the prompt has changed: what it finds is shown at once. What is not typed to its end waits.
pub fn filter_table(state: &mut State, pane: Pane, text: &str) -> Vec<Effect> {
    match pane {
        Pane::Ideas => {
            let known = complete::known(state, About::Ideas);
            let (query, waits) = filter::understood(state, About::Ideas, &known, text);
            filter::say_of(state, &Purpose::FilterTable(pane), text, &query, waits);
            filter_ideas(state, text, query)
        }
        Pane::Plan => {
            plan::search(state, text);
            let (purpose, none) = (Purpose::FilterTable(pane), Query::default());
            filter::say_of(state, &purpose, text, &none, None);
            if !text.trim().is_empty() {
                state.search = Searched::words(text);
            }
            Vec::new()
        }
        Pane::Inbox | Pane::Feedback => Vec::new(),
    }
}

fn filter_ideas(state: &mut State, text: &str, query: Query) -> Vec<Effect> {
    let searched = query.searched();
    if !searched.is_empty() {
        state.search = searched;
    }
    idea_filter::search(state, text, query)
}

/// The prompt was accepted: the table keeps what it finds.
pub fn accept_table(state: &mut State, pane: Pane, text: &str) -> Vec<Effect> {
    state.errands.filter_before = None;
    match pane {
        Pane::Ideas => match About::Ideas.parse_accepted(text) {
            Ok(query) => filter_ideas(state, text, query),
            Err(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The filter that Enter was pressed on is wrong: the table is what it was before it was typed, and the prompt stays.
pub fn refuse_table(state: &mut State, pane: Pane) -> Vec<Effect> {
    let before = state.errands.filter_before.clone();
    let effects = cancel_table(state, pane);
    state.errands.filter_before = before;
    effects
}

/// The prompt was left: the filter, the cursor and what was on the screen are back.
pub fn cancel_table(state: &mut State, pane: Pane) -> Vec<Effect> {
    let Some(before) = state.errands.filter_before.take() else {
        return Vec::new();
    };
    let effects = filter_table(state, pane, &before.filter);
    match pane {
        Pane::Ideas => {
            (state.ideas.cursor, state.ideas.top) = (before.cursor, before.top);
            ideas::settle(state);
        }
        Pane::Plan => {
            (state.plan.cursor, state.plan.top) = (before.place, before.top);
            state.plan.board.left = before.left;
            plan::settle(state);
        }
        Pane::Inbox | Pane::Feedback => {}
    }
    effects
}

/// What is to come back when the prompt is left.
pub fn before(state: &State, pane: Pane, filter: &str) -> TableBefore {
    TableBefore {
        filter: filter.to_owned(),
        cursor: state.ideas.cursor,
        place: state.plan.cursor,
        left: state.plan.board.left,
        top: match pane {
            Pane::Plan => state.plan.top,
            _ => state.ideas.top,
        },
    }
}
