//! Filters and orders: applied while they are typed, wrong ones pointed at.

use super::super::effect::Effect;
use super::super::prompt::submit;
use super::super::state::{IdeaOrder, Load, Overlay, Pane, Purpose, Screen, State, Tone};
use super::{ideas, inbox, navigate};
use crate::domain::people::Handle;
use crate::query::{self, NameField, Query, Sort, SortKey, Term, Wanted};

/// The orders of the inbox, one after another; the first is the list's own, which is by age: a key that changes nothing
/// to be seen looks broken.
const ORDERS: [Option<Sort>; 4] = [
    None,
    Some(Sort::by(SortKey::Age).reverse()),
    Some(Sort::by(SortKey::Importance)),
    Some(Sort::by(SortKey::Company)),
];

/// Shows what this filter matches, if it can be understood; else nothing changes and its first fault is told. With
/// [`Load::Anew`] the cursor stays on its row if that still matches.
pub(super) fn set(state: &mut State, filter: &str, load: Load) -> Vec<Effect> {
    match query::parse(filter) {
        Ok(query) => apply(state, filter, query, load),
        Err(faults) => {
            if let Some(fault) = faults.first() {
                state.say(Tone::Error, fault.message.clone(), fault.hint.clone());
            }
            Vec::new()
        }
    }
}

fn apply(state: &mut State, filter: &str, query: Query, load: Load) -> Vec<Effect> {
    let words: Vec<&str> = query
        .texts()
        .into_iter()
        .filter_map(|term| match term {
            Term::Word(text) | Term::Phrase(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    if !words.is_empty() {
        state.search = words.join(" ");
    }
    state.inbox.filter = filter.to_owned();
    state.inbox.query = query;
    state.inbox.total = None;
    state.inbox.offset = None;
    vec![inbox::ask(state, load)]
}

/// The text in the filter prompt has changed: what it matches is shown at once. A fault is shown in the prompt, and the
/// list stays as it was.
pub fn filter_typed(state: &mut State, text: &str) -> Vec<Effect> {
    if state.inbox.before_typing.is_none() {
        state.inbox.before_typing = Some(state.inbox.filter.clone());
    }
    let read = submit::filter(state, text);
    let error = read.as_ref().err().cloned();
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut()
        && prompt.purpose == Purpose::Filter
    {
        prompt.error = error;
    }
    match read {
        Ok(query) if query == state.inbox.query => {
            text.clone_into(&mut state.inbox.filter);
            Vec::new()
        }
        Ok(query) => apply(state, text, query, Load::Anew),
        Err(_) => Vec::new(),
    }
}

/// The filter prompt was accepted: keys wait until its rows are there.
pub fn accept_filter(state: &mut State) -> Vec<Effect> {
    state.inbox.before_typing = None;
    state.flight.settling = true;
    Vec::new()
}

/// The filter prompt was left: the filter from before it is back.
pub fn cancel_filter(state: &mut State) -> Vec<Effect> {
    match state.inbox.before_typing.take() {
        Some(before) if before != state.inbox.filter => set(state, &before, Load::Anew),
        _ => Vec::new(),
    }
}

/// Shows the inbox with this filter, as a saved view does.
pub fn show_view(state: &mut State, filter: &str) -> Vec<Effect> {
    let mut effects = navigate::to_pane(
        state,
        Pane::Inbox,
        state.zoomed && state.focus == Pane::Inbox,
    );
    state.flight.settling = true;
    effects.extend(set(state, filter, Load::Start));
    effects
}

/// Shows the unprocessed feedback of somebody.
pub fn show_owner(state: &mut State, owner: &Handle) -> Vec<Effect> {
    let wanted = vec![Wanted::Named(owner.to_string())];
    let query = Query::default()
        .and(Term::Is(vec![query::Is::Unprocessed]))
        .and(Term::Name(NameField::Owner, wanted));
    show_view(state, &query.to_string())
}

/// Filters the table of ideas or the board of the release plan by words, as they are typed.
pub fn filter_table(state: &mut State, pane: Pane, words: &str) {
    match pane {
        Pane::Ideas => {
            words.clone_into(&mut state.ideas.filter);
            ideas::arrange(state);
        }
        Pane::Plan => {
            words.clone_into(&mut state.plan.filter);
            super::plan::settle(state);
        }
        Pane::Inbox | Pane::Feedback => {}
    }
    if !words.trim().is_empty() {
        words.trim().clone_into(&mut state.search);
    }
}

/// Orders the inbox, or the table of ideas, by the next key.
pub(super) fn next_order(state: &mut State) -> Vec<Effect> {
    if state.screen == Screen::Console && state.focus == Pane::Ideas {
        use IdeaOrder as O;
        let orders = [O::Demand, O::Status, O::When, O::Title, O::Changed];
        let place = orders.iter().position(|order| *order == state.ideas.order);
        state.ideas.order = orders[place.map_or(0, |place| (place + 1) % orders.len())];
        ideas::arrange(state);
        return Vec::new();
    }
    let now = state.inbox.query.sort.first().copied();
    let place = ORDERS.iter().position(|order| *order == now).unwrap_or(0);
    let query = state.inbox.query.clone();
    let query = match ORDERS[(place + 1) % ORDERS.len()] {
        Some(sort) => query.sort_by(sort),
        None => Query {
            sort: Vec::new(),
            ..query
        },
    };
    let filter = query.to_string();
    apply(state, &filter, query, Load::Anew)
}

/// Brings back the filter that the console started with; nothing when that is the filter already.
pub(super) fn back_home(state: &mut State) -> Option<Vec<Effect>> {
    if state.inbox.filter == state.inbox.home {
        return None;
    }
    let home = state.inbox.home.clone();
    Some(set(state, &home, Load::Anew))
}
