//! Charts as bars of characters, for a terminal.

use super::text::wrapped;
use crate::domain::chart::{Chart, Shape, figure};
use crate::domain::safe_text::SafeText;

/// How many cells the longest bar has.
const CELLS: f64 = 32.0;

/// A chart as lines that are not wider than `width`, where they can be parted.
#[must_use]
pub fn lines(chart: &Chart, width: usize) -> Vec<SafeText> {
    let labels: Vec<SafeText> = chart
        .labels
        .iter()
        .map(|label| SafeText::line(label).truncated(36))
        .collect();
    let widest = labels.iter().map(SafeText::width).max().unwrap_or(0);
    let heads = labels.iter().map(|label| {
        let gap = " ".repeat(widest - label.width());
        format!("  {gap}{}  ", label.as_str())
    });
    let heads: Vec<String> = heads.collect();
    match chart.shape {
        Shape::Bars | Shape::StackedColumns => together(chart, &heads, widest + 4, width),
        Shape::Columns | Shape::Lines => apart(chart, &heads, widest + 4),
    }
}

/// One bar for each place, and what its parts are: behind it, or below where one of them would make a line too wide.
fn together(chart: &Chart, heads: &[String], left: usize, width: usize) -> Vec<SafeText> {
    let highest = chart.highest().max(f64::MIN_POSITIVE);
    let rows: Vec<(SafeText, Vec<String>)> = heads
        .iter()
        .enumerate()
        .map(|(place, head)| {
            let sum: f64 = chart
                .series
                .iter()
                .map(|one| value(&one.values, place))
                .sum();
            let bar = format!("{head}{} {}", bar(sum / highest), figure(sum));
            (SafeText::line(&bar), parts(chart, place))
        })
        .collect();
    let beside = |(bar, parts): &(SafeText, Vec<String>)| match parts.is_empty() {
        true => bar.clone(),
        false => SafeText::line(&format!("{}  {}", bar.as_str(), parts.join(", "))),
    };
    let fits = rows.iter().all(|row| beside(row).width() <= width);
    if fits {
        return rows.iter().map(beside).collect();
    }
    let indent = " ".repeat(left);
    let below = |(bar, parts): (SafeText, Vec<String>)| {
        // A figure and what it counts stay on one line.
        let parts: Vec<String> = parts
            .iter()
            .map(|part| part.replace(' ', "\u{a0}"))
            .collect();
        let below = match parts.is_empty() {
            true => Vec::new(),
            false => wrapped(&indent, &indent, &parts.join(", "), width),
        };
        let below = below
            .into_iter()
            .map(|line| SafeText::line(&line.as_str().replace('\u{a0}', " ")));
        std::iter::once(bar).chain(below).collect::<Vec<_>>()
    };
    rows.into_iter().flat_map(below).collect()
}

/// `8 unprocessed`, for every part that there is, where there is more than one thing.
fn parts(chart: &Chart, place: usize) -> Vec<String> {
    if chart.series.len() < 2 {
        return Vec::new();
    }
    let values = chart
        .series
        .iter()
        .map(|series| (value(&series.values, place), &series.name));
    values
        .filter(|(value, _)| *value > 0.0)
        .map(|(value, name)| format!("{} {name}", figure(value)))
        .collect()
}

fn value(values: &[Option<f64>], place: usize) -> f64 {
    values.get(place).copied().flatten().unwrap_or(0.0)
}

/// A bar for each thing at each place.
fn apart(chart: &Chart, heads: &[String], left: usize) -> Vec<SafeText> {
    let highest = chart.highest().max(f64::MIN_POSITIVE);
    let names = chart.series.len() > 1;
    let mut lines = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        for (series, one) in chart.series.iter().enumerate() {
            let head = match series {
                0 => head.clone(),
                _ => " ".repeat(left),
            };
            let shown = match one.values.get(place).copied().flatten() {
                Some(value) => format!("{} {}", bar(value / highest), figure(value)),
                None => "–".to_owned(),
            };
            let name = match names {
                true => format!(" {}", one.name),
                false => String::new(),
            };
            lines.push(SafeText::line(&format!("{head}{shown}{name}")));
        }
    }
    lines
}

/// A bar of eighths of cells.
fn bar(share: f64) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // It is at most so many cells.
    let eighths = (share.clamp(0.0, 1.0) * CELLS * 8.0).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}
