//! Backing up, and putting a backup in the place of the workspace.

use std::fs;

use rusqlite::Connection;

use crate::home::{Home, titles};

#[test]
fn a_backup_is_whole_beside_an_open_console_and_can_be_restored() {
    let (home, _) = Home::with_work();
    let workspace = home.path("data/intake/intake.db");
    // As a console does, it keeps what is written from going into the file.
    let console = Connection::open(&workspace).expect("the workspace");
    console
        .execute_batch("BEGIN; SELECT count(*) FROM feedback")
        .expect("a snapshot");
    home.ok(&["add", "Only in the log"]);
    let copy = home.path("copy.db").display().to_string();
    let said = home.ok(&["backup", &copy]);
    assert!(
        said.starts_with("backed up ") && said.contains(&copy),
        "{said}"
    );
    let again = home.refused(
        &["backup", &copy],
        4,
        &["it is there already", "another file"],
    );
    assert!(!again.contains("because:"), "{again}");
    home.ok(&["add", "Later"]);
    drop(console);

    let log = home.path("data/intake/intake.db-wal");
    let held = Connection::open(&workspace).expect("the workspace");
    held.execute_batch("BEGIN; SELECT count(*) FROM feedback")
        .expect("a snapshot");
    home.ok(&["add", "Lost with the crash"]);
    let left = fs::read(&log).expect("a log");
    drop(held);
    fs::copy(&copy, &workspace).expect("restored");
    fs::write(&log, left).expect("the log that the crash left");
    home.refused(&["list"], 1, &["-wal", "nothing was changed"]);
    home.refused(&["add", "x"], 1, &["-wal"]);
    fs::remove_file(&log).expect("moved away");
    let list = home.json(&["list", "--json"]);
    let titles = titles(&list);
    assert_eq!(titles.len(), 4, "{titles:?}");
    assert!(titles.contains(&"Only in the log"), "{titles:?}");
    assert!(home.run(&["doctor"]).out.contains("is sound"));
}

#[test]
fn what_cannot_be_backed_up_says_why() {
    let (home, _) = Home::with_work();
    let nowhere = home.path("no/copy.db").display().to_string();
    home.refused(&["backup", &nowhere], 1, &["write the backup", "hint:"]);
    let own = home.path("data/intake/intake.db").display().to_string();
    home.refused(&["backup", &own], 4, &["it is there already"]);
    home.refused(&["backup"], 2, &["FILE"]);
    let empty = Home::new();
    let copy = empty.path("copy.db").display().to_string();
    empty.refused(&["backup", &copy], 3, &["there is no workspace"]);
}
