use super::*;

fn text(html: &str) -> String {
    readable(html).0
}

#[test]
fn what_has_no_markup_stays_as_it_came_and_has_no_original() {
    assert_eq!(readable("a > b\nc"), ("a > b\nc".to_owned(), None));
    let html = "<p>a</p>";
    assert_eq!(readable(html), ("a".to_owned(), Some(html.to_owned())));
}

#[test]
fn paragraphs_lists_quotes_and_lines_stay_apart() {
    assert_eq!(
        text("<p>one <b>two</b></p><p>three<br>four</p>"),
        "one two\n\nthree\nfour"
    );
    assert_eq!(
        text("<ul><li>a<li>b<ul><li>c</ul></ul><ol><li>x</li><li>y</li></ol>"),
        "* a\n* b\n  * c\n1. x\n2. y"
    );
    assert_eq!(text("<blockquote>a<br>b</blockquote>"), "> a\n> b");
    assert_eq!(text("<pre>a\n   b</pre>"), "a\n   b");
    assert_eq!(text("<h1>Head</h1>text<hr>more"), "Head\n\ntext\nmore");
    assert_eq!(
        text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        "a\nb\nc"
    );
}

#[test]
fn a_link_tells_where_it_leads_and_an_image_what_it_shows() {
    assert_eq!(
        text(
            "<a href='https://x.example/?a=1&amp;b=2'>here</a>, <a href='javascript:x()'>there</a>"
        ),
        "here (https://x.example/?a=1&b=2), there"
    );
    assert_eq!(
        text("<img src=http://track.example/p.gif> <img alt=' a chart ' src=x>"),
        "[a chart]"
    );
}

#[test]
fn scripts_styles_and_comments_go_and_entities_are_decoded() {
    assert_eq!(
        text(
            "<style>p{}</style><script>if (a</b>c) x()</script ><!-- <p>c --><p>&lt;b&gt; &eacute;&#8217;&nbsp;x"
        ),
        "<b> é’ x"
    );
}

#[test]
fn what_would_be_slow_to_read_as_a_tree_arrives_as_lines() {
    let deep = |tag: &str, times: usize| format!("{}x &amp; y", format!("<{tag}>").repeat(times));
    let attributes: String = (0..50_000).map(|n| format!("b{n} ")).collect();
    for html in [
        deep("div", 100_000),
        deep("blockquote", 50_000),
        deep("table><tr><td", 20_000),
        deep("font color=red", 50_000),
        deep("div></x", 50_000),
        deep("div><textarea></div></textarea", 30_000),
        deep("svg><td", 50_000),
        format!("<div {attributes}>x &amp; y"),
    ] {
        assert!(!is_tame(&html));
        assert_eq!(text(&html), "x & y", "{}", &html[..30]);
    }
    let opened: String = (0..200).map(|n| format!("<font size={n}>")).collect();
    let html = format!("<p>{opened}{}", "<p>x".repeat(50_000));
    assert!(!is_tame(&html));
    assert_eq!(text(&html).lines().count(), 50_000);
    assert_eq!(
        text("<svg><title>t</title></svg><p>1 &lt; 2<p>b"),
        "t\n1 < 2\nb"
    );
}

#[test]
fn a_large_text_is_read_as_html() {
    let html = "<p>Some words of a paragraph</p>".repeat(30_000);
    assert!(is_tame(&html));
    assert_eq!(
        text(&html).lines().filter(|line| !line.is_empty()).count(),
        30_000
    );
    for odd in [
        "<", "</", "<!", "<!--", "<!-->", "<a", "<a b='", "<script>", "&", "&#;", "<p", "<>",
    ] {
        let (text, original) = readable(odd);
        assert!(text.len() <= odd.len(), "{odd} became {text}");
        assert_eq!(original.as_deref(), Some(odd));
    }
}
