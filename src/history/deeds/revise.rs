//! Revise: the text changed at its source.

use crate::domain::entity::{Entity, Thing};
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Appends a revision, which is shown from now on; quotes keep pointing into the revision they were taken from.
/// Undo shows the one before.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: FeedbackId,
    title: &str,
    body: &str,
) -> Result<Words> {
    let feedback = Thing::new(Entity::Feedback, feedback);
    draft.live(feedback)?;
    if title.trim().is_empty() && body.trim().is_empty() {
        return Err(refused("a feedback needs a title or a text").into());
    }
    let previous = draft.reference(feedback, "content")?;
    if let Some(previous) = previous
        && let Some(content) = draft.reader().content(previous)?
        && content.body == body
        && content.title.as_deref().unwrap_or_default() == title
    {
        return Ok(Words::plain("the text is the same"));
    }
    let content = draft.write_revision(title, body, previous)?;
    draft.set(feedback, "content", content)?;
    Ok(Words::about("revised the text of", vec![feedback], ""))
}
