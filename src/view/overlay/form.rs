//! A form: every field of an idea, one below the other.

use super::{boxed, centred, typed};
use crate::app::document::wrap;
use crate::app::layout::Cells;
use crate::app::state::{Form, FormField, State};
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::theme::Role;

/// Cells for the labels.
const LABELS: u16 = 18;
/// Most lines of a field's text that are shown while it is not being edited.
const LINES_AT_REST: usize = 2;
/// Most lines of the field being edited.
const LINES_IN_HAND: usize = 6;

/// Draws the form; returns where the text cursor stands.
pub fn draw(canvas: &mut Canvas<'_>, form: &Form, state: &State) -> Option<(u16, u16)> {
    let cells = centred(state, 100, state.size.1.saturating_sub(2).min(36));
    let inside = boxed(canvas, cells, &SafeText::line(&form.title));
    let list = Cells {
        height: inside.height.saturating_sub(2),
        ..inside
    };
    let width = usize::from(list.width.saturating_sub(LABELS + 1));
    let heights: Vec<u16> = form
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| height(field, width, place == form.cursor))
        .collect();
    // From the first field that lets the one in hand be seen whole.
    let mut first = form.top.min(form.cursor);
    while first < form.cursor && heights[first..=form.cursor].iter().sum::<u16>() > list.height {
        first += 1;
    }
    let mut y = list.y;
    let mut cursor = None;
    for (place, field) in form.fields.iter().enumerate().skip(first) {
        let tall = heights.get(place).copied().unwrap_or(1);
        if y + tall > list.y + list.height {
            break;
        }
        let here = place == form.cursor;
        if let Some(at) = draw_field(
            canvas,
            field,
            Cells {
                y,
                height: tall,
                ..list
            },
            width,
            here,
        ) {
            cursor = Some(at);
        }
        y += tall;
    }
    let foot = inside.y + inside.height.saturating_sub(1);
    let hint = form
        .fields
        .get(form.cursor)
        .and_then(|field| field.error.clone())
        .map_or_else(
            || {
                (
                    SafeText::from_static(
                        "Tab next field · Ctrl-s store what changed · Esc keep as a draft",
                    ),
                    Role::Dim,
                )
            },
            |error| (SafeText::line(&error), Role::Error),
        );
    canvas.text(inside.x, foot, inside.width, &hint.0, hint.1);
    cursor
}

fn height(field: &FormField, width: usize, here: bool) -> u16 {
    let lines = wrap(&field.input.text, width.max(2)).len();
    let most = if here { LINES_IN_HAND } else { LINES_AT_REST };
    if field.input.multiline {
        lines.clamp(1, most) as u16
    } else {
        1
    }
}

fn draw_field(
    canvas: &mut Canvas<'_>,
    field: &FormField,
    cells: Cells,
    width: usize,
    here: bool,
) -> Option<(u16, u16)> {
    let label_role = match (field.error.is_some(), here) {
        (true, _) => Role::Error,
        (false, true) => Role::Accent,
        (false, false) => Role::Dim,
    };
    let changed = field.input.text != field.original;
    canvas.text(
        cells.x,
        cells.y,
        LABELS - 2,
        &SafeText::from_static(field.label),
        label_role,
    );
    if changed {
        canvas.symbol(cells.x + LABELS - 2, cells.y, "*", Role::Warning);
    }
    let x = cells.x + LABELS;
    let room = cells.width.saturating_sub(LABELS);
    if !field.input.multiline {
        if here {
            let column = typed(
                canvas,
                x,
                cells.y,
                room,
                &field.input.text,
                field.input.cursor,
            );
            if field.input.text.is_empty() && !field.choices.is_empty() {
                let choices = SafeText::line(&field.choices.join(" · "));
                canvas.text(
                    x + 2,
                    cells.y,
                    room.saturating_sub(2),
                    &choices,
                    Role::Faint,
                );
            }
            return Some((column, cells.y));
        }
        let (text, role) = if field.input.text.is_empty() {
            (SafeText::from_static("—"), Role::Faint)
        } else {
            (SafeText::line(&field.input.text), Role::Popup)
        };
        canvas.text(x, cells.y, room, &text, role);
        return None;
    }
    let text = &field.input.text;
    if text.is_empty() && !here {
        canvas.words(x, cells.y, room, "—", Role::Faint);
        return None;
    }
    let ranges = wrap(text, width.max(2));
    let row = ranges
        .iter()
        .rposition(|range| range.start <= field.input.cursor)
        .unwrap_or(0);
    let shown = usize::from(cells.height);
    let first = if here {
        (row + 1).saturating_sub(shown)
    } else {
        0
    };
    let mut cursor = None;
    for (place, range) in ranges.iter().enumerate().skip(first).take(shown) {
        let y = cells.y + (place - first) as u16;
        let line = if here && place == row && place + 1 == ranges.len() {
            &text[range.start..]
        } else {
            &text[range.clone()]
        };
        if here && place == row {
            let column = (field.input.cursor - range.start).min(line.len());
            cursor = Some((typed(canvas, x, y, room, line, column), y));
        } else {
            canvas.text(x, y, room, &SafeText::line(line), Role::Popup);
        }
    }
    if !here && ranges.len() > shown {
        let y = cells.y + cells.height - 1;
        canvas.right(
            cells.x + cells.width,
            y,
            2,
            &SafeText::from_static(" …"),
            Role::Faint,
        );
    }
    cursor
}
