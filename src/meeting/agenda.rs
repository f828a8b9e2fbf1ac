//! The agenda of a meeting, read from the workspace whenever it is asked for.
//!
//! The order of the weekly sync is that of the handbook of Mattermost's product managers: the release manager gets updates
//! on the release plan, action steps of earlier meetings are gone through, what nobody owns is triaged, and then come the
//! items that were queued, each within its time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::calendar::day_in;
use crate::domain::deed::Subject;
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{AgendaItemId, AreaId, MeetingId, ReleaseItemId};
use crate::domain::listing::{Anchor, FeedbackWindow};
use crate::domain::meeting::{
    Agenda, AgendaState, AreaGroup, ChangedRelease, FeedbackSection, MeetingKind, MeetingState,
    OwnerItems, PlanItem, QueuedItem, Section, SectionBody, SectionContent, SectionKind, Shown,
    Sitting, Slot, StepRow, USUAL_BOX, WEEKLY_SYNC, generated_item,
};
use crate::domain::moment::Moment;
use crate::domain::people::{Area, Handle};
use crate::domain::release::{
    BETWEEN_SYNCS, Health, PlannedRelease, ReleaseItem, ReleaseKind, ReleaseState,
};
use crate::problem::Problem;
use crate::query::{self, Query};
use crate::store::{AgendaItemRow, FilterContext, Reader, StoreError};

/// How many requests that nobody owns are listed; the texts of those without an area are read for a likely one.
const MOST_REQUESTS: usize = 100;

/// Of so many that nobody owns each group is counted, which walks over all of them. The header of the console asks for the
/// agenda behind every deed.
const MOST_COUNTED: u64 = if cfg!(test) { 250 } else { 2_000 };
/// How many action steps, queued items and rows of a filter are listed.
const MOST_STEPS: usize = 500;
pub(super) const MOST_QUEUED: usize = 200;
const MOST_FEEDBACK: usize = 50;

/// Since when updates of release items are asked for: the end of the weekly sync before, or as long as one is usually ago.
pub fn asked_since(before: Option<Moment>, now: Moment) -> Moment {
    before.unwrap_or(now.plus(-BETWEEN_SYNCS))
}

/// What an agenda is made from.
pub struct Ground<'g, 'r> {
    /// The workspace.
    pub reader: &'g Reader<'r>,
    /// Who asks, and when.
    pub context: &'g FilterContext,
    /// The kind of the meeting.
    pub kind: &'g MeetingKind,
    /// Since when changes count: the end of the meeting before.
    pub since: Option<Moment>,
    /// What changed about an item of the release plan since then, in words.
    pub changes: &'g dyn Fn(ReleaseItemId) -> Vec<String>,
    /// What changed about releases as a whole since then.
    pub releases: &'g [ChangedRelease],
}

impl Ground<'_, '_> {
    /// The day that it is where the meeting is held.
    pub(super) fn today(&self) -> NaiveDate {
        day_in(self.context.now, &self.kind.zone)
    }

    /// The agenda of a meeting of that kind.
    ///
    /// # Errors
    /// When the file cannot be read, or a filter names what is not there.
    pub fn agenda(&self, meeting: Sitting) -> Result<Agenda, Problem> {
        let mut sections = Vec::new();
        for part in &self.kind.sections {
            sections.push(self.section(&meeting, part)?);
        }
        Ok(Agenda {
            planned: sections.iter().map(|section| section.minutes).sum(),
            since: self.since,
            releases: match self.goes_through(Shown::ReleaseItems) {
                true => self.releases.to_vec(),
                false => Vec::new(),
            },
            meeting,
            sections,
        })
    }

    /// Whether a part of that kind of meeting shows this.
    pub(super) fn goes_through(&self, shown: Shown) -> bool {
        let part = SectionContent::Shows(shown);
        self.kind.sections.iter().any(|one| one.content == part)
    }

    fn section(&self, meeting: &Sitting, part: &SectionKind) -> Result<Section, Problem> {
        let body = match &part.content {
            SectionContent::Question(text) => SectionBody::Question(text.clone()),
            SectionContent::Filter(filter) => SectionBody::Feedback(self.feedback(filter)?),
            SectionContent::Shows(Shown::ReleaseItems) => {
                SectionBody::Plan(by_owner(self.plan_items(meeting)?))
            }
            SectionContent::Shows(Shown::ActionSteps) => SectionBody::Steps(self.steps(meeting)?),
            SectionContent::Shows(Shown::Unassigned) => self.unassigned(meeting)?,
            SectionContent::Shows(Shown::Queued) => SectionBody::Queued(self.queued(meeting)?),
        };
        Ok(Section {
            title: part.title.clone(),
            minutes: minutes(part.minutes, &body),
            body,
        })
    }

    /// The items of releases that are to come, by release and position; what lies in the backlog waits for a release and
    /// is not gone through. What was cut is there once more, so that everybody learns of it.
    pub(super) fn plan_items(
        &self,
        meeting: &Sitting,
    ) -> Result<Vec<(Option<Handle>, PlanItem)>, StoreError> {
        let noted = self.noted(meeting.id)?;
        let mut items = Vec::new();
        let since = asked_since(self.since, self.context.now);
        for planned in self.reader.release_plan(Some(since))?.releases {
            let release = &planned.release;
            if release.state == ReleaseState::Released || release.kind == ReleaseKind::Backlog {
                continue;
            }
            for item in &planned.items {
                let changes = (self.changes)(item.id);
                if item.health == Health::Cut && changes.is_empty() {
                    continue;
                }
                let row = generated_item(meeting.id, Thing::new(Entity::ReleaseItem, item.id));
                let (notes, discussed) = noted.get(&row).cloned().unwrap_or_default();
                items.push((
                    item.owner.clone(),
                    PlanItem {
                        row,
                        short: self
                            .reader
                            .short_id(Entity::ReleaseItem, item.id.0)?
                            .unwrap_or_else(|| unnamed(item.id.0)),
                        changes,
                        notes,
                        discussed,
                        ..plan_item(&planned, item, row)
                    },
                ));
            }
        }
        Ok(items)
    }

    /// What was noted in this meeting on rows which the agenda shows by itself, and whether they were discussed.
    fn noted(
        &self,
        meeting: MeetingId,
    ) -> Result<BTreeMap<AgendaItemId, (Option<String>, bool)>, StoreError> {
        let items = self.reader.agenda_of(meeting)?.into_iter();
        Ok(items
            .filter(is_generated)
            .map(|item| (item.id, (item.notes, item.state == AgendaState::Discussed)))
            .collect())
    }

    pub(super) fn steps(&self, meeting: &Sitting) -> Result<Vec<StepRow>, StoreError> {
        let today = self.today();
        let everything = self.kind.id == WEEKLY_SYNC;
        let mut rows = Vec::new();
        for step in self.reader.open_steps(MOST_STEPS)? {
            if !everything && !self.is_ours(meeting, step.meeting)? {
                continue;
            }
            rows.push(StepRow {
                row: generated_item(meeting.id, Thing::new(Entity::ActionStep, step.id)),
                item: step.item,
                overdue: step.due.is_some_and(|due| due < today),
                id: step.id,
                short: step.short,
                text: step.text,
                owner: step.owner,
                due: step.due,
                since: step.since,
                done: step.done,
            });
        }
        Ok(rows)
    }

    /// Whether another meeting is of the same kind and held for the same.
    pub(super) fn is_ours(
        &self,
        meeting: &Sitting,
        other: Option<MeetingId>,
    ) -> Result<bool, StoreError> {
        let Some(other) = other else { return Ok(false) };
        let found = self.reader.meeting(other)?;
        Ok(found.is_some_and(|other| {
            other.kind == self.kind.id && other.scope == meeting.occurrence.scope
        }))
    }

    fn unassigned(&self, meeting: &Sitting) -> Result<SectionBody, Problem> {
        let found = self.feedback_of("is:unprocessed is:unassigned sort:age", MOST_REQUESTS)?;
        let areas = self.reader.areas()?;
        let by_words = self.reader.likely_areas()?;
        let mut groups: Vec<AreaGroup> = Vec::new();
        for row in found.rows {
            let mut area = areas
                .iter()
                .find(|area| row.area.as_ref() == Some(&area.name));
            let guessed = area.is_none();
            let mut likely = None;
            if area.is_none_or(|area| area.owner.is_none())
                && let Some((title, body)) = self.reader.words_of(row.id)?
                && let Some((by_words, owner, _)) = by_words.of(&title, &body)
            {
                likely = Some(owner.clone()).filter(|_| !guessed);
                area = area.or(Some(by_words));
            }
            let id = area.map_or(AreaId(Uuid::nil()), |area| area.id);
            // What was said to be of an area and what probably is are two rows.
            let stands_for = match area {
                Some(_) if guessed => Entity::AreaKeyword,
                _ => Entity::Area,
            };
            let key = generated_item(meeting.id, Thing::new(stands_for, id));
            match groups.iter_mut().find(|group| group.row == key) {
                Some(group) => {
                    group.requests.push((row, likely));
                    group.total += 1;
                }
                None => groups.push(AreaGroup {
                    row: key,
                    title: match area {
                        Some(area) if guessed => format!("{}?", area.name),
                        Some(area) => area.name.clone(),
                        None => "Requests without an area".to_owned(),
                    },
                    area: area.map(|area| area.name.clone()),
                    guessed: guessed && area.is_some(),
                    likely_owner: area.and_then(|area: &Area| area.owner.clone()),
                    requests: vec![(row, likely)],
                    total: 1,
                    uncounted: false,
                }),
            }
        }
        groups.sort_by(|a, b| {
            let order =
                |group: &AreaGroup| (group.area.is_none(), group.area.clone(), group.guessed);
            order(a).cmp(&order(b))
        });
        match found.total {
            total if total <= MOST_REQUESTS as u64 => {}
            total if total <= MOST_COUNTED => self.count_requests(&mut groups)?,
            _ => {
                for group in groups.iter_mut().filter(|group| !group.guessed) {
                    group.uncounted = true;
                }
            }
        }
        Ok(SectionBody::Unassigned {
            groups,
            total: found.total,
        })
    }

    /// Counts what is not listed, too. Those that nobody said an area of are counted as such, but for those that are listed under a
    /// likely one.
    fn count_requests(&self, groups: &mut [AreaGroup]) -> Result<(), Problem> {
        let guessed = groups.iter().filter(|group| group.guessed);
        let guessed: u64 = guessed.map(|group| group.total).sum();
        for group in groups.iter_mut().filter(|group| !group.guessed) {
            let query = Query::unassigned_in(group.area.as_deref());
            let tally = self.reader.tally(&query, self.context, None);
            let total = tally.map_err(|error| error.problem(&query))?.total;
            group.total = match group.area {
                Some(_) => total,
                None => total.saturating_sub(guessed),
            };
        }
        Ok(())
    }

    /// Who is likely to take a request: the owner of its area, or of the area whose keywords it has.
    pub(super) fn likely_owner(&self, row: &FeedbackRow) -> Result<Option<Handle>, StoreError> {
        if let Some((_, Some(owner))) = self.reader.area_of(row.id)? {
            return Ok(Some(owner));
        }
        let Some((title, body)) = self.reader.words_of(row.id)? else {
            return Ok(None);
        };
        let by_words = self.reader.area_by_keyword(&title, &body)?;
        Ok(by_words.map(|(_, owner, _)| owner))
    }

    fn feedback(&self, filter: &str) -> Result<FeedbackSection, Problem> {
        self.feedback_of(filter, MOST_FEEDBACK)
    }

    /// The first of what a filter shows, and how many there are.
    fn feedback_of(&self, filter: &str, most: usize) -> Result<FeedbackSection, Problem> {
        let (query, window) = self.window(filter, most)?;
        let total = match window.after {
            false => window.rows.len() as u64,
            true => {
                let tally = self.reader.tally(&query, self.context, None);
                tally.map_err(|error| error.problem(&query))?.total
            }
        };
        Ok(FeedbackSection {
            filter: filter.to_owned(),
            rows: window.rows,
            total,
        })
    }

    /// The first of what a filter shows.
    pub(super) fn feedback_rows(
        &self,
        filter: &str,
        most: usize,
    ) -> Result<Vec<FeedbackRow>, Problem> {
        Ok(self.window(filter, most)?.1.rows)
    }

    fn window(&self, filter: &str, most: usize) -> Result<(Query, FeedbackWindow), Problem> {
        let query = query::parse(filter).map_err(|faults| query::problem("the filter", &faults))?;
        let window = self
            .reader
            .feedback_window(&query, self.context, &Anchor::Start, most);
        match window {
            Ok(window) => Ok((query, window)),
            Err(error) => Err(error.problem(&query)),
        }
    }

    /// What earlier meetings left undone, what was planned for this one, and what is queued for the next weekly sync.
    fn queued(&self, meeting: &Sitting) -> Result<Vec<QueuedItem>, StoreError> {
        let own = self.reader.agenda_of(meeting.id)?;
        let over = matches!(
            meeting.state,
            MeetingState::Finished | MeetingState::Cancelled
        );
        let mut rows = Vec::new();
        if !over {
            let of = (self.kind.id.as_str(), meeting.occurrence.scope);
            let day = match meeting.occurrence.slot {
                Slot::Day(day) => day.to_string(),
                Slot::At(at) => day_in(at, &self.kind.zone).to_string(),
                // Each release has one of its own.
                Slot::Release => String::new(),
            };
            let left = self.reader.left_over(of, (&day, meeting.id), MOST_QUEUED)?;
            rows.extend(left.into_iter().map(|row| (row, true)));
        }
        let mut here = own;
        if self.kind.id == WEEKLY_SYNC && !over {
            here.extend(self.reader.queued_items(MOST_QUEUED)?);
            // One order for both, in which one moves them.
            here.sort_by(|one, other| one.position.cmp(&other.position));
        }
        rows.extend(here.into_iter().map(|row| {
            let carried = row.id == carried_id(&row);
            (row, carried)
        }));
        let rows = rows.into_iter().filter(|(row, _)| !is_generated(row));
        Ok(rows
            .map(|(row, carried)| queued_item(row, carried))
            .collect())
    }
}

/// A copy which was put off to here is determined by what it is a copy of; others are made by chance.
fn carried_id(row: &AgendaItemRow) -> AgendaItemId {
    match row.id.0.get_version() {
        Some(uuid::Version::Sha1) => row.id,
        _ => AgendaItemId(Uuid::nil()),
    }
}

/// Whether a row stands for a thing that the agenda shows by itself.
pub(super) fn is_generated(row: &AgendaItemRow) -> bool {
    let (Some(meeting), Some(about)) = (row.meeting, row.about) else {
        return false;
    };
    let thing = match about {
        Subject::Feedback(id) => Thing::new(Entity::Feedback, id),
        Subject::Idea(id) => Thing::new(Entity::Idea, id),
        Subject::ReleaseItem(id) => Thing::new(Entity::ReleaseItem, id),
    };
    row.id == generated_item(meeting, thing)
}

fn queued_item(row: AgendaItemRow, carried: bool) -> QueuedItem {
    QueuedItem {
        id: row.id,
        short: row.short,
        title: row.title,
        about: row.about,
        presenter: row.presenter,
        minutes: row.minutes,
        documents: row.documents,
        notes: row.notes,
        confidential: row.confidential,
        state: row.state,
        carried,
    }
}

fn plan_item(planned: &PlannedRelease, item: &ReleaseItem, row: AgendaItemId) -> PlanItem {
    PlanItem {
        row,
        item: item.id,
        short: unnamed(item.id.0),
        idea: item.idea,
        title: item.title.clone(),
        release: (planned.release.name.clone(), planned.release.date),
        status: item.status,
        health: item.health,
        update: item.update.clone(),
        changes: Vec::new(),
        owes_update: item.owes_update,
        notes: None,
        discussed: false,
    }
}

pub(super) fn unnamed(id: Uuid) -> crate::domain::id::ShortId {
    crate::domain::id::ShortId(id.to_string())
}

/// By owner; those without one come first, since somebody has to take them.
fn by_owner(items: Vec<(Option<Handle>, PlanItem)>) -> Vec<OwnerItems> {
    let mut owners: BTreeMap<Option<Handle>, Vec<PlanItem>> = BTreeMap::new();
    for (owner, item) in items {
        owners.entry(owner).or_default().push(item);
    }
    owners
        .into_iter()
        .map(|(owner, items)| OwnerItems { owner, items })
        .collect()
}

/// How many minutes a part takes: none when there is nothing in it, what the kind gives it, or what its items take.
fn minutes(given: Option<u32>, body: &SectionBody) -> u32 {
    let empty = match body {
        SectionBody::Plan(owners) => owners.is_empty(),
        SectionBody::Steps(steps) => steps.is_empty(),
        SectionBody::Unassigned { total, .. } => *total == 0,
        SectionBody::Queued(items) => items.is_empty(),
        SectionBody::Feedback(found) => found.total == 0,
        SectionBody::Question(_) => false,
    };
    match (empty, given, body) {
        (true, ..) => 0,
        (_, Some(given), _) => given,
        (_, None, SectionBody::Queued(items)) => {
            let here = items
                .iter()
                .filter(|item| item.state != AgendaState::CarriedOver);
            here.map(|item| item.minutes.unwrap_or(USUAL_BOX)).sum()
        }
        (_, None, _) => 0,
    }
}
