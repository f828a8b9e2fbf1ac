//! The filter of the table of ideas: its conditions are told from the rows at once, its words are searched for in texts and comments,
//! and the passages that have them are asked for where they are on the screen.

use super::super::effect::{Effect, Question};
use super::super::state::State;
use super::ideas::{arrange, screen, settle};
use crate::domain::id::IdeaId;
use crate::domain::passage::Passage;
use crate::query::Query;
use crate::search::is_searchable;

/// Filters the table: what can be told from its rows at once, what has the words in its texts when that is found.
pub(super) fn search(state: &mut State, filter: &str, query: Query) -> Vec<Effect> {
    // Signs alone are no word: see `retain_text`.
    let query = query.retain_text(is_searchable);
    let people = state.vocabulary.people.iter();
    let query = query.with_handles(people.map(|(handle, name, _)| (handle, name.as_str())));
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
