//! The weekly sync while it is held: the item at hand, large.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::layout::{Cells, PROSE};
use crate::app::state::State;
use crate::app::target;
use crate::domain::safe_text::SafeText;

/// Draws the item.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let (Some(found), Some(row)) = (&state.sync.found, target::agenda_row(state)) else {
        return;
    };
    let (x, width) = (cells.x + 4, cells.width.saturating_sub(6).min(PROSE));
    let title = SafeText::line(row.title());
    canvas.text(x, cells.y + 1, width, &title, Role::Accent);
    if let Some(minutes) = found.agenda.minutes_of(row.item()) {
        let words = SafeText::line(&format!("{minutes} min"));
        canvas.text(x, cells.y + 2, width, &words, Role::Dim);
    }
}
