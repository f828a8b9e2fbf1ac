//! What is said where the output cannot be written.

use std::fs::{self, OpenOptions};

use crate::home::Home;

/// Runs it with an output that takes nothing: its exit code, and what it says about that.
fn into_a_full_disk(home: &Home, arguments: &[&str]) -> (i32, String) {
    let full = OpenOptions::new().write(true).open("/dev/full");
    let mut command = home.command(arguments);
    command.stdout(full.expect("a device that is full"));
    let output = command.output().expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code().expect("no signal"), said)
}

#[test]
fn what_is_stored_is_said_to_be_whatever_becomes_of_the_report() {
    let (home, [dark, ..]) = Home::with_work();
    let file = home.path("more.csv");
    fs::write(&file, "id,title\n1,Ordered by age\n").expect("a file");
    let file = file.display().to_string();
    let out = home.path("all.csv").display().to_string();
    let deeds = home.ok(&["log"]).lines().count();
    for arguments in [
        &["--as", "@hana", "add", "One more"][..],
        &["--as", "@hana", "add", "Yet one more", "--json"],
        &["--as", "@hana", "archive", &dark],
        &["--as", "@hana", "undo", "--json"],
        &["import", &file, "--yes"],
        &["export", "feedback", "--output", &out],
    ] {
        let (code, said) = into_a_full_disk(&home, arguments);
        assert_eq!(code, 8, "{arguments:?}: {said}");
        assert!(said.contains("it was stored"), "{arguments:?}: {said}");
        assert!(said.contains("hint:"), "{arguments:?}: {said}");
    }
    assert_eq!(home.ok(&["log"]).lines().count(), deeds + 5);
}

#[test]
fn what_is_only_shown_fails() {
    let (home, _) = Home::with_work();
    let before = home.ok(&["log"]);
    for arguments in [&["list"][..], &["log", "--json"], &["agenda"]] {
        let (code, said) = into_a_full_disk(&home, arguments);
        assert_eq!(code, 1, "{arguments:?}: {said}");
        assert!(said.contains("cannot write the output"), "{said}");
    }
    assert_eq!(home.ok(&["log"]), before);
}
