//! Issue trackers: real files of GitHub, Jira and Bugzilla. The figures were found with Python's csv and json modules.

use std::fs;
use std::path::{Path, PathBuf};

use intake::domain::feedback::{Importance, Resolution};
use intake::domain::idea::Status;
use intake::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportIdea, ImportRecord, ImportState,
};
use intake::exchange::plan::Plan;
use serde_json::Value;

use crate::world::{World, corpus, files};

/// What a plan brings: feedback, ideas, names of releases, comments that stand apart.
#[derive(Default)]
struct Things {
    feedback: Vec<ImportRecord>,
    ideas: Vec<ImportIdea>,
    releases: Vec<String>,
    replies: Vec<ImportComment>,
}

fn things(plan: &Plan) -> Things {
    let mut things = Things::default();
    for thing in plan.things(&mut ()).expect("no faults") {
        match thing.expect("a thing") {
            Brought::Feedback(record) => things.feedback.push(*record),
            Brought::Idea(idea) => things.ideas.push(*idea),
            Brought::Release(release) => things.releases.push(release.name),
            Brought::Comment(reply) => things.replies.push(reply.comment),
        }
    }
    things
}

fn left_out(plan: &Plan) -> Vec<(&str, u64)> {
    let reasons = plan.reasons.iter();
    reasons.map(|(reason, count)| (*reason, *count)).collect()
}

#[test]
fn a_page_of_github_issues_arrives_without_its_pull_requests() {
    let Some(corpus) = corpus() else { return };
    let path = corpus.join("import/freecad-github-issues/issues.json");
    let mut world = World::new();
    let plan = world.plan(&path).expect("a plan");
    assert_eq!(plan.sources[0].words(), "GitHub issues, JSON");
    assert_eq!(left_out(&plan), [("pull request", 19)]);
    let found = things(&plan);
    let feedback = &found.feedback;
    let numbers: Vec<_> = feedback
        .iter()
        .filter_map(|r| r.source_id.as_deref())
        .collect();
    assert_eq!(
        numbers,
        [
            "29660", "29658", "29654", "29652", "29651", "29647", "29645", "29644", "29636",
            "29632", "29625"
        ]
    );
    assert!(
        feedback
            .iter()
            .all(|r| r.origin == "github.com/FreeCAD/FreeCAD" && r.source == "github")
    );
    assert_eq!(feedback.iter().map(|r| r.body.len()).sum::<usize>(), 18_226);
    assert_eq!(feedback.iter().map(|r| r.votes).sum::<u32>(), 3);
    assert_eq!(feedback.iter().map(|r| r.tags.len()).sum::<usize>(), 45);
    assert_eq!(
        feedback[0].tags,
        ["Mod: Part Design", "Type: Feature", "Topic: Preferences"]
    );
    assert_eq!(
        feedback[0].customer.as_ref().map(|c| c.name.as_str()),
        Some("rexbron")
    );
    let reporters: Vec<_> = feedback
        .iter()
        .filter_map(|r| r.reporter.as_ref())
        .collect();
    let reporters: Vec<_> = reporters.iter().map(|p| p.handle.as_str()).collect();
    assert_eq!(reporters, ["roy-043", "wandererfan", "roy-043"]);
    assert_eq!(feedback.iter().filter(|r| r.owner.is_some()).count(), 1);
    let ideas: Vec<_> = found
        .ideas
        .iter()
        .map(|i| (i.key.id.as_str(), i.status))
        .collect();
    assert_eq!(
        ideas,
        [
            ("29660", Some(Status::New)),
            ("29658", Some(Status::Planned)),
            ("29651", Some(Status::Planned)),
            ("29632", Some(Status::New)),
        ]
    );
    assert_eq!(found.releases, ["1.2", "1.1"]);
    assert_eq!(world.import(&path), (11, 0, 0));
    assert_eq!(world.import(&path), (0, 0, 11));
}

#[test]
fn github_issues_as_csv_have_their_labels_and_kinds() {
    let Some(corpus) = corpus() else { return };
    let world = World::new();
    for (file, rows, finished) in [
        ("microsoft_vscodebugs_sample.csv", 100, 56),
        ("multilingual_bug_reports_vscode.csv", 1_381, 1_381),
    ] {
        let plan = world
            .plan(&corpus.join("import/vscode-issues-csv").join(file))
            .expect("a plan");
        assert_eq!(plan.sources[0].words(), "GitHub issues, CSV", "{file}");
        assert_eq!(plan.counts.feedback.create, rows, "{file}");
        assert_eq!(plan.counts.total(), rows, "{file}");
        assert_eq!(plan.states.get("processed"), Some(&finished), "{file}");
        assert!(
            things(&plan)
                .feedback
                .iter()
                .all(|record| record.source == "github"),
            "{file}"
        );
    }
}

/// The objects in the answers of a recorded conversation with the API, one a line.
fn answers(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a recording");
    let lines = text.lines().filter(|line| line.starts_with(['[', '{']));
    let objects = lines.flat_map(|line| match serde_json::from_str(line) {
        Ok(Value::Array(list)) => list,
        Ok(object) => vec![object],
        Err(_) => Vec::new(),
    });
    objects.map(|object| format!("{object}\n")).collect()
}

#[test]
fn recorded_answers_of_github_hold_issues_of_fifteen_years() {
    let Some(corpus) = corpus() else { return };
    // Issues, finished ones, ideas, releases, comments, and what is left out: repeated issues, events, accounts, labels.
    for (file, wanted) in [
        ("Repository.testGetIssues.txt", [16, 10, 10, 1, 0, 0]),
        (
            "Repository.testGetIssuesWithArguments.txt",
            [18, 17, 17, 2, 0, 12],
        ),
        (
            "Repository.testGetIssuesWithTypeArgument.txt",
            [4, 1, 1, 0, 0, 0],
        ),
        (
            "Repository.testGetIssuesWithTypeWildcard.txt",
            [8, 5, 2, 1, 0, 0],
        ),
        (
            "Repository.testGetIssuesWithWildcards.txt",
            [14, 8, 8, 1, 0, 14],
        ),
        ("Repository.testGetIssuesComments.txt", [0, 0, 0, 0, 180, 0]),
        ("Repository.testGetIssuesEvents.txt", [0, 0, 0, 0, 0, 30]),
        ("Issue.testGetTimeline.txt", [0, 0, 0, 0, 3, 13]),
        ("Issue.testGetComments.txt", [0, 0, 0, 0, 0, 2]),
        ("Issue.testGetLabels.txt", [0, 0, 0, 0, 0, 3]),
    ] {
        let world = World::new();
        let path = world.folder.path().join("answers.jsonl");
        fs::write(
            &path,
            answers(&corpus.join("import/github-rest-replay").join(file)),
        )
        .expect("written");
        let plan = world
            .plan(&path)
            .unwrap_or_else(|problem| panic!("{file}: {problem}"));
        assert_eq!(plan.sources[0].words(), "GitHub issues, JSON", "{file}");
        let found = things(&plan);
        let finished = found
            .feedback
            .iter()
            .filter(|r| r.state != ImportState::Unprocessed);
        assert_eq!(
            [
                found.feedback.len(),
                finished.count(),
                found.ideas.len(),
                found.releases.len(),
                found.replies.len(),
                usize::try_from(plan.counts.skipped).expect("few"),
            ],
            wanted,
            "{file}: {:?}",
            left_out(&plan)
        );
    }
}

#[test]
fn what_is_no_file_of_issues_is_refused_or_left_out_with_its_reason() {
    let Some(corpus) = corpus() else { return };
    let world = World::new();
    let mut recordings = Vec::new();
    files(&corpus.join("import/github-rest-replay"), &mut recordings);
    for path in recordings {
        let problem = world.plan(&path).expect_err("a recording is no table");
        assert!(problem.summary.starts_with("cannot import "), "{problem}");
    }
    let perceval = corpus.join("import/perceval-fixtures");
    for (file, reason, count) in [
        ("github/abuse_rate_limit", "error message of GitHub", 1),
        (
            "github/github_enterprise_request_requested_reviewers",
            "account",
            1,
        ),
        ("github/github_events_error", "error message of GitHub", 1),
        ("github/github_issue_1", "pull request", 1),
        ("github/github_issue_2_reactions", "reaction", 2),
        ("github/github_issue_2_with_pr", "pull request", 1),
        ("github/github_issue_comment_1_reactions", "reaction", 3),
        ("github/github_login", "account", 1),
        ("github/github_orgs", "account", 2),
        ("github/github_repo", "repository", 1),
        ("github/github_request_from_2016_03_01", "pull request", 1),
        ("github/github_request_pull_request_1", "pull request", 1),
        (
            "github/github_request_pull_request_1_comment_2_reactions",
            "reaction",
            6,
        ),
        (
            "github/github_request_pull_request_1_comments",
            "review of a pull request",
            2,
        ),
        ("github/github_request_pull_request_1_commits", "commit", 1),
        (
            "github/github_request_pull_request_1_reviews",
            "review of a pull request",
            2,
        ),
        ("github/github_request_pull_request_2", "pull request", 1),
        (
            "github/github_request_pull_request_2_comments",
            "review of a pull request",
            4,
        ),
        ("github/github_request_pull_request_2_commits", "commit", 1),
        (
            "github/github_request_pull_request_2_reviews",
            "review of a pull request",
            1,
        ),
        ("github/github_request_requested_reviewers", "account", 1),
    ] {
        let plan = world.plan(&perceval.join(file)).expect(file);
        assert_eq!(left_out(&plan), [(reason, count)], "{file}");
        assert_eq!(plan.counts.total(), count, "{file}");
    }
    for file in [
        "github/github_empty_request",
        "github/github_events_page_1",
        "github/github_events_page_2",
        "github/github_events_page_3",
        "github/github_events_pull_request_review",
        "github/github_issue_comment_2_reactions",
        "github/github_request_requested_reviewers_ghost",
        "github/rate_limit",
        "github/rate_limit_aaa",
        "github/rate_limit_bbb",
    ] {
        let problem = world.plan(&perceval.join(file)).expect_err(file);
        assert!(
            problem.summary.starts_with("cannot import "),
            "{file}: {problem}"
        );
    }
    let twice = world
        .plan(&perceval.join("github/github_request"))
        .expect_err("refused");
    assert!(
        twice.causes[0].contains("the key “labels_url” occurs twice"),
        "{twice}"
    );
}

#[test]
fn an_issue_and_its_comments_find_each_other_across_files() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/perceval-fixtures/github");
    let world = World::new();
    let issue = things(&world.plan(&folder.join("github_issue_2")).expect("a plan"));
    let [record] = &issue.feedback[..] else {
        panic!("one issue");
    };
    assert_eq!(record.origin, "github.com/zhquan_example/repo");
    assert_eq!((record.title.as_str(), record.votes), ("title 2", 2));
    assert_eq!(record.state, ImportState::Processed(Resolution::NoAction));
    assert_eq!(record.tags, ["bug", "v1.1.0"]);
    let comments = world
        .plan(&folder.join("github_issue_comments_2"))
        .expect("a plan");
    let Some(Ok(Brought::Comment(reply))) = comments.things(&mut ()).expect("no faults").next()
    else {
        panic!("a comment");
    };
    assert_eq!(reply.on.feedback(), record.identity());
    assert_eq!(reply.comment.text, "My second comment");
}

fn jira(corpus: &Path, file: &str) -> PathBuf {
    corpus.join("import/perceval-fixtures/jira").join(file)
}

#[test]
fn a_jira_export_arrives_with_its_comments() {
    let Some(corpus) = corpus() else { return };
    let path = corpus.join("import/jira-cloud-csv/jira.csv");
    let mut world = World::new();
    let plan = world.plan(&path).expect("a plan");
    assert_eq!(plan.sources[0].words(), "Jira issues, CSV");
    let found = things(&plan);
    let [second, first] = &found.feedback[..] else {
        panic!("two issues");
    };
    assert_eq!(
        (second.title.as_str(), second.body.as_str()),
        ("SUMMARY2", "Decription2")
    );
    assert_eq!(
        (second.source.as_str(), second.origin.as_str()),
        ("jira", "PT")
    );
    assert_eq!(second.source_id.as_deref(), Some("PT-2"));
    assert_eq!(second.received.rfc3339(), "2024-01-09T15:54:00Z");
    assert_eq!(
        second.needed_by.map(|day| day.to_string()).as_deref(),
        Some("2024-01-10")
    );
    assert_eq!(
        second.reporter.as_ref().map(|p| p.handle.as_str()),
        Some("rodolfo.carvalho")
    );
    let [comment] = &second.comments[..] else {
        panic!("one comment");
    };
    assert_eq!(
        comment.text,
        "comentario [~accountid:70121:6cf63de4-a115-45fe-a9c1-033575d54ff5]"
    );
    assert!(
        matches!(&comment.author, Some(ImportAuthor::Colleague(p)) if p.handle.as_str() == "rodolfo.carvalho")
    );
    assert_eq!(
        (first.source_id.as_deref(), first.comments.len()),
        (Some("PT-1"), 0)
    );
    assert!(found.ideas.is_empty());
    assert_eq!(world.import(&path), (2, 0, 0));
    assert_eq!(world.import(&path), (0, 0, 2));
}

#[test]
fn pages_of_jira_issues_arrive_and_pages_of_other_things_do_not() {
    let Some(corpus) = corpus() else { return };
    let world = World::new();
    let page = world
        .plan(&jira(&corpus, "jira_issues_page_1.json"))
        .expect("a plan");
    assert_eq!(page.sources[0].words(), "Jira issues, JSON");
    // The other issue of the page has neither a summary nor a description.
    assert_eq!(left_out(&page), [("neither a title nor a text", 1)]);
    let found = things(&page);
    let [record] = &found.feedback[..] else {
        panic!("one issue");
    };
    assert_eq!(record.title, "[Fiware-lab-help] FIWARE Lab Assistance");
    assert_eq!(
        (record.origin.as_str(), record.source_id.as_deref()),
        ("jira.fiware.org", Some("HELP-6043"))
    );
    assert_eq!(
        record.url.as_deref(),
        Some("https://jira.fiware.org/browse/HELP-6043")
    );
    assert_eq!(record.received.rfc3339(), "2016-03-03T13:40:01Z");
    assert_eq!(
        record.reporter.as_ref().map(|p| p.handle.as_str()),
        Some("user2")
    );
    assert_eq!(
        record.owner.as_ref().map(|p| p.handle.as_str()),
        Some("user1")
    );
    assert_eq!(record.tags, ["FIWARE-LAB-HELP"]);
    assert_eq!(record.importance, Some(Importance::Important));
    assert_eq!(record.state, ImportState::Unprocessed);
    for (file, issues) in [
        ("jira_issues_page_2.json", 1),
        ("jira_issues_parse_expected.json", 1),
    ] {
        let plan = world.plan(&jira(&corpus, file)).expect("a plan");
        assert_eq!(plan.sources[0].words(), "Jira issues, JSON", "{file}");
        assert_eq!(plan.counts.feedback.create, issues, "{file}");
    }
    for (file, reason, count) in [
        (
            "jira_comments_issue_page_1.json",
            "comment that does not name its issue",
            2,
        ),
        (
            "jira_comments_issue_page_2.json",
            "comment that does not name its issue",
            2,
        ),
        ("jira_fields.json", "description of a field", 44),
    ] {
        let plan = world.plan(&jira(&corpus, file)).expect("a plan");
        assert_eq!(left_out(&plan), [(reason, count)], "{file}");
        assert_eq!(plan.counts.total(), count, "{file}");
    }
    for file in [
        "jira_comments_issue_empty.json",
        "jira_issues_page_empty.json",
    ] {
        world.plan(&jira(&corpus, file)).expect_err("nothing in it");
    }
}
