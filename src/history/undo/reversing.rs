//! Setting back what an action changed, field by field, and looking at what that did.

use std::collections::HashSet;

use super::told::Told;
use super::{Blocking, Manner, NAMED, about, makes, things};
use crate::domain::entity::{DELETED, Entity, Thing, Value};
use crate::history::draft::Draft;
use crate::history::error::Result;
use crate::history::journal::Change;
use crate::history::{obstacle, rules};
use crate::store::ActionRecord;

/// An action set back in a draft, and what stands in the way of keeping it so.
pub(super) struct SetBack<'d, 'w> {
    pub(super) draft: Draft<'d, 'w>,
    pub(super) found: Vec<Blocking>,
    /// The first things that were set back.
    pub(super) first: Vec<Thing>,
}

impl<'d, 'w> SetBack<'d, 'w> {
    /// Sets back what an action changed, and looks at what that did.
    pub(super) fn of(
        draft: Draft<'d, 'w>,
        target: &ActionRecord,
        manner: &Manner,
        told: &mut Told<'_, '_>,
    ) -> Result<Self> {
        let mut reversing = Reversing {
            draft,
            target,
            manner,
            found: Vec::new(),
            along: Vec::new(),
            first: Vec::new(),
            told,
        };
        reversing.set_back()?;
        reversing.let_go()?;
        if reversing.found.is_empty() {
            reversing.check()?;
        }
        Ok(Self {
            draft: reversing.draft,
            found: reversing.found,
            first: reversing.first,
        })
    }
}

/// A reversal in the making.
struct Reversing<'r, 'd, 'w, 't, 'f> {
    draft: Draft<'d, 'w>,
    target: &'r ActionRecord,
    manner: &'r Manner,
    found: Vec<Blocking>,
    /// What came along with the deed and goes with it if nobody else needs it.
    along: Vec<Thing>,
    /// The first things that were set back.
    first: Vec<Thing>,
    told: &'r mut Told<'t, 'f>,
}

impl Reversing<'_, '_, '_, '_, '_> {
    /// Sets every field back which still is what the action left.
    fn set_back(&mut self) -> Result<()> {
        let action = self.target.key.local;
        for sequence in (0..self.draft.reader().chunk_count(action)?).rev() {
            for (thing, changes) in things(self.draft.reader(), action, sequence)? {
                if !self.manner.without.contains(&thing) {
                    if self.first.len() < about::FIRST {
                        self.first.push(thing);
                    }
                    self.set_thing_back(thing, &changes)?;
                }
                self.told.advance(changes.len() as u64)?;
            }
        }
        Ok(())
    }

    fn set_thing_back(&mut self, thing: Thing, changes: &[Change]) -> Result<()> {
        let local = self.draft.local(thing)?;
        let values = self.draft.reader().values(thing.entity, local)?;
        let now = |change: &Change| {
            let fields = thing.entity.fields().iter();
            fields
                .zip(&values)
                .find(|(field, _)| field.name == change.field.name)
                .map_or(&Value::Null, |(_, value)| value)
        };
        let made = changes.iter().any(makes);
        let came_along = self.came_along(thing);
        if made && came_along {
            if changes.iter().all(|change| *now(change) == change.to) {
                self.along.push(thing);
            }
            return Ok(());
        }
        let mut untouched = true;
        for change in changes {
            let current = now(change);
            if *current == change.to {
                continue;
            }
            untouched = false;
            let settled = came_along && *current == change.from;
            if !self.manner.tolerant && !settled && self.found.len() < NAMED {
                let found = obstacle::changed(
                    self.draft.reader(),
                    thing,
                    change.field,
                    local,
                    self.target.key.local,
                )?;
                self.found.push(found);
            }
        }
        if made {
            if untouched {
                self.draft.delete(thing)?;
            }
            return Ok(());
        }
        let back = changes.iter().filter(|change| *now(change) == change.to);
        let back = back.map(|change| (change.field.name, change.from.clone()));
        self.draft.set_all(thing, back.collect())?;
        Ok(())
    }

    /// Whether a thing is of a kind that is made in passing, and not by a deed about it.
    fn came_along(&self, thing: Thing) -> bool {
        let verb = self.target.verb.as_str();
        match thing.entity {
            Entity::Person | Entity::Company | Entity::Customer | Entity::Area => {
                !matches!(verb, "person" | "company" | "area")
            }
            // The occurrence that was needed, and what stands on an agenda for a thing that it shows by itself.
            Entity::Meeting => verb != "plan-meeting",
            Entity::AgendaItem => is_determined(thing.id) && verb != "carry-over",
            _ => false,
        }
    }

    /// Marks as deleted what came along with the deed, unless somebody's work refers to it: first those who refer to
    /// others.
    fn let_go(&mut self) -> Result<()> {
        let kinds = [
            Entity::AgendaItem,
            Entity::Meeting,
            Entity::Customer,
            Entity::Company,
            Entity::Area,
            Entity::Person,
        ];
        for entity in kinds {
            for thing in self.along.clone() {
                if thing.entity != entity {
                    continue;
                }
                self.told.advance(0)?;
                let local = self.draft.local(thing)?;
                if self
                    .draft
                    .reader()
                    .references_to(entity, local, 1)?
                    .is_empty()
                {
                    self.draft.delete(thing)?;
                }
            }
        }
        Ok(())
    }

    /// Looks for rules that are broken now.
    fn check(&mut self) -> Result<()> {
        let action = self.target.key.local;
        let mut marked = HashSet::new();
        for sequence in 0..self.draft.reader().chunk_count(action)? {
            for (thing, changes) in things(self.draft.reader(), action, sequence)? {
                self.told.advance(changes.len() as u64)?;
                if self.manner.without.contains(&thing) {
                    continue;
                }
                // What an earlier chunk made or brought back is gone by this very undo, and was looked at there.
                if changes.iter().any(|change| change.field.name == DELETED) {
                    marked.insert(thing);
                } else if marked.contains(&thing) && !self.draft.is_live(thing)? {
                    continue;
                }
                rules::check(self.draft.reader(), thing, &changes, &mut self.found)?;
                if self.found.len() >= NAMED && !self.manner.tolerant {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Whether an identity follows from what the thing is.
fn is_determined(id: uuid::Uuid) -> bool {
    id.get_version() == Some(uuid::Version::Sha1)
}
