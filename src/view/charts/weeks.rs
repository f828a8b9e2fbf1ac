//! Weeks from top to bottom, for a chart that fills the screen: each thing that is counted has a column of its own.

use super::super::canvas::Canvas;
use super::super::table::{GUTTER, gutter};
use super::super::theme::Role;
use super::{Rows, bar, compact, value, widest};
use crate::app::layout::Cells;
use crate::domain::chart::Chart;
use crate::domain::safe_text::SafeText;

/// The widest bar: beyond it the eye loses the line.
const WIDEST: u16 = 48;

/// Draws a row for each week, the newest last; the names of what is counted stand above.
pub fn draw(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells, rows: Rows) {
    let labels: Vec<SafeText> = chart
        .labels
        .iter()
        .map(|label| SafeText::line(label))
        .collect();
    let all = labels.len();
    let label = widest(&labels);
    let count = chart.series.len().max(1) as u16;
    let left = cells.x + GUTTER + label + 2;
    let room = (cells.x + cells.width).saturating_sub(left + 1) / count;
    let highest = chart.highest().max(f64::MIN_POSITIVE);
    let (figure, wide) = (6, room.saturating_sub(6 + 3).min(WIDEST));
    let column = figure + wide + 3;
    for (number, series) in (0..).zip(&chart.series) {
        let x = left + number * column + figure + 1;
        let name = SafeText::line(&series.name);
        canvas.text(x, cells.y.saturating_sub(1), wide, &name, Role::Dim);
    }
    let height = usize::from(cells.height);
    for (y, place) in (cells.y..).zip((rows.first..all).take(height)) {
        let here = rows.cursor == Some(place);
        gutter(canvas, cells, y, here, true, false);
        let role = if here { Role::Title } else { Role::Dim };
        canvas.right(left - 2, y, label, &labels[place], role);
        for (number, series) in (0..).zip(0..chart.series.len()) {
            let x = left + number * column;
            let value = value(chart, series, place);
            let role = match value {
                Some(value) if value > 0.0 => Role::Text,
                _ => Role::Faint,
            };
            canvas.right(x + figure, y, figure, &compact(value, figure), role);
            let cells = Cells {
                x: x + figure + 1,
                y,
                width: wide,
                height: 1,
            };
            if !canvas.plain {
                bar(canvas, cells, value.unwrap_or(0.0) / highest, series);
            }
        }
    }
}
