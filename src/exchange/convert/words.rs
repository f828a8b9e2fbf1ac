//! How other tools write states, people, tags and the like, and what we make of it. Whatever is unknown is left unset.

use serde_json::Value;

use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::import::{ImportPerson, ImportState};
use crate::domain::people::Handle;
use crate::exchange::looks;

/// How many characters of a text serve as its title.
const HEADLINE: usize = 120;

/// In lower case and with single blanks: `Won't Do`, `wont_do` and `WONT-DO` are alike.
#[must_use]
pub fn plain(text: &str) -> String {
    // Most are one word that is plain already.
    if text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        return text.to_owned();
    }
    let kept: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The state in which something arrives: open or unknown in the inbox, finished as processed. A duplicate counts as one only
/// where its original is known.
#[must_use]
pub fn state(state: &str, reason: &str, original: bool) -> ImportState {
    let (state, reason) = (plain(state), plain(reason));
    let finished = matches!(
        state.as_str(),
        "closed"
            | "resolved"
            | "verified"
            | "done"
            | "complete"
            | "completed"
            | "declined"
            | "rejected"
            | "duplicate"
            | "fixed"
            | "released"
            | "shipped"
            | "implemented"
            | "solved"
            | "processed"
            | "canceled"
            | "cancelled"
            | "invalid"
            | "wont do"
            | "wont fix"
            | "wontfix"
            | "not planned"
    );
    if matches!(state.as_str(), "archived" | "spam" | "deleted") {
        ImportState::Archived
    } else if finished {
        let duplicate = original && (state == "duplicate" || reason == "duplicate");
        ImportState::Processed(if duplicate {
            Resolution::Duplicate
        } else {
            Resolution::NoAction
        })
    } else {
        ImportState::Unprocessed
    }
}

/// Importance from a word, a priority or a number from 0 to 3.
#[must_use]
pub fn importance(text: &str) -> Option<Importance> {
    Some(match plain(text).as_str() {
        "critical" | "blocker" | "highest" | "urgent" | "p0" | "p1" | "3" => Importance::Critical,
        "important" | "major" | "high" | "p2" | "2" => Importance::Important,
        // What is low on somebody's list is on it: it must not count less than what nobody weighed, as “not important” does.
        "nice to have" | "normal" | "medium" | "moderate" | "minor" | "low" | "p3" | "p4" | "1" => {
            Importance::NiceToHave
        }
        "not important" | "lowest" | "trivial" | "p5" | "0" => Importance::NotImportant,
        _ => return None,
    })
}

/// What sort of feedback it is.
#[must_use]
pub fn kind(text: &str) -> Option<FeedbackKind> {
    Some(match plain(text).as_str() {
        "bug" | "defect" | "problem" | "incident" | "fault" => FeedbackKind::Bug,
        "request" | "feature" | "feature request" | "enhancement" | "improvement" | "idea"
        | "story" => FeedbackKind::Request,
        "question" | "support" | "how to" => FeedbackKind::Question,
        "praise" | "kudos" | "compliment" | "thanks" => FeedbackKind::Praise,
        _ => return None,
    })
}

/// A mention name made from `@dana`, `dana@example.com` or `Dana Miller`.
#[must_use]
pub fn handle(text: &str) -> Option<Handle> {
    let text = text.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    let local = text.split('@').next().unwrap_or_default();
    let joined = local.split_whitespace().collect::<Vec<_>>().join(".");
    Handle::parse(&joined).ok()
}

/// The domain in `acme.example`, `@acme.example`, `https://www.acme.example/about` or `dana@acme.example`.
#[must_use]
pub fn domain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(&*text, |(_, rest)| rest);
    let text = text.rsplit_once('@').map_or(text, |(_, rest)| rest);
    let text = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    text.strip_prefix("www.").unwrap_or(text).to_owned()
}

/// A colleague written as `@dana`, `dana@example.com`, `Dana Miller` or `Dana Miller <dana@example.com>`.
#[must_use]
pub fn person(text: &str) -> Option<ImportPerson> {
    let text = text.trim();
    let parts = text.strip_suffix('>').and_then(|text| text.split_once('<'));
    let (name, email) = match parts {
        Some((name, email)) => (name.trim().trim_matches('"'), email.trim()),
        None if looks::is_email(text) => ("", text),
        None => (text, ""),
    };
    let handle = handle(if email.is_empty() { name } else { email })?;
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Some(ImportPerson {
        handle,
        name: given(name).filter(|name| name.contains(char::is_whitespace)),
        email: given(email),
    })
}

/// Whether a text is one id, and not a list of them.
#[must_use]
pub fn is_one_id(text: &str) -> bool {
    !text.contains(|c: char| c == ',' || c == ';' || c.is_whitespace())
}

/// Tags, each once, in order: the entries of a JSON list (texts, or objects with a name), else the parts of a cell.
#[must_use]
pub fn tags(cell: &str, separator: Option<&str>) -> Vec<String> {
    let list = cell
        .starts_with('[')
        .then(|| serde_json::from_str::<Vec<Value>>(cell).ok());
    match (list.flatten(), separator) {
        (Some(list), _) => tag_list(&list),
        (None, Some(separator)) => each_once(cell.split(separator)),
        (None, None) => each_once([cell]),
    }
}

/// The tags of a JSON list, each once, in order: texts, numbers, or objects with a name.
#[must_use]
pub fn tag_list(list: &[Value]) -> Vec<String> {
    each_once(list.iter().filter_map(tag_of))
}

fn each_once(parts: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for part in parts {
        let tag = part.as_ref().trim();
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn tag_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => ["name", "label", "title"]
            .iter()
            .find_map(|key| object.get(*key).and_then(Value::as_str))
            .map(str::to_owned),
        _ => None,
    }
}

/// The first line of a text that is not blank, cut after a word at some 120 characters.
#[must_use]
pub fn headline(text: &str) -> String {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    if line.chars().count() <= HEADLINE {
        return line.to_owned();
    }
    let cut: String = line.chars().take(HEADLINE).collect();
    let cut = match cut.rsplit_once(char::is_whitespace) {
        Some((words, _)) if words.chars().count() > HEADLINE / 2 => words,
        _ => &cut,
    };
    format!("{}…", cut.trim_end())
}

/// The host of a link, in lower case.
#[must_use]
pub fn host_of(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(host.to_lowercase()).filter(|host| !host.is_empty())
}

/// The project that a link to the item of that id belongs to: `github.com/microsoft/vscode` for
/// `https://github.com/microsoft/vscode/issues/1`. `None` when the link leads elsewhere, so it says nothing about the origin.
#[must_use]
pub fn project_of(url: &str, id: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let host = parts.next()?.rsplit('@').next()?.to_lowercase();
    let parts: Vec<&str> = parts.collect();
    if let Some(place) = parts.iter().position(|part| *part == id) {
        let mut project = vec![host.as_str()];
        project.extend(parts[..place].iter().filter(|part| !is_kind_of_page(part)));
        return Some(project.join("/"));
    }
    query
        .split('&')
        .any(|pair| pair.split_once('=').is_some_and(|(_, value)| value == id))
        .then_some(host)
}

/// Parts of a link that name the kind of page and not the project.
fn is_kind_of_page(part: &str) -> bool {
    matches!(
        part,
        "-" | "issues"
            | "issue"
            | "browse"
            | "posts"
            | "post"
            | "ideas"
            | "idea"
            | "tickets"
            | "ticket"
            | "discussions"
            | "pull"
            | "suggestions"
            | "requests"
            | "bugs"
            | "t"
            | "topic"
            | "topics"
    )
}

/// The tool behind an origin, where its host tells.
#[must_use]
pub fn tool_of(origin: &str) -> Option<&'static str> {
    let host = origin.split('/').next().unwrap_or_default();
    [
        ("github", "github"),
        ("gitlab", "gitlab"),
        ("atlassian", "jira"),
        ("jira", "jira"),
        ("zendesk", "zendesk"),
        ("salesforce", "salesforce"),
        ("canny", "canny"),
        ("fider", "fider"),
        ("bugzilla", "bugzilla"),
        ("discourse", "forum"),
        ("forum", "forum"),
    ]
    .into_iter()
    .find(|(part, _)| host.split('.').any(|label| label == *part))
    .map(|(_, tool)| tool)
}
