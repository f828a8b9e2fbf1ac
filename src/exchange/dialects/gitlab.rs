//! GitLab: issues as CSV and as the REST API gives them, and milestones.
//!
//! Shapes: <https://docs.gitlab.com/user/project/issues/csv_export/>, <https://docs.gitlab.com/api/issues/>. An issue is
//! known by its number in the project, which its link leads to.

use serde_json::{Map, Value};

use super::value::{self, at};
use super::work::{self, Work, standing};
use super::{Cells, Columns, Dialect, DocumentDialect, Ground, Others, Reads, TableDialect};
use crate::domain::feedback::FeedbackKind;
use crate::domain::import::{Brought, ImportCustomer, ImportPerson, ImportRecord, ImportRelease};
use crate::domain::release::ReleaseState;
use crate::exchange::convert::words;
use crate::exchange::mapping::Field;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::{Skip, Verdict};

/// What the REST API gives.
pub const JSON: &Dialect = &Dialect {
    name: "gitlab-json",
    words: "GitLab issues, JSON",
    tool: "gitlab",
    reads: Reads::Documents(DocumentDialect {
        fits: |object| piece(object).is_some(),
        translate,
        beside: &[],
    }),
};

/// What GitLab sends as CSV.
pub const CSV: &Dialect = &Dialect {
    name: "gitlab-csv",
    words: "GitLab issues, CSV",
    tool: "gitlab",
    reads: Reads::Table(TableDialect {
        fits: |columns: &Columns<'_>| {
            columns.have(&["Issue ID", "URL", "Title", "State", "Author Username"])
        },
        columns: &[
            (Field::Title, "Title"),
            (Field::Body, "Description"),
            (Field::Id, "Issue ID"),
            (Field::Received, "Created At (UTC)"),
            (Field::Customer, "Author Username"),
            (Field::State, "State"),
            (Field::Tags, "Labels"),
            (Field::Url, "URL"),
            (Field::Owner, "Assignee Username"),
        ],
        others: Others::Unused,
        reads: &[
            "URL",
            "State",
            "Labels",
            "Author Username",
            "Assignee",
            "Assignee Username",
            "Milestone",
            "Weight",
            "Time Estimate",
            "Created At (UTC)",
            "Due Date",
        ],
        complete: row,
    }),
};

/// What an object of the API is.
enum Piece {
    Issue,
    Milestone,
    /// Nothing that is imported.
    Other(&'static str),
}

fn piece(object: &Map<String, Value>) -> Option<Piece> {
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    if has(&["iid", "title", "source_branch"]) {
        Some(Piece::Other("merge request"))
    } else if has(&["iid", "title", "state", "web_url", "author"]) {
        Some(Piece::Issue)
    } else if has(&["iid", "title", "state", "due_date", "start_date"]) {
        Some(Piece::Milestone)
    } else if has(&["noteable_iid", "noteable_type", "body"]) {
        Some(Piece::Other("comment that does not name its project"))
    } else {
        None
    }
}

fn translate(ground: &Ground<'_>, document: &Document) -> Verdict {
    match piece(&document.object) {
        Some(Piece::Issue) => match issue(ground, document) {
            Ok(work) => work.brings(),
            Err(fault) => Verdict::Faults(vec![fault]),
        },
        Some(Piece::Milestone) => {
            let milestone = Value::Object(document.object.clone());
            let origin = document.text("web_url").and_then(project);
            match release(ground, document.line, &ground.origin(origin), &milestone) {
                Some(release) => Verdict::Brings(vec![Brought::Release(release)]),
                None => Verdict::Skipped(document.line, Skip::Blank),
            }
        }
        Some(Piece::Other(what)) => Verdict::Skipped(document.line, Skip::Not(what)),
        None => Verdict::Skipped(document.line, Skip::Not("something else than an issue")),
    }
}

fn issue(ground: &Ground<'_>, issue: &Document) -> Result<Work, Fault> {
    let line = issue.line;
    let url = issue.text("web_url");
    let origin = ground.origin(url.and_then(project));
    let (received, received_offset) = issue.received("created_at", ground)?;
    let tags = words::tag_list(issue.list("labels"));
    // Most are of the type `issue`, which says nothing.
    let kind = issue.text("issue_type").filter(|kind| *kind != "issue");
    let seconds = issue.at("time_stats.time_estimate").and_then(Value::as_u64);
    let milestone = issue.at("milestone");
    Ok(Work {
        releases: milestone
            .and_then(|milestone| release(ground, line, &origin, milestone))
            .into_iter()
            .collect(),
        record: ImportRecord {
            line,
            title: issue.text("title").unwrap_or_default().to_owned(),
            body: issue.text("description").unwrap_or_default().to_owned(),
            source: ground.source(),
            source_id: issue.id("iid"),
            url: url.map(str::to_owned),
            received,
            received_offset,
            customer: issue.at("author").and_then(customer),
            owner: issue
                .list("assignees")
                .first()
                .or_else(|| issue.at("assignee"))
                .and_then(owner),
            kind: kind_of(&tags),
            tags,
            votes: issue.count("upvotes"),
            needed_by: issue.text("due_date").and_then(work::day),
            origin,
            ..ImportRecord::default()
        },
        kind: kind.map(str::to_owned),
        standing: standing(issue.text("state").unwrap_or_default(), ""),
        effort: issue
            .id("weight")
            .and_then(|weight| work::effort_of_points(&weight))
            .or_else(|| seconds.and_then(work::effort_of_seconds)),
        ticket_key: issue.id("iid").map(|iid| format!("#{iid}")),
        ..Work::default()
    })
}

/// The project that a link leads to, with its host: what stands before `/-/`, or before `/issues/` in links of old.
fn project(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (project, _) = ["/-/", "/issues/", "/milestones/"]
        .iter()
        .find_map(|part| rest.split_once(part))?;
    let (host, path) = project.split_once('/')?;
    Some(format!("{}/{path}", host.to_lowercase()))
}

/// The kind that the first label tells which does.
fn kind_of(tags: &[String]) -> Option<FeedbackKind> {
    tags.iter().find_map(|tag| words::kind(tag))
}

/// The author, by account name. Nobody is named after a bot.
fn customer(account: &Value) -> Option<ImportCustomer> {
    let name = at(account, "username").and_then(value::text)?;
    author(name)
}

fn author(name: &str) -> Option<ImportCustomer> {
    // Tokens write as `project_12_bot_…` and `group_12_bot_…`, see https://docs.gitlab.com/user/project/settings/project_access_tokens/.
    let parts: Vec<&str> = name.split('_').collect();
    let is_bot = matches!(parts[..], ["project" | "group", _, "bot", ..]) || name == "ghost";
    (!is_bot).then(|| ImportCustomer {
        name: name.to_owned(),
        email: None,
    })
}

fn owner(account: &Value) -> Option<ImportPerson> {
    let person = at(account, "username")
        .and_then(value::text)
        .and_then(work::colleague)?;
    let name = at(account, "name").and_then(value::text).map(str::to_owned);
    Some(ImportPerson { name, ..person })
}

/// The release that a milestone is. It goes by its title, which is all that a CSV has.
fn release(
    ground: &Ground<'_>,
    line: u64,
    origin: &str,
    milestone: &Value,
) -> Option<ImportRelease> {
    let text = |key: &str| at(milestone, key).and_then(value::text);
    Some(ImportRelease {
        date: text("due_date").and_then(work::day),
        state: text("state").map(|state| match state {
            "closed" => ReleaseState::Released,
            _ => ReleaseState::Planned,
        }),
        ..ground.release(line, origin, None, text("title")?.trim())
    })
}

/// An issue from a CSV.
fn row(ground: &Ground<'_>, cells: &Cells<'_>, record: ImportRecord) -> Verdict {
    let one = |name: &str| cells.one(name);
    let origin = ground.origin(one("URL").and_then(project));
    let tags = one("Labels").map(|labels| words::tags(labels, Some(",")));
    let tags = tags.unwrap_or_default();
    let first = |names: &str| names.split(',').next().and_then(work::colleague);
    let owner = one("Assignee Username").and_then(first);
    let names = one("Assignee").and_then(|names| names.split(',').next());
    let seconds = one("Time Estimate").and_then(|seconds| seconds.parse().ok());
    Work {
        releases: one("Milestone")
            .map(|name| ground.release(record.line, &origin, None, name))
            .into_iter()
            .collect(),
        standing: standing(one("State").unwrap_or_default(), ""),
        effort: one("Weight")
            .and_then(work::effort_of_points)
            .or_else(|| seconds.and_then(work::effort_of_seconds)),
        ticket_key: record.source_id.as_ref().map(|iid| format!("#{iid}")),
        record: ImportRecord {
            // The columns say so: UTC.
            received_offset: one("Created At (UTC)").map(|_| 0),
            source: ground.source(),
            customer: one("Author Username").and_then(author),
            owner: owner.map(|owner| ImportPerson {
                name: names.map(|name| name.trim().to_owned()),
                ..owner
            }),
            needed_by: one("Due Date").and_then(work::day),
            kind: kind_of(&tags),
            tags,
            origin,
            ..record
        },
        ..Work::default()
    }
    .brings()
}

#[cfg(test)]
mod tests;
