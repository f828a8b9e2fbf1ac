//! Backups, copies by hand, and what lies beside a file after a crash.

use std::fs;
use std::path::{Path, PathBuf};

use super::file::{open, refused, state};
use super::{act, scratch};
use crate::problem::{Kind, Problem};
use crate::store::care::Checkpointing;
use crate::store::{OpenOptions, Store, StoreError};

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The file with its log as a crash leaves them now, in a folder of their own.
fn crashed(path: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let there = folder.path().join("intake.db");
    for ending in ["", "-wal"] {
        let _ = fs::copy(beside(path, ending), beside(&there, ending));
    }
    (folder, there)
}

fn actions(store: &Store) -> usize {
    let actions = store.read(|reader| reader.actions(None, 999));
    actions.expect("a read").len()
}

#[test]
fn a_backup_has_what_is_only_in_the_log_and_is_a_workspace() {
    let (folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    let copy = folder.path().join("copy.db");
    let bytes = store.backup(&copy).expect("a backup");
    assert_eq!(fs::metadata(&copy).expect("a file").len(), bytes);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&copy).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    store.write(|writer| act(writer, 2)).expect("a write");
    assert_eq!(actions(&open(&copy).expect("a workspace")), 1);
    assert_eq!(actions(&store), 2);
    let health = open(&copy).expect("a workspace").health();
    assert!(health.expect("a look").damage.is_empty());
}

#[test]
fn a_backup_replaces_nothing_and_leaves_nothing_where_it_fails() {
    let (folder, store) = scratch();
    let copies = folder.path().join("copies");
    fs::create_dir(&copies).expect("a folder");
    let copy = copies.join("copy.db");
    fs::write(&copy, "theirs").expect("a file");
    let before = state(&copies);
    let taken = store.backup(&copy).expect_err("it is there");
    assert!(matches!(taken, StoreError::Taken { .. }), "{taken}");
    let problem = Problem::from(taken);
    assert_eq!(problem.kind, Kind::Refused);
    store.connection.execute_batch("BEGIN").expect("begun");
    store
        .backup(&copies.join("second.db"))
        .expect("what was left open is ended");
    fs::remove_file(copies.join("second.db")).expect("removed");
    store
        .backup(&copies.join("no/copy.db"))
        .expect_err("there is no such folder");
    assert_eq!(state(&copies), before);
}

#[test]
fn what_a_crash_leaves_is_opened_whenever_it_comes() {
    let (_folder, mut store) = scratch();
    let path = store.path().to_owned();
    for step in 1..=40_i64 {
        store.write(|writer| act(writer, step)).expect("a write");
        match step % 8 {
            // What copies into the file, with others looking on or alone.
            2 | 5 => {
                store
                    .checkpoint(Checkpointing::Passive)
                    .expect("a checkpoint");
            }
            3 => {
                let mut other = open(&path).expect("a second window");
                let more = |writer: &mut crate::store::Writer<'_>| act(writer, step + 100);
                other.write(more).expect("a write");
            }
            6 => {
                drop(store);
                store = open(&path).expect("the workspace");
            }
            _ => {}
        }
        let (_folder, there) = crashed(&path);
        let again = open(&there).unwrap_or_else(|error| panic!("step {step}: {error}"));
        assert_eq!(actions(&again), actions(&store), "step {step}");
    }
}

#[test]
fn a_log_is_put_into_no_other_file() {
    let (folder, mut store) = scratch();
    let path = store.path().to_owned();
    store.write(|writer| act(writer, 1)).expect("a write");
    let backup = folder.path().join("backup.db");
    store.backup(&backup).expect("a backup");
    drop(store);
    let by_hand = folder.path().join("by-hand.db");
    fs::copy(&path, &by_hand).expect("copied");
    // Some days of work, in which the file grows.
    for day in 2..9 {
        let mut store = open(&path).expect("the workspace");
        for deed in 0..20 {
            let deed = |writer: &mut crate::store::Writer<'_>| act(writer, day * 20 + deed);
            store.write(deed).expect("a write");
        }
    }
    let mut store = open(&path).expect("the workspace");
    store.write(|writer| act(writer, 250)).expect("a write");
    for copy in [&backup, &by_hand] {
        let (_folder, there) = crashed(&path);
        fs::copy(copy, &there).expect("restored");
        let problem = refused(&there);
        assert!(problem.hints[0].contains("-wal"), "{problem:?}");
        fs::remove_file(beside(&there, "-wal")).expect("removed");
        assert_eq!(actions(&open(&there).expect("a workspace")), 1);
    }
}

#[cfg(unix)]
#[test]
fn what_nothing_can_be_written_beside_can_still_be_read() {
    let (_folder, mut store) = scratch();
    let path = store.path().to_owned();
    store.write(|writer| act(writer, 1)).expect("a write");
    let (_crashed, with_log) = crashed(&path);
    store
        .checkpoint(Checkpointing::Passive)
        .expect("a checkpoint");
    drop(store);
    let (_closed, without_log) = crashed(&path);
    for path in [with_log, without_log] {
        let named = path.with_file_name("50% of #1?.db");
        fs::rename(&path, &named).expect("renamed");
        let _ = fs::rename(beside(&path, "-wal"), beside(&named, "-wal"));
        // SQLite follows no link there; root may write anywhere else.
        std::os::unix::fs::symlink("/nowhere/at/all", beside(&named, "-shm")).expect("a link");
        let before = fs::read(&named).expect("a file");
        open(&named).expect_err("nothing can be written beside it");
        let options = OpenOptions {
            create: false,
            or_read: true,
            ..OpenOptions::default()
        };
        let mut store = Store::open(&named, &options).expect("to be read");
        assert_eq!(actions(&store), 1);
        let copy = named.with_file_name("copy.db");
        store.backup(&copy).expect("a backup");
        let refused = store.write(|writer| act(writer, 2)).expect_err("no write");
        assert!(refused.is_unwritable(), "{refused:?}");
        // Not that it is read-only: that is only what SQLite makes of it.
        assert_eq!(Some(&Problem::from(refused)), store.unwritable());
        drop(store);
        assert_eq!(fs::read(&named).expect("a file"), before);
        assert_eq!(actions(&open(&copy).expect("a workspace")), 1);
    }
}

#[cfg(unix)]
#[test]
fn what_is_read_without_locks_is_refused_once_somebody_has_written_to_it() {
    let (_folder, mut store) = scratch();
    let path = store.path().to_owned();
    store.write(|writer| act(writer, 1)).expect("a write");
    store
        .checkpoint(Checkpointing::Passive)
        .expect("a checkpoint");
    drop(store);
    let (_closed, closed) = crashed(&path);
    let shm = beside(&closed, "-shm");
    std::os::unix::fs::symlink("/nowhere/at/all", &shm).expect("a link");
    let options = OpenOptions {
        create: false,
        or_read: true,
        ..OpenOptions::default()
    };
    let reading = Store::open(&closed, &options).expect("to be read");
    assert_eq!(actions(&reading), 1);
    // Its owner, who may write beside it.
    fs::remove_file(&shm).expect("removed");
    let mut owner = open(&closed).expect("a workspace");
    owner.write(|writer| act(writer, 250)).expect("a write");
    owner
        .checkpoint(Checkpointing::Passive)
        .expect("a checkpoint");
    let changed = |error: &StoreError| matches!(error, StoreError::Changed { .. });
    let read = reading.read(|reader| reader.actions(None, 999));
    assert!(changed(&read.expect_err("no answer")));
    let copy = closed.with_file_name("copy.db");
    assert!(changed(&reading.backup(&copy).expect_err("no backup")));
    assert!(!copy.exists());
}

#[test]
fn no_file_is_written_that_sqlite_would_take_for_one_of_its_own() {
    let (folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    for ending in ["-wal", "-shm", "-journal"] {
        assert!(store.owns(&beside(store.path(), ending)), "{ending}");
        let other = folder.path().join(format!("other.db{ending}"));
        assert!(!store.owns(&other));
        let refused = store.backup(&other).expect_err("a name of SQLite's");
        assert!(
            matches!(refused, StoreError::SideFile { .. }),
            "{refused:?}"
        );
        assert!(!other.exists());
    }
}

#[cfg(unix)]
#[test]
fn a_file_of_two_names_is_only_read() {
    let (folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    let path = store.path().to_owned();
    drop(store);
    let other = folder.path().join("other.db");
    fs::hard_link(&path, &other).expect("a link");
    let before = state(folder.path());
    for name in [&path, &other] {
        let problem = refused(name);
        assert!(problem.summary.contains("another name"), "{problem:?}");
        assert!(problem.hints[0].contains("intake backup"), "{problem:?}");
        let options = OpenOptions {
            create: false,
            or_read: true,
            ..OpenOptions::default()
        };
        let mut store = Store::open(name, &options).expect("to be read");
        assert_eq!(actions(&store), 1);
        let refused = store.write(|writer| act(writer, 2)).expect_err("no write");
        assert_eq!(Problem::from(refused), problem);
    }
    assert_eq!(state(folder.path()), before);
    fs::remove_file(&other).expect("removed");
    let mut store = open(&path).expect("a workspace");
    store.write(|writer| act(writer, 2)).expect("a write");
}
