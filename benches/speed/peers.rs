//! What else a user could have looked at the same file with, where it is installed.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::bed::{self, Bed};
use super::book::{Book, megabytes, shown};
use super::import::watched;
use super::pty::Pty;

/// The word that is searched for: neither frequent nor rare.
const WORD: &str = "number";

/// How long the screen of another program must be the same to count as ready, and how long that may take.
const SAME: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures csvlens, VisiData and the shell of SQLite.
pub fn measure(bed: &Bed, book: &mut Book) {
    csvlens(bed, book);
    visidata(bed, book);
    shell(bed, book);
}

fn is_installed(program: &str, version: &str) -> bool {
    let found = Command::new(program).arg(version).output().is_ok();
    if !found {
        println!("           {program} is not installed");
    }
    found
}

fn csvlens(bed: &Bed, book: &mut Book) {
    if !is_installed("csvlens", "--version") {
        return;
    }
    let mut command = Command::new("csvlens");
    command.arg(&bed.csv);
    let mut lens = Pty::start_answered(&command);
    let begun = Instant::now();
    let painted = wait_for(&mut lens, begun, "F-10");
    // It draws for ever, whether or not anything is new.
    lens.same_screen(SAME, PATIENCE);
    lens.press(&format!("/{WORD}"));
    lens.same_screen(SAME / 6, PATIENCE);
    let pressed = lens.press("\r");
    // It counts the matches until the last of them is found.
    let found = lens.same_screen(SAME, PATIENCE);
    let search = found.map(|at| at.duration_since(pressed));
    let memory = lens.anonymous_memory().map(megabytes).unwrap_or_default();
    let search = search.map(shown).unwrap_or_default();
    let text = format!("first rows {}, search {search}, {memory}", shown(painted));
    book.figure("csvlens", bed.items, text, None, None);
}

fn wait_for(pty: &mut Pty, begun: Instant, text: &str) -> Duration {
    let piece = Duration::from_millis(20);
    while begun.elapsed() < PATIENCE {
        let last = pty.same_screen(piece, piece);
        if pty.screen().contains(text) {
            return last.map_or(begun.elapsed(), |at| pty.since_start(at));
        }
    }
    panic!("waited in vain for {text}; the screen is\n{}", pty.screen());
}

fn visidata(bed: &Bed, book: &mut Book) {
    if !is_installed("vd", "--version") {
        return;
    }
    let mut command = Command::new("vd");
    // Without a terminal it loads the file, does nothing, and ends.
    command
        .args(["--batch", "--quiet"])
        .arg(&bed.csv)
        .stderr(std::process::Stdio::null());
    if let Some(loaded) = watched(command) {
        let text = format!("load {}, {}", shown(loaded.wall), megabytes(loaded.peak));
        book.figure("visidata", bed.items, text, None, None);
    }
}

fn shell(bed: &Bed, book: &mut Book) {
    if !is_installed("sqlite3", "--version") {
        return;
    }
    let database = bed.folder.join("shell.db");
    bed::remove(&database);
    let ask = |sql: &str| {
        let mut command = Command::new("sqlite3");
        command.arg(&database).args(["-cmd", ".mode csv"]).arg(sql);
        watched(command).map(|ran| ran.wall)
    };
    let load = ask(&format!(".import '{}' feedback", bed.csv.display()));
    let newest =
        ask("SELECT * FROM feedback WHERE status = 'open' ORDER BY created_at DESC LIMIT 50");
    let search = ask(&format!(
        "SELECT count(*) FROM feedback WHERE status = 'open' AND (title LIKE '%{WORD}%' OR body LIKE '%{WORD}%')"
    ));
    if let (Some(load), Some(newest), Some(search)) = (load, newest, search) {
        let [load, newest, search] = [load, newest, search].map(shown);
        let text = format!("load {load}, newest open 50 {newest}, search {search}");
        book.figure("sqlite3", bed.items, text, None, None);
    }
    bed::remove(Path::new(&database));
}
