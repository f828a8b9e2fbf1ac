use serde_json::{Value, json};

use crate::domain::feedback::{FeedbackKind, Resolution};
use crate::domain::idea::{IdeaKind, Status};
use crate::domain::import::{ImportAuthor, ImportState};
use crate::domain::release::ReleaseState;
use crate::exchange::convert::Choices;
use crate::exchange::dialects::testing::{lines, read, read_as};
use crate::exchange::source::Source;

const NO_ACTION: ImportState = ImportState::Processed(Resolution::NoAction);
const LINKED: ImportState = ImportState::Processed(Resolution::Linked);

/// An issue as the REST API gives it, with some of it replaced.
fn rest(number: u64, with: Value) -> Value {
    let mut issue = json!({
        "url": format!("https://api.github.com/repos/acme/app/issues/{number}"),
        "repository_url": "https://api.github.com/repos/acme/app",
        "html_url": format!("https://github.com/acme/app/issues/{number}"),
        "id": 9_000 + number, "node_id": "I_x", "number": number, "title": "Dark mode",
        "user": {"login": "octocat", "type": "User"}, "author_association": "NONE",
        "labels": [{"name": "enhancement"}, {"name": "ui"}], "state": "open", "state_reason": null,
        "assignee": null, "assignees": [{"login": "dana"}], "milestone": null, "comments": 2,
        "created_at": "2026-04-27T14:56:09Z", "closed_at": null, "body": "**Please**, my eyes.",
        "reactions": {"total_count": 9, "+1": 7, "heart": 2},
    });
    merge(&mut issue, with);
    issue
}

/// The same as `gh issue list --json` prints it.
fn gh(number: u64, with: Value) -> Value {
    let mut issue = json!({
        "number": number, "title": "Dark mode", "body": "**Please**, my eyes.", "state": "OPEN",
        "stateReason": "", "url": format!("https://github.com/acme/app/issues/{number}"),
        "author": {"id": "U_x", "is_bot": false, "login": "octocat", "name": "Octo Cat"},
        "assignees": [{"id": "U_y", "login": "dana", "name": "Dana"}],
        "labels": [{"name": "enhancement"}, {"name": "ui"}], "milestone": null,
        "createdAt": "2026-04-27T14:56:09Z", "issueType": null, "comments": [],
        "reactionGroups": [
            {"content": "THUMBS_UP", "users": {"totalCount": 7}},
            {"content": "HEART", "users": {"totalCount": 2}},
        ],
    });
    merge(&mut issue, with);
    issue
}

fn merge(issue: &mut Value, with: Value) {
    let (Value::Object(issue), Value::Object(with)) = (issue, with) else {
        panic!("objects");
    };
    issue.extend(with);
}

#[test]
fn an_issue_of_the_api_arrives_with_everything_it_has() {
    let read = read("dump.jsonl", &lines(&[rest(12, json!({}))]));
    assert_eq!(read.words, "GitHub issues, JSON");
    let [record] = &read.feedback[..] else {
        panic!("{read:?}");
    };
    assert_eq!(record.title, "Dark mode");
    assert_eq!(record.body, "**Please**, my eyes.");
    assert_eq!(record.original, None);
    assert_eq!(
        (
            record.source.as_str(),
            record.origin.as_str(),
            record.source_id.as_deref()
        ),
        ("github", "github.com/acme/app", Some("12"))
    );
    assert_eq!(
        record.url.as_deref(),
        Some("https://github.com/acme/app/issues/12")
    );
    assert_eq!(record.received.rfc3339(), "2026-04-27T14:56:09Z");
    assert_eq!(record.received_offset, Some(0));
    assert_eq!(
        record.customer.as_ref().map(|c| c.name.as_str()),
        Some("octocat")
    );
    assert_eq!(record.reporter, None);
    assert_eq!(
        record.owner.as_ref().map(|o| o.handle.as_str()),
        Some("dana")
    );
    assert_eq!(record.tags, ["enhancement", "ui"]);
    assert_eq!(record.kind, Some(FeedbackKind::Request));
    assert_eq!(record.votes, 7);
    assert_eq!(record.state, ImportState::Unprocessed);
    assert!(read.ideas.is_empty() && read.releases.is_empty());
}

#[test]
fn gh_and_the_api_give_the_same_issue() {
    let choices = Choices::default();
    let mut a = read_as("a.jsonl", &lines(&[rest(12, json!({}))]), &choices).feedback;
    let b = read_as("b.jsonl", &lines(&[gh(12, json!({}))]), &choices).feedback;
    assert_eq!(a, b);
    let csv = "number,title,state,state_reason,created_at,body,labels\n\
               12,Dark mode,open,,2026-04-27T14:56:09Z,\"**Please**, my eyes.\",enhancement:ui\n";
    let asked = Choices {
        origin: Some("github.com/acme/app".to_owned()),
        ..Choices::default()
    };
    let table = read_as("issues.csv", csv, &asked);
    assert_eq!(table.words, "GitHub issues, CSV");
    let c = &table.feedback[0];
    assert_eq!(c.identity(), a[0].identity());
    // What the table does not have is all that differs.
    let whole = a.remove(0);
    let kept = crate::domain::import::ImportRecord {
        line: c.line,
        url: None,
        customer: None,
        owner: None,
        votes: 0,
        untold: c.untold,
        ..whole
    };
    assert_eq!(c, &kept);
}

#[test]
fn colleagues_report_and_bots_have_no_name() {
    let of = |login: &str, association: &str, kind: &str| {
        let with =
            json!({"user": {"login": login, "type": kind}, "author_association": association});
        read("dump.jsonl", &lines(&[rest(1, with)]))
            .feedback
            .remove(0)
    };
    for association in ["OWNER", "MEMBER", "COLLABORATOR"] {
        let record = of("hana", association, "User");
        assert_eq!(record.reporter.expect("a reporter").handle.as_str(), "hana");
        assert_eq!(record.customer, None);
    }
    for (login, kind) in [
        ("dependabot[bot]", "Bot"),
        ("ci", "Bot"),
        ("x[bot]", "User"),
    ] {
        let record = of(login, "NONE", kind);
        assert_eq!((record.reporter, record.customer), (None, None), "{login}");
    }
    let deleted = read("dump.jsonl", &lines(&[rest(1, json!({"user": null}))]));
    assert_eq!(deleted.feedback[0].customer, None);
}

#[test]
fn a_milestone_makes_an_idea_in_a_release() {
    let milestone = |state: &str| {
        json!({
            "url": "https://api.github.com/repos/acme/app/milestones/3", "number": 3, "title": "v2",
            "state": state, "due_on": "2026-12-01T08:00:00Z", "open_issues": 1, "closed_issues": 1,
        })
    };
    let read = read(
        "dump.jsonl",
        &lines(&[
            rest(1, json!({"milestone": milestone("open")})),
            rest(
                2,
                json!({"milestone": milestone("open"), "state": "closed", "state_reason": "completed"}),
            ),
            rest(
                3,
                json!({"milestone": milestone("open"), "state": "closed", "state_reason": "not_planned"}),
            ),
            milestone("open"),
        ]),
    );
    let [release] = &read.releases[..] else {
        panic!("{:?}", read.releases);
    };
    assert_eq!(
        (release.name.as_str(), release.key.id.as_str()),
        ("v2", "3")
    );
    assert_eq!(
        release.date.map(|d| d.to_string()).as_deref(),
        Some("2026-12-01")
    );
    assert_eq!(release.state, Some(ReleaseState::Planned));
    let ideas: Vec<_> = read
        .ideas
        .iter()
        .map(|idea| (idea.key.id.as_str(), idea.status))
        .collect();
    assert_eq!(
        ideas,
        [
            ("1", Some(Status::Planned)),
            ("2", Some(Status::Released)),
            ("3", Some(Status::WontDo)),
        ]
    );
    let idea = &read.ideas[0];
    assert_eq!(idea.title, "Dark mode");
    assert_eq!(idea.problem.as_deref(), Some("**Please**, my eyes."));
    assert_eq!(
        idea.url.as_deref(),
        Some("https://github.com/acme/app/issues/1")
    );
    assert_eq!(idea.ticket_key.as_deref(), Some("#1"));
    assert_eq!(idea.votes, 7);
    assert_eq!(idea.releases[0].release, release.key);
    assert_eq!(read.links(0), ["1"]);
    assert!(read.feedback.iter().all(|record| record.state == LINKED));

    let gh_milestone =
        json!({"milestone": {"number": 3, "title": "v2", "dueOn": "2026-12-01T08:00:00Z"}});
    let same = super::super::testing::read("gh.jsonl", &lines(&[gh(1, gh_milestone)]));
    assert_eq!(same.releases[0].key, release.key);
    assert_eq!(same.releases[0].date, release.date);
}

#[test]
fn a_feature_by_its_type_is_an_idea_and_a_bug_is_not() {
    let read = read(
        "dump.jsonl",
        &lines(&[
            rest(1, json!({"type": {"name": "Feature"}})),
            rest(
                2,
                json!({"type": {"name": "Bug"}, "parent_issue_url": "https://api.github.com/repos/acme/app/issues/1"}),
            ),
            gh(
                3,
                json!({"issueType": {"name": "Bug"}, "parent": {"number": 1, "url": "https://github.com/acme/app/issues/1"}}),
            ),
        ]),
    );
    let [idea] = &read.ideas[..] else {
        panic!("{:?}", read.ideas);
    };
    assert_eq!(
        (idea.status, idea.kind),
        (Some(Status::New), Some(IdeaKind::Feature))
    );
    assert_eq!(read.feedback[1].kind, Some(FeedbackKind::Bug));
    for place in 0..3 {
        assert_eq!(read.links(place), ["1"]);
        assert_eq!(read.feedback[place].state, ImportState::Unprocessed);
    }
}

#[test]
fn closed_issues_are_processed_and_duplicates_know_their_original() {
    let comment = |text: &str| {
        json!([{"id": "IC_x", "author": {"login": "dana"}, "authorAssociation": "MEMBER", "body": text,
            "createdAt": "2026-05-01T00:00:00Z", "url": "https://github.com/acme/app/issues/1#issuecomment-77"}])
    };
    let closed = |reason: &str, text: &str| json!({"state": "CLOSED", "stateReason": reason, "comments": comment(text)});
    let read = read(
        "gh.jsonl",
        &lines(&[
            gh(1, closed("COMPLETED", "Duplicate of #9")),
            gh(2, closed("DUPLICATE", "Duplicate of #9")),
            gh(
                3,
                closed(
                    "DUPLICATE",
                    "duplicate of https://github.com/acme/app/issues/9",
                ),
            ),
            gh(
                4,
                closed(
                    "DUPLICATE",
                    "Duplicate of https://github.com/other/app/issues/9",
                ),
            ),
            gh(5, closed("DUPLICATE", "Ünlike Duplicate of #9")),
        ]),
    );
    let found: Vec<_> = read
        .feedback
        .iter()
        .map(|r| (r.state, r.duplicate_of.as_deref()))
        .collect();
    let duplicate = ImportState::Processed(Resolution::Duplicate);
    assert_eq!(
        found,
        [
            (NO_ACTION, None),
            (duplicate, Some("9")),
            (duplicate, Some("9")),
            (NO_ACTION, None),
            (NO_ACTION, None),
        ]
    );
    let said = &read.feedback[0].comments[0];
    assert_eq!(said.source_id.as_deref(), Some("77"));
    assert_eq!(said.text, "Duplicate of #9");
    assert!(
        matches!(&said.author, Some(ImportAuthor::Colleague(p)) if p.handle.as_str() == "dana")
    );
}

#[test]
fn comments_find_their_issue_and_the_rest_of_a_dump_is_left_out_with_its_reason() {
    let comment = |url: &str| {
        json!({"id": 77, "html_url": format!("https://github.com/acme/app/{url}/1#issuecomment-77"),
            "url": "https://api.github.com/repos/acme/app/issues/comments/77", "body": "Me too",
            "issue_url": "https://api.github.com/repos/acme/app/issues/1", "user": {"login": "octocat"},
            "author_association": "NONE", "created_at": "2026-05-01T00:00:00Z"})
    };
    let read = read(
        "dump.jsonl",
        &lines(&[
            rest(1, json!({})),
            comment("issues"),
            comment("pull"),
            rest(2, json!({"pull_request": {"url": "…"}})),
            json!({"login": "octocat", "url": "https://api.github.com/users/octocat", "bio": "text"}),
            json!({"id": 1, "full_name": "acme/app", "owner": {}, "issues_url": "…", "description": "text",
                "url": "https://api.github.com/repos/acme/app"}),
            json!({"sha": "c0ffee", "commit": {"message": "text"}}),
            json!({"content": "+1", "user": {"login": "x"}, "created_at": "2026-05-01T00:00:00Z"}),
        ]),
    );
    let [reply] = &read.replies[..] else {
        panic!("{read:?}");
    };
    assert_eq!(reply.on.feedback(), read.feedback[0].identity());
    assert_eq!(reply.comment.source_id.as_deref(), Some("77"));
    assert_eq!(
        reply.comment.author,
        Some(ImportAuthor::Outsider("octocat".to_owned()))
    );
    let reasons: Vec<_> = read
        .skipped
        .iter()
        .map(|(_, reason)| reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "comment on a pull request",
            "pull request",
            "account",
            "repository",
            "commit",
            "reaction"
        ]
    );
}

#[test]
fn what_perceval_wraps_around_an_issue_is_taken_off() {
    let item = json!({
        "backend_name": "GitHub", "category": "issue", "origin": "https://github.com/acme/app",
        "uuid": "x", "updated_on": 1.0, "data": rest(12, json!({"comments_data": [{
            "id": 5, "body": "Me too", "user": {"login": "x"}, "created_at": "2026-05-01T00:00:00Z",
            "html_url": "https://github.com/acme/app/issues/12#issuecomment-5"}]})),
    });
    let read = read("items.jsonl", &lines(&[item]));
    assert_eq!(read.feedback[0].source_id.as_deref(), Some("12"));
    assert_eq!(read.feedback[0].comments.len(), 1);
}

#[test]
fn a_server_of_ones_own_is_its_own_origin_and_a_generic_sheet_is_none_of_this() {
    let url = "https://git.acme.example/api/v3/repos/Team/app/issues/4";
    let read_one = |with: Value| {
        read("dump.jsonl", &lines(&[rest(4, with)]))
            .feedback
            .remove(0)
    };
    let record = read_one(json!({"url": url, "html_url": null}));
    assert_eq!(record.origin, "git.acme.example/Team/app");
    let sheet = read(
        "list.jsonl",
        &lines(&[json!({"number": 1, "title": "A", "description": "B"})]),
    );
    assert_eq!(sheet.words, "JSON lines");
    let sheet = read("list.csv", "number,title,state,body\n1,A,open,B\n");
    assert_eq!(sheet.words, "CSV, separated by commas");
}

#[test]
fn a_date_that_is_none_is_a_fault() {
    let read = read(
        "dump.jsonl",
        &lines(&[rest(1, json!({"created_at": "soon"}))]),
    );
    assert_eq!(
        read.faults,
        ["line 1, column “created_at”: “soon” is not a date"]
    );
}

#[test]
fn a_table_is_not_read_as_the_json_that_was_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("issues.csv");
    std::fs::write(&path, "number,title\n7,Crash\n").expect("written");
    let choices = Choices {
        format: Some("github-json".to_owned()),
        ..Choices::default()
    };
    let problem = Source::open(&path, &choices).expect_err("a refusal");
    assert!(problem.summary.ends_with("as GitHub issues, JSON"));
    assert_eq!(
        problem.causes,
        ["it is no JSON: it is CSV, separated by commas"]
    );
    assert!(!problem.hints.is_empty());
}
