//! HTML as readable text: paragraphs, lists and quotes stay apart, a link tells where it leads, scripts and styles are gone.
//!
//! Nothing is fetched. The work is done by html2text; what would make it slow (deep nesting, formatting that is opened over
//! and over, thousands of attributes) is found out before, and read as plain lines instead.

mod pieces;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use html2text::config;
use html2text::render::TextDecorator;
use pieces::{Piece, Pieces};

/// Lines are not wrapped: whoever shows them does.
const WIDTH: usize = 100_000;
/// How deep elements may lie in each other. Mail made of tables in tables reaches 60.
const DEEPEST: usize = 250;
/// How much may be open at all the tags together: a bound for the work of reading them.
const MOST_OPEN: usize = 3_000_000;
/// What an open formatting element costs more: it is made anew in every paragraph.
const FORMATTING_COSTS: usize = 20;
/// How many attributes a tag may have: each is compared with those before it.
const MOST_ATTRIBUTES: usize = 500;

/// The readable text of an HTML fragment, and the HTML itself to be kept with it; `None` for it where there was no markup.
#[must_use]
pub fn readable(html: &str) -> (String, Option<String>) {
    if !html.contains(['<', '&']) {
        return (html.to_owned(), None);
    }
    let text = if is_tame(html) {
        rendered(html)
    } else {
        rendered(&flat(html))
    };
    (text, Some(html.to_owned()))
}

fn rendered(html: &str) -> String {
    // html2text knows no rules across the page, and would join the words around one.
    let html = html.replace("<hr", "<br><hr").replace("<HR", "<br><HR");
    let text = config::with_decorator(Plain::default())
        .raw_mode(true)
        .allow_width_overflow()
        .string_from_read(html.as_bytes(), WIDTH);
    let text = text.unwrap_or_else(|_| html.to_owned());
    let text = text.replace('\u{a0}', " ");
    text.trim_matches(['\n', ' ']).to_owned()
}

/// Whether reading it as a tree takes bounded time and memory.
fn is_tame(html: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting, mut work) = (0, 0, 0_usize);
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(_) => {}
            Piece::Odd => return false,
            Piece::Tag {
                name,
                closing,
                attributes,
            } => {
                let format = usize::from(is_formatting(&name));
                if attributes > MOST_ATTRIBUTES {
                    return false;
                }
                if closing {
                    if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                        *count -= 1;
                        depth -= 1;
                        formatting -= format;
                    }
                } else if !needs_no_end(&name) {
                    *open.entry(name).or_insert(0) += 1;
                    depth += 1;
                    formatting += format;
                }
                work += depth + formatting * FORMATTING_COSTS;
                if depth > DEEPEST || work > MOST_OPEN {
                    return false;
                }
            }
        }
    }
    true
}

/// Its text as lines, one for each block, in HTML that has nothing else.
fn flat(html: &str) -> String {
    let mut lines = String::from("<pre>");
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(text) => lines.push_str(&text.replace('<', "&lt;")),
            Piece::Tag { name, .. } if !is_inline(&name) && !lines.ends_with('\n') => {
                lines.push('\n');
            }
            Piece::Tag { .. } | Piece::Odd => {}
        }
    }
    lines
}

/// Elements that HTML lets end without a tag, or that hold nothing.
fn needs_no_end(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "body"
            | "br"
            | "col"
            | "colgroup"
            | "dd"
            | "dt"
            | "embed"
            | "head"
            | "hr"
            | "html"
            | "img"
            | "input"
            | "li"
            | "link"
            | "meta"
            | "option"
            | "p"
            | "param"
            | "source"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "track"
            | "wbr"
    )
}

/// Elements that a parser opens again in the next paragraph when they were left open in one
/// (<https://html.spec.whatwg.org/multipage/parsing.html#the-list-of-active-formatting-elements>).
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// Elements that stand within a line.
fn is_inline(name: &str) -> bool {
    is_formatting(name) || matches!(name, "span" | "img" | "wbr" | "sub" | "sup" | "abbr")
}

/// Text without ornaments, in which a link is followed by where it leads.
#[derive(Clone, Debug, Default)]
struct Plain {
    link: Option<String>,
}

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, ()) {
        self.link = Some(url.to_owned());
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        let leads = |url: &String| ["http://", "https://"].iter().any(|s| url.starts_with(s));
        let link = self.link.take().filter(leads);
        link.map(|url| format!(" ({url})")).unwrap_or_default()
    }

    fn decorate_em_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _: &str, title: &str) -> (String, ()) {
        let text = match title.trim() {
            "" => String::new(),
            title => format!("[{title}]"),
        };
        (text, ())
    }

    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "* ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn make_subblock_decorator(&self) -> Self {
        Self::default()
    }
}
