//! Notes as the API gives them: version 1, and version 2, which says less about links and followers.

use serde_json::Value;

use super::{origin, via};
use crate::domain::feedback::Resolution;
use crate::domain::import::{
    Brought, ImportComment, ImportCompany, ImportCustomer, ImportLink, ImportRecord, ImportState,
};
use crate::domain::moment::Moment;
use crate::exchange::convert::words;
use crate::exchange::dialects::Ground;
use crate::exchange::dialects::value;
use crate::exchange::dialects::who::{Who, customer_by_id};
use crate::exchange::html;
use crate::exchange::read::{Document, Fault};

pub fn version_1(ground: &Ground<'_>, note: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = note.received("createdAt", ground)?;
    let (body, original) = note.html("content");
    let origin = origin(ground);
    let ideas: Vec<ImportLink> = note
        .list("features")
        .iter()
        .filter_map(|feature| link(ground, &origin, feature))
        .collect();
    let mut tags = words::tag_list(note.list("tags"));
    tags.extend(via(note.text("source.origin")));
    let record = ImportRecord {
        line: note.line,
        title: note.text("title").unwrap_or_default().to_owned(),
        body,
        original,
        source: ground.source(),
        origin,
        source_id: note.id("id"),
        url: ["displayUrl", "externalDisplayUrl"]
            .iter()
            .find_map(|key| note.text(key))
            .map(str::to_owned),
        received,
        received_offset,
        reporter: Who::at(note.at("createdBy")).colleague(),
        customer: customer(note.at("user")),
        company: company(note.at("company")),
        state: processed(
            words::state(note.text("state").unwrap_or_default(), "", false),
            &ideas,
        ),
        owner: Who::at(note.at("owner")).colleague(),
        tags,
        comments: followers(note.list("followers"), received),
        ideas,
        ..ImportRecord::default()
    };
    Ok(vec![record.into()])
}

pub fn version_2(ground: &Ground<'_>, note: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = note.received("createdAt", ground)?;
    let (body, original, comments) = words_of(note, received);
    let origin = origin(ground);
    let ends = relationships(note);
    let ideas: Vec<ImportLink> = ends
        .iter()
        .filter(|(kind, _)| *kind != "customer")
        .filter_map(|(_, target)| link(ground, &origin, target))
        .collect();
    let customers = |kind: &str| {
        ends.iter()
            .find(|(of, target)| *of == "customer" && target["type"] == kind)
            .map(|(_, target)| *target)
    };
    let is = |path| note.at(path).and_then(Value::as_bool).unwrap_or(false);
    // An archived note always says that it is not processed.
    let state = match (is("fields.archived"), is("fields.processed")) {
        (true, _) => ImportState::Archived,
        (false, true) => ImportState::Processed(Resolution::NoAction),
        (false, false) => ImportState::Unprocessed,
    };
    let mut tags = words::tag_list(note.list("fields.tags"));
    tags.extend(via(note.text("metadata.source.system")));
    let record = ImportRecord {
        line: note.line,
        title: note.text("fields.name").unwrap_or_default().to_owned(),
        body,
        original,
        source: ground.source(),
        origin,
        source_id: note.id("id"),
        url: note.text("links.html").map(str::to_owned),
        received,
        received_offset,
        reporter: Who::at(note.at("fields.creator")).colleague(),
        customer: customer(customers("user")),
        company: company(customers("company")),
        state: processed(state, &ideas),
        owner: Who::at(note.at("fields.owner")).colleague(),
        tags,
        comments,
        ideas,
        ..ImportRecord::default()
    };
    Ok(vec![record.into()])
}

/// The relationships of an object of version 2: their type and what they lead to.
pub fn relationships(document: &Document) -> Vec<(&str, &Value)> {
    let paged = document.list("relationships.data");
    let list = if paged.is_empty() {
        document.list("relationships")
    } else {
        paged
    };
    list.iter()
        .filter_map(|one| Some((one.get("type")?.as_str()?, one.get("target")?)))
        .collect()
}

/// The link to a feature. Notes are linked to products and components too, which are no ideas.
fn link(ground: &Ground<'_>, origin: &str, target: &Value) -> Option<ImportLink> {
    let kind = target.get("type").and_then(Value::as_str);
    if !matches!(kind, None | Some("feature" | "subfeature" | "link")) {
        return None;
    }
    Some(ImportLink {
        idea: ground.key(origin, value::id(target.get("id")?)?),
        importance: target
            .get("importance")
            .and_then(value::id)
            .and_then(|number| words::importance(&number)),
    })
}

/// What is processed and linked is processed because it is linked.
pub fn processed(state: ImportState, ideas: &[ImportLink]) -> ImportState {
    match state {
        ImportState::Processed(_) if !ideas.is_empty() => {
            ImportState::Processed(Resolution::Linked)
        }
        state => state,
    }
}

fn customer(user: Option<&Value>) -> Option<ImportCustomer> {
    let by_id = || customer_by_id(user?.get("id").and_then(value::id));
    Who::at(user).customer().or_else(by_id)
}

fn company(company: Option<&Value>) -> Option<ImportCompany> {
    let text = |key| value::text(company?.get(key)?).map(str::to_owned);
    let domain = text("domain");
    let by_id = || company?.get("id").and_then(value::id);
    Some(ImportCompany {
        name: text("name").or_else(|| domain.clone()).or_else(by_id)?,
        domain,
        ..ImportCompany::default()
    })
}

/// Who follows a note, as a comment: there is no such field here.
fn followers(followers: &[Value], at: Moment) -> Vec<ImportComment> {
    let names: Vec<&str> = followers
        .iter()
        .filter_map(|one| {
            ["memberName", "memberEmail", "teamName"]
                .iter()
                .find_map(|key| value::text(one.get(*key)?))
        })
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![ImportComment {
        source_id: Some("followers".to_owned()),
        author: None,
        at,
        text: format!("Followed in productboard by {}", names.join(", ")),
        original: None,
        to_reporter: false,
    }]
}

/// The text of a note; a conversation is its first message, and a comment for each that follows.
fn words_of(note: &Document, received: Moment) -> (String, Option<String>, Vec<ImportComment>) {
    let Some((first, rest)) = note.list("fields.content").split_first() else {
        let (body, original) = note.html("fields.content");
        return (body, original, Vec::new());
    };
    let html = |message: &Value| {
        html::readable(message.get("content").and_then(Value::as_str).unwrap_or(""))
    };
    let (body, original) = html(first);
    let comments = rest.iter().filter_map(|message| {
        let (text, original) = html(message);
        let get = |key| message.get(key).and_then(value::text);
        let outside = matches!(get("authorType"), Some("customer" | "user"));
        (!text.trim().is_empty()).then(|| ImportComment {
            source_id: message.get("externalId").and_then(value::id),
            author: Who::named(get("authorName"), None).author(!outside),
            at: get("timestamp")
                .and_then(|time| crate::exchange::dates::read(time, Default::default()))
                .map_or(received, |(at, _)| at),
            text,
            original,
            to_reporter: true,
        })
    });
    (body, original, comments.collect())
}
