//! Meetings, their agendas and what is missing before them, as JSON.

use serde::Serialize;

use super::{Shorts, text};
use crate::domain::deed::Subject;
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::FeedbackRow;
use crate::domain::meeting::{
    Agenda, AreaGroup, MeetingKind, Missing, Per, PlanItem, QueuedItem, Section, SectionBody,
    Sitting, StepRow,
};
use crate::domain::people::Handle;
use crate::meeting::kinds::show_cadence;
use crate::problem::Problem;

/// A kind of meeting.
#[derive(Debug, Serialize)]
pub struct MeetingKindJson {
    kind: String,
    name: String,
    cadence: String,
    time: Option<String>,
    zone: String,
    per: &'static str,
    length: u32,
    roles: Vec<&'static str>,
    lead_days: u32,
    sections: Vec<String>,
}

impl MeetingKindJson {
    /// A kind.
    #[must_use]
    pub fn new(kind: &MeetingKind) -> Self {
        Self {
            kind: kind.id.clone(),
            name: kind.name.clone(),
            cadence: show_cadence(kind.cadence),
            time: kind.time.map(|time| time.format("%H:%M").to_string()),
            zone: kind.zone.name().to_owned(),
            per: match kind.per {
                Per::All => "all",
                Per::Area => "area",
                Per::Pm => "pm",
            },
            length: kind.minutes,
            roles: kind.attendees.iter().map(|role| role.name()).collect(),
            lead_days: kind.lead,
            sections: kind
                .sections
                .iter()
                .map(|part| part.title.clone())
                .collect(),
        }
    }
}

/// A meeting.
#[derive(Debug, Serialize)]
pub struct MeetingJson {
    id: String,
    short_id: Option<String>,
    kind: String,
    calendar: String,
    held_for: Option<String>,
    title: String,
    at: Option<String>,
    until: String,
    planned: Option<String>,
    zone: String,
    length: u32,
    state: &'static str,
    prepare_from: String,
    started: Option<String>,
    finished: Option<String>,
    attendees: Vec<String>,
    notes: Option<String>,
}

impl MeetingJson {
    /// A meeting.
    #[must_use]
    pub fn new(sitting: &Sitting) -> Self {
        Self {
            id: sitting.id.to_string(),
            short_id: text(sitting.short.as_ref()),
            kind: sitting.occurrence.kind.clone(),
            calendar: sitting.occurrence.slot.to_string(),
            held_for: sitting.scope_name.clone(),
            title: sitting.title.clone(),
            at: sitting.at.map(|at| at.rfc3339()),
            until: sitting.until.rfc3339(),
            planned: sitting.planned.map(|at| at.rfc3339()),
            zone: sitting.zone.clone(),
            length: sitting.minutes,
            state: sitting.state.name(),
            prepare_from: sitting.prepare.rfc3339(),
            started: sitting.held.0.map(|at| at.rfc3339()),
            finished: sitting.held.1.map(|at| at.rfc3339()),
            attendees: sitting.attendees.iter().map(ToString::to_string).collect(),
            notes: sitting.notes.clone(),
        }
    }
}

/// How a meeting goes.
#[derive(Debug, Serialize)]
#[allow(missing_docs)] // The field names say it.
pub struct RunningJson {
    pub meeting_id: String,
    pub item: Option<String>,
    pub short_id: Option<String>,
    pub title: Option<String>,
    pub minutes: Option<u32>,
    pub taken_seconds: Option<i64>,
    pub paused: bool,
}

/// An agenda.
#[derive(Debug, Serialize)]
pub struct AgendaJson {
    meeting: MeetingJson,
    since: Option<String>,
    minutes: u32,
    minutes_over: u32,
    release_changes: Vec<ChangedReleaseJson>,
    sections: Vec<SectionJson>,
}

#[derive(Debug, Serialize)]
struct ChangedReleaseJson {
    release: String,
    changes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SectionJson {
    title: String,
    minutes: u32,
    question: Option<String>,
    filter: Option<String>,
    total: Option<u64>,
    release_items: Vec<PlanItemJson>,
    action_steps: Vec<StepJson>,
    requests: Vec<RequestJson>,
    items: Vec<ItemJson>,
}

#[derive(Debug, Serialize)]
struct PlanItemJson {
    id: String,
    short_id: String,
    idea_id: String,
    title: String,
    owner: Option<String>,
    release: String,
    health: &'static str,
    changes: Vec<String>,
    update_owed: bool,
    update: Option<String>,
    notes: Option<String>,
    discussed: bool,
}

#[derive(Debug, Serialize)]
struct StepJson {
    id: String,
    short_id: String,
    text: String,
    owner: Option<String>,
    due: Option<String>,
    since: String,
    overdue: bool,
}

#[derive(Debug, Serialize)]
struct RequestJson {
    id: String,
    short_id: String,
    title: String,
    area: Option<String>,
    likely_area: Option<String>,
    received: String,
    likely_owner: Option<String>,
}

#[derive(Debug, Serialize)]
struct ItemJson {
    id: String,
    short_id: String,
    title: String,
    about: Option<String>,
    presenter: Option<String>,
    minutes: Option<u32>,
    documents: Vec<String>,
    notes: Option<String>,
    confidential: bool,
    state: &'static str,
    carried: bool,
}

impl AgendaJson {
    /// An agenda.
    ///
    /// # Errors
    /// When a short id cannot be read.
    pub fn new(agenda: &Agenda, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let sections = agenda.sections.iter();
        let releases = agenda.releases.iter().map(|changed| ChangedReleaseJson {
            release: changed.name.clone(),
            changes: changed.changes.clone(),
        });
        Ok(Self {
            meeting: MeetingJson::new(&agenda.meeting),
            since: agenda.since.map(|since| since.rfc3339()),
            minutes: agenda.planned,
            minutes_over: agenda.over(),
            release_changes: releases.collect(),
            sections: sections
                .map(|section| SectionJson::new(section, shorts))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl SectionJson {
    fn new(section: &Section, shorts: &Shorts<'_>) -> Result<Self, Problem> {
        let mut json = Self {
            title: section.title.clone(),
            minutes: section.minutes,
            question: None,
            filter: None,
            total: None,
            release_items: Vec::new(),
            action_steps: Vec::new(),
            requests: Vec::new(),
            items: Vec::new(),
        };
        match &section.body {
            SectionBody::Plan(owners) => {
                for owner in owners {
                    let items = owner.items.iter();
                    let name = owner.owner.as_ref();
                    json.release_items
                        .extend(items.map(|item| plan_item(item, name)));
                }
            }
            SectionBody::Steps(steps) => json.action_steps = steps.iter().map(step).collect(),
            SectionBody::Unassigned { groups, total } => {
                json.total = Some(*total);
                json.requests = requests(groups, shorts)?;
            }
            SectionBody::Queued(items) => {
                for queued in items {
                    json.items.push(item(queued, shorts)?);
                }
            }
            SectionBody::Feedback(found) => {
                json.filter = Some(found.filter.clone());
                json.total = Some(found.total);
                for row in &found.rows {
                    json.requests
                        .push(request(row, (None, row.owner.as_ref()), shorts)?);
                }
            }
            SectionBody::Question(text) => json.question = Some(text.clone()),
        }
        Ok(json)
    }
}

fn plan_item(item: &PlanItem, owner: Option<&Handle>) -> PlanItemJson {
    PlanItemJson {
        id: item.item.to_string(),
        short_id: item.short.to_string(),
        idea_id: item.idea.to_string(),
        title: item.title.clone(),
        owner: text(owner),
        release: item.release.0.clone(),
        health: item.health.name(),
        changes: item.changes.clone(),
        update_owed: item.owes_update,
        update: item.update.as_ref().and_then(|update| update.text.clone()),
        notes: item.notes.clone(),
        discussed: item.discussed,
    }
}

fn step(step: &StepRow) -> StepJson {
    StepJson {
        id: step.id.to_string(),
        short_id: step.short.to_string(),
        text: step.text.clone(),
        owner: text(step.owner.as_ref()),
        due: text(step.due.as_ref()),
        since: step.since.rfc3339(),
        overdue: step.overdue,
    }
}

fn requests(groups: &[AreaGroup], shorts: &Shorts<'_>) -> Result<Vec<RequestJson>, Problem> {
    let mut all = Vec::new();
    for group in groups {
        for (row, likely) in &group.requests {
            let likely = likely.as_ref().or(group.likely_owner.as_ref());
            let area = group.area.as_ref().filter(|_| group.guessed);
            all.push(request(row, (area, likely), shorts)?);
        }
    }
    Ok(all)
}

fn request(
    row: &FeedbackRow,
    (area, likely): (Option<&String>, Option<&Handle>),
    shorts: &Shorts<'_>,
) -> Result<RequestJson, Problem> {
    Ok(RequestJson {
        id: row.id.to_string(),
        short_id: shorts(Thing::new(Entity::Feedback, row.id))?,
        title: row.title.clone(),
        area: row.area.clone(),
        likely_area: area.cloned(),
        received: row.received.rfc3339(),
        likely_owner: text(likely),
    })
}

fn item(item: &QueuedItem, shorts: &Shorts<'_>) -> Result<ItemJson, Problem> {
    let about = item.about.map(|about| match about {
        Subject::Feedback(id) => Thing::new(Entity::Feedback, id),
        Subject::Idea(id) => Thing::new(Entity::Idea, id),
        Subject::ReleaseItem(id) => Thing::new(Entity::ReleaseItem, id),
    });
    Ok(ItemJson {
        id: item.id.to_string(),
        short_id: item.short.to_string(),
        title: item.title.clone(),
        about: about.map(shorts).transpose()?,
        presenter: text(item.presenter.as_ref()),
        minutes: item.minutes,
        documents: item.documents.clone(),
        notes: item.notes.clone(),
        confidential: item.confidential,
        state: item.state.name(),
        carried: item.carried,
    })
}

/// One thing that is missing.
#[derive(Debug, Serialize)]
pub struct MissingJson {
    missing: &'static str,
    thing: &'static str,
    id: String,
    short_id: Option<String>,
    title: String,
    who: Option<String>,
    likely_owner: Option<String>,
    since: Option<String>,
    detail: Option<String>,
    words: &'static str,
    remedy: String,
}

impl MissingJson {
    /// What is missing, and the command that sees to it.
    #[must_use]
    pub fn new(missing: &Missing, remedy: &str) -> Self {
        Self {
            missing: missing.kind.name(),
            thing: missing.thing.entity.name(),
            id: missing.thing.id.to_string(),
            short_id: text(missing.short.as_ref()),
            title: missing.title.clone(),
            who: text(missing.owner()),
            likely_owner: text(missing.likely_owner()),
            since: missing.since.map(|since| since.rfc3339()),
            detail: missing.detail.clone(),
            words: missing.kind.word(),
            remedy: remedy.to_owned(),
        }
    }
}
