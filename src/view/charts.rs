//! The charts: side by side as many as there is room for, or one alone with a row for each of its places.
//!
//! Every figure stands beside its bar. What is counted first, second and so on has a pattern besides its colour, so that
//! a screen without colours says the same; without drawn bars the figures and words remain.

mod bars;
mod columns;
mod held;
mod weeks;

use super::canvas::Canvas;
use super::table::GUTTER;
use super::theme::Role;
use crate::app::charts::{rows_of_one, tiles};
use crate::app::document::wrap;
use crate::app::empty::{charts_words, no_figures};
use crate::app::layout::{Cells, PROSE};
use crate::app::state::State;
use crate::domain::chart::{Chart, ChartName, Shape, figure};
use crate::domain::safe_text::SafeText;

/// What bars are filled with, by what is counted: told apart without colours.
const PATTERNS: [&str; 6] = ["█", "▒", "╱", "╳", "░", "·"];

/// Draws the screen.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let charts = &state.charts;
    let used = canvas.words(cells.x + 1, cells.y, 12, "Charts", Role::Accent);
    let (x, room) = (cells.x + used + 3, cells.width.saturating_sub(used + 4));
    let Some(chart) = charts.chart() else {
        if let Some(words) = charts_words(state) {
            canvas.words(cells.x + GUTTER, cells.y + 2, room, words, Role::Dim);
        }
        return;
    };
    canvas.position(
        cells,
        &format!("{} of {}", charts.cursor + 1, charts.charts.len()),
    );
    let Some(row) = charts.row else {
        canvas.text(x, cells.y, room, &SafeText::line(&chart.note), Role::Dim);
        for (place, cells) in tiles(charts, cells) {
            if let Some(chart) = charts.charts.get(place) {
                tile(canvas, chart, cells, place == charts.cursor);
            }
        }
        return;
    };
    canvas.words(x, cells.y, room, chart.name.word(), Role::Title);
    told(canvas, chart, cells);
    let cells = rows_of_one(cells);
    let rows = Rows {
        first: charts.top,
        cursor: Some(row),
    };
    if is_empty(chart) {
        nothing(canvas, chart, cells);
        return;
    }
    match chart.shape {
        Shape::Columns | Shape::Lines => weeks::draw(canvas, chart, cells, rows),
        Shape::Bars => bars::draw(canvas, chart, cells, rows),
        Shape::StackedColumns => held::draw(canvas, chart, cells, rows),
    }
}

/// Which rows are drawn, and which of them is in hand.
#[derive(Clone, Copy)]
struct Rows {
    first: usize,
    cursor: Option<usize>,
}

/// What has to be known to read a chart, and the names of what it counts, above the rows of the one that fills the screen.
fn told(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells) {
    let width = cells.width.saturating_sub(2).min(PROSE);
    let lines = wrap(&chart.note, usize::from(width));
    for (line, range) in (1..).zip(lines.into_iter().take(2)) {
        let words = SafeText::line(&chart.note[range]);
        canvas.text(cells.x + 1, cells.y + line, width, &words, Role::Dim);
    }
    if matches!(chart.shape, Shape::Bars) && !canvas.plain {
        legend(canvas, chart, cells.x + GUTTER, cells.y + 3, cells.width);
    }
}

/// One chart among others, its title first.
fn tile(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells, here: bool) {
    let role = if here { Role::Accent } else { Role::Title };
    if here {
        let mark = if canvas.plain { ">" } else { "▌" };
        canvas.symbol(cells.x, cells.y, mark, Role::Accent);
    }
    let used = canvas.words(cells.x + 1, cells.y, cells.width, chart.name.word(), role);
    let right = cells.x + cells.width.saturating_sub(1);
    let room = right.saturating_sub(cells.x + used + 3);
    let mut body = Cells {
        x: cells.x + 1,
        y: cells.y + 1,
        width: cells.width.saturating_sub(2),
        height: cells.height.saturating_sub(1),
    };
    if is_empty(chart) {
        nothing(canvas, chart, body);
        return;
    }
    if let Some((words, role)) = summary(chart) {
        canvas.right(right, cells.y, room, &SafeText::line(&words), role);
    } else if !canvas.plain {
        let width = legend_width(chart);
        if width <= room {
            legend(canvas, chart, right - width, cells.y, width);
        } else {
            legend(canvas, chart, body.x + 1, body.y, body.width - 1);
            body.y += 1;
            body.height = body.height.saturating_sub(1);
        }
    }
    let rows = Rows {
        first: 0,
        cursor: None,
    };
    match chart.shape {
        Shape::Columns | Shape::Lines => columns::draw(canvas, chart, body),
        Shape::Bars => bars::draw(canvas, chart, body, rows),
        Shape::StackedColumns => held::draw(canvas, chart, body, rows),
    }
}

/// Whether there is nothing to draw. That nobody held an interview is something to be told.
fn is_empty(chart: &Chart) -> bool {
    match chart.name {
        ChartName::Interviews => chart.series.is_empty(),
        _ => chart.is_empty(),
    }
}

fn nothing(canvas: &mut Canvas<'_>, chart: &Chart, cells: Cells) {
    let words = no_figures(chart.name);
    let lines = wrap(words, usize::from(cells.width.max(8)));
    for (y, range) in (cells.y..cells.y + cells.height).zip(lines) {
        let words = SafeText::line(&words[range]);
        canvas.text(cells.x + 1, y, cells.width, &words, Role::Dim);
    }
}

/// What a chart comes to in one line, where its parts need no names.
fn summary(chart: &Chart) -> Option<(String, Role)> {
    match chart.name {
        ChartName::Age => Some((format!("{} in all", figure(sum(chart))), Role::Dim)),
        ChartName::Interviews => Some(owing(chart)),
        _ => None,
    }
}

/// How many owe an interview this week.
fn owing(chart: &Chart) -> (String, Role) {
    match chart.owing().len() {
        0 => ("nobody owes one this week".to_owned(), Role::Good),
        1 => ("1 owes one this week".to_owned(), Role::Warning),
        several => (format!("{several} owe one this week"), Role::Warning),
    }
}

fn sum(chart: &Chart) -> f64 {
    let all = chart.series.iter().flat_map(|series| &series.values);
    all.flatten().sum()
}

/// The role of what is counted at that place.
const fn role(series: usize) -> Role {
    match series {
        0 => Role::ChartFirst,
        1 => Role::ChartSecond,
        2 => Role::ChartThird,
        _ => Role::ChartOther,
    }
}

/// The pattern of what is counted at that place.
fn pattern(series: usize) -> &'static str {
    PATTERNS[series.min(PATTERNS.len() - 1)]
}

/// How many names a legend has at most: the patterns there are.
fn named(chart: &Chart) -> impl Iterator<Item = (usize, SafeText)> {
    let several = chart.series.len() > 1;
    let names = chart.series.iter().filter(move |_| several).enumerate();
    names
        .take(PATTERNS.len())
        .map(|(place, series)| (place, SafeText::line(&series.name).truncated(20)))
}

fn legend_width(chart: &Chart) -> u16 {
    let widths = named(chart).map(|(_, name)| name.cells() + 4);
    widths.sum::<u16>().saturating_sub(2)
}

/// The names of what is counted, each with its pattern.
fn legend(canvas: &mut Canvas<'_>, chart: &Chart, x: u16, y: u16, width: u16) {
    let right = x.saturating_add(width);
    let gap = if legend_width(chart) <= width { 2 } else { 1 };
    let mut x = x;
    for (place, name) in named(chart) {
        if x + 2 >= right {
            return;
        }
        canvas.symbol(x, y, pattern(place), role(place));
        x += 2;
        x += canvas.text(x, y, right.saturating_sub(x), &name, Role::Dim) + gap;
    }
}

/// The figure at a place, where there is one.
fn value(chart: &Chart, series: usize, place: usize) -> Option<f64> {
    chart.series.get(series)?.values.get(place).copied()?
}

/// A figure in so many cells: what does not fit loses its fraction, then is told in thousands or millions.
fn compact(value: Option<f64>, room: u16) -> SafeText {
    let Some(value) = value else {
        return SafeText::from_static("–");
    };
    let forms = [
        figure(value),
        format!("{value:.0}"),
        format!("{:.0}k", value / 1e3),
        format!("{:.0}M", value / 1e6),
    ];
    let room = usize::from(room);
    let fits = forms.iter().find(|form| form.len() <= room);
    SafeText::line(fits.unwrap_or(&forms[3]))
}

/// How many eighths of a cell a share of so many cells takes; something is never nothing.
fn eighths(share: f64, cells: u16) -> u16 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // It is between nothing and eight times the cells.
    let eighths = (share.clamp(0.0, 1.0) * f64::from(cells) * 8.0).round() as u16;
    if share > 0.0 { eighths.max(1) } else { 0 }
}

/// Draws a bar from left to right, with an end of less than a cell where it is solid.
fn bar(canvas: &mut Canvas<'_>, cells: Cells, share: f64, series: usize) {
    const ENDS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = eighths(share, cells.width);
    let (whole, end) = match pattern(series) {
        "█" => (eighths / 8, ENDS[usize::from(eighths % 8)]),
        _ => (eighths.div_ceil(8), ""),
    };
    let filled = Cells {
        width: whole,
        height: 1,
        ..cells
    };
    canvas.fill(filled, pattern(series), role(series));
    if !end.is_empty() {
        canvas.symbol(cells.x + whole, cells.y, end, role(series));
    }
}

/// The widest of some texts.
fn widest<'a>(texts: impl IntoIterator<Item = &'a SafeText>) -> u16 {
    texts.into_iter().map(SafeText::cells).max().unwrap_or(0)
}
