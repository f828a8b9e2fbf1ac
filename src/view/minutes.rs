//! The minutes of a meeting, to read before they are passed on.

use super::canvas::Canvas;
use super::feedback::draw_line;
use super::theme::Role;
use crate::app::document::minutes_document;
use crate::app::layout::{Cells, PROSE};
use crate::app::state::State;
use crate::domain::meeting::{MeetingState, Minutes};
use crate::domain::safe_text::SafeText;

/// Lines above the text: what it came to, and a blank one.
pub const HEAD: u16 = 2;

/// Draws the minutes from where one has scrolled to.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some(text) = &state.minutes.text else {
        return;
    };
    let x = cells.x + 2;
    let width = cells.width.saturating_sub(4).min(PROSE);
    let used = canvas.words(x, cells.y, width, "Minutes", Role::Accent);
    let words = SafeText::line(&format!("  {}", came_to(&text.minutes)));
    canvas.text(x + used, cells.y, width - used, &words, Role::Dim);
    let lines = minutes_document(text, usize::from(width));
    let room = usize::from(cells.height.saturating_sub(HEAD));
    let top = state.minutes.top.min(lines.len().saturating_sub(room));
    for (place, line) in lines.iter().skip(top).take(room).enumerate() {
        let y = cells.y + HEAD + place as u16;
        draw_line(canvas, x, y, width, line, None);
    }
    let below = lines.len().saturating_sub(top + room);
    if below > 0 {
        canvas.position(cells, &super::more_lines(below, "j"));
    }
}

/// `over · 3 decisions · 9 discussed · 1 carried over · 2 action steps · 34 minutes`.
fn came_to(minutes: &Minutes) -> String {
    let meeting = &minutes.meeting;
    let mut words = vec![match meeting.state {
        MeetingState::Running => "not over yet".to_owned(),
        MeetingState::Finished => "over".to_owned(),
        state => state.word().to_owned(),
    }];
    match minutes.decisions.len() {
        0 => {}
        1 => words.push("1 decision".to_owned()),
        more => words.push(format!("{more} decisions")),
    }
    words.push(format!("{} discussed", minutes.discussed.len()));
    if !minutes.carried_over.is_empty() {
        words.push(format!("{} carried over", minutes.carried_over.len()));
    }
    match minutes.promised.len() {
        0 => {}
        1 => words.push("1 action step".to_owned()),
        more => words.push(format!("{more} action steps")),
    }
    if let (Some(from), Some(to)) = meeting.held {
        let took = to.0.saturating_sub(from.0) / crate::domain::moment::MINUTE;
        words.push(format!("{took} of {} minutes", meeting.minutes));
    }
    words.join(" · ")
}
