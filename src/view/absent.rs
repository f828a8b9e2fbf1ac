//! The screens which this version does not have yet: each says so, and what serves instead.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::document::wrap;
use crate::app::empty::absent_words;
use crate::app::layout::{Cells, PROSE};
use crate::app::state::State;
use crate::domain::safe_text::SafeText;

/// Draws what there is to say.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some((title, meanwhile)) = absent_words(state) else {
        return;
    };
    let x = cells.x + 4;
    let width = cells.width.saturating_sub(6).min(PROSE);
    canvas.words(x, cells.y + 1, width, title, Role::Accent);
    let mut y = cells.y + 3;
    for range in wrap(meanwhile, usize::from(width)) {
        canvas.text(x, y, width, &SafeText::line(&meanwhile[range]), Role::Text);
        y += 1;
    }
    canvas.words(x, y + 1, width, "Esc goes back.", Role::Dim);
}
