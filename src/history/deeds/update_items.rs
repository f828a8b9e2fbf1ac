//! Update items: how it goes, for everyone who reads the plan.

use super::{code, each, refer};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::ReleaseItemId;
use crate::domain::release::Health;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words};

/// Adds an update to each item: a text, a health, or both. Undo removes it and sets the health back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    items: &[ReleaseItemId],
    text: Option<&str>,
    health: Option<Health>,
) -> Result<Words> {
    let text = text.unwrap_or_default();
    if text.trim().is_empty() && health.is_none() {
        return Err(refused("an update needs a text or a health")
            .hint("to say that nothing changed, use the key for no change")
            .into());
    }
    if health == Some(Health::Cut) {
        return Err(refused("an update cannot cut an item")
            .hint("cut it instead")
            .into());
    }
    let updated = each(draft, Entity::ReleaseItem, items, |draft, item| {
        let text = draft.write_text(text)?;
        note(draft, item, text, health)?;
        if let Some(health) = health {
            draft.set(item, "health", health.code())?;
        }
        Ok(true)
    })?;
    Ok(match health {
        Some(health) => Words::about("updated", updated, format!("({})", health.word())).by_name(),
        None => Words::about("updated", updated, ""),
    })
}

/// Records that nothing changed: an update without a text. Undo removes it.
pub(super) fn no_change(draft: &mut Draft<'_, '_>, items: &[ReleaseItemId]) -> Result<Words> {
    let updated = each(draft, Entity::ReleaseItem, items, |draft, item| {
        note(draft, item, Value::Null, None)?;
        Ok(true)
    })?;
    Ok(Words::about("reported no change on", updated, ""))
}

fn note(draft: &mut Draft<'_, '_>, item: Thing, text: Value, health: Option<Health>) -> Result<()> {
    if draft.integer(item, "health")? == Some(Health::Cut.code()) {
        let name = words::name(draft.reader(), item)?;
        return Err(refused(format!("cannot update {name}: it was cut"))
            .hint("add the idea to a release again")
            .into());
    }
    let author = draft.author()?;
    let fields = vec![
        ("release_item", Value::Thing(item.id)),
        ("text", text),
        ("health", code(health.map(Health::code))),
        ("author", refer(author)),
        ("at", Value::Integer(draft.now().0)),
    ];
    draft.create(Entity::Update, None, fields)?;
    Ok(())
}
