//! What lies over the screen: prompts at the foot, pickers and forms in boxes, the keys that may follow.

mod form;
mod import;
mod picker;
mod prompt;
mod which_key;

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::layout::{Cells, Layout};
use crate::app::state::{Overlay, State};
use crate::domain::safe_text::SafeText;

/// Draws the topmost overlay (those below it would only distract). Returns where the text cursor stands.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) -> Option<(u16, u16)> {
    match state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => prompt::draw(canvas, prompt, state, layout),
        Some(Overlay::Picker(picker)) => picker::draw(canvas, picker, state),
        Some(Overlay::Form(form)) => form::draw(canvas, form, state),
        Some(Overlay::Import(import)) => {
            import::draw(canvas, import, state);
            None
        }
        None => {
            which_key::draw(canvas, state, layout);
            None
        }
    }
}

/// An emptied box with a title on its upper edge; returns the cells inside.
fn boxed(canvas: &mut Canvas<'_>, cells: Cells, title: &SafeText) -> Cells {
    canvas.clear(cells);
    canvas.fill(cells, " ", Role::Popup);
    let Cells {
        x,
        y,
        width,
        height,
    } = cells;
    let (right, bottom) = (x + width.saturating_sub(1), y + height.saturating_sub(1));
    if !canvas.plain {
        canvas.rule(Cells { height: 1, ..cells }, Role::RuleFocused);
        canvas.rule(
            Cells {
                y: bottom,
                height: 1,
                ..cells
            },
            Role::RuleFocused,
        );
        canvas.upright(Cells { width: 1, ..cells }, Role::RuleFocused);
        canvas.upright(
            Cells {
                x: right,
                width: 1,
                ..cells
            },
            Role::RuleFocused,
        );
        for (x, y, corner) in [
            (x, y, "╭"),
            (right, y, "╮"),
            (x, bottom, "╰"),
            (right, bottom, "╯"),
        ] {
            canvas.symbol(x, y, corner, Role::RuleFocused);
        }
    }
    let inside = Cells {
        x: x + 2,
        y: y + 1,
        width: width.saturating_sub(4),
        height: height.saturating_sub(2),
    };
    if title.as_str().is_empty() {
        return inside;
    }
    let title = SafeText::concat([
        &SafeText::from_static(" "),
        title,
        &SafeText::from_static(" "),
    ]);
    canvas.text(x + 2, y, width.saturating_sub(4), &title, Role::PopupTitle);
    inside
}

/// A box of at most that size in the middle of the screen.
fn centred(state: &State, width: u16, height: u16) -> Cells {
    let (columns, rows) = state.size;
    let width = width.min(columns.saturating_sub(2));
    let height = height.min(rows.saturating_sub(2));
    Cells {
        x: (columns - width) / 2,
        y: (rows - height) / 2,
        width,
        height,
    }
}

/// Draws one line of text being typed so that its cursor is in sight. Returns the cursor's column.
fn typed(canvas: &mut Canvas<'_>, x: u16, y: u16, width: u16, text: &str, cursor: usize) -> u16 {
    let before = SafeText::line(text.get(..cursor).unwrap_or(text));
    let room = usize::from(width.saturating_sub(1));
    // Cut from the left, by whole graphemes, until what stands before the cursor fits.
    let mut shown = before.as_str();
    let mut wide = before.width();
    while wide > room {
        use unicode_segmentation::UnicodeSegmentation;
        let Some(first) = shown.graphemes(true).next() else {
            break;
        };
        wide -= SafeText::line(first).width().min(wide);
        shown = &shown[first.len()..];
    }
    let shown = SafeText::line(shown);
    let used = canvas.text(x, y, width, &shown, Role::Input);
    let after = SafeText::line(text.get(cursor..).unwrap_or(""));
    canvas.text(x + used, y, width.saturating_sub(used), &after, Role::Input);
    x + used
}
