//! The gate: what is missing before a meeting. Of each kind only that is asked which its parts go through.
//!
//! The rules are those of the handbook of Mattermost's product managers: whoever is on duty has given an owner to every
//! obvious request before the meeting; every item of the release plan has an update for the release manager; action steps of
//! earlier meetings are kept; and “won't fix” tickets wait for a last comment of the PM, so that they can be closed.

use super::agenda::Ground;
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::ShortId;
use crate::domain::meeting::{
    Agenda, Gate, MeetingState, Missing, MissingKind, QueuedItem, SectionBody, Shown, day_there,
};
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::{StoreError, Wanting};

/// How many rows of each kind are listed.
const MOST: usize = 50;

/// Requests that nobody has owned for more than a day.
const UNASSIGNED: &str = "is:unprocessed is:unassigned age:>1d sort:age";
/// Answers that are owed; a waived one is not, nor is one on what nobody has read yet.
const OWED: &str = "has:answer-owed -is:unprocessed -is:archived sort:age";

impl Ground<'_, '_> {
    /// What is missing before that meeting.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gate(&self, agenda: &Agenda) -> Result<Gate, Problem> {
        let mut gate = Gate::default();
        let plan = self.goes_through(Shown::ReleaseItems);
        let requests = self.goes_through(Shown::Unassigned);
        if plan {
            self.updates(&mut gate, agenda)?;
        }
        if self.goes_through(Shown::ActionSteps) {
            self.steps_overdue(&mut gate, agenda)?;
        }
        if requests {
            self.requests(&mut gate, MissingKind::Unassigned, UNASSIGNED)?;
            self.requests(&mut gate, MissingKind::AnswerOwed, OWED)?;
        }
        if plan {
            self.ideas(&mut gate)?;
        }
        self.topic(&mut gate, agenda);
        self.time(&mut gate, agenda)?;
        Ok(gate)
    }

    fn updates(&self, gate: &mut Gate, agenda: &Agenda) -> Result<(), StoreError> {
        let owing = self.plan_items(&agenda.meeting)?.into_iter();
        let owing = owing.filter(|(_, item)| item.owes_update);
        let rows = owing.map(|(owner, item)| Missing {
            kind: MissingKind::UpdateOwed,
            thing: Thing::new(Entity::ReleaseItem, item.item),
            short: Some(item.short),
            title: item.title,
            who: owner,
            likely: false,
            since: item.update.map(|update| update.at),
            detail: Some(item.release.0),
        });
        add(gate, MissingKind::UpdateOwed, rows.collect());
        Ok(())
    }

    fn steps_overdue(&self, gate: &mut Gate, agenda: &Agenda) -> Result<(), StoreError> {
        let today = self.today();
        let steps = self.steps(&agenda.meeting)?.into_iter().take(MOST + 1);
        let overdue = steps.filter_map(|step| {
            let due = step.due.filter(|due| *due < today)?;
            Some(Missing {
                kind: MissingKind::StepOverdue,
                thing: Thing::new(Entity::ActionStep, step.id),
                short: Some(step.short),
                title: step.text,
                who: step.owner,
                likely: false,
                since: Some(Moment::start_of(due)),
                detail: Some(format!("due {due}")),
            })
        });
        add(gate, MissingKind::StepOverdue, overdue.collect());
        Ok(())
    }

    fn requests(&self, gate: &mut Gate, kind: MissingKind, filter: &str) -> Result<(), Problem> {
        let mut rows = Vec::new();
        for row in self.feedback_rows(filter, MOST + 1)? {
            let likely = row.owner.is_none();
            let who = match row.owner.clone() {
                Some(owner) => Some(owner),
                None if rows.len() < MOST => self.likely_owner(&row)?,
                None => None,
            };
            rows.push(Missing {
                kind,
                thing: Thing::new(Entity::Feedback, row.id),
                short: self.reader.short_id(Entity::Feedback, row.id.0)?,
                title: row.title,
                who,
                likely,
                since: Some(row.received),
                detail: row.company,
            });
        }
        add(gate, kind, rows);
        Ok(())
    }

    fn ideas(&self, gate: &mut Gate) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for (item, wanting) in self.reader.ideas_without_release(MOST + 1)? {
            let thing = Thing::new(Entity::ReleaseItem, item);
            rows.push(self.wanting(MissingKind::ReleaseMissing, thing, wanting)?);
        }
        add(gate, MissingKind::ReleaseMissing, rows);
        let without = [
            (
                MissingKind::ReasonMissing,
                self.reader.ideas_without_reason(MOST + 1)?,
            ),
            (
                MissingKind::ApprovalMissing,
                self.reader.ideas_without_approval(MOST + 1)?,
            ),
        ];
        for (kind, ideas) in without {
            let mut rows = Vec::new();
            for idea in ideas {
                let thing = Thing::new(Entity::Idea, idea.idea);
                rows.push(self.wanting(kind, thing, idea)?);
            }
            add(gate, kind, rows);
        }
        Ok(())
    }

    fn wanting(
        &self,
        kind: MissingKind,
        thing: Thing,
        idea: Wanting,
    ) -> Result<Missing, StoreError> {
        Ok(Missing {
            kind,
            thing,
            short: self.reader.short_id(thing.entity, thing.id)?,
            title: idea.title,
            who: idea.owner,
            likely: false,
            since: None,
            detail: idea.detail,
        })
    }

    /// A meeting that begins with what is queued is about that; from the day on which it is to be prepared something stands
    /// there. What comes after parts that fill themselves may stay empty.
    fn topic(&self, gate: &mut Gate, agenda: &Agenda) {
        let meeting = &agenda.meeting;
        let Some(section) = agenda.sections.first() else {
            return;
        };
        let SectionBody::Queued(items) = &section.body else {
            return;
        };
        let due = meeting.state == MeetingState::Planned && meeting.prepare <= self.context.now;
        if !due || !items.is_empty() {
            return;
        }
        let from = day_there(meeting.prepare, &meeting.zone);
        gate.rows.push(Missing {
            kind: MissingKind::TopicMissing,
            thing: Thing::new(Entity::Meeting, meeting.id),
            short: meeting.short.clone(),
            title: meeting.title.clone(),
            who: None,
            likely: false,
            since: Some(meeting.prepare),
            detail: Some(format!(
                "nothing under “{}” yet, to be prepared from {from}",
                section.title
            )),
        });
    }

    fn time(&self, gate: &mut Gate, agenda: &Agenda) -> Result<(), StoreError> {
        let over = agenda.over();
        if over == 0 || self.is_gone_through(agenda) {
            return Ok(());
        }
        let (planned, length) = (agenda.planned, agenda.meeting.minutes);
        let short: Option<ShortId> = self.reader.short_of_meeting(agenda.meeting.id)?;
        gate.rows.push(Missing {
            kind: MissingKind::OverTime,
            thing: Thing::new(Entity::Meeting, agenda.meeting.id),
            short,
            title: agenda.meeting.title.clone(),
            who: None,
            likely: false,
            since: None,
            detail: Some(format!("{planned} of {length} minutes, {over} too many")),
        });
        Ok(())
    }

    /// Whether all that was queued was gone through already: then nobody can shorten the agenda any more.
    fn is_gone_through(&self, agenda: &Agenda) -> bool {
        let parts = self.kind.sections.iter().zip(&agenda.sections);
        let counted = parts.filter(|(part, _)| part.minutes.is_none());
        let mut queued = counted.flat_map(|(_, section)| match &section.body {
            SectionBody::Queued(items) => items.as_slice(),
            _ => &[],
        });
        let first = queued.next();
        first.is_some_and(|first| !first.waits() && !queued.any(QueuedItem::waits))
    }
}

/// Adds rows of a kind, and notes whether there are more than are listed.
fn add(gate: &mut Gate, kind: MissingKind, mut rows: Vec<Missing>) {
    if rows.len() > MOST {
        rows.truncate(MOST);
        gate.more.push(kind);
    }
    gate.rows.extend(rows);
}
