//! Writes that are no deeds: saved views and files.

use super::*;
use crate::app::effect::Listed;

fn view(ticket: u64) -> Request {
    let writing = Writing::View {
        name: format!("view {ticket}"),
        filter: "is:mine".into(),
        renamed: None,
    };
    Request::Write(ticket, Box::new(writing))
}

/// What is said of a view or a file: that it waits, or what came of it.
fn written(happening: Happening) -> Option<String> {
    match happening {
        Happening::Message(Message::Waits { ticket }) => Some(format!("{ticket} waits")),
        Happening::Message(Message::Written { outcome, .. }) => {
            Some(outcome.unwrap_or_else(|problem| problem.summary))
        }
        _ => None,
    }
}

#[test]
fn a_view_waits_for_another_window_and_a_file_does_not() {
    let bench = bench(0);
    drop(bench.pass);
    let export = Writing::Export {
        listed: Listed::Plan,
        path: "plan.csv".into(),
    };
    bench.worker.request(view(1));
    bench.worker.request(view(2));
    bench.worker.request(Request::Write(3, Box::new(export)));
    let mut said = Vec::new();
    while said.len() < 5 {
        said.extend(bench.queue.recv().ok().and_then(written));
        if said.len() == 3 {
            bench.busy.store(false, Ordering::SeqCst);
        }
    }
    assert_eq!(said, ["1 waits", "2 waits", "a file", "view 1", "view 2"]);
    bench.worker.finish(|| ());
}

#[test]
fn what_waits_for_another_window_is_given_up_when_that_is_asked_for() {
    let bench = bench(0);
    bench.worker.request(view(1));
    assert_eq!(bench.entered.recv(), Ok("write".into()));
    bench.worker.request(Request::DropWaiting);
    bench.pass.send(()).expect("the worker waits");
    let waits = bench.queue.recv();
    assert_eq!(waits, Ok(Happening::Message(Message::Waits { ticket: 1 })));
    let Ok(Happening::Message(Message::Written { ticket, outcome })) = bench.queue.recv() else {
        panic!("it is given up");
    };
    assert_eq!(ticket, 1);
    assert_eq!(outcome.expect_err("given up").kind, Kind::Interrupted);
    drop(bench.pass);
    bench.worker.finish(|| ());
}

#[test]
fn a_view_and_a_file_told_at_the_very_end_are_written_all_the_same() {
    let bench = bench(0);
    bench.ask(1, ranked("e"));
    assert_eq!(bench.entered.recv(), Ok("e".into()));
    bench.worker.ask(2, ranked("nobody waits for this"));
    let export = Writing::Export {
        listed: Listed::Plan,
        path: "plan.csv".into(),
    };
    bench.worker.request(Request::Write(3, Box::new(export)));
    bench
        .worker
        .request(Request::Write(4, Box::new(Writing::Me(None))));
    drop(bench.pass);
    bench.worker.finish(|| ());
    let said: Vec<String> = bench.queue.try_iter().filter_map(written).collect();
    assert_eq!(said, ["a file", "a file"]);
}
