//! Breaking text into lines by cell width, by the Unicode rules for where a line may break.

use std::ops::Range;

use textwrap::WordSeparator;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The byte ranges of the lines into which the safe `text` falls at `width` cells. Line breaks in the text always break;
/// blanks at the end of a line are left out; an empty line is an empty range. Words wider than a line are cut between
/// graphemes, never inside one, so a letter keeps its accents (which is why textwrap finds the words and lays out none).
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        if paragraph.len() <= width && paragraph.is_ascii() {
            lines.push(start..start + paragraph.trim_end().len());
        } else {
            wrap_paragraph(paragraph, start, width.max(2), &mut lines);
        }
        start += paragraph.len() + 1;
    }
    lines
}

fn wrap_paragraph(paragraph: &str, start: usize, width: usize, lines: &mut Vec<Range<usize>>) {
    let mut line = start..start;
    let mut used = 0;
    for range in words(paragraph) {
        let word = paragraph[range.clone()].trim_end();
        let at = start + range.start;
        let cells = word.width();
        if used > 0 && used + cells > width {
            lines.push(line.clone());
            line = at..at;
            used = 0;
        }
        if cells > width {
            for cluster in clusters(word) {
                let cells = word[cluster.clone()].width();
                if used > 0 && used + cells > width {
                    lines.push(line.clone());
                    line = at + cluster.start..at + cluster.start;
                    used = 0;
                }
                used += cells;
                line.end = at + cluster.end;
            }
        } else {
            used += cells;
            line.end = at + word.len();
        }
        used += paragraph[range].width() - cells;
    }
    lines.push(line);
}

/// The graphemes, each with the marks after it that count as graphemes of their own (some vowels do): at the start of a
/// line such a mark would have nothing to stand on.
fn clusters(word: &str) -> Vec<Range<usize>> {
    let mut clusters: Vec<Range<usize>> = Vec::new();
    for (offset, grapheme) in word.grapheme_indices(true) {
        let end = offset + grapheme.len();
        match clusters.last_mut() {
            Some(last) if grapheme.starts_with(is_combining_mark) => last.end = end,
            _ => clusters.push(offset..end),
        }
    }
    clusters
}

/// The words with the blanks after them. A break is only taken between graphemes: the rules for line breaks allow one
/// before some marks that belong to the letter before them.
fn words(paragraph: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut found = WordSeparator::UnicodeBreakProperties.find_words(paragraph);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        for word in found.by_ref() {
            at += word.word.len() + word.whitespace.len();
            let mut cursor = GraphemeCursor::new(at, paragraph.len(), true);
            if cursor.is_boundary(paragraph, 0).unwrap_or(true)
                && !paragraph[at..].starts_with(is_combining_mark)
            {
                break;
            }
        }
        (at > start).then_some(start..at)
    })
}
