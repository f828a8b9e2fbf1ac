//! The weekly sync: which meeting it is, its two faces, and the row in hand.

mod row;

use super::canvas::Canvas;
use super::feedback::draw_line;
use super::missing;
use super::table::{GUTTER, gutter};
use super::theme::Role;
use crate::app::agenda::{self, AgendaLine, Who};
use crate::app::document::{agenda_document, wrap};
use crate::app::empty::{no_agenda, nothing_in};
use crate::app::layout::{self, Cells, PROSE};
use crate::app::state::{Face, State, Sync};
use crate::domain::meeting::{MeetingState, Section};
use crate::domain::people::Handle;
use crate::domain::safe_text::SafeText;

/// Draws the screen.
pub fn draw(canvas: &mut Canvas<'_>, state: &State) {
    let cells = layout::sync(state);
    let Some(found) = &state.sync.found else {
        absent(canvas, state, cells.list);
        return;
    };
    title(canvas, state, found, cells.title);
    match state.sync.face {
        Face::Agenda => {
            list(canvas, state, found, cells.list);
            detail(canvas, state, cells.detail);
        }
        Face::Missing => {
            missing::draw(canvas, state, found, cells.list);
            missing::detail(canvas, state, cells.detail);
        }
    }
}

/// The rules between title, list and detail.
pub fn rules(canvas: &mut Canvas<'_>, state: &State) {
    if state.sync.found.is_none() {
        return;
    }
    let cells = layout::sync(state);
    let below = Cells {
        y: cells.title.y + 1,
        ..cells.title
    };
    canvas.rule(below, Role::Rule);
    let detail = cells.detail;
    if detail.height == 0 {
        return;
    }
    if detail.x == 0 {
        let above = Cells {
            y: detail.y - 1,
            ..detail
        };
        canvas.rule(above, Role::Rule);
        return;
    }
    let between = Cells {
        x: detail.x - 1,
        ..detail
    };
    canvas.upright(between, Role::Rule);
    if !canvas.plain {
        canvas.symbol(between.x, below.y, "┬", Role::Rule);
    }
}

/// Where the rule beside the detail meets the one below it.
pub fn feet(canvas: &mut Canvas<'_>, state: &State, below: Cells) {
    let detail = layout::sync(state).detail;
    let is_beside = state.sync.found.is_some() && detail.height > 0 && detail.x > 0;
    if is_beside && !canvas.plain {
        canvas.symbol(detail.x - 1, below.y, "┴", Role::Rule);
    }
}

/// While nothing has come: what is wrong, or that one has to wait.
fn absent(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some((words, hint)) = no_agenda(state) else {
        return;
    };
    let (x, width) = (cells.x + GUTTER, cells.width.saturating_sub(GUTTER + 1));
    let mut y = cells.y;
    for (text, role) in [(&words, Role::Text), (&hint, Role::Dim)] {
        for range in wrap(text, usize::from(width).max(8)) {
            canvas.text(x, y, width, &SafeText::line(&text[range]), role);
            y += 1;
        }
    }
}

/// `PM weekly sync · Wed 25 Nov 09:00 · in 4 days · prepare from Tue 24 Nov · 26 of 30 min     Agenda 14   Missing 6`. What has no room is left out:
/// from when on it is to be prepared first, its name last.
fn title(canvas: &mut Canvas<'_>, state: &State, found: &Sync, cells: Cells) {
    let right = faces(canvas, state, found, cells);
    let sitting = found.sitting();
    let (time, over) = agenda::time(&found.agenda);
    let (there, here) = agenda::when(state, sitting);
    let distance = agenda::distance(sitting, state.now, state.settings.clocks);
    let (enough, rank) = match over {
        Some(_) => (Role::Dim, 3),
        None => (Role::Good, 0),
    };
    // That it is being held matters most.
    let (held, how_far) = match sitting.state {
        MeetingState::Running => (Role::Good, 0),
        _ => (Role::Dim, 5),
    };
    let parts = [
        (Some(sitting.title.clone()), Role::Accent, 1),
        (Some(there), Role::Text, 2),
        (here, Role::Dim, 4),
        (distance, held, how_far),
        (agenda::prepare(sitting, state.now), Role::Dim, 6),
        (Some(time), enough, rank),
        (over, Role::Bad, 0),
    ];
    let parts = parts.into_iter();
    let mut parts: Vec<(SafeText, Role, u8)> = parts
        .filter_map(|(words, role, rank)| Some((SafeText::line(&words?), role, rank)))
        .collect();
    let room = usize::from(right.saturating_sub(cells.x + 3));
    for gone in [6, 5, 4, 3, 2, 1] {
        let needed: usize = parts.iter().map(|(text, ..)| text.width() + 3).sum();
        if needed <= room + 3 {
            break;
        }
        parts.retain(|(_, _, rank)| *rank < gone);
    }
    let mut x = cells.x + 1;
    for (place, (text, role, _)) in parts.iter().enumerate() {
        let left = |x: u16| right.saturating_sub(x + 2);
        if place > 0 {
            x += canvas.words(x, cells.y, left(x), " · ", Role::Faint);
        }
        x += canvas.text(x, cells.y, left(x), text, *role);
    }
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
    let (x, width) = (cells.x + GUTTER, cells.width.saturating_sub(GUTTER + 1));
    // Of several release items in a row the owner is named once, and once more at the top of the screen.
    let mut named: Option<Who<'_>> = None;
    for (place, line) in lines.iter().enumerate().skip(cursor.top).take(rows) {
        let y = cells.y + (place - cursor.top) as u16;
        let here = line.spot().is_some() && line.spot() == cursor.on;
        match line {
            AgendaLine::Blank => {}
            AgendaLine::Heading(section) => {
                named = None;
                let on_duty = state.header.as_ref();
                let on_duty = on_duty.and_then(|figures| figures.on_duty.as_ref());
                heading(canvas, section, on_duty, cells, y);
            }
            AgendaLine::Changed(release) => {
                let name = SafeText::line(&release.name);
                canvas.text(x, y, row::WHO, &name, Role::Text);
                let words = SafeText::line(&release.changes.join(" · "));
                let left = width.saturating_sub(row::WHO + 1);
                canvas.text(x + row::WHO + 1, y, left, &words, Role::Warning);
            }
            AgendaLine::Row(item, who) => {
                let again = row::is_named_once(*item) && named == Some(*who);
                named = Some(*who);
                row::draw(
                    canvas,
                    state,
                    *item,
                    (!again).then_some(*who),
                    cells,
                    y,
                    here,
                );
            }
            AgendaLine::Part(_, section) => row::part(canvas, section, cells, y, here),
            AgendaLine::Nothing(section) => nothing(canvas, state, section, x, y, width),
        }
        gutter(canvas, cells, y, here, true, false);
    }
    let below = lines.len().saturating_sub(cursor.top + rows);
    if below > 0 {
        let lines = if below == 1 { "line" } else { "lines" };
        canvas.position(cells, &format!("{below} more {lines}"));
    }
}

/// `Release plan  5 owe an update                8 min`
fn heading(
    canvas: &mut Canvas<'_>,
    section: &Section,
    on_duty: Option<&Handle>,
    cells: Cells,
    y: u16,
) {
    let right = (cells.x + cells.width).saturating_sub(2);
    let minutes = SafeText::line(&format!("{} min", section.minutes));
    let right = canvas.right(right, y, 8, &minutes, Role::Dim);
    let x = cells.x + 1;
    let room = right.saturating_sub(x + 1);
    let used = canvas.text(x, y, room, &SafeText::line(&section.title), Role::Title);
    if let Some(asks) = agenda::asks(section, on_duty) {
        let room = room.saturating_sub(used + 2);
        let asks = SafeText::line(&asks);
        canvas.text(x + used + 2, y, room, &asks, Role::Warning);
    }
}

/// Why a part is empty, and which key helps.
fn nothing(canvas: &mut Canvas<'_>, state: &State, section: &Section, x: u16, y: u16, width: u16) {
    let empty = nothing_in(state, section);
    let mut used = canvas.text(x, y, width, &SafeText::line(&empty.why), Role::Faint);
    let Some((key, does)) = &empty.help else {
        return;
    };
    used += canvas.words(x + used, y, width - used, " · ", Role::Faint);
    used += canvas.text(x + used, y, width - used, &SafeText::line(key), Role::Key) + 1;
    let left = width.saturating_sub(used);
    canvas.words(x + used, y, left, does, Role::Faint);
}

/// What there is to read about the row in hand, from where one has scrolled to.
fn detail(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    if cells.height == 0 {
        return;
    }
    let (x, width) = (cells.x + 1, cells.width.saturating_sub(2).min(PROSE));
    let lines = agenda_document(state, usize::from(width));
    let room = usize::from(cells.height);
    let scroll = state.sync.scroll.min(lines.len().saturating_sub(room));
    for (place, line) in lines.iter().skip(scroll).take(room).enumerate() {
        draw_line(canvas, x, cells.y + place as u16, width, line, None);
    }
    let below = lines.len().saturating_sub(scroll + room);
    if below > 0 {
        canvas.position(cells, &super::more_lines(below, "J"));
    }
}
