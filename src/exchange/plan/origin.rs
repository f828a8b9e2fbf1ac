//! Where the things of a plan come from: the host, project or file that is a part of their identity.

use std::collections::BTreeSet;

use super::Plan;
use crate::domain::import::Brought;

/// At most this many origins are named.
const NAMED: usize = 20;

/// Where the things of a plan come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin<'p> {
    /// Somebody said so, now or in a saved mapping.
    Asked(&'p str),
    /// The files tell, by links or names in them.
    Told(&'p BTreeSet<String>),
    /// Nothing tells of some things, and the name of their file serves. The same file under another name would bring them
    /// a second time.
    FileName,
}

impl Plan {
    /// The hosts, projects or files that its things come from; the first few.
    pub fn origins(&self) -> impl Iterator<Item = &String> {
        self.origins.iter()
    }

    /// Where its things come from; `None` when there are none.
    #[must_use]
    pub fn origin(&self) -> Option<Origin<'_>> {
        let named = |name: &String| self.sources.iter().any(|source| source.name == *name);
        match &self.choices.origin {
            _ if self.origins.is_empty() => None,
            Some(asked) => Some(Origin::Asked(asked)),
            None if self.origins.iter().any(named) => Some(Origin::FileName),
            None => Some(Origin::Told(&self.origins)),
        }
    }
}

impl Origin<'_> {
    /// Its stable name: `asked`, `told` or `file`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Asked(_) => "asked",
            Self::Told(_) => "told",
            Self::FileName => "file",
        }
    }
}

/// Remembers the origin of a thing.
pub(super) fn remember(origins: &mut BTreeSet<String>, thing: &Brought) {
    let origin = match thing {
        Brought::Feedback(record) => &record.origin,
        Brought::Idea(idea) => &idea.key.origin,
        Brought::Release(release) => &release.key.origin,
        Brought::Comment(reply) => &reply.on.origin,
    };
    if origins.len() < NAMED && !origins.contains(origin) {
        origins.insert(origin.clone());
    }
}
