//! What is told before it is on the disk, and what is not.

use super::*;

/// A disk that confirms nothing until the test lets it.
struct Disk {
    /// Somebody waits for it.
    asked: Receiver<()>,
    answer: Sender<Result<(), Problem>>,
}

fn disk() -> (Disk, Wait) {
    let (asked_sender, asked) = channel();
    let (answer, answers) = channel();
    let wait = Box::new(move || {
        let _ = asked_sender.send(());
        answers.recv().unwrap_or(Ok(()))
    });
    (Disk { asked, answer }, wait)
}

#[test]
fn a_deed_is_told_and_questions_are_answered_while_the_disk_takes_its_time() {
    let (disk, wait) = disk();
    let bench = beside(0, Some(wait));
    for _ in 0..3 {
        bench.pass.send(()).expect("the worker lives");
    }
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
    bench.worker.finish();
}

#[test]
fn a_question_leaves_the_disk_alone() {
    let (disk, wait) = disk();
    let bench = beside(0, Some(wait));
    bench.pass.send(()).expect("the worker lives");
    bench.ask(1, Question::Ideas);
    bench.answers(&[1]);
    drop(disk.answer);
    bench.worker.finish();
    assert_eq!(disk.asked.iter().count(), 0);
}

#[test]
fn what_the_disk_does_not_confirm_is_told() {
    let (disk, wait) = disk();
    let bench = beside(0, Some(wait));
    bench.pass.send(()).expect("the worker lives");
    bench.worker.request(process(1));
    let broken = Problem::new(Kind::Storage, "the disk is broken");
    disk.answer.send(Err(broken.clone())).expect("a disk");
    let unconfirmed = bench.queue.iter().find_map(|happening| match happening {
        Happening::Message(Message::Unconfirmed(problem)) => Some(problem),
        _ => None,
    });
    assert_eq!(unconfirmed, Some(broken));
    bench.worker.finish();
}

#[test]
fn the_end_waits_for_the_disk_and_tells_what_it_says() {
    let (disk, wait) = disk();
    let bench = beside(0, Some(wait));
    bench.pass.send(()).expect("the worker lives");
    bench.worker.request(process(1));
    assert_eq!(disk.asked.recv(), Ok(()));
    let worker = bench.worker;
    let ending = std::thread::spawn(move || worker.finish());
    let broken = Problem::new(Kind::Storage, "the disk is broken");
    let unconfirmed = Happening::Message(Message::Unconfirmed(broken.clone()));
    // Nobody has said so yet, and so the end has not come.
    assert!(!bench.queue.try_iter().any(|told| told == unconfirmed));
    assert!(!ending.is_finished());
    disk.answer.send(Err(broken)).expect("somebody waits");
    ending.join().expect("no panic");
    assert!(bench.queue.try_iter().any(|told| told == unconfirmed));
}

#[test]
fn an_import_is_told_when_it_is_on_the_disk() {
    let (disk, wait) = disk();
    let bench = beside(0, Some(wait));
    bench.pass.send(()).expect("the worker lives");
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
    bench.worker.finish();
}
