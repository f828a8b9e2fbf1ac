//! What a typed name or short id means.
//!
//! A short id is looked up in the index of identities: the random bits come first in a key, so that what a person types
//! is the beginning of a range. Names are compared without regard to case.

use rusqlite::params;
use uuid::Uuid;

use super::key::{from_blob, identity, to_blob};
use super::{Reader, Result};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{SHORT_LENGTH, ShortId, random_range, random_text};
use crate::domain::likeness::nearest;
use crate::domain::listing::{Candidate, Resolved};
use crate::search::terms;

/// A short id has at least this many characters behind its letter.
const SHORTEST: usize = 3;

/// Fewer characters from the middle of a name tell nothing.
const SHORTEST_PART: usize = 3;

/// How many candidates are named when a name fits several things.
const MOST_NAMED: usize = 10;

/// What a name of an idea means, by local keys.
pub(super) enum Found {
    /// These; several when they have the same title.
    Ids(Vec<i64>),
    /// One of these: short id and title.
    Several(Vec<(String, String)>),
    /// Nothing; maybe this was meant.
    Nothing(Option<String>),
}

impl Reader<'_> {
    /// What a person types for a thing: its letter and the shortest prefix that no other thing of its kind has.
    /// `None` for kinds of things that nobody types.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn short_id(&self, entity: Entity, id: Uuid) -> Result<Option<ShortId>> {
        let Some(letter) = entity.letter() else {
            return Ok(None);
        };
        let table = entity.name();
        let neighbours = format!(
            "SELECT (SELECT max(key) FROM {table} WHERE key < ?1), (SELECT min(key) FROM {table} WHERE key > ?1)"
        );
        // Deleted things count: one that comes back must not change the ids of others.
        let neighbours = self.first(&neighbours, [to_blob(id)], |row| {
            let key = |index| row.get::<_, Option<[u8; 16]>>(index);
            Ok([key(0)?, key(1)?])
        })?;
        let text = random_text(id);
        let shared = |other: [u8; 16]| {
            let other = random_text(from_blob(other));
            let same = text.bytes().zip(other.bytes());
            same.take_while(|(a, b)| a == b).count()
        };
        let neighbours = neighbours.into_iter().flatten().flatten();
        let shared = neighbours.map(shared).max().unwrap_or(0);
        let length = (shared + 1).clamp(SHORTEST, SHORT_LENGTH);
        Ok(Some(ShortId(format!("{letter}{}", &text[..length]))))
    }

    /// What `text` means among things of these kinds: an identity, a short id (or three of its characters and more, when
    /// only one thing has them), the mention name of a colleague, or the name of an idea, a release, a colleague, an
    /// area or a company. A part of a name will do for ideas and releases, when only one has it; but a short id as it is shown
    /// means its thing where no name has it as a whole word. Feedback has no name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve(&self, text: &str, among: &[Entity]) -> Result<Resolved> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Resolved::Nothing(None));
        }
        let (mut by_id, mut by_name) = (Vec::new(), Vec::new());
        for entity in among {
            let things = |ids: Vec<Uuid>| ids.into_iter().map(|id| Thing::new(*entity, id));
            by_id.extend(things(self.by_short_id(*entity, text)?));
            by_name.extend(things(self.by_exact_name(*entity, text)?));
        }
        let mut meant = None;
        if by_name.is_empty() {
            let is_printed = self.is_printed(&by_id, text)?;
            for entity in among {
                let mut names = self.names_of(*entity)?;
                if matches!(entity, Entity::Idea | Entity::Release) {
                    if is_printed {
                        names.retain(|(_, name)| has_word(name, text));
                    }
                    by_name.extend(part_of_name(&names, text).map(|id| Thing::new(*entity, id)));
                }
                let names = names.iter().map(|(_, name)| name.as_str());
                meant = meant.or_else(|| nearest(text, names).map(ToOwned::to_owned));
            }
        }
        by_name.retain(|thing| !by_id.contains(thing));
        // A short id may read like a word of a name (`dark`). Nobody knows which was meant, but at its full length it is
        // like no name. Letters that merely stand within a word (`fram` in “framework”) do not refuse what a list has printed.
        let clash = !by_id.is_empty() && !by_name.is_empty();
        let mut candidates = Vec::new();
        for thing in by_id.iter().chain(&by_name).take(MOST_NAMED) {
            let mut candidate = self.candidate(*thing)?;
            if clash && by_id.contains(thing) {
                candidate.short = full_length(*thing);
            }
            candidates.push(candidate);
        }
        Ok(match candidates.len() {
            0 => Resolved::Nothing(meant),
            1 => Resolved::One(candidates.remove(0)),
            _ => Resolved::Several(candidates),
        })
    }

    /// Whether the text is the short id of one thing as lists print it, or more of its characters.
    fn is_printed(&self, by_id: &[Thing], text: &str) -> Result<bool> {
        let [thing] = by_id else {
            return Ok(false);
        };
        let short = self.short_id(thing.entity, thing.id)?;
        Ok(short.is_some_and(|short| short.0.len() <= text.len()))
    }

    /// A thing with its short id and its name.
    fn candidate(&self, thing: Thing) -> Result<Candidate> {
        let sql = match name_column(thing.entity) {
            Some(column) => format!(
                "SELECT {column} FROM {} WHERE key = ?1",
                thing.entity.name()
            ),
            None => "SELECT '' WHERE ?1 IS NOT NULL".to_owned(),
        };
        let name = self.first(&sql, [to_blob(thing.id)], |row| row.get(0))?;
        Ok(Candidate {
            thing,
            short: self.short_id(thing.entity, thing.id)?,
            name: name.unwrap_or_default(),
        })
    }

    /// The live things of that identity, or whose short id begins like that; no more than can be named, and one.
    fn by_short_id(&self, entity: Entity, text: &str) -> Result<Vec<Uuid>> {
        let (low, high) = if let Ok(id) = Uuid::try_parse(text) {
            (to_blob(id), to_blob(id))
        } else {
            let mut characters = text.chars();
            let letter = characters.next().map(|c| c.to_ascii_lowercase());
            let prefix = characters.as_str();
            if letter != entity.letter() || prefix.len() < SHORTEST {
                return Ok(Vec::new());
            }
            let Some(range) = random_range(prefix) else {
                return Ok(Vec::new());
            };
            key_range(range)
        };
        let sql = format!(
            "SELECT key FROM {} WHERE key BETWEEN ?1 AND ?2 AND deleted = 0 LIMIT ?3",
            entity.name()
        );
        let most = i64::try_from(MOST_NAMED + 1).unwrap_or(i64::MAX);
        self.collect(&sql, params![low, high, most], |row| identity(row, 0))
    }

    fn by_exact_name(&self, entity: Entity, text: &str) -> Result<Vec<Uuid>> {
        let sql = match entity {
            Entity::Company if text.is_ascii() => {
                let sql = "SELECT key FROM company WHERE name = ?1 COLLATE NOCASE AND deleted = 0";
                return self.collect(sql, [text], |row| identity(row, 0));
            }
            Entity::Company => "SELECT key, name FROM company WHERE deleted = 0",
            Entity::Area => "SELECT key, name FROM area WHERE deleted = 0",
            Entity::Person => {
                let handle = text.strip_prefix('@').unwrap_or(text).to_lowercase();
                let by_handle = "SELECT key FROM person WHERE handle = ?1 AND deleted = 0";
                let found = self.collect(by_handle, [handle], |row| identity(row, 0))?;
                if !found.is_empty() || text.starts_with('@') {
                    return Ok(found);
                }
                "SELECT key, coalesce(name, '') FROM person WHERE deleted = 0"
            }
            _ => {
                let names = self.names_of(entity)?;
                return Ok(exactly(&names, text).collect());
            }
        };
        let names = self.collect(sql, [], |row| Ok((identity(row, 0)?, row.get(1)?)))?;
        Ok(exactly(&names, text).collect())
    }

    /// The names of all live things of a kind, where a part of a name will do.
    fn names_of(&self, entity: Entity) -> Result<Vec<(Uuid, String)>> {
        let sql = match entity {
            Entity::Idea => {
                "SELECT key, title FROM idea WHERE deleted = 0 AND merged_into IS NULL ORDER BY id"
            }
            Entity::Release => "SELECT key, name FROM release WHERE deleted = 0 ORDER BY id",
            Entity::Person => "SELECT key, '@' || handle FROM person WHERE deleted = 0 ORDER BY id",
            Entity::Area => "SELECT key, name FROM area WHERE deleted = 0 ORDER BY id",
            _ => return Ok(Vec::new()),
        };
        self.collect(sql, [], |row| Ok((identity(row, 0)?, row.get(1)?)))
    }
}

/// What a filter means by `idea:name`.
pub(super) fn idea(reader: &Reader<'_>, name: &str) -> Result<Found> {
    let titles = reader.names_of(Entity::Idea)?;
    let exact: Vec<Uuid> = exactly(&titles, name).collect();
    let found = if exact.is_empty() {
        match reader.resolve(name, &[Entity::Idea])? {
            Resolved::One(candidate) => vec![candidate.thing.id],
            Resolved::Several(candidates) => {
                let named = candidates.into_iter().map(|candidate| {
                    let short = candidate.short.map_or_else(String::new, |short| short.0);
                    (short, candidate.name)
                });
                return Ok(Found::Several(named.collect()));
            }
            Resolved::Nothing(meant) => return Ok(Found::Nothing(meant)),
        }
    } else {
        exact
    };
    let mut ids = Vec::with_capacity(found.len());
    for id in found {
        ids.push(reader.expect(Entity::Idea, id)?.0);
    }
    Ok(Found::Ids(ids))
}

/// A short id with all its characters.
fn full_length(thing: Thing) -> Option<ShortId> {
    let letter = thing.entity.letter()?;
    Some(ShortId(format!("{letter}{}", random_text(thing.id))))
}

/// The column that holds the name of such a thing, as an expression.
fn name_column(entity: Entity) -> Option<&'static str> {
    Some(match entity {
        Entity::Feedback | Entity::Idea => "title",
        Entity::Release | Entity::Area | Entity::Company | Entity::Customer => "name",
        Entity::Person => "'@' || handle",
        Entity::Meeting | Entity::AgendaItem => "coalesce(title, '')",
        Entity::ReleaseItem => "(SELECT title FROM idea WHERE idea.id = release_item.idea)",
        _ => return None,
    })
}

/// The first and the last key whose random bits are in the range.
fn key_range((low, high): (u64, u64)) -> ([u8; 16], [u8; 16]) {
    let mut first = [0; 16];
    let mut last = [0xFF; 16];
    first[..7].copy_from_slice(&low.to_be_bytes()[1..]);
    last[..7].copy_from_slice(&high.to_be_bytes()[1..]);
    (first, last)
}

fn exactly<'a>(names: &'a [(Uuid, String)], text: &str) -> impl Iterator<Item = Uuid> + 'a {
    let folded = text.trim().to_lowercase();
    let same = move |(_, name): &&(Uuid, String)| name.trim().to_lowercase() == folded;
    names.iter().filter(same).map(|(id, _)| *id)
}

/// Whether a name has the text as one of its words.
fn has_word(name: &str, text: &str) -> bool {
    let folded = text.to_lowercase();
    terms(name).iter().any(|term| term.as_str() == folded)
}

/// The names that begin with the text; when there are none, those that have it in them.
fn part_of_name<'a>(
    names: &'a [(Uuid, String)],
    text: &str,
) -> impl Iterator<Item = Uuid> + use<'a> {
    let folded = text.to_lowercase();
    let having = |fits: fn(&str, &str) -> bool| -> Vec<Uuid> {
        let names = names.iter();
        let having = names.filter(|(_, name)| fits(&name.to_lowercase(), &folded));
        having.map(|(id, _)| *id).collect()
    };
    let mut found = having(|name, text| name.starts_with(text));
    if found.is_empty() && folded.chars().count() >= SHORTEST_PART {
        found = having(|name, text| name.contains(text));
    }
    found.into_iter()
}

#[cfg(test)]
mod tests;
