use std::fs;

use proptest::prelude::*;

use super::*;
use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::import::Brought;
use crate::domain::people::Handle;
use crate::exchange::read::{Manner, Next};
use crate::exchange::settle::Settler;
use crate::exchange::verdict::Verdict;

/// What becomes of each row of a file.
fn verdicts(name: &str, text: &str, choices: &Choices) -> Vec<Verdict> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("written");
    let table = Table::open(&path, Manner::default()).expect("a table");
    let mut rows = table.rows().expect("rows");
    let mut read = Vec::new();
    while let Ok(Next::Row(row)) = rows.next_row() {
        read.push(row);
    }
    let samples: Vec<Vec<String>> = read.iter().map(|row| row.cells.clone()).collect();
    let mapping = Mapping::guess(&table, &samples, &choices.map).expect("a mapping");
    let ground = Ground {
        tool: match table.format {
            crate::exchange::read::Format::Csv(_) | crate::exchange::read::Format::Sheet(_) => {
                "spreadsheet"
            }
            crate::exchange::read::Format::Json(_) => "json",
        },
        choices,
        file: name,
        written: table.written(),
        beside: None,
    };
    let converter = Converter::new(&table, &mapping, ground);
    let mut settler = Settler::default();
    read.iter()
        .map(|row| match converter.convert(row) {
            Ok(record) => settler.settle(choices, record.into()),
            Err(faults) => Verdict::Faults(faults),
        })
        .collect()
}

fn records(name: &str, text: &str) -> Vec<ImportRecord> {
    verdicts(name, text, &Choices::default())
        .into_iter()
        .map(|verdict| match verdict {
            Verdict::Brings(mut things) => things.remove(0).into_feedback().expect("feedback"),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn every_cell_is_read_as_what_its_column_means() {
    let all = records(
        "export.csv",
        "id,title,body,created,reporter,customer,email,company,tier,state,tags,votes,url,owner,priority,type\n\
         7,Dark mode,\" at night \",30/Oct/26 5:00 PM,@Dana,Kim Roe,kim@globex.example,Globex,Gold,open,\
         \"ui; night;ui\",12,https://ideas.example/x,omar@corp.example,P2,Feature request\n",
    );
    let record = &all[0];
    assert_eq!((&*record.title, &*record.body), ("Dark mode", " at night "));
    assert_eq!(record.received.rfc3339(), "2026-10-30T17:00:00Z");
    assert_eq!(
        record.reporter,
        Handle::parse("dana").ok().map(ImportPerson::from)
    );
    assert_eq!(record.owner, words::person("omar@corp.example"));
    let customer = record.customer.as_ref().expect("a customer");
    assert_eq!(customer.name, "Kim Roe");
    assert_eq!(customer.email.as_deref(), Some("kim@globex.example"));
    let company = record.company.as_ref().expect("a company");
    assert_eq!(
        (&*company.name, company.tier.as_deref()),
        ("Globex", Some("Gold"))
    );
    assert_eq!(record.tags, ["ui", "night"]);
    assert_eq!(record.votes, 12);
    assert_eq!(record.importance, Some(Importance::Important));
    assert_eq!(record.kind, Some(FeedbackKind::Request));
    assert_eq!(
        (&*record.source, &*record.origin),
        ("spreadsheet", "export.csv")
    );
    assert_eq!(record.state, ImportState::Unprocessed);
}

#[test]
fn what_sheets_tell_of_companies_and_people_is_kept() {
    let all = records(
        "sheet.csv",
        "Betreff;Beschreibung;Firma;Domain;Annual revenue;Segment;Renewal date;Owner;Needed by;Product area;Version;Edition;Comments\n\
         Dunkel;Bitte;Globex;www.globex.example;1.200,00 €;Enterprise;31.12.2026;Dana Miller <dana@corp.example>;1.2.2027;Mobile;9.5;E20;Asked twice\n",
    );
    let record = &all[0];
    assert_eq!((&*record.title, &*record.body), ("Dunkel", "Bitte"));
    let company = record.company.as_ref().expect("a company");
    assert_eq!(company.domain.as_deref(), Some("globex.example"));
    assert_eq!(company.revenue, Some(1_200));
    assert_eq!(company.segment.as_deref(), Some("Enterprise"));
    let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d);
    assert_eq!(
        (company.renewal, record.needed_by),
        (day(2026, 12, 31), day(2027, 2, 1))
    );
    let owner = record.owner.as_ref().expect("an owner");
    assert_eq!(owner.handle.as_str(), "dana");
    assert_eq!(owner.name.as_deref(), Some("Dana Miller"));
    assert_eq!(owner.email.as_deref(), Some("dana@corp.example"));
    assert_eq!(record.area.as_deref(), Some("Mobile"));
    assert_eq!(record.product_version.as_deref(), Some("9.5"));
    assert_eq!(record.edition.as_deref(), Some("E20"));
    assert_eq!(record.comments[0].text, "Asked twice");
}

#[test]
fn an_outsider_in_the_column_of_authors_is_the_customer() {
    let by_author = records("a.csv", "title,author\nx,octofan\n");
    assert_eq!(
        by_author[0].customer.as_ref().map(|c| &*c.name),
        Some("octofan")
    );
    assert_eq!(by_author[0].reporter, None);
    let by_name = records("a.csv", "title,reporter\nx,Jo Doe\ny,jdoe\n");
    assert_eq!(
        by_name[0].customer.as_ref().map(|c| &*c.name),
        Some("Jo Doe")
    );
    assert_eq!(
        by_name[1].reporter,
        Handle::parse("jdoe").ok().map(ImportPerson::from)
    );
}

#[test]
fn links_tell_the_project() {
    let all = records(
        "a.jsonl",
        r#"{"number":1,"title":"x","html_url":"https://github.com/acme/app/issues/1"}
{"number":2,"title":"y","html_url":"https://pictures.example/a.png"}
{"number":3,"title":"z","html_url":"https://bugs.example/show.cgi?id=3"}
{"number":4,"title":"w","html_url":"https://chat.acme.atlassian.net/browse/4#top"}
"#,
    );
    let told: Vec<(&str, &str)> = all.iter().map(|r| (&*r.source, &*r.origin)).collect();
    assert_eq!(
        told,
        [
            ("github", "github.com/acme/app"),
            ("json", "a.jsonl"),
            ("json", "bugs.example"),
            ("jira", "chat.acme.atlassian.net"),
        ]
    );
}

#[test]
fn what_is_finished_at_its_source_arrives_processed() {
    let all = records(
        "a.csv",
        "id,title,status,resolution,original_id\n\
         1,a,open,,\n2,b,RESOLVED,FIXED,\n3,c,duplicate,,1\n4,d,duplicate,,\n5,e,Closed,not_planned,\n\
         6,f,archived,,\n7,g,In Progress,,\n8,h,,,\n9,i,Won't Do,,\n10,j,open,,1\n",
    );
    let no_action = ImportState::Processed(Resolution::NoAction);
    let states: Vec<ImportState> = all.iter().map(|r| r.state).collect();
    assert_eq!(
        states,
        [
            ImportState::Unprocessed,
            no_action,
            ImportState::Processed(Resolution::Duplicate),
            no_action,
            no_action,
            ImportState::Archived,
            ImportState::Unprocessed,
            ImportState::Unprocessed,
            no_action,
            ImportState::Unprocessed,
        ]
    );
    assert_eq!(all[2].original(), Some(all[0].identity()));
    assert_eq!(all[9].duplicate_of, None);
    let choices = Choices {
        state: Some(ImportState::Unprocessed),
        ..Choices::default()
    };
    for verdict in verdicts(
        "a.csv",
        "id,title,status,original\n2,b,duplicate,1\n",
        &choices,
    ) {
        let Verdict::Brings(mut things) = verdict else {
            panic!("{verdict:?}");
        };
        let record = things.remove(0).into_feedback().expect("feedback");
        assert_eq!(
            (record.state, record.duplicate_of),
            (ImportState::Unprocessed, None)
        );
    }
}

#[test]
fn rows_without_words_and_repeated_ids_are_left_out_with_a_reason() {
    let all = verdicts(
        "a.csv",
        "id,title,body\n1,a,\n2, ,\n1,b,\n1,c,\n",
        &Choices::default(),
    );
    let told: Vec<String> = all
        .iter()
        .map(|verdict| match verdict {
            Verdict::Brings(things) => match &things[..] {
                [Brought::Feedback(record)] => record.title.clone(),
                other => panic!("{other:?}"),
            },
            Verdict::Skipped(line, why) => format!("{line}: {why}"),
            Verdict::Faults(faults) => format!("{faults:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            "a",
            "3: neither a title nor a text",
            "4: its id stands in line 2 already",
            "5: its id stands in line 2 already",
        ]
    );
}

#[test]
fn faults_of_a_row_are_told_together() {
    let all = verdicts(
        "a.csv",
        "title,date,votes\nx,soon,many\n",
        &Choices::default(),
    );
    let Verdict::Faults(faults) = &all[0] else {
        panic!("{all:?}");
    };
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 2, column “date”: “soon” is not a date",
            "line 2, column “votes”: “many” is not a number",
        ]
    );
}

#[test]
fn without_an_id_text_and_occurrence_identify() {
    let all = records("a.csv", "body\nsame\nsame\nother\n");
    assert_ne!(all[0].identity(), all[1].identity());
    assert_eq!(all[1].occurrence, 1);
    assert_eq!(all[2].title, "other");
    let again = records("a.csv", "body\nsame\nsame\nother\n");
    assert_eq!(all[1].identity(), again[1].identity());
}

#[test]
fn labels_may_be_a_json_list() {
    let all = records(
        "a.jsonl",
        r#"{"title":"x","labels":[{"name":"bug"},"ui, dark",{"id":1}]}"#,
    );
    assert_eq!(all[0].tags, ["bug", "ui, dark"]);
}

proptest! {
    #[test]
    fn no_words_make_it_stumble(text in "\\PC{0,60}", other in "\\PC{0,60}") {
        let _ = words::state(&text, &other, true);
        let _ = words::handle(&text);
        let _ = words::tags(&text, Some(", "));
        let _ = words::headline(&text);
        let _ = words::project_of(&text, &other);
        let _ = words::project_of(&format!("https://{text}"), &other);
        let _ = words::importance(&text);
    }
}
