//! Text into terms, for search, suggestions and highlighting.
//!
//! Feedback comes in every language and from every tool, and the index must find it by what a person types. So the text is
//! cut into terms here, once, for all uses: the posting lists of feedback, and the full-text table of ideas, which gets
//! them ready-made, joined by blanks; its tokenizer is set up to split at blanks and nowhere else. The tokenizers that a
//! database brings do not cut Japanese at all, or need extensions.
//!
//! - Letters are folded: compatibility forms (`ﬁ`, `ｶﾞ`, `①`) to the plain ones, upper to lower case, accents away.
//! - Words are runs of letters and digits; everything else separates them. `10.1` is two terms and is found as two terms
//!   in a row, and so is `l'équipe`, which `équipe` alone finds too.
//! - Scripts without blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into **bigrams** that
//!   overlap, and the last character of a run stands alone behind them: `日本語` is `日本 本語 語`. Any passage of two
//!   characters or more is then a phrase of bigrams, and a single one is the beginning of a term, wherever it stands.
//! - Pictures (emoji) are terms. Characters without a shape (zero-width, direction, tags, variation selectors) are skipped
//!   as if they were not there, so that they cannot hide a word.
//!
//! A [`Term`] has nothing in it that could be syntax of a full-text query, by construction: no ASCII but small letters
//! and digits. That makes [`match_expression`] safe whatever was typed.

mod ask;
mod asked;
mod bag;
mod cut;
mod finder;
mod fold;
mod keywords;
mod name;
mod parted;
mod passage;
mod reference;
mod shorter;
mod stems;

use std::fmt;

pub use ask::{Sought, match_expression};
pub use asked::{Asked, Fit, share};
pub use bag::{Bag, written};
pub use finder::{Finder, Seen, matches};
pub use fold::{clusters, is_unspaced};
pub use keywords::keywords;
pub use name::Name;
pub use parted::parted;
pub use passage::Spot;
pub use reference::{Reference, in_texts, leads_to, plain_link, reference};
pub use shorter::shorter;
pub use stems::{Stems, number};

/// How many characters of a word are kept; what is behind them is neither indexed nor compared.
pub const LONGEST_TERM: usize = 32;

/// One term: small letters, digits, signs above ASCII; never empty, never a blank, a control character or ASCII punctuation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(String);

impl Term {
    /// The term as it stands in the index.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The terms of a text in their order, repeated ones included.
#[must_use]
pub fn terms(text: &str) -> Vec<Term> {
    let mut found = Vec::new();
    cut::cut(text, &mut |piece| found.push(Term(piece.term.to_owned())));
    found
}

/// Whether two texts, each a title and a body, say the same word for word.
#[must_use]
pub fn is_same_text(one: (&str, &str), other: (&str, &str)) -> bool {
    terms(one.0) == terms(other.0) && terms(one.1) == terms(other.1)
}

/// Whether a text has any term, that is, whether it can be searched for.
#[must_use]
pub fn is_searchable(text: &str) -> bool {
    let mut any = false;
    cut::cut(text, &mut |_| any = true);
    any
}

/// Gives every term of a text to `sink`, in their order, repeated ones included.
pub fn each_term(text: &str, mut sink: impl FnMut(&str)) {
    cut::cut(text, &mut |piece| sink(piece.term));
}

/// What the full-text table keeps of an idea: the terms of title and body, joined by blanks.
#[must_use]
pub fn index_text(title: &str, body: &str) -> String {
    let mut joined = String::with_capacity(title.len() + body.len());
    let mut push = |piece: cut::Piece<'_>| {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(piece.term);
    };
    cut::cut(title, &mut push);
    cut::cut(body, &mut push);
    joined
}

#[cfg(test)]
mod tests;
