//! Cells to bytes: ratatui's way of drawing, but for what it does for each letter.
//!
//! Its backend formats each cell as a command of its own, which was a third of the first frame. Here the commands of crossterm are
//! for what changes between two cells, and a letter is copied. A property test holds what a terminal shows of either.

use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::style::{Attribute, Colors, SetAttribute, SetColors};
use ratatui::backend::IntoCrossterm;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::changes::is_doubtful;

const ATTRIBUTES: [(Modifier, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

/// What the terminal writes in.
#[derive(Clone, Copy, PartialEq)]
struct Style {
    colours: (Color, Color),
    modifier: Modifier,
}

const PLAIN: Style = Style {
    colours: (Color::Reset, Color::Reset),
    modifier: Modifier::empty(),
};

/// Writes cells to their places, and leaves the terminal's style as it is reset.
///
/// # Errors
/// Those of `out`.
pub(super) fn draw<'a>(
    out: &mut Vec<u8>,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let mut style = PLAIN;
    let mut next = None;
    for (x, y, cell) in cells {
        // A wide letter moves the cursor by as much as the terminal thinks it does, so the place behind it is said.
        if next != Some((x, y)) {
            queue!(out, MoveTo(x, y))?;
        }
        let doubtful = is_doubtful(cell.symbol());
        next = (!doubtful).then(|| (x.saturating_add(1), y));
        let wanted = Style {
            colours: (cell.fg, cell.bg),
            modifier: cell.modifier,
        };
        if style != wanted {
            change(out, style, wanted)?;
            style = wanted;
        }
        if doubtful {
            // The terminal may take it for narrower than it is here: nothing of what was there stays beside it.
            let blanks = usize::from(cell.cell_width());
            write!(out, "{:blanks$}", "")?;
            queue!(out, MoveTo(x, y))?;
        }
        out.write_all(cell.symbol().as_bytes())?;
    }
    if style != PLAIN {
        queue!(out, SetAttribute(Attribute::Reset))?;
    }
    Ok(())
}

fn change(out: &mut Vec<u8>, mut from: Style, to: Style) -> io::Result<()> {
    // What takes one attribute away may take another with it, as dim and bold go together.
    if !to.modifier.contains(from.modifier) {
        queue!(out, SetAttribute(Attribute::Reset))?;
        from = PLAIN;
    }
    for (modifier, attribute) in ATTRIBUTES {
        if (to.modifier - from.modifier).contains(modifier) {
            queue!(out, SetAttribute(attribute))?;
        }
    }
    if from.colours != to.colours {
        let (front, back) = to.colours;
        let colours = Colors::new(front.into_crossterm(), back.into_crossterm());
        queue!(out, SetColors(colours))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const SIZE: Rect = Rect::new(0, 0, 10, 3);

    fn shown(bytes: &[u8]) -> String {
        let mut terminal = vt100::Parser::new(
            std::num::NonZero::new(SIZE.height).expect("rows"),
            std::num::NonZero::new(SIZE.width).expect("columns"),
            0,
        );
        terminal.process(bytes);
        terminal.screen().state_formatted()
    }

    /// Bold or dim, not both: the terminal of the test takes the later for the earlier.
    fn modifiers() -> impl Strategy<Value = Modifier> {
        (0_u16..1 << 9).prop_map(|bits| match Modifier::from_bits_truncate(bits) {
            both if both.contains(Modifier::BOLD) => both - Modifier::DIM,
            other => other,
        })
    }

    proptest! {
        #[test]
        fn a_terminal_shows_what_ratatui_would_have_drawn(
            texts in prop::collection::vec(
                (
                    (0..SIZE.width, 0..SIZE.height),
                    prop::sample::select(&["a", "bold", "two words", "é", "コ字", "─│"][..]),
                    prop::sample::select(vec![Color::Reset, Color::Blue, Color::Indexed(99), Color::Rgb(1, 2, 3)]),
                    any::<bool>(),
                    modifiers(),
                ),
                0..9,
            ),
        ) {
            let empty = Buffer::empty(SIZE);
            let mut frame = Buffer::empty(SIZE);
            for ((x, y), text, colour, is_back, modifier) in texts {
                let style = Style::new().add_modifier(modifier).remove_modifier(Modifier::all() - modifier);
                let style = if is_back { style.bg(colour) } else { style.fg(colour) };
                frame.set_stringn(x, y, text, usize::from(SIZE.width - x), style);
            }
            let mut drawn = Vec::new();
            draw(&mut drawn, empty.diff_iter(&frame)).expect("it is memory");
            let mut expected = Vec::new();
            CrosstermBackend::new(&mut expected)
                .draw(empty.diff_iter(&frame))
                .expect("it is memory");
            prop_assert_eq!(shown(&drawn), shown(&expected));
        }
    }
}
