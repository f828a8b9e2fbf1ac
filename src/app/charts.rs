//! Where the charts are on the screen: side by side as many as there is room for, or one alone.

use super::layout::Cells;
use super::state::Charts;

/// A chart needs so many rows to be read, its title included.
const HEIGHT: u16 = 9;

/// The columns and rows in which charts stand in so many cells; the line with the title of the screen is none of them.
fn grid(cells: Cells, count: usize) -> (u16, u16) {
    let columns = match cells.width {
        ..110 => 1,
        110..180 => 2,
        180.. => 3,
    };
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    let rows = (cells.height / (HEIGHT + 1)).clamp(1, count.div_ceil(columns).max(1));
    (columns, rows)
}

/// The charts that are on the screen, by their place, with their cells: the page with the one in hand. They go down each
/// column, then to the next.
#[must_use]
pub fn tiles(charts: &Charts, body: Cells) -> Vec<(usize, Cells)> {
    let (columns, rows) = grid(body, charts.charts.len());
    let page = usize::from(columns) * usize::from(rows);
    let first = charts.cursor / page * page;
    let top = body.y + 1;
    let height = body.height.saturating_sub(rows) / rows;
    let width = body.width / columns;
    let place = |number: usize| {
        let number = u16::try_from(number).unwrap_or(0);
        let (column, row) = (number / rows, number % rows);
        Cells {
            x: body.x + column * width,
            y: top + row * (height + 1),
            width: width.saturating_sub(u16::from(column + 1 < columns) * 2),
            height,
        }
    };
    (first..charts.charts.len())
        .take(page)
        .map(|index| (index, place(index - first)))
        .collect()
}

/// How many charts are on the screen at once.
#[must_use]
pub fn page(charts: &Charts, body: Cells) -> usize {
    let (columns, rows) = grid(body, charts.charts.len());
    usize::from(columns) * usize::from(rows)
}

/// Where the rows of a chart are that fills the screen: below its title, two lines of what has to be known to read it,
/// and the names of what is counted.
#[must_use]
pub fn rows_of_one(body: Cells) -> Cells {
    body.below(4)
}
