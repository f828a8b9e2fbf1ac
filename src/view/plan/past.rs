//! The past of the release plan: what changed in it since a day, or how it stood, which cannot be changed.

use super::super::canvas::Canvas;
use super::super::table::{GUTTER, gutter};
use super::super::theme::Role;
use super::{heading, item, lights};
use crate::app::date::{date, day};
use crate::app::layout::Cells;
use crate::app::past::{PastLine, lines, rows, spots};
use crate::app::state::{Past, State};
use crate::app::when::today;
use crate::domain::clocks::Clocks;
use crate::domain::difference::ItemDifference;
use crate::domain::moment::Moment;
use crate::domain::release::Release;
use crate::domain::safe_text::SafeText;

/// Draws the screen.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let used = canvas.words(
        cells.x + 1,
        cells.y,
        cells.width,
        "Release plan",
        Role::Accent,
    );
    let Some(found) = &state.past.found else {
        return;
    };
    let (words, role) = title(state, found);
    let x = cells.x + 1 + used + 2;
    let width = (cells.x + cells.width).saturating_sub(x + 1);
    canvas.text(x, cells.y, width, &SafeText::line(&words), role);
    let list = rows(cells);
    let lines = lines(found);
    let height = usize::from(list.height);
    let shown = lines.iter().skip(state.past.top).take(height);
    let columns = item::Columns::of(shown.filter_map(|line| match line {
        PastLine::ItemWas(item) => Some(*item),
        _ => None,
    }));
    // Ages are told as they were then.
    let now = match **found {
        Past::Plan { at, .. } => {
            let heads = Cells {
                y: cells.y + 1,
                ..cells
            };
            item::heads(canvas, columns, heads);
            at
        }
        Past::Changes { .. } => state.now,
    };
    if lines.is_empty() {
        let width = cells.width.saturating_sub(GUTTER + 1);
        let words = "Nothing changed in the plan since then";
        canvas.words(cells.x + GUTTER, list.y, width, words, Role::Dim);
    }
    let at = spots(&lines).get(state.past.cursor).copied();
    for (place, one) in lines.iter().enumerate().skip(state.past.top).take(height) {
        let y = list.y + (place - state.past.top) as u16;
        let here = Some(place) == at;
        gutter(canvas, cells, y, here, true, false);
        line(canvas, now, one, columns, cells, (y, here));
    }
    let items = lines.iter().filter(|line| line.idea().is_some()).count();
    canvas.position(cells, &items_words(found, items));
}

fn title(state: &State, found: &Past) -> (String, Role) {
    let told = |at| day(at, state.now, state.settings.clocks);
    match found {
        Past::Changes {
            since,
            of_sync: true,
            ..
        } => (
            format!("what changed since the last sync, {}", told(*since)),
            Role::Dim,
        ),
        Past::Changes { since, .. } => (format!("what changed since {}", told(*since)), Role::Dim),
        Past::Plan { at, .. } => (
            format!(
                "as it stood at the end of {} · read only, Esc returns to now",
                told(*at)
            ),
            Role::Warning,
        ),
    }
}

/// `3 items changed`.
fn items_words(found: &Past, items: usize) -> String {
    let plural = if items == 1 { "item" } else { "items" };
    match found {
        _ if items == 0 => String::new(),
        Past::Changes { .. } => format!("{items} {plural} changed"),
        Past::Plan { .. } => format!("{items} {plural}"),
    }
}

fn line(
    canvas: &mut Canvas<'_>,
    now: Moment,
    line: &PastLine<'_>,
    columns: item::Columns,
    cells: Cells,
    (y, here): (u16, bool),
) {
    let x = cells.x + GUTTER;
    let width = cells.width.saturating_sub(GUTTER + 1);
    let right = (cells.x + cells.width).saturating_sub(1);
    match line {
        PastLine::Blank => {}
        PastLine::Changed(release) => changed(canvas, now, release, (x, y, width)),
        PastLine::About(change) => {
            let words = SafeText::line(&change.words());
            canvas.text(x + 1, y, width - 1, &words, Role::Warning);
        }
        PastLine::Item(item) => difference(canvas, item, (x + 1, y, width - 1), here),
        PastLine::Was(planned) => {
            let used = heading(canvas, now, planned, x, y, width);
            lights(canvas, planned, x + used + 2, y, right);
        }
        PastLine::ItemWas(item) => {
            item::whole(canvas, now, item, columns, (cells, y), here);
        }
        PastLine::Empty => {
            canvas.words(x + 1, y, width, "nothing", Role::Faint);
        }
    }
}

/// A release in which something changed: its name and date.
fn changed(canvas: &mut Canvas<'_>, now: Moment, release: &Release, place: (u16, u16, u16)) {
    let (x, y, width) = place;
    let used = canvas.text(x, y, width, &SafeText::line(&release.name), Role::Title);
    if let Some(day) = release.date {
        let words = format!(" · {}", date(day, today(now, Clocks::UTC)));
        let rest = width.saturating_sub(used);
        canvas.text(x + used, y, rest, &SafeText::line(&words), Role::Dim);
    }
}

/// The title of an item, what changed about it, and at the right whose it is.
fn difference(canvas: &mut Canvas<'_>, item: &ItemDifference, place: (u16, u16, u16), here: bool) {
    let (x, y, width) = place;
    let role = if here { Role::Title } else { Role::Text };
    let title = (width * 2 / 5).clamp(16, 52);
    let owner = if width >= 70 { 12 } else { 0 };
    canvas.text(x, y, title, &SafeText::row(&item.title), role);
    let words: Vec<String> = item.changes.iter().map(|change| change.words()).collect();
    let words = SafeText::line(&words.join("; "));
    let room = width.saturating_sub(title + 2 + owner);
    canvas.text(x + title + 2, y, room, &words, Role::Text);
    if let (Some(who), true) = (&item.owner, owner > 0) {
        let who = SafeText::line(&who.to_string());
        canvas.right(x + width, y, owner - 1, &who, Role::Mention);
    }
}
