//! Items of an agenda.

use std::collections::HashSet;

use uuid::Uuid;

use super::{append, minutes, occurrence, target};
use crate::domain::deed::{AgendaEdit, AgendaTarget, NewAgendaItem, Step, Subject};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{AgendaItemId, MeetingId, determined};
use crate::domain::meeting::{AgendaState, Occurrence, WEEKLY_SYNC, generated_item};
use crate::history::deeds::reorder::one_place;
use crate::history::deeds::{each, named, optional, refer, subject};
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::position;
use crate::history::words::{Words, slot};

/// Adds an item for each thing that is not queued yet, at the end. Undo takes them off.
pub(super) fn add(
    draft: &mut Draft<'_, '_>,
    to: Option<&Occurrence>,
    new: &NewAgendaItem,
) -> Result<Words> {
    let title = optional(Some(&new.title))?;
    if title == Value::Null && new.about.is_empty() {
        return Err(refused("an agenda item needs a title, or something it is about").into());
    }
    let box_minutes = match new.minutes {
        Some(length) => minutes("an agenda item", length)?,
        None => Value::Null,
    };
    let presenter = match &new.presenter {
        Some(handle) => Some(draft.person(handle)?),
        None => draft.author()?,
    };
    let (things, queued) = to_add(draft, to, &new.about)?;
    if let ([first, ..], true) = (queued.as_slice(), things.is_empty()) {
        return Ok(Words::plain(match queued.len() {
            1 => format!("{} is queued already", slot(*first)),
            several => format!("all {several} are queued already"),
        }));
    }
    let meeting = to.map(|meeting| occurrence(draft, meeting)).transpose()?;
    let of_all = [
        ("meeting", refer(meeting.map(|meeting| meeting.id))),
        ("title", title),
        ("presenter", refer(presenter)),
        ("minutes", box_minutes),
        ("confidential", Value::Integer(i64::from(new.confidential))),
    ];
    let about = things.into_iter().map(Some);
    let about = about.chain(new.about.is_empty().then_some(None));
    let mut items = Vec::new();
    for about in about {
        let mut fields = of_all.to_vec();
        fields.push(("position", Value::Text(end_of(draft, meeting)?)));
        fields.extend(about.map(|(thing, field)| (field, Value::Thing(thing.id))));
        let item = draft.create(Entity::AgendaItem, None, fields)?;
        for url in &new.documents {
            document(draft, item, url)?;
        }
        items.push(item);
    }
    let mut on = match meeting {
        Some(meeting) => format!("for {}", slot(meeting)),
        None => "for the next weekly sync".to_owned(),
    };
    match queued.len() {
        0 => {}
        1 => on.push_str(", 1 was queued already"),
        several => on.push_str(&format!(", {several} were queued already")),
    }
    Ok(Words::about("queued", items, on))
}

/// A thing, and the field of an item that refers to its kind.
type Referred = (Thing, &'static str);

/// Things with the fields of an item that refer to them, each once: those that get an item, and those that are queued for the
/// next weekly sync already.
fn to_add(
    draft: &Draft<'_, '_>,
    to: Option<&Occurrence>,
    about: &[Subject],
) -> Result<(Vec<Referred>, Vec<Thing>)> {
    let (mut things, mut queued) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for about in about.iter().filter(|about| seen.insert(**about)) {
        let (thing, field) = subject(*about);
        draft.live(thing)?;
        match to.is_none() && is_queued(draft, thing)? {
            true => queued.push(thing),
            false => things.push((thing, field)),
        }
    }
    Ok((things, queued))
}

/// Whether an item about that thing is queued for the next weekly sync: two who think of it make one.
fn is_queued(draft: &Draft<'_, '_>, about: Thing) -> Result<bool> {
    let local = draft.live(about)?;
    let references = draft
        .reader()
        .references_to(about.entity, local, usize::MAX)?;
    for reference in references {
        if reference.entity != Entity::AgendaItem {
            continue;
        }
        let item = Thing::new(Entity::AgendaItem, reference.key.id);
        let waits = draft.integer(item, "state")? == Some(AgendaState::Queued.code());
        if waits && draft.reference(item, "meeting")?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A position after the last of a meeting, or of what is queued. What is queued and what is planned for a weekly sync stand in one
/// order there, so that what is new comes last wherever it belongs.
fn end_of(draft: &Draft<'_, '_>, meeting: Option<Thing>) -> Result<String> {
    let last = order(draft, meeting.map(|meeting| meeting.id))?;
    let mut last = last.into_iter().map(|(_, position)| position).max();
    if is_sync(draft, meeting)? {
        last = last.max(draft.reader().last_of_queue(WEEKLY_SYNC)?);
    }
    Ok(position::after(last.as_deref()))
}

/// A position after what a meeting has already, before the rest of what is queued: what was put off comes first.
fn before_queue(draft: &Draft<'_, '_>, meeting: Thing) -> Result<String> {
    if !is_sync(draft, Some(meeting))? {
        return end_of(draft, Some(meeting));
    }
    let own = order(draft, Some(meeting.id))?;
    let low = own.into_iter().map(|(_, position)| position).max();
    let queue = order(draft, None)?.into_iter();
    let high = queue
        .map(|(_, position)| position)
        .find(|position| Some(position) > low.as_ref());
    let between = high.and_then(|high| position::between(low.as_deref(), Some(&high)));
    Ok(between.unwrap_or_else(|| position::after(low.as_deref())))
}

/// Whether that is a weekly sync, or the queue for the next one.
fn is_sync(draft: &Draft<'_, '_>, meeting: Option<Thing>) -> Result<bool> {
    Ok(match meeting {
        Some(meeting) => draft.value(meeting, "kind")? == Value::Text(WEEKLY_SYNC.to_owned()),
        None => true,
    })
}

/// The items of a meeting, or those that are queued, in order, with their positions.
fn order(draft: &Draft<'_, '_>, meeting: Option<Uuid>) -> Result<Vec<(Thing, String)>> {
    let meeting = match meeting {
        Some(id) => Some(draft.local(Thing::new(Entity::Meeting, id))?),
        None => None,
    };
    let items = draft.reader().items_of_meeting(meeting)?;
    let items = items.into_iter();
    Ok(items
        .map(|(key, position)| (Thing::new(Entity::AgendaItem, key.id), position))
        .collect())
}

fn document(draft: &mut Draft<'_, '_>, item: Thing, url: &str) -> Result<bool> {
    let url = named("the link of a document", url)?;
    let id = determined("agenda document", &[item.id.as_bytes(), url.as_bytes()]);
    if draft.is_live(Thing::new(Entity::AgendaDocument, id))? {
        return Ok(false);
    }
    let fields = vec![
        ("agenda_item", Value::Thing(item.id)),
        ("url", Value::Text(url.to_owned())),
    ];
    draft.create_in_passing(Entity::AgendaDocument, id, fields)?;
    Ok(true)
}

fn remove_document(draft: &mut Draft<'_, '_>, item: Thing, url: &str) -> Result<bool> {
    let local = draft.local(item)?;
    let mut removed = false;
    for (id, found) in draft.reader().documents_of_item(local)? {
        if found == url.trim() {
            removed |= draft.delete(Thing::new(Entity::AgendaDocument, id))?;
        }
    }
    Ok(removed)
}

/// Sets fields. Undo sets them back.
pub(super) fn edit(
    draft: &mut Draft<'_, '_>,
    item: &AgendaTarget,
    edits: &[AgendaEdit],
) -> Result<Words> {
    let item = target(draft, item)?;
    let mut changed = false;
    for edit in edits {
        changed |= set(draft, item, edit)?;
    }
    Ok(match changed {
        true => changed_words(item, edits),
        false => Words::plain("nothing to change"),
    })
}

/// What is so now, where one field was set.
fn changed_words(item: Thing, edits: &[AgendaEdit]) -> Words {
    let name = slot(item);
    Words::plain(match edits {
        [AgendaEdit::Minutes(Some(1))] => format!("{name} takes 1 minute"),
        [AgendaEdit::Minutes(Some(minutes))] => format!("{name} takes {minutes} minutes"),
        [AgendaEdit::Confidential(true)] => format!("{name} is confidential"),
        [AgendaEdit::Confidential(false)] => format!("{name} is not confidential any more"),
        [AgendaEdit::Presenter(Some(who))] => format!("{name} is presented by {who}"),
        [AgendaEdit::Presenter(None)] => format!("{name} is presented by nobody"),
        [AgendaEdit::Discussed(true)] => format!("discussed {name}"),
        [AgendaEdit::Discussed(false)] => format!("{name} is not discussed yet"),
        _ => format!("changed {name}"),
    })
}

fn set(draft: &mut Draft<'_, '_>, item: Thing, edit: &AgendaEdit) -> Result<bool> {
    match edit {
        AgendaEdit::Title(title) => {
            let title = optional(title.as_deref())?;
            let about = ["feedback", "idea", "release_item"]
                .iter()
                .map(|field| draft.reference(item, field));
            let about = about.collect::<Result<Vec<_>>>()?;
            if title == Value::Null && about.iter().all(Option::is_none) {
                return Err(
                    refused("an agenda item needs a title, or something it is about").into(),
                );
            }
            draft.set(item, "title", title)
        }
        AgendaEdit::Presenter(handle) => {
            let person = handle.as_ref().map(|handle| draft.person(handle));
            let person = person.transpose()?;
            draft.set(item, "presenter", refer(person))
        }
        AgendaEdit::Minutes(length) => {
            let length = match length {
                Some(length) => minutes("an agenda item", *length)?,
                None => Value::Null,
            };
            draft.set(item, "minutes", length)
        }
        AgendaEdit::Notes(text) => {
            let notes = draft.write_text(text.as_deref().unwrap_or_default())?;
            draft.set(item, "notes", notes)
        }
        AgendaEdit::Confidential(confidential) => {
            draft.set(item, "confidential", i64::from(*confidential))
        }
        AgendaEdit::AddDocument(url) => document(draft, item, url),
        AgendaEdit::RemoveDocument(url) => remove_document(draft, item, url),
        AgendaEdit::Discussed(discussed) => {
            let state = match discussed {
                true => AgendaState::Discussed,
                false => AgendaState::Queued,
            };
            draft.set(item, "state", state.code())
        }
    }
}

/// Adds a paragraph to what was noted on it. Undo takes it away.
pub(super) fn note(draft: &mut Draft<'_, '_>, item: &AgendaTarget, text: &str) -> Result<Words> {
    let item = target(draft, item)?;
    append(draft, item, text)?;
    Ok(Words::plain(format!("took notes on {}", slot(item))))
}

/// Takes items off. Undo puts them back where they were.
pub(super) fn remove(draft: &mut Draft<'_, '_>, items: &[AgendaItemId]) -> Result<Words> {
    let removed = each(draft, Entity::AgendaItem, items, |draft, item| {
        let local = draft.local(item)?;
        for (id, _) in draft.reader().documents_of_item(local)? {
            draft.delete(Thing::new(Entity::AgendaDocument, id))?;
        }
        // What was promised on it stays promised.
        for id in draft.reader().steps_of_item(local)? {
            let step = Thing::new(Entity::ActionStep, id);
            draft.set(step, "agenda_item", Value::Null)?;
        }
        draft.delete(item)
    })?;
    Ok(Words::about("took", removed, "off the agenda").by_name())
}

/// Moves an item one place. Undo moves it back. Only its own position changes, unless there is no room.
pub(super) fn reorder(
    draft: &mut Draft<'_, '_>,
    item: AgendaItemId,
    step: Step,
    on: Option<&Occurrence>,
) -> Result<Words> {
    let item = Thing::new(Entity::AgendaItem, item);
    draft.live(item)?;
    let own = draft.reference(item, "meeting")?;
    let mut items = order(draft, own)?;
    // As the agenda shows them: what was planned for a weekly sync and what is queued, in one order.
    let sync = on.filter(|on| on.kind == WEEKLY_SYNC).map(|on| on.id().0);
    if let Some(sync) = sync.filter(|sync| own.is_none_or(|own| own == *sync)) {
        let planned = Thing::new(Entity::Meeting, sync);
        items = match draft.is_live(planned)? {
            true => shown(draft, sync)?,
            false => Vec::new(),
        };
        items.extend(order(draft, None)?);
        items.sort_by(|(_, one), (_, other)| one.cmp(other));
    }
    let Some(place) = items.iter().position(|(other, _)| *other == item) else {
        return Err(refused("it is on no agenda").into());
    };
    one_place(draft, items, place, step)
}

/// The items of a meeting, those apart which stand for what the agenda shows by itself.
fn shown(draft: &Draft<'_, '_>, meeting: Uuid) -> Result<Vec<(Thing, String)>> {
    let mut items = order(draft, Some(meeting))?;
    let mut stands_for = Vec::new();
    for (item, _) in &items {
        for about in [Entity::Feedback, Entity::Idea, Entity::ReleaseItem] {
            let about = draft
                .reference(*item, about.name())?
                .map(|id| Thing::new(about, id));
            let made = about.map(|about| generated_item(MeetingId(meeting), about).0);
            stands_for.extend(made.filter(|made| *made == item.id));
        }
    }
    items.retain(|(item, _)| !stands_for.contains(&item.id));
    Ok(items)
}

/// Marks an item as discussed in that meeting, to which it belongs from here on. Undo queues it again.
pub(super) fn discuss(
    draft: &mut Draft<'_, '_>,
    meeting: &Occurrence,
    item: &AgendaTarget,
) -> Result<Words> {
    let item = target(draft, item)?;
    let here = draft.reference(item, "meeting")? == Some(meeting.id().0);
    if here && draft.integer(item, "state")? == Some(AgendaState::Discussed.code()) {
        return Ok(Words::plain("it was discussed already"));
    }
    belong(draft, item, meeting)?;
    draft.set(item, "state", AgendaState::Discussed.code())?;
    Ok(Words::about("discussed", vec![item], ""))
}

/// Makes an item one of that meeting.
fn belong(draft: &mut Draft<'_, '_>, item: Thing, meeting: &Occurrence) -> Result<()> {
    let meeting = occurrence(draft, meeting)?;
    let before = draft.reference(item, "meeting")?;
    if before != Some(meeting.id) {
        let end = end_of(draft, Some(meeting))?;
        draft.set(item, "meeting", Value::Thing(meeting.id))?;
        // What was queued stays where it stands on the agenda of the sync.
        if before.is_some() || !is_sync(draft, Some(meeting))? {
            draft.set(item, "position", Value::Text(end))?;
        }
    }
    Ok(())
}

/// Puts an item off: it stays with the meeting that put it off, as carried over, and the other one gets an item of the same
/// kind. That one's identity follows from both, so that two windows which put it off make one. Undo takes it back.
pub(super) fn carry_over(
    draft: &mut Draft<'_, '_>,
    item: AgendaItemId,
    from: &Occurrence,
    to: &Occurrence,
) -> Result<Words> {
    let item = Thing::new(Entity::AgendaItem, item);
    draft.live(item)?;
    let next = to.id().0;
    if from.id() == to.id() {
        return Err(refused("an item cannot be put off to the meeting that it is in").into());
    }
    let copy = determined("carried over", &[item.id.as_bytes(), next.as_bytes()]);
    if draft.is_live(Thing::new(Entity::AgendaItem, copy))? {
        return Ok(Words::plain("it was carried over already"));
    }
    belong(draft, item, from)?;
    draft.set(item, "state", AgendaState::CarriedOver.code())?;
    let next = occurrence(draft, to)?;
    let position = before_queue(draft, next)?;
    let mut fields = vec![
        ("meeting", Value::Thing(next.id)),
        ("position", Value::Text(position)),
    ];
    for field in [
        "title",
        "presenter",
        "minutes",
        "confidential",
        "feedback",
        "idea",
        "release_item",
        // What was said about it so far is where the next meeting goes on.
        "notes",
    ] {
        fields.push((field, draft.value(item, field)?));
    }
    let copy = draft.create(Entity::AgendaItem, Some(copy), fields)?;
    let local = draft.local(item)?;
    for (_, url) in draft.reader().documents_of_item(local)? {
        document(draft, copy, &url)?;
    }
    let to = format!("to {}", slot(next));
    Ok(Words::about("carried over", vec![item], to))
}
