//! What a damaged file, and one that a stranger has altered, is said to be.

use rusqlite::Connection;

use super::*;
use crate::domain::entity::Entity;
use crate::store::sample::sample;
use crate::store::tests::{act, scratch};
use crate::store::{DraftName, OpenOptions, StoreError};

/// Opens the file as a stranger would, alters it, and opens it as ours again.
fn prepared(sql: &str) -> (tempfile::TempDir, Store) {
    let (folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    let path = store.path().to_owned();
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    stranger.execute_batch(sql).expect("altered");
    drop(stranger);
    let store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    (folder, store)
}

fn damage(store: &Store) -> Vec<String> {
    store.health().expect("it can be read").damage
}

#[test]
fn a_fresh_file_is_sound() {
    assert_eq!(damage(&prepared("ANALYZE").1), Vec::<String>::new());
}

#[test]
fn triggers_and_views_of_a_stranger_do_nothing_and_are_named() {
    let (_folder, mut store) = prepared(
        "CREATE TRIGGER quiet BEFORE INSERT ON change_chunk BEGIN SELECT raise(IGNORE); END;
         CREATE TRIGGER loud AFTER INSERT ON action BEGIN DELETE FROM action; END;
         DROP TABLE draft; CREATE VIEW draft AS SELECT 'a' AS prompt, 'b' AS text;",
    );
    store.write(|writer| act(writer, 2)).expect("a write");
    let actions = store.read(|reader| reader.actions(None, 9));
    assert_eq!(actions.expect("a read").len(), 2);
    let draft = store.read(|reader| reader.draft(&DraftName::of("a", None)));
    assert!(draft.is_err(), "a view of a stranger was read: {draft:?}");
    let named = [
        "table draft is missing",
        "trigger loud was not made by Intake",
        "trigger quiet was not made by Intake",
        "view draft was not made by Intake",
    ];
    assert_eq!(damage(&store), named);
}

#[test]
fn a_table_that_was_altered_and_an_index_that_is_gone_are_named() {
    let (_folder, store) =
        prepared("ALTER TABLE company ADD COLUMN evil TEXT; DROP INDEX feedback_hidden;");
    let named = [
        "index feedback_hidden is missing",
        "table company is not as Intake makes it",
    ];
    assert_eq!(damage(&store), named);
    let gone = store.read(|reader| {
        reader.number(
            "SELECT count(*) FROM feedback INDEXED BY feedback_hidden",
            [],
        )
    });
    let problem = crate::problem::Problem::from(gone.expect_err("there is no such index"));
    assert_eq!(problem.causes[0], "no such index: feedback_hidden");
    assert!(problem.hints[0].contains("intake doctor"), "{problem:?}");
}

#[test]
fn a_workspace_that_lost_a_table_goes_into_no_backup_and_no_dump() {
    for (sql, words) in [
        ("DROP TABLE comment", "table comment is missing"),
        ("DROP TABLE content", "table content is missing"),
        (
            "ALTER TABLE company ADD COLUMN evil TEXT",
            "table company is not as Intake makes it",
        ),
    ] {
        let (folder, store) = prepared(sql);
        let words = words.to_owned();
        assert!(damage(&store).contains(&words), "{sql}");
        let copy = folder.path().join("copy.db");
        let refused = store.backup(&copy).expect_err(sql);
        let problem = crate::problem::Problem::from(refused);
        assert!(problem.causes.contains(&words), "{problem:?}");
        assert!(!copy.exists());
        let losses: Result<Vec<String>> = store.read(|reader| reader.losses());
        assert!(losses.expect("a look").contains(&words), "{sql}");
    }
}

#[test]
fn what_a_stranger_added_keeps_nobody_from_a_backup_or_from_what_is_made_anew() {
    let (folder, store) = prepared(
        "CREATE TABLE notes (text); CREATE VIEW all_notes AS SELECT text FROM notes;
         CREATE INDEX of_theirs ON company (name);",
    );
    assert_eq!(damage(&store).len(), 3);
    let copied = store.backup(&folder.path().join("copy.db"));
    assert!(copied.is_ok(), "{copied:?}");
    let losses: Result<Vec<String>> = store.read(|reader| reader.losses());
    assert_eq!(losses.expect("a look"), [""; 0]);
    assert_eq!(store.curable().ok(), Some(Curable::default()));
}

#[test]
fn an_index_and_a_derived_table_that_are_gone_are_made_anew() {
    let (_folder, mut store) = prepared(
        "DROP INDEX feedback_by_age; DROP INDEX search_list_by_term; DROP TABLE mention;
         DROP TABLE idea_search; DROP TABLE open_feedback;",
    );
    let health = store.health().expect("a look");
    assert!(health.can_be_remade, "{health:?}");
    let losses: Result<Vec<String>> = store.read(|reader| reader.losses());
    assert_eq!(losses.expect("a look"), [""; 0]);
    let gone = store.curable().expect("a look");
    let words = [
        "index feedback_by_age",
        "table idea_search",
        "table mention",
        "table open_feedback",
        "table search_list",
    ];
    assert_eq!(gone.words(), words);
    let remade = store.write(|writer| {
        writer.remake(&gone)?;
        writer.rebuild_derived()
    });
    remade.expect("made anew");
    store.give_back().expect("written anew");
    assert_eq!(damage(&store), [""; 0]);
}

#[test]
fn an_index_whose_name_a_stranger_took_is_not_made_anew() {
    let (_folder, store) =
        prepared("DROP INDEX feedback_by_age; CREATE TABLE feedback_by_age (theirs);");
    let refused = store.curable().expect_err("it is theirs");
    assert!(matches!(refused, StoreError::Lasting { .. }), "{refused:?}");
}

#[test]
fn nothing_is_made_anew_beside_damage_that_lasts() {
    let (_folder, store) = zeroed("feedback_by_age");
    assert!(store.curable().is_ok());
    let path = store.path().to_owned();
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    let sql = "PRAGMA foreign_keys = OFF;
         INSERT INTO company (key, action, name) VALUES (zeroblob(16), 77, 'x');";
    stranger.execute_batch(sql).expect("altered");
    drop(stranger);
    let store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    let problem = crate::problem::Problem::from(store.curable().expect_err("it is damaged"));
    assert_eq!(
        problem.causes,
        ["table company: 1 references to action lead nowhere"]
    );
    assert!(problem.hints[0].contains("export all"), "{problem:?}");
}

#[test]
fn references_that_lead_nowhere_are_counted() {
    let (_folder, store) = prepared(
        "PRAGMA foreign_keys = OFF;
         INSERT INTO company (key, action, name) VALUES (zeroblob(16), 77, 'x'), (x'01', 78, 'y');",
    );
    assert_eq!(
        damage(&store),
        ["table company: 2 references to action lead nowhere"]
    );
}

#[test]
fn what_no_column_of_ours_holds_is_an_error_that_says_what_to_do() {
    let (_folder, store) = prepared(
        "INSERT INTO company (key, action, name) VALUES (x'01', 1, CAST(x'ff9b' AS TEXT));",
    );
    for sql in ["SELECT name FROM company", "SELECT key FROM company"] {
        let read: Result<Vec<()>> = store.read(|reader| {
            reader.collect(sql, [], |row| {
                if sql.contains("name") {
                    row.get::<_, String>(0).map(drop)
                } else {
                    crate::store::key::identity(row, 0).map(drop)
                }
            })
        });
        let error: StoreError = read.expect_err("it cannot be read");
        let problem = crate::problem::Problem::from(error);
        assert!(problem.hints[0].contains("damaged"), "{problem:?}");
    }
}

#[test]
fn revisions_in_a_circle_are_listed_once() {
    let (_folder, store) = prepared(
        "INSERT INTO content (id, key, previous, body) VALUES (1, zeroblob(16), NULL, 'a');
         UPDATE content SET previous = 1;",
    );
    let revisions = store.read(|reader| reader.revisions(uuid::Uuid::nil()));
    assert_eq!(revisions.expect("a read"), [uuid::Uuid::nil()]);
}

/// A file with a little of everything, of which the first page of this table or index is lost.
fn zeroed(name: &str) -> (tempfile::TempDir, Store) {
    use std::io::{Seek, SeekFrom, Write};
    let (folder, store, ()) = sample(|make| {
        let idea = make.idea("Dark mode", &[]);
        let feedback = make.feedback("the night shift", 1, &[]);
        make.link(feedback, idea, &[]);
    });
    let path = store.path().to_owned();
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    let sql =
        "SELECT (rootpage - 1) * page_size FROM sqlite_schema, pragma_page_size WHERE name = ?1";
    let place: i64 = stranger
        .query_row(sql, [name], |row| row.get(0))
        .expect("it is there");
    drop(stranger);
    let mut file = std::fs::File::options()
        .write(true)
        .open(&path)
        .expect("a file");
    file.seek(SeekFrom::Start(place.unsigned_abs()))
        .expect("a page");
    file.write_all(&[0; 4_096]).expect("written");
    drop(file);
    let store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    (folder, store)
}

#[test]
fn what_can_be_computed_anew_is_made_without_reading_what_is_damaged() {
    for name in [
        "idea_profile",
        "open_feedback",
        "search_list",
        "search_segment",
        "idea_search_data",
        "touched",
        "came_from",
        "search_list_by_term",
        "feedback_by_age",
        "feedback_tag_by_tag",
    ] {
        let (_folder, mut store) = zeroed(name);
        let health = store.health().expect("a look");
        assert!(health.can_be_remade, "{name}: {health:?}");
        assert!(health.damage[0].contains(name), "{name}: {health:?}");
        let damaged = store.curable().expect("a look");
        assert_eq!(damaged.words().len(), 1, "{damaged:?}");
        let remade = store.write(|writer| {
            writer.remake(&damaged)?;
            writer.rebuild_derived()
        });
        remade.expect(name);
        assert!(damaged.leaves_pages());
        store.give_back().expect(name);
        assert_eq!(damage(&store), [""; 0], "{name}");
        let search = store.search_health().expect("a look");
        assert_eq!(search.faults, [""; 0], "{name}");
    }
}

#[test]
fn a_table_that_is_lost_is_named_and_goes_into_no_backup() {
    let (folder, store) = zeroed("insight");
    let health = store.health().expect("a look");
    assert!(!health.can_be_remade, "{health:?}");
    assert!(
        health.damage[0].starts_with("table insight: "),
        "{health:?}"
    );
    let losses: Result<Vec<String>> = store.read(|reader| reader.losses());
    assert_eq!(losses.expect("a look")[0], health.damage[0]);
    let copy = folder.path().join("copy.db");
    let refused = store.backup(&copy).expect_err("it is damaged");
    let problem = crate::problem::Problem::from(refused);
    assert!(problem.causes.contains(&health.damage[0]), "{problem:?}");
    assert!(!copy.exists());
}

#[test]
fn a_text_that_is_none_is_told_with_its_feedback() {
    let (_folder, store, feedback) = sample(|make| make.feedback("the night shift", 1, &[]));
    let path = store.path().to_owned();
    let short = store.read(|reader| reader.short(Entity::Feedback, feedback));
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    let sql = "UPDATE content SET body = CAST(x'ff9b' AS TEXT)";
    assert_eq!(stranger.execute(sql, []).ok(), Some(1));
    drop(stranger);
    let store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    let words = format!(
        "table content: 1 text cannot be read: it is no UTF-8 (feedback {})",
        short.expect("an id").0
    );
    assert_eq!(damage(&store), [words]);
}

#[test]
fn a_line_is_about_the_index_that_it_names() {
    let (_folder, store) = scratch();
    let cure = |line: &str| {
        let told =
            store.read(|reader| Ok::<_, StoreError>(damage::Trees::of(reader)?.damage(line)));
        told.expect("a look").cure
    };
    let remade = |name: &str| Cure::Remake(name.to_owned());
    let entries = "wrong # of entries in index ";
    let of = |index: &str| cure(&format!("{entries}{index}"));
    assert_eq!(of("search_list_by_term"), remade("search_list"));
    assert_eq!(of("feedback_by_age"), remade("feedback_by_age"));
    assert_eq!(
        cure("row 7 missing from index idea_live"),
        remade("idea_live")
    );
    // The index of identities has all rows: the table has lost some.
    assert_eq!(of("sqlite_autoindex_content_1"), Cure::None);
    assert_eq!(
        cure("rowid not at end-of-record for row 7 of index idea_live"),
        remade("idea_live")
    );
    for (line, table) in [
        (
            "non-INTEGER value in feedback_count.total",
            "feedback_count",
        ),
        ("NULL value in idea_demand.changed", "idea_demand"),
        ("CHECK constraint failed in mention", "mention"),
        ("row not in PRIMARY KEY order for touched", "touched"),
        ("NULL value in idea_search_data.block", "idea_search"),
        (
            "fts5: corruption found reading blob 1 from table \"idea_search\"",
            "idea_search",
        ),
        (
            "malformed inverted index for FTS5 table main.idea_search",
            "idea_search",
        ),
        (
            "unable to validate the inverted index for FTS5 table main.idea_search: disk I/O error",
            "idea_search",
        ),
    ] {
        assert_eq!(cure(line), remade(table), "{line}");
    }
    for line in [
        "non-INTEGER value in feedback.votes",
        "NULL value in feedback.mention",
        "CHECK constraint failed in company",
        "row not in PRIMARY KEY order for setting",
    ] {
        assert_eq!(cure(line), Cure::None, "{line}");
    }
    assert_eq!(cure("Page 9: never used"), Cure::Compact);
    assert_eq!(cure("Freelist: invalid page number 77"), Cure::None);
}
