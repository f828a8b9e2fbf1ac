//! What was done, as JSON.

use serde::Serialize;

use super::{Shorts, text};
use crate::domain::deed::Outcome;
use crate::domain::entity::Thing;
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::problem::Problem;

/// A thing by its identity.
#[derive(Debug, Serialize)]
pub struct ThingJson {
    thing: &'static str,
    id: String,
    short_id: Option<String>,
}

impl ThingJson {
    /// A thing with what one types for it.
    ///
    /// # Errors
    /// When its short id cannot be read.
    pub fn new(thing: Thing, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        Ok(Self {
            thing: thing.entity.name(),
            id: thing.id.to_string(),
            short_id: Some(shorts(thing)?).filter(|short| !short.is_empty()),
        })
    }
}

/// What a deed did.
#[derive(Debug, Serialize)]
pub struct OutcomeJson {
    action: Option<String>,
    words: String,
    made: Vec<ThingJson>,
}

impl OutcomeJson {
    /// An outcome with the things it made.
    ///
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(outcome: &Outcome, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let made = outcome.made.iter();
        Ok(Self {
            action: text(outcome.action.as_ref()),
            words: outcome.words.clone(),
            made: made
                .map(|thing| ThingJson::new(*thing, shorts))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// An action of a timeline.
#[derive(Debug, Serialize)]
pub struct ActionJson {
    id: String,
    short_id: String,
    author: String,
    here: bool,
    at: String,
    words: String,
    change_count: u32,
    about: Option<ThingJson>,
    undoes: Option<String>,
    undone_by: Option<String>,
}

impl ActionJson {
    /// An action with what one types for it.
    ///
    /// # Errors
    /// When the short id of what it is about cannot be read.
    pub fn new(entry: &TimelineEntry, short: String, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let about = entry.about.map(|thing| ThingJson::new(thing, shorts));
        Ok(Self {
            id: entry.action.to_string(),
            short_id: short,
            author: entry.author.clone(),
            here: entry.here,
            at: entry.at.rfc3339(),
            words: entry.words.clone(),
            change_count: entry.changes,
            about: about.transpose()?,
            undoes: text(entry.undoes.as_ref()),
            undone_by: text(entry.undone_by.as_ref()),
        })
    }
}

/// One field that an action changed.
#[derive(Debug, Serialize)]
pub struct ChangeJson {
    thing: String,
    field: String,
    from: Option<String>,
    to: Option<String>,
}

impl From<&ChangeLine> for ChangeJson {
    fn from(change: &ChangeLine) -> Self {
        Self {
            thing: change.thing.clone(),
            field: change.field.clone(),
            from: change.from.clone(),
            to: change.to.clone(),
        }
    }
}
