//! Backing up, and putting a backup in the place of the workspace.

use std::fs;
use std::process::Command;

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

#[test]
fn what_is_missing_goes_into_no_backup_and_an_index_is_made_anew() {
    let (home, _) = Home::with_work();
    let workspace = home.path("data/intake/intake.db");
    let alter = |sql: &str| {
        let stranger = Connection::open(&workspace).expect("the workspace");
        stranger.execute_batch(sql).expect("altered");
    };
    let copy = home.path("copy.db").display().to_string();
    alter("DROP INDEX feedback_by_age");
    home.refused(&["backup", &copy], 1, &["feedback_by_age is missing"]);
    let mended = home.ok(&["doctor", "--rebuild"]);
    assert!(mended.contains("index feedback_by_age"), "{mended}");
    assert!(mended.contains("is sound"), "{mended}");
    alter("DROP TABLE comment");
    let lost = "table comment is missing";
    home.refused(&["backup", &copy], 1, &[lost, "intake doctor"]);
    let dump = home.path("dump.jsonl").display().to_string();
    home.refused(&["export", "all", "-o", &dump], 1, &[lost]);
    let said = home.run(&["doctor", "--rebuild"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("nothing was changed"), "{said:?}");
    assert!(!home.path("copy.db").exists());
    assert!(!home.path("dump.jsonl").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_everything_can_still_be_read() {
    let (home, [dark, ..]) = Home::with_work();
    let shown = home.ok(&["show", &dark]);
    let full = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_intake");
        // No file may grow, as where there is no room.
        let known = home.command(&[]);
        let known = known
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?)));
        let mut command = Command::new("/bin/sh");
        command
            .env_clear()
            .envs(known)
            .args(["-c", "ulimit -f 0; exec \"$0\" \"$@\"", program])
            .args(arguments);
        command.output().expect("the program runs")
    };
    for arguments in [
        &["show", dark.as_str()][..],
        &["list", "--json"],
        &["export", "feedback"],
        &["agenda"],
    ] {
        let said = full(arguments);
        assert!(said.status.success(), "{arguments:?}: {said:?}");
        assert!(!said.stdout.is_empty(), "{arguments:?}");
    }
    let text = String::from_utf8(full(&["--as", "@hana", "show", &dark]).stdout);
    assert_eq!(text.expect("UTF-8"), shown);
    let said = full(&["doctor"]);
    let looked = String::from_utf8(said.stdout).expect("UTF-8");
    assert_eq!(said.status.code(), Some(1), "{looked}");
    assert!(
        looked.contains("is sound") && looked.contains("cannot open"),
        "{looked}"
    );
    let said = full(&["--as", "@hana", "archive", &dark]);
    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert_eq!(home.ok(&["show", &dark]), shown);
}
