//! Meetings to which something was done, and how one goes that is being held at this copy.

use rusqlite::{Row, params};
use uuid::Uuid;

use super::feedback_row::{choice, handle};
use super::key::{Key, LocalId, both, identity, optional_identity, to_blob};
use super::{Reader, Result, Store};
use crate::domain::entity::Entity;
use crate::domain::id::{AgendaItemId, AreaId, MeetingId, PersonId, ReleaseId, ShortId};
use crate::domain::meeting::{AgendaState, MeetingState, Running, Scope, Slot, TimeBox};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

/// The row of a meeting: what was done to it. What it does not say, its kind says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRow {
    /// Identity.
    pub id: MeetingId,
    /// Kind, by its stable name.
    pub kind: String,
    /// Which of its kind; `None` for one that was imported without.
    pub slot: Option<Slot>,
    /// What it is held for.
    pub scope: Option<Scope>,
    /// Title.
    pub title: String,
    /// When it begins, where that was decided.
    pub at: Option<Moment>,
    /// The zone, where it was held.
    pub zone: Option<String>,
    /// Length, where that was decided.
    pub minutes: Option<u32>,
    /// State.
    pub state: MeetingState,
    /// Notes on it as a whole.
    pub notes: Option<String>,
    /// When it was really begun and ended.
    pub held: (Option<Moment>, Option<Moment>),
}

const ROW: &str = "SELECT m.key, coalesce(m.kind, ''), m.slot, a.key, p.key, r.key, coalesce(m.title, ''), m.at, m.zone,
        m.minutes, m.state, body_of(t.body, t.packed), m.started, m.finished
     FROM meeting m
     LEFT JOIN area a ON a.id = m.area LEFT JOIN person p ON p.id = m.person LEFT JOIN release r ON r.id = m.release
     LEFT JOIN content t ON t.id = m.notes";

fn meeting(row: &Row<'_>) -> rusqlite::Result<MeetingRow> {
    let slot: Option<String> = row.get(2)?;
    let area = optional_identity(row, 3)?.map(|id| Scope::Area(AreaId(id)));
    let person = optional_identity(row, 4)?.map(|id| Scope::Person(PersonId(id)));
    let release = optional_identity(row, 5)?.map(|id| Scope::Release(ReleaseId(id)));
    Ok(MeetingRow {
        id: MeetingId(identity(row, 0)?),
        kind: row.get(1)?,
        slot: slot.and_then(|slot| Slot::parse(&slot)),
        scope: area.or(person).or(release),
        title: row.get(6)?,
        at: moment(row, 7)?,
        zone: row.get(8)?,
        minutes: row
            .get::<_, Option<i64>>(9)?
            .and_then(|minutes| u32::try_from(minutes).ok()),
        state: choice(row, 10, MeetingState::from_code)?.unwrap_or(MeetingState::Planned),
        notes: row.get(11)?,
        held: (moment(row, 12)?, moment(row, 13)?),
    })
}

fn moment(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Moment>> {
    Ok(row.get::<_, Option<i64>>(index)?.map(Moment))
}

impl Reader<'_> {
    /// The row of a meeting; `None` while nothing was done to it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn meeting(&self, id: MeetingId) -> Result<Option<MeetingRow>> {
        let sql = format!("{ROW} WHERE m.key = ?1 AND m.deleted = 0");
        self.first(&sql, [to_blob(id.0)], meeting)
    }

    /// The rows of a kind whose day is not before `from` (`2026-11-18`), and those that are held after releases or were
    /// moved to a time not before `since`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn meetings_since(&self, kind: &str, from: &str, since: Moment) -> Result<Vec<MeetingRow>> {
        let sql = format!(
            "{ROW} WHERE m.id IN (
                SELECT id FROM meeting WHERE kind = ?1 AND slot >= ?2 AND deleted = 0
                UNION SELECT id FROM meeting WHERE kind = ?1 AND at >= ?3 AND deleted = 0)
             ORDER BY m.id"
        );
        self.collect(&sql, params![kind, from, since.0], meeting)
    }

    /// Mention names of those who were invited beside those who attend by their role.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn invited(&self, meeting: MeetingId) -> Result<Vec<Handle>> {
        let found: Vec<Option<Handle>> = self.collect(
            "SELECT p.handle FROM meeting m JOIN attendee a ON a.meeting = m.id JOIN person p ON p.id = a.person
             WHERE m.key = ?1 AND a.deleted = 0 AND p.deleted = 0 ORDER BY p.handle",
            [to_blob(meeting.0)],
            |row| handle(row, 0),
        )?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The short id of a meeting; `None` while nothing was done to it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn short_of_meeting(&self, meeting: MeetingId) -> Result<Option<ShortId>> {
        match self.find(Entity::Meeting, meeting.0)? {
            Some(_) => self.short_id(Entity::Meeting, meeting.0),
            None => Ok(None),
        }
    }

    /// The items of a meeting, or those that are queued for the next weekly sync, in order, with their positions.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn items_of_meeting(&self, meeting: Option<LocalId>) -> Result<Vec<(Key, String)>> {
        self.collect(
            "SELECT id, key, coalesce(position, '') FROM agenda_item WHERE meeting IS ?1 AND deleted = 0
             ORDER BY position, id",
            [meeting],
            |row| Ok((both(row, 0)?, row.get(2)?)),
        )
    }

    /// The last position among what is queued for the next meeting of a kind, and what is planned for one of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_of_queue(&self, kind: &str) -> Result<Option<String>> {
        let last = self.collect(
            "SELECT max(g.position) FROM agenda_item g LEFT JOIN meeting m ON m.id = g.meeting
             WHERE g.deleted = 0 AND g.state = ?2 AND (g.meeting IS NULL OR m.kind = ?1)",
            params![kind, AgendaState::Queued.code()],
            |row| row.get::<_, Option<String>>(0),
        )?;
        Ok(last.into_iter().flatten().next())
    }

    /// The links to documents of an item, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn documents_of_item(&self, item: LocalId) -> Result<Vec<(Uuid, String)>> {
        self.collect(
            "SELECT key, coalesce(url, '') FROM agenda_document WHERE agenda_item = ?1 AND deleted = 0 ORDER BY id",
            [item],
            |row| Ok((identity(row, 0)?, row.get(1)?)),
        )
    }

    /// What was promised on an item.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn steps_of_item(&self, item: LocalId) -> Result<Vec<Uuid>> {
        self.collect(
            "SELECT key FROM action_step WHERE agenda_item = ?1 AND deleted = 0 ORDER BY id",
            [item],
            |row| identity(row, 0),
        )
    }

    /// How a meeting goes that is being held at this copy.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn running(&self, meeting: MeetingId) -> Result<Running> {
        let found: Vec<(TimeBox, bool)> = self.collect(
            "SELECT item, spent, since, at_hand FROM time_box WHERE meeting = ?1 ORDER BY item",
            [to_blob(meeting.0)],
            |row| {
                let time = TimeBox {
                    item: AgendaItemId(identity(row, 0)?),
                    spent: row.get(1)?,
                    since: row.get::<_, Option<i64>>(2)?.map(Moment),
                };
                Ok((time, row.get(3)?))
            },
        )?;
        let at_hand = found.iter().find(|(_, at_hand)| *at_hand);
        Ok(Running {
            at_hand: at_hand.map(|(time, _)| time.item),
            paused: at_hand.is_some_and(|(time, _)| time.since.is_none()),
            boxes: found.iter().map(|(time, _)| *time).collect(),
        })
    }
}

impl Store {
    /// Takes up an item of a meeting (or none): the clock of the one before stops, that of this one starts.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_up(
        &mut self,
        meeting: MeetingId,
        item: Option<AgendaItemId>,
        now: Moment,
    ) -> Result<()> {
        self.write(|writer| {
            let meeting = to_blob(meeting.0);
            writer.run(
                "UPDATE time_box SET spent = spent + max(0, ?2 - coalesce(since, ?2)), since = NULL, at_hand = 0
                 WHERE meeting = ?1 AND at_hand = 1",
                params![meeting, now.0],
            )?;
            if let Some(item) = item {
                writer.run(
                    "INSERT INTO time_box (meeting, item, since, at_hand) VALUES (?1, ?2, ?3, 1)
                     ON CONFLICT (meeting, item) DO UPDATE SET since = excluded.since, at_hand = 1",
                    params![meeting, to_blob(item.0), now.0],
                )?;
            }
            Ok(())
        })
    }

    /// Forgets what the items of a meeting have taken, and which one is at hand.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_time(&mut self, meeting: MeetingId) -> Result<()> {
        let sql = "DELETE FROM time_box WHERE meeting = ?1";
        self.alter(sql, params![to_blob(meeting.0)])
    }

    /// Stops the clock of the item at hand, or starts it again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn hold(&mut self, meeting: MeetingId, paused: bool, now: Moment) -> Result<()> {
        let sql = match paused {
            true => {
                "UPDATE time_box SET spent = spent + max(0, ?2 - coalesce(since, ?2)), since = NULL
                 WHERE meeting = ?1 AND at_hand = 1"
            }
            false => {
                "UPDATE time_box SET since = ?2 WHERE meeting = ?1 AND at_hand = 1 AND since IS NULL"
            }
        };
        self.alter(sql, params![to_blob(meeting.0), now.0])
    }
}
