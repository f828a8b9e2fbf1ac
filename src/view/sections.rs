//! The names of a full table's sections, beside it.
//!
//! A section is named once, beside its first row on the screen, so that sections cost no rows and scrolling stays exact.

use super::canvas::Canvas;
use super::table::{Column, GUTTER, Table};
use super::theme::Role;
use crate::app::layout::Cells;
use crate::domain::safe_text::SafeText;

/// Cells of the sections' names.
const WIDTH: u16 = 13;

/// The sections of a table being drawn: remembers which one was named last.
#[derive(Default)]
pub struct Sections {
    named: Option<String>,
}

impl Sections {
    /// The cells that are left for the table beside the names; all of them where there is no room for names.
    pub fn beside(cells: Cells) -> Cells {
        if cells.width < 110 {
            return cells;
        }
        Cells {
            x: cells.x + WIDTH + 1,
            width: cells.width - WIDTH - 1,
            ..cells
        }
    }

    /// Names the section of a row at `y`, unless the row before it has the same.
    pub fn name(&mut self, canvas: &mut Canvas<'_>, cells: Cells, y: u16, section: &str) {
        if Self::beside(cells) == cells || self.named.as_deref() == Some(section) {
            return;
        }
        canvas.text(
            cells.x + GUTTER,
            y,
            WIDTH - 1,
            &SafeText::line(section),
            Role::Header,
        );
        self.named = Some(section.to_owned());
    }
}

/// A table beside the names of its sections.
pub fn table<'r, R: 'r>(
    columns: Vec<Column<R>>,
    cells: Cells,
    shown: impl Iterator<Item = &'r R> + Clone,
) -> Table<R> {
    Table::fit(columns, Sections::beside(cells), shown)
}
