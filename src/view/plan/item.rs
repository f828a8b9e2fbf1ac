//! A release item as a line: beside its siblings at a glance, or with all its columns on the board.

use crate::app::layout::Cells;
use crate::domain::moment::Moment;
use crate::domain::release::{Health, ReleaseItem};
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::ink;
use crate::view::table::GUTTER;
use crate::view::theme::Role;

/// From this width on the board shows what the idea is: demand, effort, status.
const WITH_IDEA: u16 = 104;
/// From this width on it shows what was said last, too.
const WITH_WORDS: u16 = 150;
/// How wide titles get beside the words of an update.
const TITLE: u16 = 46;
const DEMAND: u16 = 6;
const EFFORT: u16 = 6;
const STATUS: u16 = 19;
const OWNER: u16 = 8;
const UPDATE: u16 = 15;

/// Where the columns of the board start; a column that has no room has no place.
struct Places {
    title_end: u16,
    words: Option<(u16, u16)>,
    idea: Option<u16>,
}

/// The columns between the title and the owner, which starts at `owner`.
fn places(cells: Cells, owner: u16) -> Places {
    let x = cells.x + GUTTER + 1;
    if cells.width < WITH_IDEA {
        return Places {
            title_end: owner.saturating_sub(1),
            words: None,
            idea: None,
        };
    }
    let idea = owner.saturating_sub(DEMAND + 1 + EFFORT + 1 + STATUS + 1);
    let title_end = idea.saturating_sub(1);
    if cells.width < WITH_WORDS {
        return Places {
            title_end,
            words: None,
            idea: Some(idea),
        };
    }
    let words = x + TITLE + 2;
    Places {
        title_end: x + TITLE,
        words: Some((words, idea.saturating_sub(words + 2))),
        idea: Some(idea),
    }
}

/// Where the owner starts on a board of these cells.
fn owner_at(cells: Cells) -> u16 {
    (cells.x + cells.width).saturating_sub(1 + UPDATE + 1 + 11 + 1 + OWNER)
}

/// Where the titles of the board end.
pub(super) fn title_end(cells: Cells) -> u16 {
    places(cells, owner_at(cells)).title_end
}

/// The names of the columns that would not explain themselves, on the line of the board's title.
pub(super) fn heads(canvas: &mut Canvas<'_>, cells: Cells) {
    let owner = owner_at(cells);
    let places = places(cells, owner);
    let Some(mut at) = places.idea else {
        return;
    };
    if let Some((x, width)) = places.words {
        canvas.words(x, cells.y, width, "Last update", Role::Header);
    }
    for (name, width) in [
        ("Demand", DEMAND),
        ("Effort", EFFORT),
        ("Status", STATUS),
        ("Owner", OWNER),
    ] {
        canvas.words(at, cells.y, width, name, Role::Header);
        at += width + 1;
    }
    canvas.words(at, cells.y, 11, "Health", Role::Header);
}

/// Title, owner, health, age of the update.
pub(super) fn glance(
    canvas: &mut Canvas<'_>,
    now: Moment,
    item: &ReleaseItem,
    cells: Cells,
    y: u16,
    strong: bool,
) {
    let at = standing(canvas, now, item, cells, y);
    title(canvas, item, cells, y, at.saturating_sub(1), strong);
}

/// The same with what the idea is and what was said last, as far as there is room.
pub(super) fn whole(
    canvas: &mut Canvas<'_>,
    now: Moment,
    item: &ReleaseItem,
    cells: Cells,
    y: u16,
    strong: bool,
) {
    let owner = standing(canvas, now, item, cells, y);
    let places = places(cells, owner);
    if let Some((x, width)) = places.words
        && let Some(words) = item.update.as_ref().and_then(|update| update.text.as_ref())
    {
        canvas.text(x, y, width, &SafeText::line(words), Role::Dim);
    }
    if let Some(at) = places.idea {
        let demand = item
            .demand
            .map_or_else(String::new, |demand| demand.to_string());
        let demand = SafeText::line(&demand);
        canvas.right(at + DEMAND, y, DEMAND, &demand, Role::Text);
        let effort = item.effort.map_or("", |effort| effort.word());
        let at = at + DEMAND + 1;
        canvas.words(at, y, EFFORT, effort, Role::Dim);
        let (word, role) = (item.status.word(), ink::status(item.status));
        canvas.words(at + EFFORT + 1, y, STATUS, word, role);
    }
    title(canvas, item, cells, y, places.title_end, strong);
}

/// Owner, health and the age of the update, at the right; returns where they start.
fn standing(canvas: &mut Canvas<'_>, now: Moment, item: &ReleaseItem, cells: Cells, y: u16) -> u16 {
    let right = (cells.x + cells.width).saturating_sub(1);
    let wide = cells.width >= 60;
    let (symbol, health_role) = ink::health(item.health, canvas.plain);
    let mut at = right;
    if wide {
        at -= UPDATE;
        let role = if item.owes_update {
            Role::Warning
        } else {
            Role::Dim
        };
        let update = SafeText::line(&update_words(item, now));
        canvas.right(right, y, UPDATE, &update, role);
        at -= 1;
    }
    let health_width = if wide { 11 } else { 2 };
    at -= health_width;
    if !(canvas.plain && wide) {
        canvas.symbol(at, y, symbol, health_role);
    }
    if wide {
        canvas.words(at + 2, y, health_width - 2, item.health.word(), health_role);
    } else if item.owes_update {
        canvas.symbol(at + 1, y, "!", Role::Warning);
    }
    if cells.width >= 44 {
        at = at.saturating_sub(1 + OWNER);
        let owner = item.owner.as_ref().map(ToString::to_string);
        let owner = SafeText::line(owner.as_deref().unwrap_or_default());
        canvas.text(at, y, OWNER, &owner, Role::Mention);
    }
    at
}

fn title(
    canvas: &mut Canvas<'_>,
    item: &ReleaseItem,
    cells: Cells,
    y: u16,
    end: u16,
    strong: bool,
) {
    let x = cells.x + GUTTER + 1;
    let role = match (item.health == Health::Cut, strong) {
        (true, _) => Role::Faint,
        (false, true) => Role::Title,
        (false, false) => Role::Text,
    };
    let words = SafeText::line(&item.title);
    canvas.text(x, y, end.saturating_sub(x), &words, role);
}

fn update_words(item: &ReleaseItem, now: Moment) -> String {
    match (&item.update, item.owes_update) {
        (None, true) => "update owed".to_owned(),
        (None, false) => String::new(),
        (Some(update), true) => format!("{} update owed", update.at.age(now)),
        (Some(update), false) => match update.at.age(now).as_str() {
            "now" => "updated now".to_owned(),
            age => format!("updated {age} ago"),
        },
    }
}
