//! Intercom: conversations as the API gives them, with their parts where it was asked for one conversation.
//!
//! Shape: <https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations>.

use serde_json::{Map, Value};

use super::who::{Who, customer_by_id};
use super::{Dialect, DocumentDialect, Ground, Reads, value};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCustomer, ImportPerson, ImportRecord,
};
use crate::domain::moment::Moment;
use crate::exchange::convert::words;
use crate::exchange::dates;
use crate::exchange::html;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::Verdict;

/// Conversations.
pub const DIALECT: &Dialect = &Dialect {
    name: "intercom-json",
    words: "Intercom conversations, JSON",
    tool: "intercom",
    reads: Reads::Documents(DocumentDialect {
        fits,
        translate: |ground, document| Verdict::of(conversation(ground, document)),
        beside: &[],
    }),
};

fn fits(object: &Map<String, Value>) -> bool {
    let source = object.get("source").and_then(Value::as_object);
    let source = source.is_some_and(|source| source.contains_key("body"));
    let of_intercom = [
        "admin_assignee_id",
        "conversation_parts",
        "contacts",
        "snoozed_until",
    ];
    source
        && object.contains_key("id")
        && object.contains_key("state")
        && of_intercom.iter().any(|key| object.contains_key(*key))
}

fn conversation(ground: &Ground<'_>, talk: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = talk.received("created_at", ground)?;
    let (body, original) = talk.html("source.body");
    let title = ["title", "source.subject"]
        .iter()
        .find_map(|path| talk.text(path))
        .map(|title| html::readable(title).0);
    let by_colleague = talk.at("source.author").is_some_and(is_colleague);
    let author = Who::at(talk.at("source.author"));
    let mut record = ImportRecord {
        line: talk.line,
        title: title.unwrap_or_default(),
        body,
        original,
        source: ground.source(),
        origin: ground.origin(None),
        source_id: talk.id("id"),
        url: talk.text("source.url").map(str::to_owned),
        received,
        received_offset,
        reporter: author.colleague().filter(|_| by_colleague),
        customer: customer(talk, by_colleague),
        state: words::state(talk.text("state").unwrap_or_default(), "", false),
        owner: owner(talk),
        tags: words::tag_list(talk.list("tags.tags")),
        comments: talk
            .list("conversation_parts.conversation_parts")
            .iter()
            .filter_map(|part| comment(part, received))
            .collect(),
        ..ImportRecord::default()
    };
    let kind = talk
        .text("source.type")
        .filter(|kind| *kind != "conversation");
    record.tags.extend(kind.map(|kind| format!("via:{kind}")));
    if talk.text("priority") == Some("priority") {
        record.tags.push("priority".to_owned());
    }
    rating(talk, &mut record);
    Ok(vec![record.into()])
}

/// Whether somebody is on our side: everybody but users, leads and contacts.
fn is_colleague(author: &Value) -> bool {
    matches!(author["type"].as_str(), Some("admin" | "team" | "bot"))
}

/// The author, unless a colleague began; else the first contact, by name where it has one.
fn customer(talk: &Document, by_colleague: bool) -> Option<ImportCustomer> {
    let author = talk.at("source.author").filter(|_| !by_colleague);
    let contact = talk.list("contacts.contacts").first();
    let by_id = |who: Option<&Value>| customer_by_id(who?.get("id").and_then(value::id));
    Who::at(author)
        .customer()
        .or_else(|| Who::at(contact).customer())
        .or_else(|| by_id(author).or_else(|| by_id(contact)))
}

/// Who is assigned, where the file tells their name: as an object, or as the author of a part.
fn owner(talk: &Document) -> Option<ImportPerson> {
    let assignee = Who::at(talk.at("assignee")).colleague();
    assignee.or_else(|| {
        let id = talk.id("admin_assignee_id")?;
        let parts = talk.list("conversation_parts.conversation_parts");
        let author = parts.iter().filter_map(|part| part.get("author"));
        let assigned = |author: &&Value| {
            is_colleague(author) && author.get("id").and_then(value::id).as_ref() == Some(&id)
        };
        Who::at(author.into_iter().find(assigned)).colleague()
    })
}

/// A part that says something; assigning, closing and the like mostly do not.
fn comment(part: &Value, received: Moment) -> Option<ImportComment> {
    let (text, original) = html::readable(value::text(part.get("body")?)?);
    let author = part.get("author");
    let by = Who::at(author).author(author.is_some_and(is_colleague));
    let id = |author: &Value| author.get("id").and_then(value::id);
    (!text.trim().is_empty()).then(|| ImportComment {
        source_id: part.get("id").and_then(value::id),
        author: by.or_else(|| author.and_then(id).map(ImportAuthor::Outsider)),
        at: part
            .get("created_at")
            .and_then(value::id)
            .and_then(|at| dates::read(&at, dates::Order::default()))
            .map_or(received, |(at, _)| at),
        text,
        original,
        to_reporter: part["part_type"] != "note",
    })
}

/// Keeps how content the customer was: the rating as a tag, their words as a comment.
fn rating(talk: &Document, record: &mut ImportRecord) {
    let rating = talk.id("conversation_rating.rating");
    record
        .tags
        .extend(rating.map(|rating| format!("rating:{rating}")));
    let Some(remark) = talk.text("conversation_rating.remark") else {
        return;
    };
    let at = talk.moment("conversation_rating.created_at");
    record.comments.push(ImportComment {
        source_id: Some("rating".to_owned()),
        author: record
            .customer
            .as_ref()
            .map(|customer| ImportAuthor::Outsider(customer.name.clone())),
        at: at.ok().flatten().map_or(record.received, |(at, _)| at),
        text: remark.to_owned(),
        original: None,
        to_reporter: true,
    });
}
