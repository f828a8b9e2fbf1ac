//! Which feedback an undo or redo is about: whoever undoes wants to see what came back.

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

/// The feedback that these things are, or that they hang on, as far as they are there.
pub(super) fn feedback(draft: &Draft<'_, '_>, things: &[Thing]) -> Result<Vec<LocalId>> {
    let mut about: BTreeSet<Thing> = things.iter().copied().collect();
    touching::hung_on(&mut about, |thing, field| draft.value(thing, field.name))?;
    let mut found = Vec::new();
    for thing in about.into_iter().filter(|it| it.entity == Entity::Feedback) {
        if found.len() < MOST_ABOUT && draft.is_live(thing)? {
            found.push(draft.local(thing)?);
        }
    }
    Ok(found)
}

/// Their rows.
pub(super) fn rows(reader: &Reader<'_>, feedback: &[LocalId]) -> Result<Vec<FeedbackRow>> {
    let mut rows = Vec::new();
    for local in feedback {
        rows.extend(reader.live_row(*local).map_err(Error::from)?);
    }
    Ok(rows)
}
