//! Mattermost: the bulk export, JSON lines (<https://docs.mattermost.com/administration-guide/manage/bulk-export-tool.html>), and
//! pages of posts as its API gives them (<https://developers.mattermost.com/api-documentation/>).
//!
//! A post is feedback that a colleague filed, its replies are comments. A post has no id there: channel, author and time
//! stand for it, by which Mattermost itself knows a post again.

use serde_json::{Map, Value};

use super::chat::{self, BOT, DIRECT, NOTICE};
use super::{Dialect, DocumentDialect, Ground, Reads, value};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportPerson, ImportRecord, ImportReply,
};
use crate::domain::moment::Moment;
use crate::exchange::convert::words;
use crate::exchange::read::Document;
use crate::exchange::verdict::{Skip, Verdict};

/// Posts and what stands beside them.
pub const DIALECT: &Dialect = &Dialect {
    name: "mattermost",
    words: "Mattermost bulk export",
    tool: "mattermost",
    reads: Reads::Documents(DocumentDialect {
        fits,
        translate,
        beside: &[],
    }),
};

/// Pages of posts.
pub const API: &Dialect = &Dialect {
    name: "mattermost-json",
    words: "Mattermost posts, JSON",
    tool: "mattermost",
    reads: Reads::Documents(DocumentDialect {
        fits: fits_page,
        translate: of_page,
        beside: &[],
    }),
};

fn fits_page(object: &Map<String, Value>) -> bool {
    let keys = [
        "id",
        "create_at",
        "user_id",
        "channel_id",
        "root_id",
        "message",
    ];
    keys.iter().all(|key| object.contains_key(*key)) || is_error(object)
}

/// What the server answers instead of posts to somebody who may not read them.
fn is_error(object: &Map<String, Value>) -> bool {
    let keys = ["id", "message", "request_id", "status_code"];
    keys.iter().all(|key| object.contains_key(*key))
}

/// What a post of a page brings. A page names team, channel and people by id only.
fn of_page(ground: &Ground<'_>, line: &Document) -> Verdict {
    let post = Value::Object(line.object.clone());
    let skipped = |reason| Verdict::Skipped(line.line, Skip::Not(reason));
    if is_error(&line.object) {
        return skipped("error of the server");
    }
    if is_notice(&post) {
        return skipped(NOTICE);
    }
    if is_automatic(&post) {
        return skipped(BOT);
    }
    if line.count("delete_at") > 0 {
        return skipped("deleted message");
    }
    match line.text("root_id") {
        Some(root) => reply_of_page(ground, line, &post, root),
        None => ImportRecord {
            line: line.line,
            body: message(&post),
            source: ground.source(),
            source_id: line.id("id"),
            origin: ground.origin(None),
            received: written(&post).unwrap_or(ground.written),
            reporter: author_by_id(line),
            votes: votes_of_page(line),
            ..ImportRecord::default()
        }
        .into(),
    }
}

fn author_by_id(post: &Document) -> Option<ImportPerson> {
    let author = post.text("user_id").and_then(words::handle);
    author.map(ImportPerson::from)
}

fn reply_of_page(ground: &Ground<'_>, line: &Document, post: &Value, root: &str) -> Verdict {
    let text = message(post);
    if text.trim().is_empty() {
        return Verdict::Skipped(line.line, Skip::Blank);
    }
    let comment = ImportComment {
        source_id: line.id("id"),
        author: author_by_id(line).map(ImportAuthor::Colleague),
        at: written(post).unwrap_or(ground.written),
        text,
        original: None,
        to_reporter: false,
    };
    let on = ground.key(&ground.origin(None), root);
    let line = line.line;
    Verdict::Brings(vec![Brought::Comment(ImportReply { line, on, comment })])
}

fn votes_of_page(post: &Document) -> u32 {
    let reactions = post.list("metadata.reactions").iter();
    chat::votes(reactions.filter_map(|r| Some((text(r, "emoji_name")?, text(r, "user_id")?))))
}

fn fits(object: &Map<String, Value>) -> bool {
    let kind = object.get("type").and_then(Value::as_str);
    kind.is_some_and(|kind| match kind {
        "version" => object.contains_key("version"),
        "team" | "channel" | "user" | "bot" | "post" | "direct_channel" | "direct_post"
        | "emoji" | "role" | "scheme" => object.get(kind).is_some_and(Value::is_object),
        _ => false,
    })
}

fn translate(ground: &Ground<'_>, line: &Document) -> Verdict {
    let skipped = |reason| Verdict::Skipped(line.line, Skip::Not(reason));
    match (line.text("type"), line.at("post")) {
        (Some("post"), Some(post)) if is_notice(post) => skipped(NOTICE),
        (Some("post"), Some(post)) if is_automatic(post) => skipped(BOT),
        (Some("post"), Some(post)) => feedback(ground, line.line, post).into(),
        (Some("direct_post"), _) => skipped(DIRECT),
        _ => skipped("no post"),
    }
}

fn is_notice(post: &Value) -> bool {
    text(post, "type").is_some_and(|kind| kind.starts_with("system_"))
}

fn is_automatic(post: &Value) -> bool {
    ["props.from_webhook", "props.from_bot"]
        .iter()
        .any(|key| value::at(post, key).is_some_and(|v| *v == true || *v == "true"))
}

fn feedback(ground: &Ground<'_>, line: u64, post: &Value) -> ImportRecord {
    let at = written(post);
    let user = text(post, "user").unwrap_or_default();
    let channel = text(post, "channel").unwrap_or_default();
    ImportRecord {
        line,
        body: message(post),
        source: ground.source(),
        origin: ground.origin(text(post, "team").map(str::to_owned)),
        source_id: at.map(|at| format!("{channel}/{user}/{}", at.0)),
        received: at.unwrap_or(ground.written),
        reporter: words::handle(user).map(ImportPerson::from),
        tags: words::tags(channel, None),
        votes: votes(post),
        comments: list(post, "replies")
            .iter()
            .filter_map(|reply| comment(ground, reply))
            .collect(),
        ..ImportRecord::default()
    }
}

fn comment(ground: &Ground<'_>, reply: &Value) -> Option<ImportComment> {
    let text_of = Some(message(reply)).filter(|text| !text.trim().is_empty())?;
    let at = written(reply);
    let user = text(reply, "user").unwrap_or_default();
    let person = words::handle(user).map(ImportPerson::from);
    (!is_notice(reply)).then(|| ImportComment {
        source_id: at.map(|at| format!("{user}/{}", at.0)),
        author: person.map(ImportAuthor::Colleague),
        at: at.unwrap_or(ground.written),
        text: text_of,
        original: None,
        to_reporter: false,
    })
}

fn votes(post: &Value) -> u32 {
    let reactions = list(post, "reactions").iter();
    chat::votes(reactions.filter_map(|r| Some((text(r, "emoji_name")?, text(r, "user")?))))
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value::at(value, key).and_then(value::text)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    let list = value::at(value, key).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn message(post: &Value) -> String {
    text(post, "message").unwrap_or_default().to_owned()
}

/// Unix milliseconds.
fn written(post: &Value) -> Option<Moment> {
    value::at(post, "create_at")?.as_i64().map(Moment)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::path::Path;

    use serde_json::json;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::exchange::convert::Choices;
    use crate::exchange::dialects::testing;
    use crate::exchange::source::Source;

    const EXPORT: &str = r#"{"type":"version","version":1}
{"type":"channel","channel":{"team":"acme","name":"requests"}}
{"type":"post","post":{"team":"acme","channel":"requests","user":"dana","message":"Globex wants PDF\nsoon","create_at":1793698200000,"reactions":[{"user":"omar","emoji_name":"+1"},{"user":"omar","emoji_name":"thumbsup"},{"user":"bo","emoji_name":"tada"}],"replies":[{"user":"omar","message":"Initech too","create_at":1793698300000}]}}
{"type":"post","post":{"team":"acme","channel":"requests","user":"bo","type":"system_join_channel","message":"bo joined","create_at":1793698400000}}
{"type":"post","post":{"team":"acme","channel":"requests","user":"ci","message":"built","props":{"from_webhook":"true"},"create_at":1793698500000}}
{"type":"direct_post","direct_post":{"user":"bo","message":"psst"}}
"#;

    fn verdicts(path: &Path) -> Vec<Verdict> {
        let choices = Choices::default();
        let source = Source::open(path, &choices).expect("an export");
        assert_eq!(source.words(), "Mattermost bulk export");
        let verdicts = source.verdicts(&choices).expect("posts");
        verdicts
            .map(|verdict| verdict.expect("a verdict"))
            .collect()
    }

    #[test]
    fn a_post_is_feedback_and_its_replies_are_comments() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("export.jsonl");
        fs::write(&path, EXPORT).expect("written");
        let (mut reasons, mut records) = (Vec::new(), Vec::new());
        for verdict in verdicts(&path) {
            match verdict {
                Verdict::Skipped(_, skip) => reasons.push(skip.to_string()),
                Verdict::Brings(things) => {
                    records.extend(things.into_iter().filter_map(Brought::into_feedback));
                }
                Verdict::Faults(faults) => panic!("{faults:?}"),
            }
        }
        assert_eq!(
            reasons,
            [
                "no post",
                "no post",
                "join, leave or other notice",
                "message of a bot",
                "direct message"
            ]
        );
        let [record] = records.as_slice() else {
            panic!("{records:?}");
        };
        assert_eq!(record.body, "Globex wants PDF\nsoon");
        assert_eq!((record.origin.as_str(), record.votes), ("acme", 1));
        assert_eq!(record.tags, ["requests"]);
        let id = "requests/dana/1793698200000";
        assert_eq!(record.source_id.as_deref(), Some(id));
        let reporter = record.reporter.as_ref().expect("a colleague");
        assert_eq!(reporter.handle.as_str(), "dana");
        assert_eq!(record.comments[0].text, "Initech too");
        assert_eq!(record.comments[0].at, Moment(1_793_698_300_000));
    }

    #[test]
    fn the_archive_of_an_export_is_read_as_what_lies_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let plain = folder.path().join("export.jsonl");
        fs::write(&plain, EXPORT).expect("written");
        let packed = folder.path().join("export.zip");
        let mut archive = ZipWriter::new(fs::File::create(&packed).expect("a file"));
        for (name, text) in [("data/a.png", "no picture"), ("import.jsonl", EXPORT)] {
            let begun = archive.start_file(name, SimpleFileOptions::default());
            begun.expect("begun");
            archive.write_all(text.as_bytes()).expect("written");
        }
        archive.finish().expect("finished");
        assert_eq!(verdicts(&packed), verdicts(&plain));
        let source = Source::open(&packed, &Choices::default()).expect("an export");
        assert_eq!(source.bytes(), EXPORT.len() as u64);
    }

    #[test]
    fn posts_of_the_api_arrive_by_their_ids() {
        let post = |id: &str, root: &str, kind: &str| {
            json!({"id": id, "create_at": 1_793_698_200_000_i64, "user_id": "u1", "channel_id": "c1",
                   "root_id": root, "message": "words", "type": kind, "delete_at": 0})
        };
        let page = json!({"order": ["b", "a", "c"], "posts": {
            "a": post("a", "", ""), "b": post("b", "a", ""), "c": post("c", "", "system_join_team"),
        }});
        let read = testing::read("page.json", &page.to_string());
        assert_eq!(read.words, "Mattermost posts, JSON");
        assert_eq!(read.feedback.len(), 1);
        assert_eq!(read.feedback[0].received, Moment(1_793_698_200_000));
        assert_eq!(read.replies[0].on.feedback(), read.feedback[0].identity());
        assert_eq!(read.skipped, [(1, NOTICE.to_owned())]);
    }
}
