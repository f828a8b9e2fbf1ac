//! The worker against a door whose every step the test decides.

use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;

use self::gate::{Gate, bench, beside};
use super::*;
use crate::app::message::Message;
use crate::domain::id::FeedbackId;
use crate::domain::passage::Searched;
use crate::problem::{Kind, Problem};
use crate::terminal::door::Wait;

fn ranked(words: &str) -> Question {
    Question::RankIdeas(vec![Searched::words(words)])
}

fn process(ticket: u64) -> Request {
    Request::Commit(
        ticket,
        Box::new(Deed::Process {
            feedback: vec![FeedbackId(uuid::Uuid::new_v4())],
        }),
        Vec::new(),
    )
}

/// The numbers of the answers and outcomes that the loop was told.
fn told(queue: &Receiver<Happening>) -> Vec<u64> {
    queue
        .try_iter()
        .filter_map(|happening| match happening {
            Happening::Message(Message::Answer { sequence, .. }) => Some(sequence),
            Happening::Message(Message::Done { ticket, .. } | Message::Reversed { ticket, .. }) => {
                Some(ticket)
            }
            _ => None,
        })
        .collect()
}

#[test]
fn of_questions_of_one_kind_only_the_newest_is_answered() {
    let bench = bench(0);
    bench.ask(1, ranked("e"));
    assert_eq!(bench.entered.recv(), Ok("e".into()));
    bench.ask(2, ranked("ex"));
    bench.ask(3, Question::Ideas);
    bench.ask(4, ranked("exp"));
    assert!(
        bench.stops.load(Ordering::SeqCst) >= 1,
        "the first is stopped"
    );
    for _ in 0..3 {
        bench.pass.send(()).expect("the worker waits");
    }
    assert_eq!(bench.entered.recv(), Ok("ideas".into()));
    assert_eq!(bench.entered.recv(), Ok("exp".into()));
    bench.answers(&[3, 4]);
    bench.worker.finish(|| ());
}

#[test]
fn a_question_waits_for_the_frame_and_a_deed_for_the_questions_before_it() {
    let bench = bench(0);
    bench.worker.ask(1, ranked("e"));
    assert!(bench.worker.held.borrow().len() == 1 && bench.entered.try_recv().is_err());
    bench.worker.release();
    assert_eq!(bench.entered.recv(), Ok("e".into()));
    // What it makes pointless is stopped before the frame.
    bench.worker.ask(2, ranked("ex"));
    assert_eq!(bench.stops.load(Ordering::SeqCst), 1);
    bench.worker.request(process(3));
    for _ in 0..3 {
        bench.pass.send(()).expect("the worker waits");
    }
    assert_eq!(bench.entered.recv(), Ok("ex".into()));
    bench.worker.settle();
    assert_eq!(told(&bench.queue), [2, 3]);
    bench.worker.finish(|| ());
}

#[test]
fn what_is_compared_with_all_ideas_comes_last_and_is_got_ready_piece_by_piece() {
    let bench = bench(0);
    let feedback = FeedbackId(uuid::Uuid::new_v4());
    bench.ask(1, ranked("first"));
    assert_eq!(bench.entered.recv(), Ok("first".into()));
    let compare = |sequence| bench.ask(sequence, Question::Suggestions(feedback));
    compare(2);
    bench.ask(3, Question::Feedback(feedback));
    let next = |expected: &str| {
        bench.pass.send(()).expect("the worker waits");
        assert_eq!(bench.entered.recv(), Ok(expected.into()));
    };
    next("feedback");
    next("piece");
    // What is asked meanwhile comes before the next piece, and a newer comparison in place of the older one.
    bench.ask(4, Question::Ideas);
    compare(5);
    next("ideas");
    next("piece");
    next("suggestions");
    bench.pass.send(()).expect("the worker waits");
    let mut answered = Vec::new();
    while answered.len() < 4 {
        if let Ok(Happening::Message(Message::Answer { sequence, .. })) = bench.queue.recv() {
            answered.push(sequence);
        }
    }
    assert_eq!(answered, [1, 3, 4, 5]);
    bench.worker.finish(|| ());
}

#[test]
fn what_can_wait_comes_behind_what_is_asked_later_and_only_the_newest_of_it() {
    let bench = bench(0);
    let feedback = FeedbackId(uuid::Uuid::new_v4());
    bench.ask(1, ranked("first"));
    assert_eq!(bench.entered.recv(), Ok("first".into()));
    let ask = |sequence, question| bench.ask(sequence, question);
    ask(2, Question::Hints(feedback));
    ask(3, Question::Suggestions(feedback));
    ask(4, Question::Hints(feedback));
    let passed = ["piece", "piece", "suggestions", "hints"];
    for expected in passed {
        bench.pass.send(()).expect("the worker waits");
        assert_eq!(bench.entered.recv(), Ok(expected.into()));
    }
    bench.pass.send(()).expect("the worker waits");
    bench.answers(&[1, 3, 4]);
    bench.worker.finish(|| ());
}

#[test]
fn what_is_written_is_never_dropped_and_never_stopped() {
    let bench = bench(0);
    bench.worker.request(process(1));
    assert_eq!(bench.entered.recv(), Ok("commit".into()));
    bench.worker.request(process(2));
    bench
        .worker
        .request(Request::Reverse(3, Reversal::Newest, None, Flag::default()));
    bench.ask(4, ranked("nobody waits for this"));
    bench
        .worker
        .request(Request::SaveDraft("answer".into(), Some("Hel".into())));
    bench
        .worker
        .request(Request::SaveDraft("answer".into(), Some("Hello".into())));
    let stops = Arc::clone(&bench.stops);
    let letting = std::thread::spawn(move || while bench.pass.send(()).is_ok() {});
    bench.worker.finish(|| ());
    assert_eq!(told(&bench.queue)[..3], [1, 2, 3]);
    let entered: Vec<String> = bench.entered.iter().collect();
    assert_eq!(entered.first().map(String::as_str), Some("commit"));
    assert_eq!(entered.last().map(String::as_str), Some("answer=Hello"));
    assert!(stops.load(Ordering::SeqCst) <= 1, "no deed is stopped");
    letting.join().expect("the gate is gone");
}

#[test]
fn an_undo_that_takes_long_is_stopped_and_says_so() {
    let bench = bench(0);
    bench
        .worker
        .request(Request::Reverse(1, Reversal::Newest, None, Flag::default()));
    assert_eq!(bench.entered.recv(), Ok("reverse".into()));
    bench.worker.stop();
    bench.pass.send(()).expect("the worker waits");
    let outcome = bench.queue.iter().find_map(|happening| match happening {
        Happening::Message(Message::Reversed { outcome, .. }) => Some(outcome),
        _ => None,
    });
    let stopped = outcome.expect("an outcome").expect_err("stopped");
    assert_eq!(stopped.kind, Kind::Interrupted);
    bench.worker.finish(|| ());
}

#[test]
fn what_was_stopped_stays_stopped_when_the_next_one_is_asked_for() {
    let bench = bench(0);
    let plan = |ticket| {
        let wish = Box::new(ImportWish::default());
        let request = Request::PlanImport(ticket, wish, Flag::default());
        bench.worker.request(request);
    };
    plan(1);
    assert_eq!(bench.entered.recv(), Ok(String::new()));
    // It has not seen yet that it is to stop.
    bench.worker.stop();
    plan(2);
    bench.pass.send(()).expect("the worker waits");
    // The second has begun, so the first has ended.
    assert_eq!(bench.entered.recv(), Ok(String::new()));
    let planned = |happening: &Happening| match happening {
        Happening::Message(Message::ImportPlanned { ticket, .. }) => Some(*ticket),
        _ => None,
    };
    let done: Vec<u64> = bench.queue.try_iter().filter_map(|h| planned(&h)).collect();
    assert_eq!(done, [1]);
    bench.worker.stop();
    drop(bench.pass);
    assert_eq!(bench.queue.iter().find_map(|h| planned(&h)), Some(2));
    bench.worker.finish(|| ());
}

#[test]
fn a_change_by_another_window_is_reported_without_being_asked() {
    let bench = bench(1);
    let happening = bench.queue.recv();
    assert_eq!(happening, Ok(Happening::Message(Message::Changed)));
    bench.worker.finish(|| ());
}

#[test]
fn an_idle_worker_puts_the_workspace_in_order_once() {
    let bench = bench(2);
    assert_eq!(bench.entered.recv(), Ok("rest".into()));
    // Two looks later it has not done so again.
    for _ in 0..2 {
        assert_eq!(bench.queue.recv(), Ok(Happening::Message(Message::Changed)));
    }
    assert!(bench.entered.try_recv().is_err());
    bench.worker.finish(|| ());
}

fn inbox(words: &str) -> Question {
    Question::Inbox {
        query: crate::query::parse(words).expect("a filter"),
        anchor: crate::domain::listing::Anchor::Start,
        limit: 50,
    }
}

fn tally(words: &str) -> Question {
    Question::Tally {
        query: crate::query::parse(words).expect("a filter"),
        before: None,
    }
}

fn passages(words: &str) -> Question {
    Question::Passages {
        query: crate::query::parse(words).expect("a filter"),
        of: Vec::new(),
    }
}

#[test]
fn a_keystroke_stops_whatever_was_asked_about_the_list_of_the_one_before() {
    let bench = bench(0);
    bench.ask(1, tally("e"));
    assert_eq!(bench.entered.recv(), Ok("tally".into()));
    bench.ask(2, passages("e"));
    bench.ask(3, inbox("ex"));
    assert!(
        bench.stops.load(Ordering::SeqCst) >= 1,
        "the tally is stopped"
    );
    // What is about the same list goes on.
    bench.ask(4, tally("ex"));
    bench.ask(5, inbox("ex"));
    for _ in 0..3 {
        bench.pass.send(()).expect("the worker waits");
    }
    assert_eq!(bench.entered.recv(), Ok("tally".into()));
    assert_eq!(bench.entered.recv(), Ok("inbox".into()));
    bench.answers(&[4, 5]);
    bench.worker.finish(|| ());
}

#[test]
fn forty_quick_keystrokes_run_the_first_and_the_last_query() {
    let bench = bench(0);
    let text = "auditors want one file at each quarter's end";
    for length in 1..=40 {
        let question = inbox(&text[..length]);
        bench.ask(length as u64, question);
        if length == 1 {
            assert_eq!(bench.entered.recv(), Ok("inbox".into()));
        }
    }
    bench.pass.send(()).expect("the first is under way");
    bench.pass.send(()).expect("the last waits");
    let answered = bench.queue.recv().expect("the worker answers");
    assert!(
        matches!(
            answered,
            Happening::Message(Message::Answer { sequence: 40, .. })
        ),
        "{answered:?}"
    );
    assert_eq!(bench.entered.recv(), Ok("inbox".into()));
    bench.worker.finish(|| ());
    let others = bench.entered.try_iter().filter(|what| what == "inbox");
    assert_eq!(others.count(), 0);
}

mod gate;
mod keeping;
mod pause;
mod writing;
