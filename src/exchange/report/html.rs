//! A report as one HTML page that stands alone: no script, nothing to load, no reference to anywhere but in links that a
//! reader may follow. The policy in its head holds a browser to that whatever the texts say; maud escapes them.

use maud::{DOCTYPE, Markup, html};

use super::chart;
use super::page::{Block, Line, Page, Point, Span, Table, Tone, safe_address};
use crate::domain::chart::Chart;
use crate::domain::safe_text::SafeText;

/// How every report looks, in light and dark, on a screen of any width and on paper.
const STYLE: &str = include_str!("../../../assets/report.css");

/// Nothing may be loaded, run, sent or framed; the style sheet inside the page is all there is.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report as a whole HTML document.
#[must_use]
pub fn render(page: &Page) -> String {
    let title = SafeText::line(&page.title);
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="Intake";
                title { (title.as_str()) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        h1 dir="auto" { (title.as_str()) }
                        @if !page.lead.is_empty() { p class="lead" { (line(&page.lead)) } }
                    }
                    @for block in &page.blocks { (part(block)) }
                }
            }
        }
    };
    document.into_string() + "\n"
}

fn part(block: &Block) -> Markup {
    match block {
        Block::Section(words) => html! { h2 dir="auto" { (safe(words)) } },
        Block::Part(words) => html! { h3 dir="auto" { (line(words)) } },
        Block::Words(words) => html! { p { (line(words)) } },
        Block::Prose(text) => prose(text),
        Block::List(points) => html! { ul { @for point in points { (item(point)) } } },
        Block::Table(rows) => table(rows),
        Block::Chart(chart) => drawn(chart),
    }
}

fn safe(words: &str) -> SafeText {
    SafeText::line(words)
}

fn line(spans: &Line) -> Markup {
    html! {
        @for (place, one) in spans.iter().filter(|span| !span.is_blank()).enumerate() {
            @if place > 0 { " " }
            (span(one))
        }
    }
}

fn span(span: &Span) -> Markup {
    match span {
        Span::Text(words) => html! { bdi { (safe(words)) } },
        Span::Strong(words) => html! { strong { bdi { (safe(words)) } } },
        Span::Faint(words) => html! { span class="faint" { bdi { (safe(words)) } } },
        Span::Mark(tone, words) => html! { span class=(class(*tone)) { (safe(words)) } },
        Span::Link { words, url } => match safe_address(url) {
            Some(url) => html! { a href=(url) rel="noopener noreferrer" { bdi { (safe(words)) } } },
            None => html! { bdi { (safe(words)) } },
        },
    }
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "mark good",
        Tone::Warning => "mark warning",
        Tone::Bad => "mark bad",
        Tone::Faint => "mark over",
    }
}

/// A drawing, and its figures for those who do not see it or want to know exactly.
fn drawn(chart: &Chart) -> Markup {
    if chart.is_empty() {
        return html! { p class="faint" { "Nothing to show." } };
    }
    html! {
        figure {
            @if let Some(svg) = chart::svg(chart) {
                div class="chart" role="img" aria-label=(chart.name.word()) tabindex="0" { (maud::PreEscaped(svg)) }
            }
            details { summary { "Figures" } (table(&chart::table(chart))) }
        }
    }
}

/// Paragraphs, with the line ends that they came with.
fn prose(text: &str) -> Markup {
    let safe = SafeText::block(text.trim());
    let paragraphs: Vec<Vec<&str>> = safe
        .as_str()
        .split("\n\n")
        .map(|paragraph| paragraph.lines().collect::<Vec<_>>())
        .filter(|lines| lines.iter().any(|line| !line.trim().is_empty()))
        .collect();
    html! {
        @for lines in &paragraphs {
            p dir="auto" {
                @for (place, line) in lines.iter().enumerate() {
                    @if place > 0 { br; }
                    (line)
                }
            }
        }
    }
}

fn item(point: &Point) -> Markup {
    html! {
        li {
            (line(&point.line))
            @if !point.below.is_empty() {
                ul { @for below in &point.below { li { (line(below)) } } }
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    let figures = |place: usize| {
        let column = table.columns.get(place);
        column
            .is_some_and(|column| column.figures)
            .then_some("figures")
    };
    // Words can stand below each other where there is no room beside each other; figures are compared in their columns.
    let kind = match table.columns.iter().any(|column| column.figures) {
        true => "table",
        false => "table stacks",
    };
    html! {
        div class=(kind) tabindex="0" {
            table {
                thead {
                    tr { @for (place, column) in table.columns.iter().enumerate() {
                        th scope="col" class=[figures(place)] { (safe(&column.head)) }
                    } }
                }
                tbody {
                    @for row in &table.rows {
                        tr { @for (place, cell) in row.iter().enumerate() {
                            td class=[figures(place)] { (line(cell)) }
                        } }
                    }
                }
            }
        }
    }
}
