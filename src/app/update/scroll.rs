//! Moving: by rows in lists, by lines in texts.

use super::super::command::{Command, Context};
use super::super::document::hand_document;
use super::super::effect::Effect;
use super::super::layout::{self, PROSE, layout};
use super::super::state::{Pane, Screen, State};
use super::super::target;
use super::{board, charts, idea, ideas, inbox, minutes, past, plan, present, sync, timeline};
use crate::domain::safe_text::SafeText;

/// Lines that `J` and `K` scroll by.
const SCROLL: isize = 3;

/// How far to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distance {
    /// Rows, down or up.
    By(isize),
    /// To the first row.
    Start,
    /// To the last row.
    End,
}

impl Distance {
    /// The place after moving from `from` in a list of `length`.
    pub(super) fn from(self, from: usize, length: usize) -> usize {
        let last = length.saturating_sub(1);
        match self {
            Self::By(rows) => from.saturating_add_signed(rows).min(last),
            Self::Start => 0,
            Self::End => last,
        }
    }
}

/// Runs a command that moves.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    use Command as C;
    let page = page(state).max(1);
    let signed = |rows: usize| isize::try_from(rows).unwrap_or(isize::MAX);
    let distance = match command {
        C::Down => Distance::By(1),
        C::Up => Distance::By(-1),
        C::HalfPageDown => Distance::By(signed((page / 2).max(1))),
        C::HalfPageUp => Distance::By(-signed((page / 2).max(1))),
        C::PageDown => Distance::By(signed(page)),
        C::PageUp => Distance::By(-signed(page)),
        C::Top => Distance::Start,
        C::Bottom => Distance::End,
        C::ScrollDown => return detail(state, SCROLL),
        C::ScrollUp => return detail(state, -SCROLL),
        _ => return Vec::new(),
    };
    match target::underneath(state) {
        Context::Inbox => match distance {
            Distance::By(rows) => return inbox::move_by(state, rows),
            Distance::Start => return inbox::jump(state, false),
            Distance::End => return inbox::jump(state, true),
        },
        Context::Text | Context::Passage => text(state, distance),
        Context::Ideas => return ideas::go(state, distance),
        Context::Idea => idea::go(state, distance),
        Context::Plan | Context::Board => plan::go(state, distance),
        Context::Timeline => return timeline::go(state, distance),
        Context::Charts => charts::go(state, distance),
        Context::Past => past::go(state, distance),
        Context::Sync | Context::Missing => sync::go(state, distance),
        Context::Present => match command {
            C::Down | C::Up => return present::move_by(state, command == C::Down),
            C::Top | C::Bottom => return present::jump(state, command == C::Bottom),
            _ => {}
        },
        Context::Minutes => minutes::go(state, distance),
        Context::Absent | Context::Entry | Context::Picker | Context::Form => {}
    }
    Vec::new()
}

/// Rows or lines of what has the focus that are on the screen.
fn page(state: &State) -> usize {
    let cells = match state.screen {
        Screen::Console => layout(state).pane(state.focus),
        _ => layout(state).body,
    };
    match (state.screen, state.focus) {
        (Screen::Charts, _) => charts::room(state),
        (Screen::Console, Pane::Inbox) => inbox::page(state),
        (Screen::Console, Pane::Ideas) => ideas::screen(state),
        (Screen::Console, Pane::Plan) if target::on_board(state) => board::page(state),
        (Screen::Sync, _) => usize::from(layout::sync(state).list.height),
        _ => usize::from(cells.height.saturating_sub(2)),
    }
}

/// Scrolls the text of what is in hand, wherever the focus is.
fn detail(state: &mut State, lines: isize) -> Vec<Effect> {
    if state.screen == Screen::Idea {
        idea::scroll(state, Distance::By(lines));
    } else if state.screen == Screen::Sync {
        sync::scroll(state, lines);
    } else if state.screen == Screen::Minutes {
        minutes::go(state, Distance::By(lines));
    } else if state.screen == Screen::Present {
        present::scroll(state, lines);
    } else if state.screen == Screen::Console {
        text(state, Distance::By(lines));
    }
    Vec::new()
}

/// Scrolls the text of the feedback in hand; never beyond its last line.
pub(super) fn text(state: &mut State, distance: Distance) {
    let (lines, room) = extent(state);
    let most = lines.saturating_sub(room);
    if let Some(hand) = &mut state.hand {
        hand.scroll = distance.from(hand.scroll.min(most), most + 1);
    }
}

/// The width at which the text of the feedback in hand is laid out, and how many of its lines are on the screen.
pub(super) fn text_room(state: &State) -> (usize, usize) {
    let cells = layout(state).feedback;
    let width = usize::from(cells.width.saturating_sub(2).min(PROSE));
    let detail = state.hand.as_ref().and_then(|hand| hand.detail.as_ref());
    let long = detail.is_some_and(|detail| SafeText::row(&detail.row.title).width() > width);
    let heading = if long && cells.height >= 8 { 2 } else { 1 };
    (
        width,
        usize::from(cells.height.saturating_sub(heading)).max(1),
    )
}

/// How many lines the text in hand has, and how many of them are on the screen.
fn extent(state: &State) -> (usize, usize) {
    let (width, room) = text_room(state);
    (hand_document(state, width).len(), room)
}
