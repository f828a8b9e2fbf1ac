//! The weekly sync of the small world: a part of each kind, with two rows where it can have several.

use uuid::Uuid;

use super::super::state::{MinutesText, Sync};
use super::{NOW, feedback_id, idea_id, item_id};
use crate::domain::deed::{AgendaTarget, Deed, MeetingDeed, Subject};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{ActionStepId, AgendaItemId, ShortId};
use crate::domain::idea::Status;
use crate::domain::meeting::{
    Agenda, AgendaState, AreaGroup, FeedbackSection, Gate, MeetingState, Minutes, Missing,
    MissingKind, Occurrence, OwnerItems, PlanItem, QueuedItem, Running, Section, SectionBody,
    Sitting, Slot, StepRow, WEEKLY_SYNC, generated_item,
};
use crate::domain::moment::DAY;
use crate::domain::people::Handle;
use crate::domain::release::Health;
use crate::domain::weight::Weight;

/// The action step with that number.
pub(crate) fn step_id(number: usize) -> ActionStepId {
    ActionStepId(Uuid::from_u128(0xC000_0000 + number as u128))
}

/// The queued item with that number.
pub(crate) fn queued_id(number: usize) -> AgendaItemId {
    AgendaItemId(Uuid::from_u128(0x9000_0000 + number as u128))
}

fn handle(name: &str) -> Handle {
    Handle::parse(name).expect("a handle")
}

/// The meeting in so many weeks.
fn sitting(weeks: i64) -> Sitting {
    let at = NOW.plus((4 + 7 * weeks) * DAY);
    let occurrence = Occurrence {
        kind: WEEKLY_SYNC.to_owned(),
        slot: Slot::Day(at.utc().date_naive()),
        scope: None,
        title: "PM weekly sync".to_owned(),
    };
    Sitting {
        id: occurrence.id(),
        short: None,
        title: occurrence.title.clone(),
        scope_name: None,
        at: Some(at),
        until: at,
        planned: Some(at),
        zone: "UTC".to_owned(),
        minutes: 30,
        state: MeetingState::Planned,
        held: (None, None),
        prepare: at.plus(-DAY),
        attendees: vec![handle("hana"), handle("omar")],
        notes: None,
        occurrence,
    }
}

/// The agenda, what is missing, and the sync after it.
pub(super) fn weekly_sync(feedback: &[FeedbackRow]) -> Sync {
    let meeting = sitting(0);
    let row = |entity, id: Uuid| generated_item(meeting.id, Thing::new(entity, id));
    let plan = |number: usize, owes_update: bool| PlanItem {
        row: row(Entity::ReleaseItem, item_id(number).0),
        item: item_id(number),
        short: ShortId(format!("e{number}")),
        idea: idea_id(number),
        title: format!("Idea {number}"),
        release: ("v0".to_owned(), None),
        status: Status::Planned,
        health: Health::OnTrack,
        update: None,
        changes: Vec::new(),
        owes_update,
        notes: None,
        discussed: false,
    };
    let step = |number: usize, overdue: bool| StepRow {
        row: row(Entity::ActionStep, step_id(number).0),
        item: None,
        id: step_id(number),
        short: ShortId(format!("x{number}")),
        text: format!("Promise {number}"),
        owner: Some(handle("omar")),
        due: None,
        since: NOW.plus(-7 * DAY),
        done: None,
        overdue,
    };
    let queued = |number: usize, about| QueuedItem {
        id: queued_id(number),
        short: ShortId(format!("q{number}")),
        title: format!("Topic {number}"),
        about,
        presenter: Some(handle("hana")),
        minutes: Some(5),
        documents: Vec::new(),
        notes: None,
        confidential: false,
        state: AgendaState::Queued,
        carried: false,
    };
    let requests = AreaGroup {
        row: row(Entity::Area, Uuid::from_u128(1)),
        title: "Boards".to_owned(),
        area: Some("Boards".to_owned()),
        guessed: false,
        likely_owner: Some(handle("omar")),
        requests: feedback
            .iter()
            .take(2)
            .map(|row| (row.clone(), None))
            .collect(),
        total: 2,
        uncounted: false,
    };
    let section = |title: &str, minutes, body| Section {
        title: title.to_owned(),
        minutes,
        body,
    };
    let sections = vec![
        section(
            "Release plan",
            8,
            SectionBody::Plan(vec![OwnerItems {
                owner: Some(handle("hana")),
                items: vec![plan(0, true), plan(1, false)],
            }]),
        ),
        section(
            "Action steps",
            5,
            SectionBody::Steps(vec![step(0, true), step(1, false)]),
        ),
        section(
            "Unassigned requests",
            5,
            SectionBody::Unassigned {
                groups: vec![requests],
                total: feedback.len() as u64,
            },
        ),
        section(
            "Critical",
            0,
            SectionBody::Feedback(FeedbackSection {
                filter: "importance:critical".to_owned(),
                rows: feedback.iter().take(1).cloned().collect(),
                total: 1,
            }),
        ),
        section(
            "Questions",
            0,
            SectionBody::Question("What else?".to_owned()),
        ),
        section(
            "Queued items",
            10,
            SectionBody::Queued(vec![
                queued(0, Some(Subject::Feedback(feedback_id(0)))),
                queued(1, None),
            ]),
        ),
    ];
    let missing = |kind, thing, title: &str| Missing {
        kind,
        thing,
        short: None,
        title: title.to_owned(),
        who: None,
        likely: false,
        since: None,
        detail: None,
    };
    Sync {
        gate: Gate {
            rows: vec![
                missing(
                    MissingKind::UpdateOwed,
                    Thing::new(Entity::ReleaseItem, item_id(0)),
                    "Idea 0",
                ),
                missing(
                    MissingKind::StepOverdue,
                    Thing::new(Entity::ActionStep, step_id(0)),
                    "Promise 0",
                ),
            ],
            more: Vec::new(),
        },
        agenda: Agenda {
            since: Some(NOW.plus(-3 * DAY)),
            releases: Vec::new(),
            planned: sections.iter().map(|section| section.minutes).sum(),
            sections,
            meeting,
        },
        running: Running::default(),
        after: Some(sitting(1)),
        interviews: Vec::new(),
    }
}

/// What becomes of the weekly sync by a deed, as far as presenting it shows that.
pub(super) fn take_in(sync: &mut Sync, deed: &Deed) {
    let agenda = &mut sync.agenda;
    let bodies = agenda.sections.iter_mut().map(|section| &mut section.body);
    match deed {
        Deed::Assign { feedback, .. } => {
            for body in bodies {
                if let SectionBody::Unassigned { groups, .. } = body {
                    for group in groups.iter_mut() {
                        group
                            .requests
                            .retain(|(row, _)| !feedback.contains(&row.id));
                    }
                    groups.retain(|group| !group.requests.is_empty());
                }
            }
        }
        Deed::Meeting(deed) => match deed.as_ref() {
            MeetingDeed::Start { .. } => {
                agenda.meeting.state = MeetingState::Running;
                agenda.meeting.held.0 = Some(NOW);
            }
            MeetingDeed::Finish { .. } => agenda.meeting.state = MeetingState::Finished,
            MeetingDeed::FinishSteps { steps } => {
                for body in bodies {
                    if let SectionBody::Steps(rows) = body {
                        rows.retain(|row| !steps.contains(&row.id));
                    }
                }
            }
            MeetingDeed::Discuss { item, .. } => discuss(bodies, item),
            MeetingDeed::CarryOver { item, .. } => {
                for body in bodies {
                    if let SectionBody::Queued(items) = body {
                        for known in items.iter_mut().filter(|known| known.id == *item) {
                            known.state = AgendaState::CarriedOver;
                        }
                    }
                }
            }
            _ => {}
        },
        _ => {}
    }
}

fn discuss<'s>(bodies: impl Iterator<Item = &'s mut SectionBody>, target: &AgendaTarget) {
    for body in bodies {
        match (body, target) {
            (SectionBody::Queued(items), AgendaTarget::Item(id)) => {
                for item in items.iter_mut().filter(|item| item.id == *id) {
                    item.state = AgendaState::Discussed;
                }
            }
            (
                SectionBody::Plan(owners),
                AgendaTarget::Generated {
                    about: Subject::ReleaseItem(id),
                    ..
                },
            ) => {
                let items = owners.iter_mut().flat_map(|owner| &mut owner.items);
                for item in items.filter(|item| item.item == *id) {
                    item.discussed = true;
                }
            }
            _ => {}
        }
    }
}

/// The minutes of the weekly sync, in which little is told.
pub(crate) fn minutes(sync: &Sync) -> MinutesText {
    MinutesText {
        minutes: Minutes {
            meeting: sync.agenda.meeting.clone(),
            decisions: Vec::new(),
            discussed: Vec::new(),
            updates: Vec::new(),
            promised: Vec::new(),
            open: Vec::new(),
            done: Vec::new(),
            carried_over: Vec::new(),
            links: Vec::new(),
            withheld: 0,
        },
        lines: vec![(Weight::Strong, "PM weekly sync".to_owned())],
        markdown: "# PM weekly sync".to_owned(),
        name: "minutes-2026-11-25".to_owned(),
    }
}
