//! What was decided between two moments: which ideas, releases and requests stand elsewhere at the later one.
//!
//! The journal tells which things were changed at all, and only these are looked at as they were at both moments; so what was
//! undone in between, or put back by hand, is no decision.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Past, Result, Row};
use crate::domain::entity::{Entity, Kind, Thing, Value};
use crate::domain::feedback::State;
use crate::domain::id::ShortId;
use crate::domain::idea::Status;
use crate::domain::meeting::{Decided, DecidedKind, Decision};
use crate::domain::moment::Moment;
use crate::domain::release::{Health, ReleaseKind, ReleaseState};
use crate::history::import::IMPORT;
use crate::history::{fields, journal, words};
use crate::problem::Problem;
use crate::store::{Key, Reader};

/// What decisions are about.
const ABOUT: [Entity; 4] = [
    Entity::Release,
    Entity::ReleaseItem,
    Entity::Idea,
    Entity::Feedback,
];

/// How many actions are looked at, and how many fields one changes at most: what changes more, nobody decided in a meeting.
const MOST_ACTIONS: u32 = 5_000;
const MOST_CHANGES: u32 = 5_000;

/// What was decided about ideas, releases and requests from `since` to `until`, apart from what an import brought and from
/// what is `hidden`; of a hidden idea or release item, nothing about the idea is told.
///
/// # Errors
/// When the file or its journal cannot be read.
pub fn decided(
    reader: &Reader<'_>,
    (since, until): (Moment, Moment),
    hidden: &[Thing],
) -> std::result::Result<Vec<Decision>, Problem> {
    found(reader, (since, until), hidden).map_err(Problem::from)
}

fn found(
    reader: &Reader<'_>,
    (since, until): (Moment, Moment),
    hidden: &[Thing],
) -> Result<Vec<Decision>> {
    let mut between = Between {
        before: Past::of(reader, since, &ABOUT)?,
        after: Past::of(reader, until, &ABOUT)?,
    };
    let mut subjects: Vec<Subject> = Vec::new();
    for thing in between.changed()? {
        let Some((before, after)) = between.both(thing)? else {
            continue;
        };
        let about = match thing.entity {
            Entity::ReleaseItem => after.id("idea").map(|id| Thing::new(Entity::Idea, id)),
            _ => Some(thing),
        };
        let Some(about) = about else { continue };
        let place = subjects.iter().position(|subject| subject.thing == about);
        let place = place.unwrap_or_else(|| {
            subjects.push(Subject::of(about));
            subjects.len() - 1
        });
        match thing.entity {
            Entity::ReleaseItem => subjects[place].items.push((before, after)),
            _ => subjects[place].own = Some((before, after)),
        }
    }
    let mut withheld: HashSet<Thing> = hidden.iter().copied().collect();
    for thing in hidden
        .iter()
        .filter(|one| one.entity == Entity::ReleaseItem)
    {
        let idea = between.row(*thing)?.and_then(|item| item.id("idea"));
        withheld.extend(idea.map(|id| Thing::new(Entity::Idea, id)));
    }
    // Requests may be many, and what they are for comes first.
    subjects.sort_by_key(|subject| subject.thing.entity == Entity::Feedback);
    let mut decisions = Vec::new();
    for subject in subjects.iter().filter(|one| !withheld.contains(&one.thing)) {
        let mut changes = between.decided(subject)?;
        // Nor is told that it became part of what is hidden.
        let own = subject.own.as_ref();
        let merged = own.and_then(|(_, after)| after.id("merged_into"));
        if merged.is_some_and(|id| withheld.contains(&Thing::new(Entity::Idea, id))) {
            changes.retain(|change| change.what != DecidedKind::Merged);
        }
        if changes.is_empty() {
            continue;
        }
        let Thing { entity, id } = subject.thing;
        let short = reader.short_id(entity, id)?;
        decisions.push(Decision {
            thing: subject.thing,
            short: short.unwrap_or_else(|| ShortId(id.to_string())),
            title: title(reader, subject.thing)?,
            changes,
        });
    }
    Ok(decisions)
}

/// A thing as it was before, if it was there, and as it was after.
type Pair = (Option<Row>, Row);

/// What a decision is about.
struct Subject {
    thing: Thing,
    /// The thing itself, where it was changed.
    own: Option<Pair>,
    /// The release items of an idea that were changed.
    items: Vec<Pair>,
}

impl Subject {
    const fn of(thing: Thing) -> Self {
        Self {
            thing,
            own: None,
            items: Vec::new(),
        }
    }
}

/// Two moments.
struct Between<'r> {
    before: Past<'r>,
    after: Past<'r>,
}

impl Between<'_> {
    /// The things that were changed or made in between, in the order of their first change.
    fn changed(&self) -> Result<Vec<Thing>> {
        let span = (self.before.last, self.after.last);
        let reader = self.after.reader;
        let mut seen = HashSet::new();
        let mut changed = Vec::new();
        for action in reader.small_actions(span, IMPORT, (MOST_CHANGES, MOST_ACTIONS))? {
            for sequence in 0..reader.chunk_count(action)? {
                let Some(chunk) = reader.chunk(action, sequence)? else {
                    continue;
                };
                let changes = journal::decode_about(&chunk.data, &ABOUT)?.into_iter();
                let things = changes.map(|change| change.thing);
                changed.extend(things.filter(|thing| seen.insert(*thing)));
            }
        }
        Ok(changed)
    }

    /// A thing as it was at both moments; nothing when it was not there at the later one.
    fn both(&mut self, thing: Thing) -> Result<Option<Pair>> {
        let Some(after) = at(&mut self.after, thing)? else {
            return Ok(None);
        };
        Ok(Some((at(&mut self.before, thing)?, after)))
    }

    /// A thing as it was at the later moment.
    fn row(&mut self, thing: Thing) -> Result<Option<Row>> {
        at(&mut self.after, thing)
    }

    fn decided(&self, subject: &Subject) -> Result<Vec<Decided>> {
        let mut decided = self.about_items(&subject.items)?;
        let Some((before, after)) = &subject.own else {
            return Ok(decided);
        };
        let before = before.as_ref();
        match subject.thing.entity {
            Entity::Idea => {
                let status = |code| Status::from_code(code).map(Status::word);
                decided.extend(self.name(DecidedKind::Merged, before, after, "merged_into")?);
                decided.extend(number(DecidedKind::Status, before, after, "status", status));
                decided.extend(self.name(DecidedKind::Owner, before, after, "owner")?);
            }
            Entity::Feedback => {
                let state = |code| State::from_code(code).map(State::word);
                decided.extend(number(DecidedKind::Status, before, after, "state", state));
                decided.extend(self.name(DecidedKind::Owner, before, after, "owner")?);
            }
            Entity::Release if after.integer("kind") != Some(ReleaseKind::Backlog.code()) => {
                let state = |code| ReleaseState::from_code(code).map(ReleaseState::word);
                decided.extend(number(DecidedKind::Status, before, after, "state", state));
                decided.extend(date(before, after));
            }
            _ => {}
        }
        Ok(decided)
    }

    /// What was decided about the place of an idea in the plan: where it was cut and is elsewhere instead, that is one.
    fn about_items(&self, items: &[Pair]) -> Result<Vec<Decided>> {
        let cut = |row: &Row| row.integer("health") == Some(Health::Cut.code());
        let was_cut = |before: &Option<Row>| before.as_ref().is_some_and(cut);
        let (mut left, mut came) = (Vec::new(), Vec::new());
        let mut other = Vec::new();
        for (before, after) in items {
            let release = self.release(after)?;
            match before {
                _ if cut(after) && !was_cut(before) => left.push(release),
                _ if cut(after) => {}
                None => came.extend(release),
                Some(before) => {
                    if before.id("release") != after.id("release") {
                        other.push(Decided {
                            what: DecidedKind::Moved,
                            release: None,
                            from: self.release(before)?,
                            to: release.clone(),
                        });
                    }
                    let health = |code| Health::from_code(code).map(Health::word);
                    let health = number(DecidedKind::Health, Some(before), after, "health", health);
                    other.extend(health.map(|health| Decided { release, ..health }));
                }
            }
        }
        let to = (!came.is_empty()).then(|| came.join(" and "));
        let mut decided: Vec<Decided> = match left.is_empty() {
            true => came
                .into_iter()
                .map(|release| told(DecidedKind::Planned, None, Some(release)))
                .collect(),
            false => left
                .into_iter()
                .map(|release| told(DecidedKind::Cut, release, to.clone()))
                .collect(),
        };
        decided.extend(other);
        Ok(decided)
    }

    /// The release that an item is in, by its name of today.
    fn release(&self, item: &Row) -> Result<Option<String>> {
        let release = item.id("release").map(|id| Thing::new(Entity::Release, id));
        let name = release.map(|release| words::whole_name(self.after.reader, release));
        name.transpose()
    }

    /// A decision that names another thing: who owns it.
    fn name(
        &self,
        what: DecidedKind,
        before: Option<&Row>,
        after: &Row,
        field: &str,
    ) -> Result<Option<Decided>> {
        let (from, to) = (before.and_then(|row| row.id(field)), after.id(field));
        if from == to {
            return Ok(None);
        }
        let Some(Kind::Thing(entity)) = after.entity.field(field).map(|field| field.kind) else {
            return Ok(None);
        };
        let name = |id: Option<Uuid>| {
            let name = id.map(|id| words::whole_name(self.after.reader, Thing::new(entity, id)));
            name.transpose()
        };
        Ok(Some(told(what, name(from)?, name(to)?)))
    }
}

/// What a thing is called, without quotation marks.
fn title(reader: &Reader<'_>, thing: Thing) -> Result<String> {
    let local = reader.expect(thing.entity, thing.id)?;
    let title = match thing.entity {
        Entity::Idea => {
            let field = fields::field_of(Entity::Idea, "title")?;
            match reader.value(Entity::Idea, local, field)? {
                Value::Text(title) => title,
                _ => String::new(),
            }
        }
        Entity::Feedback => reader.shown_title(local)?,
        _ => String::new(),
    };
    match title.trim().is_empty() {
        true => words::whole_name(reader, thing),
        false => Ok(title),
    }
}

/// A thing that was there then, as it was.
fn at(past: &mut Past<'_>, thing: Thing) -> Result<Option<Row>> {
    let Thing { entity, id } = thing;
    let local = past.reader.expect(entity, id)?;
    let maker = past.reader.maker(entity, local)?;
    if maker.is_none_or(|maker| maker > past.last) {
        return Ok(None);
    }
    let later = past.reader.touches_after(entity, local, past.last)?;
    past.look_back(later)?;
    let row = past.row(entity, Key { local, id })?;
    Ok(row.live().then_some(row))
}

const fn told(what: DecidedKind, from: Option<String>, to: Option<String>) -> Decided {
    Decided {
        what,
        release: None,
        from,
        to,
    }
}

/// A decision between words. What was made in between has nothing before it, and begins as everything does: that is none.
fn number(
    what: DecidedKind,
    before: Option<&Row>,
    after: &Row,
    field: &str,
    word: impl Fn(i64) -> Option<&'static str>,
) -> Option<Decided> {
    let (from, to) = (before?.integer(field), after.integer(field));
    let said = |code: Option<i64>| code.and_then(&word).map(str::to_owned);
    (from != to).then(|| told(what, said(from), said(to)))
}

fn date(before: Option<&Row>, after: &Row) -> Option<Decided> {
    let (from, to) = (super::day(before?), super::day(after));
    let said = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    (from != to).then(|| told(DecidedKind::Date, said(from), said(to)))
}
