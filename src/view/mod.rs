//! Drawing: a pure function from the console's state to cells.
//!
//! `screen` draws by the figures of `app::layout`, takes every colour from a theme's role, and prints text from outside
//! only as `SafeText`. It reads no file and no clock, and changes nothing.

pub mod canvas;
pub mod colour;
mod digits;
pub mod theme;

mod absent;
mod charts;
mod feedback;
mod frame;
mod idea;
mod ideas;
mod inbox;
mod ink;
mod matched;
mod minutes;
mod missing;
mod notice;
mod overlay;
mod plan;
mod present;
mod sections;
mod sync;
mod table;
mod timeline;

use ratatui::buffer::Buffer;

use crate::app::document::wrap;
use crate::app::empty::empty_words;
use crate::app::layout::{Arrangement, Cells, Layout, SMALLEST, arrangement, layout};
use crate::app::state::{Pane, Screen, State};
use crate::app::target;
use crate::domain::safe_text::SafeText;
use canvas::Canvas;
use theme::{Role, Theme};

/// Draws the whole screen. Returns where the terminal's cursor stands, when text is being typed.
pub fn screen(state: &State, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let canvas = &mut Canvas::new(buffer, theme, state.settings.plain);
    let (width, height) = state.size;
    if width < SMALLEST.0 || height < SMALLEST.1 {
        let words = format!(
            "Intake needs {}×{} cells; this is {width}×{height}.",
            SMALLEST.0, SMALLEST.1
        );
        canvas.text(0, 0, width, &SafeText::line(&words), Role::Text);
        canvas.ground();
        return None;
    }
    let layout = layout(state);
    frame::header(canvas, state, &layout);
    match state.screen {
        Screen::Console => console(canvas, state, &layout),
        Screen::Idea => idea::draw(canvas, state, layout.body),
        Screen::Timeline => timeline::draw(canvas, state, layout.body),
        Screen::Sync => sync::draw(canvas, state),
        Screen::Present => present::draw(canvas, state, layout.body),
        Screen::Minutes => minutes::draw(canvas, state, layout.body),
        Screen::Past => plan::past::draw(canvas, state, layout.body),
        Screen::Charts => charts::draw(canvas, state, layout.body),
        Screen::Absent(_) => absent::draw(canvas, state, layout.body),
    }
    let below = draw_rules(canvas, state, &layout);
    frame::foot(canvas, state, layout.footer);
    let mut notice = notice::draw(canvas, state, &layout, below);
    if notice.width == 0 {
        notice.width = ideas::on_rule(canvas, state, &layout);
    }
    canvas.draw_positions(notice);
    let cursor = overlay::draw(canvas, state, &layout);
    canvas.ground();
    cursor
}

/// The rules between the panes, and the one below them, which they meet. Returns the cells of the latter.
fn draw_rules(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) -> Cells {
    if state.screen == Screen::Console && !state.zoomed {
        frame::rules(canvas, layout, arrangement(state.size.0));
    }
    if state.screen == Screen::Sync {
        sync::rules(canvas, state);
    }
    let below = notice::rule(canvas, state, layout);
    if state.screen == Screen::Console && !state.zoomed {
        frame::feet(canvas, layout, arrangement(state.size.0), below);
    }
    if target::on_board(state) {
        plan::board::feet(canvas, state, below);
    }
    if state.screen == Screen::Sync {
        sync::feet(canvas, state, below);
    }
    below
}

/// The panes that the layout has room for, with the rules between them.
fn console(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    if layout.inbox.height > 0 {
        inbox::draw(canvas, state, layout.inbox);
    }
    if layout.feedback.height > 0 {
        feedback::draw(canvas, state, layout.feedback);
    }
    if layout.ideas.height > 0 {
        ideas::draw(canvas, state, layout);
    }
    if layout.plan.height > 0 {
        plan::draw(canvas, state, layout.plan);
    }
}

/// The role of a pane's title: the accent for the one that has the focus.
fn title_role(state: &State, pane: Pane) -> Role {
    if state.focus == pane {
        Role::Accent
    } else {
        Role::Title
    }
}

/// The title of a pane in its first row; answers how many cells it took.
fn title(
    canvas: &mut Canvas<'_>,
    state: &State,
    cells: Cells,
    pane: Pane,
    words: &'static str,
) -> u16 {
    let role = title_role(state, pane);
    canvas.words(cells.x + 1, cells.y, cells.width, words, role)
}

/// Says why a pane is empty and which key helps, from line `y` of its cells.
fn empty(canvas: &mut Canvas<'_>, state: &State, pane: Pane, cells: Cells, y: u16) {
    let Some(empty) = empty_words(state, pane) else {
        return;
    };
    let (x, width) = (
        cells.x + table::GUTTER,
        cells.width.saturating_sub(table::GUTTER + 1),
    );
    let mut y = y;
    let bottom = cells.y + cells.height;
    for range in wrap(&empty.why, usize::from(width).max(8)) {
        if y >= bottom {
            return;
        }
        canvas.text(x, y, width, &SafeText::line(&empty.why[range]), Role::Dim);
        y += 1;
    }
    if let Some((key, does)) = &empty.help
        && y < bottom
    {
        let used = canvas.text(x, y, width, &SafeText::line(key), Role::Key) + 1;
        let room = width.saturating_sub(used);
        for (y, range) in (y..bottom).zip(wrap(does, usize::from(room).max(8))) {
            canvas.text(x + used, y, room, &SafeText::line(&does[range]), Role::Dim);
        }
    }
}

/// Whether panes lie side by side.
fn side_by_side(arrangement: Arrangement) -> bool {
    matches!(
        arrangement,
        Arrangement::TwoColumns | Arrangement::ThreeColumns
    )
}

/// `3 more lines · J`: how many are below, and the key that leads there.
fn more_lines(count: usize, key: &str) -> String {
    format!("{count} more {} · {key}", lines(count))
}

/// `3 lines above · K`: how many are hidden above, and the key that leads there.
fn lines_above(count: usize, key: &str) -> String {
    format!("{count} {} above · {key}", lines(count))
}

const fn lines(count: usize) -> &'static str {
    if count == 1 { "line" } else { "lines" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_more_line_is_a_line() {
        assert_eq!(super::more_lines(1, "J"), "1 more line · J");
        assert_eq!(super::more_lines(2, "j"), "2 more lines · j");
        assert_eq!(super::lines_above(1, "K"), "1 line above · K");
        assert_eq!(super::lines_above(2, "K"), "2 lines above · K");
    }
}

#[cfg(test)]
mod cost;
