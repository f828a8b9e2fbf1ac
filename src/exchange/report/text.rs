//! A report as lines for a terminal or a pipe.

use textwrap::{Options, WordSeparator, WordSplitter};

use super::bars;
use super::page::{Block, Line, Page, Point, Span, Table, safe_address};
use crate::domain::safe_text::SafeText;
use crate::domain::weight::Weight;

/// How many cells a line has at most, where it can be parted.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// A line of words.
    pub words: usize,
    /// A row of a table or a chart.
    pub rows: usize,
}

impl Room {
    /// On a pipe: the cells of the smallest terminal that is usual.
    pub const PIPE: Self = Self {
        words: 80,
        rows: 80,
    };
    /// On a screen that parts lines of words itself, and has a margin on both sides of the smallest terminal.
    pub const SCREEN: Self = Self {
        words: usize::MAX,
        rows: 76,
    };
}

/// The report as lines, without line ends.
#[must_use]
pub fn render(page: &Page) -> Vec<(Weight, SafeText)> {
    render_in(page, Room::PIPE)
}

/// The report as lines of that many cells, without line ends.
#[must_use]
pub fn render_in(page: &Page, room: Room) -> Vec<(Weight, SafeText)> {
    let mut lines = vec![(Weight::Strong, SafeText::line(&page.title))];
    if !page.lead.is_empty() {
        let lead = wrapped("", "", line(&page.lead).as_str(), room.words);
        lines.extend(lead.into_iter().map(|line| (Weight::Faint, line)));
    }
    // Where one table is too wide, all have the same shape.
    let narrow = page
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Table(table) if !Cells::of(table).fits(room.rows)));
    let mut place = Place::Page;
    for (count, block) in page.blocks.iter().enumerate() {
        let before = count
            .checked_sub(1)
            .and_then(|place| page.blocks.get(place));
        // A list, a table or a text belongs to the heading above it; a smaller part does not run into that of its section.
        let belongs = match before {
            Some(Block::Section(_)) => !matches!(block, Block::Section(_) | Block::Part(_)),
            Some(Block::Part(_)) => !matches!(block, Block::Section(_)),
            _ => false,
        };
        if !belongs {
            lines.push((Weight::Plain, SafeText::default()));
        }
        place = place.at(block);
        lines.extend(part(block, narrow, place.indent(block), room));
    }
    lines
}

/// Where on the page one is, which decides how far a block is indented.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first section.
    Page,
    /// In a section.
    Section,
    /// In a smaller part of a section.
    Part,
}

impl Place {
    const fn at(self, block: &Block) -> Self {
        match (block, self) {
            (Block::Section(_), _) => Self::Section,
            (Block::Part(_), Self::Section) => Self::Part,
            _ => self,
        }
    }

    /// What a line begins with. Tables and charts need the whole width.
    const fn indent(self, block: &Block) -> &'static str {
        match (self, block) {
            (Self::Part, Block::Part(_)) => "  ",
            (Self::Part, Block::Words(_) | Block::Prose(_) | Block::List(_)) => "    ",
            _ => "",
        }
    }
}

fn part(block: &Block, narrow: bool, indent: &str, room: Room) -> Vec<(Weight, SafeText)> {
    let plain = |text| (Weight::Plain, text);
    match block {
        Block::Section(words) => vec![(Weight::Section, SafeText::line(words))],
        Block::Part(words) => wrapped(indent, indent, line(words).as_str(), room.words)
            .into_iter()
            .map(|line| (Weight::Strong, line))
            .collect(),
        Block::Words(words) => wrapped(indent, indent, line(words).as_str(), room.words)
            .into_iter()
            .map(plain)
            .collect(),
        Block::Prose(text) => SafeText::block(text.trim())
            .as_str()
            .lines()
            .flat_map(|line| match line.is_empty() {
                true => vec![SafeText::default()],
                false => wrapped(indent, indent, line, room.words),
            })
            .map(plain)
            .collect(),
        Block::List(points) => {
            let lines = points.iter().flat_map(|one| point(one, indent, room.words));
            lines.map(plain).collect()
        }
        Block::Table(table) => Cells::of(table).lines(narrow, room.rows),
        Block::Chart(chart) if chart.is_empty() => {
            vec![plain(SafeText::from_static("  Nothing to show."))]
        }
        Block::Chart(chart) => bars::lines(chart, room.rows)
            .into_iter()
            .map(plain)
            .collect(),
    }
}

fn line(spans: &Line) -> SafeText {
    let words = spans
        .iter()
        .filter(|span| !span.is_blank())
        .map(|span| match span {
            Span::Link { words, url } => match safe_address(url) {
                Some(url) if url == words => url.to_owned(),
                Some(url) => format!("{words} <{url}>"),
                None => words.clone(),
            },
            other => other.words().to_owned(),
        });
    SafeText::line(&words.collect::<Vec<_>>().join(" "))
}

/// A line in lines that are not wider than `width`; the first begins with `first`, the others with `rest`. An address stays
/// whole, so that it can be followed.
pub(super) fn wrapped(first: &str, rest: &str, text: &str, width: usize) -> Vec<SafeText> {
    let whole = SafeText::line(&format!("{first}{text}"));
    // What has nothing to wrap keeps its blanks.
    if whole.width() <= width {
        return vec![whole];
    }
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let options = match text.contains("://") {
        true => options.word_separator(WordSeparator::AsciiSpace),
        false => options,
    };
    let lines = textwrap::wrap(text, options);
    lines.iter().map(|line| SafeText::line(line)).collect()
}

fn point(point: &Point, indent: &str, width: usize) -> Vec<SafeText> {
    let (first, rest) = (format!("{indent}- "), format!("{indent}  "));
    let mut lines = wrapped(&first, &rest, line(&point.line).as_str(), width);
    let below = format!("{indent}    ");
    for words in &point.below {
        lines.extend(wrapped(&below, &below, line(words).as_str(), width));
    }
    lines
}

/// A table as it is written.
struct Cells<'t> {
    table: &'t Table,
    heads: Vec<SafeText>,
    rows: Vec<Vec<SafeText>>,
    widths: Vec<usize>,
}

impl<'t> Cells<'t> {
    fn of(table: &'t Table) -> Self {
        let rows = table.rows.iter();
        let rows: Vec<Vec<SafeText>> = rows.map(|row| row.iter().map(line).collect()).collect();
        let heads = table.columns.iter();
        let heads: Vec<SafeText> = heads
            .map(|column| SafeText::line(&column.head.to_uppercase()))
            .collect();
        let width = |place: usize| {
            let cells = rows
                .iter()
                .chain(std::iter::once(&heads))
                .filter_map(|row| row.get(place));
            cells.map(SafeText::width).max().unwrap_or(0)
        };
        let widths = (0..table.columns.len()).map(width).collect();
        Self {
            table,
            heads,
            rows,
            widths,
        }
    }

    fn fits(&self, width: usize) -> bool {
        self.widths.iter().map(|cells| cells + 2).sum::<usize>() <= width + 2
    }

    /// Its rows; in a `narrow` one what the last column says stands below the others.
    fn lines(&self, narrow: bool, width: usize) -> Vec<(Weight, SafeText)> {
        let last = self.widths.len().saturating_sub(1);
        let beside = if narrow { last } else { last + 1 };
        let mut lines = vec![(Weight::Faint, self.fitted(&self.heads, beside))];
        for row in &self.rows {
            lines.push((Weight::Plain, self.fitted(row, beside)));
            let below = row.get(last).filter(|cell| narrow && !cell.is_empty());
            let below = below.map(|cell| wrapped("    ", "    ", cell.as_str(), width));
            lines.extend(
                below
                    .into_iter()
                    .flatten()
                    .map(|line| (Weight::Plain, line)),
            );
        }
        lines
    }

    /// The first cells of a row, each as wide as its column.
    fn fitted(&self, row: &[SafeText], count: usize) -> SafeText {
        let mut text = String::new();
        for (place, cell) in row.iter().enumerate().take(count) {
            let missing = " ".repeat(self.widths[place].saturating_sub(cell.width()));
            match self.table.columns[place].figures {
                true => text.push_str(&format!("{missing}{}  ", cell.as_str())),
                false => text.push_str(&format!("{}{missing}  ", cell.as_str())),
            }
        }
        SafeText::line(text.trim_end())
    }
}
