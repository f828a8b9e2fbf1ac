//! What a search finds beyond the filter that it stands in: of a list that shows little, how much the words alone would show, or
//! the company or somebody else whom they name; and where nothing has the words, how much has words near to them.
//!
//! ```text
//! is:unassigned export ──> 0 here ──> (nothing else is asked) ──> export: 12 in all
//! exports ──────────────> 0 here ──> (nothing else is asked) ──> export: 12
//! globex ───────────────> 0 here ──> (nothing else is asked) ──> company:Globex: 25
//! ```

use super::command::{Command, Context};
use super::prompt::words;
use super::state::State;
use crate::domain::listing::{FEW, Tally};
use crate::query::{About, Query, Stray};

/// What was found beyond the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wider {
    /// By what: the words of the filter, others near to them, or a condition on whom they name.
    pub query: Query,
    /// How much.
    pub tally: Tally,
}

/// What the key for it searches for: whom the words of the filter name, or words near to them, where that finds more; else
/// the words of the filter, in its order, without its other conditions. `None` when there are no words, or nothing else.
#[must_use]
pub fn sought(state: &State) -> Option<Query> {
    near(state).map(|near| near.query.clone()).or_else(|| {
        let query = &state.inbox.query;
        let words = query.words_alone();
        (!words.texts().is_empty() && words != query.clone().canonical()).then_some(words)
    })
}

/// The figures with the key for what they tell of: `0 here, 12 in all · * shows all`.
#[must_use]
pub fn told(state: &State, context: Context, command: Command) -> Option<String> {
    let figures = figures(state)?;
    let keys = state.keymap.keys(context, command);
    let key = keys.first().filter(|_| is_any(state));
    Some(match key {
        Some(key) => format!("{figures} · {key} shows all"),
        None => figures,
    })
}

/// Whether anything was found beyond the filter.
#[must_use]
pub fn is_any(state: &State) -> bool {
    let wider = state.inbox.wider.as_ref();
    wider.is_some_and(|wider| wider.tally.total > 0)
}

/// What is found by whom the words of the filter name, or by words near to them.
fn near(state: &State) -> Option<&Wider> {
    let wider = state.inbox.wider.as_ref()?;
    let is_near = wider.tally.total > 0 && wider.query != state.inbox.query.words_alone();
    is_near.then_some(wider)
}

/// What is worth counting without the other conditions: the list has been counted, and is short.
#[must_use]
pub fn worth_counting(state: &State) -> Option<Query> {
    let inbox = &state.inbox;
    let total = inbox.total.filter(|_| !inbox.at_least)?;
    let words = inbox.query.words_alone();
    (total < FEW && !words.texts().is_empty()).then_some(words)
}

/// `0 here, 12 in all`, or `0 here, 12 with “export”`: where there is more than the list shows, or a name has it, and the list is
/// short. Of a name that is known and has nothing that is said, too.
#[must_use]
pub fn figures(state: &State) -> Option<String> {
    let here = state.inbox.total.filter(|_| !state.inbox.at_least)?;
    let Wider { query, tally } = state.inbox.wider.as_ref()?;
    let Tally { total, whole, .. } = *tally;
    let is_near = *query != state.inbox.query.words_alone();
    if here >= FEW || !is_near && total <= here {
        return None;
    }
    // Behind a `NOT` the words find what was to be ruled out.
    if let Some(Stray::Negation { .. }) = About::Feedback.stray(&state.inbox.query) {
        return None;
    }
    let more = if whole { "" } else { "+" };
    let of = match is_near {
        true => format!("with “{}”", words::short(&query.to_string())),
        false => "in all".to_owned(),
    };
    Some(format!("{here} here, {total}{more} {of}"))
}
