//! A filter that asks for less: for the words of a phrase wherever they stand, without one of its words, or for one of them alone.

use super::tree::{Expr, Query, Term};

/// Of more words than these none is left out: each would be searched for.
const MOST_WORDS: usize = 6;

impl Query {
    /// The same without one of the words or phrases that must all be there, each in turn.
    #[must_use]
    pub fn without_each_word(&self) -> Vec<Self> {
        self.each_place(|here, left_out| here != left_out)
    }

    /// The same with one of these words or phrases alone, each in turn; what is ruled out stays so.
    #[must_use]
    pub fn each_word_alone(&self) -> Vec<Self> {
        let parts = self.parts();
        self.each_place(|here, wanted| here == wanted || !is_text(&parts[here]))
    }

    /// The same with the words of its phrases, and of words that are several (`dark|bright`), side by side; `None` where that
    /// parts nothing. `words` tells which they are.
    #[must_use]
    pub fn apart(&self, words: impl Fn(&str) -> Vec<&str>) -> Option<Self> {
        let parts = self.parts().into_iter().flat_map(|part| {
            let apart = match &part {
                Expr::Term(Term::Word(text) | Term::Phrase(text)) => words(text),
                _ => Vec::new(),
            };
            let apart = apart.into_iter().map(ToOwned::to_owned);
            let apart: Vec<Expr> = apart.map(|word| Term::Word(word).into()).collect();
            if apart.len() > 1 { apart } else { vec![part] }
        });
        let apart = self.clone().with_parts(parts.collect());
        (apart != *self).then_some(apart)
    }

    /// For the place of each word those parts that are kept; none where there is one word, or there are many.
    fn each_place(&self, keep: impl Fn(usize, usize) -> bool) -> Vec<Self> {
        let parts = self.parts();
        let words = (0..parts.len()).filter(|place| is_text(&parts[*place]));
        let words: Vec<usize> = words.collect();
        if !(2..=MOST_WORDS).contains(&words.len()) {
            return Vec::new();
        }
        let fewer = words.iter().map(|word| {
            let kept = (0..parts.len()).filter(|place| keep(*place, *word));
            let kept = kept.map(|place| parts[place].clone()).collect();
            self.clone().with_parts(kept)
        });
        fewer.collect()
    }
}

const fn is_text(part: &Expr) -> bool {
    matches!(part, Expr::Term(Term::Word(_) | Term::Phrase(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn the_words_of_a_phrase_are_asked_for_wherever_they_stand() {
        let words = |text: &'static str| -> Option<String> {
            let query = parse(text).expect("a filter");
            let apart = query.apart(|text| text.split([' ', '|']).collect());
            apart.map(|query| query.to_string())
        };
        for (text, expected) in [
            (
                "\"dark mode\" is:mine -\"a b\"",
                Some("dark mode is:mine -\"a b\""),
            ),
            ("dark|bright", Some("dark bright")),
            ("\"dark\" mode", None),
            ("a or b|c", None),
            ("", None),
        ] {
            assert_eq!(words(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn each_word_is_left_out_and_each_stands_alone() {
        let told = |queries: Vec<Query>| -> Vec<String> {
            queries.iter().map(ToString::to_string).collect()
        };
        let query = parse("export \"dark mode\" -mobile zebra").expect("a filter");
        assert_eq!(
            told(query.without_each_word()),
            [
                "\"dark mode\" -mobile zebra",
                "export -mobile zebra",
                "export \"dark mode\" -mobile"
            ]
        );
        assert_eq!(
            told(query.each_word_alone()),
            ["export -mobile", "\"dark mode\" -mobile", "-mobile zebra"]
        );
        for none in ["export", "a or b", "a b c d e f g", "-a b"] {
            let query = parse(none).expect("a filter");
            assert!(query.without_each_word().is_empty(), "{none}");
            assert!(query.each_word_alone().is_empty(), "{none}");
        }
    }
}
