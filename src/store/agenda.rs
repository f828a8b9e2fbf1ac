//! What stands on agendas: items, action steps, and what was said about the release plan.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::feedback_row::{handle, set_choice};
use super::key::{identity, optional_identity, to_blob};
use super::people::{date, limit_value};
use super::{Reader, Result};
use crate::domain::deed::Subject;
use crate::domain::entity::Entity;
use crate::domain::id::{
    ActionStepId, AgendaItemId, FeedbackId, IdeaId, MeetingId, ReleaseItemId, ShortId,
};
use crate::domain::meeting::{AgendaState, MinutesUpdate, Scope};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::release::Health;

/// An item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItemRow {
    /// Identity.
    pub id: AgendaItemId,
    /// What a person types for it.
    pub short: ShortId,
    /// The meeting it belongs to; `None` while it is queued for the next weekly sync.
    pub meeting: Option<MeetingId>,
    /// Its own title, else that of what it is about.
    pub title: String,
    /// What it is about.
    pub about: Option<Subject>,
    /// Who presents it.
    pub presenter: Option<Handle>,
    /// Its time box.
    pub minutes: Option<u32>,
    /// What was noted on it.
    pub notes: Option<String>,
    /// Whether it stays among those invited.
    pub confidential: bool,
    /// Where it stands.
    pub state: AgendaState,
    /// Its place among those of its meeting and those that are queued.
    pub position: String,
    /// Links to documents.
    pub documents: Vec<String>,
}

/// An action step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// Identity.
    pub id: ActionStepId,
    /// What a person types for it.
    pub short: ShortId,
    /// The meeting in which it was promised.
    pub meeting: Option<MeetingId>,
    /// What was promised.
    pub text: String,
    /// By whom.
    pub owner: Option<Handle>,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// When it was promised.
    pub since: Moment,
    /// When it was done.
    pub done: Option<Moment>,
    /// Whether it was promised on a confidential item.
    pub confidential: bool,
    /// The agenda item on which it was promised, if it was on one.
    pub item: Option<AgendaItemId>,
}

const ITEM: &str = "SELECT g.key, m.key, coalesce(nullif(g.title, ''), f.title, d.title, x.title, ''), f.key, d.key, i.key,
        p.handle, g.minutes, body_of(t.body, t.packed), g.confidential, g.state, g.id, coalesce(g.position, '')
     FROM agenda_item g
     LEFT JOIN meeting m ON m.id = g.meeting
     LEFT JOIN person p ON p.id = g.presenter
     LEFT JOIN content t ON t.id = g.notes
     LEFT JOIN feedback f ON f.id = g.feedback
     LEFT JOIN idea d ON d.id = g.idea
     LEFT JOIN release_item i ON i.id = g.release_item
     LEFT JOIN idea x ON x.id = i.idea
     WHERE g.deleted = 0";

/// Behind [`ITEM`]: those that are queued for the next weekly sync.
const QUEUED: &str = "AND g.meeting IS NULL AND g.state = ?2 ORDER BY g.position, g.id LIMIT ?1";

const STEP: &str = "SELECT s.key, m.key, coalesce(body_of(t.body, t.packed), ''), p.handle, s.due, a.at, s.done_at, coalesce(g.confidential, 0),
        g.key
     FROM action_step s
     JOIN action a ON a.id = s.action
     LEFT JOIN meeting m ON m.id = s.meeting
     LEFT JOIN content t ON t.id = s.text
     LEFT JOIN person p ON p.id = s.owner
     LEFT JOIN agenda_item g ON g.id = s.agenda_item
     WHERE s.deleted = 0";

impl Reader<'_> {
    /// The items of a meeting, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn agenda_of(&self, meeting: MeetingId) -> Result<Vec<AgendaItemRow>> {
        let Some(local) = self.find(Entity::Meeting, meeting.0)? else {
            return Ok(Vec::new());
        };
        self.agenda_items("AND g.meeting = ?1 ORDER BY g.position, g.id", [local])
    }

    /// What is queued for the next weekly sync, in order: at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queued_items(&self, limit: usize) -> Result<Vec<AgendaItemRow>> {
        let values = params![limit_value(limit), AgendaState::Queued.code()];
        self.agenda_items(QUEUED, values)
    }

    /// Every confidential item that waits, wherever it stands.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn secret_items(&self) -> Result<Vec<AgendaItemRow>> {
        let rest = "AND g.confidential = 1 AND g.state = ?1 ORDER BY g.id";
        self.agenda_items(rest, [AgendaState::Queued.code()])
    }

    /// What earlier meetings of a kind and scope left undone and nobody has put off, the oldest first: at most `limit`.
    /// `before` is the day of the meeting (`2026-11-18`), `id` its identity.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn left_over(
        &self,
        (kind, scope): (&str, Option<Scope>),
        (before, id): (&str, MeetingId),
        limit: usize,
    ) -> Result<Vec<AgendaItemRow>> {
        let scope = scope.map(|scope| to_blob(scope.id()));
        let rest = "AND g.state = ?6 AND g.meeting IN (
                SELECT o.id FROM meeting o
                LEFT JOIN area oa ON oa.id = o.area LEFT JOIN person op ON op.id = o.person
                WHERE o.kind = ?1 AND o.slot < ?2 AND o.deleted = 0 AND o.key <> ?3
                    AND coalesce(oa.key, op.key) IS ?4)
             ORDER BY m.slot, g.position, g.id LIMIT ?5";
        let queued = AgendaState::Queued.code();
        let values = params![
            kind,
            before,
            to_blob(id.0),
            scope,
            limit_value(limit),
            queued
        ];
        self.agenda_items(rest, values)
    }

    fn agenda_items(
        &self,
        rest: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<AgendaItemRow>> {
        let found = self.collect(&format!("{ITEM} {rest}"), values, |row| {
            Ok((row.get::<_, i64>(11)?, item(row)?))
        })?;
        let mut items = Vec::with_capacity(found.len());
        for (local, mut item) in found {
            item.short = self.short(Entity::AgendaItem, item.id.0)?;
            item.documents = self
                .documents_of_item(super::LocalId(local))?
                .into_iter()
                .map(|(_, url)| url)
                .collect();
            items.push(item);
        }
        Ok(items)
    }

    /// Action steps that are not done, those that are due first before others: at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_steps(&self, limit: usize) -> Result<Vec<StepRow>> {
        let rest = "AND s.done_at IS NULL ORDER BY s.due IS NULL, s.due, s.id LIMIT ?1";
        self.steps(rest, [limit_value(limit)])
    }

    /// What was promised in a meeting, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn steps_of_meeting(&self, meeting: MeetingId) -> Result<Vec<StepRow>> {
        let Some(local) = self.find(Entity::Meeting, meeting.0)? else {
            return Ok(Vec::new());
        };
        self.steps("AND s.meeting = ?1 ORDER BY s.id", [local])
    }

    /// Action steps that were done from one moment on, until before another, the earliest first: at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn steps_done(&self, from: Moment, to: Moment, limit: usize) -> Result<Vec<StepRow>> {
        self.steps(
            "AND s.done_at >= ?1 AND s.done_at < ?2 ORDER BY s.done_at, s.id LIMIT ?3",
            params![from.0, to.0, limit_value(limit)],
        )
    }

    fn steps(&self, rest: &str, values: impl rusqlite::Params) -> Result<Vec<StepRow>> {
        let mut steps = self.collect(&format!("{STEP} {rest}"), values, step)?;
        for step in &mut steps {
            step.short = self.short(Entity::ActionStep, step.id.0)?;
        }
        Ok(steps)
    }

    /// What was said about items of the release plan from one moment on, until before another; by release and position,
    /// of each item the latest word.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn updates_between(&self, from: Moment, to: Moment) -> Result<Vec<MinutesUpdate>> {
        let mut found = self.collect(
            concat!(
                "SELECT i.key, d.title, r.name, o.handle, i.health, body_of(t.body, t.packed), '@' || w.handle, n.at
             FROM release_item i
             JOIN release r ON r.id = i.release JOIN idea d ON d.id = i.idea
             JOIN update_note n ON n.id = (SELECT x.id FROM update_note x
                WHERE x.release_item = i.id AND x.deleted = 0 AND x.at >= ?1 AND x.at < ?2
                ORDER BY x.at DESC, x.id DESC LIMIT 1)
             LEFT JOIN content t ON t.id = n.text
             LEFT JOIN person w ON w.id = n.author
             LEFT JOIN person o ON o.id = d.owner
             WHERE i.deleted = 0 AND r.deleted = 0 AND d.deleted = 0 ORDER BY ",
                order_of_releases!(),
                ", i.position, i.id"
            ),
            params![from.0, to.0],
            |row| {
                Ok(MinutesUpdate {
                    item: ReleaseItemId(identity(row, 0)?),
                    short: ShortId(String::new()),
                    title: row.get(1)?,
                    release: row.get(2)?,
                    owner: handle(row, 3)?,
                    health: set_choice(row, 4, Health::from_code)?,
                    text: row.get(5)?,
                    author: row.get(6)?,
                    at: Moment(row.get(7)?),
                })
            },
        )?;
        for update in &mut found {
            update.short = self.short(Entity::ReleaseItem, update.item.0)?;
        }
        Ok(found)
    }

    /// Links that were kept with a meeting: what each is, and where.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn links_of_meeting(&self, meeting: MeetingId) -> Result<Vec<(Option<String>, String)>> {
        let Some(local) = self.find(Entity::Meeting, meeting.0)? else {
            return Ok(Vec::new());
        };
        let tickets = self.tickets_of(Entity::Meeting, local.0)?.into_iter();
        Ok(tickets.map(|ticket| (ticket.key, ticket.url)).collect())
    }
}

fn item(row: &Row<'_>) -> rusqlite::Result<AgendaItemRow> {
    let feedback = optional_identity(row, 3)?.map(|id| Subject::Feedback(FeedbackId(id)));
    let idea = optional_identity(row, 4)?.map(|id| Subject::Idea(IdeaId(id)));
    let planned = optional_identity(row, 5)?.map(|id| Subject::ReleaseItem(ReleaseItemId(id)));
    Ok(AgendaItemRow {
        id: AgendaItemId(identity(row, 0)?),
        short: ShortId(String::new()),
        meeting: optional_identity(row, 1)?.map(MeetingId),
        title: row.get(2)?,
        about: feedback.or(idea).or(planned),
        presenter: handle(row, 6)?,
        minutes: row
            .get::<_, Option<i64>>(7)?
            .and_then(|minutes| u32::try_from(minutes).ok()),
        notes: row.get(8)?,
        confidential: row.get(9)?,
        state: set_choice(row, 10, AgendaState::from_code)?,
        position: row.get(12)?,
        documents: Vec::new(),
    })
}

fn step(row: &Row<'_>) -> rusqlite::Result<StepRow> {
    Ok(StepRow {
        id: ActionStepId(identity(row, 0)?),
        short: ShortId(String::new()),
        meeting: optional_identity(row, 1)?.map(MeetingId),
        text: row.get(2)?,
        owner: handle(row, 3)?,
        due: date(row, 4)?,
        since: Moment(row.get(5)?),
        done: row.get::<_, Option<i64>>(6)?.map(Moment),
        confidential: row.get(7)?,
        item: optional_identity(row, 8)?.map(AgendaItemId),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;
    use crate::store::tests::scratch;

    #[test]
    fn points_and_promises_are_found_by_an_index() {
        let (_folder, store) = scratch();
        let queued = format!("{ITEM} {QUEUED}");
        let open =
            format!("{STEP} AND s.done_at IS NULL ORDER BY s.due IS NULL, s.due, s.id LIMIT 9");
        let done =
            format!("{STEP} AND s.done_at >= 1 AND s.done_at < 2 ORDER BY s.done_at, s.id LIMIT 9");
        let promised = format!("{STEP} AND s.meeting = 1 ORDER BY s.id");
        for (sql, values) in [(queued, 2), (open, 0), (done, 0), (promised, 0)] {
            let plan: Vec<String> = store
                .read(|reader| {
                    let sql = format!("EXPLAIN QUERY PLAN {sql}");
                    let values = rusqlite::params_from_iter(vec![9; values]);
                    reader.collect(&sql, values, |row| row.get(3))
                })
                .map_err(|error: StoreError| error)
                .expect("a plan");
            // What is open has an index of its own, which holds nothing else.
            let mut walks = plan.iter().filter(|step| step.starts_with("SCAN"));
            assert!(
                walks.all(|step| step.contains("action_step_open")),
                "{plan:#?}"
            );
        }
    }
}
