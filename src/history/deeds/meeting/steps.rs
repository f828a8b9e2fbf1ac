//! Action steps: who promised what, until when.

use chrono::NaiveDate;

use super::{occurrence, target};
use crate::domain::deed::{AgendaTarget, StepEdit};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::ActionStepId;
use crate::domain::meeting::Occurrence;
use crate::domain::people::Handle;
use crate::history::deeds::{each, refer};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

fn blank() -> crate::history::error::Error {
    refused("an action step must say what is to be done").into()
}

fn day(due: Option<NaiveDate>) -> Value {
    due.map_or(Value::Null, |due| Value::Text(due.to_string()))
}

/// Notes an action step. Undo takes it back.
pub(super) fn add(
    draft: &mut Draft<'_, '_>,
    meeting: Option<&Occurrence>,
    item: Option<&AgendaTarget>,
    text: &str,
    (owner, due): (Option<&Handle>, Option<NaiveDate>),
) -> Result<Words> {
    if text.trim().is_empty() {
        return Err(blank());
    }
    // Whose it is and until when was read from the end of what was typed, perhaps otherwise than it was meant.
    let whose = owner.map(|handle| format!("for {handle}"));
    let until = due.map(|due| format!("until {due}"));
    let told: Vec<String> = whose.into_iter().chain(until).collect();
    let owner = owner.map(|handle| draft.person(handle)).transpose()?;
    let meeting = meeting.map(|meeting| occurrence(draft, meeting));
    let meeting = meeting.transpose()?;
    let item = item.map(|item| target(draft, item)).transpose()?;
    let text = draft.write_text(text.trim())?;
    let fields = vec![
        ("meeting", refer(meeting.map(|meeting| meeting.id))),
        ("agenda_item", refer(item.map(|item| item.id))),
        ("text", text),
        ("owner", refer(owner)),
        ("due", day(due)),
    ];
    let step = draft.create(Entity::ActionStep, None, fields)?;
    Ok(Words::about("noted action step", vec![step], told.join(" ")).by_name())
}

/// Sets fields. Undo sets them back.
pub(super) fn edit(
    draft: &mut Draft<'_, '_>,
    step: ActionStepId,
    edits: &[StepEdit],
) -> Result<Words> {
    let step = Thing::new(Entity::ActionStep, step);
    draft.live(step)?;
    let mut changed = false;
    for edit in edits {
        changed |= match edit {
            StepEdit::Text(text) if text.trim().is_empty() => return Err(blank()),
            StepEdit::Text(text) => {
                let text = draft.write_text(text.trim())?;
                draft.set(step, "text", text)?
            }
            StepEdit::Owner(handle) => {
                let person = handle.as_ref().map(|handle| draft.person(handle));
                let person = person.transpose()?;
                draft.set(step, "owner", refer(person))?
            }
            StepEdit::Due(due) => draft.set(step, "due", day(*due))?,
        };
    }
    Ok(match changed {
        true => Words::about("changed action step", vec![step], ""),
        false => Words::plain("nothing to change"),
    })
}

/// Marks action steps as done. Undo opens them again.
pub(super) fn finish(draft: &mut Draft<'_, '_>, steps: &[ActionStepId]) -> Result<Words> {
    let now = draft.now().0;
    let done = each(draft, Entity::ActionStep, steps, |draft, step| {
        Ok(draft.value(step, "done_at")? == Value::Null && draft.set(step, "done_at", now)?)
    })?;
    Ok(match done.is_empty() {
        true => Words::plain("done already"),
        false => Words::about("done:", done, ""),
    })
}

/// Opens action steps again. Undo marks them as done.
pub(super) fn reopen(draft: &mut Draft<'_, '_>, steps: &[ActionStepId]) -> Result<Words> {
    let open = each(draft, Entity::ActionStep, steps, |draft, step| {
        draft.set(step, "done_at", Value::Null)
    })?;
    Ok(match open.is_empty() {
        true => Words::plain("open already"),
        false => Words::about("opened again", open, ""),
    })
}

/// Takes action steps back. Undo brings them back.
pub(super) fn remove(draft: &mut Draft<'_, '_>, steps: &[ActionStepId]) -> Result<Words> {
    let removed = each(draft, Entity::ActionStep, steps, |draft, step| {
        draft.delete(step)
    })?;
    Ok(Words::about("took back", removed, ""))
}
