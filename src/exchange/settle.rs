//! What holds for everything that a file brings, whichever tool it is from: what was asked for overrides, nothing
//! comes twice, nothing is nameless.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use uuid::Uuid;

use super::convert::Choices;
use super::convert::words::headline;
use super::verdict::{Skip, Verdict};
use crate::domain::id::ByIdentity;
use crate::domain::import::{Brought, ImportRecord};

/// The number of a line, in as little room as it takes: a million of them are remembered.
#[derive(Clone, Copy)]
struct Line([u8; 5]);

impl Line {
    fn of(line: u64) -> Self {
        let [a, b, c, d, e, ..] = line.to_le_bytes();
        Self([a, b, c, d, e])
    }

    fn number(self) -> u64 {
        let Self([a, b, c, d, e]) = self;
        u64::from_le_bytes([a, b, c, d, e, 0, 0, 0])
    }
}

/// Settles verdicts, in the order of the file. It remembers which identities it has seen, and nothing else of a file.
#[derive(Default)]
pub struct Settler {
    seen: HashMap<Uuid, Line, ByIdentity>,
    occurrences: HashMap<Uuid, u32, ByIdentity>,
}

impl Settler {
    /// What really becomes of a piece.
    pub fn settle(&mut self, choices: &Choices, verdict: Verdict) -> Verdict {
        let Verdict::Brings(mut things) = verdict else {
            return verdict;
        };
        let mut skipped = None;
        things.retain_mut(|thing| {
            let kept = self.thing(choices, thing);
            kept.unwrap_or_else(|skip| {
                skipped = Some((thing.line(), skip));
                false
            })
        });
        match skipped {
            Some((line, skip)) if things.is_empty() => Verdict::Skipped(line, skip),
            _ => Verdict::Brings(things),
        }
    }

    /// Settles a thing. Answers whether it is imported; it is not when the same one came before, as an idea does with each of
    /// its voters.
    fn thing(&mut self, choices: &Choices, thing: &mut Brought) -> Result<bool, Skip> {
        let line = thing.line();
        Ok(match thing {
            Brought::Feedback(record) => {
                self.feedback(choices, record)?;
                true
            }
            Brought::Idea(idea) if idea.title.trim().is_empty() => return Err(Skip::Blank),
            Brought::Release(release) if release.name.trim().is_empty() => return Err(Skip::Blank),
            Brought::Idea(idea) => self.first_time(idea.key.idea().0, line).is_ok(),
            Brought::Release(release) => self.first_time(release.key.release().0, line).is_ok(),
            Brought::Comment(_) => true,
        })
    }

    fn feedback(&mut self, choices: &Choices, record: &mut ImportRecord) -> Result<(), Skip> {
        if record.title.trim().is_empty() {
            record.title = headline(&record.body);
        }
        if record.title.is_empty() {
            return Err(Skip::Blank);
        }
        if let Some(state) = choices.state {
            record.state = state;
        }
        let identity = record.identity();
        if record.source_id.is_some() || record.id.is_some() {
            self.first_time(identity.0, record.line)
                .map_err(|first| Skip::Repeated { first })?;
            // Nobody need compute it again.
            record.id = Some(identity);
        } else {
            let count = self.occurrences.entry(identity.0).or_insert(0);
            record.occurrence = *count;
            *count += 1;
        }
        Ok(())
    }

    /// Remembers an identity, or tells in which line it came before.
    fn first_time(&mut self, identity: Uuid, line: u64) -> Result<(), u64> {
        match self.seen.entry(identity) {
            Entry::Vacant(new) => {
                new.insert(Line::of(line));
                Ok(())
            }
            Entry::Occupied(first) => Err(first.get().number()),
        }
    }
}
