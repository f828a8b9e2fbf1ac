//! The ideas ranked for the feedback in hand, and the table of all ideas when the pane is zoomed.

use super::canvas::Canvas;
use super::sections::{self, Sections};
use super::table::{Column, gutter};
use super::theme::Role;
use super::{ink, matched};
use crate::app::layout::{Cells, Layout};
use crate::app::sections::of_idea;
use crate::app::state::{Hand, IdeaOrder, Pane, State};
use crate::app::target::ranked_for_another;
use crate::domain::hints::Reason;
use crate::domain::idea::{IdeaRow, Stage, Suggestion};
use crate::domain::safe_text::SafeText;

/// How many of the words that an idea shares with the feedback are named: the first few say enough.
const MOST_WORDS: usize = 4;

/// Draws the pane.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    if state.zoomed {
        all(canvas, state, layout.ideas);
    } else {
        ranked(canvas, state, layout);
    }
}

/// How wide the figures at the right of a suggestion are, by the width of the pane: demand, effort, when, status.
struct Figures {
    demand: u16,
    effort: u16,
    when: u16,
    status: u16,
}

impl Figures {
    fn fit(width: u16) -> Self {
        let figures = Self {
            demand: 6,
            effort: 6,
            when: 8,
            status: if width >= 84 { 19 } else { 10 },
        };
        match width {
            68.. => figures,
            56..68 => Self {
                status: 0,
                ..figures
            },
            40..56 => Self {
                status: 0,
                effort: 0,
                ..figures
            },
            _ => Self {
                status: 0,
                effort: 0,
                when: 0,
                demand: 4,
            },
        }
    }

    fn total(&self) -> u16 {
        [self.demand, self.effort, self.when, self.status]
            .iter()
            .filter(|w| **w > 0)
            .map(|w| w + 1)
            .sum()
    }
}

fn ranked(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    let cells = layout.ideas;
    let used = super::title(canvas, state, cells, Pane::Ideas, "Ideas");
    let numbers = !ranked_for_another(state);
    canvas.words(
        cells.x + used + 3,
        cells.y,
        cells.width / 3,
        if numbers {
            "like this one"
        } else {
            "like this unmarked one"
        },
        Role::Dim,
    );
    let Some(hand) = &state.hand else {
        return;
    };
    let figures = Figures::fit(cells.width);
    heads(canvas, cells, &figures);
    let rows = layout.suggestion_rows().min(hand.suggestions.len());
    for (place, suggestion) in hand.suggestions.iter().take(rows).enumerate() {
        let y = cells.y + 1 + place as u16;
        if state.focus == Pane::Ideas && place == hand.cursor_idea {
            gutter(
                canvas,
                Cells {
                    width: cells.width,
                    ..cells
                },
                y,
                true,
                true,
                false,
            );
        }
        let number = numbers.then_some(place + 1);
        suggestion_row(canvas, cells, y, number, suggestion, &figures);
    }
    if hand.suggestions.is_empty() {
        super::empty(canvas, state, Pane::Ideas, cells, cells.y + 1);
    }
    // Below a blank line, where there is room for one.
    let below = cells.y + 1 + rows as u16;
    let last = (cells.y + cells.height).saturating_sub(1);
    let free = (below + 1).min(last);
    if rows > 0 && free >= below {
        reason(canvas, hand, cells, free, numbers);
    }
}

fn heads(canvas: &mut Canvas<'_>, cells: Cells, figures: &Figures) {
    let mut right = (cells.x + cells.width).saturating_sub(1);
    for (width, head, at_right) in [
        (figures.status, "status", false),
        (figures.when, "when", false),
        (figures.effort, "effort", false),
        (figures.demand, "demand", true),
    ] {
        if width == 0 {
            continue;
        }
        let x = right - width;
        let head = SafeText::from_static(head);
        if at_right {
            canvas.right(right, cells.y, width, &head, Role::Dim);
        } else {
            canvas.text(x, cells.y, width, &head, Role::Dim);
        }
        right = x.saturating_sub(1);
    }
}

fn suggestion_row(
    canvas: &mut Canvas<'_>,
    cells: Cells,
    y: u16,
    number: Option<usize>,
    suggestion: &Suggestion,
    figures: &Figures,
) {
    let idea = &suggestion.idea;
    let mut x = cells.x + 1;
    match number {
        Some(number) => canvas.text(x, y, 1, &SafeText::line(&number.to_string()), Role::Key),
        None => canvas.words(x, y, 1, "·", Role::Faint),
    };
    x += 2;
    if suggestion.linked {
        canvas.words(
            x,
            y,
            4,
            if canvas.plain { "link" } else { "✓   " },
            Role::Marked,
        );
    } else {
        bar(canvas, x, y, suggestion.score);
    }
    x += 6;
    let right = (cells.x + cells.width).saturating_sub(1);
    let room = right.saturating_sub(x + figures.total());
    let role = if suggestion.linked {
        Role::Title
    } else {
        Role::Text
    };
    canvas.text(x, y, room, &SafeText::line(&idea.title), role);
    let mut right = right;
    let effort = idea.effort.map_or("—", |effort| effort.word());
    let when = idea.when().unwrap_or("—");
    let when_role = if idea.release.is_some() {
        Role::Good
    } else {
        Role::Dim
    };
    for (width, text, role, at_right) in [
        (
            figures.status,
            SafeText::from_static(idea.status.word()),
            ink::status(idea.status),
            false,
        ),
        (figures.when, SafeText::line(when), when_role, false),
        (
            figures.effort,
            SafeText::from_static(effort),
            Role::Dim,
            false,
        ),
        (
            figures.demand,
            SafeText::line(&idea.demand.to_string()),
            Role::Text,
            true,
        ),
    ] {
        if width == 0 {
            continue;
        }
        let x = right - width;
        if at_right {
            canvas.right(right, y, width, &text, role);
        } else {
            canvas.text(x, y, width, &text, role);
        }
        right = x.saturating_sub(1);
    }
}

/// Four cells that say how well an idea fits.
fn bar(canvas: &mut Canvas<'_>, x: u16, y: u16, score: f32) {
    let score = score.clamp(0.0, 1.0);
    if canvas.plain {
        canvas.text(
            x,
            y,
            4,
            &SafeText::line(&format!("{:.0}%", score * 100.0)),
            Role::Dim,
        );
        return;
    }
    let full = (score * 4.0).round().clamp(1.0, 4.0) as u16;
    for place in 0..4 {
        let (symbol, role) = if place < full {
            ("━", Role::SuggestionBar)
        } else {
            ("╌", Role::Faint)
        };
        canvas.symbol(x + place, y, symbol, role);
    }
}

/// Why the suggestion under the cursor is one.
fn reason(canvas: &mut Canvas<'_>, hand: &Hand, cells: Cells, y: u16, numbers: bool) {
    let place = hand
        .cursor_idea
        .min(hand.suggestions.len().saturating_sub(1));
    let Some(suggestion) = hand.suggestions.get(place) else {
        return;
    };
    let known = hand
        .reasons
        .iter()
        .find(|(id, _)| *id == suggestion.idea.id);
    let room = cells.width.saturating_sub(2);
    // As many words as leave room for how many items are like it.
    let told = (1..=MOST_WORDS)
        .rev()
        .map(|most| told(suggestion.linked, known.map(|(_, why)| why), most))
        .map(|told| match numbers && !told.is_empty() {
            true => format!("{}: {told}", place + 1),
            false => told,
        })
        .map(|told| SafeText::line(&told));
    let told = told.reduce(|longer, shorter| {
        if longer.cells() <= room {
            longer
        } else {
            shorter
        }
    });
    if let Some(told) = told {
        canvas.text(cells.x + 1, y, room, &told, Role::Faint);
    }
}

/// What is told of a suggestion, with so many words that it shares with the feedback at most.
fn told(linked: bool, why: Option<&Reason>, most: usize) -> String {
    let mut parts = Vec::new();
    if linked {
        parts.push("linked · - unlinks".to_owned());
    }
    if let Some(why) = why {
        let mut brief = why.clone();
        brief.words.truncate(most);
        parts.push(brief.to_string());
    }
    parts.join(" · ")
}

/// The table of all ideas.
fn all(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let ideas = &state.ideas;
    let used = super::title(canvas, state, cells, Pane::Ideas, "Ideas");
    let order = match ideas.order {
        IdeaOrder::Demand => "by demand",
        IdeaOrder::Status => "by status",
        IdeaOrder::When => "by release",
        IdeaOrder::Title => "by title",
        IdeaOrder::Changed => "last changed first",
    };
    let words = match ideas.filter.trim() {
        "" => order.to_owned(),
        words if ideas.query.is_ranked() => format!("{words}  best first"),
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
    let dim = |text: Option<&str>| (SafeText::line(text.unwrap_or("")), Role::Dim);
    vec![
        Column::new("Title", 32, |row: &IdeaRow| {
            (SafeText::line(&row.title), Role::Text)
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
