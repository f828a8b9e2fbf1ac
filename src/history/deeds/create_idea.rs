//! Create idea: nobody has asked for this before.

use super::{each_feedback, edit_ideas, insights};
use crate::domain::deed::{IdeaTarget, NewIdea};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Makes an idea with its fields, and links feedback to it. Undo removes it and the links.
pub(super) fn apply(draft: &mut Draft<'_, '_>, new: &NewIdea) -> Result<Words> {
    let idea = insights::target(draft, &IdeaTarget::New(new.title.clone()))?;
    edit_ideas::edit(draft, idea, &new.edits)?;
    if !new.from.is_empty() {
        each_feedback(draft, &new.from, |draft, feedback| {
            insights::link(draft, feedback, idea, None)
        })?;
    }
    Ok(Words::about("created", vec![idea], ""))
}
