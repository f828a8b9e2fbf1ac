//! Who waits for the disk, and what a write leaves to be waited for.

use std::os::unix::fs::MetadataExt;

use super::{act, scratch};
use crate::store::care::Checkpointing;
use crate::store::{OpenOptions, Store};

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
fn an_emptied_log_is_begun_anew_before_the_next_write_and_only_once() {
    let (_folder, mut store) = scratch();
    store.wait_apart().expect("there is a log");
    store.write(|writer| act(writer, 1)).expect("a write");
    assert!(pages(&store).0 > 1);
    store.empty_log().expect("a checkpoint");
    assert_eq!(pages(&store), (1, 0));
    // Neither it nor another window goes on for ever.
    let mut other = Store::open(store.path(), &OpenOptions::default()).expect("a workspace");
    other.wait_apart().expect("there is a log");
    let version = store.data_version().expect("a number");
    store.empty_log().expect("a checkpoint");
    other.empty_log().expect("a checkpoint");
    assert_eq!(pages(&store), (1, 0));
    assert_eq!(store.data_version().expect("a number"), version);
    // Once more, and it takes no more room.
    store.write(|writer| act(writer, 2)).expect("a write");
    store.empty_log().expect("a checkpoint");
    assert_eq!(pages(&store), (1, 0));
}

#[test]
fn without_a_log_each_write_waits_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let absent = Store::absent(&folder.path().join("none.db")).expect("an answer");
    let mut absent = absent.expect("there is none");
    assert!(absent.wait_apart().is_err());
    assert_eq!(synchronous(&absent), 2);
}
