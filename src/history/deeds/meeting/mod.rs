//! Meetings: which they are, what is on them, how they go, what was promised.

mod items;
mod run;
mod sitting;
mod steps;

use crate::domain::deed::{AgendaTarget, MeetingDeed, Subject};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::AgendaItemId;
use crate::domain::meeting::{Occurrence, Scope, Slot, generated_item};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::position;
use crate::history::words::Words;

use super::{named, subject};

/// The longest meeting or time box, in minutes: a day.
const LONGEST: u32 = 24 * 60;

/// The stable name under which the journal keeps a deed.
pub(super) const fn verb(deed: &MeetingDeed) -> &'static str {
    match deed {
        MeetingDeed::Plan { .. } => "plan-meeting",
        MeetingDeed::Move { .. } => "move-meeting",
        MeetingDeed::Cancel { .. } => "cancel-meeting",
        MeetingDeed::Restore { .. } => "restore-meeting",
        MeetingDeed::EditMeeting { .. } => "edit-meeting",
        MeetingDeed::NoteMeeting { .. } => "note-meeting",
        MeetingDeed::LinkMeeting { .. } => "link-meeting",
        MeetingDeed::Start { .. } => "start-meeting",
        MeetingDeed::Finish { .. } => "finish-meeting",
        MeetingDeed::AddItem { .. } => "add-agenda-item",
        MeetingDeed::EditItem { .. } => "edit-agenda-item",
        MeetingDeed::Note { .. } => "note",
        MeetingDeed::RemoveItems { .. } => "remove-agenda-items",
        MeetingDeed::ReorderItem { .. } => "reorder-agenda-item",
        MeetingDeed::Discuss { .. } => "discuss",
        MeetingDeed::CarryOver { .. } => "carry-over",
        MeetingDeed::AddStep { .. } => "add-step",
        MeetingDeed::EditStep { .. } => "edit-step",
        MeetingDeed::FinishSteps { .. } => "finish-steps",
        MeetingDeed::ReopenSteps { .. } => "reopen-steps",
        MeetingDeed::RemoveSteps { .. } => "remove-steps",
        MeetingDeed::Hear { .. } => "hear",
    }
}

/// Checks and applies a deed, and answers what it did.
pub(super) fn apply(draft: &mut Draft<'_, '_>, deed: &MeetingDeed) -> Result<Words> {
    use MeetingDeed as D;
    match deed {
        D::Plan {
            meeting,
            at,
            minutes,
            attendees,
        } => sitting::plan(draft, meeting, *at, *minutes, attendees),
        D::Move { meeting, to, zone } => sitting::postpone(draft, meeting, *to, zone),
        D::Cancel { meeting } => sitting::cancel(draft, meeting),
        D::Restore { meeting } => sitting::restore(draft, meeting),
        D::EditMeeting { meeting, edits } => sitting::edit(draft, meeting, edits),
        D::NoteMeeting { meeting, text } => sitting::note(draft, meeting, text),
        D::LinkMeeting {
            meeting,
            url,
            title,
        } => sitting::link(draft, meeting, url, title.as_deref()),
        D::Start {
            meeting,
            at,
            zone,
            minutes,
        } => run::start(draft, meeting, &run::Facts::new(*at, zone, *minutes)),
        D::Finish {
            meeting,
            at,
            zone,
            minutes,
        } => run::finish(draft, meeting, &run::Facts::new(*at, zone, *minutes)),
        D::Hear {
            meeting,
            at,
            zone,
            minutes,
            feedback,
        } => run::hear(
            draft,
            meeting,
            &run::Facts::new(*at, zone, *minutes),
            feedback,
        ),
        D::AddItem { to, item } => items::add(draft, to.as_ref(), item),
        D::EditItem { item, edits } => items::edit(draft, item, edits),
        D::Note { item, text } => items::note(draft, item, text),
        D::RemoveItems { items } => items::remove(draft, items),
        D::ReorderItem { item, step, on } => items::reorder(draft, *item, *step, on.as_ref()),
        D::Discuss { meeting, item } => items::discuss(draft, meeting, item),
        D::CarryOver { item, from, to } => items::carry_over(draft, *item, from, to),
        D::AddStep {
            meeting,
            item,
            text,
            owner,
            due,
        } => steps::add(
            draft,
            meeting.as_ref(),
            item.as_ref(),
            text,
            (owner.as_ref(), *due),
        ),
        D::EditStep { step, edits } => steps::edit(draft, *step, edits),
        D::FinishSteps { steps } => steps::finish(draft, steps),
        D::ReopenSteps { steps } => steps::reopen(draft, steps),
        D::RemoveSteps { steps } => steps::remove(draft, steps),
    }
}

/// The row of an occurrence, as far as there is one.
fn row(draft: &Draft<'_, '_>, meeting: &Occurrence) -> Result<Option<Thing>> {
    let thing = Thing::new(Entity::Meeting, meeting.id());
    Ok(draft.is_live(thing)?.then_some(thing))
}

/// The row of an occurrence, made when nothing was done to it before. Another window that does the same finds this one:
/// its identity follows from what it is.
fn occurrence(draft: &mut Draft<'_, '_>, meeting: &Occurrence) -> Result<Thing> {
    if let Some(thing) = row(draft, meeting)? {
        return Ok(thing);
    }
    let fields = fields(draft, meeting)?;
    let made = draft.create_in_passing(Entity::Meeting, meeting.id().0, fields)?;
    draft.divide()?;
    Ok(made)
}

/// What the row of an occurrence says of itself.
fn fields(draft: &Draft<'_, '_>, meeting: &Occurrence) -> Result<Vec<(&'static str, Value)>> {
    let kind = named("the kind of a meeting", &meeting.kind)?;
    let title = named("the title of a meeting", &meeting.title)?;
    let mut fields = vec![
        ("kind", Value::Text(kind.to_owned())),
        ("title", Value::Text(title.to_owned())),
        ("slot", Value::Text(meeting.slot.to_string())),
    ];
    if let Slot::At(at) = meeting.slot {
        fields.push(("at", Value::Integer(at.0)));
    }
    if let Some(scope) = meeting.scope {
        let (field, entity) = match scope {
            Scope::Area(_) => ("area", Entity::Area),
            Scope::Person(_) => ("person", Entity::Person),
            Scope::Release(_) => ("release", Entity::Release),
        };
        draft.live(Thing::new(entity, scope.id()))?;
        fields.push((field, Value::Thing(scope.id())));
    } else if meeting.slot == Slot::Release {
        return Err(refused("a meeting after a release needs the release").into());
    }
    Ok(fields)
}

/// The item that is meant, which must be there; one that stands for a thing is made when nothing was done to it before.
fn target(draft: &mut Draft<'_, '_>, target: &AgendaTarget) -> Result<Thing> {
    match target {
        AgendaTarget::Item(id) => {
            let item = Thing::new(Entity::AgendaItem, *id);
            draft.live(item)?;
            Ok(item)
        }
        AgendaTarget::Generated { meeting, about } => generated(draft, meeting, *about),
    }
}

fn generated(draft: &mut Draft<'_, '_>, meeting: &Occurrence, about: Subject) -> Result<Thing> {
    let (about, field) = subject(about);
    draft.live(about)?;
    let AgendaItemId(id) = generated_item(meeting.id(), about);
    let item = Thing::new(Entity::AgendaItem, id);
    if draft.is_live(item)? {
        return Ok(item);
    }
    let meeting = occurrence(draft, meeting)?;
    let fields = vec![
        ("meeting", Value::Thing(meeting.id)),
        (field, Value::Thing(about.id)),
        ("position", Value::Text(position::after(None))),
    ];
    let made = draft.create_in_passing(Entity::AgendaItem, id, fields)?;
    draft.divide()?;
    Ok(made)
}

/// A number of minutes as it is kept.
fn minutes(what: &str, minutes: u32) -> Result<Value> {
    if (1..=LONGEST).contains(&minutes) {
        return Ok(Value::Integer(i64::from(minutes)));
    }
    let words = format!("{what} takes at least a minute and at most a day");
    Err(refused(words).into())
}

/// Adds a paragraph to the notes of a thing; answers whether there was anything to add. Undo takes it away, unless
/// somebody has added another since.
fn append(draft: &mut Draft<'_, '_>, thing: Thing, text: &str) -> Result<()> {
    let text = text.trim_end();
    if text.trim().is_empty() {
        return Err(refused("a note must not be blank").into());
    }
    let before = match draft.reference(thing, "notes")? {
        Some(id) => draft.reader().content(id)?.map(|content| content.body),
        None => None,
    };
    let text = match before {
        Some(before) => format!("{}\n\n{text}", before.trim_end()),
        None => text.to_owned(),
    };
    let notes = draft.write_text(&text)?;
    draft.set(thing, "notes", notes)?;
    Ok(())
}
