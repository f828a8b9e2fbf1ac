//! A new workspace: it appears whole, or nothing does; and a disk that is full.

use std::fs;

use uuid::Uuid;

use super::file::{open, refused, state};
use super::{act, scratch};
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::{DraftName, LocalId, NewContent, Store, StoreError, Writer};

#[test]
fn the_log_of_a_file_that_is_gone_is_not_put_into_a_new_one() {
    for ending in ["-wal", "-journal"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("intake.db");
        let mut log = path.clone().into_os_string();
        log.push(ending);
        fs::write(&log, "what was done last").expect("a file");
        let problem = refused(&path);
        assert!(problem.summary.contains(ending), "{problem:?}");
        // An empty one holds nothing.
        fs::write(&log, "").expect("a file");
        drop(open(&path).expect("a workspace"));
    }
}

#[test]
fn a_new_workspace_appears_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("intake.db");
    std::thread::scope(|scope| {
        let makers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| open(&path).map(drop)))
            .collect();
        let mut seen = 0;
        while seen == 0 {
            seen = fs::metadata(&path).map_or(0, |about| {
                assert!(about.len() > 0, "it is empty");
                about.len()
            });
        }
        for maker in makers {
            maker.join().expect("no panic").expect("a workspace");
        }
    });
    assert_eq!(state(folder.path()).len(), 1);
}

#[test]
fn what_is_asked_before_there_is_a_workspace_touches_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("no").join("intake.db");
    let mut absent = Store::absent(&path).expect("in memory").expect("none");
    let written: Result<LocalId, StoreError> = absent.write(|writer| act(writer, 1));
    written.expect("a write");
    assert_eq!(absent.path(), path);
    drop(absent);
    assert!(state(folder.path()).is_empty());
    // Where one came meanwhile, it is that one.
    drop(open(&path).expect("a workspace"));
    assert!(Store::absent(&path).expect("a look").is_none());
    let inner = folder.path().join("no");
    assert!(matches!(
        Store::absent(&inner),
        Err(StoreError::Folder { .. })
    ));
}

#[test]
fn a_full_disk_is_named_with_the_file_and_loses_nothing() {
    let (_folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    let pages: i64 = store
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .expect("a number");
    let limit = |store: &Store, pages: i64| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        let set = store.connection.query_row(&sql, [], |_| Ok(()));
        set.expect("a limit");
    };
    limit(&store, pages);
    let text = "word ".repeat(20_000);
    let told = |store: &Store, failed: StoreError| {
        let problem = Problem::from(failed);
        let path = store.path().display().to_string();
        assert_eq!(
            problem.summary,
            format!("the disk is full: cannot write {path}")
        );
        assert!(
            problem.hints[0].starts_with("make room, then"),
            "{problem:?}"
        );
    };
    let draft = store.keep_draft(
        &DraftName::of("comment", None),
        None,
        Some(&text),
        Moment(1),
    );
    told(&store, draft.expect_err("no room"));
    let content = |writer: &mut Writer<'_>| {
        let content = NewContent {
            body: &text,
            ..NewContent::default()
        };
        writer.add_content(Uuid::from_u128(1), &content)
    };
    let written: Result<LocalId, StoreError> = store.write(content);
    told(&store, written.expect_err("no room"));
    let many: Result<LocalId, StoreError> = store.write_many(content);
    told(&store, many.expect_err("no room"));
    // What was there is there, and goes on.
    limit(&store, 1 << 30);
    let actions = store.read(|reader| reader.actions(None, 9));
    assert_eq!(actions.expect("a read").len(), 1);
    let saved = store.keep_draft(
        &DraftName::of("comment", None),
        None,
        Some(&text),
        Moment(1),
    );
    saved.expect("room");
}
