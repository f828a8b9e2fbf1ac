//! Product areas.

use super::{named, refer};
use crate::domain::deed::AreaEdit;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::determined;
use crate::history::draft::{Draft, is_there};
use crate::history::error::Result;
use crate::history::words::{Words, slot};
use crate::store::Reader;

/// Makes or changes an area, its owner and its keywords. Undo takes all of it back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, name: &str, edit: &AreaEdit) -> Result<Words> {
    let (area, known) = area_named(draft.reader(), name)?;
    if !known {
        let fields = vec![("name", Value::Text(name.trim().to_owned()))];
        draft.create(Entity::Area, Some(area.id), fields)?;
    }
    let mut changed = !known;
    if let Some(owner) = &edit.owner {
        let person = owner
            .as_ref()
            .map(|handle| draft.person(handle))
            .transpose()?;
        changed |= draft.set(area, "owner", refer(person))?;
    }
    for keyword in &edit.remove_keywords {
        let thing = keyword_of(area, keyword);
        if draft.reader().find(thing.entity, thing.id)?.is_some() {
            changed |= draft.delete(thing)?;
        }
    }
    for keyword in &edit.add_keywords {
        changed |= add_keyword(draft, area, keyword)?;
    }
    Ok(match (known, changed) {
        (false, _) => Words::plain(format!("added area {}", slot(area))),
        (true, true) => Words::plain(format!("changed area {}", slot(area))),
        (true, false) => Words::plain("nothing to change"),
    })
}

/// The area of that name, there or not; and whether it is there.
///
/// It is found by name, or by the identity that follows from its name whatever the case of its letters.
pub(in crate::history) fn area_named(reader: &Reader<'_>, name: &str) -> Result<(Thing, bool)> {
    let name = named("the name of an area", name)?;
    if let Some(key) = reader.area_by_name(name)? {
        return Ok((Thing::new(Entity::Area, key.id), true));
    }
    let id = determined("area", &[name.to_lowercase().as_bytes()]);
    let area = Thing::new(Entity::Area, id);
    Ok((area, is_there(reader, area)?))
}

fn keyword_of(area: Thing, keyword: &str) -> Thing {
    let folded = keyword.trim().to_lowercase();
    let id = determined("area_keyword", &[area.id.as_bytes(), folded.as_bytes()]);
    Thing::new(Entity::AreaKeyword, id)
}

fn add_keyword(draft: &mut Draft<'_, '_>, area: Thing, keyword: &str) -> Result<bool> {
    let keyword = named("a keyword", keyword)?;
    let thing = keyword_of(area, keyword);
    if draft.is_live(thing)? {
        return Ok(false);
    }
    let fields = vec![
        ("area", Value::Thing(area.id)),
        ("keyword", Value::Text(keyword.to_owned())),
    ];
    draft.create(Entity::AreaKeyword, Some(thing.id), fields)?;
    Ok(true)
}
