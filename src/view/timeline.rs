//! What was done, newest first; Enter shows what an action changed.

use super::canvas::Canvas;
use super::table::{GUTTER, gutter};
use super::theme::Role;
use crate::app::date::day;
use crate::app::layout::Cells;
use crate::app::state::State;
use crate::domain::moment::DAY;
use crate::domain::safe_text::SafeText;
use crate::domain::timeline::{ChangeLine, TimelineEntry};

/// Draws the timeline.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let view = &state.timeline;
    let used = canvas.words(cells.x + 1, cells.y, 12, "Timeline", Role::Accent);
    let of = if view.title.is_empty() {
        "of the workspace"
    } else {
        &view.title
    };
    canvas.text(
        cells.x + used + 3,
        cells.y,
        cells.width.saturating_sub(used + 4),
        &SafeText::line(of),
        Role::Dim,
    );
    if view.entries.is_empty() {
        if view.loaded {
            canvas.words(
                cells.x + GUTTER,
                cells.y + 2,
                cells.width,
                "Nothing was done here yet.",
                Role::Faint,
            );
        }
        return;
    }
    let opened = view.changes.as_ref();
    let mut y = cells.y + 1;
    let bottom = cells.y + cells.height;
    for (place, entry) in view.entries.iter().enumerate().skip(view.top) {
        if y >= bottom {
            break;
        }
        let here = place == view.cursor;
        gutter(canvas, cells, y, here, true, false);
        entry_row(canvas, state, entry, cells, y, here);
        y += 1;
        if let Some((_, changes)) = opened.filter(|(action, _)| *action == entry.action) {
            for change in changes {
                if y >= bottom {
                    break;
                }
                change_row(canvas, change, cells, y);
                y += 1;
            }
        }
    }
    let more = if view.more { "+" } else { "" };
    canvas.position(
        cells,
        &format!("{} of {}{more}", view.cursor + 1, view.entries.len()),
    );
}

fn entry_row(
    canvas: &mut Canvas<'_>,
    state: &State,
    entry: &TimelineEntry,
    cells: Cells,
    y: u16,
    here: bool,
) {
    let x = cells.x + GUTTER;
    let today = state.now.0.saturating_sub(entry.at.0) < DAY;
    let age = if today {
        entry.at.age(state.now)
    } else {
        day(entry.at, state.now, state.settings.clocks)
    };
    canvas.right(x + 11, y, 11, &SafeText::line(&age), Role::Dim);
    canvas.text(x + 13, y, 12, &SafeText::line(&entry.author), Role::Mention);
    let undone = entry.undone_by.is_some();
    let role = match (undone, here) {
        (true, _) => Role::Faint,
        (false, true) => Role::Title,
        (false, false) => Role::Text,
    };
    let right = cells.x + cells.width.saturating_sub(1);
    let room = right.saturating_sub(x + 26);
    let note = if undone {
        "undone · u does it again"
    } else {
        ""
    };
    let words = SafeText::line(&entry.words);
    let used = canvas.text(x + 26, y, room, &words, role);
    if !note.is_empty() && used + 2 < room {
        canvas.words(x + 26 + used + 2, y, room - used - 2, note, Role::Faint);
    }
}

fn change_row(canvas: &mut Canvas<'_>, change: &ChangeLine, cells: Cells, y: u16) {
    let mut x = cells.x + GUTTER + 13;
    let right = cells.x + cells.width.saturating_sub(1);
    let mut put = |canvas: &mut Canvas<'_>, text: &str, role: Role, most: u16| {
        let room = right.saturating_sub(x).min(most);
        x += canvas.text(x, y, room, &SafeText::line(text), role) + 1;
    };
    put(canvas, &change.thing, Role::Dim, 32);
    put(canvas, &change.field, Role::Header, 20);
    if let Some(from) = &change.from {
        put(canvas, from, Role::Faint, 28);
        put(canvas, "→", Role::Faint, 1);
    }
    put(
        canvas,
        change.to.as_deref().unwrap_or("nothing"),
        Role::Text,
        u16::MAX,
    );
}
