//! Tables: columns that fit the width, one of which grows.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::layout::Cells;
use crate::domain::safe_text::SafeText;

/// What a row of type `R` shows in a column.
type Cell<R> = Box<dyn Fn(&R) -> (SafeText, Role)>;

/// A column of a table over rows of type `R`.
pub struct Column<R> {
    /// What stands above it.
    pub head: &'static str,
    /// Cells, the gap after it apart. The growing column takes at least these.
    pub width: u16,
    /// Cells that it takes where the growing column has enough.
    pub most: u16,
    /// Whether it takes what is left. One column does.
    pub grows: bool,
    /// Numbers and ages stand at the right.
    pub right: bool,
    /// Columns with a higher figure give way first when the width does not do; 0 always stays.
    pub gives_way: u8,
    /// What a row shows in it.
    pub cell: Cell<R>,
}

impl<R> Column<R> {
    /// A column of that many cells that always stays.
    pub fn new(
        head: &'static str,
        width: u16,
        cell: impl Fn(&R) -> (SafeText, Role) + 'static,
    ) -> Self {
        Self {
            head,
            width,
            most: width,
            grows: false,
            right: false,
            gives_way: 0,
            cell: Box::new(cell),
        }
    }

    /// Takes what is left.
    #[must_use]
    pub fn growing(mut self) -> Self {
        self.grows = true;
        self
    }

    /// Takes up to so many cells where there is room.
    #[must_use]
    pub fn up_to(mut self, most: u16) -> Self {
        self.most = most;
        self
    }

    /// Stands at the right.
    #[must_use]
    pub fn at_right(mut self) -> Self {
        self.right = true;
        self
    }

    /// Gives way, the higher the sooner.
    #[must_use]
    pub fn gives_way(mut self, rank: u8) -> Self {
        self.gives_way = rank;
        self
    }
}

/// Cells before the first column: the cursor's marker, the tick of a marked row, a blank.
pub const GUTTER: u16 = 3;
/// So many cells of the growing column show most titles: what is left then goes to those that would cut their words.
const ENOUGH: u16 = 40;
/// Whether a cell says more than that there is nothing.
fn says_something(cell: &SafeText) -> bool {
    !matches!(cell.as_str(), "" | "—" | "·")
}

/// Cells between columns: two where there is room.
fn gap(width: u16) -> u16 {
    if width < 60 { 1 } else { 2 }
}

/// A table laid out for a width.
pub struct Table<R> {
    columns: Vec<(Column<R>, u16, u16)>,
}

impl<R> Table<R> {
    /// Drops columns until the rest fits `cells`, and lets one grow. Columns keep their order. A column in which none of the rows
    /// that are shown says anything leaves its room to the growing one; to others that were dropped only what that does not need.
    #[must_use]
    pub fn fit<'r>(
        columns: Vec<Column<R>>,
        cells: Cells,
        shown: impl Iterator<Item = &'r R> + Clone,
    ) -> Self
    where
        R: 'r,
    {
        let gap = gap(cells.width);
        let room = cells.width.saturating_sub(GUTTER + 1);
        let mut kept = vec![true; columns.len()];
        let needed = |kept: &[bool], least: u16| {
            let widths = columns.iter().zip(kept).filter(|(_, kept)| **kept);
            let widths = widths.map(|(column, _)| {
                let least = if column.grows { least } else { 0 };
                column.width.max(least).saturating_add(gap)
            });
            widths.fold(0, u16::saturating_add).saturating_sub(gap)
        };
        let mut ranks: Vec<usize> = (0..columns.len())
            .filter(|place| columns[*place].gives_way > 0)
            .collect();
        ranks.sort_by_key(|place| columns[*place].gives_way);
        for place in ranks.iter().rev() {
            if needed(&kept, 0) > room {
                kept[*place] = false;
            }
        }
        let mut longest = 0;
        for (place, column) in columns.iter().enumerate() {
            let mut says = column.grows;
            for row in shown.clone() {
                let (text, _) = (column.cell)(row);
                says |= says_something(&text);
                if column.grows {
                    // A title may have a million letters; more than there is room for is not asked.
                    longest = longest.max(text.cells().min(room));
                }
            }
            if !says {
                kept[place] = false;
                ranks.retain(|rank| *rank != place);
            }
        }
        for place in ranks {
            let mut with = kept.clone();
            with[place] = true;
            if needed(&with, longest) <= room {
                kept = with;
            }
        }
        let spare = room.saturating_sub(needed(&kept, 0));
        let columns = columns.into_iter().zip(kept).filter(|(_, kept)| *kept);
        Self::spread(columns.map(|(column, _)| column).collect(), cells, spare)
    }

    /// Gives the columns the cells that are to spare.
    fn spread(mut columns: Vec<Column<R>>, cells: Cells, mut spare: u16) -> Self {
        let gap = gap(cells.width);
        for column in &mut columns {
            if column.grows {
                let more = ENOUGH.saturating_sub(column.width).min(spare);
                column.width += more;
                spare -= more;
            }
        }
        for column in &mut columns {
            let more = column.most.saturating_sub(column.width).min(spare);
            column.width += more;
            spare -= more;
        }
        let mut x = cells.x + GUTTER;
        let columns = columns.into_iter().map(|column| {
            let width = column.width + if column.grows { spare } else { 0 };
            let start = x;
            x += width + gap;
            (column, start, width)
        });
        Self {
            columns: columns.collect(),
        }
    }

    /// Where the growing column begins, and how wide it is.
    pub fn grown(&self) -> (u16, u16) {
        let grown = self.columns.iter().find(|(column, ..)| column.grows);
        grown.map_or((0, 0), |(_, x, width)| (*x, *width))
    }

    /// Draws the column heads.
    pub fn heads(&self, canvas: &mut Canvas<'_>, y: u16) {
        for (column, x, width) in &self.columns {
            let head = SafeText::from_static(column.head);
            if column.right {
                canvas.right(x + width, y, *width, &head, Role::Dim);
            } else {
                canvas.text(*x, y, *width, &head, Role::Dim);
            }
        }
    }

    /// Draws a row. `strong` rows (the one under the cursor) are bold in their growing column.
    pub fn row(&self, canvas: &mut Canvas<'_>, y: u16, row: &R, strong: bool) {
        for (column, x, width) in &self.columns {
            let (text, role) = (column.cell)(row);
            let role = if strong && column.grows {
                Role::Title
            } else {
                role
            };
            if column.right {
                canvas.right(x + width, y, *width, &text, role);
            } else {
                canvas.text(*x, y, *width, &text, role);
            }
        }
    }
}

/// Draws what is left of a row's columns: the cursor's bar and background, and the tick of a mark.
pub fn gutter(
    canvas: &mut Canvas<'_>,
    cells: Cells,
    y: u16,
    cursor: bool,
    focused: bool,
    marked: bool,
) {
    if marked {
        canvas.symbol(
            cells.x + 1,
            y,
            if canvas.plain { "x" } else { "✓" },
            Role::Marked,
        );
    }
    if cursor {
        let row = Cells {
            y,
            height: 1,
            ..cells
        };
        canvas.tint(row, Role::Selection);
        let role = if focused { Role::Accent } else { Role::Faint };
        canvas.symbol(cells.x, y, if canvas.plain { ">" } else { "▌" }, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column<[&'static str; 3]>> {
        let cell = |place: usize| {
            move |row: &[&'static str; 3]| (SafeText::from_static(row[place]), Role::Text)
        };
        vec![
            Column::new("Title", 16, cell(0)).growing(),
            Column::new("Company", 14, cell(1)).gives_way(1),
            Column::new("Source", 10, cell(2)).gives_way(2),
        ]
    }

    fn heads(width: u16, rows: &[[&'static str; 3]]) -> Vec<(&'static str, u16)> {
        let cells = Cells {
            width,
            ..Cells::default()
        };
        let table = Table::fit(columns(), cells, rows.iter());
        let columns = table.columns.iter();
        columns
            .map(|(column, _, width)| (column.head, *width))
            .collect()
    }

    #[test]
    fn an_empty_column_leaves_its_room_to_the_titles() {
        let long = "a title that needs some forty cells or so";
        let [company, source] = ["Globex", "zendesk"];
        assert_eq!(
            heads(50, &[[long, company, source]]),
            [("Title", 20), ("Company", 14), ("Source", 10)]
        );
        assert_eq!(
            heads(50, &[[long, "", source], [long, "·", ""]]),
            [("Title", 35), ("Source", 10)]
        );
        // One that had no room comes back where the titles do not need it.
        assert_eq!(
            heads(38, &[[long, company, source]]),
            [("Title", 19), ("Company", 14)]
        );
        assert_eq!(heads(38, &[[long, "", source]]), [("Title", 34)]);
        assert_eq!(
            heads(38, &[["short", "", source]]),
            [("Title", 23), ("Source", 10)]
        );
    }
}
