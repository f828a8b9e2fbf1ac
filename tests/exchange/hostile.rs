//! Whatever a file holds, it is read or refused with a reason.

use std::fs;

use crate::world::{World, corpus, files};

#[test]
fn whatever_the_file_is_it_is_read_or_refused_with_a_reason() {
    let Some(corpus) = corpus() else { return };
    let world = World::new();
    let mut found = Vec::new();
    for folder in ["hostile", "import/csv-spectrum", "import/csvkit-examples"] {
        files(&corpus.join(folder), &mut found);
    }
    assert!(found.len() > 100);
    for path in found {
        if let Err(problem) = world.plan(&path) {
            assert!(problem.summary.starts_with("cannot import "), "{problem}");
            assert!(!problem.hints.is_empty(), "{problem}");
        }
    }
}

#[test]
fn every_naughty_string_survives_the_way_into_a_record() {
    let Some(corpus) = corpus() else { return };
    let text = fs::read_to_string(corpus.join("hostile/blns/blns.json")).expect("strings");
    let strings: Vec<String> = serde_json::from_str(&text).expect("strings");
    let mut world = World::new();
    let csv = world.folder.path().join("naughty.csv");
    let mut writer = csv::Writer::from_path(&csv).expect("a writer");
    writer
        .write_record(["id", "title", "body"])
        .expect("written");
    let lines = world.folder.path().join("naughty.jsonl");
    let mut json = String::new();
    for (number, string) in strings.iter().enumerate() {
        let id = number.to_string();
        writer
            .write_record([id.as_str(), "a title", string])
            .expect("written");
        let line = serde_json::json!({"id": id, "title": "a title", "body": string});
        json.push_str(&format!("{line}\n"));
    }
    writer.flush().expect("written");
    fs::write(&lines, json).expect("written");
    for path in [csv, lines] {
        let plan = world.plan(&path).expect("a plan");
        let bodies: Vec<String> = plan
            .things(&mut ())
            .expect("no faults")
            .filter_map(|thing| thing.expect("a thing").into_feedback())
            .map(|record| record.body)
            .collect();
        assert_eq!(bodies, strings);
        assert_eq!(world.import(&path).0, strings.len() as u64);
    }
}
