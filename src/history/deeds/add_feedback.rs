//! Add feedback: somebody said something, typed in by hand.

use super::{code, edit_feedback, optional, refer, tag};
use crate::domain::deed::NewFeedback;
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::Importance;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{Words, headline};

/// The source of what is typed in by hand.
const MANUAL: &str = "manual";

/// Makes the feedback with its fields and tags. Undo removes it.
pub(super) fn apply(draft: &mut Draft<'_, '_>, new: &NewFeedback) -> Result<Words> {
    let title = match new.title.trim() {
        "" => headline(&new.body),
        title => title,
    };
    if title.is_empty() {
        return Err(refused("a feedback needs a title or a text").into());
    }
    let owner = new
        .owner
        .as_ref()
        .map(|handle| draft.person(handle))
        .transpose()?;
    let source = match new.source.trim() {
        "" => MANUAL,
        source => source,
    };
    let content = draft.write_revision(title, &new.body, None)?;
    let fields = vec![
        ("content", content),
        ("source", Value::Text(source.to_owned())),
        ("url", optional(new.url.as_deref())?),
        (
            "received",
            Value::Integer(new.received.unwrap_or(draft.now()).0),
        ),
        ("importance", code(new.importance.map(Importance::code))),
        ("owner", refer(owner)),
    ];
    let feedback = draft.create(Entity::Feedback, None, fields)?;
    // The company first, because a customer is looked up at it.
    let mut edits: Vec<_> = new.edits.iter().collect();
    edits.sort_by_key(|edit| !matches!(edit, crate::domain::deed::FeedbackEdit::Company(_)));
    for edit in edits {
        edit_feedback::set(draft, feedback, edit)?;
    }
    for word in &new.tags {
        tag::put(draft, feedback, word)?;
    }
    Ok(Words::about("added", vec![feedback], ""))
}
