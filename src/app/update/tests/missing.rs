//! What is missing before the weekly sync: each row is a key from its remedy.

use uuid::Uuid;

use crate::app::bench::{Bench, NOW, feedback_id, idea_id, item_id, queued_id, step_id};
use crate::app::command::Context;
use crate::app::command::footer::footer;
use crate::app::message::Message;
use crate::app::state::{Overlay, Screen};
use crate::app::target;
use crate::domain::deed::{
    AgendaEdit, AgendaTarget, Deed, FeedbackEdit, IdeaEdit, MeetingDeed, Outcome, Reversed,
    StepEdit, Subject, Touched,
};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::ReleaseId;
use crate::domain::idea::Status;
use crate::domain::meeting::{Gate, Missing, MissingKind as Kind, SectionBody};
use crate::domain::moment::DAY;
use crate::domain::people::Handle;
use crate::domain::release::Health;

fn missing(kind: Kind, entity: Entity, id: Uuid, title: &str) -> Missing {
    Missing {
        kind,
        thing: Thing::new(entity, id),
        short: None,
        title: title.to_owned(),
        who: Handle::parse("omar").ok(),
        likely: kind == Kind::Unassigned,
        since: Some(NOW.plus(-2 * DAY)),
        detail: None,
    }
}

/// A console on the list of what is missing: of each kind one row, of requests three.
fn opened() -> Bench {
    let mut bench = Bench::new(5);
    let idea = |kind, number| missing(kind, Entity::Idea, idea_id(number).0, "an idea");
    let item = |kind, number| missing(kind, Entity::ReleaseItem, item_id(number).0, "an item");
    let request = |number: usize| {
        let title = format!("Wish {number}");
        missing(
            Kind::Unassigned,
            Entity::Feedback,
            feedback_id(number).0,
            &title,
        )
    };
    let owed = feedback_id(4).0;
    let meeting = bench.world.sync.agenda.meeting.id.0;
    bench.world.sync.gate = Gate {
        rows: vec![
            item(Kind::UpdateOwed, 0),
            missing(
                Kind::StepOverdue,
                Entity::ActionStep,
                step_id(0).0,
                "Promise 0",
            ),
            request(0),
            request(1),
            request(2),
            missing(Kind::AnswerOwed, Entity::Feedback, owed, "Wish 4"),
            item(Kind::ReleaseMissing, 1),
            idea(Kind::ReasonMissing, 2),
            idea(Kind::ApprovalMissing, 3),
            missing(Kind::OverTime, Entity::Meeting, meeting, "PM weekly sync"),
        ],
        more: Vec::new(),
    };
    bench.keys("g w Tab");
    bench
}

/// The list with the cursor on the first row of that kind.
fn at(kind: Kind) -> Bench {
    let mut bench = opened();
    while target::missing(&bench.state).is_some_and(|row| row.kind != kind) {
        bench.keys("j");
    }
    bench
}

fn deed(bench: &Bench) -> Deed {
    let deeds = bench.deeds();
    assert_eq!(deeds.len(), 1, "{deeds:?}");
    deeds[0].clone()
}

fn typed(mut bench: Bench, key: &str, text: &str, end: &str) -> Deed {
    bench.keys(key);
    bench.type_text(text);
    if !end.is_empty() {
        bench.keys(end);
    }
    deed(&bench)
}

#[test]
fn a_request_is_given_to_who_is_likely_its_owner() {
    for key in ["a", "Enter"] {
        let mut bench = at(Kind::Unassigned);
        bench.keys(key);
        let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
            panic!("a prompt");
        };
        assert_eq!(
            (prompt.input.text.as_str(), prompt.proposed),
            ("@omar", true)
        );
        bench.keys("Enter");
        assert_eq!(
            deed(&bench),
            Deed::Assign {
                feedback: vec![feedback_id(0)],
                owner: Handle::parse("omar").ok()
            }
        );
    }
}

#[test]
fn several_requests_go_to_one_owner_and_different_things_are_not_mixed() {
    let mut bench = at(Kind::Unassigned);
    bench.keys("x x");
    let words: Vec<String> = footer(&bench.state)
        .into_iter()
        .map(|item| item.words)
        .collect();
    assert_eq!(words[0], "assign… (2 marked)");
    bench.keys("a Enter");
    let Deed::Assign { feedback, .. } = deed(&bench) else {
        panic!("an assignment");
    };
    assert_eq!(feedback, [feedback_id(0), feedback_id(1)]);
    // The marks go with the rows that are done.
    bench.world.sync.gate.rows.drain(2..4);
    bench.send(Message::Changed);
    bench.settle();
    assert!(bench.state.sync.marks.is_empty());
    bench.keys("Ctrl-a");
    assert_eq!(bench.state.sync.marks.len(), 1);
    bench.keys("j x a");
    assert!(
        bench.notice().contains("different things"),
        "{}",
        bench.notice()
    );
    bench.keys("Esc Esc");
    assert_eq!(bench.state.screen, Screen::Console);
}

#[test]
fn an_update_is_said_or_that_nothing_changed() {
    let items = vec![item_id(0)];
    let update = typed(at(Kind::UpdateOwed), "c", "at-risk: waits", "Enter");
    assert_eq!(
        update,
        Deed::UpdateItems {
            items: items.clone(),
            text: Some("waits".to_owned()),
            health: Some(Health::AtRisk)
        }
    );
    assert_eq!(
        typed(at(Kind::UpdateOwed), "=", "", ""),
        Deed::NoChange { items }
    );
}

#[test]
fn an_action_step_is_done_or_gets_another_day() {
    let done = MeetingDeed::FinishSteps {
        steps: vec![step_id(0)],
    };
    assert_eq!(typed(at(Kind::StepOverdue), "d", "", ""), done.into());
    let due = typed(at(Kind::StepOverdue), "c", "2024-11-01", "Enter");
    let day = chrono::NaiveDate::from_ymd_opt(2024, 11, 1);
    let edit = MeetingDeed::EditStep {
        step: step_id(0),
        edits: vec![StepEdit::Due(day)],
    };
    assert_eq!(due, edit.into());
}

#[test]
fn an_answer_is_written_or_waived() {
    let mut bench = at(Kind::AnswerOwed);
    bench.press("e");
    let asked = crate::app::effect::Question::Answering(vec![feedback_id(4)], None);
    assert!(bench.waiting.iter().any(|effect| matches!(
        effect,
        crate::app::effect::Effect::Ask { question, .. } if *question == asked
    )));
    assert_eq!(
        typed(at(Kind::AnswerOwed), "-", "", ""),
        Deed::EditFeedback {
            feedback: vec![feedback_id(4)],
            edits: vec![FeedbackEdit::AnswerOwed(false)]
        }
    );
}

#[test]
fn what_was_imported_gets_its_release_and_its_reason() {
    let mut bench = at(Kind::ReleaseMissing);
    bench.keys("r Enter");
    // Item 1 lies in the first release: the first that is offered is the second.
    assert_eq!(
        deed(&bench),
        Deed::MoveItems {
            items: vec![item_id(1)],
            to: ReleaseId(Uuid::from_u128(0xB000_0001))
        }
    );
    let backlog = typed(at(Kind::ReleaseMissing), "=", "", "");
    assert_eq!(
        backlog,
        Deed::NoChange {
            items: vec![item_id(1)]
        }
    );
    assert_eq!(
        typed(at(Kind::ReasonMissing), "w", "nobody asked", "Enter"),
        Deed::EditIdeas {
            ideas: vec![idea_id(2)],
            edits: vec![
                IdeaEdit::Reason(Some("nobody asked".to_owned())),
                IdeaEdit::Status(Status::WontDo)
            ]
        }
    );
    assert_eq!(
        typed(at(Kind::ApprovalMissing), "c", "close it", "Enter"),
        Deed::Comment {
            on: vec![Subject::Idea(idea_id(3))],
            text: "close it".to_owned()
        }
    );
}

#[test]
fn an_agenda_that_takes_too_long_is_shortened_or_put_off() {
    let over = || {
        let mut bench = at(Kind::OverTime);
        bench.world.sync.agenda.planned = 33;
        bench.world.sync.agenda.meeting.minutes = 30;
        let body = &mut bench.world.sync.agenda.sections[5].body;
        if let SectionBody::Queued(items) = body {
            items[1].minutes = Some(10);
        }
        bench.send(Message::Changed);
        bench.settle();
        bench
    };
    let mut bench = over();
    bench.keys("[ Enter");
    let shorter = MeetingDeed::EditItem {
        item: AgendaTarget::Item(queued_id(1)),
        edits: vec![AgendaEdit::Minutes(Some(7))],
    };
    assert_eq!(deed(&bench), shorter.into());
    let mut bench = over();
    bench.keys("Enter Down Enter");
    let half = MeetingDeed::EditItem {
        item: AgendaTarget::Item(queued_id(1)),
        edits: vec![AgendaEdit::Minutes(Some(5))],
    };
    assert_eq!(deed(&bench), half.into());
    let mut bench = over();
    bench.keys("Enter");
    bench.type_text("put off");
    bench.keys("Enter");
    let Deed::Meeting(put_off) = deed(&bench) else {
        panic!("something about a meeting");
    };
    assert!(
        matches!(*put_off, MeetingDeed::CarryOver { item, .. } if item == queued_id(1)),
        "{put_off:?}"
    );
}

#[test]
fn the_footer_names_the_remedy_of_the_row_in_hand_and_others_say_why_not() {
    let words = |kind| {
        let items = footer(&at(kind).state).into_iter();
        let named: Vec<String> = items
            .map(|item| format!("{} {}", item.key, item.words))
            .collect();
        named[..2].join(", ")
    };
    assert_eq!(words(Kind::UpdateOwed), "c update…, = no change");
    assert_eq!(words(Kind::StepOverdue), "d done, c another day…");
    assert_eq!(words(Kind::AnswerOwed), "e answer…, - no answer needed");
    assert_eq!(words(Kind::Unassigned), "a assign…, z show it");
    let mut bench = at(Kind::UpdateOwed);
    bench.keys("a");
    assert!(
        bench.notice().contains("owes an update"),
        "{}",
        bench.notice()
    );
    bench.keys("z");
    assert_eq!(bench.state.screen, Screen::Idea);
}

#[test]
fn the_cursor_stays_on_its_place_when_a_row_is_remedied() {
    let mut bench = at(Kind::Unassigned);
    bench.keys("j");
    let before = bench.state.sync.missing.place;
    bench.keys("a Enter");
    bench.world.sync.gate.rows.remove(3);
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(bench.state.sync.missing.place, before);
    assert_eq!(target::title(&bench.state).as_deref(), Some("Wish 2"));
    assert!(bench.state.overlays.is_empty());
}

#[test]
fn an_undo_puts_the_cursor_on_what_is_missing_again() {
    let mut bench = at(Kind::Unassigned);
    bench.keys("a Enter");
    let gone = bench.world.sync.gate.rows.remove(2);
    bench.send(Message::Changed);
    bench.settle();
    bench.keys("G");
    assert_ne!(target::title(&bench.state).as_deref(), Some("Wish 0"));
    bench.world.reversed = Some(Reversed::Done(Outcome {
        reverses: None,
        touched: Touched::ALL,
        about: Vec::new(),
        things: Vec::new(),
        action: None,
        words: "undone".to_owned(),
        made: Vec::new(),
    }));
    bench.press("u");
    bench.world.sync.gate.rows.insert(2, gone);
    bench.settle();
    assert_eq!(target::title(&bench.state).as_deref(), Some("Wish 0"));
    // Where one goes next is one's own again.
    bench.keys("j");
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(target::title(&bench.state).as_deref(), Some("Wish 1"));
}

#[test]
fn the_sync_always_opens_with_its_agenda_so_that_tab_is_what_is_missing() {
    let mut bench = opened();
    for _ in 0..2 {
        assert_eq!(target::context(&bench.state), Context::Missing);
        bench.keys("Esc g w");
        assert_eq!(target::context(&bench.state), Context::Sync);
        bench.keys("Tab");
    }
}
