//! Meeting records.

use rusqlite::Row;

use crate::domain::entity::Entity;
use crate::domain::meeting::{AgendaState, MeetingState};
use crate::domain::moment::Moment;
use crate::domain::record::{AgendaRecord, MeetingRecord, StepRecord};
use crate::store::feedback_row::{choice, set_choice};
use crate::store::key::identity;
use crate::store::people::date;
use crate::store::{Reader, Result};

impl Reader<'_> {
    /// Every meeting by time, then what belongs to none, if there is any.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn meeting_records(&self) -> Result<Vec<MeetingRecord>> {
        let found = self.collect(
            "SELECT m.id, m.key, m.kind, m.title, m.at, m.minutes, body_of(t.body, t.packed), m.slot,
                coalesce(a.name, '@' || p.handle, r.name), m.state
             FROM meeting m
             LEFT JOIN content t ON t.id = m.notes
             LEFT JOIN area a ON a.id = m.area
             LEFT JOIN person p ON p.id = m.person
             LEFT JOIN release r ON r.id = m.release
             WHERE m.deleted = 0 ORDER BY m.at IS NULL, m.at, m.slot, m.id",
            [],
            |row| {
                let record = MeetingRecord {
                    id: Some(identity(row, 1)?),
                    kind: row.get(2)?,
                    title: row.get(3)?,
                    at: row.get::<_, Option<i64>>(4)?.map(Moment),
                    minutes: row.get(5)?,
                    notes: row.get(6)?,
                    slot: row.get(7)?,
                    scope: row.get(8)?,
                    state: Some(state(row)?),
                    ..MeetingRecord::default()
                };
                Ok((row.get::<_, i64>(0)?, record))
            },
        )?;
        let mut records = Vec::with_capacity(found.len() + 1);
        for (local, mut record) in found {
            record.attendees = self.collect(
                "SELECT '@' || p.handle FROM attendee a JOIN person p ON p.id = a.person
                 WHERE a.meeting = ?1 AND a.deleted = 0 ORDER BY p.handle",
                [local],
                |row| row.get(0),
            )?;
            record.tickets = self.tickets_of(Entity::Meeting, local)?;
            record.agenda = self.agenda_records(Some(local))?;
            record.steps = self.step_records(Some(local))?;
            records.push(record);
        }
        let rest = MeetingRecord {
            agenda: self.agenda_records(None)?,
            steps: self.step_records(None)?,
            ..MeetingRecord::default()
        };
        if !rest.agenda.is_empty() || !rest.steps.is_empty() {
            records.push(rest);
        }
        Ok(records)
    }

    fn agenda_records(&self, meeting: Option<i64>) -> Result<Vec<AgendaRecord>> {
        let found = self.collect(
            "SELECT g.id, g.key, g.title, coalesce(f.title, d.title, x.title), '@' || p.handle, g.minutes,
                g.confidential, g.state, body_of(t.body, t.packed)
             FROM agenda_item g
             LEFT JOIN person p ON p.id = g.presenter
             LEFT JOIN content t ON t.id = g.notes
             LEFT JOIN feedback f ON f.id = g.feedback
             LEFT JOIN idea d ON d.id = g.idea
             LEFT JOIN release_item i ON i.id = g.release_item
             LEFT JOIN idea x ON x.id = i.idea
             WHERE g.meeting IS ?1 AND g.deleted = 0 ORDER BY g.position, g.id",
            [meeting],
            |row| Ok((row.get::<_, i64>(0)?, agenda(row)?)),
        )?;
        let mut records = Vec::with_capacity(found.len());
        for (local, mut record) in found {
            record.documents = self.collect(
                "SELECT url FROM agenda_document WHERE agenda_item = ?1 AND deleted = 0 AND url <> '' ORDER BY id",
                [local],
                |row| row.get(0),
            )?;
            records.push(record);
        }
        Ok(records)
    }

    fn step_records(&self, meeting: Option<i64>) -> Result<Vec<StepRecord>> {
        self.collect(
            "SELECT s.key, coalesce(body_of(t.body, t.packed), ''), '@' || p.handle, s.due, s.done_at FROM action_step s
             LEFT JOIN content t ON t.id = s.text LEFT JOIN person p ON p.id = s.owner
             WHERE s.meeting IS ?1 AND s.deleted = 0 ORDER BY s.id",
            [meeting],
            |row| {
                Ok(StepRecord {
                    id: identity(row, 0)?,
                    text: row.get(1)?,
                    owner: row.get(2)?,
                    due: date(row, 3)?,
                    done: row.get::<_, Option<i64>>(4)?.map(Moment),
                })
            },
        )
    }
}

fn state(row: &Row<'_>) -> rusqlite::Result<MeetingState> {
    let state = choice(row, 9, MeetingState::from_code)?;
    Ok(state.unwrap_or(MeetingState::Planned))
}

fn agenda(row: &Row<'_>) -> rusqlite::Result<AgendaRecord> {
    Ok(AgendaRecord {
        id: identity(row, 1)?,
        title: row.get(2)?,
        about: row.get(3)?,
        presenter: row.get(4)?,
        minutes: row.get(5)?,
        confidential: row.get(6)?,
        state: set_choice(row, 7, AgendaState::from_code)?,
        notes: row.get(8)?,
        documents: Vec::new(),
    })
}
