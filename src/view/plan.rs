//! The release plan: where the chosen idea sits, and the whole table or board when the pane is zoomed.

pub(super) mod board;
mod item;
pub(super) mod past;

use super::canvas::Canvas;
use super::ink;
use super::table::{GUTTER, gutter};
use super::theme::Role;
use crate::app::date::date;
use crate::app::layout::Cells;
use crate::app::state::{Pane, PlanCursor, State};
use crate::app::target;
use crate::app::when::today;
use crate::domain::clocks::Clocks;
use crate::domain::moment::Moment;
use crate::domain::release::{
    Health, PlannedRelease, Release, ReleaseItem, ReleaseKind, ReleaseState,
};
use crate::domain::safe_text::SafeText;

/// Draws the pane.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    if target::on_board(state) {
        board::draw(canvas, state, cells);
    } else if state.zoomed || state.focus == Pane::Plan {
        table(canvas, state, cells);
    } else {
        glance(canvas, state, cells);
    }
}

fn glance(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let used = super::title(canvas, state, cells, Pane::Plan, "Release plan");
    let idea = target::chosen_idea(state);
    let Some(planned) = target::glanced(state) else {
        super::empty(canvas, state, Pane::Plan, cells, cells.y + 1);
        return;
    };
    let x = cells.x + 1 + used + 2;
    let room = (cells.x + cells.width).saturating_sub(x + 1);
    let used = heading(canvas, state.now, planned, x, cells.y, room);
    lights(
        canvas,
        planned,
        x + used + 2,
        cells.y,
        (cells.x + cells.width).saturating_sub(1),
    );
    let rows = usize::from(cells.height.saturating_sub(1));
    let at = planned
        .items
        .iter()
        .position(|item| Some(item.idea) == idea);
    let whole = planned.items.len() <= rows;
    let shown = if whole { rows } else { rows.saturating_sub(1) };
    let first = at
        .map_or(0, |at| at.saturating_sub(shown / 2))
        .min(planned.items.len().saturating_sub(shown));
    for (place, item) in planned.items.iter().skip(first).take(shown).enumerate() {
        let y = cells.y + 1 + place as u16;
        if Some(item.idea) == idea {
            canvas.symbol(
                cells.x + 2,
                y,
                if canvas.plain { ">" } else { "▸" },
                Role::Accent,
            );
        }
        let strong = Some(item.idea) == idea;
        item::glance(canvas, state.now, item, cells, y, strong);
    }
    if !whole {
        let words = format!(
            "… {} more · g r opens the plan",
            planned.items.len() - shown
        );
        let y = cells.y + cells.height - 1;
        canvas.text(
            cells.x + GUTTER + 1,
            y,
            cells.width,
            &SafeText::line(&words),
            Role::Faint,
        );
    }
}

/// `v10.2 · 16 Dec · 8 items`; returns the cells used.
fn heading(
    canvas: &mut Canvas<'_>,
    now: Moment,
    planned: &PlannedRelease,
    x: u16,
    y: u16,
    room: u16,
) -> u16 {
    let used = name(canvas, now, &planned.release, x, y, room);
    let words = match planned.items.iter().filter(is_live).count() {
        0 => " · empty".to_owned(),
        1 => " · 1 item".to_owned(),
        many => format!(" · {many} items"),
    };
    let words = SafeText::line(&words);
    used + canvas.text(x + used, y, room.saturating_sub(used), &words, Role::Dim)
}

/// `v10.2 · 16 Dec · Active`; returns the cells used.
fn name(canvas: &mut Canvas<'_>, now: Moment, release: &Release, x: u16, y: u16, room: u16) -> u16 {
    let name = SafeText::line(&release.name);
    let used = canvas.text(x, y, room, &name, Role::Title);
    let mut words = String::new();
    if let Some(day) = release.date {
        words.push_str(&format!(" · {}", date(day, today(now, Clocks::UTC))));
    }
    if release.state != ReleaseState::Planned {
        words.push_str(&format!(" · {}", release.state.word()));
    }
    let words = SafeText::line(&words);
    used + canvas.text(x + used, y, room.saturating_sub(used), &words, Role::Dim)
}

/// Whether an item counts among those of its release: a cut one only shows that it was.
fn is_live(item: &&ReleaseItem) -> bool {
    item.health != Health::Cut
}

/// One light per item, as far as there is room.
fn lights(canvas: &mut Canvas<'_>, planned: &PlannedRelease, x: u16, y: u16, right: u16) {
    if canvas.plain {
        return;
    }
    for (place, item) in planned.items.iter().enumerate() {
        let at = x + place as u16;
        if at >= right {
            return;
        }
        let (symbol, role) = ink::standing(item.standing(), canvas.plain);
        canvas.symbol(at, y, symbol, role);
    }
}

/// A line of the table: the heading of a release, or an item.
enum TableLine<'a> {
    Release(usize, &'a PlannedRelease),
    Item(usize, usize, &'a ReleaseItem),
    Empty,
    Blank,
}

impl TableLine<'_> {
    /// Whether the cursor stands on it.
    fn is_at(&self, cursor: PlanCursor) -> bool {
        match self {
            Self::Release(index, _) => *index == cursor.release && cursor.item.is_none(),
            Self::Item(index, place, _) => *index == cursor.release && Some(*place) == cursor.item,
            Self::Empty | Self::Blank => false,
        }
    }
}

fn table_lines(state: &State) -> Vec<TableLine<'_>> {
    let releases = &state.plan.plan.releases;
    let mut lines = Vec::new();
    for place in target::plan_places(state) {
        let Some(planned) = releases.get(place.release) else {
            continue;
        };
        match place.item {
            None => {
                if !lines.is_empty() {
                    lines.push(TableLine::Blank);
                }
                lines.push(TableLine::Release(place.release, planned));
                if planned.items.is_empty() {
                    lines.push(TableLine::Empty);
                }
            }
            Some(at) => lines.extend(
                planned
                    .items
                    .get(at)
                    .map(|item| TableLine::Item(place.release, at, item)),
            ),
        }
    }
    lines
}

/// All releases with their items, one below the other.
fn table(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    super::title(canvas, state, cells, Pane::Plan, "Release plan");
    let lines = table_lines(state);
    let at = lines.iter().position(|line| line.is_at(state.plan.cursor));
    let at = at.unwrap_or(0);
    let rows = usize::from(cells.height.saturating_sub(1));
    let top = scrolled(state.plan.top, at, rows, lines.len());
    let shown = lines.iter().skip(top).take(rows);
    let columns = item::Columns::of(shown.filter_map(|line| match line {
        TableLine::Item(_, _, item) => Some(*item),
        _ => None,
    }));
    let mut x = cells.x + 1 + "Release plan".len() as u16 + 2;
    let room = |x: u16| columns.title_end(cells).saturating_sub(x);
    if let Some(planned) = scrolled_away(state, &lines, top) {
        let name = SafeText::line(&planned.release.name);
        x += canvas.text(x, cells.y, room(x), &name, Role::Title) + 2;
    }
    if !state.plan.filter.is_empty() {
        let words = SafeText::line(&state.plan.filter);
        canvas.text(x, cells.y, room(x), &words, Role::Dim);
    }
    if lines.is_empty() {
        super::empty(canvas, state, Pane::Plan, cells, cells.y + 2);
        return;
    }
    item::heads(canvas, columns, cells);
    for (place, line) in lines.iter().enumerate().skip(top).take(rows) {
        let y = cells.y + 1 + (place - top) as u16;
        let here = place == at;
        match line {
            TableLine::Release(_, planned) => {
                gutter(canvas, cells, y, here, state.focus == Pane::Plan, false);
                let x = cells.x + GUTTER;
                let used = heading(
                    canvas,
                    state.now,
                    planned,
                    x,
                    y,
                    cells.width.saturating_sub(GUTTER + 1),
                );
                lights(
                    canvas,
                    planned,
                    x + used + 2,
                    y,
                    (cells.x + cells.width).saturating_sub(1),
                );
            }
            TableLine::Item(_, _, item) => {
                gutter(
                    canvas,
                    cells,
                    y,
                    here,
                    state.focus == Pane::Plan,
                    state.plan.marks.contains(&item.id),
                );
                item::whole(canvas, state.now, item, columns, (cells, y), here);
            }
            TableLine::Empty => {
                let words = "nothing yet: r adds an idea";
                canvas.words(cells.x + GUTTER + 1, y, cells.width, words, Role::Faint);
            }
            TableLine::Blank => {}
        }
    }
    canvas.position(cells, &figures(state));
}

/// The release of the first line on the screen, where its heading is above it.
fn scrolled_away<'s>(
    state: &'s State,
    lines: &[TableLine<'_>],
    top: usize,
) -> Option<&'s PlannedRelease> {
    match lines.get(top)? {
        TableLine::Item(release, ..) => state.plan.plan.releases.get(*release),
        _ => None,
    }
}

/// How much the plan shows, without what is cut: `28 items in 7 releases` (the backlog is none), and with a filter `3 of 28 items`.
fn figures(state: &State) -> String {
    let releases = &state.plan.plan.releases;
    let items = releases.iter().flat_map(|planned| &planned.items);
    let items = items.filter(is_live).count();
    if state.plan.filter.trim().is_empty() {
        let releases = releases.iter().map(|planned| &planned.release);
        let releases = releases.filter(|release| release.kind != ReleaseKind::Backlog);
        let releases = several(releases.count(), "release");
        return format!("{} in {releases}", several(items, "item"));
    }
    format!("{} of {items} items", target::items_shown(state))
}

/// `1 item`, `3 items`.
fn several(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// Where a list that was scrolled to `top` starts so that row `at` is among `rows`.
fn scrolled(top: usize, at: usize, rows: usize, length: usize) -> usize {
    let top = top.min(length.saturating_sub(rows));
    top.clamp((at + 1).saturating_sub(rows), at)
}
