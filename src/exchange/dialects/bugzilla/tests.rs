use serde_json::json;

use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::idea::Status;
use crate::domain::import::{ImportAuthor, ImportState};
use crate::exchange::convert::Choices;
use crate::exchange::dialects::testing::{lines, read, read_as};

#[test]
fn csv_and_api_give_the_same_bug() {
    let people = "Bug ID,Type,Product,Component,Assignee,Reporter,Status,Resolution,Summary,Opened,Priority,Severity,Keywords,\
        Target Milestone,Version,Votes\n\
        77,defect,Editor,Fonts,dana@acme.example,kim@bank.example,NEW, ---,Too small,2026-04-27 14:56:09,P2,S3,\"a11y, perf\",\
        ---,2.1,4\n";
    let database = "bug_id,bug_type,product,component,assigned_to,reporter,bug_status,resolution,short_desc,opendate,priority,\
        bug_severity,keywords,target_milestone,version,votes\n\
        77,defect,Editor,Fonts,dana@acme.example,kim@bank.example,NEW,,Too small,2026-04-27 14:56:09,P2,S3,\"a11y, perf\",\
        ---,2.1,4\n";
    let api = json!({
        "id": 77, "type": "defect", "product": "Editor", "component": "Fonts", "assigned_to": "dana@acme.example",
        "creator": "kim@bank.example", "creator_detail": {"email": "kim@bank.example"}, "status": "NEW", "resolution": "",
        "summary": "Too small", "creation_time": "2026-04-27T14:56:09Z", "priority": "P2", "severity": "S3",
        "keywords": ["a11y", "perf"], "target_milestone": "---", "version": "2.1", "votes": 4, "dupe_of": null, "url": "about:",
    });
    let api = read("bugs.jsonl", &lines(&[api]));
    assert_eq!(api.words, "Bugzilla bugs, JSON");
    let bug = &api.feedback[0];
    for text in [people, database] {
        let table = read("bugs.csv", text);
        assert_eq!(table.words, "Bugzilla bugs, CSV");
        let mut same = table.feedback[0].clone();
        // A table tells no zone.
        same.line = 1;
        same.received_offset = Some(0);
        same.untold = bug.untold;
        assert_eq!(&same, bug);
    }
    assert_eq!(
        (bug.source.as_str(), bug.origin.as_str()),
        ("bugzilla", "Editor")
    );
    assert_eq!(
        (bug.source_id.as_deref(), bug.url.as_deref()),
        (Some("77"), None)
    );
    assert_eq!(bug.tags, ["a11y", "perf", "Fonts"]);
    assert_eq!(
        (bug.kind, bug.importance),
        (Some(FeedbackKind::Bug), Some(Importance::Important))
    );
    let customer = bug.customer.as_ref().expect("a customer");
    assert_eq!(customer.email.as_deref(), Some("kim@bank.example"));
    assert_eq!(
        bug.owner.as_ref().map(|owner| owner.handle.as_str()),
        Some("dana")
    );
    assert_eq!(bug.product_version.as_deref(), Some("2.1"));
    assert!(api.ideas.is_empty());
    let asked = Choices {
        origin: Some("bugs.acme.example".to_owned()),
        ..Choices::default()
    };
    let told = read_as("bugs.csv", people, &asked).feedback.remove(0);
    assert_eq!(
        told.url.as_deref(),
        Some("https://bugs.acme.example/show_bug.cgi?id=77")
    );
}

#[test]
fn comments_duplicates_and_milestones_of_the_api_are_kept() {
    let bug = |id: u64, status: &str, resolution: &str, milestone: &str| {
        json!({"id": id, "product": "Editor", "component": "Fonts", "summary": "A", "status": status,
        "resolution": resolution, "dupe_of": 9, "target_milestone": milestone, "assigned_to": "nobody@acme.example",
        "creation_time": "2026-04-27T14:56:09Z", "severity": "enhancement", "version": "unspecified",
        "comments": [
            {"id": 1, "count": 0, "text": "Please", "creator": "kim", "creation_time": "2026-04-27T14:56:09Z"},
            {"id": 2, "count": 1, "text": "Soon", "creator": "dana", "time": "2026-04-28T14:56:09Z", "is_private": false},
        ]})
    };
    let found = read(
        "bugs.jsonl",
        &lines(&[
            bug(1, "RESOLVED", "DUPLICATE", "---"),
            bug(2, "RESOLVED", "WONTFIX", "---"),
            bug(3, "RESOLVED", "FIXED", "2.0"),
            bug(4, "ASSIGNED", "", "---"),
        ]),
    );
    let states: Vec<_> = found
        .feedback
        .iter()
        .map(|r| (r.state, r.duplicate_of.as_deref()))
        .collect();
    assert_eq!(
        states,
        [
            (ImportState::Processed(Resolution::Duplicate), Some("9")),
            (ImportState::Processed(Resolution::NoAction), None),
            (ImportState::Processed(Resolution::Linked), None),
            (ImportState::Processed(Resolution::Linked), None),
        ]
    );
    let ideas: Vec<_> = found
        .ideas
        .iter()
        .map(|i| (i.key.id.as_str(), i.status))
        .collect();
    assert_eq!(
        ideas,
        [
            ("3", Some(Status::Released)),
            ("4", Some(Status::InDevelopment))
        ]
    );
    assert_eq!(found.releases[0].name, "2.0");
    let first = &found.feedback[0];
    assert_eq!(
        (first.body.as_str(), first.kind),
        ("Please", Some(FeedbackKind::Request))
    );
    assert_eq!(
        (first.owner.as_ref(), first.product_version.as_deref()),
        (None, None)
    );
    let [comment] = &first.comments[..] else {
        panic!("{first:?}");
    };
    assert_eq!(
        comment.author,
        Some(ImportAuthor::Outsider("dana".to_owned()))
    );
    assert!(comment.to_reporter);
}
