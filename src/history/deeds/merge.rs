//! Merge: two ideas are one.

use super::placing;
use super::{code, edit_ideas, insight_key};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::IdeaId;
use crate::domain::idea::Status;
use crate::domain::release::Health;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words, slot};

/// Moves what hangs on `from` to `into`, and retires `from`. A twin (the same feedback linked to both, both in the same
/// release) is dropped, and what hangs on it (a quote, updates) goes to the one that stays. That has the status of whichever was further
/// ([`Status::of_both`]). Undo takes all of it back.
///
/// # Errors
/// When one of them will not be done, and the other may be.
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
    let before = status(draft, into)?;
    let both = of_both(draft, from, into)?;
    let timeframe = draft.value(from, "timeframe")?;
    move_insights(draft, from, into)?;
    move_items(draft, from, into)?;
    move_rest(draft, from, into)?;
    draft.set(from, "merged_into", Value::Thing(into.id))?;
    draft.delete(from)?;
    // What came along may have planned it.
    let now = status(draft, into)?;
    let now = both.of_both(now).unwrap_or(now);
    draft.set(into, "status", now.code())?;
    // When it comes was said of the one that was further.
    if both != before && timeframe != Value::Null {
        draft.set(into, "timeframe", timeframe)?;
    }
    edit_ideas::check(draft, into)?;
    let mut rest = format!("into {}", slot(into));
    if now != before {
        rest.push_str(&format!(", which is {} now", now.word()));
    }
    Ok(Words::about("merged", vec![from], rest))
}

fn status(draft: &Draft<'_, '_>, idea: Thing) -> Result<Status> {
    Ok(placing::status(draft, idea)?.unwrap_or(Status::New))
}

/// The status of whichever is further.
fn of_both(draft: &Draft<'_, '_>, from: Thing, into: Thing) -> Result<Status> {
    let (going, staying) = (status(draft, from)?, status(draft, into)?);
    if let Some(both) = going.of_both(staying) {
        return Ok(both);
    }
    let (from, into) = (
        words::name(draft.reader(), from)?,
        words::name(draft.reader(), into)?,
    );
    let (declined, open) = match going {
        Status::WontDo => (&from, &into),
        _ => (&into, &from),
    };
    let problem = format!(
        "cannot merge {from} into {into}: one is {} and the other {}",
        going.word(),
        staying.word()
    );
    Err(refused(problem)
        .hint(format!(
            "say Won't Do to {open} too, or give {declined} another status, and merge them then"
        ))
        .into())
}

/// The identity of a link follows from its two ends, so it is made anew at the other idea with what the old one said.
fn move_insights(draft: &mut Draft<'_, '_>, from: Thing, into: Thing) -> Result<()> {
    let local = draft.local(from)?;
    for link in draft.reader().insights_of_idea(local)? {
        let old = Thing::new(Entity::Insight, link.key.id);
        let id = insight_key(link.feedback.id, into.id);
        let twin = Thing::new(Entity::Insight, id);
        if draft.is_live(twin)? {
            complete(draft, twin, old)?;
        } else {
            let mut fields = vec![
                ("feedback", Value::Thing(link.feedback.id)),
                ("idea", Value::Thing(into.id)),
                ("importance", draft.value(old, "importance")?),
            ];
            fields.extend(quote(draft, old)?);
            draft.create(Entity::Insight, Some(id), fields)?;
        }
        draft.delete(old)?;
    }
    Ok(())
}

/// Of two links of the same feedback the one that stays keeps its quote, and gets that of the other where it has none; and
/// the higher importance of both.
fn complete(draft: &mut Draft<'_, '_>, stays: Thing, goes: Thing) -> Result<()> {
    let said = draft.integer(stays, "importance")?;
    let importance = said.max(draft.integer(goes, "importance")?);
    let mut fields = vec![("importance", code(importance))];
    if draft.value(stays, "quote")? == Value::Null {
        fields.extend(quote(draft, goes)?);
    }
    draft.set_all(stays, fields)?;
    Ok(())
}

/// The passage that a link quotes.
fn quote(draft: &Draft<'_, '_>, link: Thing) -> Result<[(&'static str, Value); 3]> {
    Ok([
        ("quote", draft.value(link, "quote")?),
        ("quote_start", draft.value(link, "quote_start")?),
        ("quote_end", draft.value(link, "quote_end")?),
    ])
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
