//! Discourse: a topic with its posts (`/t/ID.json`), and lists of topics (`/latest.json`, a category, a tag).
//!
//! The first post of a topic is the feedback, its replies are comments. A list has titles only; importing the topics
//! themselves later adds their texts.
//!
//! Shapes: <https://docs.discourse.org/#tag/Topics>.

use serde_json::{Map, Value};

use super::who::Who;
use super::{Dialect, DocumentDialect, Ground, Reads, value};
use crate::domain::feedback::Resolution;
use crate::domain::import::{Brought, ImportComment, ImportCustomer, ImportRecord, ImportState};
use crate::domain::moment::Moment;
use crate::exchange::convert::words;
use crate::exchange::dates;
use crate::exchange::html;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::{Skip, Verdict};

/// Topics.
pub const DIALECT: &Dialect = &Dialect {
    name: "discourse-json",
    words: "Discourse topics, JSON",
    tool: "discourse",
    reads: Reads::Documents(DocumentDialect {
        fits,
        translate: |ground, document| match document.text("archetype") {
            Some("private_message") => {
                Verdict::Skipped(document.line, Skip::Not("private message"))
            }
            _ => Verdict::of(topic(ground, document)),
        },
        beside: &["users"],
    }),
};

fn fits(object: &Map<String, Value>) -> bool {
    let keys = [
        "id",
        "title",
        "slug",
        "posts_count",
        "created_at",
        "category_id",
    ];
    keys.iter().all(|key| object.contains_key(*key))
}

fn topic(ground: &Ground<'_>, topic: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = topic.received("created_at", ground)?;
    let posts = topic.list("post_stream.posts");
    let (first, replies) = match posts.split_first() {
        Some((first, replies)) if first["post_number"] == 1 => (Some(first), replies),
        _ => (None, posts),
    };
    let (body, original) = first.map(text_of).unwrap_or_default();
    let author = first.or_else(|| opener(ground, topic));
    let by_staff = first.is_some_and(is_staff);
    let id = topic.id("id").unwrap_or_default();
    let mut tags = words::tag_list(topic.list("tags"));
    tags.extend(category(topic));
    let record = ImportRecord {
        line: topic.line,
        title: topic.text("title").unwrap_or_default().to_owned(),
        body,
        original,
        source: ground.source(),
        origin: ground.origin(None),
        url: ground
            .choices
            .origin
            .as_ref()
            .map(|host| format!("https://{host}/t/{id}")),
        source_id: Some(id),
        received,
        received_offset,
        reporter: author
            .filter(|_| by_staff)
            .and_then(|post| who(post).colleague()),
        customer: author.filter(|_| !by_staff).and_then(customer),
        state: state(topic),
        tags,
        votes: match topic.count("vote_count") {
            0 => topic.count("like_count"),
            votes => votes,
        },
        comments: replies
            .iter()
            .filter_map(|post| comment(post, received))
            .collect(),
        ..ImportRecord::default()
    };
    Ok(vec![record.into()])
}

/// Who began a topic of a list, where the users beside it tell: the poster who is described as the original one, and who
/// is always the first.
fn opener<'g>(ground: &Ground<'g>, topic: &Document) -> Option<&'g Value> {
    let posters = topic.list("posters");
    ground.beside("users", posters.first()?.get("user_id")?)
}

/// Closed topics are finished; unlisted ones were put away.
fn state(topic: &Document) -> ImportState {
    let is = |key| topic.at(key).and_then(Value::as_bool);
    if is("visible") == Some(false) {
        ImportState::Archived
    } else if is("closed") == Some(true) || is("archived") == Some(true) {
        ImportState::Processed(Resolution::NoAction)
    } else {
        ImportState::Unprocessed
    }
}

/// The category, by its name where the file tells it.
fn category(topic: &Document) -> Option<String> {
    let name = ["category_name", "category_slug"]
        .iter()
        .find_map(|key| topic.text(key).map(str::to_owned));
    let by_id = || Some(format!("category:{}", topic.id("category_id")?));
    name.or_else(by_id)
}

fn who(post: &Value) -> Who<'_> {
    let text = |key| post.get(key).and_then(Value::as_str);
    let name = Who::named(text("name"), None).name;
    Who::named(name.or_else(|| text("username")), None)
}

/// A customer is known by their name, and can be written to by their user name.
fn customer(post: &Value) -> Option<ImportCustomer> {
    let username = post.get("username").and_then(value::text);
    let mut customer = who(post).customer()?;
    customer.email = username.map(|username| format!("@{username}"));
    Some(customer)
}

fn is_staff(post: &Value) -> bool {
    ["staff", "admin", "moderator"]
        .iter()
        .any(|key| post[*key] == true)
}

/// What a post says: its Markdown where it was asked for (`include_raw=true`), else its HTML made readable.
fn text_of(post: &Value) -> (String, Option<String>) {
    let text = |key| post.get(key).and_then(value::text);
    let cooked = text("cooked").unwrap_or_default();
    match text("raw") {
        Some(raw) => (
            raw.to_owned(),
            Some(cooked.to_owned()).filter(|html| !html.is_empty()),
        ),
        None => html::readable(cooked),
    }
}

/// A reply. What the forum itself notes (closed, moved) says nothing; a whisper is for staff only.
fn comment(post: &Value, received: Moment) -> Option<ImportComment> {
    const NOTE: u64 = 3;
    const WHISPER: u64 = 4;
    let kind = post.get("post_type").and_then(Value::as_u64);
    let (text, original) = text_of(post);
    if kind == Some(NOTE) || text.trim().is_empty() {
        return None;
    }
    Some(ImportComment {
        source_id: post.get("id").and_then(value::id),
        author: who(post).author(is_staff(post)),
        at: post
            .get("created_at")
            .and_then(value::text)
            .and_then(|at| dates::read(at, dates::Order::default()))
            .map_or(received, |(at, _)| at),
        text,
        original,
        to_reporter: kind != Some(WHISPER),
    })
}
