//! The screens which this version does not have yet: each says so, and what serves instead.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::layout::Cells;
use crate::app::state::Absent;

/// Draws what there is to say.
pub fn draw(canvas: &mut Canvas<'_>, absent: Absent, cells: Cells) {
    let (title, lines): (_, [&'static str; 3]) = match absent {
        Absent::WeeklySync => (
            "Weekly sync",
            [
                "The agenda of the weekly sync comes with a later version.",
                "Q queues a feedback, an idea or a release item for it today; nothing queued is lost.",
                "Until then g r shows the release plan with the updates that are owed.",
            ],
        ),
        Absent::Outbox => (
            "Outbox",
            [
                "Delivery of answers and assignments comes with a later version.",
                "They are stored from the first day; nothing that waits here is lost.",
                "Until then the palette (:) copies all answers that wait as Markdown.",
            ],
        ),
        Absent::Charts => (
            "Charts",
            [
                "Charts of the inbox and of demand come with a later version.",
                "The filter answers many of their questions today: is:unprocessed age:>7d",
                "and g d shows the ideas by demand.",
            ],
        ),
    };
    let x = cells.x + 4;
    canvas.words(x, cells.y + 1, cells.width, title, Role::Accent);
    for (y, line) in (cells.y + 3..).zip(lines) {
        canvas.words(x, y, cells.width.saturating_sub(5), line, Role::Text);
    }
    canvas.words(x, cells.y + 7, cells.width, "Esc goes back.", Role::Dim);
}
