//! Importance: how much it matters to that customer.

use super::{code, each_feedback};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::Importance;
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::words::Words;

/// Sets it on the feedback, and on its links which still carry the feedback's old value. Undo sets both back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    importance: Option<Importance>,
) -> Result<Words> {
    let new = importance.map(Importance::code);
    let rated = each_feedback(draft, feedback, |draft, feedback| {
        rate(draft, feedback, new)
    })?;
    Ok(match importance {
        Some(importance) if rated.is_empty() => {
            Words::plain(format!("already rated {}", importance.word()))
        }
        Some(importance) => Words::about("rated", rated, importance.word()),
        None if rated.is_empty() => Words::plain("not rated"),
        None => Words::about("removed the rating of", rated, ""),
    })
}

/// Sets it on one feedback and on its links which still carry the old value; answers whether that changed anything.
pub(in crate::history) fn rate(
    draft: &mut Draft<'_, '_>,
    feedback: Thing,
    new: Option<i64>,
) -> Result<bool> {
    let old = draft.integer(feedback, "importance")?;
    if !draft.set(feedback, "importance", code(new))? {
        return Ok(false);
    }
    let local = draft.local(feedback)?;
    for link in draft.reader().insights_of_feedback(local)? {
        if link.importance == old {
            let insight = Thing::new(Entity::Insight, link.key.id);
            draft.set(insight, "importance", code(new))?;
        }
    }
    Ok(true)
}
