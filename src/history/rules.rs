//! What must hold of live rows whatever is undone.
//!
//! Deeds check these rules as they go; a reversal sets fields back one by one and looks at the result here.

use super::deeds::missing_rule;
use super::error::Result;
use super::journal::Change;
use super::obstacle::{self, Found};
use crate::domain::entity::{DELETED, Entity, Kind, Thing, Value};
use crate::domain::release::Health;
use crate::store::{LocalId, Reader};

/// How many rows that refer to a thing are named as what keeps it.
const NAMED: usize = 3;

/// How long a chain of duplicates may be before it is taken for a circle.
const LONGEST_CHAIN: usize = 1_000;

/// Looks at a thing after those changes to it were reversed, and adds what is wrong with it.
pub(super) fn check(
    reader: &Reader<'_>,
    thing: Thing,
    changes: &[Change],
    found: &mut Vec<Found>,
) -> Result<()> {
    let local = reader.expect(thing.entity, thing.id)?;
    if reader.is_live(thing.entity, local)? {
        references(reader, thing, local, found)?;
        match thing.entity {
            Entity::Idea => status(reader, thing, thing, found)?,
            Entity::ReleaseItem => place(reader, thing, local, found)?,
            Entity::Release => name(reader, thing, local, found)?,
            Entity::Feedback => circle(reader, thing, found)?,
            _ => {}
        }
    } else if changes.iter().any(|change| change.field.name == DELETED) {
        for reference in reader.references_to(thing.entity, local, NAMED)? {
            found.push(obstacle::needed(reader, thing, &reference)?);
        }
    } else {
        found.push(obstacle::gone(reader, thing)?);
    }
    if thing.entity == Entity::ReleaseItem {
        ideas_of(reader, thing, local, changes, found)?;
    }
    Ok(())
}

fn value(reader: &Reader<'_>, thing: Thing, local: LocalId, field: &str) -> Result<Value> {
    let field = super::fields::field_of(thing.entity, field)?;
    Ok(reader.value(thing.entity, local, field)?)
}

/// What a live row refers to is live.
fn references(
    reader: &Reader<'_>,
    thing: Thing,
    local: LocalId,
    found: &mut Vec<Found>,
) -> Result<()> {
    let values = reader.values(thing.entity, local)?;
    for (field, value) in thing.entity.fields().iter().zip(values) {
        if let (Kind::Thing(entity), Value::Thing(id)) = (field.kind, value)
            && !reader.is_live(entity, reader.expect(entity, id)?)?
        {
            let referred = Thing { entity, id };
            found.push(obstacle::missing(reader, thing, field, referred)?);
        }
    }
    Ok(())
}

/// Planned has a release, Won't Do a reason.
fn status(reader: &Reader<'_>, idea: Thing, blame: Thing, found: &mut Vec<Found>) -> Result<()> {
    let local = reader.expect(Entity::Idea, idea.id)?;
    if reader.is_live(Entity::Idea, local)?
        && let Some(rule) = missing_rule(reader, idea)?
    {
        let blame = vec![idea, blame];
        found.push(obstacle::rule(reader, idea, "status", rule, blame)?);
    }
    Ok(())
}

/// The ideas which have or had a release item still keep their rules.
fn ideas_of(
    reader: &Reader<'_>,
    item: Thing,
    local: LocalId,
    changes: &[Change],
    found: &mut Vec<Found>,
) -> Result<()> {
    let mut ideas = vec![value(reader, item, local, "idea")?];
    let moved = changes.iter().filter(|change| change.field.name == "idea");
    ideas.extend(moved.flat_map(|change| [change.from.clone(), change.to.clone()]));
    ideas.dedup();
    for idea in ideas {
        if let Value::Thing(id) = idea {
            status(reader, Thing::new(Entity::Idea, id), item, found)?;
        }
    }
    Ok(())
}

/// An idea is once in a release, cut items apart.
fn place(reader: &Reader<'_>, item: Thing, local: LocalId, found: &mut Vec<Found>) -> Result<()> {
    let cut = Value::Integer(Health::Cut.code());
    let (Value::Thing(idea), release) = (
        value(reader, item, local, "idea")?,
        value(reader, item, local, "release")?,
    ) else {
        return Ok(());
    };
    if value(reader, item, local, "health")? == cut {
        return Ok(());
    }
    let idea = reader.expect(Entity::Idea, idea)?;
    let twin = reader.items_of_idea(idea)?.into_iter().any(|other| {
        other.key.id != item.id
            && Value::Thing(other.release.id) == release
            && other.health != Health::Cut.code()
    });
    if twin {
        let rule = "it would be in the same release twice";
        found.push(obstacle::rule(reader, item, "release", rule, vec![item])?);
    }
    Ok(())
}

/// No two releases have one name. There are few, so they are all looked at.
fn name(reader: &Reader<'_>, release: Thing, local: LocalId, found: &mut Vec<Found>) -> Result<()> {
    let Value::Text(name) = value(reader, release, local, "name")? else {
        return Ok(());
    };
    for (id, _) in reader.rows(Entity::Release)? {
        let other = Thing::new(Entity::Release, id);
        let local = reader.expect(other.entity, id)?;
        let same = matches!(value(reader, other, local, "name")?,
            Value::Text(text) if text.eq_ignore_ascii_case(&name));
        if other != release && same && reader.is_live(other.entity, local)? {
            let rule = "there is another release of that name now";
            let blame = vec![release];
            found.push(obstacle::rule(reader, release, "name", rule, blame)?);
            return Ok(());
        }
    }
    Ok(())
}

/// Duplicates lead to an original.
fn circle(reader: &Reader<'_>, feedback: Thing, found: &mut Vec<Found>) -> Result<()> {
    let mut next = feedback;
    for _ in 0..LONGEST_CHAIN {
        let local = reader.expect(Entity::Feedback, next.id)?;
        match value(reader, next, local, "duplicate_of")? {
            Value::Thing(id) if id == feedback.id => {
                let rule = "it would be a duplicate of itself";
                found.push(obstacle::rule(
                    reader,
                    feedback,
                    "duplicate of",
                    rule,
                    vec![feedback],
                )?);
                return Ok(());
            }
            Value::Thing(id) => next = Thing::new(Entity::Feedback, id),
            _ => return Ok(()),
        }
    }
    Ok(())
}
