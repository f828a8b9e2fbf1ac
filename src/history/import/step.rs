//! What an import does to the workspace, as plain data: looking makes the steps, and only doing them writes.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::entity::{DELETED, Entity, Field, Thing, Value};
use crate::history::deeds;
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::position;
use crate::store::NewContent;

/// One thing that an import does.
pub(super) enum Step<'r> {
    /// Keeps a free text, which a later step refers to.
    Keep(Uuid, NewContent<'r>),
    /// Keeps a revision that differs from the one before it by its title alone.
    Retitle {
        /// The revision that is made.
        id: Uuid,
        /// Its title.
        title: &'r str,
        /// Text of the one before.
        body: String,
        /// The HTML that it was made from.
        original: Option<String>,
        /// The one before.
        previous: Uuid,
    },
    /// Makes a thing of which whoever looked knows that it is not there, with these fields, none of which is nothing.
    New(Thing, Vec<(&'static Field, Value)>),
    /// Makes a thing, or brings it back.
    Make(Thing, Vec<(&'static str, Value)>),
    /// Sets a field.
    Set(Thing, &'static str, Value),
    /// Puts an idea at the end of a release, by an item of that identity.
    Place {
        /// The item that is made.
        item: Uuid,
        /// The idea.
        idea: Uuid,
        /// The release.
        release: Uuid,
        /// The code of its health there.
        health: i64,
    },
    /// Moves a release item to the end of another release.
    Move {
        /// The item.
        item: Thing,
        /// The release.
        release: Uuid,
    },
}

impl Step<'_> {
    /// Takes a thing away.
    pub(super) fn delete(thing: Thing) -> Self {
        Self::Set(thing, DELETED, Value::Integer(1))
    }

    /// The things to which it refers, and which have to be there.
    pub(super) fn references(&self) -> Vec<Uuid> {
        match self {
            Self::Keep(..) | Self::Retitle { .. } => Vec::new(),
            Self::New(_, fields) => fields.iter().filter_map(|(_, v)| reference(v)).collect(),
            Self::Make(_, fields) => fields.iter().filter_map(|(_, v)| reference(v)).collect(),
            Self::Set(_, _, value) => reference(value).into_iter().collect(),
            Self::Place { release, .. } | Self::Move { release, .. } => vec![*release],
        }
    }
}

/// The thing that a value refers to.
pub(super) const fn reference(value: &Value) -> Option<Uuid> {
    match value {
        Value::Thing(id) => Some(*id),
        _ => None,
    }
}

/// Does the steps of an import.
#[derive(Default)]
pub(super) struct Doing {
    /// The last position of each release that something was put into, so that a long release is read once.
    ends: HashMap<Uuid, String>,
}

impl Doing {
    /// Does steps, in order.
    pub(super) fn all(&mut self, draft: &mut Draft<'_, '_>, steps: Vec<Step<'_>>) -> Result<()> {
        for step in steps {
            self.one(draft, step)?;
        }
        Ok(())
    }

    fn one(&mut self, draft: &mut Draft<'_, '_>, step: Step<'_>) -> Result<()> {
        match step {
            Step::Keep(id, content) => draft.keep(id, &content)?,
            Step::Retitle {
                id,
                title,
                body,
                original,
                previous,
            } => {
                let content = NewContent {
                    title: Some(title),
                    body: &body,
                    original: original.as_deref(),
                    previous: Some(previous),
                    packed: None,
                };
                draft.keep(id, &content)?;
            }
            Step::New(thing, fields) => draft.create_new(thing, fields)?,
            Step::Make(thing, fields) => {
                draft.create(thing.entity, Some(thing.id), fields)?;
            }
            Step::Set(thing, field, value) => {
                draft.set(thing, field, value)?;
            }
            Step::Place {
                item,
                idea,
                release,
                health,
            } => {
                let fields = vec![
                    ("release", Value::Thing(release)),
                    ("idea", Value::Thing(idea)),
                    ("position", self.end_of(draft, release)?),
                    ("health", Value::Integer(health)),
                ];
                draft.create(Entity::ReleaseItem, Some(item), fields)?;
            }
            Step::Move { item, release } => {
                let end = self.end_of(draft, release)?;
                draft.set(item, "release", Value::Thing(release))?;
                draft.set(item, "position", end)?;
            }
        }
        Ok(())
    }

    /// The position after all items of a release.
    fn end_of(&mut self, draft: &Draft<'_, '_>, release: Uuid) -> Result<Value> {
        let end = match self.ends.get(&release) {
            Some(last) => position::after(Some(last)),
            None => deeds::end_of(draft, Thing::new(Entity::Release, release))?,
        };
        self.ends.insert(release, end.clone());
        Ok(Value::Text(end))
    }
}
