//! The weekly sync: opening it, its faces, its cursors, what Enter opens.

use crate::app::bench::{Bench, queued_id, step_id};
use crate::app::document::agenda_document;
use crate::app::effect::{Effect, Question};
use crate::app::layout::sync;
use crate::app::message::{Answer, Message};
use crate::app::state::{Face, Pane, Screen, Spot};
use crate::app::target;
use crate::domain::deed::Deed;
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::MeetingId;
use crate::domain::meeting::{AgendaRow, SectionBody};
use crate::domain::moment::MINUTE;
use crate::problem::{Kind, Problem};

fn opened() -> Bench {
    let mut bench = Bench::new(3);
    bench.keys("g w");
    bench
}

fn title(bench: &Bench) -> String {
    target::title(&bench.state).unwrap_or_default()
}

#[test]
fn the_plan_is_asked_for_again_when_the_sync_that_it_goes_by_is_known() {
    let mut bench = Bench::new(4);
    bench.state.sync.note = None;
    for owes in [true, false] {
        bench.world.plan.releases[0].items[0].owes_update = owes;
        bench.send(Message::Changed);
        while let Some(place) = bench.waiting.iter().position(is_plan) {
            bench.waiting.remove(place);
        }
        bench.settle();
        // Once; later it is asked for like everything else.
        assert!(bench.state.plan.plan.releases[0].items[0].owes_update);
    }
}

#[test]
fn when_a_sync_ends_while_the_console_is_open_the_plan_says_what_is_owed_from_then_on() {
    let mut bench = Bench::new(4);
    let owes = |bench: &Bench| bench.state.plan.plan.releases[0].items[0].owes_update;
    bench.world.plan.releases[0].items[0].owes_update = !owes(&bench);
    let before = owes(&bench);
    let mut now = crate::app::bench::NOW;
    let mut minute = |bench: &mut Bench| {
        now = now.plus(MINUTE);
        bench.send(Message::Tick(now));
        bench.settle();
    };
    // The same sync as before: the plan is not read every minute.
    minute(&mut bench);
    assert_eq!(owes(&bench), before);
    bench.world.sync.agenda.meeting.id = MeetingId(uuid::Uuid::from_u128(7));
    minute(&mut bench);
    assert_eq!(owes(&bench), !before);
    // One that is ended at once is another matter, too.
    bench.world.plan.releases[0].items[0].owes_update = before;
    bench.world.sync.agenda.meeting.held.1 = Some(crate::app::bench::NOW);
    minute(&mut bench);
    assert_eq!(owes(&bench), before);
}

fn is_plan(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Ask {
            question: Question::Plan,
            ..
        }
    )
}

#[test]
fn it_opens_on_its_agenda_and_tab_turns_to_what_is_missing() {
    let mut bench = opened();
    assert_eq!(bench.state.screen, Screen::Sync);
    assert_eq!(title(&bench), "Idea 0");
    bench.keys("Tab");
    assert_eq!(bench.state.sync.face, Face::Missing);
    bench.keys("j");
    assert_eq!(title(&bench), "Promise 0");
    // Its action step is on the agenda.
    bench.keys("z");
    assert_eq!(bench.state.sync.face, Face::Agenda);
    assert_eq!(
        target::thing(&bench.state),
        Some(Thing::new(Entity::ActionStep, step_id(0)))
    );
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Console);
}

#[test]
fn the_cursor_walks_all_rows_and_stays_on_its_row_when_the_agenda_changes() {
    let mut bench = opened();
    bench.keys("G k");
    assert_eq!(title(&bench), "Topic 0");
    let sections = &mut bench.world.sync.agenda.sections;
    sections.remove(0);
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(
        bench.state.sync.cursor.on,
        Some(Spot::Item(queued_id(0))),
        "by identity"
    );
    bench.keys("g g");
    assert_eq!(title(&bench), "Promise 0");
    bench.keys("j j j j");
    assert_eq!(
        target::agenda_part(&bench.state).map(|part| part.title.as_str()),
        Some("Questions")
    );
}

#[test]
fn enter_opens_the_thing_and_esc_leads_back_to_a_fresh_agenda() {
    let mut bench = opened();
    bench.keys("Enter");
    assert_eq!(bench.state.screen, Screen::Idea);
    bench.press("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    assert!(bench.waiting.iter().any(|effect| matches!(
        effect,
        Effect::Ask {
            question: Question::Sync,
            ..
        }
    )));
    bench.settle();
    // Requests of an area are shown in the inbox.
    bench.keys("j j j j Enter");
    assert_eq!(
        (bench.state.screen, bench.state.focus),
        (Screen::Console, Pane::Inbox)
    );
    assert_eq!(
        bench.state.inbox.filter,
        "is:unprocessed is:unassigned area:Boards"
    );
    bench.keys("g w j Enter");
    assert_eq!(bench.state.inbox.filter, "importance:critical");
    // A topic about a feedback opens that.
    bench.keys("g w G k Enter");
    assert_eq!(bench.state.focus, Pane::Feedback);
    bench.keys("Esc G Enter");
    assert_eq!(bench.state.screen, Screen::Sync);
    assert!(bench.notice().contains("all of it is here"));
}

#[test]
fn requests_whose_area_is_only_likely_say_what_enter_shows() {
    let mut bench = Bench::new(3);
    let sections = &mut bench.world.sync.agenda.sections;
    let group = sections
        .iter_mut()
        .find_map(|section| match &mut section.body {
            SectionBody::Unassigned { groups, .. } => groups.first_mut(),
            _ => None,
        });
    let group = group.expect("requests of an area");
    (group.guessed, group.title) = (true, "Boards?".to_owned());
    let only = group.requests[0].clone();
    bench.keys("g w j j j j Enter");
    assert_eq!(
        bench.state.inbox.filter,
        "is:unprocessed is:unassigned area:none"
    );
    assert_eq!(
        bench.notice(),
        "all without an area: “Boards?” is likely of 2"
    );
    // One that is alone is opened.
    let sections = &mut bench.world.sync.agenda.sections;
    for section in sections {
        if let SectionBody::Unassigned { groups, .. } = &mut section.body {
            groups[0].requests = vec![only.clone()];
        }
    }
    bench.keys("Esc Enter");
    assert_eq!(bench.state.focus, Pane::Feedback);
    assert_eq!(target::feedback(&bench.state), [only.0.id]);
}

#[test]
fn requests_that_are_not_listed_are_counted_and_said_to_be_there() {
    let mut bench = Bench::new(3);
    for section in &mut bench.world.sync.agenda.sections {
        if let SectionBody::Unassigned { groups, total } = &mut section.body {
            (groups[0].total, *total) = (748, 748);
        }
    }
    bench.keys("g w j j j j");
    let words: Vec<String> = agenda_document(&bench.state, 60)
        .iter()
        .map(|line| line.text())
        .collect();
    assert!(
        words.iter().any(|line| line.contains("748 requests")),
        "{words:?}"
    );
    let last = words.last().map(String::as_str);
    assert_eq!(last, Some("746 more · Enter shows them"));
}

#[test]
fn the_list_that_a_row_stands_for_goes_when_one_comes_back() {
    let mut bench = Bench::new(5);
    bench.keys("j j j /");
    bench.type_text("wish");
    bench.keys("Enter j");
    let before = (bench.state.inbox.filter.clone(), bench.at());
    bench.keys("g w j j j j j Enter");
    assert_eq!(bench.state.inbox.filter, "importance:critical");
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    assert_eq!((bench.state.inbox.filter.clone(), bench.at()), before);
    // Marks and what is filtered there go first, one at a time; so does the text of a feedback.
    bench.keys("Enter x");
    assert_eq!(bench.state.inbox.marks.len(), 1);
    bench.keys("Esc O");
    assert!(bench.state.inbox.marks.is_empty());
    assert_ne!(bench.state.inbox.filter, "importance:critical");
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Console);
    assert_eq!(bench.state.inbox.filter, "importance:critical");
    bench.keys("Enter");
    assert_eq!(bench.state.focus, Pane::Feedback);
    bench.keys("Esc Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    assert_eq!((bench.state.inbox.filter.clone(), bench.at()), before);
    // Whoever asks for the inbox stays in the list, and Esc means its filter again.
    bench.keys("Enter g i Esc");
    assert_eq!(bench.state.screen, Screen::Console);
    assert_eq!(bench.state.inbox.filter, bench.state.inbox.home);
}

#[test]
fn without_a_sync_to_come_it_says_what_is_wrong() {
    let mut bench = Bench::new(1);
    bench.press("g w");
    let sequence = bench.state.flight.last;
    let problem = Problem::new(Kind::NotFound, "no meeting is to come").hint("plan one");
    bench.send(Message::Answer {
        sequence,
        answer: Err::<Answer, _>(problem),
    });
    assert_eq!(
        bench.state.sync.trouble,
        Some(("no meeting is to come".into(), "plan one".into()))
    );
    bench.settle();
    bench.keys("j k Enter Tab P");
    assert_eq!(bench.state.screen, Screen::Sync);
}

#[test]
fn the_detail_is_scrolled_to_its_last_line_and_no_further() {
    let mut bench = opened();
    let AgendaRow::Plan(item) = target::agenda_row(&bench.state).expect("a row") else {
        panic!("a release item");
    };
    let (id, row) = (item.item, item.row);
    let crate::domain::meeting::SectionBody::Plan(owners) =
        &mut bench.world.sync.agenda.sections[0].body
    else {
        panic!("the release plan");
    };
    owners[0].items[0].changes = (0..60).map(|number| format!("change {number}")).collect();
    bench.send(Message::Changed);
    bench.settle();
    for _ in 0..60 {
        bench.keys("J");
    }
    let lines = agenda_document(&bench.state, 40).len();
    let room = usize::from(sync(&bench.state).detail.height);
    assert_eq!(bench.state.sync.scroll, lines - room);
    bench.keys("j k");
    assert_eq!(bench.state.sync.scroll, 0);
    // What was said of one release item is said of the next by a dot.
    bench.keys("= j .");
    assert_ne!(
        target::agenda_row(&bench.state).map(AgendaRow::item),
        Some(row)
    );
    let last = bench.deeds().last().copied().cloned();
    assert_ne!(last, Some(Deed::NoChange { items: vec![id] }));
    assert!(matches!(last, Some(Deed::NoChange { .. })));
    bench.keys("/");
    assert!(
        bench.notice().contains("not filtered"),
        "{}",
        bench.notice()
    );
}

#[test]
fn the_header_knows_the_next_sync_and_follows_every_deed() {
    let mut bench = Bench::new(2);
    let missing = |bench: &Bench| bench.state.sync.note.as_ref().map(|note| note.missing);
    assert_eq!(missing(&bench), Some(2));
    bench.world.sync.gate.rows.clear();
    bench.keys("d");
    assert_eq!(missing(&bench), Some(0));
}

#[test]
fn the_only_row_is_on_the_screen_wherever_it_stands() {
    let mut bench = Bench::new(0);
    let agenda = &mut bench.world.sync.agenda;
    agenda.sections.truncate(2);
    agenda.sections.insert(0, agenda.sections[1].clone());
    for (place, section) in agenda.sections.iter_mut().enumerate() {
        section.body = match place {
            2 => continue,
            _ => crate::domain::meeting::SectionBody::Steps(Vec::new()),
        };
    }
    bench.send(Message::Resize(60, 12));
    bench.keys("g w");
    assert_eq!(title(&bench), "Promise 0");
    let found = bench.state.sync.found.as_ref().expect("an agenda");
    let line = crate::app::agenda::lines(&found.agenda)
        .iter()
        .position(|line| line.spot() == bench.state.sync.cursor.on)
        .expect("its line");
    let rows = usize::from(sync(&bench.state).list.height);
    let top = bench.state.sync.cursor.top;
    assert!((top..top + rows).contains(&line), "{line} from {top}");
    // The last row shows what is below it, the first what is above it.
    bench.send(Message::Resize(60, 24));
    assert_eq!(bench.state.sync.cursor.top, 0);
}
