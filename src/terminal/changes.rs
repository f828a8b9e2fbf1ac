//! What has changed from one frame to the next, by the rules of ratatui ([`Buffer::diff_iter`]).
//!
//! Ratatui's own comparison looks up how wide each cell is before it looks whether anything changed, and compares single letters by
//! calls: that was 45% of what a step of the cursor costs at 200×50. Here a cell of one ASCII letter or of a line, as nearly all
//! are, is compared at once; whatever is left goes by ratatui's rules, and a property test holds the two against each other.
//! The cells' own options for the comparison are ignored: the view sets none.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// What shows on a blank cell. Where a wide letter of such a style was, the cell behind it may still have the style.
const ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Asks for an emoji where there would be a letter; terminals do not agree on the width.
const AS_EMOJI: char = '\u{FE0F}';

/// The cells of a frame that are others than those shown, in the order of the rows.
pub(super) struct Changes<'a> {
    shown: &'a [Cell],
    next: &'a [Cell],
    columns: usize,
    at: usize,
    covered: Option<Covered>,
}

/// Cells behind a changed one, which a wide letter covers or has covered.
struct Covered {
    at: usize,
    end: usize,
    /// All of them, or only those with another letter.
    all: bool,
}

impl<'a> Changes<'a> {
    /// Compares two frames of one size.
    pub(super) fn new(shown: &'a Buffer, next: &'a Buffer) -> Self {
        debug_assert_eq!(shown.area, next.area, "a frame of another size");
        Self {
            shown: &shown.content,
            next: &next.content,
            columns: usize::from(next.area.width),
            at: 0,
            covered: None,
        }
    }

    fn change(&self, at: usize) -> Option<(u16, u16, &'a Cell)> {
        let place = |cells: usize| u16::try_from(cells).ok();
        let column = place(at.checked_rem(self.columns)?)?;
        Some((column, place(at / self.columns)?, self.next.get(at)?))
    }

    /// The next change among the cells that are or were covered.
    fn beside(&mut self) -> Option<(u16, u16, &'a Cell)> {
        let covered = self.covered.as_mut()?;
        while covered.at < covered.end {
            let at = covered.at;
            let (next, shown) = (self.next.get(at)?, self.shown.get(at)?);
            covered.at += usize::from(next.cell_width().max(1));
            covered.end = covered.end.max(covered.at).min(self.next.len());
            if covered.all || next.symbol() != shown.symbol() {
                return self.change(at);
            }
        }
        self.at = covered.end;
        self.covered = None;
        None
    }
}

impl<'a> Iterator for Changes<'a> {
    type Item = (u16, u16, &'a Cell);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(change) = self.beside() {
            return Some(change);
        }
        loop {
            let (next, shown) = (self.next.get(self.at..)?, self.shown.get(self.at..)?);
            let both = next.iter().zip(shown);
            self.at += both
                .take_while(|(next, shown)| is_kept(next, shown))
                .count();
            let (next, shown) = (self.next.get(self.at)?, self.shown.get(self.at)?);
            let at = self.at;
            self.at += 1;
            let (letter, before) = (next.symbol().as_bytes(), shown.symbol().as_bytes());
            if let ([_], [_]) = (letter, before) {
                return self.change(at);
            }
            let width = usize::from(next.cell_width());
            if letter == before && same_style(next, shown) {
                self.at += width.saturating_sub(1);
                continue;
            }
            let width_before = usize::from(shown.cell_width());
            let covers = |end: usize, all| Covered {
                at: at + 1,
                end: end.min(self.next.len()),
                all,
            };
            if width > 1 && next.symbol().contains(AS_EMOJI) {
                self.covered = Some(covers(at + width, false));
            } else if width > 1 {
                self.at += width - 1;
            } else if width_before > width && shows_on_blanks(shown) {
                self.covered = Some(covers(at + width_before, true));
            }
            return self.change(at);
        }
    }
}

/// Whether it is seen at once that a cell is as it was, and that nothing but itself is beside it.
fn is_kept(next: &Cell, shown: &Cell) -> bool {
    let letter = match (next.symbol().as_bytes(), shown.symbol().as_bytes()) {
        ([letter], [before]) => letter == before,
        // The lines of boxes, U+2500 to U+257F.
        ([0xE2, row @ (0x94 | 0x95), letter], [0xE2, row_before, before]) => {
            row == row_before && letter == before
        }
        _ => false,
    };
    letter && same_style(next, shown)
}

fn same_style(one: &Cell, other: &Cell) -> bool {
    one.fg == other.fg && one.bg == other.bg && one.modifier == other.modifier
}

fn shows_on_blanks(cell: &Cell) -> bool {
    cell.bg != Color::Reset || cell.modifier.intersects(ON_BLANKS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const LETTERS: [&str; 14] = [
        "a",
        "b",
        " ",
        "é",
        "─",
        "╿",
        "…",
        "コ",
        "字",
        "⌨️",
        "❤️",
        "👩‍👩‍👧",
        "ｶﾞ",
        "e\u{301}",
    ];
    const SIZE: Rect = Rect::new(0, 0, 12, 4);

    /// Texts that are put on a frame: where, of which letters, in which style.
    fn texts() -> impl Strategy<Value = Vec<(u16, u16, String, Style)>> {
        let text = prop::collection::vec(prop::sample::select(&LETTERS[..]), 1..14);
        let colour = prop::sample::select(vec![Color::Reset, Color::Red, Color::Indexed(7)]);
        let modifier = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::REVERSED,
            Modifier::UNDERLINED,
        ]);
        let style = (colour.clone(), colour, modifier)
            .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier));
        let text = text.prop_map(|letters| letters.concat());
        prop::collection::vec((0..SIZE.width, 0..SIZE.height, text, style), 0..9)
    }

    fn frame(texts: &[(u16, u16, String, Style)]) -> Buffer {
        let mut frame = Buffer::empty(SIZE);
        for (x, y, text, style) in texts {
            frame.set_stringn(*x, *y, text, usize::from(SIZE.width - x), *style);
        }
        frame
    }

    proptest! {
        #[test]
        fn what_changed_is_what_ratatui_finds(one in texts(), two in texts(), besides in texts()) {
            let shown = frame(&one);
            for next in [frame(&two), frame(&[one.clone(), besides].concat()), frame(&one)] {
                let found: Vec<_> = Changes::new(&shown, &next).collect();
                prop_assert_eq!(found, shown.diff(&next));
            }
        }
    }

    #[test]
    fn nothing_has_changed_in_the_same_frame_and_all_that_is_written_in_the_first() {
        let empty = frame(&[]);
        let full = frame(&[
            (0, 0, "abc".into(), Style::new()),
            (3, 2, "コ".into(), Style::new()),
        ]);
        assert_eq!(Changes::new(&full, &full).count(), 0);
        let places: Vec<_> = Changes::new(&empty, &full)
            .map(|(x, y, _)| (x, y))
            .collect();
        assert_eq!(places, [(0, 0), (1, 0), (2, 0), (3, 2)]);
        let nothing = Buffer::empty(Rect::ZERO);
        assert_eq!(Changes::new(&nothing, &nothing).count(), 0);
    }
}
