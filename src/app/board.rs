//! The release plan as a board: a column for each release, its items below one another as cards.
//!
//! As plain figures: the view draws by them, `update` scrolls by them, and a press of the mouse finds its card by them. Columns
//! move sideways as wholes, cards up and down as wholes, each column for itself.

use crate::domain::release::PlannedRelease;
use crate::domain::safe_text::SafeText;

use super::document::wrap;
use super::layout::{Cells, layout};
use super::state::{PlanCursor, State};
use super::target;

/// So narrow is a column at most where there are several: a title of two lines is mostly whole there.
const NARROWEST: u16 = 36;
/// So wide it gets: in a wider one what stands at its right would be far from its title.
const WIDEST: u16 = 60;
/// Cells before the text of a column: the cursor's marker, a blank, the sign of health, a blank.
pub const INDENT: u16 = 4;
/// So many lines a title has at most.
const TITLE_LINES: usize = 2;
/// The lines above the cards: the name of the release, how it does, a rule.
const HEAD: u16 = 3;
/// From so many lines on there is a blank one between cards; below it that would cost too many cards.
const AIRY: u16 = 20;

/// A release as a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Index of the release in the plan.
    pub release: usize,
    /// Indices of its items that the filter leaves, in their order.
    pub items: Vec<usize>,
}

impl Column {
    /// The place of the cursor among its items; `None` where it is on the head of the column, or in another.
    #[must_use]
    pub fn place_of(&self, cursor: PlanCursor) -> Option<usize> {
        let item = cursor.item.filter(|_| cursor.release == self.release)?;
        self.items.iter().position(|shown| *shown == item)
    }
}

/// A card on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// Index of its item in the release.
    pub item: usize,
    /// Where it is.
    pub cells: Cells,
}

/// The cards of a column that are on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cards {
    /// They, from the top.
    pub cards: Vec<Card>,
    /// How many are above them.
    pub above: usize,
    /// How many are below them.
    pub below: usize,
}

/// All columns: every release, with a filter those that have something of it.
#[must_use]
pub fn columns(state: &State) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for place in target::plan_places(state) {
        match (place.item, columns.last_mut()) {
            (Some(item), Some(column)) => column.items.push(item),
            _ => columns.push(Column {
                release: place.release,
                items: Vec::new(),
            }),
        }
    }
    columns
}

/// How many of so many columns have room side by side on the board; one at least.
#[must_use]
pub fn abreast(state: &State, columns: usize) -> usize {
    let room = usize::from((layout(state).plan.width + 1) / (NARROWEST + 1));
    room.min(columns).max(1)
}

/// The columns on the screen with where they are, from their heads to the bottom. Between two there is a cell for a rule.
#[must_use]
pub fn shown(state: &State) -> Vec<(Column, Cells)> {
    let columns = columns(state);
    let abreast = abreast(state, columns.len());
    let board = layout(state).plan.below(1);
    let count = u16::try_from(abreast).unwrap_or(u16::MAX);
    let room = (board.width + 1).min(count.saturating_mul(WIDEST + 1));
    // What does not come out even is spread, so that the last ends where the board does.
    let edge = |place: u16| {
        let cells = u32::from(room) * u32::from(place) / u32::from(count);
        u16::try_from(cells).unwrap_or(room)
    };
    let first = state
        .plan
        .board
        .left
        .min(columns.len().saturating_sub(abreast));
    let columns = columns.into_iter().skip(first).take(abreast);
    columns
        .zip(0..)
        .map(|(column, place)| {
            let cells = Cells {
                x: board.x + edge(place),
                width: (edge(place + 1) - edge(place)).saturating_sub(1),
                ..board
            };
            (column, cells)
        })
        .collect()
}

/// The cells of a column that its cards have.
#[must_use]
pub fn room(column: Cells) -> Cells {
    column.below(HEAD)
}

/// The lines of a title in a column of that width: all of it, as far as it has room.
#[must_use]
pub fn title_lines(title: &str, width: u16) -> Vec<SafeText> {
    let room = usize::from(width.saturating_sub(INDENT + 1));
    // A title may have a million letters: no more are laid out than can be seen.
    let text = SafeText::row(title).truncated(room * (TITLE_LINES + 1));
    let lines = wrap(text.as_str(), room);
    let ends = lines.len().min(TITLE_LINES);
    let lines = lines.into_iter().enumerate().take(ends);
    let lines = lines.map(|(place, line)| {
        let end = if place + 1 == TITLE_LINES {
            text.as_str().len()
        } else {
            line.end
        };
        let line = text.as_str().get(line.start..end).unwrap_or_default();
        SafeText::line(line).truncated(room)
    });
    lines.collect()
}

/// How many lines a card has, without the blank one below it: its title, and one for whose it is and how it does.
fn height(planned: &PlannedRelease, item: usize, width: u16) -> u16 {
    let lines = planned
        .items
        .get(item)
        .map(|item| title_lines(&item.title, width).len());
    u16::try_from(lines.unwrap_or(0)).unwrap_or(1) + 1
}

/// Blank lines between two cards.
fn gap(room: Cells) -> u16 {
    u16::from(room.height >= AIRY)
}

/// The first card of a column on the screen, as a place among its items: where it was scrolled to, but so that the card under
/// the cursor is seen whole, and no room is left below the last card while there are more above.
#[must_use]
pub fn first(state: &State, column: &Column, cells: Cells) -> usize {
    let Some(planned) = state.plan.plan.releases.get(column.release) else {
        return 0;
    };
    let room = room(cells);
    let (lines, gap) = (usize::from(room.height), usize::from(gap(room)));
    let height = |place: usize| {
        let item = column.items.get(place).copied();
        item.map_or(0, |item| usize::from(height(planned, item, cells.width)))
    };
    let scrolled = state.plan.board.tops.get(&planned.release.id).copied();
    // From the last card upwards as many as have room.
    let (mut last, mut used) = (column.items.len(), 0);
    while last > 0 && used + height(last - 1) <= lines {
        last -= 1;
        used += height(last) + gap;
    }
    let first = scrolled.unwrap_or(0).min(last);
    if state.plan.cursor.release != column.release {
        return first;
    }
    let Some(at) = column.place_of(state.plan.cursor) else {
        return 0;
    };
    // From the card under the cursor upwards likewise.
    let (mut highest, mut used) = (at, height(at));
    while highest > 0 && used + gap + height(highest - 1) <= lines {
        highest -= 1;
        used += gap + height(highest);
    }
    first.clamp(highest, at)
}

/// The cards of a column that are on the screen: those that are seen whole, and in any case the first.
#[must_use]
pub fn cards(state: &State, column: &Column, cells: Cells) -> Cards {
    let above = first(state, column, cells);
    let room = room(cells);
    let planned = state.plan.plan.releases.get(column.release);
    let mut y = room.y;
    let mut cards = Vec::new();
    for item in column.items.iter().skip(above) {
        let height = planned.map_or(0, |planned| height(planned, *item, cells.width));
        let left = (room.y + room.height).saturating_sub(y);
        if left == 0 || (height > left && !cards.is_empty()) {
            break;
        }
        cards.push(Card {
            item: *item,
            cells: Cells {
                y,
                height: height.min(left),
                ..room
            },
        });
        y += height + gap(room);
    }
    Cards {
        below: column.items.len() - above - cards.len(),
        cards,
        above,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_two_lines_and_tells_that_it_goes_on() {
        let lines = |title: &str| -> Vec<String> {
            let lines = title_lines(title, 25);
            lines.iter().map(ToString::to_string).collect()
        };
        assert_eq!(lines("Export a board"), ["Export a board"]);
        assert_eq!(
            lines("Export a board as PDF or CSV"),
            ["Export a board as", "PDF or CSV"]
        );
        assert_eq!(
            lines("Export a board as PDF or CSV with its history"),
            ["Export a board as", "PDF or CSV with its…"]
        );
        assert_eq!(lines(""), [""]);
        let endless = lines(&"コ".repeat(200_000));
        assert_eq!(endless.len(), 2);
        assert!(endless[1].ends_with('…'), "{endless:?}");
        assert_eq!(title_lines("a\nb\u{1b}[2J", 25).len(), 1);
    }
}
