//! What is on an agenda, what becomes of it in the meeting, and where it goes afterwards.

use super::*;

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
    // The release plan tells the same, whatever the moment.
    for now in [
        "2026-11-17T12:00:00Z",
        "2026-11-19T12:00:00Z",
        "2026-11-23T12:00:00Z",
    ] {
        let workspace = open(world.folder.path(), at(now));
        let sync = workspace.weekly_sync().expect("the sync");
        let agenda = workspace.agenda(&sync).expect("an agenda");
        let mut asked: Vec<_> = agenda
            .rows()
            .filter_map(|row| match row {
                AgendaRow::Plan(item) => item.owes_update.then_some(item.item),
                _ => None,
            })
            .collect();
        let plan = workspace.plan().expect("the plan");
        let items = plan.releases.iter().flat_map(|planned| &planned.items);
        let owing = items.filter(|item| item.owes_update);
        let mut owing: Vec<_> = owing.map(|item| item.id).collect();
        asked.sort();
        owing.sort();
        assert_eq!(owing, asked, "{now}");
    }
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

#[test]
fn requests_without_an_area_stand_under_the_one_that_their_words_tell() {
    let world = World::new(&[]);
    let (mut workspace, _) = furnished(&world);
    let area = |name: &str, owner: Option<&str>, keyword: &str| Deed::SaveArea {
        name: name.to_owned(),
        edit: AreaEdit {
            owner: Some(owner.and_then(|owner| Handle::parse(owner).ok())),
            add_keywords: vec![keyword.to_owned()],
            ..AreaEdit::default()
        },
    };
    done(&mut workspace, area("Boards", None, "board"));
    done(&mut workspace, area("Mobile", Some("omar"), "android"));
    for (title, area) in [
        ("Android drains the battery", None),
        ("Dark mode on Android", None),
        ("Tablets", Some("Mobile")),
        ("Cards on a board", None),
    ] {
        let area = area.map(|area: &str| FeedbackEdit::Area(Some(area.to_owned())));
        let new = NewFeedback {
            title: title.to_owned(),
            edits: area.into_iter().collect(),
            ..NewFeedback::default()
        };
        done(&mut workspace, new);
    }
    let sync = workspace.weekly_sync().expect("the sync");
    let agenda = workspace.agenda(&sync).expect("an agenda");
    let groups: Vec<(String, Option<String>, usize)> = agenda
        .rows()
        .filter_map(|row| match row {
            AgendaRow::Requests(group) => Some((
                row.title().to_owned(),
                group.likely_owner.as_ref().map(ToString::to_string),
                group.requests.len(),
            )),
            _ => None,
        })
        .collect();
    let group = |title: &str, owner: Option<&str>, count| {
        (title.to_owned(), owner.map(str::to_owned), count)
    };
    // Nobody owns boards: nobody would be likely to take them.
    assert_eq!(
        groups,
        [
            group("Mobile", Some("@omar"), 1),
            group("Mobile?", Some("@omar"), 2),
            group("Requests without an area", None, 2),
        ]
    );
    let rows: std::collections::HashSet<_> = agenda.rows().map(AgendaRow::item).collect();
    assert_eq!(rows.len(), agenda.rows().count(), "each row is its own");
}

#[test]
fn requests_beyond_those_that_are_listed_are_counted() {
    let world = World::new(&[]);
    let (mut workspace, _) = furnished(&world);
    let area = Deed::SaveArea {
        name: "Mobile".to_owned(),
        edit: AreaEdit {
            owner: Some(Handle::parse("omar").ok()),
            add_keywords: vec!["android".to_owned()],
            ..AreaEdit::default()
        },
    };
    done(&mut workspace, area);
    let before = totals(&mut workspace)
        .iter()
        .map(|(_, total)| total)
        .sum::<u64>();
    for number in 0..210 {
        let edit = FeedbackEdit::Area(Some("Mobile".to_owned()));
        let of_mobile = number % 3 == 0;
        let new = NewFeedback {
            title: match number % 3 {
                1 => format!("Wish {number} on Android"),
                _ => format!("Wish {number}"),
            },
            edits: of_mobile.then_some(edit).into_iter().collect(),
            ..NewFeedback::default()
        };
        done(&mut workspace, new);
    }
    let counted = totals(&mut workspace);
    let titles: Vec<&str> = counted.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Mobile", "Mobile?", "Requests without an area"]);
    assert_eq!(counted[0].1, 70);
    assert!(
        (30..40).contains(&counted[1].1),
        "those that were read: {counted:?}"
    );
    assert_eq!(counted[1].1 + counted[2].1, 140 + before);
    for number in 0..60 {
        let new = NewFeedback {
            title: format!("Late wish {number}"),
            ..NewFeedback::default()
        };
        done(&mut workspace, new);
    }
    // Very many are not counted: the header asks for that behind every deed.
    let sync = workspace.weekly_sync().expect("the sync");
    let agenda = workspace.agenda(&sync).expect("an agenda");
    let said = agenda.rows().filter_map(|row| match row {
        AgendaRow::Requests(group) => Some((group.counted(), group.beyond())),
        _ => None,
    });
    let (listed, beyond): (Vec<String>, Vec<Option<String>>) = said.unzip();
    assert!(
        listed[0].ends_with("+ requests") && !listed[1].contains('+'),
        "{listed:?}"
    );
    let more = || Some("more".to_owned());
    assert_eq!(beyond, [more(), None, more()]);
}

/// The requests of the next weekly sync: how they are headed, and how many there are.
fn totals(workspace: &mut Workspace) -> Vec<(String, u64)> {
    let sync = workspace.weekly_sync().expect("the sync");
    let agenda = workspace.agenda(&sync).expect("an agenda");
    let groups = agenda.rows().filter_map(|row| match row {
        AgendaRow::Requests(group) => Some((group.title.clone(), group.total)),
        _ => None,
    });
    groups.collect()
}
