//! The weekly sync: opening it, its faces, its cursors, what Enter opens.

use crate::app::bench::{Bench, queued_id, step_id};
use crate::app::effect::{Effect, Question};
use crate::app::message::{Answer, Message};
use crate::app::state::{Face, Pane, Screen, Spot};
use crate::app::target;
use crate::domain::entity::{Entity, Thing};
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
fn an_item_is_shown_large() {
    let mut bench = opened();
    bench.keys("G P");
    assert_eq!(bench.state.screen, Screen::Present);
    assert_eq!(title(&bench), "Topic 1");
    bench.keys("Esc");
    assert_eq!(bench.state.screen, Screen::Sync);
}
