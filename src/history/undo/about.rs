//! Which feedback, ideas and release items an undo or redo is about: whoever undoes wants to see what came back.

use std::collections::BTreeSet;

use super::super::draft::Draft;
use super::super::error::{Error, Result};
use super::super::touching;
use crate::domain::deed::MOST_ABOUT;
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::FeedbackRow;
use crate::store::{LocalId, Reader};

/// Of how many things of an action it is found out: of a large one, some serve.
pub(super) const FIRST: usize = 64;

/// What an undo or redo is about.
#[derive(Default)]
pub(super) struct About {
    /// The feedback; at most [`MOST_ABOUT`].
    pub feedback: Vec<LocalId>,
    /// The ideas, at most as many, and as many release items.
    pub things: Vec<Thing>,
}

/// What these things are, or hang on, as far as it is there.
pub(super) fn about(draft: &Draft<'_, '_>, things: &[Thing]) -> Result<About> {
    let mut all: BTreeSet<Thing> = things.iter().copied().collect();
    touching::hung_on(&mut all, |thing, field| draft.value(thing, field.name))?;
    let mut about = About::default();
    for thing in all {
        let alike = about.things.iter().filter(|it| it.entity == thing.entity);
        let few = alike.count() < MOST_ABOUT;
        match thing.entity {
            Entity::Feedback if about.feedback.len() < MOST_ABOUT && draft.is_live(thing)? => {
                about.feedback.push(draft.local(thing)?);
            }
            Entity::Idea | Entity::ReleaseItem if few && draft.is_live(thing)? => {
                about.things.push(thing);
            }
            _ => {}
        }
    }
    Ok(about)
}

/// The rows of feedback.
pub(super) fn rows(reader: &Reader<'_>, feedback: &[LocalId]) -> Result<Vec<FeedbackRow>> {
    let mut rows = Vec::new();
    for local in feedback {
        rows.extend(reader.live_row(*local).map_err(Error::from)?);
    }
    Ok(rows)
}
