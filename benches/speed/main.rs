//! Every budget of `docs/performance.md`, each beside a floor that is measured in the same run.
//!
//! `cargo bench --bench speed` measures all of it at ten thousand, a hundred thousand and a million items, and writes the
//! table of that page. Arguments after `--` choose less, and leave the page alone: `--items 10k,100k` sizes, `--only
//! start,keys` groups; `--write` writes the page nevertheless, from what this and earlier runs have found.
//!
//! Machines are noisy. Work and floor take turns, so that both meet the same noise; medians and their ratio count. Before each
//! group the benchmark waits a little for others to leave the machine alone, and says on the page when they did not.

mod bed;
mod book;
mod data;
mod deeds;
mod import;
mod keys;
mod lists;
mod measure;
mod memory;
mod peers;
mod pty;
mod questions;
mod search;
mod start;
mod suggest;
mod table;

use std::time::Duration;

use bed::Bed;
use book::Book;
use data::Language;
use mimalloc::MiMalloc;

/// As in the program.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

/// The groups, in the order in which they are measured.
const GROUPS: [&str; 10] = [
    "start",
    "keys",
    "lists",
    "questions",
    "search",
    "suggest",
    "deeds",
    "memory",
    "import",
    "peers",
];

/// How long a group waits for a quiet machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// What to measure.
struct Wish {
    sizes: Vec<u64>,
    groups: Vec<String>,
    write: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == pty::ECHO) {
        return pty::echo();
    }
    // `cargo test --benches` and the like ask for a list of tests: there are none.
    if arguments
        .iter()
        .any(|argument| argument == "--list" || argument == "--test")
    {
        return;
    }
    let wish = match Wish::read(&arguments) {
        Ok(wish) => wish,
        Err(fault) => {
            eprintln!("{fault}");
            std::process::exit(2);
        }
    };
    let language = Language::new();
    let mut book = Book::read();
    for items in &wish.sizes {
        let bed = Bed::ready(*items, &language);
        book.forget_busy(*items);
        for group in GROUPS {
            if wish.groups.iter().any(|wanted| wanted == group) {
                let busy = measure::wait_for_quiet(PATIENCE);
                println!(
                    "{group}, while others use {:.0}% of the machine",
                    busy * 100.0
                );
                book.note_busy(*items, busy);
                run(group, &bed, &language, &mut book);
            }
        }
    }
    if wish.write {
        table::write(&book, &SIZES);
    }
}

fn run(group: &str, bed: &Bed, language: &Language, book: &mut Book) {
    match group {
        "start" => start::measure(bed, book),
        "keys" => keys::measure(bed, book),
        "lists" => lists::measure(bed, book),
        "questions" => questions::measure(bed, book),
        "search" => search::measure(bed, language, book),
        "suggest" => suggest::measure(bed, book),
        "deeds" => deeds::measure(bed, book),
        "memory" => memory::measure(bed, book),
        "import" => import::measure(bed, book),
        _ => peers::measure(bed, book),
    }
}

impl Wish {
    /// Reads the arguments; those that cargo adds are left alone.
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut wish = Self {
            sizes: SIZES.to_vec(),
            groups: GROUPS.map(str::to_owned).to_vec(),
            write: true,
        };
        let mut asked_to_write = false;
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut list = || {
                let list = arguments
                    .next()
                    .map(|list| list.split(',').map(str::to_owned).collect::<Vec<_>>());
                list.ok_or_else(|| {
                    format!("{argument} needs a list, such as {argument} 10k,100k or start,keys")
                })
            };
            match argument.as_str() {
                "--items" => {
                    wish.sizes = list()?
                        .iter()
                        .map(|text| size(text))
                        .collect::<Result<_, _>>()?;
                    wish.write = false;
                }
                "--only" => {
                    wish.groups = list()?;
                    wish.write = false;
                }
                "--write" => asked_to_write = true,
                "--bench" => {}
                other => {
                    return Err(format!(
                        "cannot read {other}; there are --items, --only and --write"
                    ));
                }
            }
        }
        if let Some(unknown) = wish
            .groups
            .iter()
            .find(|group| !GROUPS.contains(&group.as_str()))
        {
            return Err(format!(
                "there is no group {unknown}; there are {}",
                GROUPS.join(", ")
            ));
        }
        wish.write |= asked_to_write;
        Ok(wish)
    }
}

/// A number of items: 10k, 1m, 5000.
fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.to_lowercase() {
        text if text.ends_with('k') => (text[..text.len() - 1].to_owned(), 1_000),
        text if text.ends_with('m') => (text[..text.len() - 1].to_owned(), 1_000_000),
        text => (text, 1),
    };
    let number: Result<u64, _> = digits.parse();
    match number {
        Ok(number) if number * factor >= 1_000 => Ok(number * factor),
        _ => Err(format!(
            "{text} is no number of items, such as 10k or 1m, at least 1k"
        )),
    }
}
