//! What the last import said about a thing, where others have changed it since.

use std::collections::HashMap;

use super::IMPORT;
use crate::domain::entity::{Thing, Value};
use crate::history::error::Result;
use crate::history::journal::Change;
use crate::history::undo::things;
use crate::store::{ActionRecord, LocalId, Reader};

/// How many changes are kept in memory, so that a bulk deed is not read anew for each thing it touched.
const KEPT: usize = 200_000;

/// Reads the journal for what imports said last.
#[derive(Default)]
pub(super) struct LastImported {
    actions: HashMap<LocalId, HashMap<Thing, Vec<Change>>>,
    kept: usize,
}

/// What imports said about one thing.
pub(super) struct Said {
    /// Whether an import ever made or changed it.
    pub(super) anything: bool,
    fields: HashMap<&'static str, Value>,
}

impl Said {
    /// What the last import said of a field that holds `current` now.
    ///
    /// A field that nobody has changed since still holds it, so only the changed ones are kept here.
    pub(super) fn of<'v>(&'v self, field: &str, current: &'v Value) -> &'v Value {
        self.fields.get(field).unwrap_or(current)
    }
}

impl LastImported {
    /// What imports said about a thing.
    ///
    /// The journal is read from the making of the thing on, that one apart: what the first deed changed a field *from* is
    /// what it was made with, so the pieces of a large import need not be searched.
    pub(super) fn about(&mut self, reader: &Reader<'_>, thing: Thing) -> Result<Said> {
        let local = reader.expect(thing.entity, thing.id)?;
        let maker = reader.maker(thing.entity, local)?.unwrap_or(LocalId(0));
        let mut said = Said {
            anything: match reader.action(maker)? {
                Some(action) => of_import(reader, &action)?,
                None => false,
            },
            fields: HashMap::new(),
        };
        for action in reader.later_actions_touching(thing.entity, local, maker)? {
            let by_import = of_import(reader, &action)?;
            said.anything |= by_import;
            let changes = self.changes(reader, action.key.local)?;
            for change in changes.get(&thing).into_iter().flatten() {
                if by_import {
                    said.fields.insert(change.field.name, change.to.clone());
                } else {
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

/// Whether an action is an import, or the undo or redo of one.
fn of_import(reader: &Reader<'_>, action: &ActionRecord) -> Result<bool> {
    let mut undoes = action.undoes;
    let mut verb = action.verb.clone();
    while let Some(key) = undoes {
        let Some(original) = reader.action(key.local)? else {
            break;
        };
        undoes = original.undoes;
        verb = original.verb;
    }
    Ok(verb == IMPORT)
}
