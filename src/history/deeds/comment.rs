//! Comment: a word among colleagues.

use std::collections::HashSet;

use super::{refer, subject, triage};
use crate::domain::deed::Subject;
use crate::domain::entity::{Entity, Thing, Value};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Adds an internal comment to each of some things, which are of one kind. Undo removes the comments and sets back what they
/// changed.
pub(super) fn apply(draft: &mut Draft<'_, '_>, on: &[Subject], text: &str) -> Result<Words> {
    if text.trim().is_empty() {
        return Err(refused("a comment must not be blank").into());
    }
    if on.is_empty() {
        return Err(refused("nothing was chosen to comment on").into());
    }
    let mut seen = HashSet::new();
    let once: Vec<&Subject> = on.iter().filter(|subject| seen.insert(**subject)).collect();
    for subject in &once {
        add(draft, **subject, text)?;
    }
    let things = once.into_iter().map(|about| subject(*about).0).collect();
    Ok(Words::about("commented on", things, ""))
}

/// Adds it to one. When it is the reporter who comments on a feedback that waits for a reply, that is the reply: the feedback
/// is unprocessed again.
fn add(draft: &mut Draft<'_, '_>, on: Subject, text: &str) -> Result<()> {
    let (thing, field) = subject(on);
    draft.live(thing)?;
    let text = draft.write_text(text)?;
    let author = draft.author()?;
    let fields = vec![
        (field, Value::Thing(thing.id)),
        ("text", text),
        ("author", refer(author)),
        ("at", Value::Integer(draft.now().0)),
    ];
    draft.create(Entity::Comment, None, fields)?;
    if let Subject::Feedback(id) = on {
        let feedback = Thing::new(Entity::Feedback, id);
        if author.is_some() && draft.reference(feedback, "reporter")? == author {
            triage::settle_waiting(draft, feedback)?;
        }
    }
    Ok(())
}
