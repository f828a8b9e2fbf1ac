//! The replay of labelled sets: its protocol, worked by hand, and what it reads.

#[path = "../examples/suggest_quality/labelled.rs"]
mod labelled;
#[path = "../examples/suggest_quality/replay.rs"]
mod replay;
#[path = "../examples/suggest_quality/report.rs"]
mod report;

use labelled::{Labelled, read};
use replay::Replay;

/// Two groups and one that is alone; ids and groups are numbers and text, bodies are missing or null.
const SET: &str = r#"{"id":1,"title":"Export a board as PDF","body":"Auditors want the board on paper.","group":"pdf"}
{"id":"2","title":"Dark mode","body":null,"group":7}

{"id":3,"title":"Board export to PDF for auditors","group":"pdf"}
{"id":4,"title":"Coffee machine is cold","body":""}
{"id":5,"title":"","body":"  \n Dark mode on the phone\nThe screen blinds.","group":7}
{"id":6,"title":"Zebras","body":"Giraffes","group":"pdf","product":"Zoo","component":"Wild Life"}
"#;

fn set(areas: bool) -> Labelled {
    read(SET.as_bytes(), areas).expect("a labelled set")
}

fn told(set: &Labelled) -> String {
    told_with(set, true)
}

fn told_with(set: &Labelled, ideas: bool) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut replay =
        Replay::new(&folder.path().join("replay.db"), ideas, false).expect("a workspace");
    for item in &set.items {
        replay.step(item).expect("an item");
    }
    replay.report("set", set)
}

#[test]
fn a_small_set_is_replayed_as_by_hand() {
    let told = told(&set(false));
    let expected = [
        "set: 6 items, 3 ideas, 3 questions",
        "  of them                  1 items have no group, and are alone",
        // The third and the fifth are found first, the sixth is not.
        "recall at 1                0.667",
        "recall at 10               0.667",
        "mean reciprocal rank       0.667",
        "nothing suggested, wrongly 0.333 (1 of 3 whose idea exists)",
        // Neither the first, nor dark mode, nor coffee is about what was there.
        "nothing suggested, rightly 1.000 (3 of 3 whose idea does not)",
        "keys per item              3.33 (1 for a digit, else 8: i, letters, Enter)",
    ];
    for line in expected {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
}

#[test]
fn the_same_item_is_asked_for_without_ideas_too() {
    let line = |ideas| {
        let told = told_with(&set(false), ideas);
        let mut lines = told.lines();
        let found = lines.find(|line| line.starts_with("the same of its company"));
        (found.map(str::to_owned), told)
    };
    let ((with, _), (without, told)) = (line(true), line(false));
    assert_eq!(with, without, "ideas do not tell what is the same");
    assert!(
        told.starts_with("set: 6 items, 0 ideas, 0 questions"),
        "{told}"
    );
}

#[test]
fn areas_are_told_where_that_is_asked_for() {
    let areas = |set: &Labelled| set.items.iter().filter(|item| item.area.is_some()).count();
    assert_eq!((areas(&set(false)), areas(&set(true))), (0, 1));
    let last = &set(true).items[5];
    assert_eq!(last.area.as_deref(), Some("Zoo-Wild Life"));
    let owner = last.owner.as_ref().map(ToString::to_string);
    assert_eq!(owner.as_deref(), Some("@zoo-wild-life"));
    assert!(told(&set(true)).contains("recall at 1                0.667"));
}

#[test]
fn what_others_write_is_read_or_its_line_is_told() {
    let items = |bytes: &[u8]| read(bytes, false).map(|set| set.items.len());
    assert_eq!(items(b"\xEF\xBB\xBF{\"id\":1,\"group\":1}\r\n"), Ok(1));
    assert_eq!(
        items(b"{\"id\":1,\"title\":\"caf\xE9\",\"group\":1}"),
        Ok(1)
    );
    let fault = items(b"{\"id\":1,\"group\":1}\n\n{\"id\":2,\"group").expect_err("half a line");
    assert!(
        fault.starts_with("line 3: EOF") && fault.contains("at column"),
        "{fault}"
    );
    let fault = items(b"[1]").expect_err("a list");
    assert_eq!(fault, "line 1: this is no object");
    assert!(items(b"\n").is_err(), "an empty file has no figures");
    let long = format!(
        "{{\"id\":1,\"group\":null,\"body\":\"{}\"}}",
        "ü".repeat(1 << 20)
    );
    let set = read(long.as_bytes(), false).expect("a long body");
    assert_eq!((set.cut, set.alone), (1, 1));
    assert!(set.items[0].body.len() < 1 << 20);
    assert_eq!(set.items[0].title.chars().count(), 120);
}
