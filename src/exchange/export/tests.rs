//! The demo leaves in every format, and its CSV comes back field by field.

use std::path::Path;

use super::*;
use crate::domain::import::{Brought, ImportRecord};
use crate::domain::moment::Moment;
use crate::domain::record::FeedbackRecord;
use crate::domain::release::BETWEEN_SYNCS;
use crate::exchange::convert::Choices;
use crate::exchange::demo;
use crate::exchange::source::Source;
use crate::exchange::verdict::Verdict;
use crate::history::commit::found;
use crate::query::parse;
use crate::store::{OpenOptions, Store, StoreError};

/// 20 November 2026, 16:00 UTC.
const NOW: Moment = Moment(1_795_190_400_000);

fn demo(folder: &Path) -> Store {
    let options = OpenOptions::default();
    let mut store = Store::open(&folder.join("demo.db"), &options).expect("a workspace");
    found(&mut store, NOW).expect("founded");
    demo::fill(&mut store, NOW).expect("the demo");
    store
}

fn context() -> FilterContext {
    FilterContext {
        now: NOW,
        me: None,
        clocks: crate::domain::clocks::Clocks::UTC,
    }
}

fn written(store: &Store, what: &What, format: Format) -> (String, Exported) {
    let mut bytes = Vec::new();
    let request = (what, format);
    let done = store.read(|reader| export(reader, &context(), Uuid::nil(), request, &mut bytes));
    (
        String::from_utf8(bytes).expect("UTF-8"),
        done.expect("written"),
    )
}

fn subjects() -> [(&'static str, What); 4] {
    [
        ("Feedback", What::Feedback(Query::default())),
        ("Ideas", What::Ideas(IdeaQuery::default(), Query::default())),
        ("Releases", What::Releases(NOW.plus(-BETWEEN_SYNCS))),
        ("Meetings", What::Meetings),
    ]
}

#[test]
fn everything_leaves_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = demo(folder.path());
    for (name, what) in subjects() {
        let (csv, done) = written(&store, &what, Format::Csv);
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let rows: Vec<_> = rows.records().collect::<Result<_, _>>().expect("rows");
        assert!(
            done.things > 1 && rows.len() as u64 >= done.things,
            "{name}: {done:?}"
        );
        let (json, told) = written(&store, &what, Format::JsonLines);
        assert_eq!(
            (told, json.lines().count() as u64),
            (done, done.things),
            "{name}"
        );
        for line in json.lines() {
            let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert!(object.is_object(), "{name}: {line}");
        }
        let (document, told) = written(&store, &what, Format::Markdown);
        assert_eq!(told, done, "{name}");
        assert!(
            document.starts_with("# ") && !document.contains("\n\n\n"),
            "{name}: {document}"
        );
    }
}

#[test]
fn every_column_is_documented_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = demo(folder.path());
    let page = include_str!("../../../docs/export.md");
    for (name, what) in subjects() {
        let section = page
            .split(&format!("\n### {name}\n"))
            .nth(1)
            .expect("a section");
        let section = section.split("\n#").next().expect("a section");
        let cells = section.lines().filter_map(|line| line.strip_prefix("| `"));
        let mut documented: Vec<&str> = cells
            .filter_map(|line| line.split(" |").next())
            .flat_map(|cell| cell.split(", "))
            .map(|name| name.trim_matches('`'))
            .collect();
        let (csv, _) = written(&store, &what, Format::Csv);
        let mut columns: Vec<&str> = csv.lines().next().expect("a header").split(',').collect();
        documented.sort_unstable();
        columns.sort_unstable();
        assert_eq!(columns, documented, "{name}");
    }
}

fn records(store: &Store) -> Vec<FeedbackRecord> {
    let mut records = Vec::new();
    let visited = store.read(|reader| {
        reader.visit_feedback(&Query::default(), &context(), |record| {
            records.push(record);
            Ok::<_, StoreError>(())
        })
    });
    visited.expect("a filter").expect("a read");
    records
}

/// What the importer makes of a CSV file.
fn imported(path: &Path) -> Vec<ImportRecord> {
    let choices = Choices::default();
    let source = Source::open(path, &choices).expect("a file");
    assert_eq!(source.words(), "feedback of Intake, CSV");
    let verdicts = source.verdicts(&choices).expect("rows");
    let one = |verdict: Result<Verdict, Problem>| match verdict.expect("a row") {
        Verdict::Brings(things) => things.into_iter().filter_map(Brought::into_feedback).next(),
        other => panic!("{other:?}"),
    };
    verdicts
        .map(|verdict| one(verdict).expect("a feedback"))
        .collect()
}

#[test]
fn feedback_comes_back_from_csv_field_by_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = demo(folder.path());
    let (csv, _) = written(&store, &What::Feedback(Query::default()), Format::Csv);
    let path = folder.path().join("feedback.csv");
    std::fs::write(&path, csv).expect("a file");
    let (left, back) = (records(&store), imported(&path));
    assert_eq!(left.len(), back.len());
    for (left, back) in left.into_iter().zip(back) {
        assert_eq!(back.identity(), left.id);
        assert_eq!((back.title, back.body), (left.title, left.body));
        assert_eq!((back.source, back.origin), (left.source, left.origin));
        assert_eq!((back.source_id, back.url), (left.source_id, left.url));
        assert_eq!(
            (back.received, back.received_offset),
            (left.received, left.received_offset)
        );
        assert_eq!(back.reporter.map(|person| person.handle), left.reporter);
        assert_eq!(back.owner.map(|person| person.handle), left.owner);
        let customer = back
            .customer
            .map(|customer| (customer.name, customer.email));
        assert_eq!(
            customer,
            left.customer
                .map(|customer| (customer.name, customer.email))
        );
        let company = back
            .company
            .map(|c| (c.name, c.tier, c.domain, c.revenue, c.segment, c.renewal));
        let there = left
            .company
            .map(|c| (c.name, c.tier, c.domain, c.revenue, c.segment, c.renewal));
        assert_eq!(company, there);
        assert_eq!((back.area, back.tags), (left.area, left.tags));
        assert_eq!(
            (back.importance, back.kind, back.votes),
            (left.importance, left.kind, left.votes)
        );
        assert_eq!(back.needed_by, left.needed_by);
        assert_eq!(
            (back.product_version, back.edition),
            (left.version, left.edition)
        );
        assert_eq!(back.original_id, left.duplicate_of);
        let state = back.state.word();
        assert!(
            state == left.state.name() || left.state.name() == "waiting",
            "{state}"
        );
    }
}

#[test]
fn a_cell_that_we_do_not_write_is_a_fault_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = demo(folder.path());
    let query = parse("is:unprocessed").expect("a filter");
    let (csv, _) = written(&store, &What::Feedback(query), Format::Csv);
    let path = folder.path().join("feedback.csv");
    std::fs::write(&path, csv.replace(",unprocessed,", ",asleep,")).expect("a file");
    let choices = Choices::default();
    let source = Source::open(&path, &choices).expect("a file");
    let first = source
        .verdicts(&choices)
        .expect("rows")
        .next()
        .expect("a row");
    match first.expect("a verdict") {
        Verdict::Faults(faults) => {
            let said = faults[0].to_string();
            assert!(
                said.contains("“state”") && said.contains("“asleep”"),
                "{said}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_tell_formats() {
    let of = |name: &str| Format::of(Path::new(name));
    assert_eq!(of("a.CSV"), Some(Format::Csv));
    assert_eq!(of("a.b.ndjson"), Some(Format::JsonLines));
    assert_eq!(of("x/a.md"), Some(Format::Markdown));
    assert_eq!(of("a.xlsx"), Some(Format::Xlsx));
    assert_eq!((of("a"), of(".csv"), of("a.xls")), (None, None, None));
}
