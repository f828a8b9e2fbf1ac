//! The import of a CSV by the program itself, beside `sqlite3 .import` of the same file to a bare table; and what the
//! workspace then weighs.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::bed::{self, Bed};
use super::book::{Book, megabytes, shown};
use super::measure::Times;
use super::pty;

/// What an import took.
pub struct Imported {
    /// Time on the wall.
    pub wall: Duration,
    /// The most memory that it had at once, in bytes; 0 where the system does not tell.
    pub peak: u64,
}

/// Imports a CSV into a new workspace, as a user would.
pub fn by_the_program(workspace: &Path, csv: &Path) -> Imported {
    let mut command = Command::new(bed::console());
    command
        .arg("--workspace")
        .arg(workspace)
        .arg("import")
        .arg(csv);
    command.arg("--yes").args(["--origin", "bench"]);
    let home = bed::root().join("home");
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(variable, &home);
    }
    watched(command).expect("an import")
}

/// Runs a command to its end; `None` when it cannot be started or fails.
pub fn watched(mut command: Command) -> Option<Imported> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().ok()?;
    let mut peak = 0;
    loop {
        // What the system tells only grows, so the last look before the end is near the truth.
        peak = pty::memory(child.id(), "VmHWM:").unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().ok()? {
            let wall = started.elapsed();
            return status.success().then_some(Imported { wall, peak });
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Imports with `sqlite3` to a table without an index; `None` where it is not installed.
fn by_the_shell(database: &Path, csv: &Path) -> Option<Imported> {
    let mut command = Command::new("sqlite3");
    command.arg(database).args(["-cmd", ".mode csv"]);
    command.arg(format!(".import '{}' feedback", csv.display()));
    watched(command)
}

/// Measures the import and the file.
pub fn measure(bed: &Bed, book: &mut Book) {
    let rounds = if bed.items > 200_000 { 1 } else { 3 };
    let (workspace, database) = (bed.folder.join("import.db"), bed.folder.join("floor.db"));
    let (mut ours, mut floor, mut peak, mut weight) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..rounds {
        bed::remove(&database);
        floor.extend(by_the_shell(&database, &bed.csv).map(|imported| imported.wall));
        bed::remove(&workspace);
        let imported = by_the_program(&workspace, &bed.csv);
        ours.push(imported.wall);
        peak = imported.peak.max(peak);
        weight = size(&workspace);
    }
    bed::remove(&workspace);
    bed::remove(&database);
    let wall = Times::new(ours).percentile(50);
    let floor = (!floor.is_empty()).then(|| Times::new(floor).percentile(50));
    let ratio = floor.map(|floor| wall.as_secs_f64() / floor.as_secs_f64());
    book.figure("import", bed.items, shown(wall), floor.map(shown), ratio);
    book.figure(
        "import: most memory",
        bed.items,
        megabytes(peak),
        None,
        None,
    );
    let csv = size(&bed.csv);
    let ratio = weight as f64 / csv as f64;
    book.figure(
        "file",
        bed.items,
        megabytes(weight),
        Some(megabytes(csv)),
        Some(ratio),
    );
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}
