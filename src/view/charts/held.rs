//! Who held how many, week by week: a row for each, and who still owes one this week.

use super::super::canvas::Canvas;
use super::super::table::{GUTTER, gutter};
use super::super::theme::Role;
use super::{Rows, compact, value, widest};
use crate::app::layout::Cells;
use crate::domain::chart::Chart;
use crate::domain::safe_text::SafeText;

/// What stands behind the weeks of somebody who has held none in the last.
const OWES: &str = "owes one";

/// Draws a row for each who is counted, under the names of the weeks.
pub fn draw(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells, rows: Rows) {
    let left = if rows.cursor.is_some() { GUTTER } else { 1 };
    let names: Vec<SafeText> = chart
        .series
        .iter()
        .map(|series| SafeText::line(&series.name).truncated(16))
        .collect();
    let name = widest(&names).max(4);
    let room = cells
        .width
        .saturating_sub(left + name + OWES.len() as u16 + 2);
    let all = chart.labels.len();
    let week = (room / (all.max(1) as u16)).clamp(3, 7);
    let shown = usize::from(room / week).min(all);
    let first = all - shown;
    let x = cells.x + left + name;
    // Where the chart has the screen to itself, there is a line for the names of the weeks above the rows.
    let (heads, top) = match rows.cursor {
        Some(_) => (cells.y.saturating_sub(1), cells.y),
        None => (cells.y, cells.y + 1),
    };
    let step = usize::from(8_u16.div_ceil(week));
    for place in (first..all).rev().step_by(step) {
        let label = SafeText::line(&chart.labels[place]);
        let right = x + (place - first + 1) as u16 * week;
        if right.saturating_sub(label.cells()) >= x.saturating_sub(name) {
            let role = if place + 1 == all {
                Role::Title
            } else {
                Role::Dim
            };
            canvas.right(right, heads, label.cells(), &label, role);
        }
    }
    let height = usize::from((cells.y + cells.height).saturating_sub(top));
    let owing = chart.owing();
    let people = names.iter().enumerate().skip(rows.first).take(height);
    for (y, (series, who)) in (top..).zip(people) {
        let here = rows.cursor == Some(series);
        if rows.cursor.is_some() {
            gutter(canvas, cells, y, here, true, false);
        }
        let role = if here { Role::Title } else { Role::Mention };
        canvas.text(cells.x + left, y, name, who, role);
        for (column, place) in (0_u16..).zip(first..all) {
            let held = value(chart, series, place).filter(|held| *held > 0.0);
            let words = match held {
                Some(_) => compact(held, week - 1),
                None if canvas.plain => SafeText::from_static("0"),
                None => SafeText::from_static("·"),
            };
            let role = match held {
                Some(_) if place + 1 == all => Role::Title,
                Some(_) => Role::Text,
                None => Role::Faint,
            };
            canvas.right(x + (column + 1) * week, y, week - 1, &words, role);
        }
        if owing.contains(&chart.series[series].name.as_str()) {
            let right = x + shown as u16 * week + 2;
            canvas.words(right, y, OWES.len() as u16, OWES, Role::Warning);
        }
    }
}
