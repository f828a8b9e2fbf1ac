//! What a meeting came to.

use super::agenda::{Ground, is_generated};
use crate::domain::deed::Subject;
use crate::domain::entity::{Entity, Thing};
use crate::domain::meeting::{
    AgendaState, Decision, MeetingState, Minutes, MinutesItem, MinutesStep, Sitting, WEEKLY_SYNC,
};
use crate::domain::moment::Moment;
use crate::history::past::decided;
use crate::problem::Problem;
use crate::store::{AgendaItemRow, StepRow};

/// How many action steps are told.
const MOST_STEPS: usize = 500;

impl Ground<'_, '_> {
    /// The minutes of a meeting as far as it has come; without what is confidential.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn minutes(&self, meeting: Sitting) -> Result<Minutes, Problem> {
        let items = self.reader.agenda_of(meeting.id)?;
        let decisions = self.decisions(&meeting, &items)?;
        let withheld = items.iter().filter(|item| item.confidential).count();
        let mut items: Vec<AgendaItemRow> = items
            .into_iter()
            .filter(|item| !item.confidential)
            .collect();
        // As on the agenda: what it shows by itself comes before what was queued.
        items.sort_by_key(|item| !is_generated(item));
        let over = meeting.state == MeetingState::Finished;
        let put_off = |item: &&AgendaItemRow| {
            item.state == AgendaState::CarriedOver
                || (over && item.state == AgendaState::Queued && !is_generated(item))
        };
        let told = |item: &&AgendaItemRow| match item.state {
            AgendaState::Discussed => true,
            // A row that the agenda shows by itself is told when something was noted on it.
            AgendaState::Queued => item.notes.is_some() && !put_off(item),
            AgendaState::CarriedOver => false,
        };
        let (from, to) = self.span(&meeting);
        let promised = self.reader.steps_of_meeting(meeting.id)?;
        let here = |step: &StepRow| step.meeting == Some(meeting.id);
        let everything = self.kind.id == WEEKLY_SYNC;
        let mut open = Vec::new();
        for step in self.reader.open_steps(MOST_STEPS)? {
            if !here(&step)
                && step.since < to
                && (everything || self.is_ours(&meeting, step.meeting)?)
            {
                open.push(step);
            }
        }
        let mut done = Vec::new();
        for step in self.reader.steps_done(from, to, MOST_STEPS)? {
            if !here(&step) && (everything || self.is_ours(&meeting, step.meeting)?) {
                done.push(step);
            }
        }
        Ok(Minutes {
            decisions,
            discussed: items.iter().filter(told).map(item).collect(),
            carried_over: items.iter().filter(put_off).map(item).collect(),
            updates: match everything {
                true => self.reader.updates_between(from, to)?,
                false => Vec::new(),
            },
            promised: steps(promised),
            open: steps(open),
            done: steps(done),
            links: self.reader.links_of_meeting(meeting.id)?,
            withheld,
            meeting,
        })
    }

    /// What was decided by deeds while the meeting was held, so far. What a confidential item is about stays out, whether it
    /// was gone through in this meeting or still waits.
    fn decisions(
        &self,
        meeting: &Sitting,
        items: &[AgendaItemRow],
    ) -> Result<Vec<Decision>, Problem> {
        let Some(begun) = meeting.held.0 else {
            return Ok(Vec::new());
        };
        let ended = meeting.held.1.unwrap_or(self.context.now);
        let waiting = self.reader.secret_items()?;
        let secret = items
            .iter()
            .chain(&waiting)
            .filter(|item| item.confidential);
        let hidden: Vec<Thing> = secret
            .filter_map(|item| item.about)
            .map(|about| match about {
                Subject::Feedback(id) => Thing::new(Entity::Feedback, id),
                Subject::Idea(id) => Thing::new(Entity::Idea, id),
                Subject::ReleaseItem(id) => Thing::new(Entity::ReleaseItem, id),
            })
            .collect();
        decided(self.reader, (begun, ended), &hidden)
    }

    /// From the end of the meeting before to the end of this one, or to now while it is not over.
    fn span(&self, meeting: &Sitting) -> (Moment, Moment) {
        let to = match meeting.state {
            MeetingState::Finished => meeting.end(),
            _ => self.context.now,
        };
        let week = crate::domain::release::BETWEEN_SYNCS;
        let from = self.since.unwrap_or(to.plus(-week));
        (from.min(to), to.plus(1))
    }
}

fn item(item: &AgendaItemRow) -> MinutesItem {
    MinutesItem {
        id: item.id,
        title: item.title.clone(),
        presenter: item.presenter.clone(),
        notes: item.notes.clone(),
        documents: item.documents.clone(),
    }
}

/// Action steps, those apart that were made on a confidential item.
fn steps(steps: Vec<StepRow>) -> Vec<MinutesStep> {
    let steps = steps.into_iter().filter(|step| !step.confidential);
    steps
        .map(|step| MinutesStep {
            id: step.id,
            short: step.short,
            text: step.text,
            owner: step.owner,
            due: step.due,
            done: step.done,
        })
        .collect()
}
