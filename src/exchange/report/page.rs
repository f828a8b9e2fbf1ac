//! What a report tells, before it is known how it will look.

use std::borrow::Cow;

use crate::domain::chart::Chart;
use crate::domain::people::Handle;

/// A report.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Page {
    /// What it is.
    pub title: String,
    /// A line below the title: from when it is, what it is about.
    pub lead: Line,
    /// What follows, in order.
    pub blocks: Vec<Block>,
    /// Colleagues whom it names: whoever passes it on mentions them.
    pub colleagues: Vec<Handle>,
}

/// Pieces that stand beside each other, a blank between two.
pub type Line = Vec<Span>;

/// A piece of a line. What it holds may have come from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// What matters most.
    Strong(String),
    /// What may be overlooked.
    Faint(String),
    /// A word that says how something does.
    Mark(Tone, String),
    /// Words that lead to an address, where a browser may open it.
    Link {
        /// The words.
        words: String,
        /// The address.
        url: String,
    },
}

/// How something does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Well.
    Good,
    /// To be looked after.
    Warning,
    /// Wrong.
    Bad,
    /// Over.
    Faint,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A section begins.
    Section(String),
    /// A smaller part begins.
    Part(Line),
    /// A line of words.
    Words(Line),
    /// Text of several lines, as it came; blank lines part its paragraphs.
    Prose(String),
    /// Points, one below the other.
    List(Vec<Point>),
    /// Rows and columns.
    Table(Table),
    /// Figures, drawn where that can be.
    Chart(Chart),
}

/// One point of a list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Point {
    /// What it says.
    pub line: Line,
    /// What is said below it.
    pub below: Vec<Line>,
}

impl From<Line> for Point {
    fn from(line: Line) -> Self {
        Self {
            line,
            below: Vec::new(),
        }
    }
}

/// Rows and columns.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// The heads of the columns.
    pub columns: Vec<Column>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<Line>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it. May have come from outside.
    pub head: Cow<'static, str>,
    /// Whether it holds figures, which stand at its right.
    pub figures: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub const fn words(head: &'static str) -> Self {
        Self {
            head: Cow::Borrowed(head),
            figures: false,
        }
    }
}

impl Page {
    /// A report without anything in it yet.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// Adds a section with points, when there are any.
    pub fn points(&mut self, section: &str, points: Vec<Point>) {
        if !points.is_empty() {
            self.blocks.push(Block::Section(section.to_owned()));
            self.blocks.push(Block::List(points));
        }
    }
}

impl Span {
    /// Plain words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// What matters most.
    pub fn strong(words: impl Into<String>) -> Self {
        Self::Strong(words.into())
    }

    /// What may be overlooked.
    pub fn faint(words: impl Into<String>) -> Self {
        Self::Faint(words.into())
    }

    /// What it says, without its weight.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words)
            | Self::Strong(words)
            | Self::Faint(words)
            | Self::Mark(_, words)
            | Self::Link { words, .. } => words,
        }
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.words().trim().is_empty()
    }
}

/// An address that a browser may open and that means the same everywhere: `http` or `https` and nothing but visible ASCII.
#[must_use]
pub fn safe_address(url: &str) -> Option<&str> {
    let open = url.starts_with("https://") || url.starts_with("http://");
    let plain = url.chars().all(|c| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '|' | '`' | '\\' | '"' | '\'')
    });
    (open && plain).then_some(url)
}
