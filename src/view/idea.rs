//! One idea with its evidence, on the whole screen.

use super::canvas::Canvas;
use super::feedback::draw_line;
use super::theme::Role;
use crate::app::document::idea_document;
use crate::app::layout::{Cells, idea_room};
use crate::app::state::State;
use crate::domain::safe_text::SafeText;

/// Draws the idea from the line on that it is scrolled to, and says what is hidden above and below.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some(view) = &state.idea else {
        return;
    };
    let Some(detail) = &view.detail else {
        return;
    };
    let x = cells.x + 2;
    let (wide, room) = idea_room(cells);
    let width = wide as u16;
    let title = SafeText::row(&detail.row.title);
    let used = canvas.text(x, cells.y, width.saturating_sub(10), &title, Role::Accent);
    canvas.text(
        x + used + 2,
        cells.y,
        10,
        &SafeText::line(&detail.short.to_string()),
        Role::Dim,
    );
    let document = idea_document(
        detail,
        &state.settings.checklist,
        &state.search,
        state.now,
        wide,
    );
    let chosen = document.evidence.get(view.cursor);
    let most = document.lines.len().saturating_sub(room);
    let scroll = view.scroll.min(most);
    for (place, line) in document.lines.iter().enumerate().skip(scroll).take(room) {
        let y = cells.y + 1 + (place - scroll) as u16;
        draw_line(canvas, x, y, width, line, None);
        if chosen.is_some_and(|e| e.line == place) {
            canvas.tint(
                Cells {
                    x: cells.x,
                    y,
                    width: width + 2,
                    height: 1,
                },
                Role::Selection,
            );
            canvas.symbol(
                cells.x,
                y,
                if canvas.plain { ">" } else { "▌" },
                Role::Accent,
            );
        }
    }
    if scroll > 0 {
        canvas.position_above(cells, &super::lines_above(scroll, "K"));
    }
    let below = document.lines.len().saturating_sub(scroll + room);
    if below > 0 {
        canvas.position(cells, &super::more_lines(below, "J"));
    }
}
