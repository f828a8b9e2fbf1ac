//! What the API of Zendesk gives that is no ticket, though it has a title or a text as one has.

use serde_json::{Map, Value};

/// What an object is, in words; `None` when it is none of Zendesk, or a ticket.
pub fn kind(object: &Map<String, Value>) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    if has(&["author_id", "public", "body", "html_body"]) && !has(&["subject"]) {
        return Some("comment of a Zendesk ticket, apart from the ticket");
    }
    if has(&["ticket_id", "author_id", "events"]) {
        return Some("audit of a Zendesk ticket, apart from the ticket");
    }
    if has(&["policy_metrics", "filter"]) || has(&["actions", "restriction"]) {
        return Some(SETTING);
    }
    // Some objects stand alone under their own name.
    let inner = || object.values().find_map(Value::as_object);
    let url = object
        .get("url")
        .or_else(|| inner()?.get("url"))?
        .as_str()?;
    Some(
        match url
            .split_once(".zendesk.com/api/v2/")?
            .1
            .split('/')
            .next()?
        {
            "tickets" => return None,
            "users" => "Zendesk user",
            "organizations" => "Zendesk organisation",
            "groups" | "group_memberships" => "Zendesk group",
            _ => SETTING,
        },
    )
}

const SETTING: &str = "setting of Zendesk, no ticket";
