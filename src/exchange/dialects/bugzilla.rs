//! Bugzilla: the CSV of a list of bugs (buglist.cgi), and bugs as the REST API gives them.
//!
//! Shapes: <https://bugzilla.readthedocs.io/en/latest/api/core/v1/bug.html>. Neither tells its host: without one the origin is
//! the product, which both have.

use serde_json::{Map, Value};

use super::value::{self, at};
use super::work::{self, Standing, Work, standing};
use super::{Cells, Columns, Dialect, DocumentDialect, Ground, Others, Reads, TableDialect};
use crate::domain::import::{
    ImportAuthor, ImportComment, ImportCustomer, ImportPerson, ImportRecord, ImportRelease,
};
use crate::exchange::convert::words;
use crate::exchange::looks;
use crate::exchange::mapping::Field;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::Verdict;

/// What the REST API gives.
pub const JSON: &Dialect = &Dialect {
    name: "bugzilla-json",
    words: "Bugzilla bugs, JSON",
    tool: "bugzilla",
    reads: Reads::Documents(DocumentDialect {
        fits: |object| fits(work::unwrapped(object, "BugzillaREST")),
        translate,
        beside: &[],
    }),
};

/// A list of bugs as CSV, with the names that people read or those of the database.
pub const CSV: &Dialect = &Dialect {
    name: "bugzilla-csv",
    words: "Bugzilla bugs, CSV",
    tool: "bugzilla",
    reads: Reads::Table(TableDialect {
        fits: |columns: &Columns<'_>| {
            columns.have(&["Bug ID", "Summary", "Status"])
                || columns.have(&["bug_id", "short_desc", "bug_status"])
        },
        columns: &[
            (Field::Title, "Summary"),
            (Field::Title, "short_desc"),
            (Field::Id, "Bug ID"),
            (Field::Id, "bug_id"),
            (Field::Received, "Opened"),
            (Field::Received, "opendate"),
            (Field::Customer, "Reporter"),
            (Field::State, "Status"),
            (Field::State, "bug_status"),
            (Field::Resolution, "Resolution"),
            (Field::Tags, "Keywords"),
            (Field::Votes, "Votes"),
            (Field::Owner, "Assignee"),
            (Field::Owner, "assigned_to"),
            (Field::Importance, "Priority"),
        ],
        others: Others::Unused,
        reads: &[
            "Product",
            "Component",
            "Reporter",
            "Assignee",
            "assigned_to",
            "Status",
            "bug_status",
            "Resolution",
            "Type",
            "bug_type",
            "Severity",
            "bug_severity",
            "Priority",
            "Keywords",
            "Target Milestone",
            "target_milestone",
            "Version",
        ],
        complete: row,
    }),
};

/// A bug, as both tell it.
struct Bug<'b> {
    product: Option<&'b str>,
    component: Option<&'b str>,
    reporter: Option<&'b str>,
    owner: Option<&'b str>,
    status: &'b str,
    resolution: &'b str,
    kind: Option<&'b str>,
    severity: Option<&'b str>,
    priority: Option<&'b str>,
    keywords: Vec<String>,
    milestone: Option<&'b str>,
    version: Option<&'b str>,
    original: Option<String>,
}

impl Bug<'_> {
    /// The work item that it is; `record` holds what needs no completing.
    fn work(self, ground: &Ground<'_>, record: ImportRecord) -> Work {
        let origin = ground.origin(self.product.map(str::to_owned));
        let said = standing(self.status, self.resolution);
        let original = self.original.filter(|_| said == Standing::Duplicate);
        let mut tags = self.keywords;
        tags.extend(self.component.map(str::to_owned));
        let severity = self.severity;
        let importance = self.priority.and_then(words::importance);
        let kind = self
            .kind
            .or(severity.filter(|text| words::kind(text).is_some()));
        Work {
            kind: kind.map(str::to_owned),
            standing: said,
            releases: release(ground, record.line, &origin, self.milestone)
                .into_iter()
                .collect(),
            record: ImportRecord {
                source: ground.source(),
                url: link(ground, record.source_id.as_deref()),
                reporter: None,
                customer: self.reporter.map(customer),
                owner: self.owner.and_then(owner),
                tags,
                importance: importance.or_else(|| severity.and_then(words::importance)),
                product_version: told(self.version)
                    .filter(|version| *version != "unspecified")
                    .map(str::to_owned),
                duplicate_of: original,
                origin,
                ..record
            },
            ..Work::default()
        }
    }
}

/// What is set: Bugzilla writes `---` and `--` for nothing.
fn told(text: Option<&str>) -> Option<&str> {
    text.map(str::trim)
        .filter(|text| !text.trim_matches('-').is_empty())
}

fn release(
    ground: &Ground<'_>,
    line: u64,
    origin: &str,
    milestone: Option<&str>,
) -> Option<ImportRelease> {
    told(milestone).map(|name| ground.release(line, origin, None, name))
}

/// Who reported it, by login: Bugzilla does not tell colleagues from others.
fn customer(login: &str) -> ImportCustomer {
    ImportCustomer {
        name: login.to_owned(),
        email: looks::is_email(login).then(|| login.to_owned()),
    }
}

/// Who it is assigned to; an account called `nobody` stands for nobody.
fn owner(login: &str) -> Option<ImportPerson> {
    let is_nobody = login.split('@').next() == Some("nobody");
    work::colleague(login).filter(|_| !is_nobody)
}

/// The link to a bug, where the host was told.
fn link(ground: &Ground<'_>, id: Option<&str>) -> Option<String> {
    let host = ground.choices.origin.as_deref()?;
    let is_host = host.contains('.') && !host.contains(char::is_whitespace);
    id.filter(|_| is_host)
        .map(|id| format!("https://{host}/show_bug.cgi?id={id}"))
}

fn row(ground: &Ground<'_>, cells: &Cells<'_>, record: ImportRecord) -> Verdict {
    let one = |names: [&str; 2]| names.iter().find_map(|name| cells.one(name));
    let keywords = one(["Keywords", "keywords"]);
    let bug = Bug {
        product: one(["Product", "product"]),
        component: one(["Component", "component"]),
        reporter: one(["Reporter", "reporter"]),
        owner: one(["Assignee", "assigned_to"]),
        status: one(["Status", "bug_status"]).unwrap_or_default(),
        resolution: one(["Resolution", "resolution"]).unwrap_or_default(),
        kind: one(["Type", "bug_type"]),
        severity: one(["Severity", "bug_severity"]),
        priority: one(["Priority", "priority"]),
        keywords: keywords
            .map(|words| words::tags(words, Some(",")))
            .unwrap_or_default(),
        milestone: one(["Target Milestone", "target_milestone"]),
        version: one(["Version", "version"]),
        original: None,
    };
    bug.work(ground, record).brings()
}

fn fits(object: &Map<String, Value>) -> bool {
    let keys = ["id", "summary", "status", "product", "component"];
    keys.iter().all(|key| object.contains_key(*key))
}

fn translate(ground: &Ground<'_>, document: &Document) -> Verdict {
    let line = document.line;
    let object = work::unwrapped(&document.object, "BugzillaREST").clone();
    match bug(ground, &Document { line, object }) {
        Ok(work) => work.brings(),
        Err(fault) => Verdict::Faults(vec![fault]),
    }
}

fn bug(ground: &Ground<'_>, bug: &Document) -> Result<Work, Fault> {
    let (received, received_offset) = bug.received("creation_time", ground)?;
    let (body, comments) = comments(bug)?;
    let record = ImportRecord {
        line: bug.line,
        title: bug.text("summary").unwrap_or_default().to_owned(),
        body,
        source_id: bug.id("id"),
        received,
        received_offset,
        votes: bug.count("votes"),
        needed_by: bug.text("deadline").and_then(work::day),
        comments,
        ..ImportRecord::default()
    };
    let told = Bug {
        product: bug.text("product"),
        component: bug.text("component"),
        reporter: bug.text("creator"),
        owner: bug.text("assigned_to"),
        status: bug.text("status").unwrap_or_default(),
        resolution: bug.text("resolution").unwrap_or_default(),
        kind: bug.text("type"),
        severity: bug.text("severity"),
        priority: bug.text("priority"),
        keywords: words::tag_list(bug.list("keywords")),
        milestone: bug.text("target_milestone"),
        version: bug.text("version"),
        original: bug.id("dupe_of"),
    };
    Ok(told.work(ground, record))
}

/// The text of a bug, which is its first comment, and the others; the API gives them apart, and perceval with the bug.
fn comments(bug: &Document) -> Result<(String, Vec<ImportComment>), Fault> {
    let (mut body, mut comments) = (String::new(), Vec::new());
    for comment in bug.list("comments") {
        let text = |key: &str| at(comment, key).and_then(value::text);
        let Some(said) = text("text") else { continue };
        if at(comment, "count").and_then(Value::as_u64) == Some(0) {
            said.clone_into(&mut body);
            continue;
        }
        let time = at(comment, "creation_time").or_else(|| at(comment, "time"));
        let time = time.map_or(Ok(None), |time| {
            value::moment(time, bug.line, "comments.creation_time")
        })?;
        comments.extend(time.map(|(written, _)| ImportComment {
            source_id: at(comment, "id").and_then(value::id),
            author: text("creator").map(|login| ImportAuthor::Outsider(login.to_owned())),
            at: written,
            text: said.to_owned(),
            original: None,
            to_reporter: at(comment, "is_private").and_then(Value::as_bool) == Some(false),
        }));
    }
    Ok((body, comments))
}

#[cfg(test)]
mod tests;
