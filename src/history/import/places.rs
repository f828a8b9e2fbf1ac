//! The places of an idea in the release plan, as a file has them, and the rules of its status.

use hashbrown::HashSet;
use uuid::Uuid;

use super::assess::Clash;
use super::desk::{Desk, Look, Row};
use super::late::To;
use super::step::Step;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::determined;
use crate::domain::idea::Status;
use crate::domain::import::ImportPlace;
use crate::domain::release::Health;
use crate::history::commit::backlog;
use crate::history::error::Result;
use crate::store::Reader;

/// Where an idea is to be.
#[derive(Clone)]
pub(super) struct Places {
    /// The releases that the file names.
    pub(super) releases: Vec<ImportPlace>,
    /// The status of the idea, as it is after the import.
    pub(super) status: Status,
    /// Whether it becomes Planned by being in a release: its status is not told.
    pub(super) promotes: bool,
    /// Whether the rule of its status is to be looked at even if it stays where it is.
    pub(super) repairs: bool,
}

/// A release that an idea is to be in.
struct Wanted {
    release: Uuid,
    health: Option<Health>,
}

/// An item that an idea has.
struct Slot {
    row: Row,
    /// The release in which the last import left it; `None` where no import did.
    left_in: Option<Uuid>,
    /// Whether nobody here moved or cut it since.
    is_untouched: bool,
    /// Whether a release that the file names accounts for it.
    is_met: bool,
}

impl Slot {
    fn release(&self) -> Option<Uuid> {
        match self.row.get("release") {
            Value::Thing(id) => Some(*id),
            _ => None,
        }
    }

    /// Its health at its source. One that an import cut for want of a release comes back.
    fn health(&self, wanted: &Wanted) -> Option<Health> {
        let back = self.is_cut() && self.is_untouched;
        wanted.health.or(back.then_some(Health::OnTrack))
    }

    fn is_cut(&self) -> bool {
        self.row.integer("health") == Some(Health::Cut.code())
    }
}

impl Desk {
    /// Puts the idea in hand where its source has it. An item that nobody moved here moves along; a Planned idea that is
    /// in no release goes to the backlog.
    ///
    /// As long as a release has not come, all of it waits for the end of the import.
    pub(super) fn settle(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        places: &Places,
        at_end: bool,
    ) -> Result<()> {
        if places.releases.is_empty() && !places.repairs {
            return Ok(());
        }
        let wanted = self.wanted(reader, &places.releases, at_end)?;
        let is_whole = wanted.len() == places.releases.len();
        if !is_whole && !at_end {
            self.later(look.thing, To::Releases(places.clone()));
            return Ok(());
        }
        let mut slots = self.slots(reader, look.thing)?;
        let before = look.steps.len();
        let open = self.meet(reader, look, &mut slots, wanted)?;
        let mut is_placed = false;
        for wanted in open {
            is_placed |= self.put(reader, look, &mut slots, &wanted, is_whole)?;
        }
        let is_met = |slot: &Slot| slot.is_met && !slot.is_cut();
        is_placed |= slots.iter().any(is_met);
        if is_whole && !places.releases.is_empty() {
            self.cut_the_rest(look, &mut slots, is_placed);
        }
        is_placed |= slots.iter().any(|slot| !slot.is_cut());
        if places.repairs || look.steps.len() > before {
            self.repair(reader, look, &mut slots, places, is_placed)?;
        }
        Ok(())
    }

    /// The releases that are there by now, each once.
    fn wanted(
        &self,
        reader: &Reader<'_>,
        places: &[ImportPlace],
        at_end: bool,
    ) -> Result<Vec<Wanted>> {
        let mut wanted: Vec<Wanted> = Vec::new();
        for place in places {
            if let Some(release) = self.names.release(reader, &place.release, at_end)? {
                let health = place.health;
                wanted.push(Wanted { release, health });
            }
        }
        Ok(wanted)
    }

    fn slots(&mut self, reader: &Reader<'_>, idea: Thing) -> Result<Vec<Slot>> {
        let mut slots = Vec::new();
        let Some(local) = reader.find(Entity::Idea, idea.id)? else {
            return Ok(slots);
        };
        for item in reader.items_of_idea(local)? {
            let thing = Thing::new(Entity::ReleaseItem, item.key.id);
            let Some(mut row) = Self::row(reader, thing)? else {
                continue;
            };
            let release = self.said_of(reader, &mut row, "release")?;
            let health = self.said_of(reader, &mut row, "health")?;
            let anything = self.said(reader, &mut row)?.anything;
            let cut = Value::Integer(Health::Cut.code());
            let is_cut_here = *row.get("health") == cut && health != cut;
            slots.push(Slot {
                is_untouched: anything && release == *row.get("release") && !is_cut_here,
                left_in: match release {
                    Value::Thing(id) if anything => Some(id),
                    _ => None,
                },
                row,
                is_met: false,
            });
        }
        Ok(slots)
    }

    /// Finds the items that are in the releases already, or were moved out of them here. Answers the releases without one.
    fn meet(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        slots: &mut [Slot],
        wanted: Vec<Wanted>,
    ) -> Result<Vec<Wanted>> {
        let mut open: Vec<Wanted> = Vec::new();
        let mut seen = HashSet::new();
        for wanted in wanted {
            // Two keys may lead to one release, by its name: the first that is told of it is heard.
            if !seen.insert(wanted.release) {
                continue;
            }
            let release = Some(wanted.release);
            let is_there = |slot: &&mut Slot| slot.release() == release;
            if let Some(slot) = slots.iter_mut().find(is_there) {
                slot.is_met = true;
                let health = slot.health(&wanted);
                self.renew_health(reader, look, &mut slot.row, health)?;
            } else if let Some(slot) = slots.iter_mut().find(|slot| slot.left_in == release) {
                slot.is_met = true;
            } else {
                open.push(wanted);
            }
        }
        Ok(open)
    }

    fn renew_health(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        item: &mut Row,
        health: Option<Health>,
    ) -> Result<()> {
        if let Some(health) = health {
            let health = Value::Integer(health.code());
            self.renew(reader, look, item, "health", health)?;
        }
        Ok(())
    }

    /// Puts the idea into a release: by the item that its source has taken out of another one, else by a new item.
    /// Answers whether it is there by a new one.
    fn put(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        slots: &mut [Slot],
        wanted: &Wanted,
        may_move: bool,
    ) -> Result<bool> {
        let mut left: Vec<&mut Slot> = slots
            .iter_mut()
            .filter(|slot| may_move && !slot.is_met && slot.left_in.is_some())
            .collect();
        left.sort_by_key(|slot| (!slot.is_untouched, slot.is_cut()));
        if let Some(slot) = left.into_iter().next() {
            slot.is_met = true;
            if !slot.is_untouched {
                let clash = self.move_clash(reader, slot, wanted)?;
                look.clashes.push(clash);
                return Ok(false);
            }
            let step = Step::Move {
                item: slot.row.thing,
                release: wanted.release,
            };
            self.names.push(&mut look.steps, step);
            slot.row.put("release", Value::Thing(wanted.release));
            let health = slot.health(wanted);
            self.renew_health(reader, look, &mut slot.row, health)?;
            return Ok(false);
        }
        let health = wanted.health.unwrap_or(Health::OnTrack);
        let placed = self.place(reader, look, wanted.release, health, false)?;
        Ok(placed && health != Health::Cut)
    }

    /// The item was moved or cut here, and moved at its source.
    fn move_clash(&self, reader: &Reader<'_>, slot: &Slot, wanted: &Wanted) -> Result<Clash> {
        let item = Entity::ReleaseItem;
        let release = slot.row.get("release");
        let here = self.shown(reader, item, "release", release)?;
        let there = self.shown(reader, item, "release", &Value::Thing(wanted.release))?;
        Ok(Clash {
            field: "release",
            here: if slot.is_cut() {
                format!("cut from {here}")
            } else {
                here
            },
            there,
        })
    }

    /// Makes an item at the end of a release; answers whether it did. One that somebody removed here stays away, unless
    /// there must be one.
    fn place(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        release: Uuid,
        health: Health,
        must: bool,
    ) -> Result<bool> {
        let idea = look.thing.id;
        for number in 0u32.. {
            let number = number.to_le_bytes();
            let parts: [&[u8]; 3] = [idea.as_bytes(), release.as_bytes(), &number];
            let item = determined("release_item", &parts);
            let mut row = Self::row(reader, Thing::new(Entity::ReleaseItem, item))?;
            if row.as_ref().is_some_and(Row::is_live) {
                // It was moved elsewhere.
                continue;
            }
            if self.may_come(reader, row.as_mut())? {
                let health = health.code();
                let step = Step::Place {
                    item,
                    idea,
                    release,
                    health,
                };
                self.names.push(&mut look.steps, step);
                return Ok(true);
            }
            if !must {
                break;
            }
        }
        Ok(false)
    }

    /// What its source took out of its releases is cut, where nobody touched it here. The backlog serves what is in no
    /// other release.
    fn cut_the_rest(&mut self, look: &mut Look<'_>, slots: &mut [Slot], is_placed: bool) {
        for slot in slots {
            let serves = slot.release() == Some(backlog().0) && !is_placed;
            if !slot.is_met && slot.is_untouched && !serves {
                let cut = Value::Integer(Health::Cut.code());
                self.set(look, &mut slot.row, "health", cut);
            }
        }
    }

    /// What is in a release is Planned, if its status is not told; and what is Planned is in a release: the backlog serves.
    fn repair(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        slots: &mut [Slot],
        places: &Places,
        is_placed: bool,
    ) -> Result<()> {
        if places.promotes && is_placed {
            let planned = Value::Integer(Status::Planned.code());
            let step = Step::Set(look.thing, "status", planned);
            self.names.push(&mut look.steps, step);
        }
        if places.status != Status::Planned || is_placed {
            return Ok(());
        }
        let backlog = self.names.backlog(reader)?;
        match slots
            .iter_mut()
            .find(|slot| slot.release() == Some(backlog))
        {
            Some(slot) => {
                let health = Value::Integer(Health::OnTrack.code());
                self.set(look, &mut slot.row, "health", health);
            }
            None => {
                self.place(reader, look, backlog, Health::OnTrack, true)?;
            }
        }
        Ok(())
    }
}
