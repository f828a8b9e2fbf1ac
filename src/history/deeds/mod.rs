//! The verbs, one file each: what a deed checks, what it changes, and how the timeline tells it.
//!
//! A deed answers with its words; when it had nothing to do, they say so and the action is dropped. Shared moves are in
//! [`triage`] (the states of a feedback), [`insights`] (links) and [`placing`] (the release plan).

mod add_feedback;
mod add_to_release;
mod answer;
mod archive;
mod area;
mod ask;
mod assign;
mod comment;
mod company;
mod create_idea;
mod cut;
mod duplicate;
mod duty;
mod edit_feedback;
mod edit_ideas;
mod importance;
mod insights;
mod link;
mod meeting;
mod merge;
mod move_items;
mod person;
mod placing;
mod process;
mod release;
mod reopen;
mod reorder;
mod revise;
mod snooze;
mod tag;
mod ticket;
mod triage;
mod unlink;
mod update_items;
mod wont_do;

use uuid::Uuid;

use super::draft::Draft;
use super::error::{Result, refused};
use super::words::Words;
use crate::domain::deed::{Deed, Subject};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::FeedbackId;

pub(super) use area::area_named;
pub(super) use duplicate::original;
pub(super) use edit_feedback::{company_named, customer_named, customer_with};
pub(super) use edit_ideas::missing_rule;
pub(super) use insights::insight_key;
pub(super) use placing::end_of;
pub(super) use tag::tag_key;

/// The stable name under which the journal keeps a deed.
pub(super) const fn verb(deed: &Deed) -> &'static str {
    match deed {
        Deed::Link { .. } => "link",
        Deed::Unlink { .. } => "unlink",
        Deed::Assign { .. } => "assign",
        Deed::SetImportance { .. } => "importance",
        Deed::Answer { .. } => "answer",
        Deed::Process { .. } => "process",
        Deed::Ask { .. } => "ask",
        Deed::WontDo { .. } => "wont-do",
        Deed::Duplicate { .. } => "duplicate",
        Deed::Snooze { .. } => "snooze",
        Deed::Archive { .. } => "archive",
        Deed::Reopen { .. } => "reopen",
        Deed::Tag { .. } => "tag",
        Deed::EditFeedback { .. } => "edit-feedback",
        Deed::Revise { .. } => "revise",
        Deed::AddFeedback(_) => "add-feedback",
        Deed::Comment { .. } => "comment",
        Deed::CreateIdea(_) => "create-idea",
        Deed::EditIdeas { .. } => "edit-ideas",
        Deed::MergeIdeas { .. } => "merge-ideas",
        Deed::AddTicket { .. } => "add-ticket",
        Deed::RemoveTicket { .. } => "remove-ticket",
        Deed::CreateRelease(_) => "create-release",
        Deed::EditRelease { .. } => "edit-release",
        Deed::AddToRelease { .. } => "add-to-release",
        Deed::MoveItems { .. } | Deed::SpreadItems { .. } => "move-items",
        Deed::ReorderItem { .. } => "reorder-item",
        Deed::UpdateItems { .. } => "update-items",
        Deed::NoChange { .. } => "no-change",
        Deed::CutItem { .. } => "cut-item",
        Deed::Meeting(deed) => meeting::verb(deed),
        Deed::SavePerson { .. } => "person",
        Deed::SaveArea { .. } => "area",
        Deed::SaveCompany { .. } => "company",
        Deed::SetDuty { .. } => "duty",
    }
}

/// Checks and applies a deed, and answers what it did.
pub(super) fn apply(draft: &mut Draft<'_, '_>, deed: &Deed) -> Result<Words> {
    match deed {
        Deed::Link {
            feedback,
            idea,
            quote,
        } => link::apply(draft, feedback, idea, quote.as_ref()),
        Deed::Unlink { feedback, idea } => unlink::apply(draft, feedback, *idea),
        Deed::Assign { feedback, owner } => assign::apply(draft, feedback, owner.as_ref()),
        Deed::SetImportance {
            feedback,
            importance,
        } => importance::apply(draft, feedback, *importance),
        Deed::Answer { answers } => answer::apply(draft, answers),
        Deed::Process { feedback } => process::apply(draft, feedback),
        Deed::Ask { questions, until } => ask::apply(draft, questions, *until),
        Deed::WontDo {
            feedback,
            idea,
            reason,
            cut,
            answers,
        } => wont_do::apply(draft, feedback, idea, (reason, *cut), answers),
        Deed::Duplicate { feedback, of } => duplicate::apply(draft, feedback, *of),
        Deed::Snooze { feedback, until } => snooze::apply(draft, feedback, *until),
        Deed::Archive { feedback } => archive::apply(draft, feedback),
        Deed::Reopen { feedback } => reopen::apply(draft, feedback),
        Deed::Tag {
            feedback,
            add,
            remove,
        } => tag::apply(draft, feedback, add, remove),
        Deed::EditFeedback { feedback, edits } => edit_feedback::apply(draft, feedback, edits),
        Deed::Revise {
            feedback,
            title,
            body,
        } => revise::apply(draft, *feedback, title, body),
        Deed::AddFeedback(new) => add_feedback::apply(draft, new),
        Deed::Comment { on, text } => comment::apply(draft, on, text),
        Deed::CreateIdea(new) => create_idea::apply(draft, new),
        Deed::EditIdeas { ideas, edits } => edit_ideas::apply(draft, ideas, edits),
        Deed::MergeIdeas { from, into } => merge::apply(draft, *from, *into),
        Deed::AddTicket {
            idea,
            url,
            key,
            kind,
        } => ticket::add(draft, *idea, url, key.as_deref(), *kind),
        Deed::RemoveTicket { ticket } => ticket::remove(draft, *ticket),
        Deed::CreateRelease(edit) => release::create(draft, edit),
        Deed::EditRelease { release, edit } => release::edit(draft, *release, edit),
        Deed::AddToRelease { ideas, release } => add_to_release::apply(draft, ideas, *release),
        Deed::MoveItems { items, to } => move_items::apply(draft, items, *to),
        Deed::SpreadItems { moves } => move_items::spread(draft, moves),
        Deed::ReorderItem { item, step } => reorder::apply(draft, *item, *step),
        Deed::UpdateItems {
            items,
            text,
            health,
        } => update_items::apply(draft, items, text.as_deref(), *health),
        Deed::NoChange { items } => update_items::no_change(draft, items),
        Deed::CutItem { item, then } => cut::apply(draft, *item, *then),
        Deed::Meeting(deed) => meeting::apply(draft, deed),
        Deed::SavePerson { handle, edit } => person::apply(draft, handle, edit),
        Deed::SaveArea { name, edit } => area::apply(draft, name, edit),
        Deed::SaveCompany { name, edit } => company::apply(draft, name, edit),
        Deed::SetDuty { monday, person } => duty::apply(draft, *monday, person.as_ref()),
    }
}

/// Does something to each of some things, once each, and answers which of them it changed.
///
/// # Errors
/// When there are none, or one is not there: a deed is done to all of them or to none.
fn each<I: Into<Uuid> + Copy>(
    draft: &mut Draft<'_, '_>,
    entity: Entity,
    ids: &[I],
    mut work: impl FnMut(&mut Draft<'_, '_>, Thing) -> Result<bool>,
) -> Result<Vec<Thing>> {
    if ids.is_empty() {
        return Err(refused("nothing was chosen to do that to").into());
    }
    let mut seen = std::collections::HashSet::new();
    let mut changed = Vec::new();
    for id in ids {
        let thing = Thing::new(entity, *id);
        if !seen.insert(thing) {
            continue;
        }
        draft.live(thing)?;
        if work(draft, thing)? {
            changed.push(thing);
        }
    }
    Ok(changed)
}

/// Does something to each feedback; see [`each`].
fn each_feedback(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    work: impl FnMut(&mut Draft<'_, '_>, Thing) -> Result<bool>,
) -> Result<Vec<Thing>> {
    each(draft, Entity::Feedback, feedback, work)
}

/// The thing of a subject, and the field by which a comment or an agenda item refers to it.
fn subject(subject: Subject) -> (Thing, &'static str) {
    match subject {
        Subject::Feedback(id) => (Thing::new(Entity::Feedback, id), "feedback"),
        Subject::Idea(id) => (Thing::new(Entity::Idea, id), "idea"),
        Subject::ReleaseItem(id) => (Thing::new(Entity::ReleaseItem, id), "release_item"),
    }
}

/// A name or title without blanks around it.
///
/// # Errors
/// When nothing is left of it, or it is too long.
pub(super) fn named<'t>(what: &str, text: &'t str) -> Result<&'t str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(refused(format!("{what} must not be blank")).into());
    }
    super::draft::check_length(text)?;
    Ok(text)
}

/// A short text as it is kept: without blanks around it, and nothing when nothing is left.
pub(super) fn optional(text: Option<&str>) -> Result<Value> {
    let text = text.unwrap_or_default().trim();
    super::draft::check_length(text)?;
    Ok(if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text.to_owned())
    })
}

/// A choice's code, or nothing.
pub(super) fn code(code: Option<i64>) -> Value {
    code.map_or(Value::Null, Value::Integer)
}

/// A reference, or nothing.
pub(super) fn refer(id: Option<Uuid>) -> Value {
    id.map_or(Value::Null, Value::Thing)
}
