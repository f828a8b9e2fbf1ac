//! Minutes as they are passed on.

use intake::domain::chart::ChartName;
use intake::domain::deed::{AgendaTarget, MeetingDeed, Subject};
use intake::domain::entity::{Entity, Thing};
use intake::domain::id::{ActionStepId, AgendaItemId, ReleaseItemId, ShortId};
use intake::domain::meeting::{
    AgendaRow, Decided, DecidedKind, Decision, MeetingState, Minutes, MinutesItem, MinutesStep,
    MinutesUpdate, Occurrence, Sitting, Slot, WEEKLY_SYNC,
};
use intake::domain::moment::{DAY, MINUTE};
use intake::domain::people::Handle;
use intake::domain::release::Health;
use intake::exchange::report::page::Page;
use intake::exchange::report::{markdown, minutes, text};
use intake::workspace::MeetingName;
use uuid::Uuid;

use crate::pages::{NOW, World};

fn handle(name: &str) -> Option<Handle> {
    Handle::parse(name).ok()
}

fn item(title: &str, notes: Option<&str>, documents: &[&str]) -> MinutesItem {
    MinutesItem {
        id: AgendaItemId(Uuid::from_u128(1)),
        title: title.to_owned(),
        presenter: handle("omar"),
        notes: notes.map(ToOwned::to_owned),
        documents: documents.iter().map(|url| (*url).to_owned()).collect(),
    }
}

fn update(release: &str, title: &str, health: Health, text: Option<&str>) -> MinutesUpdate {
    MinutesUpdate {
        item: ReleaseItemId(Uuid::from_u128(2)),
        short: ShortId("p1".to_owned()),
        title: title.to_owned(),
        release: release.to_owned(),
        owner: handle("hana"),
        health,
        text: text.map(ToOwned::to_owned),
        author: Some("@hana".to_owned()),
        at: NOW.plus(-2 * DAY),
    }
}

fn step(owner: Option<Handle>, text: &str, done: bool) -> MinutesStep {
    MinutesStep {
        id: ActionStepId(Uuid::from_u128(3)),
        short: ShortId("s1".to_owned()),
        text: text.to_owned(),
        owner,
        due: "2026-11-25".parse().ok(),
        done: done.then_some(NOW.plus(-DAY)),
    }
}

/// An idea that was moved, one that was cut, requests that were given away, and `words` everywhere else.
fn decisions(words: &str) -> Vec<Decision> {
    let decided = |what, from: Option<&str>, to: Option<&str>| Decided {
        what,
        release: None,
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    };
    let decision = |entity, title: &str, changes| Decision {
        thing: Thing::new(entity, Uuid::from_u128(7)),
        short: ShortId("x7".to_owned()),
        title: title.to_owned(),
        changes,
    };
    let given = || vec![decided(DecidedKind::Owner, None, Some("@omar"))];
    vec![
        decision(
            Entity::Idea,
            "Guest accounts",
            vec![
                decided(DecidedKind::Moved, Some("v10.2"), Some("v10.3")),
                decided(DecidedKind::Owner, Some("@hana"), Some("@omar")),
            ],
        ),
        decision(
            Entity::Idea,
            words,
            vec![decided(DecidedKind::Cut, Some(words), Some(words))],
        ),
        decision(Entity::Feedback, "Push arrives twice", given()),
        decision(Entity::Feedback, words, given()),
    ]
}

/// The minutes of a weekly sync in which `words` is said everywhere.
pub fn page(world: &World, words: &str) -> Page {
    let occurrence = Occurrence {
        kind: WEEKLY_SYNC.to_owned(),
        slot: Slot::At(NOW.plus(-2 * DAY)),
        scope: None,
        title: "PM weekly sync".to_owned(),
    };
    let at = Some(NOW.plus(-2 * DAY));
    let minutes = Minutes {
        meeting: Sitting {
            id: occurrence.id(),
            occurrence,
            short: None,
            title: "PM weekly sync".to_owned(),
            scope_name: None,
            at,
            until: NOW,
            planned: at,
            zone: "America/Los_Angeles".to_owned(),
            minutes: 30,
            state: MeetingState::Finished,
            held: (at, at.map(|at| at.plus(30 * MINUTE))),
            prepare: NOW.plus(-4 * DAY),
            attendees: ["hana", "omar"].into_iter().filter_map(handle).collect(),
            notes: Some(words.to_owned()),
        },
        decisions: decisions(words),
        discussed: vec![
            item(
                "Guest accounts",
                Some("Decided: they move to v10.3.\n\nOmar writes to the two customers."),
                &["https://example.com/proposal"],
            ),
            item(words, None, &[words]),
        ],
        updates: vec![
            update(
                "v10.2",
                "Export a board as PDF or CSV",
                Health::OnTrack,
                Some(words),
            ),
            update("v10.2", "Legal hold and e-discovery", Health::AtRisk, None),
            update(words, words, Health::OffTrack, None),
        ],
        promised: vec![
            step(handle("omar"), "Write to both customers", false),
            step(None, words, false),
        ],
        open: vec![step(handle("hana"), "Ask legal about exports", false)],
        done: vec![step(handle("lin"), "Try it with a screen reader", true)],
        carried_over: vec![item(
            "Names of the editions",
            Some("Two proposals.\n\nHana asks sales."),
            &[],
        )],
        links: vec![
            (
                Some("Recording".to_owned()),
                "https://example.com/recording".to_owned(),
            ),
            (Some(words.to_owned()), words.to_owned()),
        ],
        withheld: 1,
    };
    let charts = world
        .workspace
        .charts(&[ChartName::Inbox, ChartName::Load])
        .expect("charts");
    minutes::page(&minutes, &charts)
}

#[test]
fn minutes_read_as_they_are_kept() {
    let page = page(&World::demo(), "Everybody was there.");
    insta::assert_snapshot!("minutes", markdown::render(&page));
    let lines = text::render(&page)
        .into_iter()
        .map(|(_, line)| line.to_string());
    let lines: Vec<String> = lines.take_while(|line| line != "Inbox per week").collect();
    // A section stands at the left, its items below it, what was said about them further in.
    insta::assert_snapshot!("minutes_text", lines.join("\n").trim_end());
}

/// Holds the weekly sync of the demo: an item of the plan and a queued one are discussed, one is carried over.
fn hold(world: &mut World) {
    let sync = world.workspace.weekly_sync().expect("the sync");
    let next = world.workspace.meeting_after(&sync).expect("read");
    let agenda = world.workspace.agenda(&sync).expect("an agenda");
    let (mut plan, mut queued) = (Vec::new(), Vec::new());
    for row in agenda.rows() {
        match row {
            AgendaRow::Plan(item) => plan.push(AgendaTarget::Generated {
                meeting: sync.occurrence.clone(),
                about: Subject::ReleaseItem(item.item),
            }),
            AgendaRow::Queued(item) => queued.push(item.id),
            _ => {}
        }
    }
    let meeting = sync.occurrence.clone();
    let (plan, first) = (plan.swap_remove(0), AgendaTarget::Item(queued[0]));
    let note = |item: &AgendaTarget, text: &str| MeetingDeed::Note {
        item: item.clone(),
        text: text.to_owned(),
    };
    let discussed = |item: &AgendaTarget| MeetingDeed::Discuss {
        meeting: meeting.clone(),
        item: item.clone(),
    };
    for deed in [
        MeetingDeed::Start {
            meeting: meeting.clone(),
            at: sync.at.expect("a time"),
            zone: sync.zone.clone(),
            minutes: sync.minutes,
        },
        note(&plan, "Decided: it goes into the beta."),
        discussed(&plan),
        note(&first, "Two customers are asked first."),
        MeetingDeed::AddStep {
            meeting: Some(meeting.clone()),
            item: Some(first.clone()),
            text: "Ask two customers".to_owned(),
            owner: handle("lin"),
            due: "2026-11-27".parse().ok(),
        },
        discussed(&first),
        MeetingDeed::CarryOver {
            item: queued[1],
            from: meeting.clone(),
            to: next.expect("the next").occurrence,
        },
        MeetingDeed::LinkMeeting {
            meeting: meeting.clone(),
            url: "https://example.com/recording".to_owned(),
            title: Some("Recording".to_owned()),
        },
        MeetingDeed::Finish {
            meeting: meeting.clone(),
            at: sync.at.expect("a time"),
            zone: sync.zone.clone(),
            minutes: sync.minutes,
        },
    ] {
        world.done(deed.into());
    }
}

#[test]
fn minutes_of_a_sync_that_was_held_here() {
    let mut world = World::demo();
    hold(&mut world);
    let name = MeetingName {
        text: WEEKLY_SYNC.to_owned(),
        ..MeetingName::default()
    };
    let held = world.workspace.meeting_held(&name).expect("the last one");
    assert_eq!(held.state, MeetingState::Finished);
    let found = world.workspace.minutes(&held).expect("minutes");
    let charts = world.workspace.charts_of(&held).expect("charts");
    let page = minutes::page(&found, &charts);
    insta::assert_snapshot!("minutes_of_a_sync", markdown::render(&page));
}
