//! A report as Markdown. Everything that it says is escaped, so that it makes no heading, link, picture, mention or HTML.

use super::page::{Block, Line, Page, Point, Span, Table, safe_address};
use crate::exchange::markdown::{block, inline, mentioning};

/// The report as a document that ends with a line end.
#[must_use]
pub fn render(page: &Page) -> String {
    let mut parts = vec![format!("# {}", inline(&page.title))];
    parts.push(line(&page.lead));
    parts.extend(page.blocks.iter().map(part));
    parts.retain(|part| !part.is_empty());
    mentioning(&(parts.join("\n\n") + "\n"), &page.colleagues)
}

fn part(block_of_page: &Block) -> String {
    match block_of_page {
        Block::Section(words) => format!("## {}", inline(words)),
        Block::Part(words) => format!("### {}", line(words)),
        Block::Words(words) => line(words),
        Block::Prose(text) => block(text),
        Block::List(points) => list(points),
        Block::Table(rows) => table(rows),
        Block::Chart(chart) if chart.is_empty() => "Nothing to show.".to_owned(),
        Block::Chart(chart) => table(&super::chart::table(chart)),
    }
}

fn line(spans: &Line) -> String {
    let spans = spans.iter().filter(|span| !span.is_blank()).map(span);
    spans.collect::<Vec<_>>().join(" ")
}

fn span(span: &Span) -> String {
    match span {
        Span::Strong(words) => format!("**{}**", inline(words)),
        Span::Text(words) | Span::Faint(words) | Span::Mark(_, words) => inline(words),
        Span::Link { words, url } => match safe_address(url) {
            Some(url) => format!("[{}](<{url}>)", inline(words)),
            None => inline(words),
        },
    }
}

fn list(points: &[Point]) -> String {
    let mut lines = Vec::new();
    for point in points {
        lines.push(format!("- {}", line(&point.line)).trim_end().to_owned());
        lines.extend(
            point
                .below
                .iter()
                .map(|below| format!("  - {}", line(below))),
        );
    }
    lines.join("\n")
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        row(table
            .columns
            .iter()
            .map(|column| inline(&column.head))
            .collect()),
        row(table
            .columns
            .iter()
            .map(|column| if column.figures { "---:" } else { "---" }.to_owned())
            .collect()),
    ];
    lines.extend(
        table
            .rows
            .iter()
            .map(|cells| row(cells.iter().map(line).collect())),
    );
    lines.join("\n")
}
