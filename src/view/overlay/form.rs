//! A form: every field of an idea, one below the other.

use super::prompt::said_lines;
use super::{boxed, centred, typed};
use crate::app::document::wrap;
use crate::app::form::CHECKLIST;
use crate::app::layout::Cells;
use crate::app::state::{Form, FormField, State};
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::notice;
use crate::view::theme::Role;

/// Fewest cells that the labels are cut to, with what stands behind them.
const LEAST_LABELS: u16 = 18;
/// Behind a label: a blank, the sign of a change, a blank.
const BEHIND_LABEL: u16 = 3;
/// Most lines of a field's text that are shown while it is not being edited, unless there are spare ones.
const LINES_AT_REST: u16 = 2;
/// So many lines of the field being edited have room on any screen.
const LINES_IN_HAND: u16 = 6;

/// Draws the form; returns where the text cursor stands.
pub fn draw(canvas: &mut Canvas<'_>, form: &Form, state: &State) -> Option<(u16, u16)> {
    let cells = above_notice(state, centred(state, 100, 36));
    let inside = boxed(canvas, cells, &SafeText::line(&form.title));
    let field = form.fields.get(form.cursor);
    let (said, role) = match field.and_then(|field| field.error.as_ref()) {
        Some(error) => (SafeText::line(error), Role::Error),
        None => (SafeText::from_static(hint_of(field)), Role::Dim),
    };
    let said = said_lines(&said, inside.width + 2);
    let list = Cells {
        height: inside.height.saturating_sub(1 + said.len() as u16),
        ..inside
    };
    let labels = label_cells(form, list.width);
    let width = usize::from(list.width.saturating_sub(labels + 1));
    let whole: Vec<u16> = form
        .fields
        .iter()
        .map(|field| lines(field, width))
        .collect();
    let heights = heights(&whole, form.cursor, list.height);
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
            (labels, width),
            here,
        ) {
            cursor = Some(at);
        }
        y += tall;
    }
    let foot = inside.y + inside.height.saturating_sub(said.len() as u16);
    for (y, line) in (foot..).zip(&said) {
        canvas.text(inside.x, y, inside.width, line, role);
    }
    cursor
}

/// The box where it leaves the notice and the footer free: what cannot be kept of a form is said there.
fn above_notice(state: &State, cells: Cells) -> Cells {
    let end = state.size.1.saturating_sub(1 + notice::height(state));
    let height = cells.height.min(end.saturating_sub(1));
    Cells {
        y: cells.y.min(end.saturating_sub(height)),
        height,
        ..cells
    }
}

/// What the keys do in a field.
fn hint_of(field: Option<&FormField>) -> &'static str {
    match field.map(|field| field.name) {
        Some(CHECKLIST) => "Space ticks it · Tab next field · Ctrl-s store · Esc keep as a draft",
        _ => "Tab next field · Ctrl-s store what changed · Esc keep as a draft",
    }
}

/// Cells for the labels with what stands behind them: the longest one's, while the text has the larger part.
fn label_cells(form: &Form, width: u16) -> u16 {
    let labels = form.fields.iter();
    let cells = labels.map(|field| SafeText::from_static(field.label).cells());
    let longest = cells.max().unwrap_or(0) + BEHIND_LABEL;
    longest.min((width / 5 * 2).max(LEAST_LABELS))
}

/// How many lines a field has.
fn lines(field: &FormField, width: usize) -> u16 {
    match field.input.multiline {
        true => {
            u16::try_from(wrap(&field.input.text, width.max(2)).len().max(1)).unwrap_or(u16::MAX)
        }
        false => 1,
    }
}

/// How many lines of each field are shown, of so many that it has: some of each, more of the one in hand, and where all that
/// leaves lines empty, they go to that one first and then to the others in their order.
fn heights(whole: &[u16], hand: usize, room: u16) -> Vec<u16> {
    let most = |place| match place == hand {
        true => LINES_IN_HAND.max(room / 2),
        false => LINES_AT_REST,
    };
    let fields = whole.iter().enumerate();
    let mut heights: Vec<u16> = fields
        .map(|(place, lines)| (*lines).min(most(place)))
        .collect();
    let taken: u16 = heights.iter().sum();
    let mut spare = room.saturating_sub(taken);
    for place in std::iter::once(hand).chain(0..whole.len()) {
        if let (Some(height), Some(lines)) = (heights.get_mut(place), whole.get(place)) {
            let more = (lines - *height).min(spare);
            *height += more;
            spare -= more;
        }
    }
    heights
}

/// Draws a field; returns where the text cursor stands when the field is the one in hand, `here`.
fn draw_field(
    canvas: &mut Canvas<'_>,
    field: &FormField,
    cells: Cells,
    (labels, width): (u16, usize),
    here: bool,
) -> Option<(u16, u16)> {
    draw_label(canvas, field, cells, labels, here);
    let value = Cells {
        x: cells.x + labels,
        width: cells.width.saturating_sub(labels),
        ..cells
    };
    let empty = field.input.text.is_empty();
    match (field.input.multiline, here) {
        (false, true) => Some(draw_line_in_hand(canvas, field, value)),
        (true, _) if here || !empty => draw_lines(canvas, field, value, width, here),
        _ if empty => {
            canvas.words(value.x, value.y, value.width, "—", Role::Faint);
            None
        }
        _ => {
            let text = SafeText::line(&field.input.text);
            canvas.text(value.x, value.y, value.width, &text, Role::Popup);
            None
        }
    }
}

/// The name of a field, and whether it was changed.
fn draw_label(canvas: &mut Canvas<'_>, field: &FormField, cells: Cells, labels: u16, here: bool) {
    let role = match (field.error.is_some(), here) {
        (true, _) => Role::Error,
        (false, true) => Role::Accent,
        (false, false) => Role::Dim,
    };
    let Cells { x, y, .. } = cells;
    let room = labels.saturating_sub(BEHIND_LABEL);
    canvas.text(x, y, room, &SafeText::from_static(field.label), role);
    if field.input.text != field.original {
        canvas.symbol(x + labels.saturating_sub(2), y, "*", Role::Warning);
    }
}

/// A field of one line that is being edited: while it is empty, with what can be chosen.
fn draw_line_in_hand(canvas: &mut Canvas<'_>, field: &FormField, cells: Cells) -> (u16, u16) {
    let Cells { x, y, width, .. } = cells;
    let input = &field.input;
    let column = typed(canvas, x, y, width, &input.text, input.cursor);
    if input.text.is_empty() && !field.choices.is_empty() {
        let choices = SafeText::line(&field.choices.join(" · "));
        canvas.text(x + 2, y, width.saturating_sub(2), &choices, Role::Faint);
    }
    (column, y)
}

/// A field of several lines, wrapped to a width: while it is edited those around the cursor, else the first ones.
fn draw_lines(
    canvas: &mut Canvas<'_>,
    field: &FormField,
    cells: Cells,
    width: usize,
    here: bool,
) -> Option<(u16, u16)> {
    let Cells { x, width: room, .. } = cells;
    let text = &field.input.text;
    let ranges = wrap(text, width.max(2));
    let row = ranges
        .iter()
        .rposition(|range| range.start <= field.input.cursor)
        .unwrap_or(0);
    let shown = usize::from(cells.height);
    let first = match here {
        true => (row + 1).saturating_sub(shown),
        false => 0,
    };
    let mut cursor = None;
    let lines = ranges.iter().enumerate().skip(first).take(shown);
    for (y, (place, range)) in (cells.y..).zip(lines) {
        if here && place == row {
            // Blanks at the end of the text belong to its last line while one types.
            let line = match place + 1 == ranges.len() {
                true => &text[range.start..],
                false => &text[range.clone()],
            };
            let column = (field.input.cursor - range.start).min(line.len());
            cursor = Some((typed(canvas, x, y, room, line, column), y));
        } else {
            let line = SafeText::line(&text[range.clone()]);
            canvas.text(x, y, room, &line, Role::Popup);
        }
    }
    if !here && ranges.len() > shown {
        let more = SafeText::from_static(" …");
        canvas.right(x + room, cells.y + cells.height - 1, 2, &more, Role::Faint);
    }
    cursor
}

#[cfg(test)]
mod tests {
    use super::heights;

    #[test]
    fn spare_lines_go_to_fields_that_are_cut_and_first_to_the_one_in_hand() {
        // Of 3, 1 and 12 lines.
        let whole = [3, 1, 12];
        assert_eq!(heights(&whole, 2, 30), [3, 1, 12]);
        assert_eq!(heights(&whole, 2, 14), [2, 1, 11]);
        assert_eq!(heights(&whole, 0, 12), [3, 1, 8]);
        assert_eq!(heights(&whole, 0, 5), [3, 1, 2]);
        // Where even that has no room the form scrolls; half of it is for the one in hand.
        assert_eq!(heights(&whole, 2, 4), [2, 1, 6]);
        assert_eq!(heights(&[1, 20], 1, 18), [1, 17]);
    }
}
