//! The ideas: the suggestions' cursor, and the table, its order and what it shows.

use super::super::effect::Effect;
use super::super::layout::layout;
use super::super::prompt::words;
use super::super::state::{Ideas, State, Tone, first_shown};
use super::scroll::Distance;
use super::{hand, idea_filter, marks, undoing};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaRow;
use crate::domain::idea_order::IdeaOrder;
use crate::query::IdeaTexts;
use crate::search::Finder;

/// Rows of the table, or suggestions, on the screen.
pub(super) fn screen(state: &State) -> usize {
    let layout = layout(state);
    if state.zoomed {
        // Below the title and the heads of the columns.
        usize::from(layout.body.height.saturating_sub(2)).max(1)
    } else {
        layout.suggestion_rows()
    }
}

/// Moves the cursor of the table, or among the suggestions: then the reason of the one it is on is asked for.
pub(super) fn go(state: &mut State, distance: Distance) -> Vec<Effect> {
    if state.zoomed {
        state.ideas.cursor = distance.from(state.ideas.cursor, state.ideas.shown.len());
        settle(state);
        return Vec::new();
    }
    if let Some(hand) = &mut state.hand {
        hand.cursor_idea = distance.from(hand.cursor_idea, hand.suggestions.len());
    }
    settle(state);
    hand::reason(state)
}

/// Puts the cursor on an idea of the table or, where it has one of the numbers there, of the suggestions, whichever is shown.
/// A filter that hides it is taken off, and that is said.
pub(super) fn go_to(state: &mut State, id: IdeaId) -> Vec<Effect> {
    if !state.zoomed {
        if let Some(hand) = &mut state.hand {
            let mut seen = hand.suggestions.iter().take(hand.in_sight);
            let place = seen.position(|known| known.idea.id == id);
            hand.cursor_idea = place.unwrap_or(hand.cursor_idea);
        }
        return hand::reason(state);
    }
    let place = |ideas: &Ideas| {
        let is_it = |index: &usize| ideas.rows.get(*index).is_some_and(|row| row.id == id);
        ideas.shown.iter().position(is_it)
    };
    if place(&state.ideas).is_none() && state.ideas.loaded {
        take_off(state);
    }
    match place(&state.ideas) {
        Some(place) => state.ideas.cursor = place,
        // It is gone to when the ideas have come.
        None => state.ideas.sought = vec![Thing::new(Entity::Idea, id)],
    }
    Vec::new()
}

/// Takes the filter off which hides what is looked for.
fn take_off(state: &mut State) {
    let filter = words::short(state.ideas.filter.trim());
    idea_filter::show_all(state);
    if !filter.is_empty() {
        let words = format!("the filter “{filter}” hid this idea and is taken off");
        state.say(Tone::Plain, words, "");
    }
}

/// The row of the table on that line, from 0.
pub(super) fn at_line(state: &State, line: usize) -> Option<usize> {
    let ideas = &state.ideas;
    let mut before = 0;
    (ideas.top..ideas.shown.len()).find(|place| {
        before += lines(ideas, *place);
        line < before
    })
}

/// How many lines a row of the table takes.
fn lines(ideas: &Ideas, place: usize) -> usize {
    let row = ideas
        .shown
        .get(place)
        .and_then(|index| ideas.rows.get(*index));
    row.map_or(1, |row| ideas.matches.lines(row.id))
}

/// All ideas have come.
pub(super) fn loaded(state: &mut State, rows: Vec<IdeaRow>) -> Vec<Effect> {
    let held = held(state);
    state.ideas.rows = rows;
    state.ideas.loaded = true;
    order(state, held);
    marks::sift_ideas(state);
    go_to_sought(state);
    hand::ideas_changed(state)
}

/// Puts the cursor on what an undo or redo brought back.
fn go_to_sought(state: &mut State) {
    let sought = std::mem::take(&mut state.ideas.sought);
    let ideas = &mut state.ideas;
    let is_sought = |index: &usize| {
        let row = ideas.rows.get(*index);
        row.is_some_and(|row| sought.contains(&Thing::new(Entity::Idea, row.id)))
    };
    let place = ideas.shown.iter().position(is_sought);
    let is_there = (0..ideas.rows.len()).any(|index| is_sought(&index));
    match place {
        Some(place) => {
            ideas.cursor = place;
            settle(state);
        }
        None if is_there => undoing::hidden(state),
        None => {}
    }
}

/// Orders and filters the table anew; the cursor stays on its idea, else on its place.
pub(super) fn arrange(state: &mut State) {
    let held = held(state);
    order(state, held);
}

fn held(state: &State) -> Option<IdeaId> {
    let index = state.ideas.shown.get(state.ideas.cursor)?;
    state.ideas.rows.get(*index).map(|row| row.id)
}

fn order(state: &mut State, held: Option<IdeaId>) {
    let planned = state.plan.plan.releases.iter();
    let order = IdeaOrder::new(state.ideas.order, planned.map(|planned| &planned.release));
    let me = state.settings.me.clone();
    let ideas = &mut state.ideas;
    let finder = Finder::of(&ideas.query.searched());
    let texts = IdeaTexts::of(&ideas.query, &ideas.found, Finder::has_all);
    let rows = &ideas.rows;
    let class = |row: &IdeaRow| {
        let holds = ideas
            .query
            .holds(row, me.as_ref(), &mut |term| texts.has(row, term));
        holds.then(|| texts.place(row))
    };
    let mut shown: Vec<((u8, usize), usize)> = (0..rows.len())
        .filter_map(|index| Some((class(&rows[index])?, index)))
        .collect();
    shown.sort_by(|(a, one), (b, other)| {
        a.cmp(b)
            .then_with(|| order.compare(&rows[*one], &rows[*other]))
    });
    let shown: Vec<usize> = shown.into_iter().map(|(_, index)| index).collect();
    // What was not found by its words shows no passage of them.
    let titles = shown.iter().map(|index| &rows[*index]);
    let titles = titles.filter(|row| finder.seen(&row.title).any() || texts.are_in(row.id));
    let titles = titles.map(|row| (row.id, row.title.as_str()));
    ideas.matches.show(titles, &finder, true);
    let place = shown.iter().position(|index| Some(rows[*index].id) == held);
    ideas.shown = shown;
    if let Some(place) = place {
        ideas.cursor = place;
    }
    settle(state);
}

/// Brings both cursors into their lists and the table around its cursor.
pub(super) fn settle(state: &mut State) {
    let screen = screen(state);
    let ideas = &mut state.ideas;
    ideas.cursor = ideas.cursor.min(ideas.shown.len().saturating_sub(1));
    let tall = |place: usize| lines(ideas, place);
    ideas.top = first_shown(ideas.top, ideas.cursor, screen, ideas.shown.len(), tall);
    if let Some(hand) = &mut state.hand {
        hand.cursor_idea = hand
            .cursor_idea
            .min(hand.suggestions.len().saturating_sub(1));
    }
}
