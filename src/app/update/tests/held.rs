//! The weekly sync while it is held: its order, its end, and what the screen says of where one goes.

use super::present::{at_hand, later, presenting};
use crate::app::bench::{Bench, NOW, step_id};
use crate::app::command::footer::footer;
use crate::app::document::{Here, stop_document};
use crate::app::message::Message;
use crate::app::present::{Mark, Show, Stop, is_over};
use crate::app::state::Screen;
use crate::domain::meeting::{AgendaRow, MeetingState, OwnerItems, SectionBody, StepRow};
use crate::domain::moment::MINUTE;
use crate::domain::people::Handle;

#[test]
fn an_end_that_is_taken_back_leads_to_the_item_that_was_at_hand() {
    let mut bench = presenting();
    bench.keys("n n F Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    // As undo does it.
    bench.world.sync.agenda.meeting.state = MeetingState::Running;
    bench.send(Message::Changed);
    bench.settle();
    later(&mut bench, 5);
    bench.keys("P");
    assert_eq!(at_hand(&bench), "Promise 0");
    let show = Show::of(&bench.state).expect("a meeting");
    let clock = show.clock(bench.state.now).expect("a clock");
    assert!(!clock.paused && clock.taken < MINUTE, "{clock:?}");
}

/// The meeting changes in another window.
fn elsewhere(bench: &mut Bench, change: impl FnOnce(&mut Bench)) {
    change(bench);
    bench.send(Message::Changed);
    bench.settle();
}

/// The first item of the release plan belongs to somebody else, who stands further below.
fn first_to_omar(bench: &mut Bench) {
    let sections = &mut bench.world.sync.agenda.sections;
    let Some(SectionBody::Plan(owners)) = sections.first_mut().map(|part| &mut part.body) else {
        panic!("no plan");
    };
    let moved = owners[0].items.remove(0);
    owners.push(OwnerItems {
        owner: Handle::parse("omar").ok(),
        items: vec![moved],
    });
}

#[test]
fn what_moves_on_the_agenda_keeps_its_place_and_nothing_is_jumped_over() {
    let mut bench = presenting();
    let place = |bench: &Bench| Show::of(&bench.state).and_then(|show| show.at);
    elsewhere(&mut bench, first_to_omar);
    assert_eq!(
        (at_hand(&bench).as_str(), place(&bench)),
        ("Idea 0", Some(0))
    );
    bench.keys("Esc P");
    assert_eq!(place(&bench), Some(0));
    bench.keys("e");
    assert_eq!(
        (at_hand(&bench).as_str(), place(&bench)),
        ("Idea 1", Some(1))
    );
    // A window that takes the meeting up now goes by the agenda as it is now.
    let mut bench = presenting();
    bench.keys("n Esc");
    first_to_omar(&mut bench);
    let mut bench = Bench::with(bench.world.clone(), Some("hana"), (120, 36));
    bench.keys("g w P");
    assert_eq!(
        (at_hand(&bench).as_str(), place(&bench)),
        ("Idea 1", Some(0))
    );
}

#[test]
fn an_item_that_was_moved_by_hand_comes_where_it_was_put() {
    let mut bench = presenting();
    bench.keys("Esc G");
    let sections = &mut bench.world.sync.agenda.sections;
    let Some(SectionBody::Queued(items)) = sections.last_mut().map(|part| &mut part.body) else {
        panic!("nothing is queued");
    };
    items.reverse();
    bench.keys("Alt-Up P");
    let show = Show::of(&bench.state).expect("a meeting");
    let last: Vec<&str> = show
        .stops
        .iter()
        .rev()
        .take(2)
        .map(|stop| stop.title())
        .collect();
    assert_eq!(last, ["Topic 0", "Topic 1"]);
}

#[test]
fn enter_opens_what_an_item_is_about_and_esc_leads_back_to_it() {
    // Also in a window that takes the meeting up.
    for taken_up in [false, true] {
        let mut bench = presenting();
        if taken_up {
            let world = bench.world.clone();
            bench = Bench::with(world, Some("hana"), (120, 36));
            bench.keys("g w P");
        }
        bench.keys("Enter");
        assert_eq!(bench.state.screen, Screen::Idea, "{}", bench.notice());
        bench.keys("Esc");
        assert_eq!(
            (bench.state.screen, at_hand(&bench).as_str()),
            (Screen::Present, "Idea 0")
        );
        bench.keys("n n Enter");
        assert_eq!(bench.notice(), "all of it is here");
        bench.keys("n n Enter");
        assert_eq!(bench.state.screen, Screen::Console);
        bench.keys("Esc");
        assert_eq!(at_hand(&bench), "Boards");
        bench.keys("n n n Enter");
        assert_eq!(bench.state.screen, Screen::Console);
        bench.keys("Esc");
        assert_eq!(
            (bench.state.screen, at_hand(&bench).as_str()),
            (Screen::Present, "Topic 0")
        );
    }
}

#[test]
fn a_meeting_that_is_ended_elsewhere_shows_its_minutes() {
    let mut bench = presenting();
    let presented = bench.state.present.meeting;
    bench.keys("n");
    let next = |bench: &mut Bench| {
        let sync = &mut bench.world.sync;
        sync.agenda.meeting = sync.after.clone().expect("the next");
    };
    elsewhere(&mut bench, next);
    assert_eq!(bench.state.screen, Screen::Minutes);
    assert_eq!(bench.notice(), "the meeting was ended in another window");
    let asked = bench.state.present.meeting;
    assert_eq!(asked, presented);
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    // Whoever is writing goes on; what is underneath says what has happened.
    let mut bench = presenting();
    bench.keys("c");
    elsewhere(&mut bench, next);
    assert!(is_over(&bench.state) && bench.state.screen == Screen::Present);
    bench.keys("Esc W");
    assert_eq!(bench.state.screen, Screen::Minutes);
}

#[test]
fn n_marks_nothing_however_long_one_stayed() {
    let mut bench = presenting();
    bench.keys("n n");
    assert_eq!(at_hand(&bench), "Promise 0");
    later(&mut bench, 1);
    bench.keys("n");
    let mark = |bench: &Bench, place: usize| {
        let show = Show::of(&bench.state).expect("a meeting");
        show.stops[place].mark
    };
    assert_eq!(mark(&bench, 2), Mark::Ahead);
    bench.keys("e");
    assert_eq!(mark(&bench, 3), Mark::Done);
    // A window that takes the meeting up knows only how long each item took.
    let mut bench = Bench::with(bench.world.clone(), Some("hana"), (120, 36));
    later(&mut bench, 2);
    bench.keys("g w P");
    assert_eq!(
        (mark(&bench, 2), mark(&bench, 4)),
        (Mark::Done, Mark::Ahead)
    );
}

#[test]
fn what_is_promised_shows_on_its_item_and_is_gone_through_next_time() {
    let mut bench = presenting();
    let count = Show::of(&bench.state).expect("a meeting").stops.len();
    let promise = |bench: &mut Bench| {
        let sections = &mut bench.world.sync.agenda.sections;
        let item = sections[0].rows().next().map(AgendaRow::item);
        if let SectionBody::Steps(steps) = &mut sections[1].body {
            let new = StepRow {
                id: step_id(9),
                text: "Ask finance".to_owned(),
                since: NOW.plus(MINUTE),
                item,
                ..steps[0].clone()
            };
            steps.push(new);
        }
    };
    elsewhere(&mut bench, promise);
    let promised = |bench: &Bench| {
        let show = Show::of(&bench.state).expect("a meeting");
        let stop = show.stop().expect("an item");
        let promised = show.promised_on(stop);
        let here = Here {
            now: NOW,
            clocks: crate::domain::clocks::Clocks::UTC,
        };
        let lines = stop_document(stop, (None, &promised), here, 80);
        let told = lines.iter().any(|line| line.text() == "Ask finance  @omar");
        (
            promised.len(),
            told,
            show.promised().len(),
            show.stops.len(),
        )
    };
    assert_eq!(promised(&bench), (1, true, 1, count));
    bench.keys("n");
    assert_eq!(promised(&bench), (0, false, 1, count));
}

#[test]
fn where_n_and_e_lead_is_told_apart() {
    let mut bench = presenting();
    let ahead = |bench: &Bench| {
        let show = Show::of(&bench.state).expect("a meeting");
        let title = |stop: Option<&Stop<'_>>| stop.map(|stop| stop.title().to_owned());
        [title(show.next()), title(show.following())].map(Option::unwrap_or_default)
    };
    assert_eq!(ahead(&bench), ["Idea 1", "Idea 1"]);
    bench.keys("n e p p");
    let [go_on, step] = ahead(&bench);
    assert_eq!([go_on.as_str(), step.as_str()], ["Promise 0", "Idea 1"]);
    bench.keys("n");
    assert_eq!(at_hand(&bench), step);
    bench.keys("p e");
    assert_eq!(at_hand(&bench), go_on);
}

#[test]
fn the_footer_says_how_many_requests_go_to_whom() {
    let mut bench = presenting();
    bench.keys("n n n n");
    let words = |bench: &Bench| {
        let items = footer(&bench.state);
        let item = items.into_iter().find(|item| item.key == "*");
        item.map(|item| item.words)
    };
    assert_eq!(words(&bench).as_deref(), Some("2 to @omar"));
    for section in &mut bench.world.sync.agenda.sections {
        if let SectionBody::Unassigned { groups, .. } = &mut section.body {
            groups[0].likely_owner = None;
            groups[0].requests[1].1 = Handle::parse("lin").ok();
        }
    }
    elsewhere(&mut bench, |_| {});
    assert_eq!(words(&bench), None);
    bench.keys("*");
    assert!(
        bench.notice().starts_with("nobody is likely"),
        "{}",
        bench.notice()
    );
    bench.keys("j");
    assert_eq!(words(&bench).as_deref(), Some("1 to @lin"));
}
