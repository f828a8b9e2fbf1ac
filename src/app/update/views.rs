//! Undo of what was done to saved views: they are no deeds, so no journal tells how they were. The newest of it is taken back
//! by the first undo behind it, and done again by a redo; a deed in between ends that.

use super::super::command::Command;
use super::super::effect::{Effect, Writing};
use super::super::state::State;

/// What writes a view back as it is now, before that is written; `None` of what is no view.
pub(in super::super) fn back(state: &State, writing: &Writing) -> Option<Writing> {
    let Writing::View {
        name,
        filter,
        renamed,
    } = writing
    else {
        return None;
    };
    Some(match renamed {
        Some(before) => Writing::View {
            name: before.clone(),
            filter: filter.clone(),
            renamed: Some(name.clone()),
        },
        None => {
            let known = state.views.iter().find(|(known, _)| known == name);
            Writing::View {
                name: name.clone(),
                filter: known.map_or_else(String::new, |(_, filter)| filter.clone()),
                renamed: None,
            }
        }
    })
}

/// Whether the command takes back what was done last to a view, or does it again.
pub(super) fn means(state: &State, command: Command) -> bool {
    let view = state.errands.view.as_ref();
    view.is_some_and(|view| match command {
        Command::Undo => !view.again,
        Command::Redo => view.again,
        _ => false,
    })
}

/// Takes back what was done last to a view, or does it again.
pub(super) fn reverse(state: &mut State) -> Vec<Effect> {
    let Some(view) = state.errands.view.take() else {
        return Vec::new();
    };
    let effect = state.write(view.writing);
    // To take that back is to do again what this takes back, and the other way round.
    if let Some((_, next)) = state.errands.views.last_mut() {
        next.again = !view.again;
    }
    vec![effect]
}

/// A view was written, or not: then there is nothing to take back. Nor is there, once a deed is on its way behind it.
pub(super) fn written(state: &mut State, ticket: u64, was_done: bool) -> bool {
    let views = &mut state.errands.views;
    let Some(place) = views.iter().position(|(known, _)| *known == ticket) else {
        return false;
    };
    let (_, back) = views.remove(place);
    let is_last = was_done && state.flight.deed.is_none();
    state.errands.view = is_last.then_some(back);
    is_last
}
