//! Zendesk: tickets as the API and the account's export give them, one, many, or those that a search found.
//!
//! Requesters and organisations are named by id; where the file has them beside the tickets (`include=users,organizations`)
//! or within them (the export), they arrive by name.
//!
//! Shapes: <https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/>.

mod other;

use serde_json::{Map, Value};

use super::who::{Who, company, customer_by_id};
use super::{Dialect, DocumentDialect, Ground, Reads, value};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCompany, ImportCustomer, ImportRecord,
};
use crate::domain::moment::Moment;
use crate::exchange::convert::words;
use crate::exchange::dates;
use crate::exchange::html;
use crate::exchange::read::{Document, Fault};
use crate::exchange::verdict::{Skip, Verdict};

/// Tickets.
pub const DIALECT: &Dialect = &Dialect {
    name: "zendesk-json",
    words: "Zendesk tickets, JSON",
    tool: "zendesk",
    reads: Reads::Documents(DocumentDialect {
        fits: |object| is_ticket(object) || other::kind(object).is_some(),
        translate: |ground, document| {
            if is_ticket(&document.object) {
                return Verdict::of(ticket(ground, document));
            }
            let what = other::kind(&document.object).unwrap_or("no ticket of Zendesk");
            Verdict::Skipped(document.line, Skip::Not(what))
        },
        beside: &["users", "organizations"],
    }),
};

fn is_ticket(object: &Map<String, Value>) -> bool {
    let has = |key: &&str| object.contains_key(*key);
    ["id", "subject", "description", "status", "via"]
        .iter()
        .all(has)
        && ["requester_id", "requester"].iter().any(has)
}

fn ticket(ground: &Ground<'_>, ticket: &Document) -> Result<Vec<Brought>, Fault> {
    let (received, received_offset) = ticket.received("created_at", ground)?;
    let customer = customer(ground, ticket);
    let (original, comments) = comments(ground, ticket, received);
    let host = ticket.text("url").and_then(words::host_of);
    let id = ticket.id("id").unwrap_or_default();
    let mut record = ImportRecord {
        line: ticket.line,
        title: ticket.text("subject").unwrap_or_default().to_owned(),
        body: ticket.text("description").unwrap_or_default().to_owned(),
        original,
        source: ground.source(),
        url: host
            .as_ref()
            .map(|host| format!("https://{host}/agent/tickets/{id}")),
        origin: ground.origin(host),
        source_id: Some(id),
        received,
        received_offset,
        reporter: reporter(ground, ticket),
        customer,
        company: organization(ground, ticket),
        state: words::state(ticket.text("status").unwrap_or_default(), "", false),
        owner: Who::at(user(ground, ticket, "assignee", "assignee_id")).colleague(),
        tags: words::tag_list(ticket.list("tags")),
        importance: ticket.text("priority").and_then(words::importance),
        kind: ticket.text("type").and_then(words::kind),
        needed_by: ticket
            .text("due_at")
            .and_then(|day| day.get(..10)?.parse().ok()),
        comments,
        ..ImportRecord::default()
    };
    let channel = ticket.text("via.channel");
    record
        .tags
        .extend(channel.map(|channel| format!("via:{channel}")));
    satisfaction(ticket, &mut record)?;
    Ok(vec![record.into()])
}

/// Somebody whom the ticket holds, else whom the file holds beside the tickets.
fn user<'d>(ground: &Ground<'d>, ticket: &'d Document, key: &str, id: &str) -> Option<&'d Value> {
    let inside = ticket.at(key).filter(|user| user.is_object());
    inside.or_else(|| ground.beside("users", ticket.at(id)?))
}

fn customer(ground: &Ground<'_>, ticket: &Document) -> Option<ImportCustomer> {
    let requester = user(ground, ticket, "requester", "requester_id");
    let writer = Who::named(
        ticket.text("via.source.from.name"),
        ticket.text("via.source.from.address"),
    );
    Who::at(requester)
        .customer()
        .or_else(|| writer.customer())
        .or_else(|| customer_by_id(ticket.id("requester_id")))
}

/// Who filed it, where that is somebody else than who wants it.
fn reporter(ground: &Ground<'_>, ticket: &Document) -> Option<crate::domain::import::ImportPerson> {
    let own = ticket.id("submitter_id") == ticket.id("requester_id");
    let submitter = user(ground, ticket, "submitter", "submitter_id").filter(|_| !own);
    Who::at(submitter).colleague()
}

fn organization(ground: &Ground<'_>, ticket: &Document) -> Option<ImportCompany> {
    let inside = ticket.at("organization").filter(|one| one.is_object());
    let known = inside.or_else(|| ground.beside("organizations", ticket.at("organization_id")?));
    let name = known.and_then(|one| value::text(one.get("name")?));
    let domain = known.and_then(|one| value::text(one.get("domain_names")?.get(0)?));
    let name = name.map(str::to_owned);
    let mut company = company(name.or_else(|| ticket.id("organization_id")))?;
    company.domain = domain.map(str::to_owned);
    Some(company)
}

/// The comments of a ticket that holds them. The first of them is its description again, with its HTML.
fn comments(
    ground: &Ground<'_>,
    ticket: &Document,
    received: Moment,
) -> (Option<String>, Vec<ImportComment>) {
    let text = |comment: &Value, key: &str| {
        let text = comment.get(key).and_then(value::text);
        text.map(str::to_owned)
    };
    let description = ticket.text("description").unwrap_or_default().trim();
    let is_description = |comment: &Value| {
        ["plain_body", "body"]
            .iter()
            .any(|key| text(comment, key).is_some_and(|text| text.trim() == description))
    };
    let (first, rest) = match ticket.list("comments").split_first() {
        Some((first, rest)) if is_description(first) => (Some(first), rest),
        _ => (None, ticket.list("comments")),
    };
    let comments = rest.iter().filter_map(|comment| {
        let (text, original) = match text(comment, "html_body") {
            Some(html) => html::readable(&html),
            None => (text(comment, "body")?, None),
        };
        let at = comment.get("created_at").and_then(value::text);
        Some(ImportComment {
            source_id: comment.get("id").and_then(value::id),
            author: author(ground, ticket, comment),
            at: at
                .and_then(|at| dates::read(at, dates::Order::default()))
                .map_or(received, |(at, _)| at),
            text,
            original,
            to_reporter: comment.get("public").and_then(Value::as_bool) != Some(false),
        })
    });
    let original = first.and_then(|first| text(first, "html_body"));
    (original, comments.collect())
}

fn author(ground: &Ground<'_>, ticket: &Document, comment: &Value) -> Option<ImportAuthor> {
    let id = comment.get("author_id")?;
    let requester = value::id(id) == ticket.id("requester_id");
    if let Some(user) = ground.beside("users", id) {
        let outside = requester || user["role"] == "end-user";
        return Who::at(Some(user)).author(!outside);
    }
    let name = customer(ground, ticket)
        .filter(|_| requester)
        .map(|c| c.name);
    Some(ImportAuthor::Outsider(name.or_else(|| value::id(id))?))
}

/// Keeps how content the customer was: the score as a tag, their words as a comment.
fn satisfaction(ticket: &Document, record: &mut ImportRecord) -> Result<(), Fault> {
    if let Some(score @ ("good" | "bad")) = ticket.text("satisfaction_rating.score") {
        record.tags.push(format!("satisfaction:{score}"));
    }
    if let Some(text) = ticket.text("satisfaction_rating.comment") {
        let at = ticket.moment("updated_at")?;
        record.comments.push(ImportComment {
            source_id: Some("satisfaction".to_owned()),
            author: record
                .customer
                .as_ref()
                .map(|customer| ImportAuthor::Outsider(customer.name.clone())),
            at: at.map_or(record.received, |(at, _)| at),
            text: text.to_owned(),
            original: None,
            to_reporter: true,
        });
    }
    Ok(())
}
