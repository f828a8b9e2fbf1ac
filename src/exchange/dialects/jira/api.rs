//! An issue of the Jira REST API, version 2 (texts) or 3 (documents), and its versions.

use serde_json::{Map, Value};

use super::table::closed;
use super::{adf, standing_of};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCustomer, ImportPerson, ImportRecord, ImportRelease,
};
use crate::domain::release::ReleaseState;
use crate::exchange::convert::words;
use crate::exchange::dialects::Ground;
use crate::exchange::dialects::value::{self, at};
use crate::exchange::dialects::work::{self, Standing, Work};
use crate::exchange::html;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::{Skip, Verdict};

/// What an object of the API is.
enum Piece {
    Issue,
    Version,
    /// Nothing that is imported.
    Other(&'static str),
}

fn piece(object: &Map<String, Value>) -> Option<Piece> {
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    let link = object
        .get("self")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let of_api = |part: &str| link.contains("/rest/api/") && link.contains(part);
    let key = object
        .get("key")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let field = |name: &str| {
        object
            .get("fields")
            .is_some_and(|fields| fields.get(name).is_some())
    };
    Some(if is_key(key) && (field("summary") || field("issuetype")) {
        Piece::Issue
    } else if has(&["name", "released"]) && of_api("/version/") {
        Piece::Version
    } else if has(&["body"]) && of_api("/comment/") {
        Piece::Other("comment that does not name its issue")
    } else if has(&["clauseNames", "navigable"]) {
        Piece::Other("description of a field")
    } else if of_api("/project/") {
        Piece::Other("project")
    } else if of_api("/user") {
        Piece::Other("account")
    } else {
        return None;
    })
}

/// Whether a text is the key of an issue (`APP-12`).
fn is_key(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(project, number)| {
        project.starts_with(|c: char| c.is_ascii_uppercase()) && number.parse::<u64>().is_ok()
    })
}

/// Whether an object is of this API.
pub fn fits(object: &Map<String, Value>) -> bool {
    piece(work::unwrapped(object, "Jira")).is_some()
}

/// What an object brings.
pub fn translate(ground: &Ground<'_>, document: &Document) -> Verdict {
    let line = document.line;
    let object = work::unwrapped(&document.object, "Jira").clone();
    let document = Document { line, object };
    let left_out = |what| Verdict::Skipped(line, Skip::Not(what));
    match piece(&document.object) {
        Some(Piece::Issue) => match issue(ground, &document) {
            Ok(work) => work.brings(),
            Err(fault) => Verdict::Faults(vec![fault]),
        },
        Some(Piece::Version) => {
            let origin = ground.origin(base(&document).map(|(_, origin)| origin));
            let version = Value::Object(document.object);
            match release(ground, line, &origin, &version) {
                Some(release) => Verdict::Brings(vec![Brought::Release(release)]),
                None => Verdict::Skipped(line, Skip::Blank),
            }
        }
        Some(Piece::Other(what)) => left_out(what),
        None => left_out("something else than an issue"),
    }
}

fn issue(ground: &Ground<'_>, issue: &Document) -> Result<Work, Fault> {
    let line = issue.line;
    let base = base(issue);
    let key = issue.text("key").unwrap_or_default();
    let origin = ground.origin(base.as_ref().map(|(_, origin)| origin.clone()));
    let (received, received_offset) = issue
        .moment("fields.created")?
        .unwrap_or((ground.written, None));
    let standing = standing_of(
        issue.text("fields.status.name").unwrap_or_default(),
        issue.text("fields.status.statusCategory.key"),
        issue.text("fields.resolution.name"),
        issue.at("fields.resolution").is_some(),
    );
    let original = duplicate_of(issue).filter(|original| original != key && closed(standing));
    let (body, original_html) = text_of(
        issue.at("fields.description"),
        issue.text("renderedFields.description"),
    );
    let (reporter, customer) = filed_by(
        issue
            .at("fields.reporter")
            .or_else(|| issue.at("fields.creator")),
    );
    let sprint = sprint(issue);
    let mut releases: Vec<ImportRelease> = issue
        .list("fields.fixVersions")
        .iter()
        .filter_map(|version| release(ground, line, &origin, version))
        .collect();
    releases.extend(sprint.and_then(|sprint| cycle(ground, line, &origin, sprint)));
    let seconds = issue
        .at("fields.timeoriginalestimate")
        .and_then(Value::as_u64);
    let versions = names(issue.list("fields.versions"));
    Ok(Work {
        record: ImportRecord {
            line,
            title: issue.text("fields.summary").unwrap_or_default().to_owned(),
            body,
            original: original_html,
            source: ground.source(),
            source_id: Some(key.to_owned()),
            url: base.map(|(base, _)| format!("{base}/browse/{key}")),
            received,
            received_offset,
            reporter,
            customer,
            owner: issue.at("fields.assignee").and_then(colleague),
            tags: words::tag_list(
                &[issue.list("fields.labels"), issue.list("fields.components")].concat(),
            ),
            importance: issue
                .text("fields.priority.name")
                .and_then(words::importance),
            votes: issue.count("fields.votes.votes"),
            needed_by: issue.text("fields.duedate").and_then(work::day),
            product_version: Some(versions.join(", ")).filter(|versions| !versions.is_empty()),
            comments: comments(issue)?,
            duplicate_of: original.clone(),
            origin: origin.clone(),
            ..ImportRecord::default()
        },
        kind: issue.text("fields.issuetype.name").map(str::to_owned),
        standing: original.map_or(standing, |_| Standing::Duplicate),
        status: issue.text("fields.status.name").map(str::to_owned),
        scheduled: sprint.is_some(),
        releases,
        effort: points(issue)
            .and_then(|points| work::effort_of_points(&points))
            .or_else(|| seconds.and_then(work::effort_of_seconds)),
        parent: issue
            .text("fields.parent.key")
            .map(|parent| ground.key(&origin, parent)),
        ..Work::default()
    })
}

/// The address of the instance, as a link and as an origin: what stands before `/rest/` in the link to the object.
fn base(document: &Document) -> Option<(String, String)> {
    let (base, _) = document.text("self")?.split_once("/rest/")?;
    let (_, origin) = base.split_once("://")?;
    Some((base.to_owned(), origin.to_lowercase()))
}

/// A text and what it was made from: wiki markup stays as it came, a document becomes text, unless its HTML came along.
fn text_of(raw: Option<&Value>, rendered: Option<&str>) -> (String, Option<String>) {
    match (raw, rendered) {
        (Some(Value::String(text)), _) => (text.clone(), None),
        (_, Some(rendered)) => html::readable(rendered),
        (Some(document), None) => (adf::text(document), None),
        (None, None) => (String::new(), None),
    }
}

/// Who filed it. A customer of a help desk is from outside, an app is nobody, and all others are colleagues.
fn filed_by(account: Option<&Value>) -> (Option<ImportPerson>, Option<ImportCustomer>) {
    let Some(account) = account else {
        return (None, None);
    };
    let text = |key: &str| at(account, key).and_then(value::text).map(str::to_owned);
    match text("accountType").as_deref() {
        Some("app") => (None, None),
        Some("customer") => {
            let email = text("emailAddress");
            let name = text("displayName").or_else(|| email.clone());
            (None, name.map(|name| ImportCustomer { name, email }))
        }
        _ => (colleague(account), None),
    }
}

/// A colleague: by the name of the account on a server, by the full name on Cloud, which is what a CSV has, too.
fn colleague(account: &Value) -> Option<ImportPerson> {
    let text = |key: &str| at(account, key).and_then(value::text);
    let known = text("name").or_else(|| text("displayName"))?;
    let person = work::colleague(known)?;
    Some(ImportPerson {
        name: text("displayName").map(str::to_owned).or(person.name),
        email: text("emailAddress").map(str::to_owned).or(person.email),
        ..person
    })
}

fn names(list: &[Value]) -> Vec<&str> {
    let names = list.iter().filter_map(|entry| at(entry, "name"));
    names.filter_map(value::text).map(str::trim).collect()
}

/// The issue that it duplicates.
fn duplicate_of(issue: &Document) -> Option<String> {
    issue.list("fields.issuelinks").iter().find_map(|link| {
        let kind = at(link, "type.name").and_then(value::text)?;
        let other = at(link, "outwardIssue.key").and_then(value::text)?;
        kind.eq_ignore_ascii_case("duplicate")
            .then(|| other.to_owned())
    })
}

/// The release that a version is.
fn release(ground: &Ground<'_>, line: u64, origin: &str, version: &Value) -> Option<ImportRelease> {
    let text = |key: &str| at(version, key).and_then(value::text);
    let id = at(version, "id").and_then(value::id);
    let released = at(version, "released").and_then(Value::as_bool);
    Some(ImportRelease {
        date: text("releaseDate").and_then(work::day),
        state: released.map(|released| match released {
            true => ReleaseState::Released,
            false => ReleaseState::Planned,
        }),
        ..ground.release(line, origin, id, text("name")?.trim())
    })
}

/// The last sprint of an issue. Its field has another number in each instance; a sprint shows by what is in it.
fn sprint(issue: &Document) -> Option<&Value> {
    let fields = issue.at("fields").and_then(Value::as_object)?;
    let is_sprint = |value: &Value| {
        ["name", "state", "boardId"]
            .iter()
            .all(|key| value.get(key).is_some())
    };
    let mut lists = fields.values().filter_map(Value::as_array);
    lists.find_map(|list| list.last().filter(|last| is_sprint(last)))
}

/// The release that a sprint with an end is.
fn cycle(ground: &Ground<'_>, line: u64, origin: &str, sprint: &Value) -> Option<ImportRelease> {
    let text = |key: &str| at(sprint, key).and_then(value::text);
    let id = at(sprint, "id")
        .and_then(value::id)
        .map(|id| format!("sprint {id}"));
    Some(ImportRelease {
        date: Some(work::day(text("endDate")?)?),
        state: match text("state").unwrap_or_default().to_lowercase().as_str() {
            "active" => Some(ReleaseState::Active),
            "closed" => Some(ReleaseState::Released),
            "future" => Some(ReleaseState::Planned),
            _ => None,
        },
        ..ground.release(line, origin, id, text("name")?.trim())
    })
}

/// Story points, where perceval has put the name of their field beside them: the API itself only numbers its fields.
fn points(issue: &Document) -> Option<String> {
    let fields = issue.at("fields").and_then(Value::as_object)?;
    fields.values().find_map(|field| {
        let name = at(field, "name").and_then(value::text)?;
        let is_points =
            ["story points", "story point estimate"].contains(&name.to_lowercase().as_str());
        at(field, "value").filter(|_| is_points).and_then(value::id)
    })
}

/// The comments that came with an issue: in its fields, or collected by perceval.
fn comments(issue: &Document) -> Result<Vec<ImportComment>, Fault> {
    let lists = issue
        .list("fields.comment.comments")
        .iter()
        .chain(issue.list("comments_data"));
    let comments = lists.map(|comment| comment_of(issue.line, comment));
    comments.filter_map(Result::transpose).collect()
}

fn comment_of(line: u64, comment: &Value) -> Result<Option<ImportComment>, Fault> {
    let rendered = at(comment, "renderedBody").and_then(value::text);
    let (text, original) = text_of(at(comment, "body"), rendered);
    let created = at(comment, "created");
    let created = created.map_or(Ok(None), |time| {
        value::moment(time, line, "fields.comment.created")
    })?;
    let Some((written, _)) = created.filter(|_| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let author = at(comment, "author");
    let (colleague, customer) = filed_by(author);
    let name = author
        .and_then(|author| at(author, "displayName"))
        .and_then(value::text);
    Ok(Some(ImportComment {
        source_id: at(comment, "id").and_then(value::id),
        author: colleague.map(ImportAuthor::Colleague).or_else(|| {
            let outsider = customer.map(|customer| customer.name);
            outsider
                .or_else(|| name.map(str::to_owned))
                .map(ImportAuthor::Outsider)
        }),
        at: written,
        text,
        original,
        to_reporter: at(comment, "jsdPublic")
            .and_then(Value::as_bool)
            .unwrap_or(false),
    }))
}
