//! The names in a filter, and whether somebody has them.

use super::complete;
use super::read::Fault;
use crate::app::state::State;
use crate::app::stray;
use crate::domain::likeness::nearest;
use crate::domain::listing::Vocabulary;
use crate::domain::people::{called, nearest_person};
use crate::query::{self, About, NameField, Query, UnknownName};

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
                    format!("{}{more}", stray::fault(state, about, text, fault)),
                )
            },
        )
    })?;
    if let Some(unknown) = unknown_name(&complete::known(state, about), &query) {
        let column = query::columns_of(text, &unknown.name).map(|columns| columns.start);
        return Err((column, words(&unknown)));
    }
    if about == About::Ideas && state.settings.me.is_none() && query.asks_for_me() {
        let words = "nobody has said who you are: “who I am” in the palette does";
        let column = query::columns_of(text, ":me").map(|columns| columns.start + 1);
        return Err((column, words.to_owned()));
    }
    Ok(query)
}

/// The first name in a filter that nobody has, of those which are all known here.
#[must_use]
pub fn unknown_name(known: &Vocabulary, query: &Query) -> Option<UnknownName> {
    query.names().into_iter().find_map(|(field, name)| {
        let meant = match field {
            field if field.is_person() => unknown_person(known, name)?,
            NameField::Area => unknown_among(&known.areas, name)?,
            NameField::Release => unknown_among(&known.releases, name)?,
            NameField::Edition => unknown_among(&known.editions, name)?,
            _ => return None,
        };
        Some(UnknownName {
            field,
            name: name.to_owned(),
            meant,
        })
    })
}

/// What a prompt says of such a name.
#[must_use]
pub fn words(unknown: &UnknownName) -> String {
    let name = unknown.name.to_lowercase();
    let words = match unknown.field.is_person() {
        true => format!("nobody here is called @{}", name.trim_start_matches('@')),
        false => format!("there is no {} {name}", unknown.word()),
    };
    match unknown.meant() {
        Some(meant) => format!("{words}; did you mean {meant}?"),
        None => words,
    }
}

/// What was likely meant by a name that is none of these, if anything was; `None` when it is one of them, or nothing is known.
fn unknown_among(known: &[String], name: &str) -> Option<Option<String>> {
    let folded = name.to_lowercase();
    if known.is_empty() || known.iter().any(|known| known.to_lowercase() == folded) {
        return None;
    }
    let meant = nearest(name, known.iter().map(String::as_str));
    Some(meant.map(ToOwned::to_owned))
}

/// The same for a colleague.
fn unknown_person(known: &Vocabulary, name: &str) -> Option<Option<String>> {
    let people = known.people.iter();
    let people = people.map(|(handle, name, _)| (handle, handle.as_str(), name.as_str()));
    if known.people.is_empty() || !called(name, people.clone()).is_empty() {
        return None;
    }
    Some(nearest_person(name, people))
}
