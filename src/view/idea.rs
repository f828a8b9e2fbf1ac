//! One idea with its evidence, on the whole screen.

use super::canvas::Canvas;
use super::feedback::draw_line;
use super::theme::Role;
use crate::app::document::idea_document;
use crate::app::layout::{Cells, PROSE};
use crate::app::state::State;
use crate::domain::safe_text::SafeText;

/// Draws the idea. The row of evidence under the cursor is kept in sight.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some(view) = &state.idea else {
        return;
    };
    let Some(detail) = &view.detail else {
        return;
    };
    let x = cells.x + 2;
    let width = cells.width.saturating_sub(4).min(PROSE + 12);
    let title = SafeText::line(&detail.row.title);
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
        usize::from(width),
    );
    let room = usize::from(cells.height.saturating_sub(1));
    let chosen = document.evidence.get(view.cursor);
    let most = document.lines.len().saturating_sub(room);
    let scroll = chosen.map_or(view.scroll, |e| {
        view.scroll.clamp(
            (e.line + e.lines).saturating_sub(room),
            e.line.max(view.scroll.min(e.line)),
        )
    });
    let scroll = scroll.min(most);
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
    let below = document.lines.len().saturating_sub(scroll + room);
    if below > 0 {
        canvas.position(cells, &super::more_lines(below, "J"));
    }
}
