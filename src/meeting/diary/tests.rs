//! Meetings as people find them: next, moved, cancelled, side by side; agendas and what is missing, through the door.

mod gate;

use std::path::Path;

use chrono::NaiveDate;

use crate::domain::deed::{
    AgendaTarget, AreaEdit, Deed, FeedbackEdit, IdeaEdit, MeetingDeed, NewAgendaItem, NewFeedback,
    NewIdea, PersonEdit, ReleaseEdit, Step, Subject,
};
use crate::domain::entity::Entity;
use crate::domain::id::{AgendaItemId, FeedbackId, Ids, ReleaseId, ReleaseItemId};
use crate::domain::idea::{Status, TicketKind};
use crate::domain::meeting::{
    AgendaRow, ChangedRelease, MeetingState, MissingKind, Occurrence, SectionBody, Sitting, shown,
};
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment};
use crate::domain::people::{Handle, Role};
use crate::workspace::{Clock, MeetingName, Opening, Workspace};

fn at(text: &str) -> Moment {
    let at = chrono::DateTime::parse_from_rfc3339(text).expect("a moment");
    Moment(at.timestamp_millis())
}

/// A workspace at a moment; `own` are files of kinds of meeting.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new(own: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("meetings")).expect("a folder");
        for (name, text) in own {
            let path = folder.path().join("meetings").join(name);
            std::fs::write(path, text).expect("a file");
        }
        Self { folder }
    }

    fn open(&self, now: &str) -> Workspace {
        open(self.folder.path(), at(now))
    }
}

fn open(folder: &Path, now: Moment) -> Workspace {
    let opening = Opening {
        me: Handle::parse("hana").ok(),
        clock: Clock::Fixed(now),
        ids: Ids::Seeded(now.0.unsigned_abs()),
        meetings: Some(folder.join("meetings")),
        ..Opening::default()
    };
    Workspace::open(&folder.join("intake.db"), opening).expect("a workspace")
}

fn done(workspace: &mut Workspace, deed: impl Into<Deed>) -> crate::domain::deed::Outcome {
    let deed = deed.into();
    match workspace.commit(&deed) {
        Ok(outcome) => outcome,
        Err(problem) => panic!("{problem:?}"),
    }
}

fn colleague(workspace: &mut Workspace, name: &str, role: Role) {
    let edit = PersonEdit {
        role: Some(role),
        ..PersonEdit::default()
    };
    let handle = Handle::parse(name).expect("a handle");
    done(workspace, Deed::SavePerson { handle, edit });
}

fn when(sitting: &Sitting) -> String {
    sitting.at.map_or_else(
        || format!("by {}", shown(sitting.until, &sitting.zone)),
        |at| shown(at, &sitting.zone),
    )
}

fn postpone(sitting: &Sitting, days: i64) -> MeetingDeed {
    MeetingDeed::Move {
        meeting: sitting.occurrence.clone(),
        to: sitting.at.expect("a time").plus(days * DAY),
        zone: sitting.zone.clone(),
    }
}

#[test]
fn a_holiday_move_moves_one_meeting_and_no_other() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let sync = workspace.weekly_sync().expect("the sync");
    assert_eq!(when(&sync), "Wed 25 Nov 2026 09:00");
    assert_eq!(shown(sync.prepare, &sync.zone), "Tue 24 Nov 2026 00:00");
    done(&mut workspace, postpone(&sync, -1));
    let moved = workspace.weekly_sync().expect("the sync");
    assert_eq!(when(&moved), "Tue 24 Nov 2026 09:00");
    assert_eq!(moved.id, sync.id);
    assert!(moved.is_moved());
    let after = workspace.meeting_after(&moved).expect("read");
    assert_eq!(
        after.as_ref().map(when).as_deref(),
        Some("Wed 2 Dec 2026 09:00")
    );
    // On the Wednesday, when it was held the day before, the next one is that of the week after.
    let later = world.open("2026-11-25T12:00:00Z");
    let next = later.weekly_sync().expect("the sync");
    assert_eq!(when(&next), "Wed 2 Dec 2026 09:00");
    // Found by the day of the calendar as by the day on which it is held.
    for day in ["2026-11-24", "2026-11-25"] {
        let name = MeetingName {
            text: "weekly-sync".to_owned(),
            day: day.parse().ok(),
            scope: None,
        };
        assert_eq!(
            later.meeting(&name).map(|found| found.id),
            Ok(sync.id),
            "{day}"
        );
    }
}

#[test]
fn one_that_is_moved_past_the_next_and_one_that_is_cancelled_are_known() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let sync = workspace.weekly_sync().expect("the sync");
    let cancel = MeetingDeed::Cancel {
        meeting: sync.occurrence.clone(),
    };
    done(&mut workspace, cancel);
    let next = workspace.weekly_sync().expect("the sync");
    assert_eq!(when(&next), "Wed 2 Dec 2026 09:00");
    done(&mut workspace, postpone(&next, 8));
    let days: Vec<String> = workspace
        .meetings_ahead("weekly-sync", 30)
        .expect("read")
        .iter()
        .map(when)
        .collect();
    assert_eq!(
        days,
        [
            "Wed 9 Dec 2026 09:00",
            "Thu 10 Dec 2026 09:00",
            "Wed 16 Dec 2026 09:00"
        ]
    );
}

#[test]
fn the_sync_is_at_nine_on_both_sides_of_a_change_of_the_clocks() {
    let world = World::new(&[]);
    for (now, utc) in [
        ("2026-03-05T12:00:00Z", "2026-03-11T16:00:00Z"),
        ("2026-03-01T12:00:00Z", "2026-03-04T17:00:00Z"),
        ("2026-10-29T12:00:00Z", "2026-11-04T17:00:00Z"),
        ("2026-12-30T12:00:00Z", "2026-12-30T17:00:00Z"),
        ("2026-12-30T18:00:00Z", "2027-01-06T17:00:00Z"),
    ] {
        let sync = world.open(now).weekly_sync().expect("the sync");
        assert_eq!(sync.at.map(Moment::rfc3339).as_deref(), Some(utc), "{now}");
    }
}

#[test]
fn every_manager_owes_one_interview_a_week_and_every_area_has_its_review() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-12-31T12:00:00Z");
    for name in ["hana", "omar"] {
        colleague(&mut workspace, name, Role::ProductManager);
    }
    let boards = AreaEdit {
        owner: Some(Handle::parse("omar").ok()),
        ..AreaEdit::default()
    };
    let area = Deed::SaveArea {
        name: "Boards".to_owned(),
        edit: boards,
    };
    done(&mut workspace, area);
    let owed = |workspace: &Workspace| -> Vec<String> {
        let found = workspace.next_meetings(Some("interview")).expect("read");
        let name =
            |s: &Sitting| format!("{} {}", s.scope_name.clone().unwrap_or_default(), when(s));
        let mut names: Vec<String> = found.iter().map(name).collect();
        names.sort();
        names
    };
    // The 53rd week of 2026 ends on 3 January.
    assert_eq!(
        owed(&workspace),
        [
            "@hana by Sun 3 Jan 2027 23:59",
            "@omar by Sun 3 Jan 2027 23:59"
        ]
    );
    let name = MeetingName {
        text: "interview".to_owned(),
        day: None,
        scope: Some("@hana".to_owned()),
    };
    let mine = workspace.meeting(&name).expect("mine");
    let hear = MeetingDeed::Hear {
        meeting: mine.occurrence,
        at: workspace.now(),
        zone: mine.zone,
        minutes: mine.minutes,
        feedback: Box::new(NewFeedback {
            body: "We copy the board by hand.".to_owned(),
            ..NewFeedback::default()
        }),
    };
    done(&mut workspace, hear);
    assert_eq!(
        owed(&workspace),
        [
            "@hana by Sun 10 Jan 2027 23:59",
            "@omar by Sun 3 Jan 2027 23:59"
        ]
    );
    let review = workspace
        .next_meetings(Some("growth-review"))
        .expect("read");
    assert_eq!(review.len(), 1);
    assert_eq!(review[0].scope_name.as_deref(), Some("Boards"));
    assert_eq!(when(&review[0]), "by Thu 31 Dec 2026 23:59");
    assert_eq!(
        review[0].attendees,
        [Handle::parse("omar").expect("a handle")]
    );
}

const RETROSPECTIVE: &str = "name = \"Retro\"\ncadence = \"2 days after each release\"\ntime = \"10:00\"\n\
                             zone = \"Europe/Berlin\"\nminutes = 45\n";

#[test]
fn a_meeting_after_a_release_follows_its_date_and_keeps_what_is_on_it() {
    let world = World::new(&[("release-retrospective.toml", RETROSPECTIVE)]);
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let date = |text: &str| Some(Some(text.parse::<NaiveDate>().expect("a date")));
    let edit = ReleaseEdit {
        name: Some("v10.2".to_owned()),
        date: date("2026-12-16"),
        ..ReleaseEdit::default()
    };
    let made = done(&mut workspace, Deed::CreateRelease(edit));
    let retro = |workspace: &Workspace| {
        let name = MeetingName {
            text: "release-retrospective".to_owned(),
            ..MeetingName::default()
        };
        workspace.meeting(&name).expect("a retrospective")
    };
    let first = retro(&workspace);
    assert_eq!(when(&first), "Fri 18 Dec 2026 10:00");
    assert_eq!(first.scope_name.as_deref(), Some("v10.2"));
    let add = MeetingDeed::AddItem {
        to: Some(first.occurrence.clone()),
        item: NewAgendaItem {
            title: "The migration".to_owned(),
            ..NewAgendaItem::default()
        },
    };
    done(&mut workspace, add);
    let release = crate::domain::id::ReleaseId(made.first(Entity::Release).expect("a release"));
    let edit = ReleaseEdit {
        date: date("2026-12-18"),
        ..ReleaseEdit::default()
    };
    done(&mut workspace, Deed::EditRelease { release, edit });
    let slipped = retro(&workspace);
    // Two days after a Friday is a Sunday.
    assert_eq!(when(&slipped), "Mon 21 Dec 2026 10:00");
    assert_eq!(slipped.id, first.id);
    let agenda = workspace.agenda(&slipped).expect("an agenda");
    assert!(agenda.sections.is_empty());
}

/// A release plan with something to say about everything, on the Monday before a sync.
fn furnished(world: &World) -> (Workspace, ReleaseItemId) {
    let mut workspace = world.open("2026-11-09T12:00:00Z");
    colleague(&mut workspace, "hana", Role::ProductManager);
    colleague(&mut workspace, "omar", Role::ProductManager);
    let release = done(
        &mut workspace,
        Deed::CreateRelease(ReleaseEdit {
            name: Some("v10.2".to_owned()),
            ..ReleaseEdit::default()
        }),
    );
    let release = crate::domain::id::ReleaseId(release.first(Entity::Release).expect("made"));
    let mut items = Vec::new();
    for (title, owner) in [("Export boards", Some("omar")), ("Legal hold", None)] {
        let idea = done(
            &mut workspace,
            Deed::CreateIdea(Box::new(NewIdea {
                title: title.to_owned(),
                edits: vec![IdeaEdit::Owner(owner.and_then(|o| Handle::parse(o).ok()))],
                from: Vec::new(),
            })),
        );
        let idea = crate::domain::id::IdeaId(idea.first(Entity::Idea).expect("made"));
        let added = Deed::AddToRelease {
            ideas: vec![idea],
            release,
        };
        let added = done(&mut workspace, added);
        items.push(ReleaseItemId(
            added.first(Entity::ReleaseItem).expect("made"),
        ));
    }
    done(
        &mut workspace,
        NewFeedback {
            title: "Export for auditors".to_owned(),
            ..NewFeedback::default()
        },
    );
    (world.open("2026-11-16T12:00:00Z"), items[0])
}

impl From<NewFeedback> for Deed {
    fn from(new: NewFeedback) -> Self {
        Self::AddFeedback(Box::new(new))
    }
}

#[test]
fn a_week_of_a_sync_prepare_run_finish_and_carry_over() {
    let world = World::new(&[]);
    let (mut workspace, export) = furnished(&world);
    let sync = workspace.weekly_sync().expect("the sync");
    let queue = |title: &str, confidential| MeetingDeed::AddItem {
        to: None,
        item: NewAgendaItem {
            title: title.to_owned(),
            confidential,
            ..NewAgendaItem::default()
        },
    };
    let mut items = Vec::new();
    for (title, confidential) in [
        ("Pricing", false),
        ("Hiring", true),
        ("Offsite", false),
        ("Hackathon", false),
    ] {
        let made = done(&mut workspace, queue(title, confidential));
        items.push(AgendaItemId(
            made.first(Entity::AgendaItem).expect("an item"),
        ));
    }
    let start = MeetingDeed::Start {
        meeting: sync.occurrence.clone(),
        at: sync.at.expect("a time"),
        zone: sync.zone.clone(),
        minutes: sync.minutes,
    };
    done(&mut workspace, start);
    workspace
        .take_up(sync.id, Some(items[0]))
        .expect("taken up");
    // The program dies, and another one goes on five minutes later: nothing was lost.
    drop(workspace);
    let mut workspace = open(world.folder.path(), at("2026-11-16T12:05:00Z"));
    let found = workspace.weekly_sync().expect("the sync");
    assert_eq!((found.id, found.state), (sync.id, MeetingState::Running));
    let running = workspace.running(sync.id).expect("running");
    assert_eq!(running.at_hand, Some(items[0]));
    assert_eq!(running.taken(items[0], workspace.now()), 5 * MINUTE);
    workspace.hold(sync.id, true).expect("held");
    let later = workspace.now().plus(HOUR);
    assert_eq!(
        workspace
            .running(sync.id)
            .expect("running")
            .taken(items[0], later),
        5 * MINUTE
    );
    let on = |item: usize| AgendaTarget::Item(items[item]);
    let plan = AgendaTarget::Generated {
        meeting: sync.occurrence.clone(),
        about: Subject::ReleaseItem(export),
    };
    for (item, text) in [
        (on(0), "Per seat."),
        (on(1), "Two people."),
        (on(2), "Somewhere warm."),
        (plan.clone(), "Beta on Friday."),
    ] {
        let text = text.to_owned();
        done(&mut workspace, MeetingDeed::Note { item, text });
    }
    for item in [on(0), on(1), plan] {
        let meeting = sync.occurrence.clone();
        done(&mut workspace, MeetingDeed::Discuss { meeting, item });
    }
    for (item, text) in [
        (Some(on(0)), "Ask finance"),
        (Some(on(1)), "Write the advertisement"),
        (None, "Book a room"),
    ] {
        let step = MeetingDeed::AddStep {
            meeting: Some(sync.occurrence.clone()),
            item,
            text: text.to_owned(),
            owner: Handle::parse("omar").ok(),
            due: None,
        };
        done(&mut workspace, step);
    }
    let next = workspace
        .meeting_after(&sync)
        .expect("read")
        .expect("the next");
    let carry = MeetingDeed::CarryOver {
        item: items[2],
        from: sync.occurrence.clone(),
        to: next.occurrence.clone(),
    };
    done(&mut workspace, carry);
    let finish = MeetingDeed::Finish {
        meeting: sync.occurrence.clone(),
        at: sync.at.expect("a time"),
        zone: sync.zone.clone(),
        minutes: sync.minutes,
    };
    done(&mut workspace, finish);
    let held = workspace.meeting_of(sync.id).expect("read").expect("held");
    let minutes = workspace.minutes(&held).expect("minutes");
    let titles: Vec<&str> = minutes
        .discussed
        .iter()
        .map(|item| item.title.as_str())
        .collect();
    assert_eq!(titles, ["Export boards", "Pricing"]);
    assert_eq!(minutes.discussed[1].notes.as_deref(), Some("Per seat."));
    let promised: Vec<&str> = minutes
        .promised
        .iter()
        .map(|step| step.text.as_str())
        .collect();
    assert_eq!(promised, ["Ask finance", "Book a room"]);
    let put_off: Vec<(&str, Option<&str>)> = minutes
        .carried_over
        .iter()
        .map(|item| (item.title.as_str(), item.notes.as_deref()))
        .collect();
    assert_eq!(put_off, [("Offsite", Some("Somewhere warm."))]);
    assert_eq!(minutes.withheld, 1);
    assert!(
        !format!("{minutes:?}").contains("Two people")
            && !format!("{minutes:?}").contains("advertisement")
    );
    // A week later: what was put off and what nobody came to, and every promise until it is done.
    let workspace = open(world.folder.path(), at("2026-11-23T12:00:00Z"));
    let sync = workspace.weekly_sync().expect("the sync");
    assert_eq!(sync.id, next.id);
    let agenda = workspace.agenda(&sync).expect("an agenda");
    let mut queued = Vec::new();
    let mut steps = Vec::new();
    for row in agenda.rows() {
        match row {
            AgendaRow::Queued(item) => {
                queued.push((item.title.as_str(), item.carried, item.notes.as_deref()));
            }
            AgendaRow::Step(step) => steps.push(step.text.as_str()),
            AgendaRow::Plan(_) | AgendaRow::Requests(_) => {}
        }
    }
    assert_eq!(
        queued,
        [
            ("Offsite", true, Some("Somewhere warm.")),
            ("Hackathon", false, None)
        ]
    );
    assert_eq!(
        steps,
        ["Ask finance", "Write the advertisement", "Book a room"]
    );
    let first = agenda.sections.first().map(|section| &section.body);
    let Some(SectionBody::Plan(owners)) = first else {
        panic!("{first:?}")
    };
    assert_eq!(owners[0].owner, None);
    assert!(
        owners
            .iter()
            .all(|owner| owner.items.iter().all(|item| item.owes_update))
    );
}

#[test]
fn what_a_cancelled_meeting_had_on_it_is_on_the_next() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-16T12:00:00Z");
    let sync = workspace.weekly_sync().expect("the sync");
    let add = MeetingDeed::AddItem {
        to: Some(sync.occurrence.clone()),
        item: NewAgendaItem {
            title: "Pricing".to_owned(),
            ..NewAgendaItem::default()
        },
    };
    done(&mut workspace, add);
    let cancel = MeetingDeed::Cancel {
        meeting: sync.occurrence.clone(),
    };
    done(&mut workspace, cancel);
    let next = workspace.weekly_sync().expect("the sync");
    assert_ne!(next.id, sync.id);
    let agenda = workspace.agenda(&next).expect("an agenda");
    let titles: Vec<&str> = agenda
        .rows()
        .filter_map(|row| match row {
            AgendaRow::Queued(item) => Some(item.title.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(titles, ["Pricing"]);
}

#[test]
fn a_meeting_whose_kind_is_gone_is_still_shown() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-16T12:00:00Z");
    let occurrence = Occurrence {
        kind: "book-club".to_owned(),
        slot: crate::domain::meeting::Slot::At(at("2026-11-20T12:00:00Z")),
        scope: None,
        title: "Book club".to_owned(),
    };
    let plan = MeetingDeed::Plan {
        meeting: occurrence.clone(),
        at: None,
        minutes: None,
        attendees: Vec::new(),
    };
    done(&mut workspace, plan);
    let found = workspace
        .meeting_of(occurrence.id())
        .expect("read")
        .expect("there");
    assert_eq!(when(&found), "Fri 20 Nov 2026 12:00");
    assert!(workspace.agenda(&found).is_ok());
}

#[test]
fn the_minutes_are_those_of_the_meeting_being_held_else_of_the_last() {
    let world = World::new(&[]);
    let sync = MeetingName {
        text: "weekly-sync".to_owned(),
        ..MeetingName::default()
    };
    let mut workspace = world.open("2026-11-16T12:00:00Z");
    let none = workspace.meeting_held(&sync).expect_err("none was held");
    assert_eq!(none.kind, crate::problem::Kind::NotFound);
    let first = workspace.weekly_sync().expect("the sync");
    let note = |sitting: &Sitting, text: &str| MeetingDeed::NoteMeeting {
        meeting: sitting.occurrence.clone(),
        text: text.to_owned(),
    };
    done(&mut workspace, note(&first, "Prepared."));
    // It is not over, and nobody has begun it.
    assert!(workspace.meeting_held(&sync).is_err());
    drop(workspace);
    // Held without its clock; a week later another one was left out, and nothing was done to the next.
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let held = |workspace: &Workspace| workspace.meeting_held(&sync).map(|found| found.id);
    assert_eq!(held(&workspace), Ok(first.id));
    let second = workspace.weekly_sync().expect("the sync");
    let cancel = MeetingDeed::Cancel {
        meeting: second.occurrence.clone(),
    };
    done(&mut workspace, cancel);
    drop(workspace);
    let mut workspace = world.open("2026-12-03T12:00:00Z");
    assert_eq!(held(&workspace), Ok(first.id));
    // One that has begun is meant, though its time is to come.
    let third = workspace.weekly_sync().expect("the sync");
    let start = MeetingDeed::Start {
        meeting: third.occurrence.clone(),
        at: third.at.expect("a time"),
        zone: third.zone.clone(),
        minutes: third.minutes,
    };
    done(&mut workspace, start);
    assert_eq!(held(&workspace), Ok(third.id));
    let finish = MeetingDeed::Finish {
        meeting: third.occurrence.clone(),
        at: third.at.expect("a time"),
        zone: third.zone.clone(),
        minutes: third.minutes,
    };
    done(&mut workspace, finish);
    assert_eq!(held(&workspace), Ok(third.id));
}

#[test]
fn the_agenda_tells_of_a_target_date_that_slipped() {
    let world = World::new(&[]);
    let release = |name: Option<&str>, day: &str| ReleaseEdit {
        name: name.map(ToOwned::to_owned),
        date: Some(day.parse().ok()),
        ..ReleaseEdit::default()
    };
    let mut workspace = world.open("2026-11-17T12:00:00Z");
    let made = done(
        &mut workspace,
        Deed::CreateRelease(release(Some("v10.2"), "2026-12-16")),
    );
    drop(workspace);
    // After the sync of 18 November.
    let mut workspace = world.open("2026-11-20T12:00:00Z");
    let id = ReleaseId(made.made[0].id);
    let edit = release(None, "2026-12-23");
    done(&mut workspace, Deed::EditRelease { release: id, edit });
    let changed = |name: &str| {
        let sitting = workspace.meeting(&MeetingName {
            text: name.to_owned(),
            ..MeetingName::default()
        });
        let agenda = workspace.agenda(&sitting.expect("a meeting"));
        agenda.expect("an agenda").releases
    };
    let slipped = ChangedRelease {
        name: "v10.2".to_owned(),
        changes: vec!["target date 2026-12-23, was 2026-12-16 (7 days later)".to_owned()],
    };
    assert_eq!(changed("weekly-sync"), [slipped]);
    // The triage of requests does not go through the plan.
    assert!(changed("request-triage").is_empty());
}

/// The titles of what is queued or planned for the next weekly sync, as its agenda shows them.
fn queued(workspace: &Workspace) -> Vec<String> {
    let sync = workspace.weekly_sync().expect("the sync");
    let agenda = workspace.agenda(&sync).expect("an agenda");
    let titles = agenda.rows().filter_map(|row| match row {
        AgendaRow::Queued(item) => Some(item.title.clone()),
        _ => None,
    });
    titles.collect()
}

#[test]
fn what_is_queued_and_what_is_planned_for_a_sync_stand_in_one_order() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-16T12:00:00Z");
    let sync = workspace.weekly_sync().expect("the sync").occurrence;
    let mut items = Vec::new();
    for (title, to) in [
        ("Pricing", None),
        ("Offsite", Some(sync.clone())),
        ("Hackathon", None),
        ("Hiring", Some(sync.clone())),
    ] {
        let item = NewAgendaItem {
            title: title.to_owned(),
            ..NewAgendaItem::default()
        };
        let made = done(&mut workspace, MeetingDeed::AddItem { to, item });
        items.extend(made.first(Entity::AgendaItem).map(AgendaItemId));
    }
    // What is new comes last, whichever key made it.
    let order = ["Pricing", "Offsite", "Hackathon", "Hiring"];
    assert_eq!(queued(&workspace), order);
    let reorder = |item: AgendaItemId, step| MeetingDeed::ReorderItem {
        item,
        step,
        on: Some(sync.clone()),
    };
    done(&mut workspace, reorder(items[3], Step::Up));
    let order = ["Pricing", "Offsite", "Hiring", "Hackathon"];
    assert_eq!(queued(&workspace), order);
    done(&mut workspace, reorder(items[0], Step::Down));
    let order = ["Offsite", "Pricing", "Hiring", "Hackathon"];
    assert_eq!(queued(&workspace), order);
    let bottom = done(&mut workspace, reorder(items[2], Step::Down));
    assert!(
        bottom.words.contains("already at the bottom"),
        "{}",
        bottom.words
    );
    // What is discussed stays where it stands.
    let discuss = MeetingDeed::Discuss {
        meeting: sync.clone(),
        item: AgendaTarget::Item(items[0]),
    };
    done(&mut workspace, discuss);
    assert_eq!(queued(&workspace), order);
}
