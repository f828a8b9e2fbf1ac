//! The layout that is written (version 2).
//!
//! ```text
//!   identities   16 bytes each, every one once
//!   sections     by entity: its name, its things (numbers of identities), its columns
//!   column       the name of the field, the rows that changed it, what it was, what it became
//!   series       the kind of each value, then the numbers, and the texts without what they share with the one before
//! ```
//!
//! An import makes most of its things and texts in one go, so that their identities stand in the order of the rows: a
//! row then costs its identities, its texts, and a byte or two for each of its other values. What one thing of the chunk
//! is to another (the feedback of a tag) costs no second identity.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::numbers::{self, put, take};
use super::{Bytes, Change, Entry, Fault, MOST_THINGS, Placed};
use crate::domain::entity::{Entity, Field, Kind, Thing, Value};
use crate::domain::id::ByIdentity;

/// A chunk: its identities, and what each entity's things changed.
#[derive(Serialize, Deserialize)]
pub(super) struct Packed(Bytes, Vec<Section>);

/// The name of the entity, its things, its columns.
#[derive(Serialize, Deserialize)]
struct Section(Cow<'static, str>, Bytes, Vec<Column>);

/// The name of the field, the rows (none listed: all of them), the values before and after.
#[derive(Serialize, Deserialize)]
struct Column(Cow<'static, str>, Bytes, Series, Series);

/// The kinds of values, their numbers and their texts. Where texts repeat, each stands there once, and picks tell which.
#[derive(Serialize, Deserialize)]
struct Series(Bytes, Bytes, Bytes, Bytes);

/// Only so many bytes of a text are taken from the one before it, and only texts of so many bytes are written once for
/// many rows: a small chunk that somebody prepared cannot become gigabytes.
const SHORT: usize = 255;

pub(super) const NULL: i64 = 0;
pub(super) const INTEGER: i64 = 1;
pub(super) const TEXT: i64 = 2;
pub(super) const IDENTITY: i64 = 3;

/// Every identity of a chunk, once.
#[derive(Default)]
struct Identities {
    numbers: HashMap<Uuid, i64, ByIdentity>,
    bytes: Vec<u8>,
}

impl Identities {
    fn number(&mut self, id: Uuid) -> i64 {
        let next = self.numbers.len() as i64;
        *self.numbers.entry(id).or_insert_with(|| {
            self.bytes.extend_from_slice(id.as_bytes());
            next
        })
    }
}

/// Which thing changed a field, from what to what.
type Cell<'c> = (usize, &'c Value, &'c Value);

/// The changes of one entity's things.
struct Gathered<'c> {
    entity: Entity,
    things: Vec<Uuid>,
    rows: HashMap<Uuid, usize, ByIdentity>,
    /// By field: which things changed it, from what to what.
    columns: Vec<Vec<Cell<'c>>>,
}

impl<'c> Gathered<'c> {
    fn of(entity: Entity) -> Self {
        Self {
            entity,
            things: Vec::new(),
            rows: HashMap::default(),
            columns: entity.fields().iter().map(|_| Vec::new()).collect(),
        }
    }

    fn take(&mut self, entry: Entry<'c>) {
        let id = entry.thing.id;
        // The changes of a thing follow each other, as a rule.
        let row = match self.things.last() {
            Some(last) if *last == id => self.things.len() - 1,
            _ => {
                let next = self.things.len();
                let row = *self.rows.entry(id).or_insert(next);
                if row == next {
                    self.things.push(id);
                }
                row
            }
        };
        // Nearly always it is that very field, which is quicker to tell than its name.
        let mut fields = self.entity.fields().iter();
        let place = fields.position(|field| std::ptr::eq(field, entry.field));
        let place = place.or_else(|| {
            let is_it = |field: &Field| field.name == entry.field.name;
            self.entity.fields().iter().position(is_it)
        });
        if let Some(place) = place {
            self.columns[place].push((row, entry.from, entry.to));
        }
    }

    fn section(self, identities: &mut Identities) -> Section {
        let things = self.things.iter().map(|id| identities.number(*id));
        let things: Vec<i64> = things.collect();
        let count = things.len();
        let mut columns = Vec::new();
        for (field, mut cells) in self.entity.fields().iter().zip(self.columns) {
            if cells.is_empty() {
                continue;
            }
            cells.sort_by_key(|(row, ..)| *row);
            let listed = cells.iter().filter(|_| cells.len() < count);
            let rows = numbers::write(listed.map(|(row, ..)| *row as i64));
            let from = Series::of(cells.iter().map(|(_, from, _)| *from), identities);
            let to = Series::of(cells.iter().map(|(.., to)| *to), identities);
            columns.push(Column(Cow::Borrowed(field.name), rows, from, to));
        }
        let name = Cow::Borrowed(self.entity.name());
        Section(name, numbers::write(things.into_iter()), columns)
    }
}

/// Lays changes out.
pub(super) fn pack<'c>(entries: impl IntoIterator<Item = Entry<'c>>) -> Packed {
    let mut gathered: Vec<Gathered<'c>> = Vec::new();
    // By a call for each: these come from iterators within iterators.
    entries.into_iter().for_each(|entry| {
        let entity = entry.thing.entity;
        let place = gathered.iter().position(|known| known.entity == entity);
        let place = place.unwrap_or_else(|| {
            gathered.push(Gathered::of(entity));
            gathered.len() - 1
        });
        gathered[place].take(entry);
    });
    let mut identities = Identities::default();
    let sections = gathered.into_iter();
    let sections = sections
        .map(|gathered| gathered.section(&mut identities))
        .collect();
    Packed(Bytes(identities.bytes), sections)
}

impl Packed {
    /// The changes of the things of each entity whose name is wanted.
    pub(super) fn unpack(
        self,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(usize, Vec<Placed>)>, Fault> {
        let (identities, rest) = self.0.0.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(damaged("its identities are cut"));
        }
        let identities: Vec<Uuid> = identities.iter().map(|id| Uuid::from_bytes(*id)).collect();
        let (mut all, mut named) = (Vec::new(), HashSet::new());
        for section in self.1 {
            if !named.insert(section.0.clone()) {
                return Err(damaged("an entity is there twice"));
            }
            if wanted(&section.0) {
                all.push(section.changes(&identities)?);
            }
        }
        Ok(all)
    }

    /// One of an entity with that many things, of which each field changed from nothing to nothing.
    #[cfg(test)]
    pub(super) fn forged(entity: &str, things: usize, fields: &[&str]) -> Self {
        let nothing = || {
            let values = vec![&Value::Null; things];
            Series::of(values.into_iter(), &mut Identities::default())
        };
        let columns = fields.iter();
        let columns = columns.map(|field| {
            let rows = Bytes::default();
            Column(Cow::Owned((*field).to_owned()), rows, nothing(), nothing())
        });
        let numbers = numbers::write((0..things).map(|_| 0));
        let section = Section(Cow::Owned(entity.to_owned()), numbers, columns.collect());
        Self(Bytes(vec![0; 16]), vec![section])
    }

    /// The same with every section twice.
    #[cfg(test)]
    pub(super) fn twice(mut self) -> Self {
        let again = Self::forged("idea", 1, &["title"]);
        self.1.extend(again.1);
        self
    }
}

impl Section {
    fn changes(self, identities: &[Uuid]) -> Result<(usize, Vec<Placed>), Fault> {
        let Self(name, things, columns) = self;
        let entity = Entity::named(&name).ok_or_else(|| Fault::Unknown(name.to_string()))?;
        let things = numbers::read(&things, MOST_THINGS)?;
        let things = things
            .into_iter()
            .map(|number| identity(identities, number))
            .collect::<Result<Vec<Uuid>, Fault>>()?;
        let (mut changes, mut named) = (Vec::new(), HashSet::new());
        for Column(field, rows, from, to) in columns {
            let field = entity
                .field(&field)
                .ok_or_else(|| Fault::Unknown(format!("{name}.{field}")))?;
            // A column that lists no rows speaks of all things, so that without this bound a small file could be
            // written which takes all memory.
            if !named.insert(field.name) {
                return Err(damaged("a field is there twice"));
            }
            let mut rows = numbers::read(&rows, things.len())?;
            if rows.is_empty() {
                rows = (0..things.len() as i64).collect();
            }
            let from = from.values(field, rows.len(), identities)?;
            let to = to.values(field, rows.len(), identities)?;
            for ((row, from), to) in rows.into_iter().zip(from).zip(to) {
                let row = usize::try_from(row).unwrap_or(usize::MAX);
                let id = *things
                    .get(row)
                    .ok_or_else(|| damaged("a change names no thing"))?;
                let change = Change {
                    thing: Thing { entity, id },
                    field,
                    from,
                    to,
                };
                changes.push((row, change));
            }
        }
        Ok((things.len(), changes))
    }
}

impl Series {
    fn of<'v>(values: impl Iterator<Item = &'v Value>, identities: &mut Identities) -> Self {
        let (mut kinds, mut figures, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for value in values {
            kinds.push(match value {
                Value::Null => NULL,
                Value::Integer(number) => {
                    figures.push(*number);
                    INTEGER
                }
                Value::Text(text) => {
                    texts.push(text.as_str());
                    TEXT
                }
                Value::Thing(id) | Value::Content(id) => {
                    figures.push(identities.number(*id));
                    IDENTITY
                }
            });
        }
        let (texts, picks) = write_texts(&texts);
        let [kinds, figures] = [kinds, figures].map(|some| numbers::write(some.into_iter()));
        Self(kinds, figures, texts, picks)
    }

    /// The values of that many rows.
    fn values(self, field: &Field, rows: usize, identities: &[Uuid]) -> Result<Vec<Value>, Fault> {
        let missing = || damaged(&format!("a value of {} is missing", field.name));
        let Self(kinds, figures, texts, picks) = self;
        let kinds = numbers::read(&kinds, rows)?;
        if kinds.len() != rows {
            return Err(missing());
        }
        let mut figures = numbers::read(&figures, rows)?.into_iter();
        let mut texts = read_texts(&texts, &picks, rows)?.into_iter();
        let mut values = Vec::with_capacity(rows);
        for kind in kinds {
            values.push(match (kind, field.kind) {
                (NULL, _) => Value::Null,
                (INTEGER, Kind::Integer) => Value::Integer(figures.next().ok_or_else(missing)?),
                (TEXT, Kind::Text) => Value::Text(texts.next().ok_or_else(missing)?),
                (IDENTITY, Kind::Thing(_)) => {
                    let number = figures.next().ok_or_else(missing)?;
                    Value::Thing(identity(identities, number)?)
                }
                (IDENTITY, Kind::Content) => {
                    let number = figures.next().ok_or_else(missing)?;
                    Value::Content(identity(identities, number)?)
                }
                _ => {
                    let words = format!("a value of {} is of another type", field.name);
                    return Err(damaged(&words));
                }
            });
        }
        Ok(values)
    }
}

/// Texts, each as how many bytes it shares with the one before, how many follow, and those; and which of them each row
/// has, where some repeat often enough to make up for that.
fn write_texts(texts: &[&str]) -> (Bytes, Bytes) {
    if texts.is_empty() {
        return (Bytes::default(), Bytes::default());
    }
    let mut known: hashbrown::HashMap<&str, i64> = hashbrown::HashMap::new();
    let mut distinct: Vec<&str> = Vec::new();
    let mut picks: Vec<i64> = Vec::with_capacity(texts.len());
    for (place, text) in texts.iter().enumerate() {
        let again = place > 0 && texts[place - 1] == *text;
        let pick = match picks.last() {
            Some(before) if again => *before,
            _ => *known.entry(text).or_insert_with(|| {
                distinct.push(text);
                distinct.len() as i64 - 1
            }),
        };
        picks.push(pick);
    }
    let short = distinct.iter().all(|text| text.len() <= SHORT);
    let repeats = short && distinct.len() * 4 <= texts.len() * 3;
    let written = if repeats { &distinct } else { texts };
    let picks = picks.into_iter().filter(|_| repeats);
    let (mut bytes, mut before) = (Vec::new(), "");
    for text in written {
        let both = text.bytes().zip(before.bytes());
        let shared = both.take(SHORT).take_while(|(one, other)| one == other);
        let shared = shared.count();
        put(&mut bytes, shared as u64);
        put(&mut bytes, (text.len() - shared) as u64);
        bytes.extend_from_slice(&text.as_bytes()[shared..]);
        before = text;
    }
    (Bytes(bytes), numbers::write(picks))
}

fn read_texts(bytes: &Bytes, picks: &Bytes, rows: usize) -> Result<Vec<String>, Fault> {
    let cut = || damaged("a text is cut");
    let (mut texts, mut rest): (Vec<String>, &[u8]) = (Vec::new(), &bytes.0);
    let mut text: Vec<u8> = Vec::new();
    while !rest.is_empty() {
        let shared = take(&mut rest).ok_or_else(cut)?;
        let length = take(&mut rest).ok_or_else(cut)?;
        let shared = usize::try_from(shared).unwrap_or(usize::MAX);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if shared > text.len().min(SHORT) || length > rest.len() || texts.len() >= rows {
            return Err(cut());
        }
        let (own, after) = rest.split_at(length);
        rest = after;
        text.truncate(shared);
        text.extend_from_slice(own);
        let whole = std::str::from_utf8(&text).map_err(|_| damaged("a text is not UTF-8"))?;
        texts.push(whole.to_owned());
    }
    if picks.0.is_empty() {
        return Ok(texts);
    }
    if texts.iter().any(|text| text.len() > SHORT) {
        return Err(damaged("a long text stands for many"));
    }
    let picks = numbers::read(picks, rows)?.into_iter();
    picks
        .map(|pick| {
            let pick = usize::try_from(pick).ok();
            pick.and_then(|pick| texts.get(pick))
                .cloned()
                .ok_or_else(cut)
        })
        .collect()
}

fn identity(identities: &[Uuid], number: i64) -> Result<Uuid, Fault> {
    let place = usize::try_from(number).ok();
    place
        .and_then(|place| identities.get(place))
        .copied()
        .ok_or_else(|| damaged("it names an identity that it does not hold"))
}

fn damaged(what: &str) -> Fault {
    Fault::Damaged(what.to_owned())
}
