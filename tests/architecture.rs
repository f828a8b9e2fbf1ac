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
    ("postings", 2),
    ("config", 2),
    ("domain", 1),
    ("problem", 1),
];

/// Rooms which may name some of the rooms below them and no others.
const ONLY: &[(&str, &[&str])] = &[
    ("problem", &[]),
    ("domain", &[]),
    ("config", &["problem"]),
    ("search", &["domain"]),
    ("postings", &[]),
    ("suggest", &["search"]),
    ("query", &["domain", "problem"]),
    ("app", &["domain", "problem", "config", "query", "search"]),
    ("view", &["app", "domain", "config"]),
    (
        "store",
        &["domain", "problem", "query", "search", "postings"],
    ),
    ("history", &["domain", "problem", "store"]),
    (
        "exchange",
        &["domain", "problem", "query", "store", "history"],
    ),
    (
        "meeting",
        &["domain", "problem", "config", "query", "store", "history"],
    ),
    (
        "terminal",
        &[
            "app",
            "domain",
            "problem",
            "config",
            "view",
            "exchange",
            "workspace",
        ],
    ),
    ("main", &["cli", "terminal", "workspace", "problem"]),
];

/// Arrows that the floors would allow and the house does not: rows and SQL end at the door.
const NEVER: &[(&str, &str)] = &[("cli", "store"), ("cli", "history")];

/// Rooms that the picture names before they are there.
const LATER: &[&str] = &["outbox", "team"];

/// What only some rooms may name, beside the rooms themselves: crates, the clock, and the way to write what is shared.
const CRATES: &[(&str, &[&str])] = &[
    ("rusqlite::", &["store"]),
    ("zstd::", &["store"]),
    ("roaring::", &["postings", "store"]),
    (
        "hashbrown::",
        &["postings", "search", "suggest", "store", "history"],
    ),
    ("sha1::", &["domain"]),
    ("store.write(", &["store", "history"]),
    ("ratatui::", &["view", "terminal"]),
    ("crossterm::", &["terminal"]),
    ("clap::", &["cli", "main"]),
    ("sha2::", &["exchange", "store"]),
    ("tempfile::", &["exchange", "store"]),
    ("jiff::", &["domain"]),
    ("indicatif::", &["cli"]),
    ("rust_xlsxwriter::", &["exchange"]),
    ("maud::", &["exchange"]),
    ("plotters::", &["exchange"]),
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
    ("std::process", &["terminal", "cli", "main", "exchange"]),
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

/// The code of a file without its comments and, because tests may look anywhere, without what is there for tests alone.
fn code(path: &Path) -> String {
    code_of(&fs::read_to_string(path).expect("source is text"))
}

fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        if bare.starts_with("#[cfg(test)]") {
            let indent = &line[..line.len() - bare.len()];
            skip_item(&mut lines, indent);
        } else if !bare.starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// Skips an item which is indented like that: a line that ends in `;`, or all up to the brace which closes it.
fn skip_item<'t>(lines: &mut impl Iterator<Item = &'t str>, indent: &str) {
    let close = format!("{indent}}}");
    let mut first = true;
    for line in lines {
        let attribute = line.trim_start().starts_with("#[");
        if line == close || (first && !attribute && line.ends_with([';', '}'])) {
            return;
        }
        first &= attribute;
    }
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

/// How many modules lie around the items of a file, its room included.
fn modules_above(path: &Path, src: &Path) -> usize {
    let inside = path.strip_prefix(src).expect("in src");
    let own = usize::from(path.file_name().is_none_or(|name| name != "mod.rs"));
    inside.components().count() - 1 + own
}

/// Whether a path of `super`s goes up as many modules as there are: to the root, past which lie the other rooms.
fn climbs_out(code: &str, modules: usize) -> bool {
    code.contains(&"super::".repeat(modules))
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
            let only = ONLY.iter().find(|(named, _)| *named == room);
            let outside = only.is_some_and(|(_, rooms)| !rooms.contains(&target.as_str()));
            if floors[target.as_str()] >= *floor || never || outside {
                faults.push(format!("{}: {room} must not name {target}", path.display()));
            }
        }
        if climbs_out(&code, modules_above(path, &src)) {
            faults.push(format!(
                "{}: a path of supers leaves the room",
                path.display()
            ));
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
            if line.starts_with("pub") && line.contains(" use crate::") {
                faults.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_picture_names_files_that_are_there() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let picture = fs::read_to_string(house.join("docs/ARCHITECTURE.md")).expect("the picture");
    // A line of the walk-through that is indented further lies in the room of the line before it.
    let mut room = PathBuf::new();
    let mut missing = Vec::new();
    let mut found = 0;
    for line in picture.lines() {
        let indent = line.len() - line.trim_start().len();
        for (place, word) in line.split_whitespace().enumerate() {
            let word = word.trim_matches(['`', '(', ')', ',', '.', ':', ';', '*']);
            if !(word.ends_with(".rs") || (word.contains('/') && word.ends_with('/'))) {
                continue;
            }
            found += 1;
            let roots = [house.to_owned(), house.join("src"), room.clone()];
            match roots
                .iter()
                .map(|root| root.join(word))
                .find(|path| path.exists())
            {
                Some(path) if indent == 1 && place == 0 => {
                    room = path.parent().expect("a folder").to_owned();
                }
                Some(_) => {}
                None if LATER.contains(&word.trim_end_matches('/')) => {}
                None => missing.push(word.to_owned()),
            }
        }
    }
    assert!(
        found > 20,
        "only {found} files are named: the scan is blind"
    );
    assert!(missing.is_empty(), "not there: {missing:?}");
}

#[test]
fn the_scan_sees_paths_and_groups() {
    let code = "use crate::{domain::id::{A, B}, store::rows};\nfn f() { crate::history::commit() }";
    let found: Vec<String> = named_rooms(code).into_iter().collect();
    assert_eq!(found, ["domain", "history", "store"]);
}

#[test]
fn the_scan_skips_what_is_for_tests_and_nothing_behind_it() {
    let text = "mod a;\n#[cfg(test)]\nmod sample;\nuse crate::store::b;\n    #[cfg(test)]\n    fn c() {\n        \
                crate::app::d();\n    }\n#[cfg(test)]\n#[path = \"x.rs\"]\nmod e;\nuse crate::query::f;\n";
    let found: Vec<String> = named_rooms(&code_of(text)).into_iter().collect();
    assert_eq!(found, ["query", "store"]);
    assert!(climbs_out("use super::super::store;", 2));
    assert!(!climbs_out("use super::state;", 2));
}
