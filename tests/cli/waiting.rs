//! What waits for another window that writes: it says so, can be stopped, and is done when that is.

use crate::home::{Home, titles};
use crate::import::{FILE, with_file};

/// Reads what a program says on standard error up to a line with those words.
fn wait_for_words(said: &mut impl std::io::BufRead, words: &str) -> String {
    let mut all = String::new();
    while !all.contains(words) {
        let read = said.read_line(&mut all).expect("it is text");
        assert!(read > 0, "it ended without “{words}”: {all}");
    }
    all
}

fn interrupt(child: &std::process::Child) {
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.expect("kill runs").success());
}

/// The workspace of a home while another window writes to it.
fn hold(home: &Home) -> rusqlite::Connection {
    home.ok(&["add", "Something that is there already"]);
    let path = home.path("data/intake/intake.db");
    let other = rusqlite::Connection::open(path).expect("another window");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    other
}

#[test]
fn whoever_waits_for_another_window_is_told_so_and_can_stop() {
    let (home, file) = with_file("tickets.csv", FILE);
    let other = hold(&home);
    let mut child = home
        .command(&["import", &file, "--yes"])
        .spawn()
        .expect("it runs");
    let mut said = std::io::BufReader::new(child.stderr.take().expect("a pipe"));
    wait_for_words(&mut said, "another window writes to this workspace");
    interrupt(&child);
    wait_for_words(&mut said, "stopped: nothing was");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    drop(other);
    assert_eq!(titles(&home.json(&["list", "--json"])).len(), 1);
}

#[test]
fn what_waited_for_another_window_is_done_when_that_is() {
    let (home, file) = with_file("tickets.csv", FILE);
    let other = hold(&home);
    let mut waiting: Vec<_> = [&["import", &file, "--yes"][..], &["add", "Another wish"]]
        .iter()
        .map(|arguments| home.command(arguments).spawn().expect("it runs"))
        .collect();
    for child in &mut waiting {
        let said = child.stderr.as_mut().expect("a pipe");
        wait_for_words(&mut std::io::BufReader::new(said), "another window");
    }
    drop(other);
    for mut child in waiting {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(titles(&home.json(&["list", "--json"])).len(), 5);
}
