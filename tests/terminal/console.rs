//! The binary on a real workspace: the wiring from a key press to the disk and back to the screen.

use std::path::{Path, PathBuf};

use intake::domain::deed::{Deed, MeetingDeed, NewAgendaItem, NewFeedback};
use intake::workspace::{Opening, Workspace};

use super::pty::Pty;

/// How many feedback items the workspace begins with.
const ITEMS: usize = 40;

/// A workspace with some feedback in a folder of its own.
fn workspace() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("acme.db");
    let mut workspace = Workspace::open(&path, Opening::default()).expect("it opens");
    for number in 0..ITEMS {
        let feedback = NewFeedback {
            title: format!("Wish {number:02}"),
            body: "They want one file for the auditors.".into(),
            ..NewFeedback::default()
        };
        workspace
            .commit(&Deed::AddFeedback(Box::new(feedback)))
            .expect("it is added");
    }
    (folder, path)
}

/// Starts the binary on a workspace, with folders of its own beside it.
fn open(path: &Path) -> Pty {
    let command = [
        env!("CARGO_BIN_EXE_intake"),
        "--workspace",
        path.to_str().expect("a path of ours"),
    ];
    let folder = path
        .parent()
        .and_then(Path::to_str)
        .expect("a folder of ours");
    let variables = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];
    Pty::run_with(
        &command.map(str::to_owned),
        &variables.map(|name| (name, folder)),
    )
}

/// Waits until the header counts so many items, with the first row on the screen.
fn wait_for_count(pty: &Pty, count: usize) {
    pty.wait_for_text(&format!("Inbox {count}"));
}

#[test]
fn what_was_triaged_survives_a_kill() {
    let (_folder, path) = workspace();
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    for done in 1..=3 {
        pty.type_in("P");
        wait_for_count(&pty, ITEMS - done);
    }
    pty.signal("KILL");
    drop(pty);

    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS - 3);
    // What another session did is said before it is undone.
    pty.type_in("u");
    pty.wait_for_text("u again undoes: processed “Wish");
    pty.insist("u", &format!("Inbox {}", ITEMS - 2));
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_as_found();
}

#[test]
fn keys_typed_faster_than_the_disk_are_all_done() {
    let (_folder, path) = workspace();
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in("PPPPPPPPPP");
    wait_for_count(&pty, ITEMS - 10);
    pty.type_in("uuuuuuuuuuq");
    assert_eq!(pty.exit_code(), 0);
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn two_windows_see_each_others_deeds_without_a_key_press() {
    let (_folder, path) = workspace();
    let mut one = open(&path);
    let mut other = open(&path);
    wait_for_count(&one, ITEMS);
    wait_for_count(&other, ITEMS);
    one.type_in("P");
    wait_for_count(&other, ITEMS - 1);
    other.type_in("P");
    wait_for_count(&one, ITEMS - 2);
    one.type_in("q");
    other.type_in("q");
    assert_eq!((one.exit_code(), other.exit_code()), (0, 0));
}

#[test]
fn a_workspace_that_cannot_be_opened_is_reported_without_taking_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.db");
    std::fs::write(&path, "not a workspace").expect("it is written");
    let mut pty = open(&path);
    assert_ne!(pty.exit_code(), 0);
    pty.wait_for_text("notes.db");
    pty.assert_as_found();
    let kept = std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(kept, "not a workspace");
}

#[test]
fn half_written_text_survives_a_signal() {
    let (_folder, path) = workspace();
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in("chalf a thought");
    pty.wait_for_text("half a thought");
    pty.signal("TERM");
    assert_eq!(pty.exit_code(), 143);
    pty.assert_as_found();

    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in("c");
    pty.wait_for_text("half a thought");
    pty.signal("HUP");
    assert_eq!(pty.exit_code(), 129);
}

#[test]
fn a_meeting_whose_console_is_killed_is_taken_up_at_the_same_item() {
    let (_folder, path) = workspace();
    let mut workspace = Workspace::open(&path, Opening::default()).expect("it opens");
    for title in ["Pricing", "Offsite"] {
        let item = NewAgendaItem {
            title: title.to_owned(),
            ..NewAgendaItem::default()
        };
        let deed = MeetingDeed::AddItem { to: None, item };
        workspace.commit(&deed.into()).expect("it is queued");
    }
    drop(workspace);
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in("gw");
    pty.wait_for_text("Agenda 3");
    pty.type_in("P");
    pty.wait_for_text("began");
    pty.type_in("n");
    pty.wait_for_text("next  Offsite");
    // What is noted behind the turn is in the file, and so is the turn.
    pty.type_in("cin may\r");
    pty.wait_for_text("took notes");
    pty.signal("KILL");
    drop(pty);

    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in("gw");
    pty.wait_for_text("Agenda 3");
    pty.type_in("P");
    pty.wait_for_text("next  Offsite");
    pty.wait_for_text("in may");
    pty.signal("TERM");
    assert_eq!(pty.exit_code(), 143);
    pty.assert_as_found();
}

#[test]
fn reports_from_places_that_no_screen_has_do_nothing() {
    let (_folder, path) = workspace();
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    for report in [
        "\x1b[M \x01\x01",
        "\x1b[<0;0;0M",
        "\x1b[32;0;0M",
        "\x1b[0;0R",
    ] {
        pty.type_in(report);
    }
    pty.type_in("P");
    wait_for_count(&pty, ITEMS - 1);
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn deeds_wait_for_another_window_that_writes_and_are_done_in_order() {
    let (_folder, path) = workspace();
    let other = rusqlite::Connection::open(&path).expect("another window");
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    pty.type_in("P");
    pty.wait_for_text("1 deed waits for another window");
    // Reading goes on, and so does what comes after.
    pty.type_in("j");
    pty.type_in("P");
    pty.wait_for_text("2 deeds wait for another window");
    pty.type_in("z");
    pty.wait_for_text("Wish 17");
    other.execute_batch("ROLLBACK").expect("it is done");
    wait_for_count(&pty, ITEMS - 2);
    pty.wait_for("the header to forget it", |screen| {
        !screen.contents().contains("another window")
    });

    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    pty.type_in("P");
    pty.wait_for_text("1 deed waits for another window");
    pty.type_in("\u{1b}");
    pty.wait_for_text("given up");
    other.execute_batch("ROLLBACK").expect("it is done");
    pty.type_in("P");
    wait_for_count(&pty, ITEMS - 3);
    pty.type_in("q");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
}

/// The views that a workspace keeps.
fn views(path: &Path) -> Vec<String> {
    let workspace = Workspace::open(path, Opening::default()).expect("it opens");
    let views = workspace.views().expect("the views");
    views.into_iter().map(|(name, _)| name).collect()
}

/// The keys that save what the inbox shows as a view.
fn save_view(name: &str) -> String {
    format!(":save this view\r{name}\r")
}

#[test]
fn a_view_saved_in_the_very_last_moment_is_there() {
    let (_folder, path) = workspace();
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in(&format!("{}q", save_view("mine")));
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(views(&path), ["mine"]);
}

#[test]
fn a_view_saved_while_another_window_writes_waits_for_it() {
    let (_folder, path) = workspace();
    let other = rusqlite::Connection::open(&path).expect("another window");
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    pty.type_in(&save_view("mine"));
    pty.wait_for_text("waits for another window");
    other.execute_batch("ROLLBACK").expect("it is done");
    pty.wait_for_text("the view “mine” is saved");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(views(&path), ["mine"]);
}

#[test]
fn another_sheet_of_a_workbook_is_taken_on_the_screen_of_an_import() {
    let (_folder, path) = workspace();
    let mut pty = open(&path);
    wait_for_count(&pty, ITEMS);
    pty.type_in(":import\r");
    pty.wait_for_text("import file");
    let workbook = "tests/fixtures/sheets/plain.xls";
    pty.type_in(&format!("{}/{workbook}\r", env!("CARGO_MANIFEST_DIR")));
    pty.wait_for_text("the first with a table");
    // The words are those of the screen, not of the command line.
    let screen = pty.with_screen(vt100::Screen::contents);
    assert!(!screen.contains("--sheet"), "{screen}");
    pty.type_in("jj\r");
    pty.wait_for_text("which sheet is read?");
    pty.type_in("Old\r");
    pty.wait_for_text("saved or chosen");
    pty.wait_for_text("no row of it can be read");
    let screen = pty.with_screen(vt100::Screen::contents);
    assert!(!screen.contains("leaves faults out"), "{screen}");
    pty.type_in("\u{1b}");
}
