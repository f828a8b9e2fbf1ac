//! What the last import said about a thing, where others have changed it since.

use std::collections::HashMap;

use super::IMPORT;
use crate::domain::entity::{Entity, Field, Thing, Value};
use crate::domain::feedback::State;
use crate::history::error::Result;
use crate::history::fields::at_rest;
use crate::history::journal::Change;
use crate::history::undo::things;
use crate::store::{LocalId, Reader};

/// How many changes are kept in memory, so that a bulk deed is not read anew for each thing it touched.
const KEPT: usize = 200_000;

/// Reads the journal for what imports said last.
#[derive(Default)]
pub(super) struct LastImported {
    /// The import that is on its way, which is not the last one yet.
    now: Option<LocalId>,
    actions: HashMap<LocalId, HashMap<Thing, Vec<Change>>>,
    kept: usize,
}

/// What imports said about one thing.
pub(super) struct Said {
    /// Whether an import ever made or changed it.
    pub(super) anything: bool,
    /// Whether an import made it.
    imported: bool,
    /// Whether it stands as it does because a reply ended the wait for one. Somebody asked, and is to look at it: what the
    /// source says of the state by the way does not take it from them, not by importing the same file again either.
    pub(super) replied: bool,
    entity: Entity,
    fields: HashMap<&'static str, Value>,
}

impl Said {
    /// What the last import said of a field that holds `current` now.
    ///
    /// A field that nobody has changed since an import made it still holds that, so only the changed ones are kept here.
    /// Of what was made here, imports have said nothing until they set it.
    pub(super) fn of(&self, field: &'static Field, current: &Value) -> Value {
        match self.fields.get(field.name) {
            Some(said) => said.clone(),
            None if self.imported => current.clone(),
            None => at_rest(self.entity, field),
        }
    }
}

impl LastImported {
    /// What imports said before that one.
    pub(super) fn before(import: LocalId) -> Self {
        Self {
            now: Some(import),
            ..Self::default()
        }
    }

    /// What imports said about a thing.
    ///
    /// The journal is read from the making of the thing on, that one apart: what the first deed changed a field *from* is
    /// what it was made with, so the pieces of a large import need not be searched.
    pub(super) fn about(&mut self, reader: &Reader<'_>, thing: Thing) -> Result<Said> {
        let local = reader.expect(thing.entity, thing.id)?;
        let maker = reader.maker(thing.entity, local)?.unwrap_or(LocalId(0));
        let maker = reader.action(maker)?;
        let imported = maker.as_ref().is_some_and(|maker| maker.verb == IMPORT);
        let mut said = Said {
            anything: imported,
            imported,
            replied: false,
            entity: thing.entity,
            fields: HashMap::new(),
        };
        let waiting = Value::Integer(State::Waiting.code());
        let made = maker.map_or(LocalId(0), |maker| maker.key.local);
        for action in reader.later_actions_touching(thing.entity, local, made)? {
            let by_import = action.verb == IMPORT;
            if Some(action.key.local) == self.now {
                continue;
            }
            said.anything |= by_import;
            // What was undone was not said, and an undo says nothing.
            if action.undoes.is_some() || action.undone_by.is_some() {
                continue;
            }
            let changes = self.changes(reader, action.key.local)?;
            for change in changes.get(&thing).into_iter().flatten() {
                if thing.entity == Entity::Feedback && change.field.name == "state" {
                    said.replied = by_import && change.from == waiting;
                }
                if by_import {
                    said.fields.insert(change.field.name, change.to.clone());
                } else if imported {
                    said.fields
                        .entry(change.field.name)
                        .or_insert_with(|| change.from.clone());
                }
            }
        }
        Ok(said)
    }

    fn changes(
        &mut self,
        reader: &Reader<'_>,
        action: LocalId,
    ) -> Result<&HashMap<Thing, Vec<Change>>> {
        if !self.actions.contains_key(&action) {
            if self.kept > KEPT {
                self.actions.clear();
                self.kept = 0;
            }
            let mut all: HashMap<Thing, Vec<Change>> = HashMap::new();
            for sequence in 0..reader.chunk_count(action)? {
                for (thing, changes) in things(reader, action, sequence)? {
                    self.kept += changes.len();
                    all.entry(thing).or_default().extend(changes);
                }
            }
            self.actions.insert(action, all);
        }
        Ok(self.actions.entry(action).or_default())
    }
}
