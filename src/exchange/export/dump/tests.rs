//! A dump holds everything, comes back as it was, and is refused when it is not what was written.

use std::fs;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::*;
use crate::domain::deed::{Reversal, Reversed};
use crate::domain::id::Ids;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::exchange::demo;
use crate::history::commit::{Context, found};
use crate::history::rebuild::compare;
use crate::history::undo::reverse;
use crate::problem::{Kind, Problem};
use crate::store::tests::derived::derived;
use crate::store::{OpenOptions, Store, StoreError};

/// 20 November 2026, 16:00 UTC.
const NOW: Moment = Moment(1_795_190_400_000);
const DEVICE: Uuid = Uuid::from_u128(7);

fn fresh(folder: &Path, name: &str) -> Store {
    let mut store = Store::open(&folder.join(name), &OpenOptions::default()).expect("a workspace");
    found(&mut store, NOW).expect("founded");
    store
}

fn dumped(store: &Store) -> String {
    let mut bytes = Vec::new();
    let written = store.read(|reader| write(reader, DEVICE, &mut bytes));
    written.expect("written");
    String::from_utf8(bytes).expect("UTF-8")
}

fn kept(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("dump.jsonl");
    fs::write(&path, text).expect("a file");
    path
}

fn everything_derived(store: &Store) -> String {
    let read: Result<_, StoreError> = store.read(derived);
    format!("{:#?}", read.expect("reads"))
}

fn demo_in(folder: &Path) -> (Store, String) {
    let mut store = fresh(folder, "demo.db");
    demo::fill(&mut store, NOW).expect("the demo");
    let dump = dumped(&store);
    (store, dump)
}

#[test]
fn the_demo_comes_back_byte_by_byte_with_all_that_is_derived() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, dump) = demo_in(folder.path());
    let path = kept(folder.path(), &dump);
    assert!(is_dump_file(&path));
    let counts = check(&path).expect("sound");
    assert!(counts.row["feedback"] > 20 && counts.view > 0, "{counts:?}");
    let mut back = fresh(folder.path(), "back.db");
    assert_eq!(restore(&mut back, &path), Ok(counts));
    assert_eq!(dumped(&back), dump);
    assert_eq!(everything_derived(&back), everything_derived(&store));
    assert_eq!(compare(&back), Ok(Vec::new()));
}

#[test]
fn undo_goes_on_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, dump) = demo_in(folder.path());
    let path = kept(folder.path(), &dump);
    let mut back = fresh(folder.path(), "back.db");
    restore(&mut back, &path).expect("restored");
    let newest = store
        .read(|reader| reader.actions(None, 1))
        .expect("actions");
    let context = Context {
        author: Handle::parse(&newest[0].author).ok(),
        device: newest[0].device,
        now: NOW,
        clocks: crate::domain::clocks::Clocks::UTC,
        ids: std::sync::Mutex::new(Ids::Seeded(1)),
    };
    let undone = reverse(&mut back, &context, Reversal::Newest).expect("an answer");
    assert!(matches!(undone, Reversed::Done(_)), "{undone:?}");
    assert_eq!(compare(&back), Ok(Vec::new()));
    assert_ne!(dumped(&back), dump);
}

#[test]
fn only_an_empty_workspace_is_filled() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut store, dump) = demo_in(folder.path());
    let path = kept(folder.path(), &dump);
    let refused = restore(&mut store, &path).expect_err("not empty");
    assert_eq!(refused.kind, Kind::Refused);
    assert!(refused.summary.contains("empty workspace"), "{refused}");
    assert_eq!(dumped(&store), dump);
}

/// Refused with these words, and nothing has changed.
fn refused(folder: &Path, dump: &str, words: &[&str]) {
    let path = kept(folder, dump);
    let name = format!("{}.db", Uuid::new_v4());
    let mut store = fresh(folder, &name);
    let before = dumped(&store);
    let problem: Problem = restore(&mut store, &path).expect_err("refused");
    let said = format!("{problem} {:?}", problem.causes);
    for word in words {
        assert!(said.contains(word), "“{word}” is not in {said}");
    }
    assert_eq!(problem.kind, Kind::Input, "{said}");
    assert_eq!(dumped(&store), before);
}

/// The dump with another sum at its end, as somebody would make it who means what they changed.
fn summed(lines: &[&str]) -> String {
    use sha2::Digest;
    let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let sum = write::hexadecimal(&sha2::Sha256::digest(text.as_bytes()));
    let count = lines.len();
    text.push_str(&format!(
        "{{\"end\":{{\"lines\":{count},\"sha256\":\"{sum}\"}}}}\n"
    ));
    text
}

#[test]
fn what_was_cut_off_or_changed_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, dump) = demo_in(folder.path());
    let folder = folder.path();
    let lines: Vec<&str> = dump.lines().collect();
    let body = &lines[..lines.len() - 1];
    let whole = |lines: &[&str]| lines.iter().map(|l| format!("{l}\n")).collect::<String>();
    refused(folder, &whole(body), &["cut off", "mark of its end"]);
    refused(folder, &dump[..dump.len() / 2], &["line"]);
    refused(folder, &dump.replacen("Dark", "Bark", 1), &["were changed"]);
    let mut shorter = lines.clone();
    shorter.remove(lines.len() - 2);
    refused(folder, &whole(&shorter), &["lines are missing"]);
    refused(
        folder,
        &format!("{dump}x\n"),
        &["something follows the end"],
    );
    refused(folder, "", &["not the first line"]);
    let newer = dump.replacen("\"version\":1", "\"version\":2", 1);
    refused(folder, &newer, &["version 2", "version 1"]);
    assert_eq!(summed(body), dump);
    refused(folder, &summed(&shorter[..shorter.len() - 1]), &["counts"]);
}

#[test]
fn what_does_not_fit_together_is_refused_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, dump) = demo_in(folder.path());
    let folder = folder.path();
    let lines: Vec<&str> = dump.lines().collect();
    let body = &lines[..lines.len() - 1];
    let place = |beginning: &str, having: &str| {
        let found = body
            .iter()
            .position(|l| l.starts_with(beginning) && l.contains(having));
        found.unwrap_or_else(|| panic!("no {beginning} {having}"))
    };
    let with = |place: usize, line: String| {
        let mut changed: Vec<&str> = body.to_vec();
        changed[place] = &line;
        summed(&changed)
    };
    let feedback = place("{\"row\":", "\"thing\":\"feedback\",");
    let at = format!("line {}", feedback + 1);
    let line = body[feedback];
    for (from, to, words) in [
        ("\"fields\":{", "\"fields\":{\"mood\":1,", "no field mood"),
        ("\"thing\":\"feedback\"", "\"thing\":\"wish\"", "wish"),
        ("\"received\":1", "\"received\":0.1", "whole number"),
        ("\"made_by\":\"0", "\"made_by\":\"f", "there is no action"),
        ("\"content\":\"", "\"content\":\"x", "identity"),
        ("{\"row\":", "{\"rows\":", "unknown variant"),
        ("\"fields\":{", "\"fields\":[", "line"),
    ] {
        assert!(line.contains(from), "{from}: {line}");
        let changed = with(feedback, line.replacen(from, to, 1));
        refused(folder, &changed, &[&at, words]);
    }
    let idea = place("{\"row\":", "\"thing\":\"idea\",");
    let at = format!("line {}", idea + 1);
    let mut row: serde_json::Value = serde_json::from_str(body[idea]).expect("JSON");
    row["row"]["fields"]["votes"] = 7_777.into();
    let changed = with(idea, row.to_string());
    refused(folder, &changed, &["actions made of them", "votes"]);
    row["row"]["fields"]["status"] = serde_json::Value::Null;
    let changed = with(idea, row.to_string());
    refused(folder, &changed, &[&at, "cannot hold it"]);
    let twice = with(feedback + 1, line.to_owned());
    refused(folder, &twice, &["is there twice"]);
    let mut swapped = body.to_vec();
    swapped.swap(1, feedback);
    refused(folder, &summed(&swapped), &["line"]);
    let change = place("{\"change\":", "\"fields\"");
    let less = with(
        change,
        body[change].replacen("\"chunk\":0", "\"chunk\":3", 1),
    );
    refused(folder, &less, &[&format!("line {}", change + 1), "chunk 3"]);
}

#[test]
fn what_editors_do_to_a_file_is_no_damage() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, dump) = demo_in(folder.path());
    let others = [
        format!("\u{feff}{dump}"),
        format!("\n  \r\n{dump}"),
        format!("\u{feff}\r\n{}", dump.replace('\n', "\r\n")),
    ];
    for (number, other) in others.iter().enumerate() {
        let path = kept(folder.path(), other);
        assert!(is_dump_file(&path), "{number}");
        let mut back = fresh(folder.path(), &format!("{number}.db"));
        restore(&mut back, &path).expect("restored");
        assert_eq!(dumped(&back), dumped(&store), "{number}");
    }
    // The lines of one would be taken for feedback else.
    let path = kept(folder.path(), "\n{ \"intake-dump\" : \"cut");
    assert!(is_dump_file(&path));
    let problem = check(&path).expect_err("it is cut");
    assert!(problem.causes[0].contains("line 1"), "{problem:?}");
    for other in ["", "{}", "[{\"intake-dump\":1}]", "{\"x\":\"intake-dump\"}"] {
        assert!(!is_dump_file(&kept(folder.path(), other)), "{other}");
    }
}

#[test]
fn a_damaged_workspace_makes_no_dump_that_nobody_could_restore() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, _) = demo_in(folder.path());
    let path = store.path().to_owned();
    drop(store);
    let stranger = rusqlite::Connection::open(&path).expect("SQLite");
    let sql = "PRAGMA foreign_keys = OFF; UPDATE insight SET feedback = 9999 WHERE id = 1";
    stranger.execute_batch(sql).expect("altered");
    drop(stranger);
    let store = Store::open(&path, &OpenOptions::default()).expect("a workspace");
    let mut bytes = Vec::new();
    let refused = store.read(|reader| write(reader, DEVICE, &mut bytes));
    let problem = refused.expect_err("it is damaged");
    let lost = "table insight: 1 references to feedback lead nowhere";
    assert_eq!(problem.causes, [lost]);
    assert!(bytes.is_empty(), "nothing was written");
}
