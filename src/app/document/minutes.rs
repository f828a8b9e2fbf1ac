//! Minutes as lines.

use super::{Ink, Line, wrap};
use crate::app::state::MinutesText;
use crate::domain::safe_text::SafeText;
use crate::domain::weight::Weight;

/// The lines of minutes at `width` cells.
#[must_use]
pub fn minutes_document(text: &MinutesText, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (weight, words) in &text.lines {
        let ink = match weight {
            Weight::Plain => Ink::Plain,
            Weight::Strong => Ink::Title,
            Weight::Section => Ink::Section,
            Weight::Faint => Ink::Dim,
        };
        let safe = SafeText::line(words);
        // What fits keeps its blanks: it may be a table.
        if safe.width() <= width {
            let mut line = Line::default();
            line.safe(safe, ink);
            lines.push(line);
            continue;
        }
        let text = safe.as_str().trim_start();
        let (blanks, _) = safe.as_str().split_at(safe.as_str().len() - text.len());
        let (mark, text) = match text.strip_prefix("- ") {
            Some(text) => ("- ", text),
            None => ("", text),
        };
        let room = width.saturating_sub(blanks.len() + mark.len()).max(8);
        for (part, range) in wrap(text, room).into_iter().enumerate() {
            let mark = if part == 0 {
                mark
            } else {
                "  ".get(..mark.len()).unwrap_or("")
            };
            let mut line = Line::default();
            line.outside(&format!("{blanks}{mark}{}", &text[range]), ink);
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::bench::{Bench, minutes};

    #[test]
    fn what_is_indented_stays_so_where_it_goes_on() {
        let mut text = minutes(&Bench::new(1).world.sync);
        text.lines = [
            (Weight::Section, "Discussed"),
            (Weight::Strong, "  Guest accounts"),
            (Weight::Plain, "    Omar asks the two customers first"),
            (Weight::Plain, "    - and then both of us decide"),
        ]
        .map(|(weight, words)| (weight, words.to_owned()))
        .to_vec();
        let lines = minutes_document(&text, 24);
        let shown: Vec<(String, Ink)> = lines
            .iter()
            .map(|line| {
                let words = line.pieces.iter().map(|piece| piece.text.as_str());
                (words.collect(), line.pieces[0].ink)
            })
            .collect();
        let shown: Vec<(&str, Ink)> = shown
            .iter()
            .map(|(words, ink)| (words.as_str(), *ink))
            .collect();
        assert_eq!(
            shown,
            [
                ("Discussed", Ink::Section),
                ("  Guest accounts", Ink::Title),
                ("    Omar asks the two", Ink::Plain),
                ("    customers first", Ink::Plain),
                ("    - and then both of", Ink::Plain),
                ("      us decide", Ink::Plain),
            ]
        );
    }
}
