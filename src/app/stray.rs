//! What is said of a word in a filter that looks like a condition and is searched for as text.

use super::command::{Command, Context};
use super::state::{Pane, Purpose, State};
use crate::query::{About, Fault, Query, Stray};

/// What a prompt says of the first such word in what is typed, as far as that is understood.
#[must_use]
pub fn in_prompt(state: &State, purpose: &Purpose, text: &str, query: &Query) -> Option<String> {
    let stray = match purpose {
        Purpose::Filter => About::Feedback.stray(query),
        Purpose::FilterTable(Pane::Ideas) => About::Ideas.stray(query),
        Purpose::FilterTable(_) => Stray::in_text(text),
        _ => None,
    };
    Some(match stray? {
        Stray::Elsewhere { field, about } => {
            let keys = keys(state, about);
            format!(
                "{field}: is a field of {}: {keys} · here it is text",
                about.word()
            )
        }
        stray @ (Stray::Mistyped { .. } | Stray::Foreign { .. }) => {
            format!("{}; here it is text", words(&stray))
        }
        stray @ Stray::Negation { .. } => words(&stray),
    })
}

/// What is wrong with a filter about that, with the keys that lead to the filter which has what it lacks.
#[must_use]
pub fn fault(state: &State, about: About, text: &str, fault: &Fault) -> String {
    let Fault { message, hint, .. } = fault;
    match about.of_another(text, fault) {
        Some(other) => {
            let (word, keys) = (other.word(), keys(state, other));
            format!("{message} · {keys} filters {word} by it; {hint}")
        }
        None => format!("{message}; {hint}"),
    }
}

/// What is wrong with it, in a few words.
#[must_use]
pub fn words(stray: &Stray) -> String {
    match stray {
        Stray::Elsewhere { field, about } => format!("{field}: is a field of {}", about.word()),
        Stray::Mistyped { typed, meant } => {
            format!("{typed}: is no field, did you mean {meant}:?")
        }
        Stray::Foreign { typed, meant } => {
            format!("{typed}: is no field, did you mean {meant}?")
        }
        Stray::Negation { meant } => format!("NOT is text here; write {meant}"),
    }
}

/// The command that shows what has the field.
#[must_use]
pub const fn leads_to(about: About) -> Command {
    match about {
        About::Feedback => Command::GoInbox,
        About::Ideas => Command::GoIdeas,
    }
}

/// The keys that lead to the filter which has the field.
fn keys(state: &State, about: About) -> String {
    let first = |command| {
        let keys = state.keymap.keys(Context::Plan, command);
        keys.into_iter().next()
    };
    let keys = [first(leads_to(about)), first(Command::Filter)];
    keys.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
