//! Text of Atlassian documents, in the Markdown that people would have typed.
//!
//! Shape: <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>. A node that is not known gives
//! the text within it, so that nothing that was said is lost.

use serde_json::Value;

use crate::exchange::dialects::value::{self, at};

/// The text of a document.
#[must_use]
pub fn text(document: &Value) -> String {
    block(document)
}

fn children(node: &Value) -> &[Value] {
    at(node, "content")
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn kind(node: &Value) -> &str {
    at(node, "type").and_then(Value::as_str).unwrap_or_default()
}

/// A node that has lines for itself.
fn block(node: &Value) -> String {
    match kind(node) {
        "heading" => {
            let level = at(node, "attrs.level").and_then(Value::as_u64);
            let level = level.map_or(1, |level| level.clamp(1, 6));
            let marks: String = (0..level).map(|_| '#').collect();
            format!("{marks} {}", inline(node))
        }
        "codeBlock" => {
            let language = at(node, "attrs.language").and_then(Value::as_str);
            let language = language.unwrap_or_default();
            format!("```{language}\n{}\n```", inline(node))
        }
        "rule" => "---".to_owned(),
        "bulletList" | "taskList" | "decisionList" => list(node, |_| "- ".to_owned()),
        "orderedList" => {
            let first = at(node, "attrs.order").and_then(Value::as_u64).unwrap_or(1);
            list(node, |place| format!("{}. ", first.saturating_add(place)))
        }
        "blockquote" => behind(&blocks(node), "> ", "> "),
        "table" => {
            let rows: Vec<String> = children(node).iter().map(row).collect();
            rows.join("\n")
        }
        "expand" | "nestedExpand" => {
            let title = at(node, "attrs.title").and_then(value::text);
            let title = title.map(|title| format!("{title}\n\n"));
            format!("{}{}", title.unwrap_or_default(), blocks(node))
        }
        "paragraph" => inline(node),
        _ if children(node).is_empty() => leaf(node),
        _ if children(node).iter().any(|child| kind(child) == "text") => inline(node),
        _ => blocks(node),
    }
}

/// The blocks in a node, with an empty line between them.
fn blocks(node: &Value) -> String {
    let blocks = children(node).iter().map(block);
    let said: Vec<String> = blocks.filter(|block| !block.trim().is_empty()).collect();
    said.join("\n\n")
}

/// A row of a table.
fn row(node: &Value) -> String {
    let cells = children(node).iter();
    let cells: Vec<String> = cells.map(|cell| blocks(cell).replace('\n', " ")).collect();
    format!("| {} |", cells.join(" | "))
}

/// The items of a list, each behind its mark.
fn list(node: &Value, mark: impl Fn(u64) -> String) -> String {
    let items = children(node).iter().zip(0..);
    let items = items.map(|(item, place)| {
        let said = match kind(item) {
            "taskItem" if at(item, "attrs.state").and_then(Value::as_str) == Some("DONE") => {
                format!("[x] {}", inline(item))
            }
            "taskItem" => format!("[ ] {}", inline(item)),
            "decisionItem" => inline(item),
            _ => blocks(item).replace("\n\n", "\n"),
        };
        let mark = mark(place);
        let indent = " ".repeat(mark.len());
        behind(&said, &mark, &indent)
    });
    items.collect::<Vec<_>>().join("\n")
}

/// The lines of a text, the first behind `first` and the others behind `further`.
fn behind(said: &str, first: &str, further: &str) -> String {
    let lines = said.lines().enumerate();
    let lines = lines.map(|(place, line)| match place {
        0 => format!("{first}{line}"),
        _ => format!("{further}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands within one line.
fn inline(node: &Value) -> String {
    children(node).iter().map(leaf).collect()
}

fn leaf(node: &Value) -> String {
    let attr = |name: &str| {
        let found = at(node, "attrs").and_then(|attrs| at(attrs, name));
        found.and_then(Value::as_str)
    };
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match kind(node) {
        "text" => marked(node),
        "hardBreak" => "\n".to_owned(),
        "mention" | "status" => owned(attr("text")),
        "emoji" => owned(attr("text").or_else(|| attr("shortName"))),
        "inlineCard" | "blockCard" | "embedCard" => owned(attr("url")),
        "date" => owned(attr("timestamp").and_then(day).as_deref()),
        "media" | "mediaInline" => owned(attr("alt")),
        _ => inline(node),
    }
}

/// A text with its marks.
fn marked(node: &Value) -> String {
    let mut text = at(node, "text")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let marks = at(node, "marks").and_then(Value::as_array);
    for mark in marks.into_iter().flatten() {
        text = match kind(mark) {
            "code" => format!("`{text}`"),
            "strong" => format!("**{text}**"),
            "em" => format!("*{text}*"),
            "strike" => format!("~~{text}~~"),
            "link" => match at(mark, "attrs.href").and_then(Value::as_str) {
                Some(link) if link != text => format!("[{text}]({link})"),
                _ => text,
            },
            _ => text,
        };
    }
    text
}

/// The day of a moment in milliseconds.
fn day(timestamp: &str) -> Option<String> {
    let milliseconds = timestamp.parse().ok()?;
    let moment = chrono::DateTime::from_timestamp_millis(milliseconds)?;
    Some(moment.date_naive().to_string())
}
