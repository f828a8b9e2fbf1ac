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
/// Cells between columns: two where there is room.
fn gap(width: u16) -> u16 {
    if width < 60 { 1 } else { 2 }
}

/// A table laid out for a width.
pub struct Table<R> {
    columns: Vec<(Column<R>, u16, u16)>,
}

impl<R> Table<R> {
    /// Drops columns until the rest fits `cells`, and lets one grow. Columns keep their order.
    #[must_use]
    pub fn fit(mut columns: Vec<Column<R>>, cells: Cells) -> Self {
        let gap = gap(cells.width);
        let room = cells.width.saturating_sub(GUTTER + 1);
        loop {
            let needed: u16 = columns
                .iter()
                .map(|c| c.width + gap)
                .sum::<u16>()
                .saturating_sub(gap);
            let first_to_go = columns
                .iter()
                .enumerate()
                .filter(|(_, c)| c.gives_way > 0)
                .max_by_key(|(_, c)| c.gives_way)
                .map(|(place, _)| place);
            match first_to_go {
                Some(place) if needed > room => {
                    columns.remove(place);
                }
                _ => {
                    let mut spare = room.saturating_sub(needed);
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
                    let columns = columns
                        .into_iter()
                        .map(|column| {
                            let width = column.width + if column.grows { spare } else { 0 };
                            let start = x;
                            x += width + gap;
                            (column, start, width)
                        })
                        .collect();
                    return Self { columns };
                }
            }
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
