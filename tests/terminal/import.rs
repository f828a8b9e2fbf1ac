//! A long import in a terminal: it is seen to go on, and it can be stopped.

use std::fmt::Write as _;
use std::fs;

use intake::domain::listing::Anchor;
use intake::query;
use intake::workspace::{Opening, Workspace};

use super::pty::Pty;

/// More rows than are imported before a key press arrives.
const ROWS: usize = 100_000;

#[test]
fn ctrl_c_in_the_middle_of_an_import_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = "title,id,created_at\n".to_owned();
    for number in 0..ROWS {
        writeln!(text, "Wish {number},{number},2026-11-01").expect("it is long");
    }
    let file = folder.path().join("wishes.csv");
    fs::write(&file, text).expect("it is written");
    let workspace = folder.path().join("acme.db");
    let path = |path: &std::path::Path| path.display().to_string();
    let command = [env!("CARGO_BIN_EXE_intake"), "import", "--yes", "-w"].map(str::to_owned);
    let command = [&command[..], &[path(&workspace), path(&file)]].concat();
    let folders = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];
    let home = path(folder.path());
    let mut pty = Pty::run_with(&command, &folders.map(|name| (name, home.as_str())));
    pty.wait_for("the bar of the import", |screen| {
        let screen = screen.contents();
        screen.contains("importing ") && screen.contains("% · ") && screen.contains("left")
    });
    pty.type_in("\u{3}");
    pty.wait_for_text("stopped: nothing was imported");
    assert_eq!(pty.exit_code(), 130);
    pty.assert_as_found();

    let workspace = Workspace::open(&workspace, Opening::default()).expect("it opens");
    let all = query::parse("is:all").expect("a filter");
    let window = workspace
        .inbox(&all, &Anchor::Start, 10)
        .expect("it is read");
    assert_eq!(window.rows.len(), 0);
}
