use serde_json::{Value, json};

use super::adf;
use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::idea::{Effort, IdeaKind, Status};
use crate::domain::import::{ImportAuthor, ImportRecord, ImportState};
use crate::domain::release::ReleaseState;
use crate::exchange::convert::Choices;
use crate::exchange::dialects::testing::{Read, lines, read, read_as};

const LINKED: ImportState = ImportState::Processed(Resolution::Linked);
const NO_ACTION: ImportState = ImportState::Processed(Resolution::NoAction);

const HEADER: &str = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Assignee Id,\
    Reporter,Reporter Id,Created,Resolved,Fix versions,Fix versions,Components,Labels,Labels,Due date,Votes,Description,\
    Affects versions,Outward issue link (Duplicate),Original estimate,Sprint,Custom field (Story Points),Parent key,\
    Comment,Comment,Status Category";

/// A row under [`HEADER`] in which these columns are filled; a column that stands there twice is named twice.
fn row(filled: &[(&str, &str)]) -> String {
    let mut left = filled.to_vec();
    let cells: Vec<String> = HEADER
        .split(',')
        .map(
            |column| match left.iter().position(|(name, _)| *name == column.trim()) {
                Some(place) => format!("\"{}\"", left.remove(place).1),
                None => String::new(),
            },
        )
        .collect();
    assert!(left.is_empty(), "{left:?}");
    cells.join(",")
}

fn csv(rows: &[&[(&str, &str)]]) -> String {
    let rows: Vec<String> = rows.iter().map(|filled| row(filled)).collect();
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn issue(key: &str, fields: Value) -> Value {
    json!({"id": "1", "key": key, "self": "https://acme.atlassian.net/rest/api/3/issue/1", "fields": fields})
}

fn asked(origin: &str) -> Choices {
    Choices {
        origin: Some(origin.to_owned()),
        ..Choices::default()
    }
}

fn only(read: &Read) -> &ImportRecord {
    assert_eq!(read.feedback.len(), 1, "{read:?}");
    &read.feedback[0]
}

#[test]
fn a_row_arrives_with_everything_it_has() {
    let read = read(
        "jira.csv",
        &csv(&[&[
            ("Summary", "Dark mode"),
            ("Issue key", "APP-12"),
            ("Issue id", "10012"),
            ("Issue Type", "Bug"),
            ("Status", "To Do"),
            ("Project key", "APP"),
            ("Priority", "High"),
            ("Assignee", "Dana Miller"),
            ("Assignee Id", "70121:dana"),
            ("Reporter", "Hana Ito"),
            ("Reporter Id", "70121:hana"),
            ("Created", "09/Jan/24 3:54 PM"),
            ("Components", "Editor"),
            ("Labels", "ui"),
            ("Labels", "a:b"),
            ("Due date", "10/Jan/24 12:00 AM"),
            ("Votes", "3"),
            ("Description", "h1. Please"),
            ("Affects versions", "1.9"),
            ("Comment", "09/Jan/24 3:55 PM;70121:dana;On it; soon"),
            ("Comment", "10/Jan/24 9:00 AM;70121:unknown;Me too"),
            ("Status Category", "To Do"),
        ]]),
    );
    assert_eq!(read.words, "Jira issues, CSV");
    let record = only(&read);
    assert_eq!(
        (record.title.as_str(), record.body.as_str()),
        ("Dark mode", "h1. Please")
    );
    assert_eq!(
        (record.source.as_str(), record.origin.as_str()),
        ("jira", "APP")
    );
    assert_eq!(record.source_id.as_deref(), Some("APP-12"));
    assert_eq!(record.url, None);
    assert_eq!(record.received.rfc3339(), "2024-01-09T15:54:00Z");
    assert_eq!(record.received_offset, None);
    assert_eq!(record.customer, None);
    let reporter = record.reporter.as_ref().expect("a reporter");
    assert_eq!(
        (reporter.handle.as_str(), reporter.name.as_deref()),
        ("hana.ito", Some("Hana Ito"))
    );
    assert_eq!(
        record.owner.as_ref().map(|o| o.handle.as_str()),
        Some("dana.miller")
    );
    assert_eq!(record.tags, ["ui", "a:b", "Editor"]);
    assert_eq!(record.importance, Some(Importance::Important));
    assert_eq!(record.kind, Some(FeedbackKind::Bug));
    assert_eq!(record.votes, 3);
    assert_eq!(
        record.needed_by.map(|day| day.to_string()).as_deref(),
        Some("2024-01-10")
    );
    assert_eq!(record.product_version.as_deref(), Some("1.9"));
    assert_eq!(record.state, ImportState::Unprocessed);
    let [first, second] = &record.comments[..] else {
        panic!("{record:?}");
    };
    assert_eq!(first.text, "On it; soon");
    assert_eq!(first.at.rfc3339(), "2024-01-09T15:55:00Z");
    assert!(
        matches!(&first.author, Some(ImportAuthor::Colleague(p)) if p.handle.as_str() == "dana.miller")
    );
    assert_eq!(
        second.author,
        Some(ImportAuthor::Outsider("70121:unknown".to_owned()))
    );
    assert!(read.ideas.is_empty());
}

#[test]
fn what_has_a_version_is_an_idea_in_a_release() {
    let base = [
        ("Summary", "Dark mode"),
        ("Issue Type", "Story"),
        ("Description", "Please"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
    let rows = [
        with(&[
            ("Issue key", "APP-1"),
            ("Status", "To Do"),
            ("Fix versions", "2.0"),
            ("Fix versions", "2.1"),
            ("Custom field (Story Points)", "5.0"),
        ]),
        with(&[
            ("Issue key", "APP-2"),
            ("Status", "Live"),
            ("Fix versions", "2.0"),
            ("Status Category", "Done"),
            ("Original estimate", "144000"),
        ]),
        with(&[
            ("Issue key", "APP-3"),
            ("Status", "In Progress"),
            ("Status Category", "In Progress"),
        ]),
        with(&[
            ("Issue key", "APP-4"),
            ("Status", "Closed"),
            ("Resolution", "Won't Do"),
            ("Fix versions", "2.0"),
        ]),
        with(&[
            ("Issue key", "APP-5"),
            ("Status", "To Do"),
            ("Sprint", "Sprint 7"),
        ]),
        with(&[
            ("Issue key", "APP-6"),
            ("Status", "Fertig"),
            ("Resolution", "Done"),
            ("Resolved", "09/Jan/24 3:55 PM"),
            ("Parent key", "APP-1"),
        ]),
    ];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let read = read("jira.csv", &csv(&rows));
    let ideas: Vec<_> = read
        .ideas
        .iter()
        .map(|i| (i.key.id.as_str(), i.status, i.effort))
        .collect();
    assert_eq!(
        ideas,
        [
            ("APP-1", Some(Status::Planned), Some(Effort::Large)),
            ("APP-2", Some(Status::Released), Some(Effort::Small)),
            ("APP-3", Some(Status::InDevelopment), None),
            ("APP-4", Some(Status::WontDo), None),
            ("APP-5", Some(Status::Planned), None),
        ]
    );
    let releases: Vec<_> = read
        .releases
        .iter()
        .map(|r| (r.name.as_str(), r.key.id.as_str()))
        .collect();
    assert_eq!(releases, [("2.0", "2.0"), ("2.1", "2.1")]);
    assert_eq!(read.ideas[0].releases.len(), 2);
    assert_eq!(read.ideas[0].kind, Some(IdeaKind::Feature));
    assert_eq!(read.ideas[0].ticket_key.as_deref(), Some("APP-1"));
    let states: Vec<_> = read.feedback.iter().map(|record| record.state).collect();
    assert_eq!(states, [LINKED, LINKED, LINKED, LINKED, LINKED, NO_ACTION]);
    assert_eq!(read.links(5), ["APP-1"]);
}

#[test]
fn a_duplicate_names_its_original_once_it_is_closed() {
    let text = csv(&[
        &[
            ("Summary", "A"),
            ("Issue key", "APP-1"),
            ("Status", "Done"),
            ("Resolution", "Duplicate"),
            ("Outward issue link (Duplicate)", "APP-9"),
        ],
        &[
            ("Summary", "B"),
            ("Issue key", "APP-2"),
            ("Status", "To Do"),
            ("Outward issue link (Duplicate)", "APP-9"),
        ],
    ]);
    let api = [
        issue(
            "APP-1",
            json!({"summary": "A", "status": {"name": "Done"}, "resolution": {"name": "Duplicate"},
            "issuelinks": [{"type": {"name": "Duplicate"}, "outwardIssue": {"key": "APP-9"}}]}),
        ),
        issue(
            "APP-2",
            json!({"summary": "B", "status": {"name": "To Do"},
            "issuelinks": [{"type": {"name": "Duplicate"}, "outwardIssue": {"key": "APP-9"}}]}),
        ),
    ];
    for read in [read("jira.csv", &text), read("jira.jsonl", &lines(&api))] {
        let found: Vec<_> = read
            .feedback
            .iter()
            .map(|r| (r.state, r.duplicate_of.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                (ImportState::Processed(Resolution::Duplicate), Some("APP-9")),
                (ImportState::Unprocessed, None),
            ]
        );
    }
}

#[test]
fn a_broken_comment_is_a_fault_with_its_column() {
    let text = csv(&[&[
        ("Summary", "A"),
        ("Issue key", "APP-1"),
        ("Comment", "soon;dana;yes"),
    ]]);
    let faults = read("jira.csv", &text).faults;
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0].starts_with("line 2, column “Comment”: “soon;dana;yes” is not a comment"),
        "{faults:?}"
    );
}

#[test]
fn csv_and_api_give_the_same_issue_where_the_host_is_told() {
    let text = csv(&[&[
        ("Summary", "Dark mode"),
        ("Issue key", "APP-12"),
        ("Issue Type", "Story"),
        ("Status", "To Do"),
        ("Project key", "APP"),
        ("Priority", "High"),
        ("Assignee", "Dana Miller"),
        ("Reporter", "Hana Ito"),
        ("Created", "09/Jan/24 3:54 PM"),
        ("Components", "Editor"),
        ("Labels", "ui"),
        ("Due date", "10/Jan/24 12:00 AM"),
        ("Votes", "3"),
        ("Description", "h1. Please"),
        ("Fix versions", "2.0"),
        ("Affects versions", "1.9"),
        ("Original estimate", "144000"),
        ("Status Category", "To Do"),
    ]]);
    let api = issue(
        "APP-12",
        json!({
            "summary": "Dark mode", "issuetype": {"name": "Story"}, "priority": {"name": "High"},
            "status": {"name": "To Do", "statusCategory": {"key": "new"}}, "resolution": null,
            "assignee": {"displayName": "Dana Miller"}, "reporter": {"displayName": "Hana Ito"},
            "created": "2024-01-09T15:54:00.000+0000", "components": [{"name": "Editor"}], "labels": ["ui"],
            "duedate": "2024-01-10", "votes": {"votes": 3}, "description": "h1. Please",
            "fixVersions": [{"id": "7", "name": "2.0", "released": false, "releaseDate": "2024-03-01"}],
            "versions": [{"name": "1.9"}], "timeoriginalestimate": 144_000,
        }),
    );
    let table = read_as("jira.csv", &text, &asked("acme.atlassian.net"));
    let api = read("jira.jsonl", &lines(&[api]));
    assert_eq!(api.words, "Jira issues, JSON");
    let mut same = only(&table).clone();
    // A table tells no zone.
    same.line = 1;
    same.received_offset = Some(0);
    same.untold = only(&api).untold;
    assert_eq!(only(&api), &same);
    assert_eq!(
        same.url.as_deref(),
        Some("https://acme.atlassian.net/browse/APP-12")
    );
    assert_eq!(table.ideas[0].key, api.ideas[0].key);
    let release = &api.releases[0];
    assert_eq!(
        (release.name.as_str(), release.key.id.as_str()),
        ("2.0", "7")
    );
    assert_eq!(
        release.date.map(|day| day.to_string()).as_deref(),
        Some("2024-03-01")
    );
    assert_eq!(release.state, Some(ReleaseState::Planned));
}

#[test]
fn accounts_are_colleagues_unless_they_are_customers_or_apps() {
    let of = |account: Value| {
        read(
            "jira.jsonl",
            &lines(&[issue("APP-1", json!({"summary": "A", "reporter": account}))]),
        )
        .feedback
        .remove(0)
    };
    let server =
        of(json!({"name": "user2", "displayName": "User Two", "emailAddress": "u@acme.example"}));
    let reporter = server.reporter.expect("a reporter");
    assert_eq!(
        (
            reporter.handle.as_str(),
            reporter.name.as_deref(),
            reporter.email.as_deref()
        ),
        ("user2", Some("User Two"), Some("u@acme.example"))
    );
    let customer = of(
        json!({"accountType": "customer", "displayName": "Kim", "emailAddress": "kim@bank.example"}),
    );
    assert_eq!(customer.reporter, None);
    let customer = customer.customer.expect("a customer");
    assert_eq!(
        (customer.name.as_str(), customer.email.as_deref()),
        ("Kim", Some("kim@bank.example"))
    );
    let app = of(json!({"accountType": "app", "displayName": "Automation"}));
    assert_eq!((app.reporter, app.customer), (None, None));
}

#[test]
fn comments_sprints_and_points_of_the_api_are_kept() {
    let sprint = json!([{"id": 1, "name": "S1", "state": "closed", "boardId": 3},
        {"id": 2, "name": "S2", "state": "active", "boardId": 3, "endDate": "2026-12-01T10:00:00.000Z"}]);
    let comment = json!({"comments": [{"id": "5", "author": {"displayName": "Dana Miller"}, "body": adf_paragraph("Soon"),
        "created": "2018-05-24T23:35:30.742+0200", "jsdPublic": true}]});
    let read = read(
        "jira.jsonl",
        &lines(&[issue(
            "APP-1",
            json!({"summary": "A", "issuetype": {"name": "Story"}, "status": {"name": "To Do"},
            "customfield_10020": sprint, "comment": comment,
            "customfield_10016": {"id": "customfield_10016", "name": "Story Points", "value": 2.0}}),
        )]),
    );
    let said = &only(&read).comments[0];
    assert_eq!(
        (said.text.as_str(), said.source_id.as_deref()),
        ("Soon", Some("5"))
    );
    assert_eq!(said.at.rfc3339(), "2018-05-24T21:35:30Z");
    assert!(said.to_reporter);
    assert_eq!(read.ideas[0].effort, Some(Effort::Small));
    let [release] = &read.releases[..] else {
        panic!("{read:?}");
    };
    assert_eq!(
        (release.name.as_str(), release.state),
        ("S2", Some(ReleaseState::Active))
    );
    assert_eq!(
        release.date.map(|day| day.to_string()).as_deref(),
        Some("2026-12-01")
    );
}

#[test]
fn versions_are_releases_and_the_rest_of_a_dump_is_left_out_with_its_reason() {
    let at = |path: &str| format!("https://acme.atlassian.net/rest/api/2/{path}");
    let read = read(
        "jira.jsonl",
        &lines(&[
            json!({"self": at("version/7"), "id": "7", "name": "2.0", "released": true, "releaseDate": "2024-03-01"}),
            json!({"self": at("issue/10016/comment/1"), "id": "1", "body": "x", "created": "2024-03-01T00:00:00.000+0000"}),
            json!({"id": "issuetype", "name": "Issue Type", "navigable": true, "clauseNames": ["type"]}),
        ]),
    );
    assert_eq!(read.releases[0].state, Some(ReleaseState::Released));
    let reasons: Vec<_> = read
        .skipped
        .iter()
        .map(|(_, reason)| reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "comment that does not name its issue",
            "description of a field"
        ]
    );
}

#[test]
fn what_perceval_wraps_around_an_issue_is_taken_off() {
    let item = json!({"backend_name": "Jira", "category": "issue", "data": issue("APP-1", json!({"summary": "A"}))});
    let read = read("items.jsonl", &lines(&[item]));
    assert_eq!(only(&read).source_id.as_deref(), Some("APP-1"));
}

fn adf_paragraph(text: &str) -> Value {
    json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]})
}

#[test]
fn a_document_reads_as_what_was_typed() {
    let text = |text: &str| json!({"type": "text", "text": text});
    let paragraph = |content: Value| json!({"type": "paragraph", "content": content});
    let item =
        |said: &str| json!({"type": "listItem", "content": [paragraph(json!([text(said)]))]});
    let document = json!({"type": "doc", "version": 1, "content": [
        {"type": "heading", "attrs": {"level": 2}, "content": [text("Steps")]},
        {"type": "orderedList", "content": [item("Open"), {"type": "listItem", "content": [
            paragraph(json!([text("Close")])), {"type": "bulletList", "content": [item("twice")]}]}]},
        paragraph(json!([
            {"type": "text", "text": "bold", "marks": [{"type": "strong"}]}, {"type": "hardBreak"},
            {"type": "mention", "attrs": {"id": "1", "text": "@Dana"}}, text(" "),
            {"type": "text", "text": "here", "marks": [{"type": "link", "attrs": {"href": "https://x.example"}}]},
            {"type": "emoji", "attrs": {"shortName": ":smile:"}},
        ])),
        {"type": "codeBlock", "attrs": {"language": "rust"}, "content": [text("let a = 1;")]},
        {"type": "blockquote", "content": [paragraph(json!([text("quoted")]))]},
        {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE"}, "content": [text("done")]}]},
        {"type": "table", "content": [{"type": "tableRow", "content": [
            {"type": "tableHeader", "content": [paragraph(json!([text("a")]))]},
            {"type": "tableCell", "content": [paragraph(json!([text("b")]))]}]}]},
        {"type": "panel", "content": [paragraph(json!([text("mind this")]))]},
        {"type": "somethingNew", "content": [paragraph(json!([text("kept")]))]},
    ]});
    assert_eq!(
        adf::text(&document),
        "## Steps\n\n1. Open\n2. Close\n   - twice\n\n**bold**\n@Dana [here](https://x.example):smile:\n\n\
         ```rust\nlet a = 1;\n```\n\n> quoted\n\n- [x] done\n\n| a | b |\n\nmind this\n\nkept"
    );
    assert_eq!(adf::text(&json!(null)), "");
    let rendered = json!({"id": "1", "key": "APP-1", "fields": {"summary": "A", "description": adf_paragraph("x")},
        "renderedFields": {"description": "<p>Read <b>me</b></p>"}});
    let record = read("jira.jsonl", &lines(&[rendered])).feedback.remove(0);
    assert_eq!(record.body, "Read me");
    assert_eq!(record.original.as_deref(), Some("<p>Read <b>me</b></p>"));
}
