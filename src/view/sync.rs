//! The weekly sync: which meeting it is, its two faces, and the row in hand.

use super::canvas::Canvas;
use super::missing;
use super::table::{GUTTER, gutter};
use super::theme::Role;
use crate::app::agenda::{self, AgendaLine};
use crate::app::layout::{self, Cells};
use crate::app::state::{Face, State, Sync};
use crate::app::target;
use crate::domain::meeting::{SectionBody, shown};
use crate::domain::safe_text::SafeText;

/// Draws the screen.
pub fn draw(canvas: &mut Canvas<'_>, state: &State) {
    let cells = layout::sync(state);
    let Some(found) = &state.sync.found else {
        absent(canvas, state, cells.list);
        return;
    };
    title(canvas, state, found, cells.title);
    canvas.rule(
        Cells {
            y: cells.title.y + 1,
            ..cells.title
        },
        Role::Rule,
    );
    match state.sync.face {
        Face::Agenda => list(canvas, state, found, cells.list),
        Face::Missing => missing::draw(canvas, state, found, cells.list),
    }
    match state.sync.face {
        Face::Agenda => detail(canvas, state, cells.detail),
        Face::Missing => missing::detail(canvas, state, cells.detail),
    }
}

/// While nothing has come: what is wrong, or that one has to wait.
fn absent(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some((words, hint)) = &state.sync.trouble else {
        return;
    };
    let (x, width) = (cells.x + GUTTER, cells.width.saturating_sub(GUTTER + 1));
    canvas.text(x, cells.y, width, &SafeText::line(words), Role::Dim);
    canvas.text(x, cells.y + 1, width, &SafeText::line(hint), Role::Dim);
}

/// `PM weekly sync · Wed 25 Nov 2026 09:00 · 26 of 30 min     Agenda 14   Missing 6`
fn title(canvas: &mut Canvas<'_>, state: &State, found: &Sync, cells: Cells) {
    let right = faces(canvas, state, found, cells);
    let x = cells.x + 1;
    let sitting = found.sitting();
    let room = right.saturating_sub(x + 2);
    let name = SafeText::line(&sitting.title);
    let used = canvas.text(x, cells.y, room, &name, Role::Accent);
    let when = match sitting.at {
        Some(at) => shown(at, &sitting.zone),
        None => "its day is open".to_owned(),
    };
    let words = format!(
        " · {when} · {} of {} min",
        found.agenda.planned, sitting.minutes
    );
    let room = room.saturating_sub(used);
    canvas.text(x + used, cells.y, room, &SafeText::line(&words), Role::Dim);
}

/// The names of the faces with their counts, at the right; returns where they start.
fn faces(canvas: &mut Canvas<'_>, state: &State, found: &Sync, cells: Cells) -> u16 {
    let mut right = (cells.x + cells.width).saturating_sub(1);
    let items = found.agenda.rows().count();
    let missing = found.gate.rows.len();
    let more = if found.gate.more.is_empty() { "" } else { "+" };
    for (face, words) in [
        (Face::Missing, format!("Missing {missing}{more}")),
        (Face::Agenda, format!("Agenda {items}")),
    ] {
        let role = match state.sync.face == face {
            true => Role::Title,
            false => Role::Header,
        };
        right = canvas.right(right, cells.y, 20, &SafeText::line(&words), role);
        right = right.saturating_sub(3);
    }
    right
}

fn list(canvas: &mut Canvas<'_>, state: &State, found: &Sync, cells: Cells) {
    let cursor = &state.sync.cursor;
    let lines = agenda::lines(&found.agenda);
    let rows = usize::from(cells.height);
    for (place, line) in lines.iter().enumerate().skip(cursor.top).take(rows) {
        let y = cells.y + (place - cursor.top) as u16;
        let here = line.spot().is_some() && line.spot() == cursor.on;
        gutter(canvas, cells, y, here, true, false);
        let (x, width) = (cells.x + GUTTER, cells.width.saturating_sub(GUTTER + 1));
        let role = if here { Role::Title } else { Role::Text };
        match line {
            AgendaLine::Blank => {}
            AgendaLine::Heading(section) => {
                let words = format!("{} · {} min", section.title, section.minutes);
                canvas.text(cells.x + 1, y, width, &SafeText::line(&words), Role::Header);
            }
            AgendaLine::Owner(owner) => {
                let words = match &owner.owner {
                    Some(owner) => owner.to_string(),
                    None => "nobody's".to_owned(),
                };
                canvas.text(x, y, width, &SafeText::line(&words), Role::Mention);
            }
            AgendaLine::Row(row) => {
                canvas.text(x + 1, y, width, &SafeText::line(row.title()), role);
            }
            AgendaLine::Part(_, section) => {
                let words = match &section.body {
                    SectionBody::Question(question) => question.clone(),
                    SectionBody::Feedback(shown) => shown.filter.clone(),
                    _ => String::new(),
                };
                canvas.text(x + 1, y, width, &SafeText::line(&words), role);
            }
            AgendaLine::Nothing(_) => {
                canvas.words(x + 1, y, width, "nothing", Role::Faint);
            }
        }
    }
}

fn detail(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    if cells.height == 0 {
        return;
    }
    if let Some(title) = target::title(state) {
        let width = cells.width.saturating_sub(2);
        canvas.text(
            cells.x + 1,
            cells.y,
            width,
            &SafeText::line(&title),
            Role::Title,
        );
    }
}
