//! The weekly sync while it is held: what each key does, and that nothing of it is lost.

use crate::app::agenda;
use crate::app::bench::{Bench, NOW, feedback_id, item_id, queued_id, step_id};
use crate::app::command::footer::footer;
use crate::app::effect::{Effect, Question};
use crate::app::message::{Answer, Message};
use crate::app::present::{Mark, Show};
use crate::app::state::{Overlay, Screen};
use crate::app::target;
use crate::domain::clocks::Clocks;
use crate::domain::deed::{AgendaTarget, Deed, MeetingDeed, Subject};
use crate::domain::meeting::{SectionBody, Turn};
use crate::domain::moment::MINUTE;
use crate::domain::people::Handle;

pub(super) fn presenting() -> Bench {
    let mut bench = Bench::with(Bench::world(3), Some("hana"), (120, 36));
    bench.keys("g w P");
    bench
}

/// What is at hand, by its title.
pub(super) fn at_hand(bench: &Bench) -> String {
    let show = Show::of(&bench.state).expect("a meeting");
    show.stop()
        .map_or_else(String::new, |stop| stop.title().to_owned())
}

pub(super) fn later(bench: &mut Bench, minutes: i64) {
    bench.send(Message::Tick(NOW.plus(minutes * MINUTE)));
    bench.settle();
}

fn last(bench: &Bench) -> Option<MeetingDeed> {
    match bench.deeds().last() {
        Some(Deed::Meeting(deed)) => Some(deed.as_ref().clone()),
        _ => None,
    }
}

#[test]
fn the_agenda_of_a_meeting_that_is_held_says_so_and_offers_to_resume_it() {
    let present = |bench: &Bench| {
        let items = footer(&bench.state).into_iter();
        items
            .filter(|item| item.key == "P")
            .map(|item| item.words)
            .collect::<Vec<_>>()
    };
    let mut bench = Bench::with(Bench::world(3), Some("hana"), (120, 36));
    bench.keys("g w");
    assert_eq!(present(&bench), ["present"]);
    bench.keys("P Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    assert_eq!(present(&bench), ["resume"]);
    let found = bench.state.sync.found.as_ref().expect("the sync");
    let words = agenda::distance(found.sitting(), NOW.plus(4 * MINUTE), Clocks::UTC);
    assert_eq!(words.as_deref(), Some("running for 4m"));
}

#[test]
fn it_begins_with_the_first_item_and_every_turn_reaches_the_file() {
    let mut bench = Bench::new(3);
    bench.keys("g w j");
    bench.press("P");
    let asked: Vec<&Effect> = bench.waiting.iter().collect();
    let starts = |effect: &&&Effect| matches!(effect, Effect::Commit { .. });
    let turns = |effect: &&&Effect| {
        matches!(
            effect,
            Effect::Turn {
                turn: Turn::TakeUp(Some(_)),
                ..
            }
        )
    };
    let start = asked.iter().position(|effect| starts(&effect));
    let turn = asked.iter().position(|effect| turns(&effect));
    assert!(start.is_some() && start < turn, "{asked:?}");
    bench.settle();
    assert_eq!(bench.state.screen, Screen::Present);
    assert_eq!(at_hand(&bench), "Idea 0");
    assert!(matches!(last(&bench), Some(MeetingDeed::Start { .. })));
    // The next item is there before the file has been written.
    bench.press("n");
    assert_eq!(at_hand(&bench), "Idea 1");
    bench.settle();
    assert_eq!(
        bench.world.sync.running.at_hand,
        bench
            .state
            .sync
            .found
            .as_ref()
            .and_then(|found| found.running.at_hand)
    );
    bench.keys("p");
    assert_eq!(at_hand(&bench), "Idea 0");
    assert_eq!(bench.deeds().len(), 1, "nothing was marked");
    bench.keys("p");
    assert_eq!(bench.notice(), "this is the first item");
}

#[test]
fn e_marks_an_item_as_discussed_and_goes_to_the_next_that_is_left() {
    let mut bench = presenting();
    bench.keys("n e");
    let meeting = bench.world.sync.agenda.meeting.occurrence.clone();
    assert_eq!(
        last(&bench),
        Some(MeetingDeed::Discuss {
            meeting: meeting.clone(),
            item: AgendaTarget::Generated {
                meeting,
                about: Subject::ReleaseItem(item_id(1)),
            },
        })
    );
    assert_eq!(at_hand(&bench), "Promise 0");
    // Nothing is decided about a step by going on; it counts as gone through.
    bench.keys("e");
    assert_eq!(at_hand(&bench), "Promise 1");
    assert_eq!(bench.deeds().len(), 2);
    let show = Show::of(&bench.state).expect("a meeting");
    let marks: Vec<Mark> = show.stops.iter().map(|stop| stop.mark).collect();
    assert_eq!(
        marks[..4],
        [Mark::Ahead, Mark::Done, Mark::Done, Mark::Ahead]
    );
}

#[test]
fn leaving_and_coming_back_finds_the_same_item_with_its_clock() {
    let mut bench = presenting();
    bench.keys("n");
    later(&mut bench, 3);
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    later(&mut bench, 5);
    bench.keys("P");
    assert_eq!(at_hand(&bench), "Idea 1");
    assert_eq!(bench.deeds().len(), 1, "it was not begun again");
    let taken = |bench: &Bench| {
        let show = Show::of(&bench.state).expect("a meeting");
        show.clock(bench.state.now).expect("a clock").taken
    };
    // The clock on the wall went on, too.
    assert_eq!(taken(&bench), 5 * MINUTE);
    bench.keys("Space");
    later(&mut bench, 9);
    assert_eq!(taken(&bench), 5 * MINUTE);
    bench.keys("Esc P");
    later(&mut bench, 10);
    assert_eq!(taken(&bench), 6 * MINUTE, "P goes on");
}

#[test]
fn another_window_that_turns_to_an_item_is_followed() {
    let mut bench = presenting();
    let third = Show::of(&bench.state).expect("a meeting").stops[2].item;
    bench
        .world
        .sync
        .running
        .turn(Turn::TakeUp(Some(third)), NOW);
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(at_hand(&bench), "Promise 0");
    assert_eq!(target::title(&bench.state).as_deref(), Some("Promise 0"));
}

#[test]
fn what_leaves_the_agenda_makes_room_for_what_stands_at_its_place() {
    let mut bench = presenting();
    bench.keys("n n d");
    assert_eq!(
        last(&bench),
        Some(MeetingDeed::FinishSteps {
            steps: vec![step_id(0)]
        })
    );
    assert_eq!(at_hand(&bench), "Promise 1");
    // In another window this one is done, too.
    let steps = vec![step_id(1)];
    bench
        .world
        .do_deed(&MeetingDeed::FinishSteps { steps }.into());
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(at_hand(&bench), "Boards");
    assert_eq!(
        bench.world.sync.running.at_hand,
        Show::of(&bench.state).and_then(|show| show.stop().map(|stop| stop.item))
    );
}

#[test]
fn requests_are_given_away_one_by_one_and_all_at_once() {
    let mut bench = presenting();
    bench.keys("n n n n");
    assert_eq!(at_hand(&bench), "Boards");
    bench.keys("j a");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("no prompt");
    };
    assert_eq!(prompt.input.text, "@omar");
    bench.keys("Enter");
    let omar = Handle::parse("omar").ok();
    let given = |feedback: &[usize], owner: &Option<Handle>| Deed::Assign {
        feedback: feedback.iter().map(|number| feedback_id(*number)).collect(),
        owner: owner.clone(),
    };
    assert_eq!(bench.deeds().last(), Some(&&given(&[1], &omar)));
    assert_eq!(at_hand(&bench), "Boards", "one is left");
    bench.keys("A");
    assert_eq!(
        bench.deeds().last(),
        Some(&&given(&[0], &Handle::parse("hana").ok()))
    );
    assert_eq!(at_hand(&bench), "Critical", "nobody's are left");
    let mut bench = presenting();
    bench.keys("n n n n *");
    assert_eq!(bench.deeds().last(), Some(&&given(&[0, 1], &omar)));
}

#[test]
fn what_is_queued_is_carried_over_and_what_comes_by_itself_is_not() {
    let mut bench = presenting();
    bench.keys(">");
    assert!(
        bench.notice().contains("on every agenda"),
        "{}",
        bench.notice()
    );
    bench.keys("G p");
    assert_eq!(at_hand(&bench), "Topic 0");
    bench.keys(">");
    let sync = &bench.world.sync;
    assert_eq!(
        last(&bench),
        Some(MeetingDeed::CarryOver {
            item: queued_id(0),
            from: sync.agenda.meeting.occurrence.clone(),
            to: sync.after.clone().expect("the next").occurrence,
        })
    );
    assert_eq!(at_hand(&bench), "Topic 1");
    bench.keys("e");
    assert_eq!(at_hand(&bench), "", "the agenda is through");
    assert_eq!(target::agenda_row(&bench.state), None);
    bench.keys("e");
    assert_eq!(bench.notice(), "the agenda is through");
    bench.keys("p");
    assert_eq!(at_hand(&bench), "Topic 1");
}

#[test]
fn behind_the_last_item_the_footer_leads_with_the_end_of_the_meeting() {
    let keys = |bench: &Bench| {
        let items = footer(&bench.state).into_iter();
        items.map(|item| item.key).collect::<Vec<_>>()
    };
    let mut bench = presenting();
    assert_eq!(keys(&bench)[0], "e");
    bench.keys("G n");
    assert_eq!(at_hand(&bench), "", "the end of the agenda");
    let at_the_end = keys(&bench);
    assert_eq!(at_the_end[..3], ["F", "p", "W"]);
    assert!(
        ["e", "n", "Space"]
            .iter()
            .all(|key| !at_the_end.iter().any(|is| is == key)),
        "{at_the_end:?}"
    );
    bench.keys("p");
    assert_eq!(keys(&bench)[0], "e");
}

#[test]
fn the_end_shows_the_minutes_and_w_asks_for_their_file() {
    let mut bench = presenting();
    bench.keys("F");
    assert!(matches!(last(&bench), Some(MeetingDeed::Finish { .. })));
    let clocks = &bench.world.sync.running.boxes;
    let stand = clocks.iter().all(|time| time.since.is_none());
    assert!(stand, "no clock runs on");
    assert_eq!(bench.state.screen, Screen::Minutes);
    bench.keys("W");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("no prompt");
    };
    assert_eq!(prompt.input.text, "minutes-2026-11-25");
    bench.keys("Enter");
    assert!(bench.state.overlays.is_empty());
    assert_eq!(bench.notice(), "wrote minutes-2026-11-25");
    bench.keys("Y");
    assert_eq!(
        bench.outside.last(),
        Some(&Effect::Copy("# PM weekly sync".to_owned()))
    );
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
}

#[test]
fn what_was_turned_to_holds_until_the_file_knows_of_it() {
    let mut bench = presenting();
    let before = bench.world.sync.clone();
    bench.press("n");
    bench.press("n");
    let here = at_hand(&bench);
    assert_eq!(here, "Promise 0");
    // The file is locked: what is read from it still tells of the item before.
    bench.send(Message::Changed);
    let asked = bench.waiting.iter().rev().find_map(|effect| match effect {
        Effect::Ask {
            sequence,
            question: Question::Sync,
        } => Some(*sequence),
        _ => None,
    });
    bench.send(Message::Answer {
        sequence: asked.expect("the agenda is asked for"),
        answer: Ok(Answer::Sync(Box::new(before))),
    });
    assert_eq!(at_hand(&bench), here);
    // The first turn is in the file, the second is not.
    bench.settle();
    assert_eq!(at_hand(&bench), here);
    assert_eq!(bench.state.present.turns, 0);
}

#[test]
fn the_requests_of_the_next_area_begin_with_their_first() {
    let mut world = Bench::world(4);
    let more: Vec<_> = world.feedback[2..4].to_vec();
    for section in &mut world.sync.agenda.sections {
        if let SectionBody::Unassigned { groups, .. } = &mut section.body {
            let mut group = groups[0].clone();
            group.row = queued_id(900);
            group.area = Some("Mobile".to_owned());
            group.requests = more.iter().map(|row| (row.clone(), None)).collect();
            groups.push(group);
        }
    }
    let mut bench = Bench::with(world, Some("hana"), (120, 36));
    bench.keys("g w P");
    for _ in 0..20 {
        if bench.state.present.request.on.is_some() {
            break;
        }
        bench.keys("n");
    }
    bench.keys("j");
    assert_eq!(bench.state.present.request.on, Some(feedback_id(1)));
    bench.keys("n");
    assert_eq!(bench.state.present.request.on, Some(feedback_id(2)));
}

#[test]
fn what_was_gone_through_before_the_beginning_was_undone_is_ahead_again() {
    let mut bench = presenting();
    bench.state.present.passed.insert(queued_id(0));
    if let Some(found) = bench.state.sync.found.as_mut() {
        found.agenda.meeting.held = (None, None);
    }
    bench.press("Esc");
    bench.press("P");
    assert!(bench.state.present.passed.is_empty());
}

#[test]
fn from_the_minutes_of_an_ended_meeting_one_goes_back_to_the_agenda_and_to_where_one_was() {
    let mut bench = presenting();
    bench.keys("F");
    assert_eq!(bench.state.screen, Screen::Minutes);
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Console);
}
