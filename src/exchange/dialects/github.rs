//! GitHub: issues as `gh issue list --json …` prints them and as the REST API gives them, comments, milestones, and what
//! perceval wraps around them; and issues as CSV.
//!
//! Shapes: <https://cli.github.com/manual/gh_issue_list>, <https://docs.github.com/en/rest/issues>,
//! <https://github.com/chaoss/grimoirelab-perceval>. Pull requests are among the issues there and are left out here.

use serde_json::{Map, Value};

use super::value::{self, at};
use super::work::{self, Standing, Work, standing};
use super::{Cells, Columns, Dialect, DocumentDialect, Ground, Others, Reads, TableDialect};
use crate::domain::feedback::FeedbackKind;
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCustomer, ImportPerson, ImportRecord,
    ImportRelease, ImportReply,
};
use crate::domain::release::ReleaseState;
use crate::exchange::convert::words;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::{Skip, Verdict};

/// What the GitHub API and `gh` give.
pub const JSON: &Dialect = &Dialect {
    name: "github-json",
    words: "GitHub issues, JSON",
    tool: "github",
    reads: Reads::Documents(DocumentDialect {
        fits: |object| piece(work::unwrapped(object, "GitHub")).is_some(),
        translate,
        beside: &[],
    }),
};

/// Issues as a table, with the names of the API.
pub const CSV: &Dialect = &Dialect {
    name: "github-csv",
    words: "GitHub issues, CSV",
    tool: "github",
    reads: Reads::Table(TableDialect {
        fits: |columns: &Columns<'_>| {
            columns.have(&["number", "title", "state", "state_reason", "created_at"])
        },
        columns: &[],
        others: Others::Guessed { never: &[] },
        reads: &["state", "state_reason"],
        complete: row,
    }),
};

/// What an object of the API is.
enum Piece {
    Issue,
    Comment,
    Milestone,
    /// Nothing that is imported.
    Other(&'static str),
}

/// What an object is; `None` when it is not of GitHub.
fn piece(object: &Map<String, Value>) -> Option<Piece> {
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    let link = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    let of_api = link("url").contains("://api.github.com/") || link("url").contains("/api/v3/");
    let is_issue = |key: &str| link(key).contains("/issues/") && place(link(key)).is_some();
    let is_error = has(&["documentation_url", "message"])
        && link("documentation_url").contains("github.com")
        || has(&["message", "locations"]);
    let kind = if has(&["number", "title"]) {
        if is_pull_request(object) {
            Piece::Other("pull request")
        } else if has(&["due_on", "open_issues", "closed_issues"]) {
            Piece::Milestone
        } else if has(&["user"]) && (is_issue("url") || is_issue("html_url"))
            || is_issue("url")
            || has(&["author", "createdAt"]) && has(&["stateReason"])
        {
            Piece::Issue
        } else {
            return None;
        }
    } else if has(&["body", "user"]) && is_issue("issue_url") {
        match link("html_url").contains("/pull/") {
            true => Piece::Other("comment on a pull request"),
            false => Piece::Comment,
        }
    } else if has(&["body", "user"]) && link("url").contains("/issues/comments/") {
        Piece::Other("comment that names no issue")
    } else if is_error {
        Piece::Other("error message of GitHub")
    } else if has(&["pull_request_url"]) {
        Piece::Other("review of a pull request")
    } else if has(&["sha", "commit"]) {
        Piece::Other("commit")
    } else if has(&["full_name", "owner", "issues_url"]) {
        Piece::Other("repository")
    } else if has(&["login", "url"]) && of_api {
        Piece::Other("account")
    } else if has(&["content", "user", "created_at"]) {
        Piece::Other("reaction")
    } else if has(&["event", "actor"]) && of_api {
        Piece::Other("event")
    } else if has(&["name", "color"]) && of_api {
        Piece::Other("label")
    } else {
        return None;
    };
    Some(kind)
}

/// Whether an issue is a pull request. The API once gave empty links to pull requests with every issue.
fn is_pull_request(object: &Map<String, Value>) -> bool {
    let links = object.get("pull_request").and_then(Value::as_object);
    let linked = links.is_some_and(|links| links.values().any(|link| !link.is_null()));
    let url = object
        .get("url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    linked || object.contains_key("head") || url.contains("/pull/")
}

fn translate(ground: &Ground<'_>, document: &Document) -> Verdict {
    let unwrapped = Document {
        line: document.line,
        object: work::unwrapped(&document.object, "GitHub").clone(),
    };
    let read = match piece(&unwrapped.object) {
        Some(Piece::Issue) => issue(ground, &unwrapped).map(Work::brings),
        Some(Piece::Comment) => reply(ground, &unwrapped),
        Some(Piece::Milestone) => Ok(milestone_of(ground, &unwrapped)),
        Some(Piece::Other(what)) => Ok(Verdict::Skipped(document.line, Skip::Not(what))),
        None => Ok(Verdict::Skipped(
            document.line,
            Skip::Not("something else than an issue"),
        )),
    };
    read.unwrap_or_else(|fault| Verdict::Faults(vec![fault]))
}

/// An issue, as `gh` or as the API writes it.
fn issue(ground: &Ground<'_>, issue: &Document) -> Result<Work, Fault> {
    let one = |paths: &[&str]| paths.iter().find_map(|path| issue.text(path));
    let url = one(&["html_url", "url"]);
    let number = issue.id("number");
    let origin = ground.origin(url.and_then(place).map(|(origin, _)| origin));
    let received = match issue.moment("created_at")? {
        Some(received) => Some(received),
        None => issue.moment("createdAt")?,
    };
    let (received, received_offset) = received.unwrap_or((ground.written, None));
    let tags = words::tag_list(issue.list("labels"));
    let author = author(issue.at("user").or_else(|| issue.at("author")));
    let colleague = is_colleague(one(&["author_association", "authorAssociation"]));
    let (reporter, customer) = match author {
        Some(login) if colleague => (work::colleague(login), None),
        Some(login) => (
            None,
            Some(ImportCustomer {
                name: login.to_owned(),
                email: None,
            }),
        ),
        None => (None, None),
    };
    let comments = comments(issue)?;
    let reason = one(&["state_reason", "stateReason"]).unwrap_or_default();
    let standing = standing_of(issue.text("state").unwrap_or_default(), reason, &tags);
    let duplicate_of = (standing == Standing::Duplicate)
        .then(|| original(&comments, &origin))
        .flatten()
        .filter(|original| Some(original) != number.as_ref());
    let parent = one(&["parent.url", "parent_issue_url"]).and_then(place);
    let kind = one(&["type.name", "issueType.name"]).map(str::to_owned);
    Ok(Work {
        releases: release(ground, issue.line, &origin, issue.at("milestone"))
            .into_iter()
            .collect(),
        record: ImportRecord {
            line: issue.line,
            title: issue.text("title").unwrap_or_default().to_owned(),
            body: issue.text("body").unwrap_or_default().to_owned(),
            source: ground.source(),
            source_id: number.clone(),
            url: url.map(public),
            received,
            received_offset,
            reporter,
            customer,
            owner: owner(issue),
            kind: kind.is_none().then(|| kind_of(&tags)).flatten(),
            tags,
            votes: votes(issue),
            comments,
            duplicate_of,
            origin,
            ..ImportRecord::default()
        },
        kind,
        standing,
        ticket_key: number.map(|number| format!("#{number}")),
        parent: parent.map(|(origin, number)| ground.key(&ground.origin(Some(origin)), number)),
        ..Work::default()
    })
}

/// Where a link leads: the repository as its origin (`github.com/acme/app`), and the number after `issues` or the like.
/// Reads the links of pages and those of the API, on github.com and on a server of one's own.
fn place(url: &str) -> Option<(String, String)> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.split(['#', '?']).next()?;
    let (host, path) = rest.split_once('/')?;
    let path = path.strip_prefix("api/v3/").unwrap_or(path);
    let path = path.strip_prefix("repos/").unwrap_or(path);
    let host = host.strip_prefix("api.").unwrap_or(host).to_lowercase();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (owner, name, _, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    number.parse::<u64>().ok()?;
    Some((format!("{host}/{owner}/{name}"), number.to_owned()))
}

/// The link of the page, where there is only that of the API.
fn public(url: &str) -> String {
    url.replacen("://api.github.com/repos/", "://github.com/", 1)
}

/// The account that wrote something. Nobody is named after a program: what a bot filed has no author.
fn author(account: Option<&Value>) -> Option<&str> {
    let account = account?;
    let login = at(account, "login").and_then(value::text)?;
    let is_bot = at(account, "is_bot")
        .and_then(Value::as_bool)
        .unwrap_or(false)
        || at(account, "type").and_then(Value::as_str) == Some("Bot")
        || login.ends_with("[bot]");
    Some(login).filter(|_| !is_bot)
}

/// Whether whoever wrote something belongs to those who work on the repository.
fn is_colleague(association: Option<&str>) -> bool {
    matches!(association, Some("OWNER" | "MEMBER" | "COLLABORATOR"))
}

fn owner(issue: &Document) -> Option<ImportPerson> {
    let first = issue.list("assignees").first();
    let login = first.or_else(|| issue.at("assignee"))?.get("login")?;
    value::text(login).and_then(work::colleague)
}

/// The kind that the first label tells which does, such as GitHub's own `bug`, `enhancement` and `question`.
fn kind_of(tags: &[String]) -> Option<FeedbackKind> {
    tags.iter().find_map(|tag| words::kind(tag))
}

/// Where it stands; a closed issue may say only by GitHub's own labels why it is closed.
fn standing_of(state: &str, reason: &str, tags: &[String]) -> Standing {
    let labelled = |known: &str| tags.iter().any(|tag| tag.eq_ignore_ascii_case(known));
    match standing(state, reason) {
        Standing::Done | Standing::Declined if labelled("duplicate") => Standing::Duplicate,
        Standing::Done if labelled("wontfix") || labelled("invalid") => Standing::Declined,
        standing => standing,
    }
}

/// Thumbs up.
fn votes(issue: &Document) -> u32 {
    let groups = issue.list("reactionGroups").iter();
    let up =
        groups.filter(|group| at(group, "content").and_then(Value::as_str) == Some("THUMBS_UP"));
    let counted: u64 = up
        .filter_map(|group| at(group, "users.totalCount").and_then(Value::as_u64))
        .sum();
    issue
        .count("reactions.+1")
        .max(u32::try_from(counted).unwrap_or(u32::MAX))
}

/// The comments that came with an issue: from `gh`, or collected by perceval.
fn comments(issue: &Document) -> Result<Vec<ImportComment>, Fault> {
    let lists = issue
        .list("comments")
        .iter()
        .chain(issue.list("comments_data"));
    let comments = lists.map(|comment| comment_of(issue.line, comment));
    comments.filter_map(Result::transpose).collect()
}

fn comment_of(line: u64, comment: &Value) -> Result<Option<ImportComment>, Fault> {
    let one = |paths: &[&str]| {
        let mut found = paths.iter().filter_map(|path| at(comment, path));
        found.next()
    };
    let Some(text) = one(&["body"]).and_then(value::text) else {
        return Ok(None);
    };
    let at_time = one(&["created_at", "createdAt"]);
    let written = at_time.map_or(Ok(None), |time| {
        value::moment(time, line, "comments.createdAt")
    })?;
    let Some((written, _)) = written else {
        return Ok(None);
    };
    let account = one(&["user", "author"]);
    let association = one(&["author_association", "authorAssociation"]).and_then(Value::as_str);
    let login = account
        .and_then(|account| at(account, "login"))
        .and_then(value::text);
    let colleague = author(account)
        .filter(|_| is_colleague(association))
        .and_then(work::colleague);
    // The number of a comment stands in its link, whoever writes it; `gh` gives another id.
    let link = one(&["html_url", "url"])
        .and_then(Value::as_str)
        .unwrap_or_default();
    let number = link
        .split_once("#issuecomment-")
        .map(|(_, number)| number.to_owned());
    Ok(Some(ImportComment {
        source_id: number.or_else(|| one(&["id"]).and_then(value::id)),
        author: colleague
            .map(ImportAuthor::Colleague)
            .or_else(|| login.map(|login| ImportAuthor::Outsider(login.to_owned()))),
        at: written,
        text: text.to_owned(),
        original: None,
        to_reporter: true,
    }))
}

/// The issue that a comment says this one repeats, as GitHub has it said: `Duplicate of #12`.
fn original(comments: &[ImportComment], origin: &str) -> Option<String> {
    comments.iter().rev().find_map(|comment| {
        let said = comment.text.trim().get(..DUPLICATE_OF.len())?;
        if !said.eq_ignore_ascii_case(DUPLICATE_OF) {
            return None;
        }
        let rest = comment.text.trim()[DUPLICATE_OF.len()..].trim_start();
        let word = rest.split_whitespace().next()?;
        match place(word) {
            Some((there, number)) => Some(number).filter(|_| there == origin),
            None => {
                let number = word.strip_prefix('#')?.trim_end_matches(['.', ',']);
                number.parse::<u64>().ok().map(|number| number.to_string())
            }
        }
    })
}

/// How a comment begins that marks a duplicate, see
/// <https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/marking-issues-or-pull-requests-as-a-duplicate>.
const DUPLICATE_OF: &str = "duplicate of ";

/// A comment from a list of comments, on the issue that it names.
fn reply(ground: &Ground<'_>, comment: &Document) -> Result<Verdict, Fault> {
    let Some((origin, number)) = comment.text("issue_url").and_then(place) else {
        return Ok(Verdict::Skipped(
            comment.line,
            Skip::Not("comment that names no issue"),
        ));
    };
    let value = Value::Object(comment.object.clone());
    Ok(match comment_of(comment.line, &value)? {
        Some(said) => Verdict::Brings(vec![Brought::Comment(ImportReply {
            line: comment.line,
            on: ground.key(&ground.origin(Some(origin)), number),
            comment: said,
        })]),
        None => Verdict::Skipped(comment.line, Skip::Blank),
    })
}

/// The release that a milestone is.
fn release(
    ground: &Ground<'_>,
    line: u64,
    origin: &str,
    milestone: Option<&Value>,
) -> Option<ImportRelease> {
    let milestone = milestone?;
    let text = |key: &str| at(milestone, key).and_then(value::text);
    let number = at(milestone, "number").and_then(value::id);
    Some(ImportRelease {
        date: text("due_on").or_else(|| text("dueOn")).and_then(work::day),
        state: text("state").map(|state| match state.to_lowercase().as_str() {
            "closed" => ReleaseState::Released,
            _ => ReleaseState::Planned,
        }),
        ..ground.release(line, origin, number, text("title")?.trim())
    })
}

fn milestone_of(ground: &Ground<'_>, milestone: &Document) -> Verdict {
    let url = milestone.text("html_url").or_else(|| milestone.text("url"));
    let origin = ground.origin(url.and_then(place).map(|(origin, _)| origin));
    let value = Value::Object(milestone.object.clone());
    match release(ground, milestone.line, &origin, Some(&value)) {
        Some(release) => Verdict::Brings(vec![Brought::Release(release)]),
        None => Verdict::Skipped(milestone.line, Skip::Blank),
    }
}

/// An issue from a table. It names no author and no milestone.
fn row(_: &Ground<'_>, cells: &Cells<'_>, record: ImportRecord) -> Verdict {
    let cell = |name| cells.one(name).unwrap_or_default();
    let standing = standing_of(cell("state"), cell("state_reason"), &record.tags);
    let kind = kind_of(&record.tags);
    Work {
        record: ImportRecord {
            kind: record.kind.or(kind),
            ..record
        },
        standing,
        ..Work::default()
    }
    .brings()
}

#[cfg(test)]
mod tests;
