//! What becomes of workspaces that other versions of the program have made, or change while they are open.

use std::path::PathBuf;

use rusqlite::Connection;
use uuid::Uuid;

use super::file::open;
use super::{act, scratch};
use crate::domain::entity::{DELETED, Entity, Value};
use crate::domain::moment::Moment;
use crate::problem::{Kind, Problem};
use crate::search::Bag;
use crate::store::key::to_blob;
use crate::store::migrations::{APPLICATION_ID, MIGRATIONS, VERSION};
use crate::store::{DraftName, LocalId, NewContent, Store, StoreError};

/// A workspace with these rows in a folder of its own, as the program made it when its file had that version.
fn of_version(version: u32, rows: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("older.db");
    let older = Connection::open(&path).expect("SQLite");
    for step in MIGRATIONS.iter().take(version as usize) {
        older.execute_batch(step).expect("a step");
    }
    older.execute_batch(rows).expect("rows");
    let marked = older
        .pragma_update(None, "application_id", APPLICATION_ID)
        .and_then(|()| older.pragma_update(None, "user_version", version));
    marked.expect("a version");
    (folder, path)
}

#[test]
fn a_workspace_of_the_first_version_is_brought_along_with_what_it_holds() {
    let (_folder, path) = of_version(1, "");
    let text = Uuid::from_u128(7);
    let older = Connection::open(&path).expect("SQLite");
    older
        .execute(
            "INSERT INTO content (key, title, body) VALUES (?1, 'Dark mode', 'please')",
            [to_blob(text)],
        )
        .expect("a text");
    drop(older);

    let mut store = open(&path).expect("a workspace");
    let original = Some("<p>please</p>".to_owned());
    let kept: Result<_, StoreError> = store.write(|writer| {
        let old = writer.content(text)?;
        let content = NewContent {
            body: "please",
            original: original.as_deref(),
            ..NewContent::default()
        };
        writer.add_content(Uuid::from_u128(8), &content)?;
        let sql = "SELECT original FROM content ORDER BY id";
        let originals: Vec<Option<String>> = writer.collect(sql, [], |row| row.get(0))?;
        Ok((old.map(|old| old.body), originals))
    });
    let (old, originals) = kept.expect("reads");
    assert_eq!(old.as_deref(), Some("please"));
    assert_eq!(originals, [None, original]);
    let version = store.read(|reader| reader.first("PRAGMA user_version", [], |row| row.get(0)));
    assert_eq!(version.expect("a version"), Some(VERSION));
    drop(store);
    open(&path).expect("it opens again");
}

#[test]
fn a_workspace_of_version_6_keeps_its_history_and_what_its_ideas_are_known_by() {
    let (_folder, path) = of_version(
        6,
        "INSERT INTO action (id, key, author, device, at, verb, words)
             VALUES (1, randomblob(16), 'hana', zeroblob(16), 1, 'link', 'linked');
         INSERT INTO change_chunk VALUES (1, 0, 2, x'02');
         INSERT INTO content (key, title, body) VALUES (randomblob(16), 'Dark mode', 'for boards');
         INSERT INTO feedback (key, action, content, title) VALUES (randomblob(16), 1, 1, 'Dark mode');
         INSERT INTO idea (key, action, title) VALUES (randomblob(16), 1, 'Themes');
         INSERT INTO insight (key, action, feedback, idea) VALUES (randomblob(16), 1, 1, 1);
         INSERT INTO idea_demand VALUES (1, 1, 1, 1);
         INSERT INTO idea_profile VALUES (1, 77, 'board 1 dark 1 mode 1 theme 1   ');",
    );

    let mut store = open(&path).expect("it is brought along");
    let one = LocalId(1);
    let words = |store: &Store| {
        let words = store.read(|reader| reader.known_by(one));
        Bag::read(&words.expect("words")).expect("a bag").write()
    };
    assert_eq!(words(&store), "board 1 dark 1 mode 1 theme 1");
    let marks = store.read(|reader| reader.profile_marks());
    assert_eq!(marks.expect("marks")[0].mark, 77);
    let chunks = store.read(|reader| {
        let all = reader.chunks(one)?;
        assert_eq!(reader.chunk_count(one)?, 1);
        assert_eq!(reader.chunk(one, 0)?.as_ref(), all.first());
        Ok::<_, StoreError>(all)
    });
    assert_eq!(chunks.expect("chunks")[0].data, [2]);
    let gone = store.write(|writer| {
        act(writer, 2)?;
        let deleted = Entity::Insight.field(DELETED).expect("a field");
        writer.set(Entity::Insight, one, deleted, &Value::Integer(1))
    });
    gone.expect("a link is taken away");
    assert_eq!(words(&store), "theme 1");
    assert_eq!(store.health().expect("it can be read").damage, [""; 0]);
}

#[test]
fn a_workspace_of_version_7_keeps_its_search_and_finds_out_who_wants_its_ideas() {
    let (_folder, path) = of_version(
        7,
        "INSERT INTO action (id, key, author, device, at, verb, words)
             VALUES (1, randomblob(16), 'hana', zeroblob(16), 1, 'link', 'linked'),
                 (2, randomblob(16), 'omar', zeroblob(16), 1, 'link', 'linked');
         INSERT INTO content (key, title, body) VALUES (randomblob(16), 'Dark mode', 'for boards');
         INSERT INTO company (key, action, name) VALUES (randomblob(16), 1, 'Globex');
         INSERT INTO feedback (key, action, content, title, company, company_sort, received)
             VALUES (randomblob(16), 1, 1, 'Dark mode', 1, 'globex', 1), (randomblob(16), 1, 1, 'Dark mode', 1, 'globex', 2);
         INSERT INTO feedback_count VALUES (0, 0, 2);
         INSERT INTO open_feedback VALUES (0, x'06');
         INSERT INTO search_segment VALUES (1, 1, x'3a30000000000000', x'3a30000000000000');
         INSERT INTO search_tail VALUES (2, 1, '#00000 board dark for mode'), (3, 2, '#00000 boards dark for mode');
         INSERT INTO idea (key, action, title) VALUES (randomblob(16), 1, 'Themes');
         INSERT INTO insight (key, action, feedback, idea, importance) VALUES (randomblob(16), 1, 1, 1, 3);
         INSERT INTO idea_demand (idea, demand, insights, changed, mark) VALUES (1, 3, 1, 1, 77);
         INSERT INTO idea_profile VALUES (1, 'board 1 dark 1 mode 1 theme 1', '1');",
    );

    let mut store = open(&path).expect("it is brought along");
    let terms = "SELECT group_concat(terms, '/') FROM search_tail";
    let terms = store.read(|reader| reader.first(terms, [], |row| row.get::<_, String>(0)));
    let before = "#00000 board dark for mode/#00000 boards dark for mode";
    assert_eq!(terms.expect("a read").as_deref(), Some(before));
    let newest = |store: &Store, author: &str| {
        let newest = store.read(|reader| reader.newest_in_effect(author, Uuid::nil(), LocalId(0)));
        newest.expect("a read").map(|action| action.key.local)
    };
    assert_eq!(newest(&store, "hana"), Some(LocalId(1)));
    assert_eq!(newest(&store, "omar"), Some(LocalId(2)));
    assert_eq!(newest(&store, "zoe"), None);
    let wanted = |store: &Store| {
        let sql = "SELECT demand, insights, length(wanters) FROM idea_demand";
        let kept = store.read(|reader| {
            reader.first(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        });
        kept.expect("a read").expect("an idea")
    };
    assert_eq!(wanted(&store), (3_i64, 1_i64, None::<i64>));
    assert!(!store.tend_profiles().expect("an idle moment"));
    assert_eq!(wanted(&store), (3, 1, Some(128)));
    // The same company once more: it is heard by its newest voice.
    let linked = store.write(|writer| {
        let action = act(writer, 2)?;
        let mut fields = Vec::new();
        for (name, entity) in [("feedback", Entity::Feedback), ("idea", Entity::Idea)] {
            let row = LocalId(if entity == Entity::Feedback { 2 } else { 1 });
            let id = writer.uuid(entity, row)?;
            let field = Entity::Insight.field(name).expect("a field");
            fields.push((field, Value::Thing(id)));
        }
        writer.insert(Entity::Insight, Uuid::from_u128(9), action, &fields)
    });
    linked.expect("a link");
    assert_eq!(wanted(&store), (1, 2, Some(128)));
    assert_eq!(store.health().expect("it can be read").damage, [""; 0]);
}

#[test]
fn a_workspace_of_version_8_keeps_what_was_put_off_in_it() {
    let (_folder, path) = of_version(
        8,
        "INSERT INTO action (id, key, author, device, at, verb, words)
             VALUES (1, randomblob(16), 'hana', zeroblob(16), 1, 'import', 'imported');
         INSERT INTO content (key, title, body) VALUES (randomblob(16), 'Dark mode', 'for boards');
         INSERT INTO feedback (key, action, content, title, company_sort, state)
             VALUES (randomblob(16), 1, 1, 'Dark mode', char(0x10FFFF), 0), (randomblob(16), 1, 1, 'Dark mode', char(0x10FFFF), 2);
         INSERT INTO feedback_count VALUES (0, 0, 1), (2, 0, 1);
         INSERT INTO open_feedback VALUES (0, x'02');
         INSERT INTO search_segment VALUES (1, 1, x'3a30000000000000', x'3a30000000000000');
         INSERT INTO search_tail VALUES (2, 1, '#00000 boards dark for mode'), (3, 2, NULL);",
    );

    let mut store = open(&path).expect("it is brought along");
    let sound = |store: &Store| {
        let open = store.read(|reader| reader.open_bits()).expect("a read");
        assert_eq!(open.iter().collect::<Vec<_>>(), [1]);
        assert_eq!(
            store.search_health().expect("it can be read").faults,
            [""; 0]
        );
    };
    sound(&store);
    store.tend_search().expect("an idle moment");
    sound(&store);
    let left = "SELECT count(*) FROM search_tail WHERE terms IS NULL";
    let left = store.read(|reader| reader.first(left, [], |row| row.get::<_, i64>(0)));
    assert_eq!(left.expect("a read"), Some(0));
}

#[test]
fn ideas_of_a_workspace_of_version_10_are_known_by_what_was_linked_to_them_last() {
    // Of a hundred the oldest was linked last.
    let (_folder, path) = of_version(
        10,
        "INSERT INTO action (id, key, author, device, at, verb, words)
             VALUES (1, randomblob(16), 'hana', zeroblob(16), 1, 'link', 'linked');
         INSERT INTO idea (key, action, title) VALUES (randomblob(16), 1, 'Themes');
         CREATE TEMP TABLE number AS WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100)
             SELECT n FROM number;
         INSERT INTO content (id, key, title, body) SELECT n, randomblob(16), 'w' || n || 'w', '' FROM number;
         INSERT INTO feedback (id, key, action, content, title) SELECT n, randomblob(16), 1, n, 'w' || n || 'w' FROM number;
         INSERT INTO insight (id, key, action, feedback, idea) SELECT n, randomblob(16), 1, 101 - n, 1 FROM number;
         INSERT INTO idea_demand (idea, demand, insights, changed, mark) VALUES (1, 100, 100, 1, 77);
         INSERT INTO idea_profile (idea, words, texts) VALUES (1, 'theme 1 w100w 1', '100');",
    );

    let store = open(&path).expect("it is brought along");
    let words = store.read(|reader| reader.known_by(LocalId(1)));
    let bag = Bag::read(&words.expect("words")).expect("a bag");
    let known = ["theme", "w1w", "w64w", "w65w", "w100w"].map(|word| bag.count_of(word).is_some());
    assert_eq!(known, [true, true, true, false, false]);
}

#[test]
fn a_workspace_that_a_newer_program_has_changed_while_it_was_open_says_so() {
    let (_folder, mut store) = scratch();
    let newer = Connection::open(store.path()).expect("a newer program");
    newer
        .execute_batch(&format!(
            "ALTER TABLE action RENAME COLUMN words TO told; PRAGMA user_version = {}",
            VERSION + 1
        ))
        .expect("a migration");
    let read = store.read(|reader| reader.actions(None, 9));
    let written = store.write(|writer| act(writer, 1));
    let drafted = store.keep_draft(
        &DraftName::of("answer", None),
        None,
        Some("Hello"),
        Moment(1),
    );
    let before: i64 = newer
        .query_row("SELECT count(*) FROM action", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(before, 0, "nothing is written beside what it does not know");
    for error in [read.err(), written.err(), drafted.err()] {
        let problem = Problem::from(error.expect("it is refused"));
        assert_eq!(problem.kind, Kind::Storage);
        let told = "a newer Intake has changed it meanwhile";
        assert!(problem.summary.contains(told), "{problem:?}");
        assert_eq!(problem.hints, ["leave, and open it with the newer Intake"]);
    }
    // Any other fault is told as what it is.
    let (_folder, store) = scratch();
    let other = Connection::open(store.path()).expect("somebody");
    other
        .execute_batch("ALTER TABLE action RENAME COLUMN words TO told")
        .expect("a fault");
    let error = store.read(|reader| reader.actions(None, 9));
    assert!(matches!(error, Err(StoreError::At { .. })));
}
