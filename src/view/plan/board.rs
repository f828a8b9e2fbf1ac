//! The release plan as a board: a column for each release, its items below one another as cards.

use super::super::canvas::Canvas;
use super::super::ink;
use super::super::theme::Role;
use super::item::title_role;
use super::{figures, is_live, name};
use crate::app::board::{Card, Column, INDENT, cards, columns, room, shown, title_lines};
use crate::app::command::{Command, Context};
use crate::app::layout::Cells;
use crate::app::state::{Pane, State};
use crate::domain::moment::Moment;
use crate::domain::release::{
    Health, PlannedRelease, ReleaseItem, Standing, update_brief, update_words,
};
use crate::domain::safe_text::SafeText;

/// Cells before the head of a column: the cursor's marker, a blank.
const MARGIN: u16 = 2;
/// So many cells at most are given to an owner.
const OWNER: u16 = 16;

/// Draws the board.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let shown = shown(state);
    title(canvas, state, cells, shown.len());
    if shown.is_empty() {
        super::super::empty(canvas, state, Pane::Plan, cells, cells.y + 2);
        return;
    }
    canvas.rule(
        Cells {
            y: cells.y + 3,
            ..cells
        },
        Role::Rule,
    );
    for (place, (column, at)) in shown.iter().enumerate() {
        if place > 0 {
            canvas.upright(Cells { x: at.x - 1, ..*at }, Role::Rule);
            join(canvas, at.x - 1, cells.y + 3, "┼");
        }
        if let Some(planned) = state.plan.plan.releases.get(column.release) {
            draw_column(canvas, state, planned, column, *at);
        }
    }
}

/// Where the rules between the columns meet the one below the board, which is drawn behind it.
pub fn feet(canvas: &mut Canvas<'_>, state: &State, below: Cells) {
    for (_, at) in shown(state).iter().skip(1) {
        join(canvas, at.x - 1, below.y, "┴");
    }
}

/// The title, what the plan is filtered by, how much there is; and how many releases lie beyond either side.
fn title(canvas: &mut Canvas<'_>, state: &State, cells: Cells, shown: usize) {
    let mut x = cells.x + 1;
    x += super::super::title(canvas, state, cells, Pane::Plan, "Release plan") + 2;
    let right = (cells.x + cells.width).saturating_sub(1);
    let all = columns(state).len();
    let earlier = state.plan.board.left.min(all.saturating_sub(shown));
    let later = all.saturating_sub(earlier + shown);
    let (back, on) = if canvas.plain {
        ("", "")
    } else {
        ("‹ ", " ›")
    };
    let later = match later {
        0 => SafeText::from_static(""),
        later => SafeText::line(&format!("{later} later{on}")),
    };
    canvas.right(right, cells.y, later.cells(), &later, Role::Dim);
    let end = right.saturating_sub(later.cells() + 2);
    if earlier > 0 {
        let words = SafeText::line(&format!("{back}{earlier} earlier"));
        x += canvas.text(x, cells.y, end.saturating_sub(x), &words, Role::Dim) + 2;
    }
    let filter = SafeText::line(&state.plan.filter);
    if !filter.is_empty() {
        x += canvas.text(x, cells.y, end.saturating_sub(x), &filter, Role::Text) + 2;
    }
    let figures = SafeText::line(&figures(state));
    if all > 0 && figures.cells() <= end.saturating_sub(x) {
        canvas.text(x, cells.y, figures.cells(), &figures, Role::Faint);
    }
}

fn join(canvas: &mut Canvas<'_>, x: u16, y: u16, symbol: &'static str) {
    if !canvas.plain {
        canvas.symbol(x, y, symbol, Role::Rule);
    }
}

fn draw_column(
    canvas: &mut Canvas<'_>,
    state: &State,
    planned: &PlannedRelease,
    column: &Column,
    cells: Cells,
) {
    let cursor = state.plan.cursor;
    let in_hand = cursor.release == column.release;
    let head = Cells { height: 2, ..cells };
    let (x, width) = (cells.x + MARGIN, cells.width.saturating_sub(MARGIN + 1));
    if in_hand && cursor.item.is_none() {
        choose(canvas, head);
    }
    name(canvas, state.now, &planned.release, x, cells.y, width);
    how_it_does(canvas, planned, column, (x, cells.y + 1, width));
    let rule = Cells {
        y: cells.y + 2,
        ..cells
    };
    if in_hand {
        canvas.rule(rule, Role::RuleFocused);
    }
    let found = cards(state, column, cells);
    if found.above > 0 {
        let words = SafeText::line(&format!(" {} above ", found.above));
        canvas.right(cells.x + cells.width - 1, rule.y, width, &words, Role::Dim);
    }
    if found.below > 0 {
        canvas.position(cells, &format!("{} more", found.below));
    }
    for card in &found.cards {
        if let Some(item) = planned.items.get(card.item) {
            let here = in_hand && cursor.item == Some(card.item);
            draw_card(canvas, state, item, card, here);
        }
    }
    if column.items.is_empty() {
        let key = state.keymap.keys(Context::Board, Command::AddToRelease);
        let words = match key.first() {
            Some(key) => format!("nothing yet: {key} adds an idea"),
            None => "nothing yet".to_owned(),
        };
        let words = SafeText::line(&words);
        canvas.text(x, room(cells).y, width, &words, Role::Faint);
    }
}

/// `8 items · 1 at risk · 1 off track`: how many are to come with the release, and what there is to worry about.
fn how_it_does(
    canvas: &mut Canvas<'_>,
    planned: &PlannedRelease,
    column: &Column,
    (x, y, width): (u16, u16, u16),
) {
    let (left, all) = (column.items.len(), planned.items.len());
    let words = match planned.items.iter().filter(is_live).count() {
        _ if left < all => format!("{left} of {all} items"),
        0 => "empty".to_owned(),
        1 => "1 item".to_owned(),
        live => format!("{live} items"),
    };
    let mut parts = vec![(words, Role::Dim)];
    // Of what the filter leaves, as the figure before.
    let shown = || {
        column
            .items
            .iter()
            .filter_map(|item| planned.items.get(*item))
    };
    for health in [Health::AtRisk, Health::OffTrack] {
        let standing = Standing::from(health);
        let is_so = |item: &&ReleaseItem| item.standing() == standing;
        match shown().filter(is_so).count() {
            0 => {}
            count => parts.push((
                format!("{count} {}", health.word()),
                ink::standing(standing, false).1,
            )),
        }
    }
    line(canvas, &parts, (x, y, width));
}

/// Parts of a line one after another, with dots between them, as far as they have room. Returns the cells used.
fn line(canvas: &mut Canvas<'_>, parts: &[(String, Role)], (x, y, width): (u16, u16, u16)) -> u16 {
    let mut used = 0;
    for (words, role) in parts {
        if used > 0 {
            used += canvas.words(x + used, y, width.saturating_sub(used), " · ", Role::Faint);
        }
        let words = SafeText::line(words);
        used += canvas.text(x + used, y, width.saturating_sub(used), &words, *role);
    }
    used
}

/// What is under the cursor: its ground, and a bar at its left.
fn choose(canvas: &mut Canvas<'_>, cells: Cells) {
    canvas.tint(cells, Role::Selection);
    for y in cells.y..cells.y + cells.height {
        canvas.symbol(
            cells.x,
            y,
            if canvas.plain { ">" } else { "▌" },
            Role::Accent,
        );
    }
}

/// The sign of its health and its title; below it whose it is, its effort, what there is to worry about, and at the right how
/// new its last update is.
fn draw_card(canvas: &mut Canvas<'_>, state: &State, item: &ReleaseItem, card: &Card, here: bool) {
    let Cells {
        x,
        y,
        width,
        height,
    } = card.cells;
    let standing = item.standing();
    let (symbol, health_role) = ink::standing(standing, canvas.plain);
    let title_role = title_role(standing, here);
    if here {
        choose(canvas, card.cells);
    }
    canvas.symbol(x + 2, y, symbol, health_role);
    let room = width.saturating_sub(INDENT + 1);
    let lines = title_lines(&item.title, width);
    let bottom = y + height;
    let below = y + lines.len() as u16;
    for (line, y) in lines.iter().zip(y..bottom) {
        canvas.text(x + INDENT, y, room, line, title_role);
    }
    if below < bottom {
        if state.plan.marks.contains(&item.id) {
            canvas.symbol(
                x + 2,
                below,
                if canvas.plain { "x" } else { "✓" },
                Role::Marked,
            );
        }
        let used = line(canvas, &about(item, standing), (x + INDENT, below, room));
        let left = room.saturating_sub(used + 2);
        let role = if item.owes_update {
            Role::Warning
        } else {
            Role::Dim
        };
        if let Some(words) = update(item, state.now, left) {
            canvas.right(x + width - 1, below, left, &words, role);
        }
    }
}

/// Whose it is, its effort, and how it does unless that is as planned.
fn about(item: &ReleaseItem, standing: Standing) -> Vec<(String, Role)> {
    let gone = standing == Standing::Gone;
    let role = |role| if gone { Role::Faint } else { role };
    let mut parts = vec![match &item.owner {
        Some(owner) => {
            let owner = SafeText::line(&owner.to_string()).truncated(usize::from(OWNER));
            (owner.to_string(), role(Role::Mention))
        }
        None => ("no owner".to_owned(), role(Role::Dim)),
    }];
    if let Some(effort) = item.effort {
        parts.push((effort.word().to_owned(), role(Role::Dim)));
    }
    if standing != Standing::OnTrack {
        let word = item.health.word_of(item.status).to_owned();
        parts.push((word, ink::standing(standing, false).1));
    }
    parts
}

/// How new the last update is, in words, in few of them, or as an age where those have no room: one that is owed has a sign, as
/// in the narrow table.
fn update(item: &ReleaseItem, now: Moment, room: u16) -> Option<SafeText> {
    let update = item.update.as_ref();
    let words = update_words(update, item.owes_update, now);
    let brief = update_brief(update, item.owes_update, now);
    let sign = if item.owes_update { "!" } else { "" };
    let age = update.map_or_else(String::new, |update| {
        format!("{}{sign}", update.at.age(now))
    });
    let all = [words, brief, age].map(|words| SafeText::line(&words));
    all.into_iter()
        .find(|words| !words.is_empty() && words.cells() <= room)
}
