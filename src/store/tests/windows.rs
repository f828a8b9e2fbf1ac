//! Several windows on one file.

use std::fs;
use std::path::Path;
use std::time::Duration;

use uuid::Uuid;

use super::file::open;
use super::{act, scratch};
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::{OpenOptions, Store, StoreError};

#[test]
fn windows_that_open_a_fresh_path_at_once_all_succeed() {
    let folder = tempfile::tempdir().expect("a folder");
    for round in 0..5 {
        let path = folder.path().join(format!("{round}.db"));
        let devices: Vec<Uuid> = std::thread::scope(|scope| {
            let windows: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| open(&path).expect("open").device(Uuid::new_v4())))
                .collect();
            let joined = windows
                .into_iter()
                .map(|window| window.join().expect("no panic"));
            joined.map(|device| device.expect("a device")).collect()
        });
        assert!(devices.iter().all(|device| *device == devices[0]));
    }
}

/// Whether this process holds a lock on the file; `None` where the system does not tell.
#[cfg(target_os = "linux")]
fn is_locked(path: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    let inode = fs::metadata(path).expect("it exists").ino();
    let mine = format!(" {} ", std::process::id());
    let file = format!(":{inode} ");
    let is_it = |line: &str| line.contains(&mine) && line.contains(&file);
    // While other tests take and leave locks, a line of the list may be passed over; none is ever made up.
    for _ in 0..100 {
        let locks = fs::read_to_string("/proc/locks").ok()?;
        if locks.lines().any(is_it) {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_window_of_the_same_process_does_not_give_up_the_locks_of_the_first() {
    let (_folder, mut one) = scratch();
    one.write(|writer| act(writer, 1)).expect("a write");
    let held = is_locked(one.path());
    let two = open(one.path()).expect("a second window");
    assert_eq!(is_locked(one.path()), held);
    assert_ne!(
        held,
        Some(false),
        "SQLite holds a lock for as long as a log is in use"
    );
    drop(two);
    drop(one);
}

#[test]
fn each_window_sees_what_the_other_wrote() {
    let (_folder, mut one) = scratch();
    let two = open(one.path()).expect("a second window");
    let (mine, theirs) = (one.data_version(), two.data_version());
    one.write(|writer| act(writer, 5)).expect("a write");
    assert_eq!(one.data_version().ok(), mine.ok());
    assert_ne!(two.data_version().ok(), theirs.ok());
    let actions = two.read(|reader| reader.actions(None, 10)).expect("a read");
    assert_eq!(actions[0].at, Moment(5));
}

#[test]
fn a_reader_keeps_its_snapshot_and_a_read_within_joins_it() {
    let (_folder, mut one) = scratch();
    let two = open(one.path()).expect("a second window");
    two.read(|reader| {
        assert_eq!(reader.actions(None, 9)?.len(), 0);
        one.write(|writer| act(writer, 1))?;
        assert_eq!(reader.actions(None, 9)?.len(), 0);
        let inner = two.read(|reader| reader.actions(None, 9))?;
        assert_eq!(inner.len(), 0);
        Ok::<_, StoreError>(())
    })
    .expect("a read");
    let now = two.read(|reader| reader.actions(None, 9)).expect("a read");
    assert_eq!(now.len(), 1);
}

#[test]
fn a_second_writer_is_told_that_the_file_is_busy() {
    let (_folder, mut one) = scratch();
    let options = OpenOptions {
        patience: Duration::ZERO,
        ..OpenOptions::default()
    };
    let mut two = Store::open(one.path(), &options).expect("a second window");
    one.write(|_| {
        let error = two.write(|writer| act(writer, 1)).expect_err("it is busy");
        assert!(error.is_busy());
        assert!(Problem::from(error).hints[0].contains("wait"));
        Ok::<_, StoreError>(())
    })
    .expect("a write");
    two.write(|writer| act(writer, 1)).expect("now it is free");
}
