use std::fs;

use super::*;
use crate::domain::import::ImportState;
use crate::store::{OpenOptions, Store, StoreError};

/// 6 November 2026.
const NOW: Moment = Moment(1_794_000_000_000);

/// A folder with an empty workspace and a file with this text.
struct World {
    folder: tempfile::TempDir,
    store: Store,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("world.db"), &OpenOptions::default())
            .expect("a workspace");
        Self { folder, store }
    }

    fn plan(&self, name: &str, text: &str, choices: Choices) -> Result<Plan, Problem> {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("written");
        self.store
            .read(|reader| Ok(plan(reader, &[path.into()], choices, NOW, &mut ())))
            .map_err(|e: StoreError| Problem::from(e))?
    }
}

#[test]
fn a_plan_counts_what_would_happen_and_writes_nothing() {
    let world = World::new();
    let text = "id,title,status,date\n1,a,open,2024-01-01\n2,b,closed,2024-01-02\n3,,open,\n2,c,open,\n4,d,open,soon\n5\n";
    let plan = world
        .plan("a.csv", text, Choices::default())
        .expect("a plan");
    assert_eq!(
        plan.counts,
        Counts {
            feedback: Fates {
                create: 2,
                ..Fates::default()
            },
            skipped: 2,
            faulty: 2,
            ..Counts::default()
        }
    );
    let lines = plan.lines();
    let lines = lines
        .iter()
        .map(|line| (line.kind, line.count.as_str(), line.about.as_str()));
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            ("feedback", "2 new", "1 processed, 1 unprocessed"),
            ("left out", "1", "its id stands in an earlier line (line 5)"),
            ("left out", "1", "neither a title nor a text (line 4)"),
            ("rows", "2", "have faults: nothing is imported"),
        ]
    );
    assert_eq!(plan.states, [("processed", 1), ("unprocessed", 1)].into());
    assert_eq!(plan.samples.len(), 2);
    let skipped: Vec<_> = plan
        .skipped
        .iter()
        .map(|left| (left.line, left.what.to_string()))
        .collect();
    assert_eq!(
        skipped,
        [
            (4, "neither a title nor a text".to_owned()),
            (5, "its id stands in line 3 already".to_owned()),
        ]
    );
    assert_eq!(plan.reasons.len(), 2);
    let refused = plan.check().expect_err("faults");
    assert_eq!(
        refused.causes,
        [
            "line 6, column “date”: “soon” is not a date",
            "line 7: the row has 1 of 4 cells; the first that is missing is “title”",
        ]
    );
    assert!(plan.things(&mut ()).is_err());
}

#[test]
fn faulty_rows_can_be_left_out() {
    let world = World::new();
    let choices = Choices {
        skip_bad: true,
        state: Some(ImportState::Unprocessed),
        ..Choices::default()
    };
    let text =
        "{\"id\":1,\"title\":\"a\",\"state\":\"closed\"}\n{broken\n{\"id\":2,\"title\":\"b\"}\n";
    let plan = world.plan("a.jsonl", text, choices).expect("a plan");
    assert_eq!((plan.counts.feedback.create, plan.counts.faulty), (2, 1));
    let mut watch = ();
    let titles: Vec<String> = plan
        .things(&mut watch)
        .expect("records")
        .filter_map(|thing| thing.expect("a thing").into_feedback())
        .map(|record| record.title)
        .collect();
    assert_eq!(titles, ["a", "b"]);
    assert_eq!(plan.states, [("unprocessed", 2)].into());
}

#[test]
fn a_header_alone_imports_nothing_and_says_so() {
    let world = World::new();
    let plan = world
        .plan(
            "empty.csv",
            "number,title,description\n",
            Choices::default(),
        )
        .expect("a plan");
    assert!(plan.is_empty());
    assert_eq!(
        plan.notes,
        ["nothing to import: the file has a header and no rows"]
    );
}

#[test]
fn a_file_that_breaks_off_is_refused_as_a_whole() {
    let world = World::new();
    let problem = world
        .plan("a.csv", "id,title\n1,a\n2,\"b\n3,c\n", Choices::default())
        .expect_err("refused");
    assert!(problem.summary.contains("line 3"), "{problem}");
    assert_eq!(problem.kind, Kind::Input);
}

#[test]
fn a_file_without_one_good_row_is_refused_with_the_faults_of_its_rows() {
    let world = World::new();
    for (line, words) in [
        ("{\"title\": \"\\ud800\"}", "line 1"),
        ("{\"id\": 1, \"id\": 2, \"title\": \"x\"}", "line 1"),
        ("{\"title\":", "not JSON"),
    ] {
        let refused = world
            .plan("broken.jsonl", line, Choices::default())
            .expect_err("no row can be read");
        assert_eq!(refused.kind, Kind::Input);
        assert!(refused.summary.contains("no row"), "{refused:?}");
        assert!(refused.causes[0].contains(words), "{refused:?}");
    }
}

#[test]
fn a_message_of_a_folder_is_named_by_its_file() {
    let world = World::new();
    let folder = world.folder.path().join("mails");
    fs::create_dir(&folder).expect("a folder");
    let whole = "From: dana@acme.test\nSubject: Export\n\nAs a PDF, please.\n";
    for (name, text) in [
        ("000.eml", whole),
        ("001.eml", "From: dana@acme.test\n\n"),
        ("002.eml", "no message\n"),
    ] {
        fs::write(folder.join(name), text).expect("written");
    }
    let planned = |paths: &[Given]| {
        let plan = world.store.read(|reader| {
            Ok::<_, StoreError>(plan(reader, paths, Choices::default(), NOW, &mut ()))
        });
        plan.expect("a read").expect("a plan")
    };
    let about = |plan: &Plan| -> Vec<String> {
        let lines = plan.lines().into_iter();
        let lines = lines.filter(|line| line.kind == "left out");
        lines.map(|line| line.about).collect()
    };
    let one = planned(&[folder.clone().into()]);
    assert_eq!(about(&one), ["neither a title nor a text (001.eml)"]);
    let table = world.folder.path().join("a.csv");
    fs::write(&table, "id,title\n1,words\n").expect("written");
    let two = planned(&[folder.into(), table.into()]);
    assert_eq!(about(&two), ["neither a title nor a text (mails/001.eml)"]);
}

#[test]
fn folders_in_a_folder_are_told_of() {
    let world = World::new();
    let mut plan = world
        .plan("a.csv", "id,title\n1,words\n", Choices::default())
        .expect("a plan");
    let mut told = |names: &[&str]| {
        plan.folders = names.iter().map(|name| (*name).to_owned()).collect();
        let lines = plan.lines();
        let last = lines.last().expect("a line");
        format!("{}: {}", last.count, last.about)
    };
    assert_eq!(
        told(&["GET", "POST"]),
        "2 folders: GET, POST; give them by name to read them"
    );
    assert_eq!(told(&["GET"]), "1 folder: GET; give it by name to read it");
}

#[test]
fn what_is_dated_in_the_future_is_told_with_what_to_do_about_it() {
    let world = World::new();
    let text = "id,title,date\n1,a,2026-11-06\n2,b,2026-12-11\n3,c,2027-01-02\n4,d,2026-11-07\n";
    let plan = world
        .plan("a.csv", text, Choices::default())
        .expect("a plan");
    assert_eq!(
        plan.notes,
        [
            "3 items are dated in the future, up to 2027-01-02 (line 4): day and month may be read in the wrong order; dates written as \
             year-month-day leave no doubt, and where the items have an id, importing the mended file again corrects them"
        ]
    );
    let one = world.plan(
        "b.csv",
        "id,title,date\n1,a,2026-12-11\n",
        Choices::default(),
    );
    let one = one.expect("a plan").notes.remove(0);
    let opening = "1 item is dated in the future, 2026-12-11 (line 2): day";
    assert!(one.starts_with(opening), "{one}");
}
