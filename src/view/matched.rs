//! The words that were searched for, in the rows of a list: marked in the title, and in a passage below it where the
//! title does not show them.

use super::canvas::Canvas;
use super::table::gutter;
use super::theme::Role;
use crate::app::layout::Cells;
use crate::app::state::Matched;
use crate::domain::passage::{Marked, Passage};
use crate::domain::safe_text::{SafeText, beginning};

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
    let mut marked = Marked::line(beginning(title), &matched.title);
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

/// A title whose first match is behind what `room` shows: its beginning, `…`, and the match with what follows it, as far
/// as both find room.
fn shortened(marked: &Marked, room: usize) -> Option<Marked> {
    const SEEN: usize = 3;
    let text = marked.text.as_str();
    let first = marked.marks.first()?;
    let before = SafeText::line(text.get(..first.start)?);
    let found = SafeText::line(text.get(first.clone())?).width();
    if before.width() + found.min(SEEN) < room || room < 4 * SEEN {
        return None;
    }
    let rest = SafeText::line(text.get(first.start..)?);
    // The match is whole if anyhow possible: where more follows, the last cell shows that.
    let shown = (found + 1).max(room / 3).min(rest.width());
    let head = before.truncated(room - shown.min(room / 2));
    let tail = Marked {
        text: rest,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(title: &str, found: &str, room: usize) -> Option<String> {
        let start = title.find(found).expect("it is in the title");
        let mark = start..start + found.len();
        let marked = Marked::line(title, std::slice::from_ref(&mark));
        let shorter = shortened(&marked, room)?;
        let mark = shorter.marks.first().cloned().expect("a mark");
        assert_eq!(shorter.text.as_str().get(mark), Some(found));
        Some(shorter.text.truncated(room).as_str().to_owned())
    }

    #[test]
    fn a_match_far_behind_in_a_title_is_shown_whole() {
        let title = "Design is broken. View more button is missing.";
        assert_eq!(shown(title, "Design", 24), None);
        assert_eq!(
            shown(title, "View", 21).as_deref(),
            Some("Design is bro…View m…")
        );
        assert_eq!(
            shown(title, "missing", 24).as_deref(),
            Some("Design is broke…missing.")
        );
        assert_eq!(shown(title, "button", 12).as_deref(), Some("Desig…butto…"));
        assert_eq!(
            shown("ここに長い題名があります検索", "検索", 14).as_deref(),
            Some("ここに長…検索")
        );
        for room in 0..60 {
            let text = shown(title, "button", room).unwrap_or_default();
            assert!(SafeText::line(&text).width() <= room);
        }
    }
}
