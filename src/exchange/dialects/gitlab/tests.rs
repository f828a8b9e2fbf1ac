use serde_json::json;

use crate::domain::feedback::{FeedbackKind, Resolution};
use crate::domain::idea::{Effort, Status};
use crate::domain::import::ImportState;
use crate::domain::release::ReleaseState;
use crate::exchange::dialects::testing::{lines, read};

const HEADER: &str = "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,\
    Locked,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent";

#[test]
fn csv_and_api_give_the_same_issue() {
    let csv = format!(
        "{HEADER}\nDark mode,**Please**,12,https://gitlab.com/acme/tools/app/-/issues/12,Open,Octo Cat,octocat,\
         \"Dana Miller, Hana\",\"dana, hana\",No,No,2026-12-24,2026-04-27 14:56:09,2026-04-27 14:56:09,,v2,,\"bug,ui\",144000,0\n"
    );
    let api = json!({
        "id": 76, "iid": 12, "project_id": 8, "title": "Dark mode", "description": "**Please**", "state": "opened",
        "created_at": "2026-04-27T14:56:09Z", "labels": ["bug", "ui"], "due_date": "2026-12-24",
        "milestone": {"id": 3, "iid": 1, "title": "v2", "state": "active", "due_date": "2026-12-01"},
        "assignees": [{"username": "dana", "name": "Dana Miller"}], "author": {"username": "octocat", "name": "Octo Cat"},
        "upvotes": 0, "issue_type": "issue", "web_url": "https://gitlab.com/acme/tools/app/-/issues/12", "weight": null,
        "time_stats": {"time_estimate": 144_000, "total_time_spent": 0},
    });
    let table = read("issues.csv", &csv);
    let api = read("issues.jsonl", &lines(&[api]));
    assert_eq!(
        (table.words.as_str(), api.words.as_str()),
        ("GitLab issues, CSV", "GitLab issues, JSON")
    );
    let mut same = table.feedback[0].clone();
    same.line = 1;
    same.untold = api.feedback[0].untold;
    assert_eq!(api.feedback[0], same);
    assert_eq!(
        (same.source.as_str(), same.origin.as_str()),
        ("gitlab", "gitlab.com/acme/tools/app")
    );
    assert_eq!(same.source_id.as_deref(), Some("12"));
    assert_eq!(
        same.customer.as_ref().map(|c| c.name.as_str()),
        Some("octocat")
    );
    assert_eq!(same.owner.as_ref().map(|o| o.handle.as_str()), Some("dana"));
    assert_eq!(same.kind, Some(FeedbackKind::Bug));
    assert_eq!(same.state, ImportState::Processed(Resolution::Linked));
    assert_eq!(table.ideas[0].key, api.ideas[0].key);
    assert_eq!(
        (api.ideas[0].status, api.ideas[0].effort),
        (Some(Status::Planned), Some(Effort::Small))
    );
    assert_eq!(table.releases[0].key, api.releases[0].key);
    assert_eq!(api.releases[0].state, Some(ReleaseState::Planned));
    assert_eq!(
        api.releases[0].date.map(|day| day.to_string()).as_deref(),
        Some("2026-12-01")
    );
}

#[test]
fn votes_weights_and_the_rest_of_a_dump() {
    let issue = |iid: u64, author: &str, state: &str| {
        json!({"iid": iid, "title": "A", "description": null, "state": state, "created_at": "2026-04-27T14:56:09.123+02:00",
            "labels": [{"name": "ui"}], "author": {"username": author}, "upvotes": 4, "weight": 5, "milestone": null,
            "web_url": format!("https://git.acme.example/team/app/issues/{iid}"), "issue_type": "incident"})
    };
    let found = read(
        "dump.jsonl",
        &lines(&[
            issue(1, "octocat", "closed"),
            issue(2, "project_12_bot_c0ffee", "opened"),
            json!({"iid": 3, "title": "M", "source_branch": "x", "state": "merged", "web_url": "…", "author": {}}),
            json!({"id": 9, "body": "x", "noteable_iid": 1, "noteable_type": "Issue"}),
            json!({"id": 9, "iid": 1, "title": "v1", "state": "closed", "due_date": "2026-01-01", "start_date": null,
            "web_url": "https://git.acme.example/team/app/-/milestones/1"}),
        ]),
    );
    let [first, second] = &found.feedback[..] else {
        panic!("{found:?}");
    };
    assert_eq!(first.origin, "git.acme.example/team/app");
    assert_eq!((first.votes, first.kind), (4, Some(FeedbackKind::Bug)));
    assert_eq!(
        (first.received_offset, first.tags.as_slice()),
        (Some(120), &["ui".to_owned()][..])
    );
    assert_eq!(first.state, ImportState::Processed(Resolution::NoAction));
    assert_eq!(
        (second.state, second.customer.is_none()),
        (ImportState::Unprocessed, true)
    );
    assert_eq!(found.releases[0].state, Some(ReleaseState::Released));
    assert_eq!(found.releases[0].key.origin, "git.acme.example/team/app");
    let reasons: Vec<_> = found
        .skipped
        .iter()
        .map(|(_, reason)| reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        ["merge request", "comment that does not name its project"]
    );
}
