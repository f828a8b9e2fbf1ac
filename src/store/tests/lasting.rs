//! Who waits for the disk, and what a write leaves to be waited for.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use super::{act, scratch};
use crate::problem::Problem;
use crate::store::care::Checkpointing;
use crate::store::{OpenOptions, Result, Store, StoreError};

/// What SQLite is told to wait for: 2 is the disk within each commit, 1 is the disk before a checkpoint.
fn synchronous(store: &Store) -> i64 {
    let asked = store.read(|reader| reader.number("PRAGMA synchronous", []));
    asked.expect("a read")
}

fn pages(store: &Store) -> (i64, i64) {
    let found = store.checkpoint(Checkpointing::Look).expect("a look");
    (found.log, found.copied)
}

#[test]
fn each_write_waits_for_the_disk_until_the_caller_does() {
    let (_folder, mut store) = scratch();
    assert_eq!(synchronous(&store), 2);
    let log = store.wait_apart().expect("there is a log");
    assert_eq!(synchronous(&store), 1);
    store.write(|writer| act(writer, 1)).expect("a write");
    assert!(log.wait().is_ok());
    // Another window decides for itself.
    let other = Store::open(store.path(), &OpenOptions::default()).expect("a workspace");
    assert_eq!(synchronous(&other), 2);
}

#[test]
fn what_is_waited_for_is_the_log_that_is_written_to() {
    let (_folder, mut store) = scratch();
    let log = store.wait_apart().expect("there is a log");
    let before = log.metadata().expect("a file").len();
    store.write(|writer| act(writer, 1)).expect("a write");
    let (now, beside) = (log.metadata(), std::fs::metadata(store.log_path()));
    let (now, beside) = (now.expect("a file"), beside.expect("a file"));
    assert!(now.len() > before);
    assert_eq!((now.dev(), now.ino()), (beside.dev(), beside.ino()));
}

#[test]
fn an_idle_moment_leaves_a_short_log_alone_and_moves_a_long_one() {
    let (_folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    store.empty_log().expect("a checkpoint");
    let (log, copied) = pages(&store);
    assert_eq!(log, copied, "each write waits for the disk, so may this");
    store.wait_apart().expect("there is a log");
    store.write(|writer| act(writer, 2)).expect("a write");
    store.empty_log().expect("a look");
    let (log, copied) = pages(&store);
    assert!(log > copied, "{copied} of {log}");
    let mut at = 3;
    while pages(&store).0 < 1_000 {
        at += 1;
        store.write(|writer| act(writer, at)).expect("a write");
    }
    store.empty_log().expect("a checkpoint");
    let (log, copied) = pages(&store);
    assert_eq!(log, copied);
}

/// What a broken disk answers.
fn broken() -> io::Result<()> {
    Err(io::Error::from_raw_os_error(5))
}

fn is_unconfirmed<T>(answer: Result<T>) -> bool {
    matches!(answer, Err(StoreError::Unconfirmed { .. }))
}

#[test]
fn behind_a_refusal_nothing_is_confirmed_until_the_log_is_in_the_file() {
    let (_folder, mut store) = scratch();
    let log = store.wait_apart().expect("there is a log");
    store.write(|writer| act(writer, 1)).expect("a write");
    assert!(is_unconfirmed(log.after(broken())));
    // The system takes the pages for written now, and says so.
    assert!(is_unconfirmed(log.wait()));
    store.write(|writer| act(writer, 2)).expect("a write");
    assert!(log.wait().is_ok());
    // The first one lies in the file as it is without its log, which holds the second alone.
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy.db");
    std::fs::copy(store.path(), &copy).expect("a copy");
    let copy = Store::open(&copy, &OpenOptions::default()).expect("a workspace");
    let actions = copy.read(|reader| reader.actions(None, 9));
    assert_eq!(actions.expect("a read").len(), 1);
}

#[test]
fn where_another_window_keeps_the_log_from_the_file_nothing_more_is_written() {
    let (_folder, mut store) = scratch();
    let log = store.wait_apart().expect("there is a log");
    store.write(|writer| act(writer, 1)).expect("a write");
    let other = Store::open(store.path(), &OpenOptions::default()).expect("a workspace");
    store.be_patient(Duration::ZERO).expect("set");
    let refused = log.after(broken());
    assert!(is_unconfirmed(refused));
    let written = other.read(|_| {
        let written = store.write(|writer| act(writer, 2));
        Ok::<_, StoreError>(written.map(|_| ()))
    });
    let written = written.expect("a read");
    assert!(is_unconfirmed(written));
    let done = store.write(|writer| act(writer, 2));
    assert!(done.is_ok());
}

#[test]
fn an_unconfirmed_deed_says_why_before_where() {
    let (_folder, mut store) = scratch();
    let log = store.wait_apart().expect("there is a log");
    let said = |why: i32| {
        let problem = log.after(Err(io::Error::from_raw_os_error(why)));
        Problem::from(problem.expect_err("refused"))
    };
    let full = said(28);
    let start = "the disk does not confirm what was done last (it is full): ";
    assert!(full.summary.starts_with(start), "{}", full.summary);
    assert!(full.hints[0].starts_with("make room"), "{:?}", full.hints);
    assert!(said(5).hints[0].contains("intake backup"));
}

#[test]
fn without_a_log_each_write_waits_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let absent = Store::absent(&folder.path().join("none.db")).expect("an answer");
    let mut absent = absent.expect("there is none");
    assert!(absent.wait_apart().is_err());
    assert_eq!(synchronous(&absent), 2);
}
