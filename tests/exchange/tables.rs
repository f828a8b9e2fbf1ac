//! Tables: CSV and its relatives, and what becomes of their columns.

use std::fs;
use std::path::Path;

use intake::domain::import::ImportRecord;
use intake::exchange::read::{Manner, Next, Table};

use crate::world::{World, corpus};

/// FNV-1a over id, title, body and second of every record, in order.
fn checksum(records: &[ImportRecord]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0xFF]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for record in records {
        take(record.source_id.as_deref().unwrap_or_default().as_bytes());
        take(record.title.as_bytes());
        take(record.body.as_bytes());
        take((record.received.0 / 1_000).to_string().as_bytes());
    }
    hash
}

struct Expected {
    file: &'static str,
    rows: usize,
    first: &'static str,
    last: &'static str,
    body_bytes: usize,
    unprocessed: usize,
    checksum: u64,
}

const EXPECTED: &[Expected] = &[
    Expected {
        file: "import/vscode-issues-csv/microsoft_vscodebugs_sample.csv",
        rows: 100,
        first: "223706",
        last: "221964",
        body_bytes: 70_560,
        unprocessed: 44,
        checksum: 0x16b5_6e73_b35a_e5ef,
    },
    Expected {
        file: "import/vscode-issues-csv/multilingual_bug_reports_vscode.csv",
        rows: 1_381,
        first: "218250",
        last: "44229",
        body_bytes: 2_158_459,
        unprocessed: 0,
        checksum: 0xd4fc_a6b8_c902_d777,
    },
    Expected {
        file: "import/bugzilla-csv/SeaMonkey_bugs.csv",
        rows: 1_076,
        first: "1606681",
        last: "1951101",
        body_bytes: 753_100,
        unprocessed: 342 + 206 + 16 + 3,
        checksum: 0xb0f4_de2b_9739_717e,
    },
    Expected {
        file: "import/fider-csv-export/more-posts.csv",
        rows: 3,
        first: "10",
        last: "20",
        body_bytes: 21,
        unprocessed: 1,
        checksum: 0x732a_d040_2fcf_472a,
    },
    Expected {
        file: "import/fider-csv-export/one-post.csv",
        rows: 1,
        first: "10",
        last: "10",
        body_bytes: 21,
        unprocessed: 0,
        checksum: 0x0818_13c5_a785_1c3b,
    },
];

#[test]
fn real_files_arrive_with_the_right_title_text_date_and_id() {
    let Some(corpus) = corpus() else { return };
    for expected in EXPECTED {
        let path = corpus.join(expected.file);
        let mut world = World::new();
        let plan = world.plan(&path).expect("a plan");
        assert_eq!(
            plan.counts.feedback.create, expected.rows as u64,
            "{}",
            expected.file
        );
        assert_eq!(
            plan.counts.total(),
            expected.rows as u64,
            "{}",
            expected.file
        );
        let records: Vec<ImportRecord> = plan
            .things(&mut ())
            .expect("no faults")
            .filter_map(|thing| thing.expect("a thing").into_feedback())
            .collect();
        let id = |record: Option<&ImportRecord>| record.and_then(|r| r.source_id.clone());
        assert_eq!(id(records.first()).as_deref(), Some(expected.first));
        assert_eq!(id(records.last()).as_deref(), Some(expected.last));
        let bytes: usize = records.iter().map(|r| r.body.len()).sum();
        assert_eq!(bytes, expected.body_bytes, "{}", expected.file);
        assert_eq!(checksum(&records), expected.checksum, "{}", expected.file);
        let unprocessed = plan.states.get("unprocessed").copied().unwrap_or(0);
        assert_eq!(
            unprocessed, expected.unprocessed as u64,
            "{}",
            expected.file
        );

        let rows = expected.rows as u64;
        assert_eq!(world.import(&path), (rows, 0, 0), "{}", expected.file);
        assert_eq!(
            world.plan(&path).expect("a plan").counts.feedback.unchanged,
            rows
        );
        assert_eq!(world.import(&path), (0, 0, rows), "{}", expected.file);
    }
}

#[test]
fn what_a_file_has_no_column_for_stays_as_it_was_and_an_empty_cell_takes_it_away() {
    let mut world = World::new();
    let path = world.folder.path().join("wishes.csv");
    let mut import = |text: &str| {
        fs::write(&path, text).expect("a file");
        world.import(&path)
    };
    let whole = "id,title,description,created,company,customer,priority,status,assignee,tags,votes\n\
        1,Export,As PDF,2026-01-05,Globex,Eve,critical,closed,lin,a;b,3\n\
        2,Themes,Dark ones,2026-01-06,Initech,Bob,high,open,omar,c,1\n";
    assert_eq!(import(whole), (2, 0, 0));
    assert_eq!(import("id,title\n1,Export\n2,Themes\n"), (0, 0, 2));
    assert_eq!(
        import("id,title,priority\n1,Export,critical\n2,Dark themes,low\n"),
        (0, 1, 1)
    );
    assert_eq!(
        import(
            &whole
                .replace("2,Themes", "2,Dark themes")
                .replace("Bob,high", "Bob,low")
        ),
        (0, 0, 2)
    );
    assert_eq!(
        import("id,title,priority,tags\n1,Export,,a\n2,Dark themes,low,c\n"),
        (0, 1, 1)
    );
    let left = whole
        .replace("2,Themes", "2,Dark themes")
        .replace("Bob,high", "Bob,low");
    let left = left.replace("critical", "").replace("a;b", "a");
    assert_eq!(import(&left), (0, 0, 2));
}

#[test]
fn labels_of_real_files_are_parted_where_their_tool_parts_them() {
    let Some(corpus) = corpus() else { return };
    let tags = |file: &str| -> Vec<Vec<String>> {
        World::new()
            .plan(&corpus.join(file))
            .expect("a plan")
            .things(&mut ())
            .expect("no faults")
            .filter_map(|thing| thing.expect("a thing").into_feedback())
            .map(|record| record.tags)
            .collect()
    };
    let issues = tags("import/vscode-issues-csv/microsoft_vscodebugs_sample.csv");
    assert_eq!(issues[0], ["bug", "accessibility"]);
    let posts = tags("import/fider-csv-export/more-posts.csv");
    assert_eq!(posts[0], ["easy", "ignored"]);
    assert_eq!(posts[2], ["this-tag-has,comma"]);
}

#[test]
fn files_with_nothing_to_import_say_so() {
    let Some(corpus) = corpus() else { return };
    let world = World::new();
    let problem = world
        .plan(&corpus.join("import/bugzilla-csv/SeaMonkey_bugs-combined.csv"))
        .expect_err("refused");
    assert!(problem.summary.ends_with("it has ids only"), "{problem}");
    let plan = world
        .plan(&corpus.join("import/fider-csv-export/empty.csv"))
        .expect("a plan");
    assert!(plan.is_empty());
    assert_eq!(
        plan.notes,
        ["nothing to import: the file has a header and no rows"]
    );
}

/// All rows of a file as pairs of column and cell; `None` when it is refused.
fn rows(path: &Path) -> Option<Vec<Vec<(String, String)>>> {
    let table = Table::open(path, Manner::default()).ok()?;
    let mut rows = table.rows().ok()?;
    let mut all = Vec::new();
    loop {
        match rows.next_row().ok()? {
            Next::Row(row) => all.push(table.columns.iter().cloned().zip(row.cells).collect()),
            Next::Fault(_) | Next::Short(..) => {}
            Next::End => return Some(all),
        }
    }
}

#[test]
fn the_spectrum_of_csv_reads_as_its_json_says() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/csv-spectrum");
    let mut compared = 0;
    for entry in fs::read_dir(folder.join("csvs")).expect("a folder") {
        let csv = entry.expect("an entry").path();
        let name = csv
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(folder.join(format!("json/{name}.json"))).expect("json");
        // Some of the files hold one object without a list around it.
        let wanted: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&text)
            .unwrap_or_else(|_| vec![serde_json::from_str(&text).expect("json")]);
        let read = rows(&csv).expect("rows");
        assert_eq!(read.len(), wanted.len(), "{name}");
        for (row, wanted) in read.iter().zip(&wanted) {
            assert_eq!(row.len(), wanted.len(), "{name}");
            for (column, cell) in row {
                // The JSON of this one was written for another telephone number.
                if name == "location_coordinates" && column == "Contact Phone Number" {
                    assert_eq!(cell, "2095257564");
                    continue;
                }
                // The JSON has line feeds where some of the files have both.
                let cell = cell.replace("\r\n", "\n");
                let wanted = wanted[column].as_str().expect("text").replace("\r\n", "\n");
                assert_eq!(cell, wanted, "{name}");
            }
        }
        compared += 1;
    }
    assert_eq!(compared, 12);
}
