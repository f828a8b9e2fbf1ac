//! A changed filter whose rows take long: nothing acts on rows of another filter, nor on rows that nobody has seen.

use super::filtering::answer_some;
use crate::app::bench::{Bench, NOW};
use crate::app::effect::Effect;
use crate::app::empty::empty_words;
use crate::app::message::Message;
use crate::app::state::Pane;
use crate::problem::{Kind, Problem};

/// So many milliseconds after the beginning.
fn later(bench: &mut Bench, milliseconds: i64) {
    bench.send(Message::Tick(NOW.plus(milliseconds)));
}

/// A console that has been searching for so many milliseconds.
fn searching(milliseconds: i64) -> Bench {
    let mut bench = Bench::new(2_000);
    bench.keys("/ Ctrl-u");
    bench.type_text("exp");
    bench.press("Enter");
    answer_some(&mut bench, 0..0);
    later(&mut bench, milliseconds);
    bench
}

fn says(bench: &Bench) -> Option<String> {
    empty_words(&bench.state, Pane::Inbox).map(|empty| empty.why)
}

#[test]
fn rows_of_another_filter_go_when_those_of_this_one_take_long() {
    let mut bench = searching(149);
    assert!(
        !bench.state.inbox.rows.is_empty(),
        "they may come any moment"
    );
    assert_eq!(says(&bench), None);
    later(&mut bench, 150);
    let inbox = &bench.state.inbox;
    assert!(inbox.rows.is_empty() && bench.state.hand.is_none());
    assert_eq!((inbox.total, inbox.offset), (None, None));
    assert_eq!(says(&bench).as_deref(), Some("searching …"));
    assert_eq!(empty_words(&bench.state, Pane::Feedback), None);
    answer_some(&mut bench, 0..0);
    assert_eq!(says(&bench).as_deref(), Some("searching …"));
    bench.settle();
    assert_eq!(bench.state.inbox.total, Some(400));
    assert!(bench.state.hand.is_some());
}

#[test]
fn a_verb_for_a_list_that_is_being_searched_is_dropped_with_what_is_behind_it() {
    let mut bench = searching(1_000);
    bench.press("P");
    assert_eq!(
        bench.notice(),
        "P came before its rows were on the screen: nothing is done"
    );
    bench.press("x y");
    let hint = |bench: &Bench| {
        bench
            .state
            .notice
            .as_ref()
            .map(|notice| notice.hint.clone())
    };
    assert_eq!(
        hint(&bench).as_deref(),
        Some("x y behind it did nothing, too")
    );
    later(&mut bench, 2_000);
    bench.settle();
    // Nor has anybody seen what came this moment.
    bench.press("P");
    assert!(
        bench.notice().starts_with("P came before"),
        "{}",
        bench.notice()
    );
    later(&mut bench, 2_499);
    bench.settle();
    assert!(bench.deeds().is_empty());
    later(&mut bench, 2_500);
    bench.keys("P");
    assert_eq!(bench.deeds().len(), 1);
}

#[test]
fn a_verb_that_waited_for_the_rows_is_dropped_when_they_take_long() {
    let mut bench = searching(10);
    bench.press("P");
    later(&mut bench, 200);
    assert!(
        bench.notice().starts_with("P came before"),
        "{}",
        bench.notice()
    );
    bench.settle();
    assert!(bench.deeds().is_empty());
}

#[test]
fn other_keys_do_what_they_do_while_the_list_is_searched() {
    let mut bench = searching(1_000);
    bench.press("/");
    assert_eq!(bench.state.overlays.len(), 1);
    bench.press("Esc");
    bench.press("Esc");
    bench.settle();
    assert_eq!(bench.state.inbox.filter, "is:unprocessed");
    assert_eq!(bench.state.inbox.total, Some(2_000));
}

#[test]
fn what_is_marked_is_meant_however_long_the_list_is_searched() {
    let mut bench = Bench::new(2_000);
    bench.keys("Space / Ctrl-u");
    bench.type_text("exp");
    bench.press("Enter");
    answer_some(&mut bench, 0..0);
    later(&mut bench, 1_000);
    bench.keys("P");
    assert_eq!(bench.deeds().len(), 1);
}

#[test]
fn another_order_that_takes_long_keeps_the_cursor_on_its_row() {
    let mut bench = Bench::new(2_000);
    bench.keys("j j j");
    bench.press("O");
    answer_some(&mut bench, 0..0);
    later(&mut bench, 1_000);
    assert!(bench.state.inbox.rows.is_empty());
    answer_some(&mut bench, 0..0);
    bench.settle();
    assert_eq!(bench.at(), Some(3));
}

#[test]
fn of_a_filter_only_the_name_that_is_not_known_yet_waits() {
    let mut bench = Bench::new(40);
    bench.keys("/ Ctrl-u");
    bench.send(Message::Paste(
        "tag:mobile,mob is:unassigned company:Gl".to_owned(),
    ));
    for (field, name, rest) in [
        ("company", "Gl", "tag:mobile,mob is:unassigned"),
        ("tag", "mob", "tag:mobile is:unassigned"),
    ] {
        let is_window = |effect: &Effect| matches!(effect, Effect::Ask { question, .. } if question.kind() == "inbox");
        let asked = bench.waiting.iter().rposition(is_window);
        let Some(Effect::Ask { sequence, .. }) = asked.and_then(|at| bench.waiting.remove(at))
        else {
            panic!("a question about the list");
        };
        let unknown = format!("nobody knows {field}:{name}");
        let problem = Problem::new(Kind::NotFound, unknown.clone()).blaming(field, name);
        let answer = Err(problem);
        bench.send(Message::Answer { sequence, answer });
        assert_eq!(bench.state.inbox.query.to_string(), rest);
        let said = bench
            .state
            .overlays
            .last()
            .map(|overlay| format!("{overlay:?}"));
        assert!(said.is_some_and(|said| said.contains(&unknown)));
    }
}
