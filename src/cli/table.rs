//! Tables of text: columns that line up, cut to the terminal's width.
//!
//! The last column grows and is never padded. On a terminal it gets what the others leave: columns without content are
//! left out, and where there is too little room those that matter least, one after another. Without a terminal nothing
//! is cut and there is no head, so that `wc -l` counts and `cut` cuts.

use std::ops::Range;

use super::output::{Output, Result, Tone};
use crate::domain::passage::Marked;
use crate::domain::safe_text::SafeText;

/// The least that is left for the last column before another one goes.
const LEAST: usize = 24;

/// What stands between two columns.
const GAP: usize = 2;

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// Numbers and ages stand at the right.
    pub right: bool,
    /// The most cells it takes on a terminal.
    pub most: usize,
    /// Which columns go first where there is little room: those with the highest number; 0 stays.
    pub rank: u8,
}

impl Column {
    /// A column that stays.
    #[must_use]
    pub const fn new(head: &'static str) -> Self {
        Self {
            head,
            right: false,
            most: usize::MAX,
            rank: 0,
        }
    }

    /// At the right.
    #[must_use]
    pub const fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// At most that wide on a terminal.
    #[must_use]
    pub const fn most(mut self, cells: usize) -> Self {
        self.most = cells;
        self
    }

    /// Left out where there is little room.
    #[must_use]
    pub const fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }
}

/// A row in which something was searched for.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// A cell per column.
    pub cells: Vec<SafeText>,
    /// The bytes of the last cell that match.
    pub marks: Vec<Range<usize>>,
    /// The passage that shows what the last cell does not: on a terminal on a line of its own, else behind the row.
    pub below: Option<Marked>,
}

/// A table while it is written. Rows come in pieces; a later piece may widen a column, never narrow it, and where it
/// shows other columns the head is repeated.
pub struct Table {
    columns: Vec<Column>,
    /// The widest content so far, in cells; 0 without any.
    widths: Vec<usize>,
    /// The places of the columns under the last head.
    headed: Vec<usize>,
}

impl Table {
    /// A table with these columns; the last one grows.
    #[must_use]
    pub fn new(columns: &[Column]) -> Self {
        Self {
            columns: columns.to_vec(),
            widths: vec![0; columns.len()],
            headed: Vec::new(),
        }
    }

    /// Writes rows; each has a cell per column.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn rows(&mut self, output: &mut Output, rows: &[Vec<SafeText>]) -> Result {
        let rows = rows.iter().cloned().map(|cells| Found {
            cells,
            ..Found::default()
        });
        self.found(output, &rows.collect::<Vec<_>>())
    }

    /// As [`Table::rows`], with what was searched for.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn found(&mut self, output: &mut Output, rows: &[Found]) -> Result {
        if rows.is_empty() {
            return Ok(());
        }
        let width = output.width();
        self.measure(rows, width.is_some());
        let shown = self.shown(width);
        let named = self.columns.iter().any(|column| !column.head.is_empty());
        if named && width.is_some() && self.headed != shown {
            let heads: Vec<SafeText> = self
                .columns
                .iter()
                .map(|column| SafeText::from_static(column.head))
                .collect();
            let head = self.row(&heads, &shown, width);
            output.line(Tone::Faint, &head)?;
            self.headed.clone_from(&shown);
        }
        for row in rows {
            let line = marked(self.row(&row.cells, &shown, width), row);
            match (&row.below, width) {
                (None, _) => output.marked(Tone::Plain, &line)?,
                (Some(below), None) => {
                    let gap = Marked::plain(SafeText::from_static("  "));
                    output.marked(Tone::Plain, &line.and(&gap).and(below))?;
                }
                (Some(below), Some(width)) => {
                    output.marked(Tone::Plain, &line)?;
                    self.below(output, below, &shown, width)?;
                }
            }
        }
        Ok(())
    }

    /// A passage under the last column, or further to the left where that is narrow.
    fn below(&self, output: &mut Output, below: &Marked, shown: &[usize], width: usize) -> Result {
        const INDENT: usize = 4;
        let indent = match self.before_last(shown) {
            before if before + 2 * LEAST <= width => before,
            _ => INDENT.min(width / 2),
        };
        let blanks = Marked::plain(SafeText::line(&" ".repeat(indent)));
        let line = blanks.and(below);
        let text = line.text.truncated(width);
        let kept = text.as_str().trim_end_matches('…').len();
        let marks = line.marks.into_iter().filter(|mark| mark.end <= kept);
        let marks = marks.collect();
        output.marked(Tone::Faint, &Marked { text, marks })
    }

    fn measure(&mut self, rows: &[Found], fitted: bool) {
        for (place, column) in self.columns.iter().enumerate() {
            let cells = rows.iter().filter_map(|row| row.cells.get(place));
            let widest = cells.map(SafeText::width).max().unwrap_or(0);
            let widest = match fitted {
                true if widest > 0 => widest.min(column.most).max(column.head.len()),
                _ => widest,
            };
            self.widths[place] = self.widths[place].max(widest);
        }
    }

    /// The places of the columns that fit.
    fn shown(&self, width: Option<usize>) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        let Some(width) = width else {
            return shown;
        };
        shown.retain(|place| self.columns[*place].rank == 0 || self.widths[*place] > 0);
        while self.before_last(&shown) + LEAST.min(self.last_width()) > width {
            let least = shown.iter().rposition(|place| {
                let rank = self.columns[*place].rank;
                rank > 0 && shown.iter().all(|other| self.columns[*other].rank <= rank)
            });
            match least {
                Some(place) => shown.remove(place),
                None => break,
            };
        }
        shown
    }

    fn last_width(&self) -> usize {
        self.widths.last().copied().unwrap_or(0)
    }

    /// The cells before the last column, gaps included.
    fn before_last(&self, shown: &[usize]) -> usize {
        shown
            .split_last()
            .map_or(&[][..], |(_, others)| others)
            .iter()
            .map(|place| self.widths[*place] + GAP)
            .sum()
    }

    fn row(&self, cells: &[SafeText], shown: &[usize], width: Option<usize>) -> SafeText {
        let blank = SafeText::from_static(" ");
        let mut parts: Vec<SafeText> = Vec::new();
        let room = width.map(|width| width.saturating_sub(self.before_last(shown)).max(1));
        for (index, place) in shown.iter().enumerate() {
            let Some(cell) = cells.get(*place) else {
                continue;
            };
            let last = index + 1 == shown.len();
            let cell = match (last, room) {
                (true, Some(room)) => cell.truncated(room),
                (false, Some(_)) => cell.truncated(self.widths[*place]),
                (_, None) => cell.clone(),
            };
            let missing = self.widths[*place].saturating_sub(cell.width());
            let right = self.columns[*place].right;
            if right {
                parts.extend(std::iter::repeat_n(blank.clone(), missing));
            }
            parts.push(cell);
            if !last {
                let behind = if right { GAP } else { missing + GAP };
                parts.extend(std::iter::repeat_n(blank.clone(), behind));
            }
        }
        SafeText::line(SafeText::concat(&parts).as_str().trim_end())
    }
}

/// The line of a row, in which the matches of its last cell are marked as far as they are there.
fn marked(line: SafeText, row: &Found) -> Marked {
    let last = row.cells.last().map_or("", SafeText::as_str);
    let text = line.as_str();
    let whole = text.trim_end_matches('…');
    // The longest beginning of the cell that the line ends with: it may have been cut.
    let cut = whole.len() < text.len() && !text.ends_with(last);
    let shown = if cut { whole } else { text };
    let kept = (0..=last.len().min(shown.len()))
        .rev()
        .find(|length| {
            last.get(..*length)
                .is_some_and(|start| shown.ends_with(start))
        })
        .unwrap_or(0);
    let start = shown.len() - kept;
    let marks = row.marks.iter().filter(|mark| mark.end <= kept);
    let marks = marks.map(|mark| mark.start + start..mark.end + start);
    let marks = marks.collect();
    Marked { text: line, marks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::paper::printed;

    const COLUMNS: [Column; 4] = [
        Column::new("ID"),
        Column::new("AGE").right().rank(1),
        Column::new("COMPANY").most(10).rank(2),
        Column::new("TITLE"),
    ];

    fn print(width: Option<usize>) -> String {
        let row = |cells: [&str; 4]| cells.map(SafeText::line).to_vec();
        let rows = [
            row([
                "f7kq2",
                "9d",
                "Nakatomi Trading",
                "モバイルで通知が届かない \u{1b}[31m",
            ]),
            row(["fab", "44m", "", "Slash command for polls"]),
        ];
        print_rows(width, &rows)
    }

    fn print_rows(width: Option<usize>, rows: &[Vec<SafeText>]) -> String {
        printed(width, |output| {
            Table::new(&COLUMNS)
                .rows(output, rows)
                .expect("paper takes it");
        })
    }

    #[test]
    fn a_pipe_gets_everything_and_no_head() {
        assert_eq!(
            print(None),
            "f7kq2   9d  Nakatomi Trading  モバイルで通知が届かない ␛[31m\n\
             fab    44m                    Slash command for polls\n"
        );
    }

    #[test]
    fn a_terminal_gets_what_fits() {
        assert_eq!(
            print(Some(48)),
            "ID     AGE  COMPANY     TITLE\n\
             f7kq2   9d  Nakatomi …  モバイルで通知が届かな…\n\
             fab    44m              Slash command for polls\n"
        );
        let narrow = print(Some(36));
        assert!(
            !narrow.contains("COMPANY") && narrow.contains("AGE"),
            "{narrow}"
        );
        let bare = [Vec::from(["f7kq2", "", "", "Bare"].map(SafeText::line))];
        assert_eq!(print_rows(Some(40), &bare), "ID     TITLE\nf7kq2  Bare\n");
        for width in 1..120 {
            for line in print(Some(width)).lines() {
                let cells = SafeText::line(line).width();
                // The id stays whole, whatever the width.
                assert!(cells <= width.max(8), "{width}: {line}");
            }
        }
    }
}
