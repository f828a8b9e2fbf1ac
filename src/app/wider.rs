//! What a search finds beyond the filter that it stands in: of a narrowed list that shows little, how much the words alone
//! would show.
//!
//! ```text
//! is:unassigned export ──> 0 here ──> (nothing else is asked) ──> export: 12 in all
//! ```

use super::state::State;
use crate::query::{Query, Term};

/// Fewer rows than these are little: how many there are without the other conditions is asked, too.
const FEW: u64 = 10;

/// The words of the filter, in its order, without its other conditions; `None` when there are no words, or nothing else.
#[must_use]
pub fn words_alone(state: &State) -> Option<Query> {
    let query = &state.inbox.query;
    let words = query
        .clone()
        .retain(|term| matches!(term, Term::Word(_) | Term::Phrase(_)));
    (!words.texts().is_empty() && words != query.clone().canonical()).then_some(words)
}

/// What is worth counting without the other conditions: the list has been counted, and is short.
#[must_use]
pub fn worth_counting(state: &State) -> Option<Query> {
    let inbox = &state.inbox;
    let is_short = !inbox.at_least && inbox.total.is_some_and(|total| total < FEW);
    words_alone(state).filter(|_| is_short)
}

/// `0 here, 12 in all`: where there is more than the list shows, and the list is short.
#[must_use]
pub fn figures(state: &State) -> Option<String> {
    let here = state.inbox.total.filter(|_| !state.inbox.at_least)?;
    let all = state.inbox.wider.as_ref()?;
    let more = if all.whole { "" } else { "+" };
    (here < FEW && all.total > here).then(|| format!("{here} here, {}{more} in all", all.total))
}
