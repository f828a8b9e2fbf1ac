//! The inbox pane, and the full table when it is zoomed.

use super::canvas::Canvas;
use super::sections::{self, Sections};
use super::table::{Column, Table, gutter};
use super::theme::Role;
use super::{ink, matched};
use crate::app::command::{Command, Context};
use crate::app::layout::Cells;
use crate::app::sections::of_feedback;
use crate::app::state::{Pane, State};
use crate::app::wider;
use crate::domain::feedback::{FeedbackRow, State as Stands};
use crate::domain::moment::Moment;
use crate::domain::safe_text::SafeText;

/// Draws the inbox.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let inbox = &state.inbox;
    title(canvas, state, cells);
    if inbox.rows.is_empty() {
        super::empty(canvas, state, Pane::Inbox, cells, cells.y + 2);
        return;
    }
    let columns = columns(state);
    let rows = usize::from(cells.height.saturating_sub(2));
    let shown = inbox.rows.iter().skip(inbox.top).take(rows);
    let table = if state.zoomed {
        sections::table(columns, cells, shown)
    } else {
        Table::fit(columns, cells, shown)
    };
    let mut sections = Sections::default();
    table.heads(canvas, cells.y + 1);
    let (x, width) = table.grown();
    let mut y = cells.y + 2;
    let bottom = cells.y + cells.height;
    for (place, row) in inbox.rows.iter().enumerate().skip(inbox.top) {
        if y >= bottom {
            break;
        }
        let cursor = place == inbox.cursor;
        gutter(
            canvas,
            cells,
            y,
            cursor,
            state.focus == Pane::Inbox,
            inbox.marks.contains(&row.id),
        );
        if state.zoomed {
            sections.name(canvas, cells, y, &of_feedback(state, place, row));
        }
        table.row(canvas, y, row, cursor);
        if let Some(found) = inbox.matches.of(row.id) {
            let role = match cursor {
                true => Role::Title,
                false => title_cell(row, state.now).1,
            };
            matched::title(canvas, (x, y, width), &row.title, found, role);
            if inbox.matches.lines(row.id) > 1 && y + 1 < bottom {
                let shown = (cursor, state.focus == Pane::Inbox);
                matched::below(canvas, cells, (x, y + 1), found, shown);
            }
        }
        y += inbox.matches.lines(row.id) as u16;
    }
    canvas.position(cells, &place(state));
}

fn title(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let used = super::title(canvas, state, cells, Pane::Inbox, "Inbox");
    let filter = if state.inbox.filter.is_empty() {
        "everything"
    } else {
        &state.inbox.filter
    };
    let mut x = cells.x + used + 3;
    let mut room = cells.width.saturating_sub(used + 4);
    let filter = SafeText::line(filter);
    if let Some(view) = state.shown_view() {
        let name = canvas.text(x, cells.y, room, &SafeText::line(view), Role::Text);
        x += name + 2;
        room = room.saturating_sub(name + 2);
        // Beside its name the filter stands as a whole, or not at all.
        if filter.cells() > room {
            return;
        }
    }
    canvas.text(x, cells.y, room, &filter, Role::Dim);
}

/// `3 of 37`, with marks before it; the figures appear as they become known, `37+` while there may be more.
fn place(state: &State) -> String {
    let inbox = &state.inbox;
    if inbox.marks.is_empty()
        && let Some(told) = wider::told(state, Context::Inbox, Command::Widen)
    {
        return told;
    }
    let marked = match inbox.marks.len() {
        0 => String::new(),
        many => format!("{many} marked · "),
    };
    let at = inbox.offset.map(|offset| offset + inbox.cursor as u64 + 1);
    let more = if inbox.at_least { "+" } else { "" };
    match (at, inbox.total) {
        (Some(at), Some(total)) => format!("{marked}{at} of {total}{more}"),
        (None, Some(total)) => format!("{marked}{total}{more}"),
        _ => marked.trim_end_matches(" · ").to_owned(),
    }
}

fn columns(state: &State) -> Vec<Column<FeedbackRow>> {
    let now = state.now;
    let line = |text: Option<&str>, role: Role| (SafeText::row(text.unwrap_or("")), role);
    let least = if state.zoomed { 32 } else { 16 };
    let title = Column::new("Title", least, move |row: &FeedbackRow| {
        title_cell(row, now)
    })
    .growing();
    let mut columns = vec![
        title,
        Column::new("Company", 8, move |row: &FeedbackRow| {
            line(row.company.as_deref(), Role::Dim)
        })
        .up_to(14)
        .gives_way(3),
        Column::new("Imp", 3, |row: &FeedbackRow| {
            ink::importance(row.importance)
        })
        .gives_way(1),
    ];
    if state.zoomed {
        let person = |handle: Option<&crate::domain::people::Handle>| {
            (
                SafeText::line(&handle.map_or(String::new(), ToString::to_string)),
                Role::Mention,
            )
        };
        columns.extend([
            Column::new("Tier", 10, move |row: &FeedbackRow| {
                line(row.tier.as_deref(), Role::Dim)
            })
            .gives_way(6),
            Column::new("Area", 12, move |row: &FeedbackRow| {
                line(row.area.as_deref(), Role::Dim)
            })
            .gives_way(5),
            Column::new("Owner", 9, move |row: &FeedbackRow| {
                person(row.owner.as_ref())
            })
            .gives_way(4),
            Column::new("Reporter", 9, move |row: &FeedbackRow| {
                person(row.reporter.as_ref())
            })
            .gives_way(7),
            Column::new("Source", 11, move |row: &FeedbackRow| {
                line(Some(&row.source), Role::Dim)
            })
            .gives_way(8),
            Column::new("Kind", 8, move |row: &FeedbackRow| {
                line(row.kind.map(|k| k.word()), Role::Dim)
            })
            .gives_way(9),
            Column::new("Links", 5, |row: &FeedbackRow| number(row.links))
                .at_right()
                .gives_way(10),
            Column::new("Votes", 5, |row: &FeedbackRow| number(row.votes))
                .at_right()
                .gives_way(12),
            Column::new("State", 11, move |row: &FeedbackRow| state_cell(row, now)).gives_way(11),
        ]);
    }
    columns.push(
        Column::new("Age", 4, move |row: &FeedbackRow| {
            let role = match row.received.is_ahead(now) {
                true => Role::Warning,
                false => Role::Dim,
            };
            (SafeText::line(&row.received.dated(now)), role)
        })
        .at_right(),
    );
    columns
}

fn title_cell(row: &FeedbackRow, now: Moment) -> (SafeText, Role) {
    let role = match row.shown_state(now) {
        Stands::Unprocessed => Role::Text,
        Stands::Waiting | Stands::Processed | Stands::Archived => Role::Dim,
    };
    (SafeText::row(&row.title), role)
}

fn state_cell(row: &FeedbackRow, now: Moment) -> (SafeText, Role) {
    match row.shown_state(now) {
        Stands::Unprocessed if row.hidden_until.is_some_and(|until| until > now) => {
            (SafeText::from_static("snoozed"), Role::Warning)
        }
        Stands::Waiting => (SafeText::from_static("waiting"), Role::Warning),
        other => (SafeText::line(other.name()), Role::Dim),
    }
}

fn number(n: u32) -> (SafeText, Role) {
    let text = if n == 0 {
        SafeText::from_static("·")
    } else {
        SafeText::line(&n.to_string())
    };
    (text, Role::Dim)
}
