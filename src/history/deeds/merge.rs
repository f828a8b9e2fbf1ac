//! Merge: two ideas are one.

use super::placing;
use super::{edit_ideas, insight_key};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::IdeaId;
use crate::domain::release::Health;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{Words, slot};

/// Moves what hangs on `from` to `into`, and retires `from`. A twin (the same feedback linked to both, both in the same
/// release) is dropped, and what hangs on it goes to the one that stays. Undo takes all of it back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, from: IdeaId, into: IdeaId) -> Result<Words> {
    if from == into {
        return Err(refused("an idea cannot be merged into itself").into());
    }
    let (from, into) = (
        Thing::new(Entity::Idea, from),
        Thing::new(Entity::Idea, into),
    );
    draft.live(from)?;
    draft.live(into)?;
    move_insights(draft, from, into)?;
    move_items(draft, from, into)?;
    move_rest(draft, from, into)?;
    draft.set(from, "merged_into", Value::Thing(into.id))?;
    draft.delete(from)?;
    edit_ideas::check(draft, into)?;
    Ok(Words::about(
        "merged",
        vec![from],
        format!("into {}", slot(into)),
    ))
}

/// The identity of a link follows from its two ends, so it is made anew at the other idea with what the old one said.
fn move_insights(draft: &mut Draft<'_, '_>, from: Thing, into: Thing) -> Result<()> {
    let local = draft.local(from)?;
    for link in draft.reader().insights_of_idea(local)? {
        let old = Thing::new(Entity::Insight, link.key.id);
        let id = insight_key(link.feedback.id, into.id);
        if !draft.is_live(Thing::new(Entity::Insight, id))? {
            let mut fields = vec![
                ("feedback", Value::Thing(link.feedback.id)),
                ("idea", Value::Thing(into.id)),
            ];
            for field in ["quote", "quote_start", "quote_end", "importance"] {
                fields.push((field, draft.value(old, field)?));
            }
            draft.create(Entity::Insight, Some(id), fields)?;
        }
        draft.delete(old)?;
    }
    Ok(())
}

fn move_items(draft: &mut Draft<'_, '_>, from: Thing, into: Thing) -> Result<()> {
    for item in placing::items_of(draft, from)? {
        let thing = Thing::new(Entity::ReleaseItem, item.key.id);
        let release = Thing::new(Entity::Release, item.release.id);
        match placing::item_in(draft, into, release)? {
            Some(twin) => {
                for (entity, field) in [
                    (Entity::Update, "release_item"),
                    (Entity::Comment, "release_item"),
                    (Entity::AgendaItem, "release_item"),
                    (Entity::Message, "release_item"),
                ] {
                    repoint(draft, thing, twin, entity, field)?;
                }
                draft.delete(thing)?;
            }
            None => {
                draft.set(thing, "idea", Value::Thing(into.id))?;
                if item.health != Health::Cut.code() {
                    placing::plan(draft, into)?;
                }
            }
        }
    }
    Ok(())
}

/// Everything else that refers to the idea goes along; its checklist is its own and goes with it.
fn move_rest(draft: &mut Draft<'_, '_>, from: Thing, into: Thing) -> Result<()> {
    for entity in [
        Entity::Comment,
        Entity::Ticket,
        Entity::AgendaItem,
        Entity::Message,
    ] {
        repoint(draft, from, into, entity, "idea")?;
    }
    let local = draft.local(from)?;
    for reference in draft
        .reader()
        .references_to(Entity::Idea, local, usize::MAX)?
    {
        if reference.entity == Entity::IdeaCheck {
            draft.delete(Thing::new(Entity::IdeaCheck, reference.key.id))?;
        }
    }
    Ok(())
}

fn repoint(
    draft: &mut Draft<'_, '_>,
    from: Thing,
    to: Thing,
    entity: Entity,
    field: &'static str,
) -> Result<()> {
    let local = draft.local(from)?;
    for reference in draft
        .reader()
        .references_to(from.entity, local, usize::MAX)?
    {
        if reference.entity == entity && reference.field == field {
            let row = Thing::new(entity, reference.key.id);
            draft.set(row, field, Value::Thing(to.id))?;
        }
    }
    Ok(())
}
