//! What was typed as one, parted into its words.

use std::ops::Range;

use super::cut::cut;
use super::reference::reference;

/// The words of a text as they are written: `dark mode` and `dark|bright` have two. What may name something at its source stays
/// whole (`10.1`, `PT-2`, a link), and so does what looks like a condition (`status:planned`) or is a run in a script without blanks.
#[must_use]
pub fn parted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for token in text.split_whitespace() {
        if reference(token).is_some() || is_condition(token) {
            found.push(token);
            continue;
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        cut(token, &mut |piece| match runs.last_mut() {
            // The pairs of such a script overlap.
            Some(last) if piece.range.start <= last.end => last.end = last.end.max(piece.range.end),
            _ => runs.push(piece.range),
        });
        found.extend(runs.into_iter().filter_map(|run| token.get(run)));
    }
    found
}

fn is_condition(token: &str) -> bool {
    let around = token.split_once(':');
    around.is_some_and(|(name, value)| !name.is_empty() && !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_text_is_parted_where_its_words_are() {
        for (text, expected) in [
            ("dark", &["dark"][..]),
            ("card-arrival", &["card", "arrival"]),
            ("Dark|bright, Märkte", &["Dark", "bright", "Märkte"]),
            ("since 10.1-beta", &["since", "10.1-beta"]),
            ("PT-2", &["PT-2"]),
            ("status:in-development", &["status:in-development"]),
            ("dark: mode", &["dark", "mode"]),
            ("https://a.example/b", &["https://a.example/b"]),
            ("日本語 日本", &["日本語", "日本"]),
            ("& -", &[]),
        ] {
            assert_eq!(parted(text), expected, "{text}");
        }
    }
}
