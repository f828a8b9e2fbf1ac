//! Which things an action is about beside those that it made: by this they find it in their timelines.
//!
//! It is noted with each chunk of changes, and can be computed anew from the journal. What hangs on what may have changed
//! since; so the journal is read from its end, and every reference that an action changed is taken back on the way.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::error::Result;
use super::fields::hangs_on;
use super::journal::{self, Change};
use super::open::Done;
use super::rebuild::oldest_first;
use super::undo::makes;
use crate::domain::entity::{Field, Kind, Thing, Value};
use crate::domain::id::ByIdentity;
use crate::store::{LocalId, Writer};

/// The things which these changes of one action are about: what they changed, and what the rows hang on that they changed
/// (a comment is part of the timeline of its feedback). `value` answers what a field held when the changes were done.
pub(super) fn about(
    changes: &[Change],
    value: impl Fn(Thing, &'static Field) -> Result<Value>,
) -> Result<BTreeSet<Thing>> {
    let made = changes.iter().filter(|change| makes(change));
    let made = made.map(|change| change.thing).collect();
    let mut about = BTreeSet::new();
    tell(&mut about, &made, changes);
    hung_on(&mut about, value)?;
    Ok(about)
}

/// Thereof those that tell themselves what was done to these things.
pub(super) fn told(things: &[Done]) -> BTreeSet<Thing> {
    let made: Made = things.iter().filter_map(Done::made).collect();
    let mut about = BTreeSet::new();
    for done in things {
        match done {
            Done::Changed(changes) => tell(&mut about, &made, changes),
            Done::Made(thing, fields) => {
                let parents = fields.iter();
                let parents = parents.filter_map(|(field, value)| parent(*thing, field, value));
                about.extend(parents.filter(|parent| !made.contains(parent)));
            }
        }
    }
    about
}

/// What was made.
type Made = HashSet<Thing, ByIdentity>;

fn tell(about: &mut BTreeSet<Thing>, made: &Made, changes: &[Change]) {
    let mut changed = None;
    for change in changes.iter().filter(|change| change.from != change.to) {
        if changed != Some(change.thing) && !made.contains(&change.thing) {
            about.insert(change.thing);
        }
        changed = Some(change.thing);
        // What moves from one to another is part of both their timelines.
        let values = [&change.from, &change.to];
        let parents = values.map(|value| parent(change.thing, change.field, value));
        let parents = parents.into_iter().flatten();
        about.extend(parents.filter(|parent| !made.contains(parent)));
    }
}

/// Adds what those hang on by their rows: what was made tells it by its changes.
pub(super) fn hung_on(
    about: &mut BTreeSet<Thing>,
    value: impl Fn(Thing, &'static Field) -> Result<Value>,
) -> Result<()> {
    let changed: Vec<Thing> = about.iter().copied().collect();
    for thing in changed {
        for field in references(thing) {
            let parent = parent(thing, field, &value(thing, field)?);
            about.extend(parent);
        }
    }
    Ok(())
}

/// Notes that an action is about these things, apart from those that it made.
pub(super) fn note(
    writer: &mut Writer<'_>,
    action: LocalId,
    things: impl IntoIterator<Item = Thing>,
) -> Result<()> {
    for thing in things {
        let local = writer.expect(thing.entity, thing.id)?;
        writer.touch(thing.entity, local, action)?;
    }
    Ok(())
}

/// Computes anew, from the journal, which actions are about which things. Undo and redo are about what they reverse and
/// are found through that, so they are left out.
pub(super) fn rebuild(writer: &mut Writer<'_>) -> Result<()> {
    writer.forget_touched()?;
    // What a reference held before the actions that have been read so far; of the others the rows still tell.
    let mut before: HashMap<(Thing, &str), Value> = HashMap::new();
    for action in oldest_first(writer)?.into_iter().rev() {
        let local = action.key.local;
        for sequence in (0..writer.chunk_count(local)?).rev() {
            let Some(chunk) = writer.chunk(local, sequence)? else {
                continue;
            };
            let changes = journal::decode(&chunk.data)?;
            if action.undoes.is_none() {
                let things = about(&changes, |thing, field| {
                    match before.get(&(thing, field.name)) {
                        Some(value) => Ok(value.clone()),
                        None => {
                            let row = writer.expect(thing.entity, thing.id)?;
                            Ok(writer.value(thing.entity, row, field)?)
                        }
                    }
                })?;
                note(writer, local, things)?;
            }
            let made: BTreeSet<Thing> = changes
                .iter()
                .filter(|c| makes(c))
                .map(|c| c.thing)
                .collect();
            for change in changes {
                let refers = matches!(change.field.kind, Kind::Thing(to) if hangs_on(change.thing.entity, to));
                if refers && !made.contains(&change.thing) {
                    before.insert((change.thing, change.field.name), change.from);
                }
            }
        }
    }
    Ok(())
}

/// The fields by which a thing hangs on others.
fn references(thing: Thing) -> impl Iterator<Item = &'static Field> {
    let refers =
        move |field: &&Field| matches!(field.kind, Kind::Thing(to) if hangs_on(thing.entity, to));
    thing.entity.fields().iter().filter(refers)
}

/// The thing on which another hangs by a field with that value.
fn parent(thing: Thing, field: &Field, value: &Value) -> Option<Thing> {
    match (field.kind, value) {
        (Kind::Thing(entity), Value::Thing(id)) if hangs_on(thing.entity, entity) => {
            Some(Thing { entity, id: *id })
        }
        _ => None,
    }
}
