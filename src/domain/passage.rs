//! What is searched for, a passage around it, and text with marks in it.

use std::ops::Range;

use super::safe_text::SafeText;

/// A text that is searched for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Searched {
    /// The text.
    pub text: String,
    /// Whether every word of it is whole: a quoted phrase. Else the last one may be a beginning.
    pub whole: bool,
}

impl Searched {
    /// The words of a text, each of which may be a beginning.
    #[must_use]
    pub fn words(text: &str) -> Vec<Self> {
        let words = text.split_whitespace();
        words
            .map(|word| Self {
                text: word.to_owned(),
                whole: false,
            })
            .collect()
    }
}

/// Where a passage is from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Place {
    /// The text of the thing itself.
    #[default]
    Text,
    /// A comment, and who wrote it, if known.
    Comment(Option<String>),
    /// What it is called where it came from: its id, or the link to it.
    Source,
}

/// One line of a text, around what was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Passage {
    /// The line, as it came, but with single blanks for whatever was blank.
    pub text: String,
    /// The bytes of the line that match: in order, apart, on whole characters, at least one.
    pub marks: Vec<Range<usize>>,
    /// Whether it begins within a sentence.
    pub before: bool,
    /// Whether the text goes on behind it.
    pub after: bool,
    /// Where it is from.
    pub place: Place,
}

impl Passage {
    /// The line fit to be printed, with `…` where the text goes on.
    #[must_use]
    pub fn line(&self) -> Marked {
        let mut marked = Marked::line(&self.text, &self.marks);
        let dots = SafeText::from_static("…");
        if self.before {
            marked = Marked::plain(dots.clone()).and(&marked);
        }
        if self.after {
            marked = marked.and(&Marked::plain(dots));
        }
        marked
    }

    /// From where the passage is, if from elsewhere than the text: `comment by @omar`, `source`.
    #[must_use]
    pub fn said_in(&self) -> Option<SafeText> {
        match &self.place {
            Place::Text => None,
            Place::Source => Some(SafeText::from_static("source")),
            Place::Comment(None) => Some(SafeText::from_static("comment")),
            Place::Comment(Some(author)) => Some(SafeText::line(&format!("comment by {author}"))),
        }
    }
}

/// Text fit to be printed, parts of which are marked.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: SafeText,
    /// The bytes of the safe text that are marked, in order.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// A text without marks.
    #[must_use]
    pub const fn plain(text: SafeText) -> Self {
        Self {
            text,
            marks: Vec::new(),
        }
    }

    /// Makes `text` safe on one line; `marks` are its bytes that are marked, in order and apart. Those that do not fit it
    /// (it may have changed) are left out.
    #[must_use]
    pub fn line(text: &str, marks: &[Range<usize>]) -> Self {
        let mut parts = Vec::with_capacity(marks.len() * 2 + 1);
        let mut marked = Vec::with_capacity(marks.len());
        let (mut at, mut length) = (0, 0);
        for mark in marks {
            let (Some(plain), Some(found)) = (text.get(at..mark.start), text.get(mark.clone()))
            else {
                continue;
            };
            let (plain, found) = (SafeText::line(plain), SafeText::line(found));
            length += plain.as_str().len();
            marked.push(length..length + found.as_str().len());
            length += found.as_str().len();
            parts.extend([plain, found]);
            at = mark.end;
        }
        parts.push(SafeText::line(text.get(at..).unwrap_or_default()));
        Self {
            text: SafeText::concat(&parts),
            marks: marked,
        }
    }

    /// This text, then the other one.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let length = self.text.as_str().len();
        let behind = other.marks.iter();
        let behind = behind.map(|mark| mark.start + length..mark.end + length);
        Self {
            text: SafeText::concat([&self.text, &other.text]),
            marks: self.marks.iter().cloned().chain(behind).collect(),
        }
    }

    /// The parts in their order, each with whether it is marked; none is empty.
    #[must_use]
    pub fn parts(&self) -> Vec<(SafeText, bool)> {
        let text = self.text.as_str();
        let mut parts = Vec::with_capacity(self.marks.len() * 2 + 1);
        let mut at = 0;
        let ends = self
            .marks
            .iter()
            .flat_map(|m| [(m.start, false), (m.end, true)]);
        for (end, marked) in ends.chain([(text.len(), false)]) {
            let part = text.get(at..end).unwrap_or_default();
            if !part.is_empty() {
                parts.push((SafeText::line(part), marked));
            }
            at = at.max(end);
        }
        parts
    }
}
