//! Putting safe text into cells. The one place where the view touches ratatui's buffer.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::{Role, Theme};
use crate::app::layout::Cells;
use crate::domain::passage::Marked;
use crate::domain::safe_text::SafeText;

/// A part of the screen being drawn. Nothing is drawn outside the buffer.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// Without drawn rules, bars and symbols: fit for a screen reader.
    pub plain: bool,
    /// Words that stand on the border below a pane; drawn when the borders are there.
    positions: Vec<(Cells, SafeText)>,
}

impl<'a> Canvas<'a> {
    /// A canvas on the whole buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, plain: bool) -> Self {
        Self {
            buffer,
            theme,
            plain,
            positions: Vec::new(),
        }
    }

    /// Draws text from `x` in at most `width` cells, cut with `…`. Returns the cells used.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &SafeText, role: Role) -> u16 {
        self.styled(x, y, width, text, self.theme.style(role))
    }

    /// Draws the program's own words. Returns the cells used.
    pub fn words(&mut self, x: u16, y: u16, width: u16, words: &'static str, role: Role) -> u16 {
        self.text(x, y, width, &SafeText::from_static(words), role)
    }

    /// Draws text whose marks stand out as matches. Returns the cells used.
    pub fn marked(&mut self, x: u16, y: u16, width: u16, marked: &Marked, role: Role) -> u16 {
        let used = self.text(x, y, width, &marked.text, role);
        let text = marked.text.as_str();
        for mark in &marked.marks {
            let before = text.get(..mark.start).map(SafeText::line);
            let found = text.get(mark.clone()).map(SafeText::line);
            let (Some(before), Some(found)) = (before, found) else {
                continue;
            };
            let start = before.cells();
            if start >= used {
                break;
            }
            let cells = Cells {
                x: x + start,
                y,
                width: found.cells().min(used - start),
                height: 1,
            };
            self.mark(cells);
        }
        used
    }

    /// As [`Canvas::text`] with a style of one's own.
    pub fn styled(&mut self, x: u16, y: u16, width: u16, text: &SafeText, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() || width == 0 {
            return 0;
        }
        let room = usize::from(width.min(area.right() - x));
        let cut;
        let shown = if text.width() > room {
            cut = text.truncated(room);
            &cut
        } else {
            text
        };
        let (mut at, end) = (x, x.saturating_add(width).min(area.right()));
        let mut rest = shown.as_str();
        while !rest.is_empty() && at < end {
            let (plain, other) = rest.split_at(plain_start(rest));
            at = self.letters(at, end, y, plain.bytes().map(char::from), style);
            if at == end {
                break;
            }
            let (other, behind) = other.split_at(other_start(other));
            if other.chars().all(is_simple) {
                at = self.letters(at, end, y, other.chars(), style);
            } else {
                let room = usize::from(end - at);
                let (drawn, _) = self.buffer.set_stringn(at, y, other, room, style);
                if drawn < end && usize::from(drawn - at) < cells(other) {
                    // There is a cell left, but not for a letter that takes two.
                    return drawn - x;
                }
                at = drawn;
            }
            rest = behind;
        }
        at - x
    }

    /// Draws letters of which each takes one cell, up to a column: a third of a frame went into looking for the letters that
    /// take others. Returns the column behind them.
    fn letters(
        &mut self,
        x: u16,
        end: u16,
        y: u16,
        letters: impl Iterator<Item = char>,
        style: Style,
    ) -> u16 {
        let start = self.buffer.index_of(x, y);
        let room = usize::from(end - x);
        let cells = self.buffer.content[start..].iter_mut().take(room);
        let mut at = x;
        for (cell, letter) in cells.zip(letters) {
            cell.set_char(letter).set_style(style);
            at += 1;
        }
        at
    }

    /// Draws text that ends before column `right`, in at most `width` cells. Returns the column where it starts.
    pub fn right(&mut self, right: u16, y: u16, width: u16, text: &SafeText, role: Role) -> u16 {
        let used = text.cells().min(width);
        let x = right.saturating_sub(used);
        self.text(x, y, width, text, role);
        x
    }

    /// Puts words such as `3 of 37` on the border below a pane, at the right.
    pub fn position(&mut self, cells: Cells, words: &str) {
        if !words.is_empty() {
            self.positions
                .push((cells, SafeText::line(&format!(" {words} "))));
        }
    }

    /// Puts words such as `3 lines above` on the border above a pane, at the right.
    pub fn position_above(&mut self, cells: Cells, words: &str) {
        let border = Cells {
            y: cells.y.saturating_sub(1),
            height: 0,
            ..cells
        };
        self.position(border, words);
    }

    /// Draws the words that wait for the borders, to the left of those of another pane where they share one. Where the notice
    /// `taken` needs the place they are left out: half a position beside half a notice reads as neither.
    pub fn draw_positions(&mut self, taken: Cells) {
        let mut drawn: Vec<Cells> = Vec::new();
        for (cells, words) in std::mem::take(&mut self.positions) {
            let y = cells.y + cells.height;
            let end = (cells.x + cells.width).saturating_sub(1);
            let beside = drawn.iter().filter(|it| it.y == y && it.x < end);
            let right = beside
                .filter(|it| it.x + it.width > cells.x)
                .map(|it| it.x.saturating_sub(1))
                .fold(end, u16::min);
            let left = right.saturating_sub(words.cells());
            let has_room = right >= cells.x + words.cells();
            if !has_room || y == taken.y && left < taken.x + taken.width {
                continue;
            }
            self.right(right, y, cells.width, &words, Role::Dim);
            drawn.push(Cells {
                x: left,
                y,
                width: words.cells(),
                height: 1,
            });
        }
    }

    /// A horizontal rule.
    pub fn rule(&mut self, cells: Cells, role: Role) {
        let line = if self.plain { " " } else { "─" };
        self.fill(Cells { height: 1, ..cells }, line, role);
    }

    /// A vertical rule.
    pub fn upright(&mut self, cells: Cells, role: Role) {
        let line = if self.plain { " " } else { "│" };
        self.fill(Cells { width: 1, ..cells }, line, role);
    }

    /// One drawn symbol.
    pub fn symbol(&mut self, x: u16, y: u16, symbol: &'static str, role: Role) {
        self.fill(
            Cells {
                x,
                y,
                width: 1,
                height: 1,
            },
            symbol,
            role,
        );
    }

    /// Fills cells with a symbol one cell wide.
    pub fn fill(&mut self, cells: Cells, symbol: &'static str, role: Role) {
        let style = self.theme.style(role);
        let rect =
            Rect::new(cells.x, cells.y, cells.width, cells.height).intersection(self.buffer.area);
        for y in rect.top()..rect.bottom() {
            for x in rect.left()..rect.right() {
                self.buffer[(x, y)].set_symbol(symbol).set_style(style);
            }
        }
    }

    /// Lays a role's style over cells, keeping their text.
    pub fn tint(&mut self, cells: Cells, role: Role) {
        let rect =
            Rect::new(cells.x, cells.y, cells.width, cells.height).intersection(self.buffer.area);
        self.buffer.set_style(rect, self.theme.style(role));
    }

    /// Lays the style of a match over cells. What was dim is so no more: it is what one looks for.
    fn mark(&mut self, cells: Cells) {
        let rect =
            Rect::new(cells.x, cells.y, cells.width, cells.height).intersection(self.buffer.area);
        let style = self.theme.style(Role::Match).remove_modifier(Modifier::DIM);
        self.buffer.set_style(rect, style);
    }

    /// Puts the ground of the theme under everything that is drawn, where the theme has one: a theme for dark letters is read
    /// on a dark terminal, too. What has a colour of its own keeps it.
    pub fn ground(&mut self) {
        let Style {
            fg: text,
            bg: Some(ground),
            ..
        } = self.theme.style(Role::Screen)
        else {
            return;
        };
        for cell in &mut self.buffer.content {
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
            let is_seen = cell.symbol() != " " || cell.modifier.contains(Modifier::REVERSED);
            if let (Color::Reset, true, Some(text)) = (cell.fg, is_seen, text) {
                cell.fg = text;
            }
        }
    }

    /// Empties cells, their style included. A wide letter that reaches into them from the left goes whole: half a letter
    /// would hide the first of them.
    pub fn clear(&mut self, cells: Cells) {
        let rect =
            Rect::new(cells.x, cells.y, cells.width, cells.height).intersection(self.buffer.area);
        for y in rect.top()..rect.bottom() {
            if rect.left() > self.buffer.area.left() {
                let before = &mut self.buffer[(rect.left() - 1, y)];
                if before.symbol().width() > 1 {
                    before.set_symbol(" ");
                }
            }
            for x in rect.left()..rect.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }
}

/// How much of the start of a text is letters of ASCII with none behind them that could be joined to them.
fn plain_start(text: &str) -> usize {
    match text.bytes().position(|byte| !is_plain(byte)) {
        Some(at) => at.saturating_sub(1),
        None => text.len(),
    }
}

/// How much of the start of a text goes on until two letters of ASCII meet, which are never joined: to the first of them.
fn other_start(text: &str) -> usize {
    let meet = |two: &[u8]| two.iter().all(|byte| is_plain(*byte));
    match text.as_bytes().windows(2).position(meet) {
        Some(at) => at + 1,
        None => text.len(),
    }
}

/// How many cells a text takes where each of its letters is drawn by itself.
fn cells(text: &str) -> usize {
    let letters = text.graphemes(true);
    letters.map(|letter| usize::from(letter.cell_width())).sum()
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// A letter that takes one cell and is never joined to such a one: besides those of ASCII, what most lines of a frame end in or
/// are parted by.
fn is_simple(letter: char) -> bool {
    matches!(letter, ' '..='~' | '·' | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '─'..='╿')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Color;

    use super::*;

    proptest! {
        #[test]
        fn text_is_drawn_as_ratatui_draws_it(
            letters in prop::collection::vec(prop::sample::select(&[
                "a", "b", " ", "#", "é", "e\u{301}", "\u{301}", "…", "─", "·", "’", "╋", "コ", "⌨️", "👩‍👩‍👧", "\u{600}", "ﾞ", "क्ष", "\u{200d}",
            ][..]), 0..20),
            (x, width) in (0_u16..12, 0_u16..14),
        ) {
            let text = SafeText::line(&letters.concat());
            let area = Rect::new(0, 0, 10, 2);
            let theme = Theme::from_styles(|_| Style::new());
            let style = Style::new().fg(Color::Red);
            let mut drawn = Buffer::empty(area);
            let used = Canvas::new(&mut drawn, &theme, false).styled(x, 1, width, &text, style);
            let mut expected = Buffer::empty(area);
            let mut end = x;
            if x < area.right() {
                let room = usize::from(width.min(area.right() - x));
                end = expected.set_stringn(x, 1, text.truncated(room).as_str(), room, style).0;
            }
            prop_assert_eq!(&drawn, &expected);
            prop_assert_eq!(used, end - x);
        }
    }
}
