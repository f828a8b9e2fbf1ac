//! Canny: posts, votes and comments as the API gives them, and the short list of posts that its importer takes.
//!
//! A post is an idea, and its author's feedback; a vote is the voter's feedback, linked to the idea; a comment goes to the
//! author's feedback.
//!
//! Shapes: <https://developers.canny.io/api-reference>.

use serde_json::{Map, Value};

use super::posts::with_idea;
use super::who::{Who, company};
use super::{Dialect, DocumentDialect, Ground, Reads, value};
use crate::domain::feedback::Resolution;
use crate::domain::idea::Status;
use crate::domain::import::{
    Brought, ImportComment, ImportLink, ImportRecord, ImportReply, ImportState,
};
use crate::exchange::convert::{plans, words};
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::Verdict;

/// Posts, votes and comments.
pub const DIALECT: &Dialect = &Dialect {
    name: "canny-json",
    words: "Canny posts, votes and comments, JSON",
    tool: "canny",
    reads: Reads::Documents(DocumentDialect {
        fits: |object| shape(object).is_some(),
        translate: |ground, document| {
            Verdict::of(match shape(&document.object) {
                Some(Shape::Vote) => vote(ground, document),
                Some(Shape::Comment) => comment(ground, document),
                Some(Shape::Post | Shape::Short) | None => post(ground, document),
            })
        },
        beside: &[],
    }),
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Post,
    Vote,
    Comment,
    /// Title, text, date and votes, and nothing else.
    Short,
}

fn shape(object: &Map<String, Value>) -> Option<Shape> {
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    if has(&["id", "title", "details", "score", "created", "board"]) {
        Some(Shape::Post)
    } else if has(&["id", "voter", "post", "created"]) {
        Some(Shape::Vote)
    } else if has(&["id", "author", "post", "value", "created"]) {
        Some(Shape::Comment)
    } else if has(&["title", "details", "created", "votes"]) && object.len() == 4 {
        Some(Shape::Short)
    } else {
        None
    }
}

/// A post: the idea and the feedback, and a feedback for each post that was merged into it.
fn post(ground: &Ground<'_>, post: &Document) -> Result<Vec<Brought>, Fault> {
    let mut record = words_of(ground, post)?;
    record.votes = post.count("score").max(post.count("votes"));
    record.url = post.text("url").map(str::to_owned);
    record.owner = Who::at(post.at("owner")).colleague();
    if let Some(filer) = post.at("by") {
        record.reporter = Who::at(Some(filer)).colleague();
    }
    record.tags = words::tag_list(post.list("tags"));
    let places = ["board.name", "category.name"];
    record.tags.extend(
        places
            .iter()
            .filter_map(|path| post.text(path).map(str::to_owned)),
    );
    let Some(id) = record.source_id.clone() else {
        return Ok(vec![record.into()]);
    };
    let merged = post
        .list("mergeHistory")
        .iter()
        .filter_map(|merge| merge.get("post")?.as_object())
        .map(|object| {
            let object = object.clone();
            let line = post.line;
            merged(ground, &Document { line, object }, &record.origin, &id)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let status = post.text("status").and_then(plans::status);
    let mut things = with_idea(record, status.unwrap_or(Status::New));
    things.extend(merged);
    Ok(things)
}

/// What a post says, who wrote it and when.
fn words_of(ground: &Ground<'_>, post: &Document) -> Result<ImportRecord, Fault> {
    let (received, received_offset) = post.received("created", ground)?;
    let author = Who::at(post.at("author"));
    let by_colleague = post.at("author.isAdmin").and_then(Value::as_bool) == Some(true);
    Ok(ImportRecord {
        line: post.line,
        title: post.text("title").unwrap_or_default().to_owned(),
        body: post.text("details").unwrap_or_default().to_owned(),
        source: ground.source(),
        origin: origin(ground, post),
        source_id: post.id("id"),
        received,
        received_offset,
        reporter: author.colleague().filter(|_| by_colleague),
        customer: author.customer().filter(|_| !by_colleague),
        company: company(employer(post.at("author"))),
        ..ImportRecord::default()
    })
}

/// A post that was merged into the one with that id.
fn merged(
    ground: &Ground<'_>,
    post: &Document,
    origin: &str,
    original: &str,
) -> Result<Brought, Fault> {
    let mut record = words_of(ground, post)?;
    origin.clone_into(&mut record.origin);
    record.duplicate_of = Some(original.to_owned());
    record.state = ImportState::Processed(Resolution::Duplicate);
    Ok(record.into())
}

/// A vote: the same wish from somebody else.
fn vote(ground: &Ground<'_>, vote: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = vote.received("created", ground)?;
    let origin = vote.inner("post").map(|post| origin(ground, &post));
    let origin = origin.unwrap_or_else(|| ground.origin(None));
    let idea = vote.id("post.id").map(|id| ImportLink {
        idea: ground.key(&origin, id),
        importance: None,
    });
    let record = ImportRecord {
        line: vote.line,
        title: vote.text("post.title").unwrap_or_default().to_owned(),
        source: ground.source(),
        origin,
        source_id: vote.id("id"),
        url: vote.text("post.url").map(str::to_owned),
        received,
        received_offset,
        reporter: Who::at(vote.at("by")).colleague(),
        customer: Who::at(vote.at("voter")).customer(),
        company: company(employer(vote.at("voter"))),
        state: ImportState::Processed(Resolution::Linked),
        ideas: idea.into_iter().collect(),
        ..ImportRecord::default()
    };
    Ok(vec![record.into()])
}

fn comment(ground: &Ground<'_>, comment: &Document) -> Result<Vec<Brought>, Fault> {
    let (at, _) = comment.received("created", ground)?;
    let origin = comment.inner("post").map(|post| origin(ground, &post));
    let origin = origin.unwrap_or_else(|| ground.origin(None));
    let is = |path| comment.at(path).and_then(Value::as_bool) == Some(true);
    let (Some(id), Some(text)) = (comment.id("post.id"), comment.text("value")) else {
        return Ok(Vec::new());
    };
    Ok(vec![Brought::Comment(ImportReply {
        line: comment.line,
        on: ground.key(&origin, id),
        comment: ImportComment {
            source_id: comment.id("id"),
            author: Who::at(comment.at("author")).author(is("author.isAdmin")),
            at,
            text: text.to_owned(),
            original: None,
            to_reporter: !is("internal"),
        },
    })])
}

/// The host of the link to a post.
fn origin(ground: &Ground<'_>, post: &Document) -> String {
    ground.origin(post.text("url").and_then(words::host_of))
}

/// The first company of a user.
fn employer(user: Option<&Value>) -> Option<String> {
    let company = user?.get("companies")?.get(0)?;
    value::text(company.get("name")?).map(str::to_owned)
}
