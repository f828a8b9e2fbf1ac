//! The feedback in hand.

use super::canvas::Canvas;
use super::theme::Role;
use super::{ink, title_role};
use crate::app::document::{Line, hand_document, wrap};
use crate::app::layout::{Cells, PROSE};
use crate::app::state::{Hand, Pane, State};
use crate::domain::safe_text::SafeText;

/// Draws the title, which stays, and the lines below it from where one has scrolled to.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some(hand) = &state.hand else {
        super::empty(canvas, state, Pane::Feedback, cells, cells.y + 1);
        return;
    };
    let width = cells.width.saturating_sub(2).min(PROSE);
    let x = cells.x + 1;
    let title = hand
        .detail
        .as_ref()
        .map(|detail| detail.row.title.as_str())
        .or_else(|| {
            state
                .inbox
                .row()
                .filter(|row| row.id == hand.id)
                .map(|row| row.title.as_str())
        });
    let Some(title) = title else {
        return;
    };
    let heading = heading(title, usize::from(width), cells.height);
    for (place, line) in heading.iter().enumerate() {
        canvas.text(
            x,
            cells.y + place as u16,
            width,
            line,
            title_role(state, Pane::Feedback),
        );
    }
    let lines = hand_document(state, usize::from(width));
    let top = cells.y + heading.len() as u16;
    let room = usize::from((cells.y + cells.height).saturating_sub(top));
    let scroll = hand.scroll.min(lines.len().saturating_sub(room));
    for (place, line) in lines.iter().skip(scroll).take(room).enumerate() {
        draw_line(canvas, x, top + place as u16, width, line, Some(hand));
    }
    if scroll > 0 {
        canvas.position_above(cells, &super::lines_above(scroll, "K"));
    }
    let below = lines.len().saturating_sub(scroll + room);
    if below > 0 {
        canvas.position(cells, &super::more_lines(below, "J"));
    }
}

/// The title as one line, or two where there is room.
fn heading(title: &str, width: usize, height: u16) -> Vec<SafeText> {
    let safe = SafeText::row(title);
    if safe.width() <= width || height < 8 {
        return vec![safe.truncated(width)];
    }
    let ranges = wrap(safe.as_str(), width);
    let first = ranges.first().map_or(0, |range| range.end);
    vec![
        SafeText::line(&safe.as_str()[..first]),
        SafeText::line(safe.as_str()[first..].trim_start()).truncated(width),
    ]
}

/// Draws a line of a document; the selected passage of a hand is drawn as selected.
pub fn draw_line(
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    width: u16,
    line: &Line,
    hand: Option<&Hand>,
) {
    let selection = hand.and_then(|hand| hand.selection);
    let mut at = x;
    for piece in &line.pieces {
        let left = (x + width).saturating_sub(at);
        at += canvas.text(at, y, left, &piece.text, ink::role(piece.ink));
    }
    let (Some(selection), Some(body)) = (selection, &line.body) else {
        return;
    };
    let (from, to) = (
        selection.anchor.min(selection.head),
        selection.anchor.max(selection.head),
    );
    let mut at = x;
    for piece in &line.pieces {
        let wide = piece.text.cells();
        if let Some(original) = &piece.original {
            tint_passage(
                canvas,
                at,
                y,
                piece.text.as_str(),
                original.start,
                selection.active.then_some(from..to),
                selection.head,
            );
        }
        at = at.saturating_add(wide);
    }
    if selection.head == body.end && selection.head >= body.start {
        canvas.tint(
            Cells {
                x: at,
                y,
                width: 1,
                height: 1,
            },
            Role::Cursor,
        );
    }
}

/// Lays the selection over the letters of a piece. Where the safe text is not the original letter by letter (a mark in
/// place of a control character), the whole mark is taken as one.
fn tint_passage(
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    text: &str,
    start: usize,
    selected: Option<std::ops::Range<usize>>,
    head: usize,
) {
    use unicode_segmentation::UnicodeSegmentation;
    let mut at = x;
    for (offset, grapheme) in text.grapheme_indices(true) {
        let byte = start + offset;
        let width = SafeText::line(grapheme).cells();
        let cells = Cells {
            x: at,
            y,
            width,
            height: 1,
        };
        if selected.as_ref().is_some_and(|range| range.contains(&byte)) {
            canvas.tint(cells, Role::Selection);
        }
        if byte == head {
            canvas.tint(cells, Role::Cursor);
        }
        at += width;
    }
}
