//! The rooms of the house and the arrows between them, read from the source.
//!
//! docs/ARCHITECTURE.md draws the picture; this holds the code to it: an arrow goes to a lower number only, some rooms
//! never see some others, and no room passes another one's items on, so that the paths in the source tell the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room with its floor. Rooms that come later have their floor already.
const ROOMS: &[(&str, u8)] = &[
    ("main", 8),
    ("cli", 7),
    ("terminal", 7),
    ("workspace", 6),
    ("exchange", 5),
    ("meeting", 5),
    ("team", 5),
    ("outbox", 5),
    ("history", 4),
    ("view", 4),
    ("app", 3),
    ("store", 3),
    ("suggest", 3),
    ("query", 2),
    ("search", 2),
    ("config", 2),
    ("domain", 1),
    ("problem", 1),
];

/// Arrows that the floors would allow and the house does not.
const NEVER: &[(&str, &str)] = &[
    ("config", "domain"),
    ("view", "store"),
    ("view", "suggest"),
    ("domain", "problem"),
    ("cli", "store"),
    ("cli", "history"),
    ("terminal", "store"),
    ("terminal", "history"),
    ("main", "store"),
    ("main", "history"),
];

/// What only some rooms may name, beside the rooms themselves.
const CRATES: &[(&str, &[&str])] = &[
    ("rusqlite::", &["store"]),
    ("ratatui::", &["view", "terminal"]),
    ("crossterm::", &["terminal"]),
    ("clap::", &["cli", "main"]),
    (
        "std::fs",
        &[
            "store",
            "config",
            "cli",
            "terminal",
            "exchange",
            "workspace",
        ],
    ),
    ("std::process", &["terminal", "cli", "main"]),
    ("SystemTime", &["workspace"]),
    ("Utc::now", &["workspace"]),
    ("Local::now", &["workspace"]),
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its comments and, because tests may look anywhere, without its test modules.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("source is text");
    let mut code = String::new();
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.starts_with("#[cfg(test)]") && !text.contains("#[cfg(test)]\nmod tests;") {
            break;
        }
        if !bare.starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

fn room_of(path: &Path, src: &Path) -> String {
    let inside = path.strip_prefix(src).expect("in src");
    let first = inside.components().next().expect("a name").as_os_str();
    Path::new(first)
        .file_stem()
        .expect("a stem")
        .to_string_lossy()
        .into_owned()
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| {
        let stem = stem.to_string_lossy();
        stem == "tests" || stem.ends_with("_tests") || stem == "sample"
    }) || path.components().any(|part| part.as_os_str() == "tests")
}

/// The rooms that a piece of code names by `crate::room` (or `intake::room` in the binary), groups included.
fn named_rooms(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for prefix in ["crate::", "intake::"] {
        for (at, _) in code.match_indices(prefix) {
            let rest = &code[at + prefix.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let group = group.split("};").next().unwrap_or(group);
                let mut depth = 0;
                let mut word = String::new();
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        c if c.is_alphanumeric() || c == '_' => word.push(c),
                        _ => {
                            if depth == 0 && !word.is_empty() {
                                rooms.insert(std::mem::take(&mut word));
                            }
                            word.clear();
                        }
                    }
                }
            } else {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                rooms.insert(name);
            }
        }
    }
    let known: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    rooms.retain(|room| known.contains(room.as_str()));
    rooms
}

#[test]
fn arrows_go_down_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let floors: BTreeMap<&str, u8> = ROOMS.iter().copied().collect();
    let mut files = Vec::new();
    source_files(&src, &mut files);
    let mut faults = Vec::new();
    let mut arrows = 0;
    for path in files.iter().filter(|path| !is_test(path)) {
        let room = room_of(path, &src);
        if room == "lib" {
            continue;
        }
        let Some(floor) = floors.get(room.as_str()) else {
            faults.push(format!(
                "{}: the house has no room “{room}”",
                path.display()
            ));
            continue;
        };
        let code = code(path);
        for target in named_rooms(&code) {
            if target == room {
                continue;
            }
            arrows += 1;
            let never = NEVER.contains(&(room.as_str(), target.as_str()));
            if floors[target.as_str()] >= *floor || never {
                faults.push(format!("{}: {room} must not name {target}", path.display()));
            }
        }
        for (name, rooms) in CRATES {
            if code.contains(name) && !rooms.contains(&room.as_str()) {
                faults.push(format!("{}: {room} must not name {name}", path.display()));
            }
        }
    }
    assert!(
        arrows > 50,
        "the scan found only {arrows} arrows: it is blind"
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rooms_do_not_pass_on_what_belongs_to_others() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    let mut faults = Vec::new();
    for path in files {
        for (number, line) in code(&path).lines().enumerate() {
            let line = line.trim_start();
            if line.starts_with("pub use crate::") || line.starts_with("pub(crate) use crate::") {
                faults.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_scan_sees_paths_and_groups() {
    let code = "use crate::{domain::id::{A, B}, store::rows};\nfn f() { crate::history::commit() }";
    let found: Vec<String> = named_rooms(code).into_iter().collect();
    assert_eq!(found, ["domain", "history", "store"]);
}
