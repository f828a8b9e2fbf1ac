use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::idea::{Effort, IdeaKind, Status};
use crate::domain::import::ImportState;
use crate::domain::release::ReleaseState;
use crate::exchange::convert::Choices;
use crate::exchange::dialects::testing::{Read, read, read_as};

const HEADER: &str = "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,\
    Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,\
    Parent issue,Initiatives,Project Milestone ID,Project Milestone,SLA Status,UUID,Time in status (minutes),Related to,\
    Blocked by,Duplicate of";
const CREATED: &str = "Wed May 13 2026 11:21:41 GMT+0000 (GMT+00:00)";

/// A file with these rows, each by the columns that are filled, without its last `short` columns.
fn csv(short: usize, rows: &[&[(&str, &str)]]) -> String {
    let columns: Vec<&str> = HEADER.split(',').map(str::trim).collect();
    let columns = &columns[..columns.len() - short];
    let row = |filled: &&[(&str, &str)]| {
        let cell = |column: &&str| {
            let found = filled.iter().find(|(name, _)| name == column);
            found.map_or(String::new(), |(_, text)| format!("\"{text}\""))
        };
        columns.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("{}\n{}\n", columns.join(","), rows.join("\n"))
}

fn states(read: &Read) -> Vec<ImportState> {
    read.feedback.iter().map(|record| record.state).collect()
}

#[test]
fn an_issue_arrives_with_everything_it_has() {
    let text = csv(
        0,
        &[&[
            ("ID", "ENG-42"),
            ("Team", "Engineering"),
            ("Title", "'=SUM breaks"),
            ("Description", "'- one\n- two"),
            ("Status", "Backlog"),
            ("Priority", "Urgent"),
            ("Project", "Editor"),
            ("Creator", "hana@acme.example"),
            ("Assignee", "dana@acme.example"),
            ("Labels", "Bug, ui"),
            ("Created", CREATED),
            ("Due Date", "2026-06-01"),
        ]],
    );
    let found = read("linear.csv", &text);
    assert_eq!(found.words, "Linear issues, CSV");
    let record = &found.feedback[0];
    assert_eq!(
        (record.title.as_str(), record.body.as_str()),
        ("=SUM breaks", "- one\n- two")
    );
    assert_eq!(
        (record.source.as_str(), record.origin.as_str()),
        ("linear", "linear.app")
    );
    assert_eq!(record.source_id.as_deref(), Some("ENG-42"));
    assert_eq!(record.received.rfc3339(), "2026-05-13T11:21:41Z");
    assert_eq!(record.received_offset, Some(0));
    let reporter = record.reporter.as_ref().expect("a reporter");
    assert_eq!(
        (reporter.handle.as_str(), reporter.email.as_deref()),
        ("hana", Some("hana@acme.example"))
    );
    assert_eq!(
        record.owner.as_ref().map(|owner| owner.handle.as_str()),
        Some("dana")
    );
    assert_eq!(record.tags, ["Bug", "ui", "Editor"]);
    assert_eq!(record.kind, Some(FeedbackKind::Bug));
    assert_eq!(record.importance, Some(Importance::Critical));
    assert_eq!(
        record.needed_by.map(|day| day.to_string()).as_deref(),
        Some("2026-06-01")
    );
    assert_eq!(
        (record.state, record.url.as_deref()),
        (ImportState::Unprocessed, None)
    );
    assert!(found.ideas.is_empty());
    let asked = Choices {
        origin: Some("linear.app/acme".to_owned()),
        ..Choices::default()
    };
    let told = read_as("linear.csv", &text, &asked).feedback.remove(0);
    assert_eq!(
        told.url.as_deref(),
        Some("https://linear.app/acme/issue/ENG-42")
    );
    assert_eq!(told.origin, "linear.app/acme");
}

#[test]
fn cycles_and_milestones_are_releases_and_older_exports_are_read() {
    let cycle = [
        ("Title", "Dark mode"),
        ("Team", "Engineering"),
        ("Cycle Number", "7"),
        (
            "Cycle Start",
            "Mon May 04 2009 00:00:00 GMT+0000 (GMT+00:00)",
        ),
        ("Cycle End", "Sun May 17 2009 23:59:59 GMT+0000 (GMT+00:00)"),
        ("Labels", "Feature"),
        ("Estimate", "3"),
        ("Created", CREATED),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&cycle[..], more].concat();
    let rows = [
        with(&[("ID", "ENG-1"), ("Status", "Todo")]),
        with(&[
            ("ID", "ENG-2"),
            ("Status", "Shipped"),
            ("Completed", CREATED),
            ("Archived", CREATED),
        ]),
        with(&[
            ("ID", "ENG-3"),
            ("Status", "Canceled"),
            ("Canceled", CREATED),
        ]),
        with(&[
            ("ID", "ENG-4"),
            ("Status", "Building"),
            ("Started", CREATED),
        ]),
    ];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let found = read("linear.csv", &csv(10, &rows));
    assert_eq!(found.words, "Linear issues, CSV");
    let ideas: Vec<_> = found
        .ideas
        .iter()
        .map(|idea| (idea.key.id.as_str(), idea.status))
        .collect();
    assert_eq!(
        ideas,
        [
            ("ENG-1", Some(Status::Planned)),
            ("ENG-2", Some(Status::Released)),
            ("ENG-3", Some(Status::WontDo)),
            ("ENG-4", Some(Status::InDevelopment)),
        ]
    );
    assert_eq!(
        (found.ideas[0].effort, found.ideas[0].kind),
        (Some(Effort::Medium), Some(IdeaKind::Feature))
    );
    assert_eq!(
        states(&found),
        [ImportState::Processed(Resolution::Linked); 4]
    );
    let [release] = &found.releases[..] else {
        panic!("{:?}", found.releases);
    };
    assert_eq!(
        (release.name.as_str(), release.state),
        ("Engineering cycle 7", Some(ReleaseState::Released))
    );
    assert_eq!(
        release.date.map(|day| day.to_string()).as_deref(),
        Some("2009-05-17")
    );

    let milestone = [
        ("ID", "ENG-5"),
        ("Title", "A"),
        ("Project Milestone ID", "m1"),
        ("Project Milestone", "Beta"),
    ];
    let found = read("linear.csv", &csv(0, &[&milestone]));
    assert_eq!(
        (
            found.releases[0].key.id.as_str(),
            found.releases[0].name.as_str()
        ),
        ("m1", "Beta")
    );
}

#[test]
fn duplicates_archived_issues_and_sub_issues_are_what_they_are() {
    let found = read(
        "linear.csv",
        &csv(
            0,
            &[
                &[
                    ("ID", "ENG-1"),
                    ("Title", "A"),
                    ("Status", "Duplicate"),
                    ("Canceled", CREATED),
                    ("Duplicate of", "ENG-9"),
                ],
                &[
                    ("ID", "ENG-2"),
                    ("Title", "B"),
                    ("Status", "Backlog"),
                    ("Archived", CREATED),
                ],
                &[
                    ("ID", "ENG-3"),
                    ("Title", "C"),
                    ("Status", "Backlog"),
                    ("Parent issue", "ENG-9"),
                ],
            ],
        ),
    );
    assert_eq!(
        states(&found),
        [
            ImportState::Processed(Resolution::Duplicate),
            ImportState::Archived,
            ImportState::Unprocessed,
        ]
    );
    assert_eq!(found.feedback[0].duplicate_of.as_deref(), Some("ENG-9"));
    assert_eq!(found.links(2), ["ENG-9"]);
    assert!(found.ideas.is_empty());
}
