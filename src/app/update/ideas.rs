//! The ideas: the suggestions' cursor, the table with its order and filter, and the screen of one idea.

use super::super::document::{EvidenceLine, IdeaDocument, idea_document};
use super::super::effect::{Effect, Question};
use super::super::layout::{idea_room, layout};
use super::super::state::{Ideas, State, first_shown};
use super::inbox::in_view;
use super::scroll::Distance;
use super::{hand, undoing};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::IdeaId;
use crate::domain::idea::{IdeaDetail, IdeaRow};
use crate::domain::idea_order::IdeaOrder;
use crate::domain::passage::Passage;
use crate::query::{IdeaTexts, Query};
use crate::search::{Finder, is_searchable};

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
/// A filter that hides it is taken away.
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
        show_all(state);
    }
    match place(&state.ideas) {
        Some(place) => state.ideas.cursor = place,
        // It is gone to when the ideas have come.
        None => state.ideas.sought = vec![Thing::new(Entity::Idea, id)],
    }
    Vec::new()
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

/// Filters the table: what can be told from its rows at once, what has the words in its texts when that is found.
pub(super) fn search(state: &mut State, filter: &str, query: Query) -> Vec<Effect> {
    // Signs alone are no word: see `retain_text`.
    let query = query.retain_text(is_searchable);
    let ideas = &mut state.ideas;
    let goes_on = filter.starts_with(&ideas.filter);
    filter.clone_into(&mut ideas.filter);
    if query == ideas.query {
        return Vec::new();
    }
    let searches = query.searches();
    let goes_on = goes_on
        && ideas.found.len() == searches.len()
        && query.every_text().len() == ideas.query.every_text().len();
    // What was found for the beginning of a word is shown until what the longer one finds is known.
    if !goes_on {
        ideas.found = vec![Vec::new(); searches.len()];
    }
    ideas.query = query;
    state.forget("rank-ideas");
    state.forget("idea-passages");
    arrange(state);
    (state.ideas.cursor, state.ideas.top) = (0, 0);
    settle(state);
    if searches.is_empty() {
        return Vec::new();
    }
    vec![state.ask(Question::RankIdeas(searches))]
}

/// Takes the filter of the table away; the cursor stays on its idea.
pub(super) fn show_all(state: &mut State) {
    let ideas = &mut state.ideas;
    ideas.filter.clear();
    ideas.query = Query::default();
    ideas.found.clear();
    state.forget("rank-ideas");
    state.forget("idea-passages");
    arrange(state);
}

/// What the searches of the filter have found. The cursor stays at the top where it is there: whoever types looks at the best.
pub(super) fn found(state: &mut State, found: Vec<Vec<IdeaId>>) -> Vec<Effect> {
    if found.len() != state.ideas.query.searches().len() {
        return Vec::new();
    }
    let top = state.ideas.cursor == 0;
    state.ideas.found = found;
    arrange(state);
    if top {
        (state.ideas.cursor, state.ideas.top) = (0, 0);
    }
    Vec::new()
}

/// Asks where the words of the filter are in the rows on the screen whose titles do not show it.
pub(super) fn ask_passages(state: &mut State) -> Vec<Effect> {
    let words = state.ideas.query.searched();
    if words.is_empty() || !state.zoomed || state.asked("idea-passages") {
        return Vec::new();
    }
    let ideas = &state.ideas;
    let rows = ideas.shown.iter().skip(ideas.top).take(screen(state));
    let rows = rows.filter_map(|index| ideas.rows.get(*index));
    let of = ideas.matches.due(rows.map(|row| row.id));
    if of.is_empty() || state.asked("rank-ideas") {
        return Vec::new();
    }
    vec![state.ask(Question::IdeaPassages { words, of })]
}

/// Takes passages in.
pub(super) fn passages(state: &mut State, found: Vec<(IdeaId, Option<Passage>)>) -> Vec<Effect> {
    state.ideas.matches.take(found);
    settle(state);
    Vec::new()
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
    // Those whose title has the words come first, then those whose text has them, the best first.
    let class = |row: &IdeaRow| {
        let holds = ideas
            .query
            .holds(row, me.as_ref(), &mut |term| texts.has(row, term));
        holds.then(|| match texts.rank(row.id) {
            _ if texts.is_empty() => (0, 0),
            _ if !finder.is_empty() && finder.seen(&row.title).all() => (0, 0),
            Some(rank) => (1, rank),
            None => (2, 0),
        })
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

/// Moves the cursor through the evidence of the idea on the screen, which is kept in sight with its quote. Where it is out of
/// sight, as at the top of a long idea, the text scrolls until a row can be seen, and that one is taken.
pub(super) fn go_in_idea(state: &mut State, distance: Distance) {
    let Some((document, room)) = idea_lines(state) else {
        return;
    };
    let Some(view) = &mut state.idea else {
        return;
    };
    let rows = &document.evidence;
    let top = view.scroll.min(document.lines.len().saturating_sub(room));
    let seen = |row: &&EvidenceLine| (top..top + room).contains(&row.line);
    let in_sight = rows.get(view.cursor).filter(seen).is_some();
    let to = match distance {
        Distance::By(_) if in_sight => Some(distance.from(view.cursor, rows.len())),
        Distance::By(lines) if lines > 0 => rows.iter().position(|row| seen(&row)),
        Distance::By(_) => rows.iter().rposition(|row| seen(&row)),
        Distance::Start | Distance::End => Some(distance.from(view.cursor, rows.len())),
    };
    let moved = to.is_some_and(|to| to != view.cursor);
    view.cursor = to.unwrap_or(view.cursor);
    match rows.get(view.cursor).filter(|_| moved) {
        Some(row) if distance != Distance::Start => {
            let last = row.line + row.lines.saturating_sub(1);
            view.scroll = in_view(top, last, room, document.lines.len()).min(row.line);
        }
        // At either end the text itself goes on.
        _ => scroll(state, distance),
    }
}

/// Scrolls the text of the idea on the screen; never beyond its last line.
pub(super) fn scroll(state: &mut State, distance: Distance) {
    let Some((document, room)) = idea_lines(state) else {
        return;
    };
    let most = document.lines.len().saturating_sub(room);
    if let Some(view) = &mut state.idea {
        view.scroll = distance.from(view.scroll.min(most), most + 1);
    }
}

/// The lines of the idea on the screen, and how many of them there is room for.
fn idea_lines(state: &State) -> Option<(IdeaDocument, usize)> {
    let detail = state.idea.as_ref()?.detail.as_ref()?;
    let (width, room) = idea_room(layout(state).body);
    let checklist = &state.settings.checklist;
    let document = idea_document(detail, checklist, &state.search, state.now, width);
    Some((document, room))
}
