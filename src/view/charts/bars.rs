//! Bars from left to right: what is counted, how much of it, and of which parts it consists.

use std::ops::Range;

use super::super::canvas::Canvas;
use super::super::table::{GUTTER, gutter};
use super::super::theme::Role;
use super::{Rows, compact, pattern, role, sum, value, widest};
use crate::app::layout::Cells;
use crate::domain::chart::{Chart, figure};
use crate::domain::safe_text::SafeText;

/// A bar narrower than this says little: rather the parts are left out.
const NARROWEST: u16 = 10;
/// Beside a bar of so many cells there is room for blanks.
const ROOMY: u16 = 9;

/// How the cells of a row are shared.
struct Share {
    label: u16,
    total: u16,
    bar: u16,
    parts: u16,
    /// Blanks between a pattern and its figure: where there is none, they look like one thing.
    gap: u16,
}

/// Draws a row for each place.
pub fn draw(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells, rows: Rows) {
    let left = if rows.cursor.is_some() { GUTTER } else { 1 };
    let labels: Vec<SafeText> = chart
        .labels
        .iter()
        .map(|label| SafeText::line(label))
        .collect();
    let all = labels.len();
    let height = usize::from(cells.height);
    let shown = match (rows.cursor, all > height) {
        (None, true) => height.saturating_sub(1),
        _ => height,
    };
    // Where one can scroll, the columns stay where they are.
    let seen = match rows.cursor {
        Some(_) => 0..all,
        None => rows.first..(rows.first + shown).min(all),
    };
    let width = cells.width.saturating_sub(left);
    let share = share(canvas, chart, width, &labels, seen);
    let highest = chart.highest().max(f64::MIN_POSITIVE);
    for (y, place) in (cells.y..).zip((rows.first..all).take(shown)) {
        let here = rows.cursor == Some(place);
        if rows.cursor.is_some() {
            gutter(canvas, cells, y, here, true, false);
        }
        let mut x = cells.x + left;
        let role = if here { Role::Title } else { Role::Text };
        canvas.text(x, y, share.label, &labels[place], role);
        x += share.label + 1;
        let total = total(chart, place);
        let role = match total {
            total if total > 0.0 => Role::Title,
            _ => Role::Faint,
        };
        let words = compact(Some(total), share.total);
        canvas.right(x + share.total, y, share.total, &words, role);
        x += share.total + 1;
        if canvas.plain {
            let room = (cells.x + cells.width).saturating_sub(x + 1);
            let words = SafeText::line(&in_words(chart, place));
            canvas.text(x + 1, y, room, &words, Role::Dim);
            continue;
        }
        let bar = Cells {
            x,
            y,
            width: share.bar,
            height: 1,
        };
        stacked(canvas, chart, bar, place, highest);
        if share.parts > 0 {
            parts(canvas, chart, (x + share.bar + 2, y), place, share.gap);
        }
    }
    if rows.cursor.is_none() && shown < all {
        let words = SafeText::line(&format!("… {} more", all - shown));
        let y = cells.y + shown as u16;
        canvas.text(cells.x + left, y, share.label.max(12), &words, Role::Dim);
    }
}

fn total(chart: &Chart, place: usize) -> f64 {
    let values = (0..chart.series.len()).filter_map(|series| value(chart, series, place));
    values.sum()
}

fn share(
    canvas: &Canvas<'_>,
    chart: &Chart,
    width: u16,
    labels: &[SafeText],
    seen: Range<usize>,
) -> Share {
    let totals = (0..labels.len()).map(|place| figure(total(chart, place)).len());
    let total = totals.max().unwrap_or(1).min(6) as u16;
    let label = widest(labels).min(width * 9 / 20).max(6);
    let mut share = Share {
        label,
        total,
        bar: width.saturating_sub(label + total + 3).min(60),
        parts: 0,
        gap: 0,
    };
    if !canvas.plain {
        for (gap, least) in [(1, ROOMY), (0, NARROWEST)] {
            let widths = seen.clone().map(|place| parts_width(chart, place, gap));
            let parts = widths.max().unwrap_or(0);
            let rest = width.saturating_sub(label + total + parts + 5);
            if parts > 0 && rest >= least {
                (share.bar, share.parts, share.gap) = (rest.min(60), parts, gap);
                break;
            }
        }
    }
    share
}

/// The parts of a place that there are, as words.
fn in_words(chart: &Chart, place: usize) -> String {
    if chart.series.len() < 2 {
        return of_all(chart, place).unwrap_or_default();
    }
    let parts = chart.series.iter().enumerate().filter_map(|(series, one)| {
        let value = value(chart, series, place).filter(|value| *value > 0.0)?;
        Some(format!("{} {}", figure(value), one.name))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// How much of all a place is, where only one thing is counted.
fn of_all(chart: &Chart, place: usize) -> Option<String> {
    let value = value(chart, 0, place).filter(|value| *value > 0.0)?;
    Some(format!("{:.0}%", 100.0 * value / sum(chart)))
}

/// The figures of the parts of a place, each behind its pattern.
fn figures(chart: &Chart, place: usize) -> Vec<(usize, SafeText)> {
    if chart.series.len() < 2 {
        return Vec::new();
    }
    let of = |series: usize| {
        let value = value(chart, series, place).filter(|value| *value > 0.0)?;
        Some((series, SafeText::line(&figure(value))))
    };
    (0..chart.series.len()).filter_map(of).collect()
}

fn parts_width(chart: &Chart, place: usize, gap: u16) -> u16 {
    let widths = figures(chart, place)
        .into_iter()
        .map(|(_, figure)| figure.cells() + 2 + 2 * gap);
    let width = widths.sum::<u16>().saturating_sub(1 + gap);
    match of_all(chart, place) {
        Some(_) if chart.series.len() == 1 => 4,
        _ => width,
    }
}

fn parts(canvas: &mut Canvas<'_>, chart: &Chart, (x, y): (u16, u16), place: usize, gap: u16) {
    if chart.series.len() == 1 {
        let words = of_all(chart, place).unwrap_or_default();
        canvas.right(x + 4, y, 4, &SafeText::line(&words), Role::Dim);
        return;
    }
    let mut x = x;
    for (series, figure) in figures(chart, place) {
        canvas.symbol(x, y, pattern(series), role(series));
        x += 1 + gap;
        x += canvas.text(x, y, figure.cells(), &figure, Role::Dim) + 1 + gap;
    }
}

/// The parts behind each other. A part that is there takes a cell at least, as long as there are cells.
fn stacked(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells, place: usize, highest: f64) {
    if chart.series.len() == 1 {
        let share = value(chart, 0, place).unwrap_or(0.0) / highest;
        super::bar(canvas, cells, share, 0);
        return;
    }
    let (mut before, mut x) = (0.0, cells.x);
    let right = cells.x + cells.width;
    for series in 0..chart.series.len() {
        let part = value(chart, series, place).unwrap_or(0.0);
        if part <= 0.0 || x >= right {
            continue;
        }
        before += part;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // It is between nothing and the cells of the bar.
        let end = (before / highest * f64::from(cells.width)).round() as u16;
        let width = (cells.x + end).saturating_sub(x).max(1).min(right - x);
        let filled = Cells {
            x,
            width,
            height: 1,
            ..cells
        };
        canvas.fill(filled, pattern(series), role(series));
        x += width;
    }
}
