//! The whole agenda, small, beside the item at hand: what was gone through, what is to come, and how long each has taken.

use crate::app::layout::Cells;
use crate::app::present::{Mark, Show, brief, given, minutes};
use crate::app::state::State;
use crate::domain::moment::SECOND;
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::table::{GUTTER, gutter};
use crate::view::theme::Role;

/// A line: the heading of a part, or an item by its place.
enum Line<'a> {
    Heading(&'a str),
    Item(usize),
}

/// Draws the list around the item at hand.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, show: &Show<'_>, cells: Cells) {
    let mut lines = Vec::new();
    let mut part = None;
    for (place, stop) in show.stops.iter().enumerate() {
        if part != Some(&stop.section.title) {
            part = Some(&stop.section.title);
            lines.push(Line::Heading(&stop.section.title));
        }
        lines.push(Line::Item(place));
    }
    let cells = promised(canvas, show, cells);
    let room = usize::from(cells.height);
    let at = lines
        .iter()
        .position(|line| matches!(line, Line::Item(place) if Some(*place) == show.at));
    // The one at hand keeps to the middle, so that one sees where one comes from and what is to come.
    let at = at.unwrap_or(lines.len());
    let top = at.saturating_sub(room / 2);
    let top = top.min(lines.len().saturating_sub(room));
    let right = cells.x + cells.width.saturating_sub(1);
    for (line, y) in lines.iter().skip(top).take(room).zip(cells.y..) {
        match line {
            Line::Heading(title) => {
                let title = SafeText::row(title);
                canvas.text(cells.x + 1, y, cells.width - 1, &title, Role::Header);
            }
            Line::Item(place) => {
                let here = Some(*place) == show.at;
                let stop = &show.stops[*place];
                gutter(canvas, cells, y, here, true, stop.mark == Mark::Done);
                if stop.mark == Mark::PutOff {
                    let symbol = if canvas.plain { "+" } else { "→" };
                    canvas.symbol(cells.x + 1, y, symbol, Role::Dim);
                }
                let taken = show.running.taken(stop.item, state.now);
                let note = match (here, taken, given(stop)) {
                    (true, ..) => String::new(),
                    (_, SECOND.., _) => minutes(taken),
                    (_, _, Some(given)) => brief(given),
                    _ => String::new(),
                };
                let end = canvas.right(right, y, 6, &SafeText::line(&note), Role::Faint);
                let role = match (here, stop.mark) {
                    (true, _) => Role::Title,
                    (_, Mark::Ahead) => Role::Text,
                    _ => Role::Faint,
                };
                let x = cells.x + GUTTER;
                let width = end.saturating_sub(x + 1);
                canvas.text(x, y, width, &SafeText::line(stop.title()), role);
            }
        }
    }
}

/// How many steps that were just promised are shown at most.
const MOST_PROMISED: usize = 4;

/// What was promised in this meeting so far, at the bottom; returns what is left above.
fn promised(canvas: &mut Canvas<'_>, show: &Show<'_>, cells: Cells) -> Cells {
    let promised = show.promised();
    let shown = &promised[promised.len().saturating_sub(MOST_PROMISED)..];
    // A blank line, the heading, the steps.
    let taken = shown.len() as u16 + 2;
    if shown.is_empty() || cells.height < 3 * taken {
        return cells;
    }
    let left = Cells {
        height: cells.height - taken,
        ..cells
    };
    let y = left.y + left.height + 1;
    let heading = match promised.len() {
        1 => "Promised here".to_owned(),
        several => format!("Promised here · {several}"),
    };
    let heading = SafeText::line(&heading);
    canvas.text(cells.x + 1, y, cells.width - 1, &heading, Role::Header);
    let right = cells.x + cells.width.saturating_sub(1);
    for (step, y) in shown.iter().zip(y + 1..) {
        let owner = step.owner.as_ref().map(ToString::to_string);
        let owner = SafeText::line(&owner.unwrap_or_default());
        let end = canvas.right(right, y, 12, &owner, Role::Mention);
        canvas.symbol(cells.x + 1, y, "+", Role::Dim);
        let x = cells.x + GUTTER;
        let width = end.saturating_sub(x + 1);
        canvas.text(x, y, width, &SafeText::line(&step.text), Role::Text);
    }
    left
}
