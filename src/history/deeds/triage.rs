//! The moves between the states of a feedback which several deeds share.

use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::{Resolution, State};
use crate::domain::idea::Status;
use crate::domain::outbox::MessageKind;
use crate::history::draft::Draft;
use crate::history::error::Result;

/// The stored state.
pub(super) fn state(draft: &Draft<'_, '_>, feedback: Thing) -> Result<State> {
    let state = draft.choice(feedback, "state", State::from_code)?;
    Ok(state.unwrap_or(State::Unprocessed))
}

/// The state that a person sees: waiting which has run out counts as unprocessed again.
pub(super) fn shown_state(draft: &Draft<'_, '_>, feedback: Thing) -> Result<State> {
    let until = draft.integer(feedback, "waiting_until")?;
    Ok(match state(draft, feedback)? {
        State::Waiting if until.is_none_or(|until| until <= draft.now().0) => State::Unprocessed,
        state => state,
    })
}

/// How many of so many were put away until now, for the words of a deed that brings them back: whoever has not seen it is told.
pub(super) fn was_archived(archived: usize, of: usize) -> Option<String> {
    match archived {
        0 => None,
        1 if of == 1 => Some("was archived".to_owned()),
        1 => Some("1 was archived".to_owned()),
        some => Some(format!("{some} were archived")),
    }
}

/// Marks it processed, now, for the reason that its links and marks give. An item that was processed keeps its time.
///
/// Answers whether anything changed.
pub(super) fn process(
    draft: &mut Draft<'_, '_>,
    feedback: Thing,
    answer_owed: bool,
) -> Result<bool> {
    // All that is looked at, and all that is set, in one look at the row.
    let names = [
        "duplicate_of",
        "state",
        "snoozed_until",
        "waiting_until",
        "processed_at",
        "resolution",
        "answer_owed",
    ];
    let [original, before @ ..] = draft.values(feedback, names)?;
    let resolution = resolution(draft, feedback, &original)?;
    let is_processed = Value::Integer(State::Processed.code());
    let processed_at = match before[0] == is_processed {
        true => before[3].clone(),
        false => Value::Integer(draft.now().0),
    };
    let after = [
        is_processed,
        Value::Null,
        Value::Null,
        processed_at,
        Value::Integer(resolution.code()),
        Value::Integer(i64::from(answer_owed)),
    ];
    let changes = names[1..].iter().zip(before.into_iter().zip(after));
    let changes = changes.map(|(name, (from, to))| (*name, from, to));
    draft.set_known(feedback, changes.collect())
}

/// Puts it into a state in which it is not hidden.
pub(super) fn settle(draft: &mut Draft<'_, '_>, feedback: Thing, state: State) -> Result<bool> {
    draft.set_all(feedback, in_sight(state))
}

/// The fields of a feedback in a state in which it is not hidden.
fn in_sight(state: State) -> Vec<(&'static str, Value)> {
    vec![
        ("state", Value::Integer(state.code())),
        ("snoozed_until", Value::Null),
        ("waiting_until", Value::Null),
    ]
}

/// Makes it unprocessed: nothing is decided, nothing owed, and it is in sight.
pub(super) fn reopen(draft: &mut Draft<'_, '_>, feedback: Thing) -> Result<bool> {
    let mut fields = in_sight(State::Unprocessed);
    fields.push(("resolution", Value::Null));
    fields.push(("processed_at", Value::Null));
    fields.push(("answer_owed", Value::Integer(0)));
    draft.set_all(feedback, fields)
}

/// Why it counts as processed: a duplicate, linked to what will be done (or only to what won't), or nothing to do.
fn resolution(draft: &Draft<'_, '_>, feedback: Thing, duplicate_of: &Value) -> Result<Resolution> {
    if *duplicate_of != Value::Null {
        return Ok(Resolution::Duplicate);
    }
    let local = draft.local(feedback)?;
    let linked = draft
        .reader()
        .is_linked_beyond(local, Status::WontDo.code())?;
    Ok(match linked {
        None => Resolution::NoAction,
        Some(true) => Resolution::Linked,
        Some(false) => Resolution::WontDo,
    })
}

/// Whether there is anybody to answer.
pub(super) fn has_addressee(draft: &Draft<'_, '_>, feedback: Thing) -> Result<bool> {
    Ok(draft.reference(feedback, "reporter")?.is_some()
        || draft.reference(feedback, "customer")?.is_some())
}

/// Writes to the reporter (or, without one, to the customer): a comment for the item, a message for the outbox.
///
/// An item that nobody is known of gets the comment alone. Answers whether somebody is.
pub(super) fn tell_reporter(
    draft: &mut Draft<'_, '_>,
    feedback: Thing,
    text: &str,
    kind: MessageKind,
) -> Result<bool> {
    let text = draft.write_text(text)?;
    let now = Value::Integer(draft.now().0);
    let author = draft.author()?;
    let comment = draft.create(
        Entity::Comment,
        None,
        vec![
            ("feedback", Value::Thing(feedback.id)),
            ("text", text.clone()),
            ("author", super::refer(author)),
            ("at", now.clone()),
            ("to_reporter", Value::Integer(1)),
        ],
    )?;
    let (person, customer) = match draft.values(feedback, ["reporter", "customer"])? {
        [Value::Null, Value::Null] => return Ok(false),
        [Value::Null, customer] => (Value::Null, customer),
        [reporter, _] => (reporter, Value::Null),
    };
    draft.create(
        Entity::Message,
        None,
        vec![
            ("kind", Value::Integer(kind.code())),
            ("person", person),
            ("customer", customer),
            ("feedback", Value::Thing(feedback.id)),
            ("comment", Value::Thing(comment.id)),
            ("text", text),
            ("at", now),
        ],
    )?;
    Ok(true)
}

/// Makes a feedback unprocessed whose waiting has run out (which it is taken for already) or was answered.
pub(super) fn settle_waiting(draft: &mut Draft<'_, '_>, feedback: Thing) -> Result<bool> {
    if state(draft, feedback)? != State::Waiting {
        return Ok(false);
    }
    let fields = vec![
        ("state", Value::Integer(State::Unprocessed.code())),
        ("waiting_until", Value::Null),
        ("answer_owed", Value::Integer(0)),
    ];
    draft.set_all(feedback, fields)
}
