//! Whether what would be made anew is here already as from elsewhere.
//!
//! Where nothing tells where things come from, the name of their file serves, and an export that has its date in its name
//! comes from elsewhere each week. So what is new is tried under the other origins of its tool that are known here: the
//! same id with the same title is the same thing. An id alone says nothing, for every list counts from 1.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Plan;
use crate::domain::entity::{Entity, Thing};
use crate::domain::import::{Brought, ImportKey};
use crate::exchange::progress::Phase;
use crate::exchange::verdict::Verdict;
use crate::problem::{Kind, Problem};
use crate::store::Reader;

/// At most this many new things are kept to be tried; of more, every second, every fourth and so on.
const KEPT: usize = 8_192;
/// At most about this many are looked up to find out which origin it is.
const LOOKS: usize = 16_384;
/// So many with the same id and the same title are no chance, a choice.
const SOME: u64 = 3;
/// How many of the origins are named.
const NAMED: usize = 3;
/// How many pieces are read to find out whether an import that nobody is asked about needs a plan before it.
const HEAD: usize = 4_096;

/// New things that are here as from other origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The other origins, the one that has most of them first.
    pub origins: Vec<String>,
    /// Whether it is one file that is imported, and the first origin has all of them: then it may be taken for the file's.
    pub is_one: bool,
    /// How many of the new things are here as from any of them.
    pub count: u64,
    /// Of how many new things with an id.
    pub of: u64,
    /// Whether all of them were looked up; else the count is that of a sample, scaled.
    pub exact: bool,
}

impl Elsewhere {
    /// Whether they are so many that it is no chance: most of what is new, or some and a tenth, as where an export has grown.
    #[must_use]
    pub const fn is_much(&self) -> bool {
        self.count * 2 > self.of || self.count >= SOME && self.count * 10 >= self.of
    }

    /// The origin that may be taken for that of all that is imported: under another file's name what is new here might be taken for
    /// what is there.
    #[must_use]
    pub fn taken(&self) -> Option<&str> {
        let first = self.origins.first().filter(|_| self.is_one);
        first.map(String::as_str)
    }

    /// `1076 of them are here as from “bugs-2026-11-16.csv”`.
    #[must_use]
    pub fn words(&self) -> String {
        let about = if self.exact { "" } else { "about " };
        let are = if self.count == 1 { "is" } else { "are" };
        let names: Vec<String> = self
            .origins
            .iter()
            .take(NAMED)
            .map(|it| format!("“{it}”"))
            .collect();
        let names = names.join(", ");
        let more = match self.origins.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!(
            "{about}{} of them {are} here as from {names}{more}",
            self.count
        )
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        match self.taken() {
            Some(origin) => format!(
                "--origin “{origin}” brings their news; --origin with another name makes them anew"
            ),
            None => "import each file by itself, with the --origin under which its things are here; --origin with another name makes them anew".to_owned(),
        }
    }
}

/// What is remembered of a new thing to find it under another origin.
struct Kept {
    entity: Entity,
    key: ImportKey,
    /// The hash of its title, of which there may be a megabyte.
    title: u64,
}

/// New things whose origin is guessed, spread evenly over all of them.
#[derive(Default)]
pub(super) struct Sample {
    /// The origins that are guessed; none where there is nothing to compare with.
    guessed: BTreeSet<String>,
    seen: u64,
    /// How far apart those are that are kept, as a power of two.
    apart: u32,
    kept: Vec<Kept>,
}

impl Sample {
    /// An empty sample for the things of a plan. It stays empty where their origin was asked for, and in a workspace that
    /// knows no origin so far.
    pub(super) fn of(reader: &Reader<'_>, plan: &Plan) -> Result<Self, Problem> {
        let compares = plan.choices.origin.is_none() && reader.has_origins()?;
        let sources = plan.sources.iter().filter(|_| compares);
        Ok(Self {
            guessed: sources.map(|source| source.name.clone()).collect(),
            ..Self::default()
        })
    }

    /// Takes note of a thing that is new here.
    pub(super) fn take(&mut self, thing: &Brought) {
        let Some((entity, source, origin, id, title)) = parts(thing) else {
            return;
        };
        if !self.guessed.contains(origin) {
            return;
        }
        let place = self.seen;
        self.seen += 1;
        if !place.is_multiple_of(1 << self.apart) {
            return;
        }
        if self.kept.len() == KEPT {
            let mut is_second = false;
            self.kept.retain(|_| {
                is_second = !is_second;
                is_second
            });
            self.apart += 1;
        }
        let key = ImportKey {
            source: source.to_owned(),
            origin: origin.to_owned(),
            id: id.to_owned(),
        };
        let title = hashed(title);
        self.kept.push(Kept { entity, key, title });
    }

    /// Under which other origins they are here, and how many.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub(super) fn conclude(self, reader: &Reader<'_>) -> Result<Option<Elsewhere>, Problem> {
        let mut origins: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for kept in &self.kept {
            if !origins.contains_key(kept.key.source.as_str()) {
                let mut known = reader.origins_of(&kept.key.source)?;
                known.retain(|origin| !self.guessed.contains(origin));
                origins.insert(&kept.key.source, known);
            }
        }
        let all = origins.values().map(Vec::len).max().unwrap_or_default();
        if all == 0 {
            return Ok(None);
        }
        let step = self.kept.len().div_ceil((LOOKS / all).max(1)).max(1);
        let mut hits: BTreeMap<&str, u64> = BTreeMap::new();
        let mut here = 0;
        for kept in self.kept.iter().step_by(step) {
            let mut is_here = false;
            for origin in origins.get(kept.key.source.as_str()).into_iter().flatten() {
                if kept.is_here_as_from(reader, origin)? {
                    *hits.entry(origin).or_insert(0) += 1;
                    is_here = true;
                }
            }
            here += u64::from(is_here);
        }
        // Of several weeks that were imported apart the last name is that of the newest.
        let mut hits: Vec<(u64, &str)> = hits
            .into_iter()
            .map(|(origin, count)| (count, origin))
            .collect();
        hits.sort_unstable_by(|a, b| b.cmp(a));
        let Some((most, _)) = hits.first() else {
            return Ok(None);
        };
        Ok(Some(Elsewhere {
            is_one: self.guessed.len() == 1 && *most == here,
            origins: hits
                .iter()
                .map(|(_, origin)| (*origin).to_owned())
                .collect(),
            count: ((here * step as u64) << self.apart).min(self.seen),
            of: self.seen,
            exact: self.apart == 0 && step == 1,
        }))
    }
}

impl Kept {
    /// Whether it is here as from that origin.
    fn is_here_as_from(&self, reader: &Reader<'_>, origin: &str) -> Result<bool, Problem> {
        let key = ImportKey {
            origin: origin.to_owned(),
            ..self.key.clone()
        };
        let title = reader.live_title(identity(self.entity, &key))?;
        Ok(title.is_some_and(|title| hashed(&title) == self.title))
    }
}

fn identity(entity: Entity, key: &ImportKey) -> Thing {
    let id = match entity {
        Entity::Idea => key.idea().0,
        _ => key.feedback().0,
    };
    Thing { entity, id }
}

/// Kind, source, origin, id and title of a thing that is known by its id. Releases are known by their names, too, and a
/// comment is where what it is on is.
fn parts(thing: &Brought) -> Option<(Entity, &str, &str, &str, &str)> {
    match thing {
        Brought::Feedback(it) => {
            let id = it.source_id.as_deref()?;
            Some((Entity::Feedback, &it.source, &it.origin, id, &it.title))
        }
        Brought::Idea(it) => {
            let ImportKey { source, origin, id } = &it.key;
            Some((Entity::Idea, source, origin, id, &it.title))
        }
        Brought::Release(_) | Brought::Comment(_) => None,
    }
}

fn hashed(title: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    title.hash(&mut hasher);
    hasher.finish()
}

impl Plan {
    /// Refuses, where nobody is asked, to make anew what is here as from other origins, where that is no chance.
    ///
    /// # Errors
    /// How many those are, and what to ask for.
    pub fn check_origin(&self) -> Result<(), Problem> {
        let Some(elsewhere) = self.elsewhere.as_ref().filter(|it| it.is_much()) else {
            return Ok(());
        };
        let name = self.name();
        let summary = format!("cannot import {name}: it would bring the same again");
        let because = format!(
            "nothing in it tells where it comes from, and {}, by id and title",
            elsewhere.words()
        );
        Err(Problem::new(Kind::Input, summary)
            .because(because)
            .hint(elsewhere.advice()))
    }

    /// Whether the first things that its files bring are here as from another origin, so that a plan has to look at all.
    pub(super) fn begins_elsewhere(&self, reader: &Reader<'_>) -> Result<bool, Problem> {
        let mut sample = Sample::of(reader, self)?;
        if sample.guessed.is_empty() {
            return Ok(false);
        }
        for verdict in self.verdicts(Phase::Planning, &mut ())?.take(HEAD) {
            let (_, Verdict::Brings(things)) = verdict? else {
                continue;
            };
            for thing in &things {
                let Some((entity, source, origin, id, _)) = parts(thing) else {
                    continue;
                };
                let own = ImportKey {
                    source: source.to_owned(),
                    origin: origin.to_owned(),
                    id: id.to_owned(),
                };
                if reader.find(entity, identity(entity, &own).id)?.is_none() {
                    sample.take(thing);
                }
            }
        }
        let found = sample.conclude(reader)?;
        Ok(found.is_some_and(|elsewhere| elsewhere.is_much()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::import::ImportRecord;

    fn thing(number: u64) -> Brought {
        Brought::from(ImportRecord {
            source: "csv".to_owned(),
            origin: "a.csv".to_owned(),
            source_id: Some(number.to_string()),
            title: "t".to_owned(),
            ..ImportRecord::default()
        })
    }

    #[test]
    fn a_sample_stays_small_and_is_spread_evenly() {
        let mut sample = Sample {
            guessed: ["a.csv".to_owned()].into(),
            ..Sample::default()
        };
        let of = 5 * KEPT as u64;
        (0..of).for_each(|number| sample.take(&thing(number)));
        assert_eq!((sample.seen, sample.apart), (of, 3));
        let ids: Vec<u64> = sample
            .kept
            .iter()
            .filter_map(|kept| kept.key.id.parse().ok())
            .collect();
        let expected: Vec<u64> = (0..of).step_by(8).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn what_is_not_guessed_is_not_sampled() {
        let mut sample = Sample::default();
        sample.take(&thing(1));
        assert_eq!((sample.seen, sample.kept.len()), (0, 0));
    }
}
