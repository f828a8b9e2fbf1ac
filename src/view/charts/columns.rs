//! Weeks from left to right: columns over their figures, the newest at the right.

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::{compact, eighths, pattern, role, value};
use crate::app::layout::Cells;
use crate::domain::chart::{Chart, Shape};
use crate::domain::safe_text::SafeText;

/// The narrowest a week can be and still have its figures.
const NARROWEST: u16 = 4;

/// The tallest a column is drawn: beyond it nothing is told more exactly.
const TALLEST: u16 = 16;

/// Draws a chart over weeks: the newest of them, as many as there is room for.
pub fn draw(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells) {
    let names: Vec<SafeText> = chart
        .series
        .iter()
        .map(|series| SafeText::line(&series.name))
        .collect();
    // Without patterns the rows of figures are named by words.
    let head = if canvas.plain {
        super::widest(&names) + 1
    } else {
        2
    };
    let room = cells.width.saturating_sub(head);
    let all = chart.labels.len();
    let shown = usize::from(room / NARROWEST).min(all);
    let Ok(count) = u16::try_from(shown) else {
        return;
    };
    if count == 0 {
        return;
    }
    let week = (room / count).min(9);
    let figures = chart.series.len() as u16 + 1;
    let plot = Cells {
        x: cells.x + head,
        width: week * count,
        height: cells.height.saturating_sub(figures).min(TALLEST),
        ..cells
    };
    let below = plot.y + if canvas.plain { 0 } else { plot.height };
    let first = all - shown;
    for (column, place) in (0..).zip(first..all) {
        let at = Cells {
            x: plot.x + column * week,
            width: week,
            ..plot
        };
        if !canvas.plain {
            columns(canvas, chart, at, place);
        }
        for (line, series) in (0..).zip(0..chart.series.len()) {
            let figure = value(chart, series, place);
            let role = match figure {
                Some(figure) if figure > 0.0 && place + 1 == all => Role::Title,
                Some(figure) if figure > 0.0 => Role::Text,
                _ => Role::Faint,
            };
            let words = compact(figure, week - 1);
            canvas.right(at.x + week, below + line, week - 1, &words, role);
        }
    }
    for (line, name) in (0..).zip(&names) {
        if canvas.plain {
            canvas.text(cells.x, below + line, head, name, Role::Dim);
        } else {
            let place = usize::from(line);
            canvas.symbol(cells.x, below + line, pattern(place), role(place));
        }
    }
    labels(canvas, chart, plot, below + figures - 1, (first, week));
}

/// The names of weeks, as many as there is room for; this one always has its own.
fn labels(
    canvas: &mut Canvas<'_>,
    chart: &Chart,
    plot: Cells,
    y: u16,
    (first, week): (usize, u16),
) {
    let step = usize::from(8_u16.div_ceil(week));
    let all = chart.labels.len();
    let mut free = plot.x + plot.width;
    for place in (first..all).rev().step_by(step) {
        let name = SafeText::line(&chart.labels[place]);
        let right = plot.x + (place - first + 1) as u16 * week;
        let fits = right.saturating_sub(name.cells()) >= plot.x.saturating_sub(2) && right <= free;
        if fits {
            free = right.saturating_sub(name.cells() + 1);
            let role = if place + 1 == all {
                Role::Title
            } else {
                Role::Dim
            };
            canvas.right(right, y, name.cells(), &name, role);
        }
    }
}

/// The columns of one week: beside each other, or for a range the lower part solid and the rest above it.
fn columns(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells, place: usize) {
    let highest = chart.highest().max(f64::MIN_POSITIVE);
    let count = chart.series.len().max(1) as u16;
    let wide = ((cells.width - 1) / count).clamp(1, 3);
    let right = cells.x + cells.width;
    if chart.shape == Shape::Lines {
        let wide = (wide * count).min(4).min(cells.width - 1);
        let at = Cells {
            x: right - wide,
            width: wide,
            ..cells
        };
        for series in (0..chart.series.len()).rev() {
            let share = value(chart, series, place).unwrap_or(0.0) / highest;
            column(canvas, at, share, (series, true));
        }
        return;
    }
    for (number, series) in (0..).zip(0..chart.series.len()) {
        let at = Cells {
            x: right.saturating_sub(wide * (count - number)),
            width: wide,
            ..cells
        };
        let share = value(chart, series, place).unwrap_or(0.0) / highest;
        column(canvas, at, share, (series, false));
    }
}

/// One column from below. Where it is solid and nothing goes on above it, its top can be less than a cell.
fn column(canvas: &mut Canvas<'_>, cells: Cells, share: f64, (series, goes_on): (usize, bool)) {
    const TOPS: [&str; 8] = ["", "▁", "▂", "▃", "▄", "▅", "▆", "▇"];
    let eighths = eighths(share, cells.height);
    let is_solid = pattern(series) == "█" && !goes_on;
    let (whole, top) = match is_solid {
        true => (eighths / 8, TOPS[usize::from(eighths % 8)]),
        false if eighths < 4 => (0, TOPS[usize::from(eighths)]),
        false => ((eighths + 4) / 8, ""),
    };
    let bottom = cells.y + cells.height;
    let filled = Cells {
        y: bottom - whole,
        height: whole,
        ..cells
    };
    canvas.fill(filled, pattern(series), role(series));
    if !top.is_empty() && whole < cells.height {
        let above = Cells {
            y: bottom - whole - 1,
            height: 1,
            ..cells
        };
        canvas.fill(above, top, role(series));
    }
}
