//! The requests of an area which nobody owns, to be given to somebody one by one or all at once.

use crate::app::layout::Cells;
use crate::app::present::likely_owner;
use crate::app::state::State;
use crate::domain::meeting::AreaGroup;
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::ink;
use crate::view::table::{GUTTER, gutter};
use crate::view::theme::Role;

const OWNER: u16 = 12;
const AGE: u16 = 4;
const IMPORTANCE: u16 = 4;
const COMPANY: u16 = 14;

/// Draws the requests around the chosen one.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, group: &AreaGroup, cells: Cells) {
    let room = usize::from(cells.height);
    let place = state.present.request.place;
    let top = place.saturating_sub(room.saturating_sub(1));
    let right = cells.x + cells.width;
    let wide = cells.width >= 64;
    let shown = group.requests.iter().enumerate().skip(top).take(room);
    for ((at, (row, likely)), y) in shown.zip(cells.y..) {
        let here = at == place;
        let line = Cells {
            y,
            height: 1,
            ..cells
        };
        gutter(canvas, line, y, here, true, false);
        let mut end = right - OWNER;
        match likely_owner(group, likely.as_ref()) {
            Some(owner) => {
                let words = SafeText::line(&format!("{owner}?"));
                canvas.text(end + 1, y, OWNER - 1, &words, Role::Mention);
            }
            None => {
                canvas.words(end + 1, y, OWNER - 1, "nobody yet", Role::Faint);
            }
        }
        end -= AGE;
        let age = SafeText::line(&row.received.dated(state.now));
        canvas.right(end + AGE, y, AGE, &age, Role::Dim);
        if wide {
            end -= IMPORTANCE;
            let (marks, role) = ink::importance(row.importance);
            canvas.text(end, y, IMPORTANCE - 1, &marks, role);
            end -= COMPANY + 1;
            let company = row.company.as_deref().unwrap_or_default();
            canvas.text(end, y, COMPANY, &SafeText::line(company), Role::Dim);
        }
        let x = cells.x + GUTTER;
        let role = if here { Role::Title } else { Role::Text };
        let width = end.saturating_sub(x + 1);
        canvas.text(x, y, width, &SafeText::row(&row.title), role);
    }
    let below = group.requests.len().saturating_sub(top + room);
    let hidden = group.unlisted() + below as u64;
    if hidden > 0 || group.uncounted {
        let sign = if group.uncounted { "+" } else { "" };
        let words = SafeText::line(&format!("{hidden}{sign} more"));
        canvas.right(right, cells.y + cells.height, 12, &words, Role::Dim);
    }
}
