//! What is missing before a meeting, and that each remedy closes its row.

use super::*;

fn missing(workspace: &Workspace) -> Vec<(MissingKind, String)> {
    let sync = workspace.weekly_sync().expect("the sync");
    let (_, gate) = workspace.gate(&sync).expect("a gate");
    gate.rows
        .into_iter()
        .map(|row| (row.kind, row.title))
        .collect()
}

#[test]
fn the_gate_lists_what_is_missing_and_each_remedy_closes_its_row() {
    let world = World::new(&[]);
    let (mut workspace, export) = furnished(&world);
    let row = |kind, title: &str| (kind, title.to_owned());
    assert_eq!(
        missing(&workspace),
        [
            row(MissingKind::UpdateOwed, "Export boards"),
            row(MissingKind::UpdateOwed, "Legal hold"),
            row(MissingKind::Unassigned, "Export for auditors"),
        ]
    );
    let plan = workspace.plan().expect("a plan");
    let items: Vec<_> = plan.releases[0]
        .items
        .iter()
        .map(|item| (item.id, item.idea))
        .collect();
    done(
        &mut workspace,
        Deed::NoChange {
            items: vec![export],
        },
    );
    let feedback = workspace
        .inbox(
            &crate::query::parse("is:all").expect("a filter"),
            &crate::domain::listing::Anchor::Start,
            5,
        )
        .expect("a list");
    let feedback = vec![feedback.rows[0].id];
    let owner = Handle::parse("omar").ok();
    done(&mut workspace, Deed::Assign { feedback, owner });
    assert_eq!(
        missing(&workspace),
        [row(MissingKind::UpdateOwed, "Legal hold")]
    );
    // It will not be done: the ticket waits for a word of a PM, whose reason was given to customers only.
    let (_, hold) = items[1];
    done(
        &mut workspace,
        Deed::AddTicket {
            idea: hold,
            url: "https://example.com/MM-7".to_owned(),
            key: Some("MM-7".to_owned()),
            kind: TicketKind::Implementation,
        },
    );
    done(
        &mut workspace,
        Deed::EditIdeas {
            ideas: vec![hold],
            edits: vec![
                IdeaEdit::Reason(Some("Others do it well.".to_owned())),
                IdeaEdit::Status(Status::WontDo),
            ],
        },
    );
    done(
        &mut workspace,
        Deed::NoChange {
            items: vec![items[1].0],
        },
    );
    assert_eq!(
        missing(&workspace),
        [row(MissingKind::ApprovalMissing, "Legal hold")]
    );
    done(
        &mut workspace,
        Deed::Comment {
            on: vec![Subject::Idea(hold)],
            text: "Won't fix, agreed.".to_owned(),
        },
    );
    assert_eq!(missing(&workspace), []);
    let sync = workspace.weekly_sync().expect("the sync").occurrence;
    let step = MeetingDeed::AddStep {
        meeting: Some(sync.clone()),
        item: None,
        text: "Ask design".to_owned(),
        owner: None,
        due: NaiveDate::from_ymd_opt(2026, 11, 13),
    };
    let step = done(&mut workspace, step)
        .first(Entity::ActionStep)
        .expect("a step");
    let add = MeetingDeed::AddItem {
        to: None,
        item: NewAgendaItem {
            title: "Pricing".to_owned(),
            minutes: Some(25),
            ..NewAgendaItem::default()
        },
    };
    let pricing = done(&mut workspace, add).first(Entity::AgendaItem);
    assert_eq!(
        missing(&workspace),
        [
            row(MissingKind::StepOverdue, "Ask design"),
            row(MissingKind::OverTime, "PM weekly sync")
        ]
    );
    let steps = vec![crate::domain::id::ActionStepId(step)];
    done(&mut workspace, MeetingDeed::FinishSteps { steps });
    // Eight minutes for the plan, none for what is done or owned: 33 of 30.
    let agenda = workspace
        .agenda(&workspace.weekly_sync().expect("the sync"))
        .expect("an agenda");
    assert_eq!((agenda.planned, agenda.over()), (33, 3));
    // Once everything that was queued is discussed, nobody can shorten anything.
    let discussed = MeetingDeed::Discuss {
        meeting: sync,
        item: AgendaTarget::Item(AgendaItemId(pricing.expect("an item"))),
    };
    done(&mut workspace, discussed);
    assert_eq!(missing(&workspace), []);
}

#[test]
fn an_agenda_that_is_too_long_by_its_kind_is_told_of_as_well() {
    let long = "name = \"PM weekly sync\"\ncadence = \"every Wednesday\"\nzone = \"Europe/Berlin\"\nminutes = 30\n[[sections]]\ntitle = \"Questions\"\n\
        question = \"What is new?\"\nminutes = 40\n";
    let world = World::new(&[("weekly-sync.toml", long)]);
    let workspace = world.open("2026-11-16T12:00:00Z");
    let sitting = workspace.weekly_sync().expect("the sync");
    let (_, gate) = workspace.gate(&sitting).expect("a gate");
    let kinds: Vec<MissingKind> = gate.rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [MissingKind::OverTime]);
}

#[test]
fn whoever_is_only_likely_to_own_what_is_missing_is_told_apart_from_its_owner() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-16T12:00:00Z");
    colleague(&mut workspace, "hana", Role::ProductManager);
    let boards = AreaEdit {
        owner: Some(Handle::parse("hana").ok()),
        ..AreaEdit::default()
    };
    let area = Deed::SaveArea {
        name: "Boards".to_owned(),
        edit: boards,
    };
    done(&mut workspace, area);
    for owner in [None, Handle::parse("hana").ok()] {
        let new = NewFeedback {
            title: "Export for auditors".to_owned(),
            owner,
            edits: vec![
                FeedbackEdit::Area(Some("Boards".to_owned())),
                FeedbackEdit::Reporter(Handle::parse("hana").ok()),
            ],
            ..NewFeedback::default()
        };
        let made = done(&mut workspace, new).first(Entity::Feedback);
        let feedback = vec![FeedbackId(made.expect("a feedback"))];
        done(
            &mut workspace,
            Deed::Process {
                feedback: feedback.clone(),
            },
        );
        let edits = vec![FeedbackEdit::AnswerOwed(true)];
        done(&mut workspace, Deed::EditFeedback { feedback, edits });
    }
    let sync = workspace.weekly_sync().expect("the sync");
    let (_, gate) = workspace.gate(&sync).expect("a gate");
    let rows = gate.rows.iter();
    let mut whose: Vec<_> = rows.map(|row| (row.kind, row.whose())).collect();
    whose.sort();
    assert_eq!(
        whose,
        [
            (MissingKind::AnswerOwed, Some("@hana".to_owned())),
            (MissingKind::AnswerOwed, Some("@hana?".to_owned())),
        ]
    );
}

#[test]
fn a_meeting_is_asked_for_its_topic_in_time_and_for_nothing_of_other_meetings() {
    let world = World::new(&[]);
    let (workspace, _) = furnished(&world);
    drop(workspace);
    let missing = |workspace: &Workspace, text: &str| {
        let name = MeetingName {
            text: text.to_owned(),
            ..MeetingName::default()
        };
        let meeting = workspace.meeting(&name).expect("a meeting");
        let (_, gate) = workspace.gate(&meeting).expect("a gate");
        let rows = gate.rows.into_iter();
        rows.map(|row| (row.kind, row.detail.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    // The next sales call is on 7 December, and is prepared from 2 December on.
    assert_eq!(
        missing(&world.open("2026-12-01T12:00:00Z"), "sales-call"),
        []
    );
    let mut workspace = world.open("2026-12-02T12:00:00Z");
    let words = "nothing under “What is coming” yet, to be prepared from 2026-12-02";
    assert_eq!(
        missing(&workspace, "sales-call"),
        [(MissingKind::TopicMissing, words.to_owned())]
    );
    // The training of the same month is a month ahead.
    let asked = missing(&workspace, "training");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0].0, MissingKind::TopicMissing);
    // The triage asks for owners, and not for the release plan.
    assert_eq!(
        missing(&workspace, "request-triage")
            .iter()
            .map(|(kind, _)| *kind)
            .collect::<Vec<_>>(),
        [MissingKind::Unassigned]
    );
    // The weekly sync does not begin with what is queued.
    let sync = missing(&workspace, "weekly-sync");
    assert!(
        sync.iter()
            .all(|(kind, _)| *kind != MissingKind::TopicMissing)
    );
    let name = MeetingName {
        text: "sales-call".to_owned(),
        ..MeetingName::default()
    };
    let call = workspace.meeting(&name).expect("a meeting").occurrence;
    let add = MeetingDeed::AddItem {
        to: Some(call),
        item: NewAgendaItem {
            title: "Boards as PDF".to_owned(),
            ..NewAgendaItem::default()
        },
    };
    done(&mut workspace, add);
    assert_eq!(missing(&workspace, "sales-call"), []);
}
