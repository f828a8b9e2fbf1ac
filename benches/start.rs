//! What opening a workspace costs, and whether it grows with it.
//!
//! `cargo bench --bench start` makes workspaces of a hundred, ten thousand and a hundred thousand feedback items and
//! prints how long it takes to open each and read what the first frame shows, beside a floor measured in the same run:
//! opening the same file with bare SQLite and reading a hundred rows by their key. Machines are noisy; the ratios count.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use intake::domain::feedback::Importance;
use intake::domain::id::{Ids, NAMESPACE};
use intake::domain::import::{ImportCompany, ImportRecord};
use intake::domain::listing::Anchor;
use intake::domain::moment::{DAY, MINUTE, Moment};
use intake::history::commit::Context;
use intake::history::import::import;
use intake::query;
use intake::store::{OpenOptions, Store};
use intake::workspace::{Clock, Opening, Workspace};

const NOW: Moment = Moment(1_794_650_400_000);
const ROUNDS: usize = 60;

fn opening() -> Opening {
    Opening {
        clock: Clock::Fixed(NOW),
        ..Opening::default()
    }
}

/// A record whose words follow no order, so that lists and searches are not accidentally sorted.
fn record(number: u64) -> ImportRecord {
    const WORDS: [&str; 16] = [
        "export",
        "channel",
        "audit",
        "mobile",
        "search",
        "thread",
        "board",
        "login",
        "guest",
        "emoji",
        "retention",
        "webhook",
        "sidebar",
        "import",
        "permission",
        "report",
    ];
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut words = |count: usize| -> String {
        let words: Vec<&str> = (0..count).map(|_| WORDS[(next() % 16) as usize]).collect();
        words.join(" ")
    };
    ImportRecord {
        line: number,
        title: words(6),
        body: words(60),
        source: "bench".to_owned(),
        origin: "bench".to_owned(),
        source_id: Some(number.to_string()),
        received: Moment(NOW.0 - DAY - (number as i64) * MINUTE),
        company: Some(ImportCompany {
            name: format!("Company {}", number % 500),
            tier: None,
            ..ImportCompany::default()
        }),
        importance: Importance::from_code((number % 5) as i64),
        ..ImportRecord::default()
    }
}

fn build(path: &Path, items: u64) -> Duration {
    let start = Instant::now();
    drop(Workspace::open(path, opening()).expect("a workspace"));
    let mut store = Store::open(path, &OpenOptions::default()).expect("a store");
    let context = Context {
        author: None,
        device: NAMESPACE,
        now: NOW,
        ids: Mutex::new(Ids::Random),
    };
    let mut records = (0..items).map(|number| Ok(record(number).into()));
    import(&mut store, &context, "bench", &mut records).expect("an import");
    start.elapsed()
}

/// Opens the workspace and reads what the first frame shows.
fn first_frame(path: &Path) -> usize {
    let workspace = Workspace::open(path, opening()).expect("a workspace");
    let query = query::parse("is:unprocessed").expect("a filter");
    let window = workspace
        .inbox(&query, &Anchor::Start, 200)
        .expect("a window");
    let header = workspace.header().expect("figures");
    let tally = workspace.tally(&query, None).expect("a tally");
    assert_eq!(header.unprocessed, tally.total);
    let first = window.rows.first().expect("a row").id;
    let detail = workspace.feedback(first).expect("a feedback");
    window.rows.len() + usize::from(detail.is_some())
}

/// The floor: bare SQLite, the same file, a hundred rows by key.
fn floor(path: &Path) -> usize {
    let connection = rusqlite::Connection::open(path).expect("a connection");
    let mut statement = connection
        .prepare("SELECT title FROM feedback WHERE id = ?1")
        .expect("a statement");
    (1..=100)
        .filter(|id| {
            statement
                .query_row([id], |row| row.get::<_, String>(0))
                .is_ok()
        })
        .count()
}

fn median(mut run: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn main() {
    // `cargo test --benches` and the like ask for a list of tests: there are none.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    println!(
        "{:>9} {:>12} {:>12} {:>12} {:>7}",
        "items", "import", "first frame", "floor", "ratio"
    );
    for items in [100, 10_000, 100_000] {
        let path = folder.path().join(format!("{items}.db"));
        let import = build(&path, items);
        let floor = median(|| floor(&path));
        let frame = median(|| first_frame(&path));
        let ratio = frame.as_secs_f64() / floor.as_secs_f64();
        println!("{items:>9} {import:>12.2?} {frame:>12.2?} {floor:>12.2?} {ratio:>6.1}×");
    }
}
