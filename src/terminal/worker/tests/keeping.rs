//! What is told before it is on the disk, and what is not.

use super::gate::Bench;
use super::*;

/// A disk that confirms nothing until the test lets it.
struct Disk {
    /// Somebody waits for it.
    asked: Receiver<()>,
    answer: Sender<Result<(), Problem>>,
}

/// A worker beside such a disk, which may answer so many requests.
fn slow(requests: usize) -> (Disk, Bench) {
    let (asked_sender, asked) = channel();
    let (answer, answers) = channel();
    let wait: Wait = Box::new(move || {
        let _ = asked_sender.send(());
        answers.recv().unwrap_or(Ok(()))
    });
    let bench = beside(0, Some(wait));
    for _ in 0..requests {
        bench.pass.send(()).expect("the worker lives");
    }
    (Disk { asked, answer }, bench)
}

#[test]
fn a_deed_is_told_and_questions_are_answered_while_the_disk_takes_its_time() {
    let (disk, bench) = slow(3);
    bench.worker.request(process(1));
    assert_eq!(disk.asked.recv(), Ok(()));
    bench.ask(2, Question::Ideas);
    bench.worker.request(process(3));
    bench.worker.settle();
    assert_eq!(told(&bench.queue), [1, 2, 3]);
    // The second deed came while the disk was asked about the first: it is asked once more.
    disk.answer.send(Ok(())).expect("somebody waits");
    assert_eq!(disk.asked.recv(), Ok(()));
    drop(disk.answer);
    bench.worker.finish(|| ());
}

#[test]
fn a_question_leaves_the_disk_alone() {
    let (disk, bench) = slow(1);
    bench.ask(1, Question::Ideas);
    bench.answers(&[1]);
    drop(disk.answer);
    bench.worker.finish(|| ());
    assert_eq!(disk.asked.iter().count(), 0);
}

#[test]
fn what_the_disk_does_not_confirm_is_told() {
    let (disk, bench) = slow(1);
    bench.worker.request(process(1));
    let broken = Problem::new(Kind::Storage, "the disk is broken");
    disk.answer.send(Err(broken.clone())).expect("a disk");
    let unconfirmed = bench.queue.iter().find_map(|happening| match happening {
        Happening::Message(Message::Unconfirmed(problem)) => Some(problem),
        _ => None,
    });
    assert_eq!(unconfirmed, Some(broken));
    bench.worker.finish(|| ());
}

#[test]
fn the_end_waits_for_the_disk_says_so_and_tells_what_it_says() {
    let (disk, bench) = slow(1);
    bench.worker.request(process(1));
    assert_eq!(disk.asked.recv(), Ok(()));
    let broken = Problem::new(Kind::Storage, "the disk is broken");
    let answer = disk.answer;
    // It answers only when it was said that it is waited for.
    bench
        .worker
        .finish(|| answer.send(Err(broken.clone())).expect("somebody waits"));
    let unconfirmed = Happening::Message(Message::Unconfirmed(broken));
    assert!(bench.queue.try_iter().any(|told| told == unconfirmed));
}

#[test]
fn what_waited_for_another_window_is_kept_as_well() {
    let (disk, bench) = slow(0);
    drop(bench.pass);
    let view = Writing::View {
        name: "Mine".into(),
        filter: "is:mine".into(),
        renamed: None,
    };
    bench.worker.request(Request::Write(1, Box::new(view)));
    let waits = |told: Happening| matches!(told, Happening::Message(Message::Waits { ticket: 1 }));
    assert!(bench.queue.iter().any(waits));
    assert!(disk.asked.try_recv().is_err());
    bench.busy.store(false, Ordering::SeqCst);
    assert_eq!(disk.asked.recv(), Ok(()));
    drop(disk.answer);
    bench.worker.finish(|| ());
}

#[test]
fn an_import_is_told_when_it_is_on_the_disk() {
    let (disk, bench) = slow(1);
    bench.worker.request(Request::Import(1, Flag::default()));
    assert_eq!(disk.asked.recv(), Ok(()));
    let imported = |told: Happening| {
        matches!(
            told,
            Happening::Message(Message::Imported { ticket: 1, .. })
        )
    };
    assert!(!bench.queue.try_iter().any(imported));
    drop(disk.answer);
    assert!(bench.queue.iter().any(imported));
    bench.worker.finish(|| ());
}
