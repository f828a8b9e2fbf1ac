//! Content and journal make every live row anew.
//!
//! What is shared is what the journal says: replaying every action in order, undone ones and their undos included, must
//! arrive at the live rows. Rows that are marked as deleted are left out, because undo leaves the other fields of what it
//! takes away as they were.

use std::collections::{BTreeMap, HashSet};

use super::draft::at_rest;
use super::error::{Error, Result};
use super::journal;
use crate::domain::entity::{DELETED, Entity, Field, Thing, Value};
use crate::problem::Problem;
use crate::store::{LocalId, Reader, Store};

/// How many actions are read at a time.
const BATCH: usize = 500;

/// How many differences are named.
const NAMED: usize = 100;

/// Live rows: every field of every thing.
pub type Rows = BTreeMap<Thing, Vec<Value>>;

/// Where journal and rows disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The thing.
    pub thing: Thing,
    /// The field; `None` when the thing is only in one of the two.
    pub field: Option<&'static str>,
    /// What the journal says; `None` when it knows of no such live thing.
    pub journal: Option<Value>,
    /// What the row holds; `None` when there is no such live row.
    pub row: Option<Value>,
}

/// The live rows that the journal makes.
///
/// Holds them all in memory: for tests and small workspaces; see [`compare`].
///
/// # Errors
/// When the journal cannot be read.
pub fn replay(reader: &Reader<'_>) -> Result<Rows> {
    let mut rows = Rows::new();
    for action in oldest_first(reader)? {
        for sequence in 0..reader.chunk_count(action)? {
            let Some(chunk) = reader.chunk(action, sequence)? else {
                continue;
            };
            for change in journal::decode(&chunk.data)? {
                let entity = change.thing.entity;
                let values = rows.entry(change.thing).or_insert_with(|| {
                    let fields = entity.fields().iter();
                    fields.map(|field| at_rest(entity, field)).collect()
                });
                if let Some(place) = place(entity, change.field) {
                    values[place] = change.to;
                }
            }
        }
    }
    rows.retain(|thing, values| is_live(thing.entity, values));
    Ok(rows)
}

/// The live rows as they are.
///
/// # Errors
/// When the file cannot be read.
pub fn live_rows(reader: &Reader<'_>) -> Result<Rows> {
    let mut rows = Rows::new();
    for &entity in Entity::ALL {
        reader.visit_rows(entity, |id, values| {
            if is_live(entity, &values) {
                rows.insert(Thing { entity, id }, values);
            }
            Ok::<(), Error>(())
        })?;
    }
    Ok(rows)
}

/// Where the journal and the live rows disagree; nothing when the workspace is sound. At most a hundred are named.
///
/// # Errors
/// When the file or its journal cannot be read.
pub fn compare(store: &Store) -> std::result::Result<Vec<Difference>, Problem> {
    let found: Result<Vec<Difference>> = store.read(|reader| {
        let (journal, rows) = (replay(reader)?, live_rows(reader)?);
        let things: HashSet<&Thing> = journal.keys().chain(rows.keys()).collect();
        let mut things: Vec<&Thing> = things.into_iter().collect();
        things.sort_unstable();
        let mut differences = Vec::new();
        for thing in things {
            differ(
                *thing,
                journal.get(thing),
                rows.get(thing),
                &mut differences,
            );
            if differences.len() >= NAMED {
                break;
            }
        }
        Ok(differences)
    });
    found.map_err(Problem::from)
}

fn differ(
    thing: Thing,
    journal: Option<&Vec<Value>>,
    row: Option<&Vec<Value>>,
    differences: &mut Vec<Difference>,
) {
    let mark = Value::Integer(0);
    let (Some(said), Some(held)) = (journal, row) else {
        differences.push(Difference {
            thing,
            field: None,
            journal: journal.map(|_| mark.clone()),
            row: row.map(|_| mark),
        });
        return;
    };
    for ((field, said), held) in thing.entity.fields().iter().zip(said).zip(held) {
        if said != held {
            differences.push(Difference {
                thing,
                field: Some(field.name),
                journal: Some(said.clone()),
                row: Some(held.clone()),
            });
        }
    }
}

fn oldest_first(reader: &Reader<'_>) -> Result<Vec<LocalId>> {
    let mut actions = Vec::new();
    let mut before = None;
    loop {
        let batch = reader.actions(before, BATCH)?;
        let Some(last) = batch.last() else {
            break;
        };
        before = Some(last.key.local);
        actions.extend(batch.iter().map(|action| action.key.local));
    }
    actions.reverse();
    Ok(actions)
}

fn place(entity: Entity, field: &Field) -> Option<usize> {
    let mut fields = entity.fields().iter();
    fields.position(|other| other.name == field.name)
}

fn is_live(entity: Entity, values: &[Value]) -> bool {
    let mark = entity
        .fields()
        .iter()
        .position(|field| field.name == DELETED);
    mark.and_then(|mark| values.get(mark)) == Some(&Value::Integer(0))
}
