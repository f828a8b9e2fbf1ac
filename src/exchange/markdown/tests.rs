use proptest::prelude::*;

use super::*;
use crate::domain::id::MessageId;
use crate::domain::outbox::{Delivery, MessageKind};

#[test]
fn words_stay_words() {
    for (text, wanted) in [
        ("plain, words. (yes) 5.00", "plain, words. \\(yes\\) 5.00"),
        ("# x", "\\# x"),
        ("a\n# x", "a \\# x"),
        ("- x", "\\- x"),
        ("1. x", "1\\. x"),
        ("`code` | pipe", "\\`code\\` \\| pipe"),
        (
            "<img src=x onerror=alert(1)>",
            "&lt;img src=x onerror=alert\\(1\\)&gt;",
        ),
        (
            "[x](javascript:alert(1))",
            "\\[x\\]\\(javascript&#58;alert\\(1\\)\\)",
        ),
        ("![x](http://x/p.gif)", "\\!\\[x\\]\\(http&#58;//x/p.gif\\)"),
        ("https://x.example", "https&#58;//x.example"),
        ("www.x.example", "www&#46;x.example"),
        ("<!channel> @all", "&lt;\\!channel&gt; &#64;all"),
        ("&lt;", "&amp;lt;"),
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
        assert!(!link("x", url).contains("]("), "{}", link("x", url));
    }
}

#[test]
fn messages_say_whom_and_what() {
    let message = OutboxMessage {
        id: MessageId(uuid::Uuid::nil()),
        kind: MessageKind::Answer,
        to: Some("@dana".to_owned()),
        feedback: None,
        idea: None,
        text: "It is planned for v10.2.\n\n@all".to_owned(),
        at: Moment(0),
        delivery: Delivery::Waiting,
        tries: 0,
        error: None,
    };
    assert_eq!(
        messages(&[message]),
        "**answer** to &#64;dana:\n\n> It is planned for v10.2.\n>\n> &#64;all\n"
    );
}

proptest! {
    /// Nothing in a text starts markup: each character that could is behind a backslash or a reference.
    #[test]
    fn no_text_makes_markup(text in "[a-z0-9 <>\\[\\]()!#`|*_@&\\\\:/.\n-]{0,60}") {
        let line = inline(&text);
        prop_assert!(!line.contains(['\n', '<', '>', '@']));
        let bare = line.replace("\\\\", "");
        for mark in ['[', ']', '(', ')', '!', '`', '|', '*', '_'] {
            for (place, _) in bare.match_indices(mark) {
                prop_assert!(place > 0 && bare.as_bytes()[place - 1] == b'\\', "{}", line);
            }
        }
        prop_assert!(!line.to_lowercase().contains("http:"));
    }
}
