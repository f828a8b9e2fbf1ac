//! What is missing before the weekly sync, as a list.

use super::canvas::Canvas;
use super::table::{GUTTER, gutter};
use super::theme::Role;
use crate::app::layout::Cells;
use crate::app::state::{State, Sync};
use crate::domain::safe_text::SafeText;

/// Draws the list.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, found: &Sync, cells: Cells) {
    let cursor = &state.sync.missing;
    let width = cells.width.saturating_sub(GUTTER + 1);
    if found.gate.is_open() {
        canvas.words(
            cells.x + GUTTER,
            cells.y,
            width,
            "Nothing is missing.",
            Role::Dim,
        );
    }
    let rows = found.gate.rows.iter().enumerate();
    for (place, missing) in rows.skip(cursor.top).take(usize::from(cells.height)) {
        let y = cells.y + (place - cursor.top) as u16;
        let here = cursor.on == Some((missing.kind, missing.thing));
        gutter(canvas, cells, y, here, true, false);
        let role = if here { Role::Title } else { Role::Text };
        let words = SafeText::line(&missing.title);
        let used = canvas.text(cells.x + GUTTER, y, width, &words, role);
        let rest = width.saturating_sub(used + 2);
        let why = missing.kind.word();
        canvas.words(cells.x + GUTTER + used + 2, y, rest, why, Role::Dim);
    }
}
