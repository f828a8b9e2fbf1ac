//! What has changed from one frame to the next, by the rules of ratatui ([`Buffer::diff_iter`]) but for one.
//!
//! Terminals do not agree how wide a letter of several characters is (an emoji of several people, a flag, a keycap): it may be drawn
//! over what is behind it. So as much as it may take at most is drawn again behind it, where it is new. Ratatui draws the second
//! cell of some emoji again instead, which takes half of it away where it has two. What the terminal shows is then known after each
//! frame, whatever it thinks.
//!
//! Ratatui's own comparison looks up how wide each cell is before it looks whether anything changed, and compares single letters by
//! calls: that was 45% of what a step of the cursor costs at 200×50. Here a cell of one ASCII letter or of a line, as nearly all
//! are, is compared at once; whatever is left goes by ratatui's rules, and a property test holds the two against each other.
//! The cells' own options for the comparison are ignored: the view sets none.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

/// What shows on a blank cell. Where a wide letter of such a style was, the cell behind it may still have the style.
const ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// The cells of a frame that are others than those shown, in the order of the rows.
pub(super) struct Changes<'a> {
    shown: &'a [Cell],
    next: &'a [Cell],
    columns: usize,
    at: usize,
    covered: Option<Covered>,
}

/// Cells behind a changed one, which a letter covers or has covered.
struct Covered {
    at: usize,
    end: usize,
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
        let Covered { at, end } = self.covered.take()?;
        if at >= end {
            self.at = end;
            return None;
        }
        let next = self.next.get(at)?;
        let behind = at + usize::from(next.cell_width().max(1));
        let end = end.max(behind).max(self.reach(at, next));
        self.covered = Some(Covered {
            at: behind,
            end: end.min(self.next.len()),
        });
        self.change(at)
    }

    /// Behind which cell a letter leaves everything as it was, however wide a terminal takes it and what it takes the place of:
    /// some terminals show the parts of a letter side by side.
    fn reach(&self, at: usize, cell: &Cell) -> usize {
        let taken = at..at + usize::from(cell.cell_width().max(1));
        let before = taken.filter_map(|at| Some((at, self.shown.get(at)?)));
        let before = before.filter(|(_, shown)| is_doubtful(shown.symbol()));
        let before = before.map(|(at, shown)| at + usize::from(shown.cell_width()));
        let over = before.max().unwrap_or(0);
        over.max(self.reach_of(at, cell))
    }

    fn reach_of(&self, at: usize, cell: &Cell) -> usize {
        let end = at + widest(cell.symbol());
        let row_end = (at / self.columns.max(1) + 1) * self.columns;
        // What does not fit into its row goes on in the next one.
        match end > row_end {
            true => end.max(row_end + widest(cell.symbol())),
            false => end,
        }
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
            let behind = at + width.max(1);
            let mut end = self.reach(at, next);
            if width_before > width && shows_on_blanks(shown) {
                end = end.max(at + width_before);
            }
            self.at = behind;
            if end > behind {
                let end = end.min(self.next.len());
                self.covered = Some(Covered { at: behind, end });
            }
            return self.change(at);
        }
    }
}

/// As how many cells a terminal may take a letter of several characters at most: each of them by itself, as an emoji. Nothing
/// where there is but one, on whose width terminals agree.
fn widest(letter: &str) -> usize {
    match is_doubtful(letter) {
        true => {
            2 * letter
                .chars()
                .filter(|part| part.width() != Some(0))
                .count()
        }
        false => 0,
    }
}

/// Whether a letter consists of several characters.
pub(super) fn is_doubtful(letter: &str) -> bool {
    letter.len() > 1 && letter.chars().nth(1).is_some()
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

    /// Letters on whose width terminals agree, and others.
    const PLAIN: [&str; 9] = ["a", "b", " ", "é", "─", "╿", "…", "コ", "字"];
    const DOUBTFUL: [&str; 8] = ["⌨️", "❤️", "1️⃣", "🇩🇪", "👩‍👩‍👧", "ｶﾞ", "e\u{301}", "กำ"];
    const SIZE: Rect = Rect::new(0, 0, 12, 4);

    /// Texts that are put on a frame: where, of which letters, in which style.
    fn texts(
        letters: &[&'static str],
    ) -> impl Strategy<Value = Vec<(u16, u16, String, Style)>> + use<> {
        let text = prop::collection::vec(prop::sample::select(letters.to_vec()), 1..14);
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
        fn what_changed_is_what_ratatui_finds(
            one in texts(&PLAIN),
            two in texts(&PLAIN),
            besides in texts(&PLAIN),
        ) {
            let shown = frame(&one);
            for next in [frame(&two), frame(&[one.clone(), besides].concat()), frame(&one)] {
                let found: Vec<_> = Changes::new(&shown, &next).collect();
                prop_assert_eq!(found, shown.diff(&next));
            }
        }
    }

    /// What a terminal shows that has its own mind about how wide doubtful letters are: in each cell a letter, or what is left
    /// of the one before it.
    struct Terminal {
        cells: Vec<Option<String>>,
        width: usize,
        /// Whether it shows the parts of such a letter side by side, each by itself.
        splits: bool,
    }

    impl Terminal {
        fn new(width: usize, splits: bool) -> Self {
            let cells = vec![Some(" ".to_owned()); usize::from(SIZE.width * SIZE.height)];
            Self {
                cells,
                width,
                splits,
            }
        }

        /// A letter at that cell; of one that it covers in part nothing is left.
        fn put(&mut self, at: usize, letter: &str, width: usize) {
            let columns = usize::from(SIZE.width);
            let left = columns - at % columns;
            let at = if width > left { at + left } else { at };
            for at in at..(at + width).min(self.cells.len()) {
                let mut first = at;
                while self.cells[first].is_none() {
                    first -= 1;
                }
                let mut end = first + 1;
                while self.cells.get(end).is_some_and(Option::is_none) {
                    end += 1;
                }
                self.cells[first..end].fill(Some(" ".to_owned()));
            }
            for (place, at) in (at..(at + width).min(self.cells.len())).enumerate() {
                self.cells[at] = (place == 0).then(|| letter.to_owned());
            }
        }

        fn draw(&mut self, shown: &Buffer, next: &Buffer) {
            for (x, y, cell) in Changes::new(shown, next) {
                let at = usize::from(y * SIZE.width + x);
                let own = usize::from(cell.cell_width().max(1));
                if is_doubtful(cell.symbol()) {
                    // As the pen does.
                    for at in at..at + own {
                        self.put(at, " ", 1);
                    }
                    let width = self.width.min(widest(cell.symbol())).max(1);
                    if self.splits {
                        (at..at + width).for_each(|at| self.put(at, "part", 1));
                    } else {
                        self.put(at, cell.symbol(), width);
                    }
                } else {
                    self.put(at, cell.symbol(), own);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_a_terminal_thinks_of_doubtful_letters_all_others_are_right(
            frames in prop::collection::vec(texts(&[&PLAIN[..], &DOUBTFUL[..]].concat()), 1..5),
            width in 1..=6_usize,
            splits in any::<bool>(),
        ) {
            let mut terminal = Terminal::new(width, splits);
            let mut shown = frame(&[]);
            for next in frames {
                let next = frame(&next);
                terminal.draw(&shown, &next);
                let mut at = 0;
                while at < next.content.len() {
                    let cell = &next.content[at];
                    let behind = at + usize::from(cell.cell_width().max(1));
                    if !is_doubtful(cell.symbol()) {
                        prop_assert_eq!(terminal.cells[at].as_deref(), Some(cell.symbol()), "{}", at);
                    }
                    at = behind;
                }
                shown = next;
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
