//! The ideas ranked for the feedback in hand, and the table of all ideas when the pane is zoomed.

mod ranked;

use super::canvas::Canvas;
use super::sections::{self, Sections};
use super::table::{Column, gutter};
use super::theme::Role;
use super::{ink, matched};
use crate::app::layout::{Cells, Layout};
use crate::app::sections::of_idea;
use crate::app::state::{Pane, State};
use crate::domain::idea::{IdeaRow, Stage};
use crate::domain::listing::IdeaSort;
use crate::domain::safe_text::SafeText;

pub use ranked::on_rule;

/// Draws the pane.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    if state.zoomed {
        all(canvas, state, layout.ideas);
    } else {
        ranked::draw(canvas, state, layout);
    }
}

/// The table of all ideas.
fn all(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let ideas = &state.ideas;
    let used = super::title(canvas, state, cells, Pane::Ideas, "Ideas");
    let order = match ideas.order {
        IdeaSort::Demand => "by demand",
        IdeaSort::Status => "by status",
        IdeaSort::When => "by release",
        IdeaSort::Title => "by title",
        IdeaSort::Changed => "last changed first",
    };
    let words = match ideas.filter.trim() {
        "" => order.to_owned(),
        words if !ideas.query.texts().is_empty() => format!("{words}  best first"),
        words => format!("{words}  {order}"),
    };
    canvas.text(
        cells.x + used + 3,
        cells.y,
        cells.width,
        &SafeText::line(&words),
        Role::Dim,
    );
    if ideas.shown.is_empty() {
        super::empty(canvas, state, Pane::Ideas, cells, cells.y + 2);
        return;
    }
    let rows = usize::from(cells.height.saturating_sub(2));
    let shown = ideas.shown.iter().skip(ideas.top).take(rows);
    let shown = shown.filter_map(|index| ideas.rows.get(*index));
    let table = sections::table(columns(state), cells, shown);
    table.heads(canvas, cells.y + 1);
    let (x, width) = table.grown();
    let mut y = cells.y + 2;
    let bottom = cells.y + cells.height;
    let mut sections = Sections::default();
    for (place, index) in ideas.shown.iter().enumerate().skip(ideas.top) {
        let Some(row) = ideas.rows.get(*index).filter(|_| y < bottom) else {
            break;
        };
        let cursor = place == ideas.cursor;
        gutter(
            canvas,
            cells,
            y,
            cursor,
            true,
            ideas.marks.contains(&row.id),
        );
        sections.name(canvas, cells, y, &of_idea(state, row));
        table.row(canvas, y, row, cursor);
        if let Some(found) = ideas.matches.of(row.id) {
            let role = if cursor { Role::Title } else { Role::Text };
            matched::title(canvas, (x, y, width), &row.title, found, role);
            if ideas.matches.lines(row.id) > 1 && y + 1 < bottom {
                matched::below(canvas, cells, (x, y + 1), found, (cursor, true));
            }
        }
        y += ideas.matches.lines(row.id) as u16;
    }
    canvas.position(
        cells,
        &format!("{} of {}", ideas.cursor + 1, ideas.shown.len()),
    );
}

fn columns(state: &State) -> Vec<Column<IdeaRow>> {
    let now = state.now;
    let dim = |text: Option<&str>| (SafeText::row(text.unwrap_or("")), Role::Dim);
    vec![
        Column::new("Title", 32, |row: &IdeaRow| {
            (SafeText::row(&row.title), Role::Text)
        })
        .growing(),
        Column::new("Demand", 6, |row: &IdeaRow| {
            (SafeText::line(&row.demand.to_string()), Role::Text)
        })
        .at_right(),
        Column::new("Items", 5, |row: &IdeaRow| {
            (SafeText::line(&row.insights.to_string()), Role::Dim)
        })
        .at_right()
        .gives_way(5),
        Column::new("Votes", 5, |row: &IdeaRow| {
            (SafeText::line(&row.votes.to_string()), Role::Dim)
        })
        .at_right()
        .gives_way(9),
        Column::new("Effort", 6, move |row: &IdeaRow| {
            dim(row.effort.map(|e| e.word()))
        })
        .gives_way(2),
        Column::new("When", 9, |row: &IdeaRow| {
            let role = if row.release.is_some() {
                Role::Good
            } else {
                Role::Dim
            };
            (SafeText::line(row.when().unwrap_or("—")), role)
        })
        .gives_way(1),
        Column::new("Status", 19, |row: &IdeaRow| {
            (
                SafeText::from_static(row.status.word()),
                ink::status(row.status),
            )
        }),
        Column::new("Owner", 9, |row: &IdeaRow| {
            (
                SafeText::line(
                    &row.owner
                        .as_ref()
                        .map_or(String::new(), ToString::to_string),
                ),
                Role::Mention,
            )
        })
        .gives_way(3),
        Column::new("Area", 12, move |row: &IdeaRow| dim(row.area.as_deref()))
            .gives_way(4)
            .up_to(20),
        Column::new("Kind", 11, move |row: &IdeaRow| {
            dim(row.kind.map(|k| k.word()))
        })
        .gives_way(8),
        Column::new("Stage", 12, move |row: &IdeaRow| {
            dim(row.stage.map(|stage| match stage {
                Stage::GeneralAvailability => "GA",
                stage => stage.word(),
            }))
        })
        .gives_way(7),
        Column::new("Edition", 14, move |row: &IdeaRow| {
            dim(row.edition.as_deref())
        })
        .gives_way(10),
        Column::new("Changed", 7, move |row: &IdeaRow| {
            (SafeText::line(&row.changed.age(now)), Role::Dim)
        })
        .at_right()
        .gives_way(6),
    ]
}
