//! Unlink: this feedback does not ask for that idea after all.

use super::{each_feedback, insight_key};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{FeedbackId, IdeaId};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::{Words, slot};

/// Marks the links as deleted. Undo brings them back with their quotes.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    idea: IdeaId,
) -> Result<Words> {
    let idea = Thing::new(Entity::Idea, idea);
    draft.live(idea)?;
    let unlinked = each_feedback(draft, feedback, |draft, feedback| {
        let id = insight_key(feedback.id, idea.id);
        match draft.reader().find(Entity::Insight, id)? {
            Some(_) => draft.delete(Thing::new(Entity::Insight, id)),
            None => Ok(false),
        }
    })?;
    let from = slot(idea);
    Ok(if unlinked.is_empty() {
        Words::plain(format!("not linked to {from}"))
    } else {
        Words::about("unlinked", unlinked, format!("from {from}"))
    })
}
