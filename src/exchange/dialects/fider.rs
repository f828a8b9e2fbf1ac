//! Fider: posts as it exports them (CSV), and as its API gives them.
//!
//! A post that is planned, started or completed is an idea too.
//!
//! Shapes: the export of a site's settings, and <https://fider.io/docs/api>.

use serde_json::{Map, Value};

use super::posts::with_idea;
use super::who::Who;
use super::{Cells, Dialect, DocumentDialect, Ground, Others, Reads, TableDialect};
use crate::domain::idea::Status;
use crate::domain::import::{Brought, ImportComment, ImportRecord};
use crate::domain::moment::Moment;
use crate::exchange::convert::{plans, words};
use crate::exchange::dates;
use crate::exchange::mapping::Field;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::Verdict;

/// Its export.
pub const CSV: &Dialect = &Dialect {
    name: "fider-csv",
    words: "Fider posts, CSV",
    tool: "fider",
    reads: Reads::Table(TableDialect {
        fits: |columns| {
            columns.have(&[
                "number",
                "votes_count",
                "responded_by",
                "response",
                "original_number",
            ])
        },
        columns: &[
            (Field::Id, "number"),
            (Field::Title, "title"),
            (Field::Body, "description"),
            (Field::Received, "created_at"),
            (Field::Customer, "created_by"),
            (Field::Votes, "votes_count"),
            (Field::State, "status"),
            (Field::DuplicateOf, "original_number"),
            (Field::Tags, "tags"),
        ],
        others: Others::Guessed { never: &[] },
        reads: &["status", "responded_at", "responded_by", "response"],
        complete,
    }),
};

/// What its API gives.
pub const API: &Dialect = &Dialect {
    name: "fider-json",
    words: "Fider posts, JSON",
    tool: "fider",
    reads: Reads::Documents(DocumentDialect {
        fits,
        translate: |ground, document| Verdict::of(post(ground, document)),
        beside: &[],
    }),
};

fn complete(_: &Ground<'_>, cells: &Cells<'_>, mut record: ImportRecord) -> Verdict {
    let at = cells
        .one("responded_at")
        .and_then(|at| dates::read(at, dates::Order::default()))
        .map_or(record.received, |(at, _)| at);
    let by = Who::named(cells.one("responded_by"), None);
    record
        .comments
        .extend(response(cells.one("response"), by, at));
    Verdict::Brings(settled(record, cells.one("status")))
}

fn fits(object: &Map<String, Value>) -> bool {
    let keys = [
        "number",
        "title",
        "slug",
        "votesCount",
        "commentsCount",
        "status",
        "user",
    ];
    keys.iter().all(|key| object.contains_key(*key))
}

fn post(ground: &Ground<'_>, post: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = post.received("createdAt", ground)?;
    let status = post.text("status").unwrap_or_default();
    let original = post.id("response.original.number");
    let at = post.moment("response.respondedAt")?;
    let mut record = ImportRecord {
        line: post.line,
        title: post.text("title").unwrap_or_default().to_owned(),
        body: post.text("description").unwrap_or_default().to_owned(),
        source: ground.source(),
        origin: ground.origin(None),
        source_id: post.id("number"),
        url: ground
            .choices
            .origin
            .as_ref()
            .zip(post.id("number"))
            .map(|(host, number)| format!("https://{host}/posts/{number}")),
        received,
        received_offset,
        customer: Who::at(post.at("user")).customer(),
        state: words::state(status, "", original.is_some()),
        tags: words::tag_list(post.list("tags")),
        votes: post.count("votesCount"),
        duplicate_of: original.filter(|_| status == "duplicate"),
        ..ImportRecord::default()
    };
    let by = Who::at(post.at("response.user"));
    let at = at.map_or(received, |(at, _)| at);
    record
        .comments
        .extend(response(post.text("response.text"), by, at));
    Ok(settled(record, Some(status)))
}

/// What the team answered.
fn response(text: Option<&str>, by: Who<'_>, at: Moment) -> Option<ImportComment> {
    Some(ImportComment {
        source_id: Some("response".to_owned()),
        author: by.author(true),
        at,
        text: text?.to_owned(),
        original: None,
        to_reporter: true,
    })
}

/// The post, and the idea that it is where it is planned.
fn settled(record: ImportRecord, status: Option<&str>) -> Vec<Brought> {
    match status.and_then(plans::status) {
        Some(status @ (Status::Planned | Status::InDevelopment | Status::Released)) => {
            with_idea(record, status)
        }
        _ => vec![record.into()],
    }
}
