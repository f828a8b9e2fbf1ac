//! The names in a filter, and whether somebody has them.

use super::complete;
use super::read::Fault;
use crate::app::state::State;
use crate::domain::likeness::nearest;
use crate::domain::listing::Vocabulary;
use crate::domain::people::{called, nearest_person};
use crate::query::{self, About, NameField, Query};

/// The filter as far as it can be judged here: its words, and the people and areas that it names. (Names of which only some
/// are known here, such as companies, are judged where the list is read.)
///
/// # Errors
/// The first fault, with its column in characters: a known field with a wrong value, or with a name nobody has.
pub fn filter(state: &State, about: About, text: &str) -> Result<Query, Fault> {
    let query = about.parse_accepted(text).map_err(|faults| {
        let more = match faults.len() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        faults.first().map_or_else(
            || (None, "cannot be understood".to_owned()),
            |fault| {
                (
                    Some(fault.columns.start),
                    format!("{}; {}{more}", fault.message, fault.hint),
                )
            },
        )
    })?;
    known_names(&complete::known(state, about), text, &query)?;
    if about == About::Ideas && state.settings.me.is_none() && query.asks_for_me() {
        let words = "nobody has said who you are: “who I am” in the palette does";
        let column = query::columns_of(text, ":me").map(|columns| columns.start + 1);
        return Err((column, words.to_owned()));
    }
    Ok(query)
}

/// The first name in a filter that nobody has, of those which are all known here.
#[must_use]
pub fn first_unknown(known: &Vocabulary, query: &Query) -> Option<String> {
    unknown_name(known, query).map(|(name, _)| name)
}

/// Whether somebody has each name in a filter, of those which are all known here.
///
/// # Errors
/// The first that nobody has, with its column in characters.
pub fn known_names(known: &Vocabulary, text: &str, query: &Query) -> Result<(), Fault> {
    match unknown_name(known, query) {
        None => Ok(()),
        Some((name, words)) => {
            let column = query::columns_of(text, &name).map(|columns| columns.start);
            Err((column, words))
        }
    }
}

/// The first name that nobody has, and what there is to say of it.
fn unknown_name(known: &Vocabulary, query: &Query) -> Option<(String, String)> {
    query.names().into_iter().find_map(|(field, name)| {
        let words = match field {
            field if field.is_person() => unknown_person(known, name),
            NameField::Area => unknown_among(&known.areas, "area", name),
            NameField::Release => unknown_among(&known.releases, "release", name),
            NameField::Edition => unknown_among(&known.editions, "edition", name),
            _ => None,
        };
        Some((name.to_owned(), words?))
    })
}

fn unknown_among(known: &[String], what: &str, name: &str) -> Option<String> {
    let folded = name.to_lowercase();
    if known.is_empty() || known.iter().any(|known| known.to_lowercase() == folded) {
        return None;
    }
    let meant = nearest(name, known.iter().map(String::as_str));
    Some(format!(
        "there is no {what} {folded}{}",
        did_you_mean(meant)
    ))
}

fn unknown_person(known: &Vocabulary, name: &str) -> Option<String> {
    let people = known.people.iter();
    let people = people.map(|(handle, name, _)| (handle, handle.as_str(), name.as_str()));
    if known.people.is_empty() || !called(name, people.clone()).is_empty() {
        return None;
    }
    let meant = nearest_person(name, people);
    let bare = name.strip_prefix('@').unwrap_or(name).to_lowercase();
    let meant = did_you_mean(meant.as_deref());
    Some(format!("nobody here is called @{bare}{meant}"))
}

fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"))
}
