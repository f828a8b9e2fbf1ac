//! What is missing before the weekly sync: by kind with whose it is and since when, and what one does about the row in hand.

use super::canvas::Canvas;
use super::table::{Column, GUTTER, Table, gutter};
use super::theme::Role;
use crate::app::command::{Command, Context};
use crate::app::document::wrap;
use crate::app::layout::{self, Cells};
use crate::app::missing::{MissingLine, lines, remedies, remedy_words};
use crate::app::state::{State, Sync};
use crate::app::target;
use crate::domain::entity::Entity;
use crate::domain::meeting::{Missing, MissingKind};
use crate::domain::moment::Moment;
use crate::domain::safe_text::SafeText;

/// Draws the list.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, found: &Sync, cells: Cells) {
    let view = &state.sync;
    let mut cells = cells;
    if found.gate.is_open() {
        let width = cells.width.saturating_sub(GUTTER + 1);
        let words = "Nothing is missing. Have a good meeting!";
        canvas.words(cells.x + GUTTER, cells.y, width, words, Role::Good);
        cells.y += 2;
        cells.height = cells.height.saturating_sub(2);
    }
    let table = Table::fit(columns(state.now), cells, found.gate.rows.iter());
    let beside = layout::sync(state).is_beside();
    let lines = lines(found, beside);
    let shown = lines.iter().skip(view.missing.top);
    for (y, line) in (cells.y..cells.y + cells.height).zip(shown) {
        match line {
            MissingLine::Blank => {}
            MissingLine::Heading(kind, count, more) => {
                heading(canvas, state, cells, y, (*kind, *count, *more));
            }
            MissingLine::Row(_, missing) => {
                let lack = (missing.kind, missing.thing);
                let here = view.missing.on == Some(lack);
                gutter(canvas, cells, y, here, true, view.marks.contains(&lack));
                table.row(canvas, y, missing, here);
            }
            MissingLine::Interviews(who) => {
                let words = format!("Interviews owed this week: {}", who.join(", "));
                let width = cells.width.saturating_sub(2);
                canvas.text(
                    cells.x + 1,
                    y,
                    width,
                    &SafeText::line(&words),
                    Role::Warning,
                );
            }
        }
    }
    let rows = found.gate.rows.len();
    if rows > 0 {
        canvas.position(cells, &format!("{} of {rows}", view.missing.place + 1));
    }
}

fn columns(now: Moment) -> Vec<Column<Missing>> {
    vec![
        Column::new("", 12, |missing: &Missing| {
            // Which meeting it is says the screen; by how much it is too long is worth the room.
            let words = match missing.kind {
                MissingKind::OverTime | MissingKind::TopicMissing => {
                    missing.detail.as_deref().unwrap_or(&missing.title)
                }
                _ => &missing.title,
            };
            (SafeText::line(words), Role::Text)
        })
        .growing(),
        Column::new("", 16, |missing: &Missing| {
            let detail = match missing.kind {
                MissingKind::OverTime | MissingKind::TopicMissing => "",
                _ => missing.detail.as_deref().unwrap_or_default(),
            };
            (SafeText::line(detail), Role::Dim)
        })
        .gives_way(2),
        Column::new("", 10, |missing: &Missing| match missing.whose() {
            Some(who) => (SafeText::line(&who), Role::Mention),
            None if missing.thing.entity == Entity::Meeting => (SafeText::default(), Role::Text),
            None => (SafeText::from_static("nobody"), Role::Faint),
        })
        .gives_way(1),
        Column::new("", 4, move |missing: &Missing| {
            let age = missing.since.map(|since| since.dated(now));
            (SafeText::line(&age.unwrap_or_default()), Role::Dim)
        })
        .at_right(),
    ]
}

/// What is missing with how often, and at the right the key that sees to it.
fn heading(
    canvas: &mut Canvas<'_>,
    state: &State,
    cells: Cells,
    y: u16,
    (kind, count, more): (MissingKind, usize, bool),
) {
    let more = if more { "more than " } else { "" };
    let words = format!("{} · {more}{count}", sentence(kind));
    let width = cells.width.saturating_sub(2);
    let used = canvas.text(cells.x + 1, y, width, &SafeText::line(&words), Role::Header);
    let Some((key, words)) = remedies(kind)
        .first()
        .and_then(|command| remedy(state, *command, kind))
    else {
        return;
    };
    let (key, words) = (SafeText::line(&key), SafeText::from_static(words));
    let right = (cells.x + cells.width).saturating_sub(1);
    if used + key.cells() + words.cells() + 6 > width {
        return;
    }
    let x = canvas.right(right, y, words.cells(), &words, Role::KeyLabel);
    canvas.right(x.saturating_sub(1), y, key.cells(), &key, Role::Key);
}

/// The words of a kind with a capital.
fn sentence(kind: MissingKind) -> String {
    let words = kind.word();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The key of a remedy and what it does.
fn remedy(state: &State, command: Command, kind: MissingKind) -> Option<(String, &'static str)> {
    let key = state.keymap.keys(Context::Missing, command);
    Some((key.into_iter().next()?, remedy_words(command, kind)?))
}

/// The row in hand: what is missing on what, and every key that sees to it.
pub fn detail(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some(missing) = target::missing(state) else {
        return;
    };
    let (x, width) = (cells.x + 1, cells.width.saturating_sub(3));
    let bottom = cells.y + cells.height;
    let mut y = cells.y;
    let title = SafeText::row(&missing.title);
    let ranges = wrap(title.as_str(), usize::from(width).max(8));
    for range in ranges.into_iter().take(3) {
        if y < bottom {
            let line = SafeText::line(&title.as_str()[range]);
            canvas.text(x, y, width, &line, Role::Title);
            y += 1;
        }
    }
    for (words, role) in facts(state, missing) {
        if y < bottom {
            canvas.text(x, y, width, &SafeText::line(&words), role);
            y += 1;
        }
    }
    let short = bottom.saturating_sub(y) <= remedies(missing.kind).len() as u16 + 1;
    y += u16::from(!short);
    let own = remedies(missing.kind).iter();
    let own = own.filter_map(|command| remedy(state, *command, missing.kind));
    let show = state.keymap.keys(Context::Missing, Command::Zoom);
    let show = show.into_iter().next().map(|key| (key, "show it"));
    let owing = state
        .sync
        .found
        .as_ref()
        .map_or(&[][..], |found| &found.interviews);
    if !owing.is_empty() && layout::sync(state).is_beside() {
        let words = format!("Interviews owed this week: {}", owing.join(", "));
        let words = SafeText::line(&words);
        let ranges = wrap(words.as_str(), usize::from(width).max(8));
        let first = bottom.saturating_sub(ranges.len() as u16);
        for (line, range) in (first..bottom).zip(ranges) {
            let words = SafeText::line(&words.as_str()[range]);
            canvas.text(x, line, width, &words, Role::Warning);
        }
    }
    for (key, words) in own.chain(show) {
        if y < bottom {
            let used = canvas.text(x, y, 6, &SafeText::line(&key), Role::Key);
            canvas.words(x + used + 1, y, width, words, Role::KeyLabel);
            y += 1;
        }
    }
}

fn facts(state: &State, missing: &Missing) -> Vec<(String, Role)> {
    let mut facts = vec![(format!("It {}.", missing.kind.word()), Role::Warning)];
    let age = missing.since.map(|since| since.dated(state.now));
    let since = age.map(|age| match missing.kind {
        MissingKind::UpdateOwed => format!("no update for {age}"),
        MissingKind::StepOverdue => format!("{age} over"),
        _ => format!("received {age} ago"),
    });
    let whose = match missing.likely_owner() {
        Some(likely) => Some(format!("likely {likely}")),
        None => missing.whose(),
    };
    let parts: Vec<String> = missing
        .detail
        .clone()
        .into_iter()
        .chain(whose)
        .chain(since)
        .chain(missing.short.as_ref().map(ToString::to_string))
        .collect();
    if !parts.is_empty() {
        facts.push((parts.join(" · "), Role::Dim));
    }
    facts
}
