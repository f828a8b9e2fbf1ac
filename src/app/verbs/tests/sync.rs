//! Every key of the agenda, and what it does to the row under the cursor.

use crate::app::bench::{Bench, feedback_id, idea_id, item_id, queued_id, step_id};
use crate::app::command::Command;
use crate::app::state::{Overlay, Spot};
use crate::app::target;
use crate::domain::deed::{
    AgendaEdit, AgendaTarget, Deed, IdeaEdit, MeetingDeed, NewAgendaItem, Step, StepEdit, Subject,
};
use crate::domain::id::AgendaItemId;
use crate::domain::meeting::{AreaGroup, SectionBody};
use crate::domain::people::Handle;
use crate::domain::release::Health;

/// A console on the agenda, with the cursor on the row of that title.
fn on(title: &str) -> Bench {
    let mut bench = Bench::with(Bench::world(3), Some("lin"), (120, 36));
    bench.keys("g w");
    move_to(bench, title)
}

fn move_to(mut bench: Bench, title: &str) -> Bench {
    for _ in 0..20 {
        if target::title(&bench.state).as_deref() == Some(title) {
            return bench;
        }
        bench.keys("j");
    }
    panic!("nothing on the agenda is called {title}");
}

fn handle(name: &str) -> Option<Handle> {
    Handle::parse(name).ok()
}

/// Types into the prompt that is open and accepts it.
fn accept(bench: &mut Bench, text: &str) -> Deed {
    bench.type_text(text);
    bench.keys("Enter");
    last(bench)
}

fn last(bench: &Bench) -> Deed {
    (*bench.deeds().last().expect("a deed")).clone()
}

/// What the keys do to a meeting.
fn done(bench: &mut Bench, keys: &str) -> MeetingDeed {
    bench.keys(keys);
    match last(bench) {
        Deed::Meeting(deed) => *deed,
        other => panic!("{other:?}"),
    }
}

fn text(bench: &Bench) -> &str {
    match bench.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => &prompt.input.text,
        other => panic!("no prompt but {other:?}"),
    }
}

fn refused(title: &str, keys: &str, why: &str) {
    let mut bench = on(title);
    bench.keys(keys);
    assert!(bench.deeds().is_empty() && bench.state.overlays.is_empty());
    assert!(bench.notice().contains(why), "{}", bench.notice());
}

fn queued(number: usize) -> AgendaTarget {
    AgendaTarget::Item(queued_id(number))
}

#[test]
fn c_says_how_a_release_item_does_and_notes_on_a_queued_item() {
    let mut bench = on("Idea 0");
    bench.press("c");
    assert_eq!(
        accept(&mut bench, "at-risk: waits for review"),
        Deed::UpdateItems {
            items: vec![item_id(0)],
            text: Some("waits for review".to_owned()),
            health: Some(Health::AtRisk),
        }
    );
    let mut bench = on("Topic 1");
    bench.press("c");
    let note = MeetingDeed::Note {
        item: queued(1),
        text: "postponed by @omar friday".to_owned(),
    };
    assert_eq!(
        accept(&mut bench, "postponed by @omar friday"),
        note.into(),
        "a note is left as it is"
    );
    refused("Boards", "c", "nothing can be noted on requests");
}

#[test]
fn c_changes_the_words_the_owner_and_the_day_of_an_action_step() {
    let mut bench = on("Promise 1");
    bench.press("c");
    assert_eq!(text(&bench), "Promise 1 @omar");
    let edit = MeetingDeed::EditStep {
        step: step_id(1),
        edits: vec![
            StepEdit::Text("Promise 1".to_owned()),
            StepEdit::Owner(handle("omar")),
            StepEdit::Due("2026-12-01".parse().ok()),
        ],
    };
    assert_eq!(accept(&mut bench, " 2026-12-01"), edit.into());
}

#[test]
fn the_equals_sign_says_that_nothing_has_changed() {
    let mut bench = on("Idea 1");
    bench.keys("=");
    let items = vec![item_id(1)];
    assert_eq!(last(&bench), Deed::NoChange { items });
    refused("Promise 0", "=", "only a release item");
}

#[test]
fn plus_notes_an_action_step_of_the_item_under_the_cursor() {
    let mut bench = on("Topic 0");
    let meeting = bench.world.sync.sitting().occurrence.clone();
    bench.press("+");
    let step = |item, text: &str, owner, due: Option<&str>| MeetingDeed::AddStep {
        meeting: Some(meeting.clone()),
        item,
        text: text.to_owned(),
        owner: handle(owner),
        due: due.and_then(|due| due.parse().ok()),
    };
    assert_eq!(
        accept(&mut bench, "call Globex @omar by 2026-12-01"),
        step(Some(queued(0)), "call Globex", "omar", Some("2026-12-01")).into()
    );
    // On what keeps no notes it is of the meeting; without a name it is one's own.
    let mut bench = on("Boards");
    bench.press("+");
    assert_eq!(
        accept(&mut bench, "look again"),
        step(None, "look again", "lin", None).into()
    );
}

#[test]
fn a_gives_an_owner_to_each_kind_of_row() {
    let mut bench = on("Idea 0");
    bench.press("a");
    assert_eq!(text(&bench), "@hana");
    assert_eq!(
        accept(&mut bench, "@omar"),
        Deed::EditIdeas {
            ideas: vec![idea_id(0)],
            edits: vec![IdeaEdit::Owner(handle("omar"))],
        },
        "typing replaces the name"
    );
    let mut bench = on("Promise 0");
    bench.press("a");
    let owner = MeetingDeed::EditStep {
        step: step_id(0),
        edits: vec![StepEdit::Owner(handle("hana"))],
    };
    assert_eq!(accept(&mut bench, "@hana"), owner.into());
    let mut bench = on("Topic 0");
    bench.press("a");
    let presenter = MeetingDeed::EditItem {
        item: queued(0),
        edits: vec![AgendaEdit::Presenter(None)],
    };
    assert_eq!(accept(&mut bench, "-"), presenter.into());
    // The likely owner of the area is proposed: Enter suffices.
    let mut bench = on("Boards");
    bench.keys("a Enter");
    assert_eq!(
        last(&bench),
        Deed::Assign {
            feedback: vec![feedback_id(0), feedback_id(1)],
            owner: handle("omar"),
        }
    );
}

/// The agenda lists the first of two requests of the area, of so many; on the row of the area.
fn group_of(total: u64) -> Bench {
    group_with(total, |_| ())
}

fn group_with(total: u64, change: impl FnOnce(&mut AreaGroup)) -> Bench {
    let mut bench = Bench::with(Bench::world(3), Some("lin"), (120, 36));
    let sections = bench.world.sync.agenda.sections.iter_mut();
    let mut groups = sections.filter_map(|section| match &mut section.body {
        SectionBody::Unassigned { groups, .. } => Some(groups),
        _ => None,
    });
    let groups = groups.next().expect("requests");
    groups[0].requests.truncate(1);
    groups[0].total = total;
    let mut other = groups[0].clone();
    other.row = AgendaItemId(uuid::Uuid::from_u128(77));
    (other.title, other.guessed, other.total) = ("Mobile?".to_owned(), true, 1);
    other.requests[0].0.id = feedback_id(2);
    groups.push(other);
    change(&mut groups[0]);
    bench.world.unassigned = total + 1;
    bench.keys("g w");
    move_to(bench, "Boards")
}

#[test]
fn a_gives_an_owner_to_all_requests_of_an_area_those_that_are_not_listed_too() {
    let mut bench = group_of(2);
    bench.keys("a");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("a prompt");
    };
    assert_eq!(prompt.label, "assign 2 requests to");
    assert!(prompt.hint.starts_with("Enter assigns"), "{}", prompt.hint);
    bench.keys("Enter");
    assert_eq!(
        last(&bench),
        Deed::Assign {
            feedback: vec![feedback_id(0), feedback_id(1)],
            owner: handle("omar"),
        },
        "the one that stands under another area stays there"
    );
}

#[test]
fn of_more_requests_than_are_assigned_at_once_it_is_said_how_many_are_left() {
    let mut bench = group_of(60_000);
    bench.keys("a");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("a prompt");
    };
    let said = "the oldest 2; 59998 more stay open · Enter assigns";
    assert!(prompt.hint.starts_with(said), "{}", prompt.hint);
}

#[test]
fn of_requests_without_an_area_those_are_assigned_of_which_it_is_known_that_none_is_likely() {
    let mut bench = group_with(300, |group| group.area = None);
    bench.keys("a");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("a prompt");
    };
    let said = "the oldest 1; 299 more stay open";
    assert!(prompt.hint.starts_with(said), "{}", prompt.hint);
}

#[test]
fn brackets_make_a_queued_item_shorter_and_longer() {
    let minutes = |keys: &str| {
        let mut bench = on("Topic 0");
        match done(&mut bench, keys) {
            MeetingDeed::EditItem { edits, .. } => edits,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(minutes("]"), [AgendaEdit::Minutes(Some(10))]);
    assert_eq!(minutes("["), [AgendaEdit::Minutes(Some(4))]);
    refused("Idea 0", "]", "only a queued item has minutes");
}

#[test]
fn the_mark_of_confidence_is_set_and_taken_back() {
    let mut bench = on("Topic 1");
    let edit = |confidential| MeetingDeed::EditItem {
        item: queued(1),
        edits: vec![AgendaEdit::Confidential(confidential)],
    };
    assert_eq!(done(&mut bench, "!"), edit(true));
    assert_eq!(
        bench.state.sync.cursor.on,
        Some(Spot::Item(queued_id(1))),
        "the cursor stays"
    );
    refused("Promise 1", "!", "only a queued item");
}

#[test]
fn e_marks_an_item_as_discussed_and_takes_it_back() {
    let mut bench = on("Idea 1");
    let meeting = bench.world.sync.sitting().occurrence.clone();
    let item = AgendaTarget::Generated {
        meeting: meeting.clone(),
        about: Subject::ReleaseItem(item_id(1)),
    };
    let discuss = MeetingDeed::Discuss { meeting, item };
    assert_eq!(done(&mut bench, "e"), discuss);
    let mut bench = on("Topic 1");
    let crate::domain::meeting::SectionBody::Queued(items) =
        &mut bench.world.sync.agenda.sections[5].body
    else {
        panic!("the queued items");
    };
    items[1].state = crate::domain::meeting::AgendaState::Discussed;
    bench.send(crate::app::message::Message::Changed);
    bench.settle();
    let back = MeetingDeed::EditItem {
        item: queued(1),
        edits: vec![AgendaEdit::Discussed(false)],
    };
    assert_eq!(done(&mut bench, "e"), back);
    refused("Promise 0", "e", "d marks an action step as done");
}

#[test]
fn steps_are_done_and_taken_back_and_queued_items_moved_and_taken_off() {
    let steps = vec![step_id(1)];
    let finish = MeetingDeed::FinishSteps {
        steps: steps.clone(),
    };
    assert_eq!(done(&mut on("Promise 1"), "d"), finish);
    assert_eq!(
        done(&mut on("Promise 1"), "X"),
        MeetingDeed::RemoveSteps { steps }
    );
    let items = vec![queued_id(0)];
    assert_eq!(
        done(&mut on("Topic 0"), "X"),
        MeetingDeed::RemoveItems { items }
    );
    for (key, step) in [("Alt-↑", Step::Up), ("Alt-↓", Step::Down)] {
        let item = queued_id(1);
        let mut bench = on("Topic 1");
        let on = Some(bench.world.sync.sitting().occurrence.clone());
        let reorder = MeetingDeed::ReorderItem { item, step, on };
        assert_eq!(done(&mut bench, key), reorder);
    }
    refused("Idea 0", "X", "goes when it is dealt with");
    refused("Promise 0", "Alt-↑", "only queued items");
    refused("Topic 0", "d", "only an action step");
}

#[test]
fn an_item_is_queued_for_this_meeting_and_from_anywhere_for_the_next_one() {
    let mut bench = on("Idea 0");
    let meeting = bench.world.sync.sitting().occurrence.clone();
    bench.press("C");
    let new = MeetingDeed::AddItem {
        to: Some(meeting),
        item: NewAgendaItem {
            title: "Pricing of guests".to_owned(),
            minutes: Some(10),
            presenter: handle("omar"),
            documents: vec!["https://example.com/1".to_owned()],
            confidential: true,
            about: Vec::new(),
        },
    };
    let typed = "Pricing of guests 10m @omar https://example.com/1 !";
    assert_eq!(accept(&mut bench, typed), new.into());
    let about = |keys: &str, subject| {
        let mut bench = Bench::new(3);
        bench.keys(keys);
        bench.keys("Q");
        let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
            panic!("a prompt");
        };
        assert!(prompt.hint.contains("PM weekly sync"), "{}", prompt.hint);
        bench.keys("Enter");
        let item = NewAgendaItem {
            about: vec![subject],
            minutes: Some(5),
            ..NewAgendaItem::default()
        };
        let deed = MeetingDeed::AddItem { to: None, item };
        assert_eq!(last(&bench), deed.into(), "{keys}");
    };
    about("j", Subject::Feedback(feedback_id(1)));
    about("g d j", Subject::Idea(idea_id(1)));
    about("g d Enter", Subject::Idea(idea_id(0)));
    about("g r", Subject::ReleaseItem(item_id(0)));
}

#[test]
fn all_that_is_marked_is_queued_at_once_each_as_what_it_is_called() {
    let queued = |keys: &str, about: [Subject; 2]| {
        let mut bench = Bench::new(3);
        bench.keys(keys);
        bench.keys("Q");
        let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
            panic!("a prompt");
        };
        assert_eq!(prompt.label, "queue 2 items", "{keys}");
        assert!(prompt.hint.contains("each with 10m"), "{}", prompt.hint);
        assert_eq!(prompt.input.text, "5m", "{keys}");
        bench.type_text(" @omar");
        bench.keys("Enter");
        let item = NewAgendaItem {
            about: about.to_vec(),
            minutes: Some(5),
            presenter: handle("omar"),
            ..NewAgendaItem::default()
        };
        let deed = MeetingDeed::AddItem { to: None, item };
        assert_eq!(last(&bench), deed.into(), "{keys}");
    };
    let feedback = [0, 1].map(|place| Subject::Feedback(feedback_id(place)));
    queued("x x", feedback);
    queued("v j", feedback);
    queued("g d x x", [0, 1].map(|place| Subject::Idea(idea_id(place))));
    queued(
        "g r x x",
        [0, 1].map(|place| Subject::ReleaseItem(item_id(place))),
    );
    // Words would become the title of each of them.
    let mut bench = Bench::new(3);
    bench.keys("x x Q");
    bench.type_text(" and words");
    bench.keys("Enter");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt is still there");
    };
    let (_, error) = prompt.error.clone().expect("an error");
    assert!(error.contains("type only 10m"), "{error}");
    assert!(bench.deeds().is_empty());
}

#[test]
fn every_command_of_the_agenda_says_why_it_cannot_run_without_one() {
    let bench = Bench::new(1);
    for command in [
        Command::NoteItem,
        Command::ItemUnchanged,
        Command::AddStep,
        Command::ItemOwner,
        Command::FinishStep,
        Command::FewerMinutes,
        Command::MoreMinutes,
        Command::Confidential,
        Command::Discussed,
        Command::ItemUp,
        Command::ItemDown,
        Command::RemoveItem,
        Command::NewItem,
        Command::Present,
    ] {
        assert!(command.availability(&bench.state).is_err(), "{command:?}");
    }
}
