//! What an undo or an import still has to show, when something else comes in between.

use crate::app::bench::Bench;
use crate::app::effect::{Effect, Question, Writing};
use crate::app::errands::ViewBack;
use crate::app::import;
use crate::app::message::Message;
use crate::app::state::{Load, Overlay};
use crate::domain::deed::{Outcome, Reversed, Touched};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::ActionId;
use crate::problem::{Kind, Problem};

fn outcome(words: &str) -> Outcome {
    Outcome {
        reverses: None,
        touched: Touched::ALL,
        action: Some(ActionId(uuid::Uuid::from_u128(8))),
        words: words.to_owned(),
        made: Vec::new(),
        about: Vec::new(),
        things: Vec::new(),
    }
}

/// The console undoes something that is about the 450th feedback and the sixth idea, and has asked for what that changed.
fn undone() -> Bench {
    let mut bench = Bench::new(500);
    bench.keys("j j");
    let about = vec![bench.world.feedback[450].clone()];
    let done = Outcome {
        about,
        ..outcome("undone")
    };
    bench.world.reversed = Some(Reversed::Done(done));
    bench.press("u");
    assert!(bench.work_once());
    bench
}

/// Answers the oldest question of that kind with a fault.
#[track_caller]
fn fail(bench: &mut Bench, kind: &str) {
    let place = bench.waiting.iter().position(
        |effect| matches!(effect, Effect::Ask { question, .. } if question.kind() == kind),
    );
    let asked = bench.waiting.remove(place.expect("it was asked"));
    let Some(Effect::Ask { sequence, .. }) = asked else {
        panic!("a question");
    };
    let answer = Err(Problem::new(Kind::Storage, "the disk is gone"));
    bench.send(Message::Answer { sequence, answer });
}

#[test]
fn where_the_list_could_not_be_read_after_an_undo_a_later_one_leaves_the_cursor_where_it_is() {
    let mut bench = undone();
    fail(&mut bench, "inbox");
    bench.settle();
    bench.keys("j");
    let at = bench.at();
    // Another window has written.
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(bench.at(), at);
}

#[test]
fn so_it_is_with_the_ideas() {
    let mut bench = Bench::new(4);
    bench.keys("g d");
    let last = bench.state.ideas.rows[bench.state.ideas.shown[5]].id;
    let things = vec![Thing::new(Entity::Idea, last)];
    let done = Outcome {
        things,
        ..outcome("undone")
    };
    bench.world.reversed = Some(Reversed::Done(done));
    bench.press("u");
    assert!(bench.work_once());
    fail(&mut bench, "ideas");
    bench.settle();
    let at = bench.state.ideas.cursor;
    assert_ne!(at, 5);
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(bench.state.ideas.cursor, at);
}

/// Two rows in hand, and an import of three above them which has come back, and whose list was shown but not counted.
fn imported() -> Bench {
    let mut bench = Bench::new(400);
    let late = bench.world.feedback.split_off(300);
    let new = std::mem::replace(&mut bench.world.feedback, late);
    bench.send(Message::Changed);
    bench.settle();
    bench.keys("g g");
    import::begin(&mut bench.state, "tickets.csv".to_owned());
    let Some(Overlay::Import(import)) = bench.state.overlays.last() else {
        panic!("an import");
    };
    let ticket = import.ticket;
    bench.world.feedback.splice(0..0, new);
    // Saved before the import, and no longer what an undo is for.
    bench.state.errands.view = Some(ViewBack {
        writing: Writing::Me(None),
        again: false,
    });
    let outcome = Ok(outcome("imported"));
    bench.send(Message::Imported { ticket, outcome });
    let is_count = |effect: &Effect| matches!(effect, Effect::Ask { question, .. } if matches!(question, Question::Tally { .. }));
    while !bench.waiting.iter().any(is_count) {
        assert!(bench.work_once());
    }
    bench
}

#[test]
fn what_an_import_put_above_the_cursor_is_not_said_of_a_deed_that_came_after_it() {
    let mut bench = imported();
    bench.state.overlays.clear();
    let counts = bench.waiting.drain(..).collect::<Vec<_>>();
    bench.keys("I 3");
    bench.waiting.extend(counts);
    bench.settle();
    let notice = bench.state.notice.clone().expect("a notice");
    assert_eq!(
        (notice.words.as_str(), notice.hint.as_str()),
        ("done", "u undo")
    );
    assert_eq!(bench.state.inbox.before_import, None);
}

#[test]
fn an_undo_behind_an_import_is_of_the_import() {
    let bench = imported();
    assert_eq!(bench.state.errands.view, None);
}

#[test]
fn another_list_is_not_asked_what_an_undo_or_an_import_left() {
    let mut bench = undone();
    assert!(!bench.state.inbox.sought.is_empty());
    let filter = super::super::filter::set(&mut bench.state, "is:mine", Load::Start);
    assert_eq!(filter.len(), 1);
    assert!(bench.state.inbox.sought.is_empty());

    let mut bench = imported();
    assert!(bench.state.inbox.before_import.is_some());
    super::super::filter::set(&mut bench.state, "is:mine", Load::Anew);
    assert_eq!(bench.state.inbox.before_import, None);
}
