//! A mention that is only begun when the text is stored.

use super::{complete, submit, top};
use crate::app::effect::Effect;
use crate::app::state::State;

/// Stores a text that ends in a half mention: the one colleague whom it means is mentioned; of several one is to be chosen.
pub(super) fn store(state: &mut State) -> Vec<Effect> {
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    let before = &prompt.input.text[..prompt.input.cursor];
    let half = before.rfind('@').map_or("", |at| &before[at..]);
    // Who has the letters somewhere in a name is offered, but was not begun.
    if let [only] = prompt.completions.as_slice()
        && only.label.starts_with(&half.to_lowercase())
    {
        complete(state, true);
        return submit(state);
    }
    let names: Vec<&str> = prompt
        .completions
        .iter()
        .map(|offer| offer.label.as_str())
        .collect();
    let meant = match names.as_slice() {
        names if names.len() > NAMED => format!(
            "{} and {} more",
            names[..NAMED].join(", "),
            names.len() - NAMED
        ),
        names => names.join(", "),
    };
    let words = format!("{half} reaches nobody: {meant}? Tab chooses, a blank behind it leaves it");
    prompt.error = Some((None, words));
    Vec::new()
}

/// So many colleagues are named who may have been meant.
const NAMED: usize = 4;
