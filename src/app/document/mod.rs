//! Long text as lines of inked pieces: what the feedback pane and the idea screen show, before colours.
//!
//! Wrapping lives here and not in the view because scrolling, searching and selecting a passage need the same lines that
//! are drawn. A line of the body knows which bytes of the original text it covers, so a passage chosen on the screen can
//! be stored as a quote.

mod agenda;
mod feedback;
mod idea;
mod ink;
mod minutes;
mod stop;
mod wrap;

use std::ops::Range;

use crate::domain::safe_text::SafeText;
use crate::search::Finder;

pub use agenda::agenda_document;
pub use feedback::{feedback_document, hand_document, line_of_passage};
pub use idea::{EvidenceLine, IdeaDocument, idea_document};
pub use minutes::minutes_document;
pub use stop::{Here, stop_about, stop_document};
pub use wrap::wrap;

/// What a piece of text is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Ordinary text.
    Plain,
    /// Context.
    Dim,
    /// Barely there: activity, hints.
    Faint,
    /// A title.
    Title,
    /// The heading of a part.
    Heading,
    /// The heading of a section, which holds parts with titles.
    Section,
    /// A passage which an insight quotes.
    Quote,
    /// A mail's quoted lines (`> …`).
    Replied,
    /// A link.
    Link,
    /// A mention.
    Mention,
    /// Good news.
    Good,
    /// Mind this.
    Warning,
    /// Bad news.
    Bad,
    /// What the words being searched match.
    Match,
}

/// Some text of one ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: SafeText,
    /// What it is.
    pub ink: Ink,
    /// The bytes of the body it stands for.
    pub original: Option<Range<usize>>,
}

/// One line on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// The bytes of the body it covers, its line break apart; `None` for what is not body.
    pub body: Option<Range<usize>>,
}

impl Line {
    /// Adds text from outside, on one line.
    fn outside(&mut self, text: &str, ink: Ink) {
        self.safe(SafeText::row(text), ink);
    }

    /// Adds text which is safe already.
    fn safe(&mut self, text: SafeText, ink: Ink) {
        if !text.is_empty() {
            self.pieces.push(Piece {
                text,
                ink,
                original: None,
            });
        }
    }

    /// The text of all pieces.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect()
    }

    /// Width in cells.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|p| p.text.width()).sum()
    }
}

/// A part of a line: pieces that stay together.
type Part = Vec<(SafeText, Ink)>;

/// Puts parts side by side with ` · ` between them, and on further lines when they do not fit.
fn side_by_side(parts: Vec<Part>, width: usize) -> Vec<Line> {
    const GAP: &str = " · ";
    let mut lines = vec![Line::default()];
    for part in parts {
        let wide: usize = part.iter().map(|(text, _)| text.width()).sum();
        let used = lines.last().map_or(0, Line::width);
        if used > 0 && used + 3 + wide > width {
            lines.push(Line::default());
        }
        let Some(line) = lines.last_mut() else {
            continue;
        };
        if !line.pieces.is_empty() {
            line.safe(SafeText::from_static(GAP), Ink::Faint);
        }
        let mut room = width.saturating_sub(line.width());
        for (text, ink) in part {
            let text = text.truncated(room);
            room -= text.width().min(room);
            line.safe(text, ink);
        }
    }
    lines.retain(|l| !l.pieces.is_empty());
    lines
}

/// Wraps a text from outside into lines, each behind `indent` blanks, with the matches of `finder`.
fn paragraphs(text: &str, ink: Ink, indent: usize, width: usize, finder: &Finder) -> Vec<Line> {
    let block = SafeText::block_with_offsets(text);
    let safe = block.text().as_str();
    let matches = finder.all(text).into_iter();
    let matches: Vec<_> = matches.map(|range| block.safe_range(range)).collect();
    let room = width.saturating_sub(indent).max(1);
    let lines = wrap(safe, room).into_iter().map(|range| {
        let mut line = Line::default();
        line.safe(SafeText::line(&" ".repeat(indent)), ink);
        let mut at = range.start;
        let first = matches.partition_point(|found| found.end <= range.start);
        for found in &matches[first..] {
            if found.start >= range.end {
                break;
            }
            let (start, end) = (found.start.max(at), found.end.min(range.end));
            line.safe(SafeText::line(&safe[at..start]), ink);
            line.safe(SafeText::line(&safe[start..end]), Ink::Match);
            at = end;
        }
        line.safe(SafeText::line(&safe[at.min(range.end)..range.end]), ink);
        line
    });
    lines.collect()
}

#[cfg(test)]
mod tests;
