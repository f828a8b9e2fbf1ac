//! One occurrence of a kind of meeting.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::domain::choices::choices;
use crate::domain::entity::Thing;
use crate::domain::id::{
    AgendaItemId, AreaId, MeetingId, PersonId, ReleaseId, ShortId, determined,
};
use crate::domain::moment::{MINUTE, Moment};
use crate::domain::people::Handle;
use crate::domain::zone::Zone;

/// The kind for whose next occurrence things are queued, and which agenda and gate are about.
pub const WEEKLY_SYNC: &str = "weekly-sync";

choices! {
    /// Where a meeting stands.
    MeetingState {
        /// To come.
        Planned = 0, "planned", "planned";
        /// Begun and not yet finished.
        Running = 1, "running", "running";
        /// Over.
        Finished = 2, "finished", "finished";
        /// Not held.
        Cancelled = 3, "cancelled", "cancelled";
    }
}

/// Which of a kind's occurrences: what its calendar says, whenever it is really held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// That of this day; the Monday of its week or the first of its month where the day is open.
    Day(NaiveDate),
    /// That after the release of its [`Scope`], whose date may change.
    Release,
    /// One that was planned by hand, for that moment at first.
    At(Moment),
}

impl Slot {
    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "release" {
            return Some(Self::Release);
        }
        if let Ok(day) = text.parse() {
            return Some(Self::Day(day));
        }
        let at = chrono::DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self::At(Moment(at.timestamp_millis())))
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Release => f.write_str("release"),
            Self::At(at) => f.write_str(&at.rfc3339()),
        }
    }
}

/// What one of several meetings side by side is held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// A product area.
    Area(AreaId),
    /// A colleague.
    Person(PersonId),
    /// A release.
    Release(ReleaseId),
}

impl Scope {
    /// The identity of what it is held for.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Area(id) => id.0,
            Self::Person(id) => id.0,
            Self::Release(id) => id.0,
        }
    }
}

/// Which occurrence of which kind: all that its row needs when something is done to it first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The kind by its stable name.
    pub kind: String,
    /// Which of them.
    pub slot: Slot,
    /// What it is held for, where there are several side by side.
    pub scope: Option<Scope>,
    /// What it is called.
    pub title: String,
}

impl Occurrence {
    /// Its identity (UUID version 5): the same for everyone who means this occurrence.
    #[must_use]
    pub fn id(&self) -> MeetingId {
        let slot = self.slot.to_string();
        let scope = self.scope.map(Scope::id);
        let scope = scope.as_ref().map_or(&[][..], |id| id.as_bytes());
        MeetingId(determined(
            "meeting",
            &[self.kind.as_bytes(), slot.as_bytes(), scope],
        ))
    }
}

/// The identity of the agenda item which stands for a thing that the agenda shows by itself, such as a release item:
/// the same for everyone, so that notes of two windows meet in one row.
#[must_use]
pub fn generated_item(meeting: MeetingId, about: Thing) -> AgendaItemId {
    let name = about.entity.name().as_bytes();
    AgendaItemId(determined(
        "agenda item",
        &[meeting.0.as_bytes(), name, about.id.as_bytes()],
    ))
}

/// Under which identity the time is kept that a part of an agenda takes which has no items: a question, or what a filter shows.
#[must_use]
pub fn part_item(meeting: MeetingId, title: &str) -> AgendaItemId {
    AgendaItemId(determined(
        "agenda part",
        &[meeting.0.as_bytes(), title.as_bytes()],
    ))
}

/// A moment as the clocks of a zone show it: `Wed 18 Nov 2026 09:00`; those of UTC where nobody knows the zone.
#[must_use]
pub fn shown(at: Moment, zone: &str) -> String {
    at.at(&Zone::or_utc(zone))
        .format("%a %-d %b %Y %H:%M")
        .to_string()
}

/// The same without the year where it is that of `now`: `Wed 18 Nov 09:00`.
#[must_use]
pub fn briefly(at: Moment, zone: &str, now: Moment) -> String {
    let zone = Zone::or_utc(zone);
    let there = at.at(&zone);
    match there.year() == now.at(&zone).year() {
        true => there.format("%a %-d %b %H:%M").to_string(),
        false => there.format("%a %-d %b %Y %H:%M").to_string(),
    }
}

/// The day that it is in a zone at that moment; that of UTC where nobody knows the zone.
#[must_use]
pub fn day_there(at: Moment, zone: &str) -> NaiveDate {
    at.at(&Zone::or_utc(zone)).date_naive()
}

/// An occurrence as it stands: computed from its kind, with what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// Which it is.
    pub occurrence: Occurrence,
    /// Its identity, whether there is a row or not.
    pub id: MeetingId,
    /// What a person types for it; `None` while nothing was done to it.
    pub short: Option<ShortId>,
    /// What it is called.
    pub title: String,
    /// What it is held for, by name: an area, a mention name with `@`, a release.
    pub scope_name: Option<String>,
    /// When it begins; `None` while the day is open.
    pub at: Option<Moment>,
    /// The last moment of the week or month in which it is due, where the day is open; else its end.
    pub until: Moment,
    /// When it would begin had it not been moved.
    pub planned: Option<Moment>,
    /// The zone whose clocks count (`America/Los_Angeles`).
    pub zone: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Where it stands.
    pub state: MeetingState,
    /// When it was really begun and ended, where it was run here.
    pub held: (Option<Moment>, Option<Moment>),
    /// From when on it is to be prepared.
    pub prepare: Moment,
    /// Mention names of those who attend: by their role, and those invited.
    pub attendees: Vec<Handle>,
    /// Notes on the meeting as a whole.
    pub notes: Option<String>,
}

impl Sitting {
    /// Whether it was moved from where its calendar has it.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.planned.is_some() && self.at != self.planned
    }

    /// When it ends, or ended: really, where it was run here; else by its length.
    #[must_use]
    pub fn end(&self) -> Moment {
        match (self.held.1, self.at) {
            (Some(end), _) => end,
            (None, Some(at)) => at.plus(i64::from(self.minutes) * MINUTE),
            (None, None) => self.until,
        }
    }
}

/// A meeting that is being held in this copy: which item is at hand, and how long each has taken so far.
///
/// It is kept in the file at every step, but belongs to this copy alone: a colleague who takes notes beside it has a
/// clock of their own. While it runs, only the moment is kept at which the item came to hand, so that a crash loses
/// nothing: the clock on the wall went on as well.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Running {
    /// The item at hand, by its identity; `None` before the first and after the last.
    pub at_hand: Option<AgendaItemId>,
    /// Whether the clock stands still.
    pub paused: bool,
    /// How long each item has taken.
    pub boxes: Vec<TimeBox>,
}

/// A step of a meeting that is being held in this copy. It is no deed: undo is for what was noted and decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Takes up an item, or none: the clock of the one before stops.
    TakeUp(Option<AgendaItemId>),
    /// Stops the clock of the item at hand, or starts it again.
    Hold(bool),
}

/// How long an item has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeBox {
    /// The item.
    pub item: AgendaItemId,
    /// Milliseconds before the clock was started last.
    pub spent: i64,
    /// When the clock was started last, if it runs.
    pub since: Option<Moment>,
}

impl TimeBox {
    /// How many milliseconds it has taken at `now`. A clock that was set back takes nothing away.
    #[must_use]
    pub fn taken(&self, now: Moment) -> i64 {
        let running = self.since.map_or(0, |since| now.0.saturating_sub(since.0));
        self.spent.saturating_add(running.max(0))
    }
}

impl Running {
    /// Does a step at `now`, as the file does it.
    pub fn turn(&mut self, turn: Turn, now: Moment) {
        if turn != Turn::Hold(false) {
            self.stop(now);
        }
        match turn {
            Turn::TakeUp(item) => {
                self.at_hand = item;
                self.paused = false;
                if let Some(item) = item {
                    self.clock(item).since = Some(now);
                }
            }
            Turn::Hold(paused) => {
                self.paused = paused && self.at_hand.is_some();
                if let (Some(item), false) = (self.at_hand, paused) {
                    self.clock(item).since.get_or_insert(now);
                }
            }
        }
    }

    /// Stops the clock of the item at hand.
    fn stop(&mut self, now: Moment) {
        let at_hand = self.at_hand;
        let clock = self.boxes.iter_mut();
        for time in clock.filter(|time| Some(time.item) == at_hand) {
            time.spent = time.taken(now);
            time.since = None;
        }
    }

    fn clock(&mut self, item: AgendaItemId) -> &mut TimeBox {
        let place = self.boxes.iter().position(|time| time.item == item);
        let place = place.unwrap_or_else(|| {
            self.boxes.push(TimeBox {
                item,
                spent: 0,
                since: None,
            });
            self.boxes.len() - 1
        });
        &mut self.boxes[place]
    }

    /// How many milliseconds that item has taken at `now`.
    #[must_use]
    pub fn taken(&self, item: AgendaItemId, now: Moment) -> i64 {
        let found = self.boxes.iter().find(|time| time.item == item);
        found.map_or(0, |time| time.taken(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Slot {
        Slot::Day(text.parse().expect("a date"))
    }

    #[test]
    fn slots_are_read_back() {
        for slot in [
            day("2026-11-18"),
            Slot::Release,
            Slot::At(Moment(1_794_646_800_000)),
        ] {
            assert_eq!(Slot::parse(&slot.to_string()), Some(slot));
        }
        assert_eq!(Slot::parse("soon"), None);
    }

    #[test]
    fn an_occurrence_is_told_by_kind_day_and_scope_and_by_nothing_else() {
        let occurrence = |kind: &str, slot, scope, title: &str| Occurrence {
            kind: kind.to_owned(),
            slot,
            scope,
            title: title.to_owned(),
        };
        let one = occurrence(WEEKLY_SYNC, day("2026-11-18"), None, "Sync");
        let renamed = occurrence(WEEKLY_SYNC, day("2026-11-18"), None, "PM sync");
        assert_eq!(one.id(), renamed.id());
        let person = Some(Scope::Person(PersonId(Uuid::from_u128(7))));
        for other in [
            occurrence(WEEKLY_SYNC, day("2026-11-25"), None, "Sync"),
            occurrence("training", day("2026-11-18"), None, "Sync"),
            occurrence(WEEKLY_SYNC, day("2026-11-18"), person, "Sync"),
        ] {
            assert_ne!(one.id(), other.id());
        }
    }

    #[test]
    fn time_is_kept_over_pauses_and_clocks_that_are_set_back() {
        let item = AgendaItemId(Uuid::from_u128(1));
        let time = TimeBox {
            item,
            spent: 2 * MINUTE,
            since: Some(Moment(10 * MINUTE)),
        };
        assert_eq!(time.taken(Moment(13 * MINUTE)), 5 * MINUTE);
        assert_eq!(time.taken(Moment(9 * MINUTE)), 2 * MINUTE);
        let running = Running {
            boxes: vec![TimeBox {
                since: None,
                ..time
            }],
            ..Running::default()
        };
        assert_eq!(running.taken(item, Moment(99 * MINUTE)), 2 * MINUTE);
    }
}
