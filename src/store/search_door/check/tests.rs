//! Whatever is wrong with the index is told, and made right by a rebuild.

use roaring::RoaringBitmap;
use rusqlite::Connection;
use uuid::Uuid;

use crate::domain::entity::{DELETED, Entity, Value};
use crate::postings::MOST_DOCUMENTS;
use crate::store::migrations::{APPLICATION_ID, MIGRATIONS};
use crate::store::search_door::tests::add;
use crate::store::tests::{act, scratch};
use crate::store::{OpenOptions, Result, Store, Writer};

const WORDS: [&str; 4] = ["Export", "Board", "exporting", "dark"];

/// Forty feedback items, half of them in a segment and half in the tail.
fn workspace() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = scratch();
    for half in 0..2_u128 {
        let written = store.write(|writer| {
            for item in half * 20..half * 20 + 20 {
                let action = act(writer, 1)?;
                let id = |kind: u128| Uuid::from_u128((item + 1) << 64 | kind);
                let word = WORDS[(item % 4) as usize];
                let text = format!("{word} number{item} and more of it{item}");
                add(writer, action, id(1), id(2), &text, (item % 3) as i64)?;
            }
            writer.settle()?;
            if half == 0 {
                writer.fold_tail()
            } else {
                Ok(())
            }
        });
        written.expect("a write");
    }
    (folder, store)
}

/// What is told of a file after somebody has done this to it.
fn faults(sql: &str) -> Vec<String> {
    let (_folder, store) = workspace();
    let path = store.path().to_owned();
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    stranger.execute_batch(sql).expect("altered");
    drop(stranger);
    let mut store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    let faults = store.search_health().expect("it can be read").faults;
    let rebuilt = store.write(|writer| writer.rebuild_derived());
    rebuilt.expect("it is made anew");
    let health = store.search_health().expect("it can be read");
    assert_eq!(health.faults, [""; 0], "after {sql}");
    faults
}

#[test]
fn a_sound_index_has_no_faults() {
    let (_folder, store) = workspace();
    let health = store.search_health().expect("it can be read");
    assert_eq!(health.faults, [""; 0]);
    assert_eq!((health.feedback, health.looked_at), (40, 40));
    assert_eq!(faults("ANALYZE"), [""; 0]);
}

#[test]
fn numbers_behind_which_there_is_no_room_are_told_and_given_anew() {
    let told = "numbers that Intake never gives, behind which nothing can be written: 1";
    for forged in [
        "INSERT INTO search_tail (sequence, feedback, terms) VALUES (9223372036854775807, 5, NULL)",
        "UPDATE search_segment SET stamp = 9223372036854775807",
    ] {
        assert!(faults(forged).contains(&told.to_owned()), "{forged}");
    }
}

#[test]
fn words_that_are_lost_are_counted() {
    let lost = |count| format!("feedback that is not found by all its words: {count}");
    assert_eq!(
        faults("DELETE FROM search_list WHERE term = 'export'"),
        [lost(5)]
    );
    // More than sixteen terms begin so: the beginning has a row.
    assert_eq!(
        faults("DELETE FROM search_list WHERE term = 'it7'"),
        [lost(1)]
    );
    assert_eq!(
        faults("UPDATE search_tail SET terms = replace(terms, ' dark', '')"),
        [lost(5)]
    );
    assert_eq!(
        faults(
            "UPDATE search_list SET (documents, data) = (SELECT documents, data FROM search_list WHERE term = 'it7')
             WHERE term = 'it*'"
        ),
        [lost(19)]
    );
}

#[test]
fn words_of_another_text_are_counted() {
    let told = faults("UPDATE content SET body = 'something else' WHERE id = 3");
    assert_eq!(
        told,
        [
            "feedback that is not found by all its words: 1",
            "feedback that is found by words which it does not have: 1",
        ]
    );
}

#[test]
fn feedback_that_is_not_in_it_or_is_gone_is_counted() {
    assert_eq!(
        faults("DELETE FROM search_tail WHERE feedback > 30"),
        ["feedback that is not in it: 10"]
    );
    assert_eq!(
        faults("DELETE FROM search_segment; DELETE FROM search_list"),
        ["feedback that is not in it: 20"]
    );
    let told = faults("UPDATE feedback SET deleted = 1 WHERE id IN (3, 23)");
    assert_eq!(
        told,
        [
            "feedback that counts as open in searches and is not: 2",
            "feedback in it that is deleted or not there: 2",
        ]
    );
}

#[test]
fn what_counts_as_open_is_compared() {
    assert_eq!(
        faults("UPDATE feedback SET state = 2 WHERE id = 7"),
        ["feedback that counts as open in searches and is not: 1"]
    );
    assert_eq!(
        faults("UPDATE open_feedback SET bits = zeroblob(512)"),
        ["open feedback that does not count as open in searches: 40"]
    );
    assert_eq!(
        faults("UPDATE open_feedback SET block = -1"),
        ["open feedback that does not count as open in searches: 40"]
    );
}

#[test]
fn an_index_that_cannot_be_read_is_a_fault_and_no_error() {
    for sql in [
        "UPDATE search_segment SET documents = x'00'",
        "UPDATE search_list SET data = x'8080808080'",
        "UPDATE search_list SET documents = -1",
        "UPDATE search_tail SET feedback = -1",
        "UPDATE search_tail SET feedback = 1 << 40",
        "UPDATE search_tail SET terms = CAST(x'ff9b' AS TEXT)",
    ] {
        let told = faults(sql);
        assert!(
            matches!(told.as_slice(), [only] if only.starts_with("it cannot be read: ")),
            "{sql}: {told:?}"
        );
    }
}

#[test]
fn a_segment_of_more_feedback_than_fits_is_not_believed() {
    let mut many = RoaringBitmap::from_iter(0..=u32::try_from(MOST_DOCUMENTS).expect("few"));
    many.optimize();
    let mut bytes = Vec::new();
    many.serialize_into(&mut bytes).expect("written");
    let bytes: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let told = faults(&format!("UPDATE search_segment SET documents = x'{bytes}'"));
    assert_eq!(
        told,
        ["it cannot be read: a part of the index has more documents than fit"]
    );
}

#[test]
fn a_number_beyond_the_index_is_told_and_stops_nothing() {
    let (_folder, store) = workspace();
    let path = store.path().to_owned();
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    let altered = stranger.execute_batch(
        "UPDATE feedback SET id = 1 << 40 WHERE id = 5; DELETE FROM search_tail; DELETE FROM search_segment;",
    );
    altered.expect("altered");
    drop(stranger);
    // It is made anew when it is opened, because there is no index, and once more.
    let mut store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    let rebuilt = store.write(|writer| writer.rebuild_derived());
    rebuilt.expect("it is made anew");
    let health = store.search_health().expect("it can be read");
    assert_eq!(
        health.faults,
        ["feedback with a number that Intake never gives, so that no search finds it: 1"]
    );
    assert_eq!(health.feedback, 39);
}

#[test]
fn a_file_of_an_older_version_gets_an_index_when_it_is_opened() {
    for version in 1..=3 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old.db");
        let old = Connection::open(&path).expect("SQLite");
        for step in &MIGRATIONS[..version] {
            old.execute_batch(step).expect("a step");
        }
        let filled = old.execute_batch(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO content (key, title, body) VALUES
                 (randomblob(16), 'Dark mode', 'please'), (randomblob(16), 'Boards', 'as a file'), (randomblob(16), '', '');
             INSERT INTO feedback (key, action, content, received, state, deleted)
                 SELECT randomblob(16), 1, id, id * 1000000000000, id, 0 FROM content
                 UNION ALL SELECT randomblob(16), 1, id, 0, 0, 1 FROM content;",
        );
        filled.expect("rows");
        let marked = old
            .pragma_update(None, "application_id", APPLICATION_ID)
            .and_then(|()| old.pragma_update(None, "user_version", version as i64));
        marked.expect("a version");
        drop(old);
        let store = Store::open(&path, &OpenOptions::default()).expect("it is brought along");
        let health = store.search_health().expect("it can be read");
        assert_eq!((health.feedback, health.looked_at), (3, 3));
        assert_eq!(health.faults, [""; 0], "of version {version}");
    }
}

/// Sets a field of all feedback.
fn set_all(writer: &mut Writer<'_>, field: &str, value: i64) -> Result<()> {
    act(writer, 2)?;
    let all = writer.collect("SELECT id FROM feedback", [], |row| row.get(0))?;
    let field = Entity::Feedback.field(field).expect("a field");
    for local in all {
        writer.set(Entity::Feedback, local, field, &Value::Integer(value))?;
    }
    Ok(())
}

/// Adds so much feedback in one transaction.
fn add_many(writer: &mut Writer<'_>, items: std::ops::Range<u128>) -> Result<()> {
    let action = act(writer, 1)?;
    for item in items {
        let id = |kind: u128| Uuid::from_u128((item + 1) << 64 | kind);
        let text = format!("Board number{item} and more of it{item}");
        add(writer, action, id(1), id(2), &text, (item % 3) as i64)?;
    }
    Ok(())
}

/// More than go to the tail at once: what an import writes, its undo takes away, and its redo brings back.
#[test]
fn what_comes_and_goes_at_once_is_right_in_every_window() {
    let (_folder, mut store) = scratch();
    let other = Store::open(store.path(), &OpenOptions::default()).expect("a second window");
    let agree = |store: &Store, feedback| {
        for window in [store, &other] {
            let health = window.search_health().expect("it can be read");
            assert_eq!((health.faults, health.feedback), (Vec::new(), feedback));
        }
    };
    store.write(|writer| add_many(writer, 0..3)).expect("few");
    agree(&store, 3);
    store
        .write(|writer| add_many(writer, 3..600))
        .expect("many");
    agree(&store, 600);
    store
        .write(|writer| set_all(writer, DELETED, 1))
        .expect("undone");
    agree(&store, 0);
    store.tend_search().expect("tended");
    agree(&store, 0);
    store
        .write(|writer| set_all(writer, DELETED, 0))
        .expect("redone");
    agree(&store, 600);
    for week in 0..9 {
        let received = week * 7 * 86_400_000;
        let changed = store.write(|writer| set_all(writer, "received", received));
        changed.expect("a change");
    }
    agree(&store, 600);
    let mut segments = Vec::new();
    for _ in 0..3 {
        store.tend_search().expect("tended");
        agree(&store, 600);
        segments = store.read(|reader| reader.segments()).expect("a read");
    }
    assert!(segments.len() < 8, "{segments:?}");
    let wants: Result<bool> = store.read(|reader| reader.search_wants_tending());
    assert!(!wants.expect("a read"), "{segments:?}");
}

#[test]
fn a_snapshot_keeps_its_index_while_another_window_folds_it() {
    let (_folder, mut store) = workspace();
    let other = Store::open(store.path(), &OpenOptions::default()).expect("a second window");
    let sound = |feedback| {
        move |health: Result<crate::domain::file_health::SearchHealth>| {
            let health = health.expect("it can be read");
            assert_eq!((health.faults, health.feedback), (Vec::new(), feedback));
        }
    };
    let read: Result<()> = other.read(|reader| {
        sound(40)(reader.search_health());
        for step in 0..4 {
            let written = store.write(|writer| match step {
                0 => writer.fold_tail(),
                1 => add_many(writer, 100..105),
                2 => writer.merge_all(),
                _ => writer.rebuild_derived(),
            });
            written.expect("a write");
            sound(40)(reader.search_health());
        }
        Ok(())
    });
    read.expect("a read");
    sound(45)(other.search_health());
    sound(45)(store.search_health());
}
