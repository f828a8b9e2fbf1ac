//! What can wait, until nothing has been asked for a while.

use std::time::Duration;

use super::*;
use crate::terminal::worker::labour::Labour;

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(1 << 20);

/// A worker that was asked something which can wait, and that waits so long for quiet; with the way to ask it more.
fn asked_what_can_wait(pause: Duration) -> (Labour<Gate>, Sender<Request>) {
    let (entered, _) = channel();
    let (_, pass) = channel();
    let gate = Gate {
        entered,
        pass,
        stops: Arc::default(),
        changes: 0,
        pieces: 0,
        busy: Arc::default(),
        wait: None,
    };
    let (sender, incoming) = channel();
    let mut labour = Labour::new(gate, incoming, Shared::default(), channel().0, None);
    labour.pause = pause;
    let feedback = FeedbackId(uuid::Uuid::new_v4());
    labour.admit(Request::Ask(1, Question::Hints(feedback)));
    (labour, sender)
}

/// The number of the question that is answered next.
fn next(labour: &mut Labour<Gate>) -> Option<u64> {
    match labour.next() {
        Some(Request::Ask(sequence, _)) => Some(sequence),
        _ => None,
    }
}

#[test]
fn what_is_asked_within_the_pause_is_done_before_what_can_wait() {
    let (mut labour, sender) = asked_what_can_wait(FOR_EVER);
    for (sequence, question) in [(2, Question::Ideas), (3, Question::Header)] {
        let asked = sender.send(Request::Ask(sequence, question));
        asked.expect("it listens");
        assert_eq!(next(&mut labour), Some(sequence));
    }
}

#[test]
fn once_the_pause_is_over_what_can_wait_is_done_without_listening_for_more() {
    let (mut labour, sender) = asked_what_can_wait(Duration::ZERO);
    let asked = sender.send(Request::Ask(2, Question::Ideas));
    asked.expect("it will listen");
    assert_eq!(next(&mut labour), Some(1));
}

#[test]
fn whoever_ends_the_program_does_not_wait_for_it() {
    let (mut labour, sender) = asked_what_can_wait(FOR_EVER);
    drop(sender);
    assert_eq!(next(&mut labour), None);
}
