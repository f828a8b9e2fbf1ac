//! Charts drawn: as SVG that stands in a page, and as a table of their figures. As bars of characters: `bars`.
//!
//! The colours are attributes of the SVG which the style sheet of a page replaces in the dark; alone the drawing is for light
//! paper. Labels may come from outside: they are made safe here, and the library escapes what it writes.

use plotters::coord::Shift;
use plotters::prelude::{
    DrawingArea, IntoDrawingArea, IntoFont, PathElement, RGBColor, Rectangle, SVGBackend, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, TextStyle};

use super::page::{Block, Column, Page, Span, Table};
use crate::domain::chart::{Chart, Shape, figure};
use crate::domain::safe_text::SafeText;

/// How wide every drawing is, in its own units.
const WIDTH: i32 = 720;
/// How high what is drawn over time is, legend and labels apart.
const HEIGHT: i32 = 180;
/// How high a bar with its gap is.
const ROW: i32 = 26;
/// How high a line of the legend is.
const LINE: i32 = 22;
/// How large letters are; the library writes four fifths of it.
const LETTERS: i32 = 16;
/// How wide a letter is taken to be: no font is measured.
const LETTER: i32 = 7;

const INK: RGBColor = RGBColor(0x1F, 0x23, 0x28);
const SOFT: RGBColor = RGBColor(0x62, 0x6A, 0x73);
const GRID: RGBColor = RGBColor(0xDF, 0xE3, 0xE8);
/// The colours of the series, told apart by those who see no red or green as well; the style sheet knows each.
const COLOURS: [RGBColor; 8] = [
    RGBColor(0x0B, 0x5C, 0xAD),
    RGBColor(0xE0, 0x9F, 0x3E),
    RGBColor(0x3F, 0x9C, 0x8F),
    RGBColor(0x8A, 0x63, 0xB5),
    RGBColor(0xC2, 0x5B, 0x74),
    RGBColor(0x7D, 0x85, 0x90),
    RGBColor(0x86, 0xB6, 0xE0),
    RGBColor(0xA8, 0x8B, 0x5A),
];

/// What a drawing could not be made of; only the library can be at fault.
type Fault = Box<dyn std::error::Error + Send + Sync>;
type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;

/// All of these charts, each with its heading.
#[must_use]
pub fn blocks(charts: &[Chart]) -> Vec<Block> {
    let each = charts.iter().flat_map(|chart| {
        [
            Block::Section(chart.name.word().to_owned()),
            Block::Words(vec![Span::faint(&chart.note)]),
            Block::Chart(chart.clone()),
        ]
    });
    each.collect()
}

/// A page of charts; `when` says of which time they are.
#[must_use]
pub fn page(charts: &[Chart], when: &str) -> Page {
    let mut page = Page::new("Charts");
    page.lead = vec![Span::text(when)];
    page.blocks = blocks(charts);
    page
}

/// The figures of a chart, for pasting into a document.
#[must_use]
pub fn figures(chart: &Chart) -> Page {
    let mut page = Page::new(chart.name.word());
    page.lead = vec![Span::faint(&chart.note)];
    page.blocks = vec![Block::Table(table(chart))];
    page
}

/// The figures of a chart as a table.
#[must_use]
pub fn table(chart: &Chart) -> Table {
    let mut columns = vec![Column::words("")];
    columns.extend(chart.series.iter().map(|series| Column {
        head: series.name.clone().into(),
        figures: true,
    }));
    let row = |(place, label): (usize, &String)| {
        let mut cells = vec![vec![Span::text(label)]];
        cells.extend(chart.series.iter().map(|series| {
            let value = series.values.get(place).copied().flatten();
            vec![Span::text(value.map_or_else(|| "–".to_owned(), figure))]
        }));
        cells
    };
    Table {
        columns,
        rows: chart.labels.iter().enumerate().map(row).collect(),
    }
}

/// A chart as an SVG element. `None` when there is nothing to draw, or when the library cannot; the table tells all of it.
#[must_use]
pub fn svg(chart: &Chart) -> Option<String> {
    if chart.is_empty() {
        return None;
    }
    draw(chart).ok()
}

/// Several charts below each other as one SVG document.
#[must_use]
pub fn document(charts: &[Chart]) -> String {
    let mut top = 16;
    let mut inside = String::new();
    for chart in charts {
        let Some(drawn) = svg(chart) else {
            continue;
        };
        let name = chart.name.word();
        inside.push_str(&format!(
            "<text x=\"0\" y=\"{}\" font-family=\"sans-serif\" font-size=\"16\" font-weight=\"bold\" fill=\"#1F2328\">{name}</text>\n",
            top + 8
        ));
        top += 24;
        inside.push_str(&drawn.replacen("<svg ", &format!("<svg y=\"{top}\" "), 1));
        top += height(chart) + 32;
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{top}\" viewBox=\"-16 0 {0} {top}\">\n\
         <rect x=\"-16\" width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{inside}</svg>\n",
        WIDTH + 32
    )
}

fn draw(chart: &Chart) -> Result<String, Fault> {
    let mut drawing = String::new();
    {
        let size = (WIDTH.unsigned_abs(), height(chart).unsigned_abs());
        let area = SVGBackend::with_string(&mut drawing, size).into_drawing_area();
        legend(&area, chart)?;
        match chart.shape {
            Shape::Bars => bars(&area, chart)?,
            Shape::Columns | Shape::StackedColumns | Shape::Lines => over_time(&area, chart)?,
        }
        area.present()?;
    }
    Ok(drawing)
}

fn height(chart: &Chart) -> i32 {
    let rows = i32::try_from(chart.labels.len()).unwrap_or(0);
    let body = match chart.shape {
        Shape::Bars => rows * ROW + 4,
        _ => HEIGHT + 26,
    };
    legend_height(chart) + body
}

const fn colour(series: usize) -> RGBColor {
    COLOURS[series % COLOURS.len()]
}

fn words(
    area: &Area<'_>,
    text: &str,
    at: (i32, i32),
    colour: RGBColor,
    side: HPos,
) -> Result<(), Fault> {
    let font = ("sans-serif", LETTERS).into_font();
    let style = TextStyle::from(font)
        .color(&colour)
        .pos(Pos::new(side, VPos::Center));
    Ok(area.draw(&Text::new(text.to_owned(), at, style))?)
}

fn cell(area: &Area<'_>, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Result<(), Fault> {
    Ok(area.draw(&Rectangle::new([from, to], colour.filled()))?)
}

/// Where each name of the legend stands; none where there is one thing alone.
fn places(chart: &Chart) -> Vec<(i32, i32, SafeText)> {
    if chart.series.len() < 2 {
        return Vec::new();
    }
    let (mut x, mut y) = (0, 0);
    let each = chart.series.iter().map(|series| {
        let name = SafeText::line(&series.name).truncated(28);
        let wide = 18 + i32::from(name.cells()) * LETTER + 18;
        if x > 0 && x + wide > WIDTH {
            (x, y) = (0, y + LINE);
        }
        let place = (x, y, name);
        x += wide;
        place
    });
    each.collect()
}

fn legend_height(chart: &Chart) -> i32 {
    places(chart).last().map_or(0, |(_, y, _)| y + LINE + 8)
}

fn legend(area: &Area<'_>, chart: &Chart) -> Result<(), Fault> {
    for (series, (x, y, name)) in places(chart).into_iter().enumerate() {
        let middle = y + LINE / 2;
        cell(area, (x, middle - 5), (x + 11, middle + 5), colour(series))?;
        words(area, name.as_str(), (x + 18, middle), SOFT, HPos::Left)?;
    }
    Ok(())
}

/// Bars from left to right, with what they are called before and what they come to behind them.
fn bars(area: &Area<'_>, chart: &Chart) -> Result<(), Fault> {
    let labels: Vec<SafeText> = chart
        .labels
        .iter()
        .map(|label| SafeText::line(label).truncated(36))
        .collect();
    let widest = labels.iter().map(SafeText::cells).max().unwrap_or(0);
    let left = i32::from(widest) * LETTER + 14;
    let room = f64::from(WIDTH - left - 48);
    let scale = room / chart.highest().max(1.0);
    let mut y = legend_height(chart);
    for (place, label) in labels.iter().enumerate() {
        let middle = y + ROW / 2;
        words(area, label.as_str(), (left - 10, middle), INK, HPos::Right)?;
        let mut sum = 0.0;
        for (series, one) in chart.series.iter().enumerate() {
            let value = one.values.get(place).copied().flatten().unwrap_or(0.0);
            if value > 0.0 {
                let from = left + pixels(sum * scale);
                let to = (left + pixels((sum + value) * scale)).max(from + 2);
                cell(area, (from, middle - 8), (to, middle + 8), colour(series))?;
            }
            sum += value;
        }
        words(
            area,
            &figure(sum),
            (left + pixels(sum * scale) + 8, middle),
            SOFT,
            HPos::Left,
        )?;
        y += ROW;
    }
    Ok(())
}

#[allow(clippy::cast_possible_truncation)] // It is within the drawing.
fn pixels(value: f64) -> i32 {
    value.round() as i32
}

/// A step at which lines of a grid are easily read: 1, 2 or 5, and ten times so much.
fn step(highest: f64) -> f64 {
    let rough = (highest / 4.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    steps
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(rough)
}

/// What is drawn over time: a grid, columns or lines on it, and the weeks below.
fn over_time(area: &Area<'_>, chart: &Chart) -> Result<(), Fault> {
    let top = legend_height(chart) + 8;
    let bottom = top + HEIGHT - 12;
    let step = step(chart.highest());
    let steps = (chart.highest() / step).ceil().max(1.0);
    let highest = step * steps;
    let left = i32::try_from(figure(highest).len()).unwrap_or(4) * LETTER + 10;
    let y = |value: f64| bottom - pixels(value / highest * f64::from(bottom - top));
    let mut line = 0.0;
    while line <= highest + step / 2.0 {
        let at = y(line);
        area.draw(&PathElement::new(
            vec![(left, at), (WIDTH, at)],
            GRID.stroke_width(1),
        ))?;
        words(area, &figure(line), (left - 8, at), SOFT, HPos::Right)?;
        line += step;
    }
    let count = i32::try_from(chart.labels.len().max(1)).unwrap_or(1);
    let wide = f64::from(WIDTH - left) / f64::from(count);
    let middle = |place: usize| {
        let place = f64::from(u32::try_from(place).unwrap_or(0));
        left + pixels((place + 0.5) * wide)
    };
    for (place, label) in chart.labels.iter().enumerate() {
        let label = SafeText::line(label).truncated(12);
        words(
            area,
            label.as_str(),
            (middle(place), bottom + 18),
            SOFT,
            HPos::Center,
        )?;
    }
    match chart.shape {
        Shape::Lines => lines(area, chart, middle, y),
        _ => columns(area, chart, pixels(wide * 0.62).max(4), middle, y),
    }
}

fn columns(
    area: &Area<'_>,
    chart: &Chart,
    wide: i32,
    middle: impl Fn(usize) -> i32,
    y: impl Fn(f64) -> i32,
) -> Result<(), Fault> {
    let stacked = chart.shape == Shape::StackedColumns;
    let count = i32::try_from(chart.series.len().max(1)).unwrap_or(1);
    let each = if stacked { wide } else { (wide / count).max(2) };
    for place in 0..chart.labels.len() {
        let mut x = middle(place) - if stacked { wide / 2 } else { each * count / 2 };
        let mut below = 0.0;
        for (series, one) in chart.series.iter().enumerate() {
            let value = one.values.get(place).copied().flatten().unwrap_or(0.0);
            if value > 0.0 {
                cell(
                    area,
                    (x, y(below + value)),
                    (x + each - 1, y(below)),
                    colour(series),
                )?;
            }
            if stacked {
                below += value;
            } else {
                x += each;
            }
        }
    }
    Ok(())
}

/// A line for each series, parted where there is no figure.
fn lines(
    area: &Area<'_>,
    chart: &Chart,
    middle: impl Fn(usize) -> i32,
    y: impl Fn(f64) -> i32,
) -> Result<(), Fault> {
    for (series, one) in chart.series.iter().enumerate() {
        let colour = colour(series);
        let mut points: Vec<(i32, i32)> = Vec::new();
        for (place, value) in one.values.iter().enumerate() {
            match value {
                Some(value) => points.push((middle(place), y(*value))),
                None => flush(area, &mut points, colour)?,
            }
        }
        flush(area, &mut points, colour)?;
    }
    Ok(())
}

fn flush(area: &Area<'_>, points: &mut Vec<(i32, i32)>, colour: RGBColor) -> Result<(), Fault> {
    for (x, y) in points.iter().copied() {
        cell(area, (x - 3, y - 3), (x + 3, y + 3), colour)?;
    }
    if points.len() > 1 {
        area.draw(&PathElement::new(
            std::mem::take(points),
            colour.stroke_width(2),
        ))?;
    }
    points.clear();
    Ok(())
}
