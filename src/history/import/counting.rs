//! What became of the things of an import, in numbers.

use std::collections::HashSet;

use super::assess::Fate;
use super::desk::Look;
use super::late::{Late, To};
use crate::domain::entity::{Entity, Thing};
use crate::domain::import::{ImportCounts, Imported};

/// Counts the looks of an import: every thing once, by what became of it in the end.
#[derive(Default)]
pub(super) struct Counting {
    pub(super) counts: ImportCounts,
    /// What was unchanged at first, and was updated at the end.
    updated: HashSet<Thing>,
}

impl Counting {
    /// Counts the look at a thing; one that waits is counted at the end.
    pub(super) fn first(&mut self, look: &Look<'_>) {
        if !look.waits {
            let fate = look.fate();
            count(self.kind(look.kind), fate);
        }
    }

    /// Counts what the second look at a reference finds.
    pub(super) fn again(&mut self, late: &Late, look: &Look<'_>) {
        match &late.to {
            To::Commented(_) if look.waits => self.counts.lost_comments += 1,
            To::Commented(_) | To::Release(_) => self.first(look),
            _ if late.counted || look.steps.is_empty() => {}
            _ => {
                if self.updated.insert(late.thing) {
                    let counted = self.kind(late.thing.entity);
                    counted.unchanged -= 1;
                    counted.updated += 1;
                }
            }
        }
    }

    const fn kind(&mut self, kind: Entity) -> &mut Imported {
        match kind {
            Entity::Idea => &mut self.counts.ideas,
            Entity::Release => &mut self.counts.releases,
            Entity::Comment => &mut self.counts.comments,
            _ => &mut self.counts.feedback,
        }
    }
}

const fn count(counted: &mut Imported, fate: Fate) {
    match fate {
        Fate::Create => counted.created += 1,
        Fate::Update => counted.updated += 1,
        Fate::Unchanged => counted.unchanged += 1,
    }
}
