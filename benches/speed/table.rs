//! The table of `docs/performance.md`, between its two marks.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::bed;
use super::book::{Book, Cell};

const BEGIN: &str = "<!-- figures: written by `cargo bench --bench speed` -->";
const END: &str = "<!-- /figures -->";

/// The kinds of work in order: name in the book, words for it, budget at a million items, floor.
const ROWS: &[(&str, &str, &str, &str)] = &[
    (
        "start, warm",
        "Start to first complete frame, warm",
        "p50 ≤ 6 ms, ≤ 4×",
        "start of a raw-mode program that echoes one byte",
    ),
    (
        "start, cold",
        "The same, file evicted from the cache",
        "p50 ≤ 18 ms",
        "the same",
    ),
    (
        "move key",
        "Move key to bytes",
        "p50 ≤ 1 ms, p99 ≤ 4 ms",
        "echo of one byte",
    ),
    (
        "search key",
        "Search key to bytes",
        "p99 ≤ 10 ms",
        "move key",
    ),
    (
        "search key, until all is there",
        "Search key until list, count and text in hand are there",
        "",
        "",
    ),
    (
        "deed key",
        "Deed key to bytes",
        "never waits for the disk",
        "move key",
    ),
    (
        "next window",
        "Next window of 100 rows",
        "p99 ≤ 0.5 ms",
        "100 rows by rowid",
    ),
    (
        "jump to the end",
        "Jump to the end",
        "p99 ≤ 0.5 ms",
        "100 rows by rowid",
    ),
    (
        "window in any order",
        "Next window in any order",
        "p99 ≤ 0.5 ms",
        "100 rows by rowid",
    ),
    (
        "jump to the end in any order",
        "Jump to the end in any order",
        "p99 ≤ 0.5 ms",
        "100 rows by rowid",
    ),
    ("number of open items", "Number of open items", "", ""),
    (
        "search, one letter",
        "Search, one letter",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, two letters",
        "Search, two letters",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, three letters",
        "Search, three letters",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, four letters",
        "Search, four letters",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, a word",
        "Search, a word",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, two words",
        "Search, two words",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, three words",
        "Search, three words",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, a phrase",
        "Search, a phrase of two words",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, a phrase, window full",
        "The same, until the window is full",
        "",
        "",
    ),
    (
        "search, a phrase, all counted",
        "The same, until all are counted",
        "",
        "",
    ),
    (
        "search, anything",
        "Search, anything: alternatives, what is ruled out, words in a row, numbers, pictures, other scripts",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "search, 10,000 characters",
        "Search, 10,000 characters of such",
        "p99 ≤ 4 ms, max ≤ 10 ms",
        "",
    ),
    (
        "suggestion, warm",
        "Suggestions for one item",
        "p99 ≤ 0.3 ms",
        "",
    ),
    (
        "suggestion, the first after the start",
        "The first ones after the start",
        "≤ 0.5 s",
        "",
    ),
    (
        "suggestion, the first after a link",
        "The first ones after a link",
        "≤ 1 ms",
        "",
    ),
    (
        "deed: link",
        "Deed: link",
        "p50 ≤ 2.5×",
        "write of 40 KB and fdatasync",
    ),
    (
        "deed: answer",
        "Deed: answer",
        "p50 ≤ 2.5×",
        "write of 40 KB and fdatasync",
    ),
    (
        "deed: process",
        "Deed: process",
        "p50 ≤ 2.5×",
        "write of 40 KB and fdatasync",
    ),
    (
        "bulk: process",
        "Bulk: 10,000 items processed",
        "≤ 0.5 s",
        "",
    ),
    ("bulk: its undo", "Bulk: its undo", "≤ 0.5 s", ""),
    (
        "import",
        "Import of the CSV",
        "≤ 2×",
        "`sqlite3 .import` to a bare table",
    ),
    ("import: most memory", "Import: most memory", "≤ 300 MB", ""),
    ("file", "File after the import", "≤ 1.6×", "the CSV"),
    (
        "memory",
        "Anonymous memory of the console after a session",
        "≤ 60 MB",
        "",
    ),
];

/// Programs that were tried on the same file: name in the book, words for it.
const PEERS: &[(&str, &str)] = &[
    ("csvlens", "csvlens, on a pseudo-terminal"),
    ("visidata", "VisiData (`vd --batch`)"),
    ("sqlite3", "shell of SQLite, bare table without an index"),
];

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md")
}

/// Writes the table into the page.
pub fn write(book: &Book, sizes: &[u64]) {
    let text = std::fs::read_to_string(page()).expect("the page");
    let marks = text.split_once(BEGIN);
    let (before, rest) = marks.expect("the page has the first mark");
    let (_, after) = rest.split_once(END).expect("the page has the last mark");
    let table = table(book, sizes);
    std::fs::write(page(), format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
        .expect("it is written");
}

/// The table, and what it was measured on.
fn table(book: &Book, sizes: &[u64]) -> String {
    let mut out = machine(book);
    let names: Vec<String> = sizes.iter().map(|items| grouped(*items)).collect();
    let _ = writeln!(
        out,
        "\n| Work | Budget at 1,000,000 | {} | Floor, and how many times it |",
        names.join(" | ")
    );
    let _ = writeln!(out, "|---|---|{}---|", "---|".repeat(sizes.len()));
    for (row, words, budget, floor) in ROWS {
        let cells: Vec<Option<&Cell>> = sizes.iter().map(|items| book.cell(row, *items)).collect();
        let Some(last) = cells.iter().flatten().next_back() else {
            continue;
        };
        let texts: Vec<&str> = cells
            .iter()
            .map(|cell| cell.map_or("", |cell| &cell.text))
            .collect();
        let against = match (&last.floor, last.ratio) {
            (Some(figure), Some(ratio)) => format!("{floor}: {figure}; {ratio:.1}×"),
            (Some(figure), None) => format!("{floor}: {figure}"),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "| {words} | {budget} | {} | {against} |",
            texts.join(" | ")
        );
        if *row == "start, warm"
            && let Some(apart) = apart(&cells)
        {
            let _ = writeln!(
                out,
                "| Slowest size against the fastest | ≤ 1.3× |{} {apart:.2}× | |",
                " |".repeat(sizes.len() - 1)
            );
        }
    }
    let _ = writeln!(out, "\n| Peer | {} |", names.join(" | "));
    let _ = writeln!(out, "|---|{}", "---|".repeat(sizes.len()));
    for (row, words) in PEERS {
        let texts: Vec<&str> = sizes
            .iter()
            .map(|items| {
                book.cell(row, *items)
                    .map_or("not installed", |cell| &cell.text)
            })
            .collect();
        let _ = writeln!(out, "| {words} | {} |", texts.join(" | "));
    }
    out
}

/// How many times the least median the greatest one is, where there are several.
fn apart(cells: &[Option<&Cell>]) -> Option<f64> {
    let medians: Option<Vec<f64>> = cells.iter().map(|cell| cell.as_ref()?.median).collect();
    let medians = medians.filter(|medians| medians.len() > 1)?;
    let greatest = medians.iter().copied().fold(0.0, f64::max);
    Some(greatest / medians.iter().copied().fold(f64::INFINITY, f64::min))
}

fn grouped(items: u64) -> String {
    let digits = items.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The machine, without a name.
fn machine(book: &Book) -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let memory = read("/proc/meminfo");
    let memory = memory
        .lines()
        .next()
        .and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    let memory = memory.map_or("unknown".to_owned(), |kib| {
        format!("{:.0} GB", kib as f64 * 1_024.0 / 1e9)
    });
    let kernel = read("/proc/sys/kernel/osrelease");
    let kernel = kernel.split(['-', '+', '\n']).next().unwrap_or_default();
    let version = rusqlite::version();
    let processor = read("/proc/cpuinfo");
    let processor = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown", |(_, name)| name);
    format!(
        "Measured on {cores} cores ({processor}), {memory} of memory, {} {kernel}, {} file system, SQLite {version}. Before a group of measurements, others used up to \
         {:.0}% of the cores. Times are p50 / p99.\n",
        std::env::consts::OS,
        file_system(&read("/proc/mounts")),
        book.busiest() * 100.0
    )
}

/// The kind of file system that the workspaces lie on.
fn file_system(mounts: &str) -> &str {
    let root = bed::root();
    let over = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (at, kind) = (Path::new(words.next()?), words.next()?);
        root.starts_with(at)
            .then(|| (at.components().count(), kind))
    });
    over.max_by_key(|(depth, _)| *depth)
        .map_or("unknown", |(_, kind)| kind)
}
