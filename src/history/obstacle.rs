//! What stands in the way of an undo, in words.

use super::error::Result;
use super::undo::things;
use super::words;
use crate::domain::deed::Obstacle;
use crate::domain::entity::{DELETED, Field, Thing};
use crate::domain::moment::Moment;
use crate::store::{ActionRecord, LocalId, Reader, Reference};

/// An obstacle, and what to leave out so that it is none.
pub(super) struct Found {
    pub(super) obstacle: Obstacle,
    pub(super) blame: Vec<Thing>,
}

/// A field is no longer what the action left.
pub(super) fn changed(
    reader: &Reader<'_>,
    thing: Thing,
    field: &'static Field,
    local: LocalId,
    after: LocalId,
) -> Result<Found> {
    let name = words::name(reader, thing)?;
    let by = changer(reader, thing, &[field.name], local, after)?;
    let who = by.as_ref().map_or("somebody", |(who, _)| who.as_str());
    let words = if field.name == DELETED {
        format!("{who} has removed {name} or brought it back since")
    } else {
        format!("{who} has changed the {} of {name} since", field.word)
    };
    Ok(Found {
        obstacle: Obstacle {
            thing: name,
            field: field.word.to_owned(),
            by,
            words,
        },
        blame: vec![thing],
    })
}

/// Who changed one of those fields last, after that action.
pub(super) fn changer(
    reader: &Reader<'_>,
    thing: Thing,
    fields: &[&str],
    local: LocalId,
    after: LocalId,
) -> Result<Option<(String, Moment)>> {
    let later = reader.later_actions_touching(thing.entity, local, after)?;
    for action in later.iter().rev() {
        let local = action.key.local;
        for sequence in 0..reader.chunk_count(local)? {
            let changed = things(reader, local, sequence)?
                .into_iter()
                .filter(|(other, _)| *other == thing)
                .flat_map(|(_, changes)| changes)
                .any(|change| fields.contains(&change.field.name));
            if changed {
                return Ok(Some(signature(action)));
            }
        }
    }
    Ok(None)
}

/// Who did it, and when.
pub(super) fn signature(action: &ActionRecord) -> (String, Moment) {
    (author(&action.author), action.at)
}

/// An author as a person reads it.
pub(super) fn author(handle: &str) -> String {
    if handle.is_empty() {
        "somebody".to_owned()
    } else {
        format!("@{handle}")
    }
}

/// A thing would be gone to which a live row refers.
pub(super) fn needed(reader: &Reader<'_>, thing: Thing, reference: &Reference) -> Result<Found> {
    let name = words::name(reader, thing)?;
    let referring = Thing::new(reference.entity, reference.key.id);
    let other = words::name(reader, referring)?;
    let maker = reader.maker(reference.entity, reference.key.local)?;
    let by = match maker {
        Some(action) => reader.action(action)?.map(|action| signature(&action)),
        None => None,
    };
    let who = by.as_ref().map_or("somebody", |(who, _)| who.as_str());
    let field = reference
        .entity
        .field(reference.field)
        .map_or(reference.field, |field| field.word);
    let words = format!("{other} ({field}: {name}) came since, by {who}");
    Ok(found(name, field.to_owned(), by, words, vec![thing]))
}

/// A row would refer to a thing that is gone.
pub(super) fn missing(
    reader: &Reader<'_>,
    thing: Thing,
    field: &Field,
    referred: Thing,
) -> Result<Found> {
    let name = words::name(reader, thing)?;
    let other = words::name(reader, referred)?;
    let words = format!("{other}, the {} of {name}, is no longer there", field.word);
    Ok(found(name, field.word.to_owned(), None, words, vec![thing]))
}

/// What was changed is gone as a whole.
pub(super) fn gone(reader: &Reader<'_>, thing: Thing) -> Result<Found> {
    let name = words::name(reader, thing)?;
    let words = format!("{name} is no longer there");
    Ok(found(name, DELETED.to_owned(), None, words, vec![thing]))
}

/// A rule of the product would break.
pub(super) fn rule(
    reader: &Reader<'_>,
    thing: Thing,
    field: &str,
    rule: &str,
    blame: Vec<Thing>,
) -> Result<Found> {
    let name = words::name(reader, thing)?;
    let words = format!("{name}: {rule}");
    Ok(found(name, field.to_owned(), None, words, blame))
}

fn found(
    thing: String,
    field: String,
    by: Option<(String, Moment)>,
    words: String,
    blame: Vec<Thing>,
) -> Found {
    Found {
        obstacle: Obstacle {
            thing,
            field,
            by,
            words,
        },
        blame,
    }
}
