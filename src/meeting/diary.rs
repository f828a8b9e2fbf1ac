//! The diary: which meetings there are, as the calendar has them and with what was done to them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};

use super::calendar::{after_release, day_in, days, first_day, last_day, moment};
use crate::domain::id::MeetingId;
use crate::domain::meeting::{
    Cadence, MeetingKind, MeetingState, Occurrence, Per, Scope, SectionContent, SectionKind, Shown,
    Sitting, Slot,
};
use crate::domain::moment::{DAY, MINUTE, Moment};
use crate::domain::people::{Handle, Person, Role};
use crate::domain::release::{ReleaseKind, ReleaseState};
use crate::domain::zone::Zone;
use crate::store::{MeetingRow, Reader, StoreError};

/// How many days ahead the next meeting of a kind is looked for, further each time, until there is one for everybody.
const AHEAD: [u64; 3] = [40, 130, 400];

/// How many days back the meeting before another one is looked for.
const BACK: u64 = 400;

/// How many days a meeting that was begun and never ended is still taken up again.
const UNENDED: u64 = 14;
/// The same in milliseconds.
const UNENDED_FOR: i64 = 14 * DAY;

type Result<T> = std::result::Result<T, StoreError>;

/// The meetings of one kind.
pub struct Diary<'d, 'r> {
    reader: &'d Reader<'r>,
    kind: &'d MeetingKind,
    now: Moment,
    people: Vec<Person>,
    /// What they are held for, with its name and who is in charge of it.
    scopes: Vec<(Option<Scope>, Option<String>, Option<Handle>)>,
}

impl<'d, 'r> Diary<'d, 'r> {
    /// The diary of a kind at `now`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(reader: &'d Reader<'r>, kind: &'d MeetingKind, now: Moment) -> Result<Self> {
        let people = reader.people()?;
        let scopes = match kind.per {
            Per::All => vec![(None, None, None)],
            Per::Area => {
                let areas = reader.areas()?.into_iter();
                areas
                    .map(|area| (Some(Scope::Area(area.id)), Some(area.name), area.owner))
                    .collect()
            }
            Per::Pm => {
                let managers = people
                    .iter()
                    .filter(|person| person.role == Role::ProductManager);
                managers
                    .map(|person| {
                        let scope = Some(Scope::Person(person.id));
                        let name = Some(person.handle.to_string());
                        (scope, name, Some(person.handle.clone()))
                    })
                    .collect()
            }
        };
        Ok(Self {
            reader,
            kind,
            now,
            people,
            scopes,
        })
    }

    /// The next meeting that is not over and not cancelled, or the one that is being held: one, or one for each area or PM;
    /// for a kind that follows releases, one for each release to come.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&self) -> Result<Vec<Sitting>> {
        let mut found = Vec::new();
        for ahead in AHEAD {
            found = self.upcoming(ahead)?;
            let mut seen = Vec::new();
            // Meetings that were planned by hand are all named; of the calendar's, the first.
            found.retain(|sitting| {
                let by_hand = matches!(sitting.occurrence.slot, Slot::At(_) | Slot::Release);
                let first = !seen.contains(&sitting.occurrence.scope);
                if first && !by_hand {
                    seen.push(sitting.occurrence.scope);
                }
                first || by_hand
            });
            let named = self
                .scopes
                .iter()
                .filter(|(scope, ..)| seen.contains(scope));
            if named.count() == self.scopes.len() || !self.has_days() {
                break;
            }
        }
        Ok(found)
    }

    /// All that are to come within so many days, those that are being held first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn upcoming(&self, ahead: u64) -> Result<Vec<Sitting>> {
        let today = day_in(self.now, &self.kind.zone);
        let from = first_day(self.kind.cadence, today);
        let from = from.checked_sub_days(Days::new(UNENDED)).unwrap_or(from);
        let to = today.checked_add_days(Days::new(ahead)).unwrap_or(today);
        let mut found = self.between((from, to), None)?;
        found.retain(|sitting| match sitting.state {
            MeetingState::Running => true,
            MeetingState::Planned => sitting.end() > self.now,
            MeetingState::Finished | MeetingState::Cancelled => false,
        });
        found.sort_by_key(|s| {
            (
                s.state != MeetingState::Running,
                s.at.unwrap_or(s.until),
                s.id,
            )
        });
        Ok(found)
    }

    /// The meeting that is being held, else the one which was held last: ended, or over after something was done to it; of
    /// that scope, or of any. What was cancelled was not held.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last(&self, scope: Option<Scope>) -> Result<Option<Sitting>> {
        let today = day_in(self.now, &self.kind.zone);
        let from = today.checked_sub_days(Days::new(BACK)).unwrap_or(today);
        let to = today.checked_add_days(Days::new(AHEAD[0]));
        let found = self.between((from, to.unwrap_or(today)), scope.map(Some))?;
        let unended = self.now.plus(-UNENDED_FOR);
        let held = |sitting: &Sitting| match sitting.state {
            MeetingState::Running | MeetingState::Finished => true,
            // Notes were taken without its clock.
            MeetingState::Planned => sitting.short.is_some() && sitting.end() <= self.now,
            MeetingState::Cancelled => false,
        };
        let being_held =
            |sitting: &Sitting| sitting.state == MeetingState::Running && sitting.end() > unended;
        let found = found.into_iter().filter(held);
        Ok(found.max_by_key(|sitting| (being_held(sitting), sitting.end(), sitting.id)))
    }

    /// The meeting of the same kind and scope which was held last before this one; what was cancelled was not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn before(&self, sitting: &Sitting) -> Result<Option<Sitting>> {
        let begins = |sitting: &Sitting| sitting.at.unwrap_or(sitting.until);
        let to = day_in(begins(sitting), &self.kind.zone);
        let from = to.checked_sub_days(Days::new(BACK)).unwrap_or(to);
        let found = self
            .between((from, to), Some(sitting.occurrence.scope))?
            .into_iter();
        Ok(found
            .filter(|other| {
                other.id != sitting.id
                    && other.state != MeetingState::Cancelled
                    && other.occurrence.scope == sitting.occurrence.scope
                    && begins(other) < begins(sitting)
            })
            .max_by_key(begins))
    }

    /// The meeting of the same kind and scope that comes after this one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn after(&self, sitting: &Sitting) -> Result<Option<Sitting>> {
        let begins = |sitting: &Sitting| sitting.at.unwrap_or(sitting.until);
        let from = day_in(begins(sitting), &self.kind.zone);
        let to = from.checked_add_days(Days::new(AHEAD[2]));
        let found = self
            .between((from, to.unwrap_or(from)), Some(sitting.occurrence.scope))?
            .into_iter();
        Ok(found
            .filter(|other| {
                other.id != sitting.id
                    && other.state == MeetingState::Planned
                    && other.occurrence.scope == sitting.occurrence.scope
                    && begins(other) > begins(sitting)
            })
            .min_by_key(begins))
    }

    /// That of a day: the one which the calendar has there, or which was moved there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn on(&self, day: NaiveDate, scope: Option<Scope>) -> Result<Option<Sitting>> {
        let first = first_day(self.kind.cadence, day);
        let mut found = self.between((first, day), scope.map(Some))?;
        found.retain(|sitting| scope.is_none() || sitting.occurrence.scope == scope);
        let held = |s: &Sitting| s.at.is_some_and(|at| day_in(at, &self.kind.zone) == day);
        let named = |s: &Sitting| s.occurrence.slot == Slot::Day(day);
        let open = |s: &Sitting| s.at.is_none() && s.occurrence.slot == Slot::Day(first);
        let place = found
            .iter()
            .position(held)
            .or_else(|| found.iter().position(named))
            .or_else(|| found.iter().position(open));
        Ok(place.map(|place| found.swap_remove(place)))
    }

    /// The one that a row is about, whatever became of the calendar since.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of_row(&self, row: &MeetingRow) -> Result<Sitting> {
        self.sitting(self.occurrence_of(row), None, Some(row))
    }

    /// One that is planned by hand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn by_hand(&self, at: Moment, scope: Option<Scope>) -> Result<Sitting> {
        let occurrence = Occurrence {
            kind: self.kind.id.clone(),
            // Seconds are what a slot can tell.
            slot: Slot::At(Moment(at.0.div_euclid(1_000) * 1_000)),
            scope,
            title: self.kind.name.clone(),
        };
        let row = self.reader.meeting(occurrence.id())?;
        self.sitting(occurrence, None, row.as_ref())
    }

    /// What they are held for: the scope and its name.
    pub fn scopes(&self) -> impl Iterator<Item = (Scope, &str)> {
        let scopes = self.scopes.iter();
        scopes.filter_map(|(scope, name, _)| Some(((*scope)?, name.as_deref()?)))
    }

    const fn has_days(&self) -> bool {
        matches!(self.kind.cadence, Cadence::Weekly(_) | Cadence::Monthly(_))
    }

    /// All whose day lies between these, and all that were moved there or planned there, in no order; of all scopes, or of
    /// the wanted one.
    fn between(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        wanted: Option<Option<Scope>>,
    ) -> Result<Vec<Sitting>> {
        let start = moment(from, NaiveTime::MIN, &self.kind.zone);
        let rows = self
            .reader
            .meetings_since(&self.kind.id, &from.to_string(), start)?;
        let mut rows: HashMap<MeetingId, MeetingRow> =
            rows.into_iter().map(|row| (row.id, row)).collect();
        let mut found = Vec::new();
        for day in days(self.kind.cadence, from, to) {
            let scopes = self.scopes.iter().map(|(scope, ..)| scope);
            for scope in scopes.filter(|scope| wanted.is_none_or(|wanted| wanted == **scope)) {
                let occurrence = self.named(Slot::Day(day), *scope);
                let row = rows.remove(&occurrence.id());
                found.push(self.sitting(occurrence, None, row.as_ref())?);
            }
        }
        if let Cadence::AfterRelease(after) = self.kind.cadence {
            found.extend(self.after_releases(after, (from, to), &mut rows)?);
        }
        // What is left was planned by hand or moved here from elsewhere; or the calendar of its kind is another one now.
        let end = last_of(to, &self.kind.zone);
        let rows = rows.into_values();
        for row in rows.filter(|row| wanted.is_none_or(|wanted| wanted == row.scope)) {
            let sitting = self.of_row(&row)?;
            let begins = sitting.at.unwrap_or(sitting.until);
            if begins >= start && begins <= end {
                found.push(sitting);
            }
        }
        Ok(found)
    }

    fn named(&self, slot: Slot, scope: Option<Scope>) -> Occurrence {
        Occurrence {
            kind: self.kind.id.clone(),
            slot,
            scope,
            title: self.kind.name.clone(),
        }
    }

    fn after_releases(
        &self,
        after: u32,
        (from, to): (NaiveDate, NaiveDate),
        rows: &mut HashMap<MeetingId, MeetingRow>,
    ) -> Result<Vec<Sitting>> {
        let mut found = Vec::new();
        for release in self.reader.releases()? {
            let occurrence = self.named(Slot::Release, Some(Scope::Release(release.id)));
            let row = rows.remove(&occurrence.id());
            let Some(date) = release
                .date
                .filter(|_| release.kind != ReleaseKind::Backlog)
            else {
                continue;
            };
            let day = after_release(date, after);
            let moved = row.as_ref().is_some_and(|row| row.at.is_some());
            // A release that is out may bear any date; its meeting was held then.
            let past = release.state == ReleaseState::Released && day < from;
            if moved || (!past && (from..=to).contains(&day)) {
                found.push(self.sitting(occurrence, Some((day, release.name)), row.as_ref())?);
            }
        }
        Ok(found)
    }

    fn occurrence_of(&self, row: &MeetingRow) -> Occurrence {
        let at = row.at.or(row.held.0).unwrap_or_default();
        Occurrence {
            kind: row.kind.clone(),
            slot: row.slot.unwrap_or(Slot::At(at)),
            scope: row.scope,
            title: row.title.clone(),
        }
    }

    /// A meeting as it stands. `after` is the day that follows from its release, and the release by name.
    fn sitting(
        &self,
        occurrence: Occurrence,
        after: Option<(NaiveDate, String)>,
        row: Option<&MeetingRow>,
    ) -> Result<Sitting> {
        let kind = self.kind;
        let id = row.map_or_else(|| occurrence.id(), |row| row.id);
        let (mut scope_name, owner) = self.scope_of(occurrence.scope)?;
        let mut after = after;
        if after.is_none() && occurrence.slot == Slot::Release {
            after = self.release_day(occurrence.scope)?;
        }
        let day = match (occurrence.slot, after) {
            (Slot::Day(day), _) => day,
            (Slot::At(at), _) => day_in(at, &kind.zone),
            (Slot::Release, Some((day, name))) => {
                scope_name = Some(name);
                day
            }
            (Slot::Release, None) => day_in(self.now, &kind.zone),
        };
        let planned = match occurrence.slot {
            Slot::At(at) => Some(at),
            Slot::Day(_) | Slot::Release => kind
                .time
                .filter(|_| !matches!(kind.cadence, Cadence::Weekly(None) | Cadence::Monthly(None)))
                .map(|time| moment(day, time, &kind.zone)),
        };
        let at = row.and_then(|row| row.at).or(planned);
        let minutes = row.and_then(|row| row.minutes).unwrap_or(kind.minutes);
        let last = match occurrence.slot {
            Slot::Day(day) => last_day(kind.cadence, day),
            _ => day,
        };
        let until = match at {
            Some(at) => at.plus(i64::from(minutes) * MINUTE),
            None => last_of(last, &kind.zone),
        };
        Ok(Sitting {
            id,
            short: match row {
                Some(_) => self.reader.short_of_meeting(id)?,
                None => None,
            },
            title: row.map_or_else(|| occurrence.title.clone(), |row| row.title.clone()),
            scope_name,
            at,
            until,
            planned,
            zone: row
                .and_then(|row| row.zone.clone())
                .unwrap_or_else(|| kind.zone.name().to_owned()),
            minutes,
            state: row.map_or(MeetingState::Planned, |row| row.state),
            held: row.map_or((None, None), |row| row.held),
            prepare: self.prepare(at.map_or(day, |at| day_in(at, &kind.zone))),
            attendees: self.attendees(row.map(|row| row.id), owner)?,
            notes: row.and_then(|row| row.notes.clone()),
            occurrence,
        })
    }

    /// From the morning of so many days before.
    fn prepare(&self, day: NaiveDate) -> Moment {
        let lead = Days::new(u64::from(self.kind.lead));
        let first = day.checked_sub_days(lead).unwrap_or(day);
        moment(first, NaiveTime::MIN, &self.kind.zone)
    }

    fn scope_of(&self, scope: Option<Scope>) -> Result<(Option<String>, Option<Handle>)> {
        let known = self.scopes.iter().find(|(known, ..)| *known == scope);
        if let Some((_, name, owner)) = known {
            return Ok((name.clone(), owner.clone()));
        }
        // It is held for somebody who is no PM any more, or for an area of a kind that had one for each.
        Ok(match scope {
            Some(Scope::Person(id)) => {
                let found = self.people.iter().find(|person| person.id == id);
                let handle = found.map(|person| person.handle.clone());
                (handle.as_ref().map(ToString::to_string), handle)
            }
            Some(Scope::Area(id)) => {
                let found = self.reader.areas()?.into_iter().find(|area| area.id == id);
                found.map_or((None, None), |area| (Some(area.name), area.owner))
            }
            Some(Scope::Release(_)) | None => (None, None),
        })
    }

    fn release_day(&self, scope: Option<Scope>) -> Result<Option<(NaiveDate, String)>> {
        let after = match self.kind.cadence {
            Cadence::AfterRelease(after) => after,
            _ => 1,
        };
        let releases = self.reader.releases()?.into_iter();
        let mut releases = releases.filter(|r| scope == Some(Scope::Release(r.id)));
        Ok(releases
            .next()
            .and_then(|release| Some((after_release(release.date?, after), release.name))))
    }

    fn attendees(&self, meeting: Option<MeetingId>, owner: Option<Handle>) -> Result<Vec<Handle>> {
        let roles = &self.kind.attendees;
        // Each of several meetings side by side is for its own PM, not for all of them.
        let own = self.kind.per != Per::All && owner.is_some();
        let by_role = self.people.iter().filter(|person| {
            roles.contains(&person.role) && !(own && person.role == Role::ProductManager)
        });
        let mut attendees: Vec<Handle> = by_role.map(|person| person.handle.clone()).collect();
        attendees.extend(owner);
        if let Some(meeting) = meeting {
            attendees.extend(self.reader.invited(meeting)?);
        }
        attendees.sort();
        attendees.dedup();
        Ok(attendees)
    }
}

/// The last moment of a day.
fn last_of(day: NaiveDate, zone: &Zone) -> Moment {
    let next = day.succ_opt().unwrap_or(day);
    moment(next, NaiveTime::MIN, zone).plus(-1)
}

/// A kind for rows whose own is not here any more: its file was removed, or it came from a colleague who has another one.
#[must_use]
pub fn unknown(id: &str) -> MeetingKind {
    let section = |title: &str, shown| SectionKind {
        title: title.to_owned(),
        minutes: None,
        content: SectionContent::Shows(shown),
    };
    MeetingKind {
        id: id.to_owned(),
        name: id.replace('-', " "),
        cadence: Cadence::Never,
        time: None,
        zone: Zone::UTC,
        per: Per::All,
        minutes: 30,
        attendees: Vec::new(),
        lead: 0,
        sections: vec![
            section("Action steps", Shown::ActionSteps),
            section("Queued items", Shown::Queued),
        ],
    }
}

#[cfg(test)]
mod tests;
