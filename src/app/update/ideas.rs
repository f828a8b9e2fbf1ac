//! The ideas: the suggestions' cursor, the table with its order and filter, and the screen of one idea.

use std::cmp::{Ordering, Reverse};

use super::super::document::idea_document;
use super::super::effect::{Effect, Question};
use super::super::layout::{PROSE, layout};
use super::super::state::{IdeaOrder, State};
use super::inbox::in_view;
use super::scroll::Distance;
use crate::domain::idea::{IdeaDetail, IdeaRow};

/// Rows of the table, or suggestions, on the screen.
pub(super) fn screen(state: &State) -> usize {
    let layout = layout(state);
    if state.zoomed {
        usize::from(layout.body.height.saturating_sub(1)).max(1)
    } else {
        layout.suggestion_rows()
    }
}

/// Moves the cursor of the table, or among the suggestions.
pub(super) fn go(state: &mut State, distance: Distance) {
    if state.zoomed {
        state.ideas.cursor = distance.from(state.ideas.cursor, state.ideas.shown.len());
    } else if let Some(hand) = &mut state.hand {
        hand.cursor_idea = distance.from(hand.cursor_idea, hand.suggestions.len());
    }
    settle(state);
}

/// All ideas have come.
pub(super) fn loaded(state: &mut State, rows: Vec<IdeaRow>) {
    let held = held(state);
    state.ideas.rows = rows;
    state.ideas.loaded = true;
    order(state, held);
}

/// Orders and filters the table anew; the cursor stays on its idea, else on its place.
pub(super) fn arrange(state: &mut State) {
    let held = held(state);
    order(state, held);
}

fn held(state: &State) -> Option<crate::domain::id::IdeaId> {
    let index = state.ideas.shown.get(state.ideas.cursor)?;
    state.ideas.rows.get(*index).map(|row| row.id)
}

fn order(state: &mut State, held: Option<crate::domain::id::IdeaId>) {
    let planned = state.plan.plan.releases.iter();
    let releases: Vec<String> = planned
        .map(|planned| planned.release.name.clone())
        .collect();
    let ideas = &mut state.ideas;
    let words: Vec<String> = ideas
        .filter
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let order = ideas.order;
    let rows = &ideas.rows;
    let mut shown: Vec<usize> = (0..rows.len())
        .filter(|index| has_words(&rows[*index], &words))
        .collect();
    shown.sort_by(|a, b| compare(order, &releases, &rows[*a], &rows[*b]));
    let place = shown.iter().position(|index| Some(rows[*index].id) == held);
    ideas.shown = shown;
    if let Some(place) = place {
        ideas.cursor = place;
    }
    settle(state);
}

/// Whether each word is somewhere in what the table shows of the idea.
fn has_words(row: &IdeaRow, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let owner = row.owner.as_ref().map(ToString::to_string);
    let parts = [
        Some(row.title.as_str()),
        Some(row.status.word()),
        row.when(),
        owner.as_deref(),
        row.area.as_deref(),
        row.edition.as_deref(),
        row.kind.map(|kind| kind.word()),
    ];
    let text = parts
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// The order of the table; whatever it is, the most wanted come first within, and no two ideas are alike.
fn compare(order: IdeaOrder, releases: &[String], a: &IdeaRow, b: &IdeaRow) -> Ordering {
    // By the releases as they are planned, then by timeframe; those without either come last.
    let when = |row: &IdeaRow| {
        let release = row.release.as_ref();
        let place = release.and_then(|name| releases.iter().position(|known| known == name));
        (
            release.is_none(),
            place,
            row.timeframe.is_none(),
            row.timeframe,
        )
    };
    let first = match order {
        IdeaOrder::Demand => Ordering::Equal,
        IdeaOrder::Status => a.status.cmp(&b.status),
        IdeaOrder::When => when(a).cmp(&when(b)),
        IdeaOrder::Title => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
        IdeaOrder::Changed => b.changed.cmp(&a.changed),
    };
    let wanted = |row: &IdeaRow| (Reverse(row.demand), Reverse(row.votes));
    first
        .then_with(|| wanted(a).cmp(&wanted(b)))
        .then_with(|| a.title.cmp(&b.title))
        .then_with(|| a.id.cmp(&b.id))
}

/// Brings both cursors into their lists and the table around its cursor.
pub(super) fn settle(state: &mut State) {
    let screen = screen(state);
    let ideas = &mut state.ideas;
    ideas.cursor = ideas.cursor.min(ideas.shown.len().saturating_sub(1));
    ideas.top = in_view(ideas.top, ideas.cursor, screen, ideas.shown.len());
    if let Some(hand) = &mut state.hand {
        hand.cursor_idea = hand
            .cursor_idea
            .min(hand.suggestions.len().saturating_sub(1));
    }
}

/// The idea on the screen has come; an answer about another one finds nobody.
pub(super) fn idea_loaded(state: &mut State, found: Option<Box<IdeaDetail>>) {
    let Some(view) = &mut state.idea else {
        return;
    };
    match found {
        Some(detail) if detail.row.id == view.id => {
            view.cursor = view.cursor.min(detail.evidence.len().saturating_sub(1));
            view.detail = Some(detail);
        }
        Some(_) => {}
        None => view.detail = None,
    }
}

/// Asks anew what is known about the idea on the screen.
pub(super) fn reload_idea(state: &mut State) -> Vec<Effect> {
    let id = state.idea.as_ref().map(|view| view.id);
    id.map(|id| state.ask(Question::Idea(id)))
        .into_iter()
        .collect()
}

/// Moves the cursor through the evidence of the idea on the screen; the text scrolls along.
pub(super) fn go_in_idea(state: &mut State, distance: Distance) {
    let body = layout(state).body;
    let width = usize::from(body.width.saturating_sub(2).min(PROSE));
    let room = usize::from(body.height.saturating_sub(1)).max(1);
    let now = state.now;
    let Some(view) = &mut state.idea else {
        return;
    };
    let Some(detail) = &view.detail else {
        return;
    };
    let document = idea_document(detail, now, width);
    let most = document.lines.len().saturating_sub(room);
    if detail.evidence.is_empty() {
        view.scroll = distance.from(view.scroll.min(most), most + 1);
        return;
    }
    let before = view.cursor;
    view.cursor = distance.from(view.cursor, detail.evidence.len());
    if view.cursor == before {
        // At either end the text itself goes on.
        view.scroll = distance.from(view.scroll.min(most), most + 1);
    } else if let Some(place) = document
        .evidence
        .iter()
        .find(|line| line.evidence == view.cursor)
    {
        view.scroll = in_view(view.scroll, place.line, room, document.lines.len());
    }
}
