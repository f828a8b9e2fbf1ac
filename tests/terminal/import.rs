//! A long import in a terminal, and its undo: they are seen to go on, and they can be stopped.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::pty::Pty;

/// More rows than are imported, or undone, before a key press arrives.
const ROWS: usize = 60_000;

/// The program with these arguments, in a terminal, with a home in that folder.
fn run(folder: &Path, arguments: &[&str]) -> Pty {
    let program = env!("CARGO_BIN_EXE_intake");
    let command = [&[program, "-w", "acme.db", "--as", "@hana"], arguments].concat();
    let command: Vec<String> = command
        .into_iter()
        .map(|word| match word {
            "acme.db" | "wishes.csv" => folder.join(word).display().to_string(),
            word => word.to_owned(),
        })
        .collect();
    let folders = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];
    let home = folder.display().to_string();
    Pty::run_with(&command, &folders.map(|name| (name, home.as_str())))
}

/// Waits for the bar of what is being done.
fn wait_for_bar(pty: &Pty, verb: &str) {
    pty.wait_for(verb, |screen| {
        let screen = screen.contents();
        screen.contains(verb) && screen.contains("% · ") && screen.contains("left")
    });
}

#[test]
fn a_long_import_and_its_undo_are_stopped_with_nothing_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = "title,id,created_at\n".to_owned();
    for number in 0..ROWS {
        writeln!(text, "Wish {number},{number},2026-11-01").expect("it is long");
    }
    fs::write(folder.path().join("wishes.csv"), text).expect("it is written");
    let import = ["import", "--yes", "wishes.csv"];
    let mut pty = run(folder.path(), &import);
    wait_for_bar(&pty, "importing ");
    pty.type_in("\u{3}");
    pty.wait_for_text("stopped: nothing was imported");
    assert_eq!(pty.exit_code(), 130);
    pty.assert_as_found();

    let mut pty = run(folder.path(), &import);
    pty.wait_for_text("imported 60000 feedback");
    assert_eq!(pty.exit_code(), 0);
    let mut pty = run(folder.path(), &["undo"]);
    wait_for_bar(&pty, "undoing: imported 60000 feedback");
    pty.type_in("\u{3}");
    pty.wait_for_text("stopped: nothing was changed");
    assert_eq!(pty.exit_code(), 130);
    pty.assert_as_found();

    // In the console: what would be undone, for it is much and was done elsewhere; what is being undone, how far that is, no
    // second one, and leaving stops it.
    let mut pty = run(folder.path(), &[]);
    pty.wait_for_text("of 60000");
    pty.type_in("u");
    pty.wait_for_text("u again undoes: imported 60000");
    pty.insist("u", "% undoing: imported 60000 feedback");
    pty.type_in("u");
    pty.wait_for_text("no u until then");
    pty.type_in("\u{1b}");
    pty.wait_for_text("stopped: nothing was changed");
    // What was tried last did nothing: it says first what it would undo.
    pty.type_in("u");
    pty.wait_for_text("u again undoes: imported 60000");
    pty.insist("u", "% undoing: imported 60000 feedback");
    pty.type_in("\u{3}");
    pty.wait_for_text("stopped: nothing was changed");
    assert_eq!(pty.exit_code(), 130);
    pty.assert_as_found();
    let mut pty = run(folder.path(), &["list", "is:all", "--limit", "1"]);
    pty.wait_for_text("Wish ");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn whoever_says_no_or_breaks_off_at_the_question_leaves_no_new_workspace_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("wishes.csv"), "title,id\nDark mode,1\n").expect("it is written");
    for (answer, code) in [("n\r", 0), ("\u{3}", 130)] {
        let import = ["import", "--origin", "acme", "wishes.csv"];
        let mut pty = run(folder.path(), &import);
        pty.wait_for_text("Import this? [y/N]");
        pty.type_in(answer);
        assert_eq!(pty.exit_code(), code);
        let entries = fs::read_dir(folder.path()).expect("a folder");
        assert_eq!(entries.count(), 1, "{answer:?}");
    }
    let mut pty = run(folder.path(), &["import", "--origin", "acme", "wishes.csv"]);
    pty.wait_for_text("Import this? [y/N]");
    pty.type_in("y\r");
    pty.wait_for_text("imported 1 feedback");
    assert_eq!(pty.exit_code(), 0);
    assert!(folder.path().join("acme.db").exists());
}
