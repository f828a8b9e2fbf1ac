//! Content and journal make every live row anew.
//!
//! What is shared is what the journal says: replaying every action in order, undone ones and their undos included, must
//! arrive at the live rows. Rows that are marked as deleted are left out, because undo leaves the other fields of what it
//! takes away as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::ControlFlow;

use super::error::{Error, Result};
use super::fields::{at_rest, is_live, place};
use super::journal;
use super::touching;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::random_bits;
use crate::problem::{Kind, Problem};
use crate::store::{ActionRecord, Reader, Store};

/// How many actions are read at a time.
const BATCH: usize = 500;

/// How many changes are replayed at once, roughly: what they make is held in memory.
const AT_ONCE: u64 = 1_000_000;

/// How many differences are named.
const NAMED: usize = 100;

/// How many rows are read between two looks at whether to go on.
const ROWS: u64 = 1_000;

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

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thing = self.thing.entity.name();
        write!(f, "{thing} {}", self.thing.id)?;
        match (self.field, &self.journal, &self.row) {
            (Some(field), ..) => write!(f, ": the row's {field} is not what the journal says"),
            (None, None, _) => f.write_str(": the journal knows of no such thing"),
            (None, Some(_), _) => f.write_str(": the journal knows it, and there is no row"),
        }
    }
}

/// Who is told how far a comparison has come, in changes of the journal and of how many, and says whether to go on.
pub type Watch<'w> = &'w mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// How far a comparison has come.
struct Pace<'w> {
    watch: Watch<'w>,
    done: u64,
    of: u64,
}

impl Pace<'_> {
    /// So many changes more were replayed.
    fn advance(&mut self, changes: usize) -> Result<()> {
        self.done += changes as u64;
        match (self.watch)(self.done, self.of) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                let words = "stopped: the history was not compared to its end";
                Err(Problem::new(Kind::Interrupted, words).into())
            }
        }
    }
}

/// The live rows that the journal makes, as far as they are wanted.
fn replay(
    reader: &Reader<'_>,
    wanted: impl Fn(Thing) -> bool,
    pace: &mut Pace<'_>,
) -> Result<Rows> {
    let mut rows = Rows::new();
    for action in oldest_first(reader)? {
        for sequence in 0..reader.chunk_count(action.key.local)? {
            let Some(chunk) = reader.chunk(action.key.local, sequence)? else {
                continue;
            };
            let changes = journal::decode(&chunk.data)?;
            pace.advance(changes.len())?;
            for change in changes {
                if !wanted(change.thing) {
                    continue;
                }
                let entity = change.thing.entity;
                let values = rows.entry(change.thing).or_insert_with(|| {
                    let fields = entity.fields().iter();
                    fields.map(|field| at_rest(entity, field)).collect()
                });
                if let Some(place) = place(entity, change.field.name) {
                    values[place] = change.to;
                }
            }
        }
    }
    rows.retain(|thing, values| is_live(thing.entity, values));
    Ok(rows)
}

/// The live rows as they are, as far as they are wanted.
fn live_rows(
    reader: &Reader<'_>,
    wanted: impl Fn(Thing) -> bool,
    pace: &mut Pace<'_>,
) -> Result<Rows> {
    let mut rows = Rows::new();
    let mut visited = 0_u64;
    for &entity in Entity::ALL {
        reader.visit_rows(entity, |id, values| {
            visited += 1;
            if visited.is_multiple_of(ROWS) {
                pace.advance(0)?;
            }
            let thing = Thing { entity, id };
            if wanted(thing) && is_live(entity, &values) {
                rows.insert(thing, values);
            }
            Ok::<(), Error>(())
        })?;
    }
    Ok(rows)
}

/// Where the journal and the live rows disagree; nothing when the workspace is sound. At most a hundred are named.
///
/// A large workspace is compared in several parts, so that memory stays bounded; each reads the whole journal.
///
/// # Errors
/// When the file or its journal cannot be read, and [`Kind::Interrupted`] when `watch` breaks it off.
pub fn compare_watched(
    store: &Store,
    watch: Watch<'_>,
) -> std::result::Result<Vec<Difference>, Problem> {
    let found = store.read(|reader| {
        let changes = changes(reader)?;
        compare_in_parts(reader, 1 + changes / AT_ONCE, changes, watch)
    });
    found.map_err(Problem::from)
}

/// The same where nobody waits for it.
#[cfg(test)]
pub(crate) fn compare(store: &Store) -> std::result::Result<Vec<Difference>, Problem> {
    store.read(differences).map_err(Problem::from)
}

/// The same as one sees it who is reading already.
pub(super) fn differences(reader: &Reader<'_>) -> Result<Vec<Difference>> {
    let changes = changes(reader)?;
    let watch = &mut |_, _| ControlFlow::Continue(());
    compare_in_parts(reader, 1 + changes / AT_ONCE, changes, watch)
}

/// How many changes the journal holds.
fn changes(reader: &Reader<'_>) -> Result<u64> {
    let actions = oldest_first(reader)?;
    Ok(actions.iter().map(|action| action.changes).sum())
}

fn compare_in_parts(
    reader: &Reader<'_>,
    parts: u64,
    changes: u64,
    watch: Watch<'_>,
) -> Result<Vec<Difference>> {
    let mut pace = Pace {
        watch,
        done: 0,
        of: parts * changes,
    };
    let mut differences = Vec::new();
    for part in 0..parts {
        let wanted = |thing: Thing| random_bits(thing.id) % parts == part;
        let journal = replay(reader, wanted, &mut pace)?;
        let rows = live_rows(reader, wanted, &mut pace)?;
        let things: BTreeSet<&Thing> = journal.keys().chain(rows.keys()).collect();
        for thing in things {
            differ(
                *thing,
                journal.get(thing),
                rows.get(thing),
                &mut differences,
            );
            if differences.len() >= NAMED {
                return Ok(differences);
            }
        }
    }
    Ok(differences)
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

/// Computes everything that is derived anew: what the journal tells, then what the rows do. Answers which tables and indexes
/// were made anew before, because they were damaged or missing.
///
/// # Errors
/// Where there is other damage, which this does not mend: nothing is changed then. When the file cannot be read or written, or its journal cannot be read.
pub fn rebuild_derived(store: &mut Store) -> std::result::Result<Vec<String>, Problem> {
    let damaged = store.curable()?;
    let done: Result<()> = store.write(|writer| {
        writer.remake(&damaged)?;
        // First, because when an idea changed last is read from the actions that are about it.
        touching::rebuild(writer)?;
        Ok(writer.rebuild_derived()?)
    });
    done.map_err(Problem::from)?;
    if damaged.leaves_pages() {
        store.give_back()?;
    }
    Ok(damaged.words())
}

/// Every action, the oldest first.
pub(super) fn oldest_first(reader: &Reader<'_>) -> Result<Vec<ActionRecord>> {
    let mut actions: Vec<ActionRecord> = Vec::new();
    loop {
        let before = actions.last().map(|action| action.key.local);
        let batch = reader.actions(before, BATCH)?;
        if batch.is_empty() {
            break;
        }
        actions.extend(batch);
    }
    actions.reverse();
    Ok(actions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::{Deed, Subject};
    use crate::domain::listing::IdeaQuery;
    use crate::history::tests::world::{World, queue};
    use crate::store::StoreError;

    #[test]
    fn a_rebuild_leaves_when_an_idea_changed_last() {
        let mut world = World::new();
        let idea = world.idea("Themes");
        let changed = |world: &World| {
            let ideas = world
                .store
                .read(|reader| reader.ideas(&IdeaQuery::default()));
            ideas.expect("ideas")[0].changed
        };
        let first = changed(&world);
        // Its timeline tells of it, but it is as it was.
        world.context.now = world.context.now.plus(1_000);
        world.done(queue(Subject::Idea(idea)));
        assert_eq!(changed(&world), first);
        rebuild_derived(&mut world.store).expect("rebuilt");
        assert_eq!(changed(&world), first);
    }

    #[test]
    fn what_did_not_pass_the_journal_is_found_in_any_number_of_parts() {
        let mut world = World::new();
        let feedback = world.feedback("a");
        world.idea("b");
        world.done(Deed::Archive {
            feedback: vec![feedback],
        });
        let mut told = Vec::new();
        let mut watch = |done, of| {
            told.push((done, of));
            ControlFlow::Continue(())
        };
        assert_eq!(compare_watched(&world.store, &mut watch), Ok(Vec::new()));
        assert!(told.is_sorted(), "{told:?}");
        assert!(told.last().is_some_and(|(done, of)| done == of), "{told:?}");
        let stopped = compare_watched(&world.store, &mut |_, _| ControlFlow::Break(()));
        assert_eq!(
            stopped.map_err(|problem| problem.kind),
            Err(Kind::Interrupted)
        );
        let field = Entity::Feedback.field("votes").expect("a field");
        let forged: std::result::Result<(), StoreError> = world.store.write(|writer| {
            let local = writer.expect(Entity::Feedback, feedback.0)?;
            writer.set(Entity::Feedback, local, field, &Value::Integer(9))?;
            let action = writer.actions(None, 1)?[0].key.local;
            writer.insert(Entity::Idea, uuid::Uuid::from_u128(7), action, &[])?;
            Ok(())
        });
        forged.expect("forged");
        for parts in [1, 2, 5] {
            let watch: Watch<'_> = &mut |_, _| ControlFlow::Continue(());
            let found: Result<Vec<Difference>> = world
                .store
                .read(|reader| compare_in_parts(reader, parts, 1, watch));
            let mut found = found.expect("compares");
            found.sort_by_key(|difference| difference.thing);
            assert_eq!(found.len(), 2, "{found:?}");
            assert_eq!(found[0].field, Some("votes"));
            assert_eq!(found[0].journal, Some(Value::Integer(0)));
            assert_eq!(found[0].row, Some(Value::Integer(9)));
            assert_eq!((found[1].field, &found[1].journal), (None, &None));
        }
    }
}
