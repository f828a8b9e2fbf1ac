use proptest::prelude::*;

use super::*;
use crate::domain::id::{IdeaId, MessageId};
use crate::domain::outbox::{Delivery, MessageKind};

#[test]
fn a_line_of_a_million_letters_takes_as_long_as_many_short_ones() {
    // Looked back at from each sign, it would take minutes.
    let long = "www.a:b&c ~@d ".repeat(1 << 16);
    let escaped = inline(&long);
    assert!(
        escaped.starts_with("www&#46;a:b&c \\~&#64;d www&#46;"),
        "{}",
        &escaped[..40]
    );
    assert_eq!(escaped.matches("&#46;").count(), 1 << 16);
}

#[test]
fn words_stay_words() {
    for (text, wanted) in [
        ("plain, words. (yes) 5.00", "plain, words. (yes) 5.00"),
        ("R&D: 3 < 5 > 2, ~5 min!", "R&D: 3 < 5 > 2, ~5 min!"),
        (
            "a_b.c snake_case # 12 C# a@b.example",
            "a_b.c snake_case # 12 C# a@b.example",
        ),
        ("-5 % and 2 * 3", "-5 % and 2 * 3"),
        ("1.5 million, C:\\temp", "1.5 million, C:\\temp"),
        ("# x", "\\# x"),
        ("a\n# x", "a # x"),
        ("- x", "\\- x"),
        ("---", "\\---"),
        ("1. x", "1\\. x"),
        ("1) x", "1\\) x"),
        ("> x", "&gt; x"),
        (
            "*bold* _so_ ~~gone~~",
            "\\*bold\\* \\_so\\_ \\~\\~gone\\~\\~",
        ),
        ("`code` | pipe", "\\`code\\` \\| pipe"),
        ("end\\", "end\\\\"),
        (
            "<img src=x onerror=alert(1)>",
            "&lt;img src=x onerror=alert(1)>",
        ),
        (
            "[x](javascript:alert(1))",
            "\\[x\\]\\(javascript&#58;alert(1))",
        ),
        ("![x](http://x/p.gif)", "\\!\\[x\\]\\(http&#58;//x/p.gif)"),
        ("https://x.example", "https&#58;//x.example"),
        ("www.x.example", "www&#46;x.example"),
        ("<!channel> @all", "&lt;!channel> &#64;all"),
        ("fixes #1, a/b#2", "fixes &#35;1, a/b&#35;2"),
        ("#1 of GH-3", "&#35;1 of GH&#45;3"),
        ("&lt;", "&amp;lt;"),
        ("&#64;all", "&amp;&#35;64;all"),
    ] {
        assert_eq!(inline(text), wanted, "{text}");
    }
}

#[test]
fn lines_of_a_block_cannot_leave_their_quotation() {
    assert_eq!(quotation("a\n\n# b\r\n> c"), "> a\n>\n> \\# b\n> &gt; c");
    assert!(!block("\u{1b}[2Jx\u{202e}").contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn only_links_that_a_browser_may_open_become_links() {
    assert_eq!(
        link("PAR-1", "https://x.example/1"),
        "[PAR-1](<https://x.example/1>)"
    );
    for url in [
        "javascript:alert(1)",
        "https://x.example/>) [y](z",
        "file:///etc/passwd",
    ] {
        assert_eq!(read(&link("x", url)), Ok(format!("x {url}")));
    }
}

#[test]
fn messages_say_whom_and_what() {
    let message = OutboxMessage {
        id: MessageId(uuid::Uuid::nil()),
        kind: MessageKind::Answer,
        to: Some("@dana".to_owned()),
        feedback: None,
        idea: Some((IdeaId(uuid::Uuid::nil()), "Dark mode".to_owned())),
        text: "*Dark mode* is planned for v10.2.\n\n@all, <b>@dana</b>".to_owned(),
        at: Moment(0),
        delivery: Delivery::Waiting,
        tries: 0,
        error: None,
    };
    let dana = Handle::parse("dana").expect("a handle");
    let once = "**answer** to @dana, on “Dark mode”:\n\n*Dark mode* is planned for v10.2.\n\n&#64;all, &lt;b>@dana&lt;/b>";
    assert_eq!(
        messages(&[message.clone(), message], &[], &[dana]),
        format!("{once}\n\n---\n\n{once}\n")
    );
}

#[test]
fn colleagues_are_mentioned_and_nobody_else_is() {
    let colleagues = ["hana", "all"].map(|name| Handle::parse(name).expect("a handle"));
    let told = |text: &str| mentioning(&inline(text), &colleagues);
    assert_eq!(told("@hana, (@hana)"), "@hana, (@hana)");
    assert_eq!(told("ask @hana."), "ask @hana.");
    for text in [
        "@hanau",
        "@hana_",
        "@hana/team",
        "@hana.lee",
        "@omar",
        "@all",
        "@here",
    ] {
        assert!(told(text).starts_with("&#64;"), "{text}: {}", told(text));
    }
}

/// What a reader of Markdown finds in a text: words alone.
fn read(markdown: &str) -> Result<String, String> {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut words = String::new();
    for event in Parser::new_ext(markdown, dialect) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            other => return Err(format!("{other:?} in {markdown}")),
        }
    }
    Ok(words)
}

proptest! {
    /// Nothing in a text starts markup: a reader finds its words and nothing else.
    #[test]
    fn no_text_makes_markup(text in "[a-z0-9 <>\\[\\]()!#`|*_@&;\\\\:/.~=+\n-]{0,60}") {
        let line = inline(&text);
        prop_assert!(!line.contains('\n'));
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(read(&line), Ok(words));
        prop_assert!(!line.to_lowercase().contains("http:"));
        for (place, _) in line.match_indices('@') {
            let before = line[..place].chars().next_back();
            prop_assert!(before.is_some_and(char::is_alphanumeric), "{}", line);
        }
    }
}
