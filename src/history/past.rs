//! How the release plan stood at a moment, and what changed in it since.
//!
//! The rows tell how things are; the journal tells what each field was before. Going back takes the rows as they are and
//! puts into every field that changed since what the oldest of those changes found there:
//!
//! ```text
//!   health of an item      on track ──A──> at risk ──B──> cut         A, B: actions; the journal keeps from and to
//!                              ▲    moment
//!                              └──── the `from` of A, the oldest change after the moment
//! ```
//!
//! What was made since is left out by the action that made it. Undo and redo are actions like any other, so nothing about
//! them is special here. Read are only actions since then, and of these only those that are about the plan.

mod decided;

pub use decided::decided;

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use super::error::Result;
use super::fields::{chosen, is_live, place};
use super::journal;
use crate::domain::difference::{self, PlanDifference};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{IdeaId, ReleaseId, ReleaseItemId, ShortId};
use crate::domain::idea::{Effort, Stage, Status};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::release::{
    Health, PlannedRelease, Release, ReleaseItem, ReleaseKind, ReleasePlan, ReleaseState, Update,
};
use crate::problem::Problem;
use crate::store::{Key, LocalId, Reader, Store, tie};

/// What the plan is made of.
const PLAN: [Entity; 4] = [
    Entity::Release,
    Entity::ReleaseItem,
    Entity::Idea,
    Entity::Update,
];

/// The release plan as it stood at `at`, without the demand of its ideas.
///
/// # Errors
/// When the file or its journal cannot be read.
pub fn plan_at(store: &Store, at: Moment) -> std::result::Result<ReleasePlan, Problem> {
    store
        .read(|reader| plan_of(reader, at))
        .map_err(Problem::from)
}

/// What changed in the release plan from `since` to `until`, which is now where it is not given.
///
/// # Errors
/// As [`plan_at`].
pub fn difference(
    store: &Store,
    since: Moment,
    until: Option<Moment>,
) -> std::result::Result<PlanDifference, Problem> {
    let done: Result<PlanDifference> = store.read(|reader| {
        let before = plan_of(reader, since)?;
        let after = match until {
            Some(until) => plan_of(reader, until)?,
            None => reader.release_plan(None)?,
        };
        Ok(difference::between(&before, &after))
    });
    done.map_err(Problem::from)
}

/// Those of these ideas which were no more than a beta at `then`.
///
/// # Errors
/// As [`plan_at`].
pub fn ideas_in_beta(
    reader: &Reader<'_>,
    ideas: &[IdeaId],
    then: Moment,
) -> std::result::Result<HashSet<IdeaId>, Problem> {
    let early = |stage| matches!(stage, Some(Stage::Experimental | Stage::Beta));
    let found = ideas_at(reader, ideas, then).map_err(Problem::from)?;
    let mut in_beta = HashSet::new();
    for row in &found {
        let stage = row.choice("stage", Stage::from_code);
        if early(stage.map_err(Problem::from)?) {
            in_beta.insert(IdeaId(row.key.id));
        }
    }
    Ok(in_beta)
}

/// Those of these ideas which were released at `then` already.
///
/// # Errors
/// As [`plan_at`].
pub fn ideas_released(
    reader: &Reader<'_>,
    ideas: &[IdeaId],
    then: Moment,
) -> std::result::Result<HashSet<IdeaId>, Problem> {
    let released = Some(Status::Released.code());
    let found = ideas_at(reader, ideas, then).map_err(Problem::from)?;
    let found = found.iter().filter(|row| row.integer("status") == released);
    Ok(found.map(|row| IdeaId(row.key.id)).collect())
}

/// Those of these ideas that were live then, as they were.
fn ideas_at(reader: &Reader<'_>, ideas: &[IdeaId], then: Moment) -> Result<Vec<Row>> {
    let mut past = Past::to(reader, then)?;
    let mut rows = Vec::new();
    for idea in ideas {
        rows.extend(past.idea(idea.0)?);
    }
    Ok(rows)
}

fn plan_of(reader: &Reader<'_>, at: Moment) -> Result<ReleasePlan> {
    let mut past = Past::to(reader, at)?;
    let releases = past.known(Entity::Release)?;
    let items = past.known(Entity::ReleaseItem)?;
    past.plan(&releases, &items)
}

/// A row as it was.
struct Row {
    key: Key,
    entity: Entity,
    values: Vec<Value>,
}

impl Row {
    fn value(&self, field: &str) -> &Value {
        place(self.entity, field).map_or(&Value::Null, |place| &self.values[place])
    }

    fn live(&self) -> bool {
        is_live(self.entity, &self.values)
    }

    fn integer(&self, field: &str) -> Option<i64> {
        match self.value(field) {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// A choice; `None` where the field was empty.
    fn choice<T>(&self, field: &str, from_code: fn(i64) -> Option<T>) -> Result<Option<T>> {
        let thing = Thing::new(self.entity, self.key.id);
        let code = self.integer(field);
        code.map(|code| chosen(thing, field, code, from_code))
            .transpose()
    }

    fn text(&self, field: &str) -> &str {
        match self.value(field) {
            Value::Text(text) => text,
            _ => "",
        }
    }

    fn id(&self, field: &str) -> Option<Uuid> {
        match self.value(field) {
            Value::Thing(id) | Value::Content(id) => Some(*id),
            _ => None,
        }
    }
}

/// The way back to an action.
struct Past<'r> {
    reader: &'r Reader<'r>,
    /// Of which things the changes are read.
    entities: &'static [Entity],
    /// The last action that counts.
    last: LocalId,
    /// The later actions that were read.
    read: HashSet<LocalId>,
    /// What a field was before the oldest change of it that was read.
    before: HashMap<(Thing, &'static str), Found>,
}

/// What a change found in its field.
struct Found {
    /// The action and the chunk of the change: what is smaller is older.
    at: (LocalId, u32),
    value: Value,
}

impl<'r> Past<'r> {
    /// The way back to a moment, with what was undone and redone since.
    fn to(reader: &'r Reader<'r>, at: Moment) -> Result<Self> {
        Self::of(reader, at, &PLAN)
    }

    /// The same for other things than the plan.
    fn of(reader: &'r Reader<'r>, at: Moment, entities: &'static [Entity]) -> Result<Self> {
        let mut past = Self {
            reader,
            entities,
            last: reader.last_action_by(at)?,
            read: HashSet::new(),
            before: HashMap::new(),
        };
        past.look_back(reader.reversals_after(past.last)?)?;
        Ok(past)
    }

    /// Takes note of what these later actions found.
    fn look_back(&mut self, actions: impl IntoIterator<Item = LocalId>) -> Result<()> {
        for action in actions {
            if !self.read.insert(action) {
                continue;
            }
            for sequence in 0..self.reader.chunk_count(action)? {
                let Some(chunk) = self.reader.chunk(action, sequence)? else {
                    continue;
                };
                for change in journal::decode_about(&chunk.data, self.entities)? {
                    let at = (action, sequence);
                    let known = self.before.get(&(change.thing, change.field.name));
                    if known.is_none_or(|found| at < found.at) {
                        let place = (change.thing, change.field.name);
                        let value = change.from;
                        self.before.insert(place, Found { at, value });
                    }
                }
            }
        }
        Ok(())
    }

    /// Every row of that kind that was there, live or not, as it was.
    fn known(&mut self, entity: Entity) -> Result<Vec<Row>> {
        let keys = self.reader.made_by(entity, self.last)?;
        for key in &keys {
            self.look_back(self.reader.touches_after(entity, key.local, self.last)?)?;
        }
        keys.into_iter().map(|key| self.row(entity, key)).collect()
    }

    /// A row as it was, after all that is about it was read.
    fn row(&self, entity: Entity, key: Key) -> Result<Row> {
        let thing = Thing { entity, id: key.id };
        let mut values = self.reader.values(entity, key.local)?;
        for (field, value) in entity.fields().iter().zip(&mut values) {
            if let Some(found) = self.before.get(&(thing, field.name)) {
                found.value.clone_into(value);
            }
        }
        Ok(Row {
            key,
            entity,
            values,
        })
    }

    fn plan(&mut self, releases: &[Row], items: &[Row]) -> Result<ReleasePlan> {
        let ideas = self.ideas(items)?;
        let mut notes = self.changed_notes()?;
        let mut planned: HashMap<Uuid, Vec<ReleaseItem>> = HashMap::new();
        for row in items.iter().filter(|row| row.live()) {
            let idea = row.id("idea").and_then(|id| ideas.get(&id));
            let (Some(release), Some(idea)) = (row.id("release"), idea) else {
                continue;
            };
            let item = self.item(row, release, idea, &mut notes)?;
            planned.entry(release).or_default().push(item);
        }
        let mut sorted: Vec<&Row> = releases.iter().filter(|row| row.live()).collect();
        sorted.sort_by_cached_key(|row| {
            let backlog = row.integer("kind") == Some(ReleaseKind::Backlog.code());
            let name = row.text("name").to_ascii_lowercase();
            let date = day(row);
            (backlog, date.is_none(), date, name, row.key.local)
        });
        let releases = sorted.into_iter().map(|row| {
            let mut items = planned.remove(&row.key.id).unwrap_or_default();
            items.sort_by_cached_key(|item| {
                let cut = item.health == Health::Cut;
                (cut, item.position.clone(), tie(item.id.0))
            });
            Ok(PlannedRelease {
                release: self.release(row)?,
                items,
            })
        });
        Ok(ReleasePlan {
            releases: releases.collect::<Result<_>>()?,
        })
    }

    /// The ideas of these items that were live.
    fn ideas(&mut self, items: &[Row]) -> Result<HashMap<Uuid, Row>> {
        let wanted: BTreeSet<Uuid> = items.iter().filter_map(|row| row.id("idea")).collect();
        let mut ideas = HashMap::new();
        for id in wanted {
            if let Some(row) = self.idea(id)? {
                ideas.insert(id, row);
            }
        }
        Ok(ideas)
    }

    /// An idea as it was; nothing when it was not there.
    fn idea(&mut self, id: Uuid) -> Result<Option<Row>> {
        let local = self.reader.expect(Entity::Idea, id)?;
        let maker = self.reader.maker(Entity::Idea, local)?;
        if maker.is_none_or(|maker| maker > self.last) {
            return Ok(None);
        }
        let later = self.reader.touches_after(Entity::Idea, local, self.last)?;
        self.look_back(later)?;
        let row = self.row(Entity::Idea, Key { local, id })?;
        Ok(row.live().then_some(row))
    }

    /// The updates of which a field changed since, as they were, by the item that they were about. What was made since is
    /// among them, and was not there.
    fn changed_notes(&self) -> Result<Notes> {
        let mut notes = Notes::default();
        let things = self.before.keys().map(|(thing, _)| *thing);
        let changed: BTreeSet<Thing> = things.filter(|t| t.entity == Entity::Update).collect();
        for thing in changed {
            let local = self.reader.expect(thing.entity, thing.id)?;
            let row = self.row(
                thing.entity,
                Key {
                    local,
                    id: thing.id,
                },
            )?;
            notes.changed.push(local);
            if let Some(item) = row.id("release_item").filter(|_| row.live()) {
                notes.were.entry(item).or_default().push(row);
            }
        }
        Ok(notes)
    }

    fn item(&self, row: &Row, release: Uuid, idea: &Row, notes: &mut Notes) -> Result<ReleaseItem> {
        Ok(ReleaseItem {
            id: ReleaseItemId(row.key.id),
            release: ReleaseId(release),
            idea: IdeaId(idea.key.id),
            title: idea.text("title").to_owned(),
            owner: self.handle(idea.id("owner"))?,
            status: idea
                .choice("status", Status::from_code)?
                .unwrap_or(Status::New),
            effort: idea.choice("effort", Effort::from_code)?,
            demand: None,
            health: row
                .choice("health", Health::from_code)?
                .unwrap_or(Health::OnTrack),
            update: self.update(row, notes)?,
            owes_update: false,
            position: row.text("position").to_owned(),
        })
    }

    /// The newest word on an item: among those that are as they were, and those that are not.
    fn update(&self, item: &Row, notes: &mut Notes) -> Result<Option<Update>> {
        let kept = self
            .reader
            .last_note(item.key.local, self.last, &notes.changed)?
            .map(|note| (note.at, note.key.local, note.text, note.author));
        let were = notes.were.remove(&item.key.id).unwrap_or_default();
        let were = were.iter().map(|row| {
            let at = Moment(row.integer("at").unwrap_or(0));
            (at, row.key.local, row.id("text"), row.id("author"))
        });
        let newest = were.chain(kept).max_by_key(|(at, local, ..)| (*at, *local));
        let Some((at, _, text, author)) = newest else {
            return Ok(None);
        };
        let text = match text {
            Some(id) => self.reader.content(id)?.map(|content| content.body),
            None => None,
        };
        let author = self
            .handle(author)?
            .map(|handle| format!("@{}", handle.as_str()));
        Ok(Some(Update { text, author, at }))
    }

    /// The mention name of a colleague, which never changes.
    fn handle(&self, person: Option<Uuid>) -> Result<Option<Handle>> {
        let Some(id) = person else {
            return Ok(None);
        };
        let local = self.reader.expect(Entity::Person, id)?;
        let field = super::fields::field_of(Entity::Person, "handle")?;
        Ok(match self.reader.value(Entity::Person, local, field)? {
            Value::Text(text) => Handle::parse(&text).ok(),
            _ => None,
        })
    }

    fn release(&self, row: &Row) -> Result<Release> {
        let short = self.reader.short_id(Entity::Release, row.key.id)?;
        Ok(Release {
            id: ReleaseId(row.key.id),
            short: short.unwrap_or_else(|| ShortId(row.key.id.to_string())),
            name: row.text("name").to_owned(),
            kind: row
                .choice("kind", ReleaseKind::from_code)?
                .unwrap_or(ReleaseKind::Feature),
            date: day(row),
            state: row
                .choice("state", ReleaseState::from_code)?
                .unwrap_or(ReleaseState::Planned),
        })
    }
}

/// Updates of which something changed since.
#[derive(Default)]
struct Notes {
    /// All of them, to be left out of what the rows tell.
    changed: Vec<LocalId>,
    /// Those that were live, by their release item.
    were: HashMap<Uuid, Vec<Row>>,
}

fn day(release: &Row) -> Option<chrono::NaiveDate> {
    release.text("date").parse().ok()
}
