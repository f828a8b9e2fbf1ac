//! A meeting while it is held.

use super::sitting::state;
use super::{minutes, occurrence};
use crate::domain::deed::NewFeedback;
use crate::domain::entity::{Thing, Value};
use crate::domain::meeting::{MeetingState, Occurrence};
use crate::domain::moment::Moment;
use crate::history::deeds::{add_feedback, named};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words};

/// The source of what is heard in an interview.
const INTERVIEW: &str = "interview";

/// What its kind says of a meeting, to be kept when it is held: the kind may change, what was held does not.
pub(super) struct Facts<'f> {
    at: Moment,
    zone: &'f str,
    minutes: u32,
}

impl<'f> Facts<'f> {
    pub(super) const fn new(at: Moment, zone: &'f str, minutes: u32) -> Self {
        Self { at, zone, minutes }
    }
}

/// Begins it. Undo makes it one to come again.
pub(super) fn start(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    facts: &Facts<'_>,
) -> Result<Words> {
    let thing = occurrence(draft, meeting)?;
    match state(draft, thing)? {
        MeetingState::Running => return Ok(Words::plain("it is being held already")),
        MeetingState::Cancelled | MeetingState::Finished => {
            let name = words::name(draft.reader(), thing)?;
            return Err(
                refused(format!("cannot begin {name}: it is over or cancelled"))
                    .hint("“intake meeting restore” takes it up again")
                    .into(),
            );
        }
        MeetingState::Planned => {}
    }
    begin(draft, thing, facts)?;
    Ok(Words::about("began", vec![thing], ""))
}

fn begin(draft: &mut Draft<'_, '_>, thing: Thing, facts: &Facts<'_>) -> Result<()> {
    let kept = [
        ("at", Value::Integer(facts.at.0)),
        (
            "zone",
            Value::Text(named("a time zone", facts.zone)?.to_owned()),
        ),
        ("minutes", minutes("a meeting", facts.minutes)?),
        ("started", Value::Integer(draft.now().0)),
    ];
    for (field, value) in kept {
        if draft.value(thing, field)? == Value::Null {
            draft.set(thing, field, value)?;
        }
    }
    draft.set(thing, "state", MeetingState::Running.code())?;
    Ok(())
}

/// Ends it. Undo takes it up again.
pub(super) fn finish(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    facts: &Facts<'_>,
) -> Result<Words> {
    let thing = occurrence(draft, meeting)?;
    match state(draft, thing)? {
        MeetingState::Finished => return Ok(Words::plain("it is over already")),
        MeetingState::Cancelled => {
            let name = words::name(draft.reader(), thing)?;
            return Err(refused(format!("cannot end {name}: it was cancelled")).into());
        }
        MeetingState::Planned => begin(draft, thing, facts)?,
        MeetingState::Running => {}
    }
    end(draft, thing)?;
    Ok(Words::about("ended", vec![thing], ""))
}

fn end(draft: &mut Draft<'_, '_>, thing: Thing) -> Result<()> {
    draft.set(thing, "state", MeetingState::Finished.code())?;
    let now = draft.now().0;
    draft.set(thing, "finished", now)?;
    Ok(())
}

/// Keeps what was heard as feedback, and ends the interview, where it was not over. Undo removes the feedback and makes the
/// interview one to come again.
pub(super) fn hear(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    facts: &Facts<'_>,
    feedback: &NewFeedback,
) -> Result<Words> {
    let thing = occurrence(draft, meeting)?;
    match state(draft, thing)? {
        MeetingState::Finished => {}
        MeetingState::Cancelled => {
            let name = words::name(draft.reader(), thing)?;
            return Err(
                refused(format!("nothing was heard in {name}: it was cancelled"))
                    .hint("“intake meeting restore” holds it after all")
                    .into(),
            );
        }
        MeetingState::Planned => {
            begin(draft, thing, facts)?;
            end(draft, thing)?;
        }
        MeetingState::Running => end(draft, thing)?,
    }
    let feedback = NewFeedback {
        source: INTERVIEW.to_owned(),
        ..feedback.clone()
    };
    add_feedback::apply(draft, &feedback)
}
