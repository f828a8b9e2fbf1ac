//! Which parts of a body are quotes, links, mentions, matches.

use std::ops::Range;

use super::Ink;

/// Ranges of `text` with their ink, ascending and apart: later kinds never overwrite earlier ones.
pub(super) fn inked(
    text: &str,
    quotes: &[Range<usize>],
    matches: &[Range<usize>],
) -> Vec<(Range<usize>, Ink)> {
    let mut found: Vec<(Range<usize>, Ink)> = Vec::new();
    let mut add = |range: Range<usize>, ink: Ink| {
        if !range.is_empty()
            && found
                .iter()
                .all(|(taken, _)| range.end <= taken.start || taken.end <= range.start)
        {
            found.push((range, ink));
        }
    };
    for range in matches {
        add(range.clone(), Ink::Match);
    }
    // A quote shows around a match rather than vanishing beneath it.
    for quote in quotes {
        let mut start = quote.start;
        for hit in matches
            .iter()
            .filter(|m| m.start < quote.end && quote.start < m.end)
        {
            add(start..hit.start.max(start), Ink::Quote);
            start = hit.end.max(start);
        }
        add(start..quote.end.max(start), Ink::Quote);
    }
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('>') {
            add(
                line_start..line_start + line.trim_end_matches('\n').len(),
                Ink::Replied,
            );
        }
        for (range, ink) in words(line) {
            add(line_start + range.start..line_start + range.end, ink);
        }
        line_start += line.len();
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Links and mentions in a line.
fn words(line: &str) -> Vec<(Range<usize>, Ink)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let starts_word = line[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        if starts_word && (rest.starts_with("https://") || rest.starts_with("http://")) {
            let end = rest
                .find(|c: char| c.is_whitespace() || "<>\"`".contains(c))
                .unwrap_or(rest.len());
            let link = rest[..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?', '\'']);
            found.push((at..at + link.len(), Ink::Link));
            at += end.max(1);
            continue;
        }
        if starts_word && rest.starts_with('@') {
            let name: usize = rest[1..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
                .map(char::len_utf8)
                .sum();
            let name = rest[1..1 + name].trim_end_matches(['.', '-']).len();
            if name > 0 {
                found.push((at..at + 1 + name, Ink::Mention));
                at += 1 + name;
                continue;
            }
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    found
}
