//! A row of a list with what was searched for, as JSON.

use std::ops::Range;

use serde::Serialize;

use crate::domain::passage::{Passage, Place};

/// A row with its matches.
#[derive(Debug, Serialize)]
pub struct FoundJson<R> {
    #[serde(flatten)]
    row: R,
    title_matches: Vec<MatchJson>,
    snippet: Option<SnippetJson>,
}

#[derive(Debug, Serialize)]
struct MatchJson {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct SnippetJson {
    text: String,
    place: &'static str,
    author: Option<String>,
    matches: Vec<MatchJson>,
}

fn matches(ranges: &[Range<usize>]) -> Vec<MatchJson> {
    let ranges = ranges.iter();
    ranges
        .map(|range| MatchJson {
            start: range.start,
            end: range.end,
        })
        .collect()
}

impl<R> FoundJson<R> {
    /// A row, the bytes of its title that match, and the passage that shows what the title does not.
    #[must_use]
    pub fn new(row: R, title: &[Range<usize>], passage: Option<&Passage>) -> Self {
        Self {
            row,
            title_matches: matches(title),
            snippet: passage.map(|passage| SnippetJson {
                text: passage.text.clone(),
                place: match passage.place {
                    Place::Text => "text",
                    Place::Comment(_) => "comment",
                    Place::Source => "source",
                },
                author: match &passage.place {
                    Place::Comment(author) => author.clone(),
                    Place::Text | Place::Source => None,
                },
                matches: matches(&passage.marks),
            }),
        }
    }
}
