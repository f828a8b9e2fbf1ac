//! A release item as a line: beside its siblings at a glance, or with all its columns in the table.

use crate::app::layout::Cells;
use crate::domain::moment::Moment;
use crate::domain::release::{ReleaseItem, Standing, update_words};
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::ink;
use crate::view::table::GUTTER;
use crate::view::theme::Role;

/// From this width on the table shows what the idea is: demand, effort, status.
const WITH_IDEA: u16 = 104;
/// From this width on it shows what was said last, too.
const WITH_WORDS: u16 = 150;
/// How wide titles get beside the words of an update.
const TITLE: u16 = 46;
const DEMAND: u16 = 6;
const EFFORT: u16 = 6;
const STATUS: u16 = 19;
const OWNER: u16 = 8;
const HEALTH: u16 = 11;
const UPDATE: u16 = 17;

/// The columns of the table: those in which an item that is shown says something; the others leave their room to the titles.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    demand: bool,
    effort: bool,
    owner: bool,
    update: bool,
    words: bool,
}

impl Columns {
    /// Those of the items that are shown.
    pub(super) fn of<'i>(items: impl Iterator<Item = &'i ReleaseItem>) -> Self {
        let mut columns = Self {
            demand: false,
            effort: false,
            owner: false,
            update: false,
            words: false,
        };
        for item in items {
            columns.demand |= item.demand.is_some();
            columns.effort |= item.effort.is_some();
            columns.owner |= item.owner.is_some();
            columns.update |= item.owes_update || item.update.is_some();
            let update = item.update.as_ref();
            columns.words |= update.is_some_and(|update| update.text.is_some());
        }
        columns
    }

    /// As at a glance: nothing that comes and goes with the items is to move the titles.
    const fn with_owner_and_update(self) -> Self {
        Self {
            owner: true,
            update: true,
            ..self
        }
    }

    /// Where the owner would start in a table of these cells.
    fn owner_at(self, cells: Cells) -> u16 {
        let right = cells.x + cells.width;
        right.saturating_sub(
            1 + with_gap(self.update, UPDATE) + HEALTH + with_gap(self.owner, OWNER),
        )
    }

    /// The columns between the title and the owner.
    fn places(self, cells: Cells) -> Places {
        let owner = self.owner_at(cells);
        let x = cells.x + GUTTER + 1;
        if cells.width < WITH_IDEA {
            return Places {
                title_end: owner.saturating_sub(1),
                words: None,
                idea: None,
            };
        }
        let figures = with_gap(self.demand, DEMAND) + with_gap(self.effort, EFFORT);
        let idea = owner.saturating_sub(figures + STATUS + 1);
        let title_end = idea.saturating_sub(1);
        if cells.width < WITH_WORDS || !self.words {
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

    /// Where the titles of the table end.
    pub(super) fn title_end(self, cells: Cells) -> u16 {
        self.places(cells).title_end
    }
}

/// Where the columns of the table start; a column that has no room has no place.
struct Places {
    title_end: u16,
    words: Option<(u16, u16)>,
    idea: Option<u16>,
}

/// The cells of a column and of the gap beside it, if it is shown.
const fn with_gap(shown: bool, width: u16) -> u16 {
    if shown { width + 1 } else { 0 }
}

/// The names of the columns that would not explain themselves, on the line of the table's title.
pub(super) fn heads(canvas: &mut Canvas<'_>, columns: Columns, cells: Cells) {
    let places = columns.places(cells);
    let Some(mut at) = places.idea else {
        return;
    };
    if let Some((x, width)) = places.words {
        canvas.words(x, cells.y, width, "Last update", Role::Header);
    }
    for (name, width, shown) in [
        ("Demand", DEMAND, columns.demand),
        ("Effort", EFFORT, columns.effort),
        ("Status", STATUS, true),
        ("Owner", OWNER, columns.owner),
        ("Health", HEALTH, true),
    ] {
        if shown {
            canvas.words(at, cells.y, width, name, Role::Header);
            at += width + 1;
        }
    }
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
    let all = Columns::of(std::iter::empty()).with_owner_and_update();
    let at = standing(canvas, now, item, all, cells, y);
    title(canvas, item, cells, y, at.saturating_sub(1), strong);
}

/// The same with what the idea is and what was said last, as far as there is room.
pub(super) fn whole(
    canvas: &mut Canvas<'_>,
    now: Moment,
    item: &ReleaseItem,
    columns: Columns,
    (cells, y): (Cells, u16),
    strong: bool,
) {
    standing(canvas, now, item, columns, cells, y);
    let places = columns.places(cells);
    if let Some((x, width)) = places.words
        && let Some(words) = item.update.as_ref().and_then(|update| update.text.as_ref())
    {
        canvas.text(x, y, width, &SafeText::row(words), Role::Dim);
    }
    if let Some(mut at) = places.idea {
        if let (true, Some(demand)) = (columns.demand, item.demand) {
            let demand = SafeText::line(&demand.to_string());
            canvas.right(at + DEMAND, y, DEMAND, &demand, Role::Text);
        }
        at += with_gap(columns.demand, DEMAND);
        let effort = item.effort.map_or("", |effort| effort.word());
        canvas.words(at, y, EFFORT, effort, Role::Dim);
        at += with_gap(columns.effort, EFFORT);
        let (word, role) = (item.status.word(), ink::status(item.status));
        canvas.words(at, y, STATUS, word, role);
    }
    title(canvas, item, cells, y, places.title_end, strong);
}

/// Owner, health and the age of the update, at the right; returns where they start.
fn standing(
    canvas: &mut Canvas<'_>,
    now: Moment,
    item: &ReleaseItem,
    columns: Columns,
    cells: Cells,
    y: u16,
) -> u16 {
    let right = (cells.x + cells.width).saturating_sub(1);
    let wide = cells.width >= 60;
    let (symbol, health_role) = ink::standing(item.standing(), canvas.plain);
    let mut at = right;
    if wide && columns.update {
        at -= UPDATE;
        let role = if item.owes_update {
            Role::Warning
        } else {
            Role::Dim
        };
        let update = SafeText::line(&update_words(item.update.as_ref(), item.owes_update, now));
        canvas.right(right, y, UPDATE, &update, role);
        at -= 1;
    }
    let health_width = if wide { HEALTH } else { 2 };
    at -= health_width;
    if !(canvas.plain && wide) {
        canvas.symbol(at, y, symbol, health_role);
    }
    if wide {
        let word = item.health.word_of(item.status);
        canvas.words(at + 2, y, health_width - 2, word, health_role);
    } else if item.owes_update {
        canvas.symbol(at + 1, y, "!", Role::Warning);
    }
    if cells.width >= 44 && columns.owner {
        at = at.saturating_sub(1 + OWNER);
        let owner = item.owner.as_ref().map(ToString::to_string);
        let owner = SafeText::line(owner.as_deref().unwrap_or_default());
        canvas.text(at, y, OWNER, &owner, Role::Mention);
    }
    at
}

/// The role of a title: what is cut or done steps back behind what is to come.
pub(super) const fn title_role(standing: Standing, here: bool) -> Role {
    match (standing, here) {
        (Standing::Gone, _) => Role::Faint,
        (_, true) => Role::Title,
        (Standing::Done, false) => Role::Dim,
        (_, false) => Role::Text,
    }
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
    let role = title_role(item.standing(), strong);
    let words = SafeText::row(&item.title);
    canvas.text(x, y, end.saturating_sub(x), &words, role);
}
