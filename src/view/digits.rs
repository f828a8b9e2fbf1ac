//! Figures that are read from across a room: a clock of cells.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::layout::Cells;

/// How many pixels high a figure is.
const ROWS: usize = 5;

/// The pixels of a figure, row by row.
fn pixels(figure: char) -> [&'static str; ROWS] {
    match figure {
        '0' => ["###", "# #", "# #", "# #", "###"],
        '1' => ["  #", "  #", "  #", "  #", "  #"],
        '2' => ["###", "  #", "###", "#  ", "###"],
        '3' => ["###", "  #", "###", "  #", "###"],
        '4' => ["# #", "# #", "###", "  #", "  #"],
        '5' => ["###", "#  ", "###", "  #", "###"],
        '6' => ["###", "#  ", "###", "# #", "###"],
        '7' => ["###", "  #", "  #", "  #", "  #"],
        '8' => ["###", "# #", "###", "# #", "###"],
        '9' => ["###", "# #", "###", "  #", "###"],
        ':' => [" ", "#", " ", "#", " "],
        _ => ["", "", "", "", ""],
    }
}

/// How large figures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Three lines high: a pixel is half a cell.
    Small,
    /// Five lines high: a pixel is two cells.
    Large,
}

impl Size {
    /// How many lines it takes.
    #[must_use]
    pub const fn height(self) -> u16 {
        match self {
            Self::Small => 3,
            Self::Large => 5,
        }
    }

    const fn pixel(self) -> u16 {
        match self {
            Self::Small => 1,
            Self::Large => 2,
        }
    }
}

/// How many columns that text takes.
#[must_use]
pub fn width(text: &str, size: Size) -> u16 {
    let figures = text.chars().map(|figure| pixels(figure)[0].len() as u16);
    let gaps = (text.chars().count() as u16).saturating_sub(1);
    (figures.sum::<u16>() + gaps) * size.pixel()
}

/// Draws figures with their top left corner there.
pub fn draw(canvas: &mut Canvas<'_>, x: u16, y: u16, text: &str, size: Size, role: Role) {
    let mut at = x;
    for figure in text.chars() {
        let pixels = pixels(figure);
        let columns = pixels[0].len();
        for column in 0..columns {
            let lit = |row: usize| {
                let row = pixels.get(row).copied().unwrap_or_default().as_bytes();
                row.get(column) == Some(&b'#')
            };
            match size {
                Size::Large => {
                    for row in (0..ROWS).filter(|row| lit(*row)) {
                        let cells = Cells {
                            x: at,
                            y: y + row as u16,
                            width: 2,
                            height: 1,
                        };
                        canvas.fill(cells, "█", role);
                    }
                }
                Size::Small => {
                    for pair in 0..size.height() {
                        let row = usize::from(pair) * 2;
                        let symbol = match (lit(row), lit(row + 1)) {
                            (true, true) => "█",
                            (true, false) => "▀",
                            (false, true) => "▄",
                            (false, false) => continue,
                        };
                        canvas.symbol(at, y + pair, symbol, role);
                    }
                }
            }
            at += size.pixel();
        }
        at += size.pixel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_five_rows_of_the_same_width() {
        for figure in "0123456789:".chars() {
            let rows = pixels(figure);
            assert!(
                rows.iter().all(|row| row.len() == rows[0].len()),
                "{figure}"
            );
            assert!(rows.concat().contains('#'), "{figure}");
        }
        assert_eq!(width("4:32", Size::Small), 3 + 1 + 1 + 1 + 3 + 1 + 3);
        assert_eq!(width("4:32", Size::Large), 26);
    }
}
