//! A kill at any moment of an import leaves all of it or nothing, in a file that is sound and whose search index agrees.
//!
//! The real program imports a table and is killed at a hundred moments: spread over the time that a whole import takes,
//! and over the growth of the files that it writes in the end. Which moment is met differs from run to run, and any will do.

use std::fmt::Write;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use intake::query::parse;
use intake::workspace::{Opening, Workspace};

/// How many rows the table has: more than go to the tail of the search index, so that a segment is written.
const ROWS: u64 = 600;
/// How many kills are spread over the time, and over the growth of the files.
const KILLS: [u32; 2] = [60, 40];
/// How often the files are looked at, and whether the import has ended. Nothing tells of either: a kill is to come at a moment
/// that the import knows nothing of, so it cannot say that it has come there; and no assertion is about time. A moment that is
/// slept past is another one that any kill may meet.
const LOOK: Duration = Duration::from_micros(200);

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let mut text = "id,title,body,date,company,customer,owner,tags\n".to_owned();
        for row in 0..ROWS {
            let (company, person) = (row % 50, row % 7);
            writeln!(
                text,
                "{row},Title {row},Body of {row} with some words,2026-11-01,Company {company},\
                 Customer {row},person{person},\"one, two\""
            )
            .expect("a row");
        }
        fs::write(desk.table(), text).expect("a table");
        desk
    }

    fn table(&self) -> PathBuf {
        self.folder.path().join("table.csv")
    }

    fn workspace(&self) -> PathBuf {
        self.folder.path().join("work/intake.db")
    }

    /// Bytes of the workspace, and of the log and the journal beside it.
    fn written(&self) -> u64 {
        let names = ["intake.db", "intake.db-wal", "intake.db-journal"];
        let files = names.map(|name| self.workspace().with_file_name(name));
        let bytes = |file: PathBuf| fs::metadata(file).map_or(0, |about| about.len());
        files.into_iter().map(bytes).sum()
    }

    /// Starts with a fresh workspace.
    fn start_over(&self) {
        let folder = self.workspace();
        let folder = folder.parent().expect("a folder");
        if folder.exists() {
            fs::remove_dir_all(folder).expect("removed");
        }
        drop(open(&self.workspace()));
    }

    fn import(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_intake"))
            .arg("--workspace")
            .arg(self.workspace())
            .args(["--as", "@hana", "import", "--yes"])
            .arg(self.table())
            .env_clear()
            .env("HOME", self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs")
    }

    /// How much feedback there is, in a file of which everything is right.
    fn feedback(&self) -> u64 {
        let workspace = open(&self.workspace());
        let health = workspace.health().expect("readable");
        assert!(health.damage.is_empty(), "{:?}", health.damage);
        let disagreements = workspace.disagreements(|_, _| ControlFlow::Continue(()));
        let disagreements = disagreements.expect("a journal");
        assert!(disagreements.is_empty(), "{disagreements:?}");
        let search = workspace.search_health().expect("readable");
        assert!(search.faults.is_empty(), "{:?}", search.faults);
        let count = |filter: &str| {
            let filter = parse(filter).expect("a filter");
            workspace.tally(&filter, None).expect("a count").total
        };
        let all = count("is:all");
        assert_eq!(search.feedback, all);
        assert_eq!(count("is:all some words"), all);
        all
    }
}

fn open(path: &Path) -> Workspace {
    Workspace::open(path, Opening::default()).expect("it opens")
}

/// How long a whole import takes, and how large its files grow.
fn whole(desk: &Desk) -> (Duration, u64) {
    let start = Instant::now();
    let mut import = desk.import();
    let mut most = 0;
    loop {
        most = most.max(desk.written());
        if let Some(status) = import.try_wait().expect("a child") {
            assert!(status.success(), "{status}");
            return (start.elapsed(), most);
        }
        std::thread::sleep(LOOK);
    }
}

/// Kills an import as soon as `is_time` says so, or lets it end.
fn kill(desk: &Desk, is_time: impl Fn(Instant) -> bool) {
    let start = Instant::now();
    let mut import = desk.import();
    while !is_time(start) && import.try_wait().expect("a child").is_none() {
        std::thread::sleep(LOOK);
    }
    // It may just have ended.
    let _ = import.kill();
    import.wait().expect("ended");
}

#[test]
fn a_kill_at_any_moment_leaves_all_or_nothing() {
    let desk = Desk::new();
    desk.start_over();
    let (time, most) = whole(&desk);
    assert_eq!(desk.feedback(), ROWS);
    desk.start_over();
    let empty = desk.written();
    let mut left = [0, 0];
    let mut look = || {
        let feedback = desk.feedback();
        assert!([0, ROWS].contains(&feedback), "{feedback} of {ROWS}");
        left[usize::from(feedback == ROWS)] += 1;
        if feedback == ROWS {
            desk.start_over();
        }
    };
    for number in 0..KILLS[0] {
        let moment = time * number / KILLS[0];
        kill(&desk, |start| start.elapsed() >= moment);
        look();
    }
    for number in 0..KILLS[1] {
        let growth = most.saturating_sub(empty) * u64::from(number) / u64::from(KILLS[1]);
        kill(&desk, |_| desk.written() > empty + growth);
        look();
    }
    assert_eq!(left.iter().sum::<u32>(), KILLS.iter().sum::<u32>());
    // The first kill comes before anything can have been imported.
    assert!(left[0] > 0, "{left:?}");
    // What was killed so often takes a whole import after all.
    desk.start_over();
    whole(&desk);
    assert_eq!(desk.feedback(), ROWS);
    println!("nothing, all: {left:?}; a whole import takes {time:?} and {most} bytes");
}
