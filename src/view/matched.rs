//! The words that were searched for, in the rows of a list: marked in the title, and in a passage below it where the
//! title does not show them.

use super::canvas::Canvas;
use super::table::gutter;
use super::theme::Role;
use crate::app::layout::Cells;
use crate::app::state::Matched;
use crate::domain::passage::{Marked, Passage};
use crate::domain::safe_text::SafeText;

/// Marks the matches in a title that was drawn at `x`.
pub fn title(
    canvas: &mut Canvas<'_>,
    (x, y, width): (u16, u16, u16),
    title: &str,
    matched: &Matched,
    role: Role,
) {
    if matched.title.is_empty() {
        return;
    }
    let mut marked = Marked::line(title, &matched.title);
    if let Some(shorter) = shortened(&marked, usize::from(width)) {
        // Where it was drawn before it may have been longer.
        canvas.text(
            x,
            y,
            width,
            &SafeText::line(&" ".repeat(usize::from(width))),
            role,
        );
        marked = shorter;
    }
    canvas.marked(x, y, width, &marked, role);
}

/// A title whose first match is behind what `room` shows: its beginning, `…`, and the match.
fn shortened(marked: &Marked, room: usize) -> Option<Marked> {
    const SEEN: usize = 3;
    let text = marked.text.as_str();
    let first = marked.marks.first()?;
    let before = SafeText::line(text.get(..first.start)?);
    let found = SafeText::line(text.get(first.clone())?).width();
    if before.width() + found.min(SEEN) < room || room < 4 * SEEN {
        return None;
    }
    let head = before.truncated(room - found.min(room / 2));
    let tail = Marked {
        text: SafeText::line(text.get(first.start..)?),
        marks: marked
            .marks
            .iter()
            .map(|mark| mark.start - first.start..mark.end - first.start)
            .collect(),
    };
    Some(Marked::plain(head).and(&tail))
}

/// Draws the line below a row: its passage, once it has come, from the column of the title to the edge of the list.
pub fn below(
    canvas: &mut Canvas<'_>,
    cells: Cells,
    (x, y): (u16, u16),
    matched: &Matched,
    (cursor, focused): (bool, bool),
) {
    gutter(canvas, cells, y, cursor, focused, false);
    if let Some(found) = &matched.passage {
        let width = (cells.x + cells.width).saturating_sub(x + 1);
        passage(canvas, x, y, width, found);
    }
}

/// Draws a passage, behind a word on where it is from when that is a comment.
pub fn passage(canvas: &mut Canvas<'_>, x: u16, y: u16, width: u16, passage: &Passage) {
    let mut used = 0;
    if let Some(place) = passage.said_in() {
        used = canvas.text(x, y, width / 2, &place, Role::Mention);
        used += canvas.words(x + used, y, width.saturating_sub(used), ": ", Role::Faint);
    }
    let room = width.saturating_sub(used);
    canvas.marked(x + used, y, room, &passage.line(), Role::Dim);
}
