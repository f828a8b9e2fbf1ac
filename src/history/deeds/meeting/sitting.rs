//! A meeting as a whole: when, for how long, with whom, whether at all.

use super::{append, fields, minutes, occurrence, row};
use crate::domain::deed::MeetingEdit;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::determined;
use crate::domain::idea::TicketKind;
use crate::domain::meeting::{MeetingState, Occurrence, shown};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::history::deeds::{named, optional};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words, slot};

/// Plans it and invites people. One that is there stays as it is but for what is said now. Undo takes it off, unless
/// something was put on its agenda since.
pub(super) fn plan(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    at: Option<Moment>,
    length: Option<u32>,
    attendees: &[Handle],
) -> Result<Words> {
    let length = length
        .map(|length| minutes("a meeting", length))
        .transpose()?;
    let (thing, mut changed) = match row(draft, meeting)? {
        Some(thing) => (thing, false),
        None => {
            let fields = fields(draft, meeting)?;
            let id = meeting.id().0;
            (draft.create(Entity::Meeting, Some(id), fields)?, true)
        }
    };
    if let Some(at) = at {
        changed |= draft.set(thing, "at", at.0)?;
    }
    if let Some(length) = length {
        changed |= draft.set(thing, "minutes", length)?;
    }
    for handle in attendees {
        changed |= invite(draft, thing, handle)?;
    }
    Ok(if changed {
        Words::about("planned", vec![thing], "")
    } else {
        Words::plain("planned already")
    })
}

fn attendance(
    draft: &mut Draft<'_, '_>,
    meeting: Thing,
    handle: &Handle,
) -> Result<(Thing, Thing)> {
    let person = draft.person(handle)?;
    let key = determined("attendee", &[meeting.id.as_bytes(), person.as_bytes()]);
    Ok((
        Thing::new(Entity::Attendee, key),
        Thing::new(Entity::Person, person),
    ))
}

fn invite(draft: &mut Draft<'_, '_>, meeting: Thing, handle: &Handle) -> Result<bool> {
    let (attendee, person) = attendance(draft, meeting, handle)?;
    if draft.is_live(attendee)? {
        return Ok(false);
    }
    let fields = vec![
        ("meeting", Value::Thing(meeting.id)),
        ("person", Value::Thing(person.id)),
    ];
    draft.create(Entity::Attendee, Some(attendee.id), fields)?;
    Ok(true)
}

/// Moves it. One that is over cannot be moved. Undo moves it back.
pub(super) fn postpone(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    to: Moment,
    zone: &str,
) -> Result<Words> {
    if let Some(thing) = row(draft, meeting)? {
        if state(draft, thing)? == MeetingState::Finished {
            let name = words::name(draft.reader(), thing)?;
            return Err(refused(format!("cannot move {name}: it is over")).into());
        }
        if draft.integer(thing, "at")? == Some(to.0) {
            return Ok(Words::plain("it is held then already"));
        }
    }
    let thing = occurrence(draft, meeting)?;
    draft.set(thing, "at", to.0)?;
    if state(draft, thing)? == MeetingState::Cancelled {
        draft.set(thing, "state", Value::Null)?;
    }
    let when = format!("to {}", shown(to, zone));
    Ok(Words::about("moved", vec![thing], when))
}

/// Leaves it out. Undo holds it after all.
pub(super) fn cancel(draft: &mut Draft<'_, '_>, meeting: &Occurrence) -> Result<Words> {
    if let Some(thing) = row(draft, meeting)? {
        let name = words::name(draft.reader(), thing)?;
        match state(draft, thing)? {
            MeetingState::Cancelled => return Ok(Words::plain("it was cancelled already")),
            MeetingState::Finished => {
                return Err(refused(format!("cannot cancel {name}: it is over")).into());
            }
            MeetingState::Planned | MeetingState::Running => {}
        }
    }
    let thing = occurrence(draft, meeting)?;
    draft.set(thing, "state", MeetingState::Cancelled.code())?;
    Ok(Words::about("cancelled", vec![thing], ""))
}

/// Holds it after all, or takes it up again. Undo cancels or ends it again.
pub(super) fn restore(draft: &mut Draft<'_, '_>, meeting: &Occurrence) -> Result<Words> {
    let Some(thing) = row(draft, meeting)? else {
        return Ok(Words::plain("it is to come anyway"));
    };
    match state(draft, thing)? {
        MeetingState::Cancelled => {
            draft.set(thing, "state", Value::Null)?;
            Ok(Words::about("restored", vec![thing], ""))
        }
        MeetingState::Finished => {
            draft.set(thing, "state", MeetingState::Running.code())?;
            draft.set(thing, "finished", Value::Null)?;
            Ok(Words::about("took up again", vec![thing], ""))
        }
        MeetingState::Planned => Ok(Words::plain("it is to come anyway")),
        MeetingState::Running => Ok(Words::plain("it is being held")),
    }
}

pub(super) fn state(draft: &Draft<'_, '_>, meeting: Thing) -> Result<MeetingState> {
    let state = draft.choice(meeting, "state", MeetingState::from_code)?;
    Ok(state.unwrap_or(MeetingState::Planned))
}

/// Sets fields. Undo sets them back.
pub(super) fn edit(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    edits: &[MeetingEdit],
) -> Result<Words> {
    let mut changed = row(draft, meeting)?.is_none();
    let thing = occurrence(draft, meeting)?;
    for edit in edits {
        changed |= match edit {
            MeetingEdit::Title(title) => {
                let title = named("the title of a meeting", title)?.to_owned();
                draft.set(thing, "title", Value::Text(title))?
            }
            MeetingEdit::Minutes(length) => {
                let length = minutes("a meeting", *length)?;
                draft.set(thing, "minutes", length)?
            }
            MeetingEdit::Notes(text) => {
                let notes = draft.write_text(text.as_deref().unwrap_or_default())?;
                draft.set(thing, "notes", notes)?
            }
            MeetingEdit::Invite(handle) => invite(draft, thing, handle)?,
            MeetingEdit::Uninvite(handle) => {
                let (attendee, _) = attendance(draft, thing, handle)?;
                draft.is_live(attendee)? && draft.delete(attendee)?
            }
        };
    }
    Ok(match changed {
        true => Words::about("changed", vec![thing], ""),
        false => Words::plain("nothing to change"),
    })
}

/// Adds a paragraph to its notes. Undo takes it away.
pub(super) fn note(draft: &mut Draft<'_, '_>, meeting: &Occurrence, text: &str) -> Result<Words> {
    let thing = occurrence(draft, meeting)?;
    append(draft, thing, text)?;
    Ok(Words::plain(format!("took notes on {}", slot(thing))))
}

/// Keeps a link with it. Undo removes it.
pub(super) fn link(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    url: &str,
    title: Option<&str>,
) -> Result<Words> {
    let url = named("the link", url)?.to_owned();
    let title = optional(title)?;
    let thing = occurrence(draft, meeting)?;
    let fields = vec![
        ("meeting", Value::Thing(thing.id)),
        ("url", Value::Text(url)),
        ("ticket_key", title),
        ("kind", Value::Integer(TicketKind::Material.code())),
    ];
    let ticket = draft.create(Entity::Ticket, None, fields)?;
    let with = format!("with {}", slot(thing));
    Ok(Words::about("kept", vec![ticket], with))
}
