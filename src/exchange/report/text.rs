//! A report as lines for a terminal or a pipe.

use super::chart;
use super::page::{Block, Line, Page, Point, Span, Table, safe_address};
use crate::domain::safe_text::SafeText;

/// How much a line weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As any other.
    Plain,
    /// A heading.
    Strong,
    /// What may be overlooked.
    Faint,
}

/// The report as lines, without line ends.
#[must_use]
pub fn render(page: &Page) -> Vec<(Weight, SafeText)> {
    let mut lines = vec![(Weight::Strong, SafeText::line(&page.title))];
    if !page.lead.is_empty() {
        lines.push((Weight::Faint, line(&page.lead)));
    }
    for block in &page.blocks {
        // A list or a table belongs to the heading above it.
        let after_heading = matches!(lines.last(), Some((Weight::Strong, _))) && lines.len() > 1;
        if !after_heading {
            lines.push((Weight::Plain, SafeText::default()));
        }
        lines.extend(part(block));
    }
    lines
}

fn part(block: &Block) -> Vec<(Weight, SafeText)> {
    let plain = |text| (Weight::Plain, text);
    match block {
        Block::Section(words) => vec![(Weight::Strong, SafeText::line(words))],
        Block::Part(words) => vec![(Weight::Strong, line(words))],
        Block::Words(words) => vec![plain(line(words))],
        Block::Prose(text) => SafeText::block(text.trim())
            .as_str()
            .lines()
            .map(|line| plain(SafeText::line(line)))
            .collect(),
        Block::List(points) => points.iter().flat_map(point).map(plain).collect(),
        Block::Table(rows) => table(rows),
        Block::Chart(chart) if chart.is_empty() => {
            vec![plain(SafeText::from_static("  Nothing to show."))]
        }
        Block::Chart(chart) => chart::text(chart).into_iter().map(plain).collect(),
    }
}

fn line(spans: &Line) -> SafeText {
    let words = spans
        .iter()
        .filter(|span| !span.is_blank())
        .map(|span| match span {
            Span::Link { words, url } => match safe_address(url) {
                Some(url) if url == words => url.to_owned(),
                Some(url) => format!("{words} <{url}>"),
                None => words.clone(),
            },
            other => other.words().to_owned(),
        });
    SafeText::line(&words.collect::<Vec<_>>().join(" "))
}

fn point(point: &Point) -> Vec<SafeText> {
    let first = format!("- {}", line(&point.line).as_str());
    let below = point
        .below
        .iter()
        .map(|below| format!("    {}", line(below).as_str()));
    std::iter::once(first)
        .chain(below)
        .map(|line| SafeText::line(&line))
        .collect()
}

fn table(table: &Table) -> Vec<(Weight, SafeText)> {
    let rows: Vec<Vec<SafeText>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(line).collect())
        .collect();
    let heads: Vec<SafeText> = table
        .columns
        .iter()
        .map(|c| SafeText::line(&c.head.to_uppercase()))
        .collect();
    let width = |place: usize| {
        let cells = rows
            .iter()
            .chain(std::iter::once(&heads))
            .filter_map(|row| row.get(place));
        cells.map(SafeText::width).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let fitted = |row: &Vec<SafeText>| {
        let mut text = String::new();
        for (place, cell) in row.iter().enumerate() {
            let missing = " ".repeat(widths[place].saturating_sub(cell.width()));
            match table.columns[place].figures {
                true => text.push_str(&format!("{missing}{}  ", cell.as_str())),
                false => text.push_str(&format!("{}{missing}  ", cell.as_str())),
            }
        }
        SafeText::line(text.trim_end())
    };
    std::iter::once((Weight::Faint, fitted(&heads)))
        .chain(rows.iter().map(|row| (Weight::Plain, fitted(row))))
        .collect()
}
