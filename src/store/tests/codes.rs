//! The numbers of choices in the text of statements.
//!
//! A statement binds them, except where its plan needs the number: what is open has indexes of its own, and SQLite takes such an
//! index only for a statement that says in the same words what is in it. Those numbers are held to the types here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::feedback::State;
use crate::domain::idea::Status;
use crate::domain::release::{Health, ReleaseKind};

/// The columns that hold a choice.
const COLUMNS: [&str; 9] = [
    "state",
    "status",
    "kind",
    "health",
    "role",
    "resolution",
    "effort",
    "timeframe",
    "stage",
];

/// Each comparison of such a column with a number in the text of a statement, such as `state < 2`.
fn compared(text: &str) -> Vec<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "(),;\"".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let written = |three: &[&str]| {
        let column = three[0].rsplit('.').next()?;
        let compares = matches!(three[1], "=" | "<>" | "!=" | "<" | "<=" | ">" | ">=");
        let number = three[2].parse::<u32>().is_ok();
        (COLUMNS.contains(&column) && compares && number)
            .then(|| format!("{column} {} {}", three[1], three[2]))
    };
    words.windows(3).filter_map(written).collect()
}

/// The files of this room without its tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str());
        match name {
            Some("tests" | "tests.rs") => {}
            _ if path.is_dir() => sources(&path, found),
            _ => found.push(path),
        }
    }
}

#[test]
fn what_is_written_as_a_number_is_what_the_types_say() {
    let open = |state: &&State| matches!(state, State::Unprocessed | State::Waiting);
    let below = |number| move |state: &&State| state.code() < number;
    let states = State::ALL.iter();
    let written = BTreeSet::from([
        (
            "state < 2",
            states
                .clone()
                .filter(open)
                .eq(states.clone().filter(below(2))),
        ),
        ("state >= 2", State::Processed.code() == 2),
        (
            "state < 3",
            State::Archived.code() == 3 && states.clone().all(|it| it.code() <= 3),
        ),
        ("status = 5", Status::WontDo.code() == 5),
        ("kind = 3", ReleaseKind::Backlog.code() == 3),
        ("health = 3", Health::Cut.code() == 3),
        ("health <> 3", Health::Cut.code() == 3),
    ]);
    for (comparison, holds) in &written {
        assert!(holds, "the types have other numbers than “{comparison}”");
    }
    let mut files = Vec::new();
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    sources(&room, &mut files);
    let texts = files
        .iter()
        .map(|file| fs::read_to_string(file).expect("a source"));
    let found: BTreeSet<String> = texts.flat_map(|text| compared(&text)).collect();
    let known: BTreeSet<String> = written.iter().map(|(it, _)| (*it).to_owned()).collect();
    assert_eq!(found, known, "bind the number, or say here what it is");
}
