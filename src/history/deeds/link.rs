//! Link: this feedback asks for that idea.

use std::collections::HashSet;

use super::{each_feedback, insights};
use crate::domain::deed::IdeaTarget;
use crate::domain::feedback::Quote;
use crate::domain::id::FeedbackId;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{Words, slot};

/// Makes the links (and the idea, when it is new). Nothing becomes processed by it. Undo removes what was made.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    idea: &IdeaTarget,
    quote: Option<&Quote>,
) -> Result<Words> {
    if quote.is_some() && feedback.len() != 1 {
        return Err(refused("a quote belongs to one feedback")
            .hint("unmark the others, or link without a quote")
            .into());
    }
    let is_new = matches!(idea, IdeaTarget::New(_));
    let idea = insights::target(draft, idea)?;
    let linked = each_feedback(draft, feedback, |draft, feedback| {
        insights::link(draft, feedback, idea, quote)
    })?;
    let distinct: HashSet<&FeedbackId> = feedback.iter().collect();
    let before = distinct.len() - linked.len();
    let to = format!("to {}", slot(idea));
    Ok(match () {
        () if linked.is_empty() => Words::plain(format!("already linked {to}")),
        // Whoever meant one that is there, and mistyped its name, sees it.
        () if is_new => {
            let verb = format!("created {} and linked", slot(idea));
            Words::about(&verb, linked, "to it")
        }
        () if before == 0 => Words::about("linked", linked, to),
        // Fewer than were marked: whoever sees their number asks after the others.
        () => {
            let were = if before == 1 { "was" } else { "were" };
            let to = format!("{to}, {before} {were} linked already");
            Words::about("linked", linked, to).by_name()
        }
    })
}
