//! What a report says stays what it is, in every form.

use proptest::prelude::*;

use super::page::{Block, Column, Page, Point, Span, Table, Tone};
use super::{bars, chart, html, markdown, text};
use crate::domain::chart::{Chart, ChartName, Series, Shape};

/// Samples that break out where text is not escaped.
const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</style></title></textarea><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "[x](javascript:alert(1))",
    "![x](http://x/p.gif)",
    "https://evil.example/",
    "www.evil.example",
    "`rm` | cell\n# heading\n\n---",
    "- item\n1. one\n> quote",
    "@all @org/team fixes #1",
    "<!channel> &lt;b&gt; &#60;",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}gpj.exe \u{2066}a\u{2069}",
    "a\u{200b}b\u{e0041} \u{feff}x\u{2028}y",
    "{{7*7}} ${x} *bold* _it_ ~~no~~",
    "url(https://evil.example/x.css)",
];

/// A chart which has that text in every place that takes one.
fn chart_of(words: &str, shape: Shape) -> Chart {
    let series = |values: [Option<f64>; 3]| Series {
        name: words.to_owned(),
        values: values.to_vec(),
    };
    Chart {
        name: ChartName::Demand,
        note: words.to_owned(),
        shape,
        labels: vec![words.to_owned(); 3],
        series: vec![
            series([Some(3.0), None, Some(0.25)]),
            series([Some(0.0), Some(1e9), Some(7.0)]),
        ],
        leads: Vec::new(),
    }
}

/// A page which has that text in every place that takes one.
fn page_of(words: &str) -> Page {
    let spans = || {
        vec![
            Span::text(words),
            Span::strong(words),
            Span::faint(words),
            Span::Mark(Tone::Bad, words.to_owned()),
            Span::Link {
                words: words.to_owned(),
                url: words.to_owned(),
            },
            Span::Link {
                words: words.to_owned(),
                url: format!("https://example.com/{words}"),
            },
        ]
    };
    Page {
        colleagues: Vec::new(),
        title: words.to_owned(),
        lead: spans(),
        blocks: vec![
            Block::Section(words.to_owned()),
            Block::Part(spans()),
            Block::Words(spans()),
            Block::Prose(words.to_owned()),
            Block::List(vec![Point {
                line: spans(),
                below: vec![spans()],
            }]),
            Block::Table(Table {
                columns: vec![Column {
                    head: words.to_owned().into(),
                    figures: false,
                }],
                rows: vec![vec![spans()]],
            }),
            Block::Chart(chart_of(words, Shape::Bars)),
            Block::Chart(chart_of(words, Shape::Columns)),
            Block::Chart(chart_of(words, Shape::StackedColumns)),
            Block::Chart(chart_of(words, Shape::Lines)),
        ],
    }
}

/// The names of the elements that a document opens, and of their attributes with values.
fn elements(document: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut names, mut attributes) = (Vec::new(), Vec::new());
    let mut rest = document;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let mut quoted = false;
        let end = tag
            .find(|c: char| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .expect("every tag ends");
        let inside = &tag[..end];
        rest = &tag[end + 1..];
        if inside.starts_with(['/', '!']) {
            continue;
        }
        let name_end = inside.find(' ').unwrap_or(inside.len());
        names.push(inside[..name_end].to_owned());
        let mut more = inside[name_end..].trim();
        while let Some((name, value)) = more.split_once("=\"") {
            let (value, after) = value.split_once('"').expect("a quoted value");
            attributes.push((name.trim().to_owned(), value.to_owned()));
            more = after;
        }
    }
    (names, attributes)
}

/// The document has the elements of a harmless page, and of its texts none made an element, an attribute or an address.
fn holds_no_meaning(words: &str) -> Result<(), TestCaseError> {
    let document = html::render(&page_of(words));
    let (names, attributes) = elements(&document);
    let (expected, _) = elements(&html::render(&page_of("harmless")));
    let shape = |names: &[String]| {
        // What is a paragraph and a line of it, and whether an address is one to follow, depends on the text.
        let varies = ["a", "p", "br", "bdi", "strong", "span"];
        let kept = names.iter().filter(|name| !varies.contains(&name.as_str()));
        kept.cloned().collect::<Vec<_>>()
    };
    prop_assert_eq!(shape(&names), shape(&expected));
    for (name, value) in &attributes {
        let known = [
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "dir",
            "class",
            "href",
            "rel",
            "scope",
            "tabindex",
            "role",
            "aria-label",
            "width",
            "height",
            "viewBox",
            "xmlns",
            "x",
            "y",
            "x1",
            "x2",
            "y1",
            "y2",
            "dx",
            "dy",
            "fill",
            "stroke",
            "stroke-width",
            "points",
            "opacity",
            "text-anchor",
            "font-family",
            "font-size",
        ];
        prop_assert!(known.contains(&name.as_str()), "{name}={value}");
        if name == "href" {
            prop_assert!(
                value.starts_with("https://") || value.starts_with("http://"),
                "{value}"
            );
        }
    }
    // A joiner between emoji and the selector behind one are kept: see `safe_text`.
    let kept = |c: char| matches!(c, '\n' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    let forbidden = |c: char| crate::domain::safe_text::is_forbidden(c) && !kept(c);
    prop_assert!(!document.contains(forbidden));
    let pasted = markdown::render(&page_of(words));
    prop_assert!(!pasted.contains(forbidden));
    for (_, line) in text::render(&page_of(words)) {
        prop_assert!(!line.as_str().contains(forbidden));
        prop_assert!(!line.as_str().contains('\n'));
    }
    means_nothing_in_markdown(&pasted)
}

/// A reader of Markdown finds the structure of a harmless page, with its texts as they are.
fn means_nothing_in_markdown(pasted: &str) -> Result<(), TestCaseError> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(pasted, dialect) {
        match event {
            Event::Text(_) | Event::SoftBreak | Event::End(_) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                prop_assert!(super::page::safe_address(&dest_url).is_some(), "{dest_url}");
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            other => prop_assert!(false, "{other:?} in {pasted}"),
        }
    }
    Ok(())
}

#[test]
fn hostile_text_stays_text() {
    for words in HOSTILE {
        holds_no_meaning(words).expect(words);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_text_stays_text(words in "[\\PC\n\t<>&\"'`|\\[\\]()!#*_~@:./=-]{0,60}") {
        holds_no_meaning(&words)?;
    }

    #[test]
    fn hostile_pieces_stay_text(pieces in proptest::collection::vec(proptest::sample::select(HOSTILE), 1..5)) {
        holds_no_meaning(&pieces.concat())?;
    }
}

#[test]
fn a_page_asks_for_nothing() {
    let document = html::render(&page_of("harmless"));
    let (names, _) = elements(&document);
    for name in [
        "script", "link", "img", "iframe", "object", "embed", "form", "base",
    ] {
        assert!(!names.iter().any(|n| n == name), "{name}");
    }
    let style = include_str!("../../../assets/report.css");
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains("</"));
}

#[test]
fn a_drawing_alone_is_a_whole_document() {
    let charts = [Shape::Bars, Shape::Lines].map(|shape| chart_of(HOSTILE[1], shape));
    let document = chart::document(&charts);
    assert!(document.starts_with("<?xml") && document.ends_with("</svg>\n"));
    assert_eq!(document.matches("<svg ").count(), 3);
    assert_eq!(document.matches("</svg>").count(), 3);
    assert!(!document.contains("<script"));
    let empty = Chart {
        series: Vec::new(),
        ..chart_of("x", Shape::Bars)
    };
    assert_eq!(chart::svg(&empty), None);
    assert!(
        text::render(&Page {
            blocks: vec![Block::Chart(empty)],
            ..Page::new("x")
        })
        .iter()
        .any(|(_, line)| line.as_str().contains("Nothing to show"))
    );
}

#[test]
fn bars_of_characters_are_as_long_as_their_figures() {
    let lines: Vec<String> = bars::lines(&chart_of("a", Shape::Bars), 80)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(lines[0], "  a  ▏ 3  3 a");
    assert_eq!(
        lines[1],
        format!("  a  {} 1000000000  1000000000 a", "█".repeat(32))
    );
    let lines: Vec<String> = bars::lines(&chart_of("a", Shape::Columns), 80)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(lines[2], "  a  – a");
    assert_eq!(lines.len(), 6);
}
