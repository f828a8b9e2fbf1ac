//! The keys that may follow the ones typed so far (`g …`), in a box above the footer.

use super::boxed;
use crate::app::key::Key;
use crate::app::keymap::Lookup;
use crate::app::layout::{Cells, Layout};
use crate::app::state::State;
use crate::app::target;
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::theme::Role;

/// Cells for one key and its command.
const COLUMN: u16 = 26;

/// Draws the box while a sequence is being typed.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    if state.pending.is_empty() {
        return;
    }
    let Lookup::Pending(following) = state.keymap.lookup(target::context(state), &state.pending)
    else {
        return;
    };
    let (width, columns) = (
        state.size.0,
        ((state.size.0.saturating_sub(4)) / COLUMN).max(1),
    );
    let rows = (following.len() as u16).div_ceil(columns);
    let height = (rows + 2).min(layout.footer.y);
    let title = SafeText::line(&format!("{} …", Key::write(&state.pending)));
    let inside = boxed(
        canvas,
        Cells {
            x: 0,
            y: layout.footer.y - height,
            width,
            height,
        },
        &title,
    );
    for (place, (keys, command)) in following.iter().enumerate() {
        let place = place as u16;
        let (column, row) = (place / rows, place % rows);
        let (x, y) = (inside.x + column * COLUMN, inside.y + row);
        if y >= inside.y + inside.height {
            continue;
        }
        let used = canvas.text(x, y, 8, &SafeText::line(&Key::write(keys)), Role::Key);
        let possible = command.availability(state).is_ok();
        let role = if possible {
            Role::Popup
        } else {
            Role::Disabled
        };
        let room = COLUMN.saturating_sub(used.max(3) + 3);
        canvas.text(
            x + used.max(3) + 1,
            y,
            room,
            &SafeText::from_static(command.row().title),
            role,
        );
    }
}
