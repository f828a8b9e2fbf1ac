//! What a person looks for, as terms and as an expression for the full-text table.

use super::Term;
use super::cut::cut;

/// At most this many terms of one text are asked for; more of them would find the same or nothing.
const MOST_ASKED: usize = 64;

/// A text that somebody looks for. It may have several terms, which must then stand in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought<'a> {
    /// The last term may be a beginning: a word as it is typed.
    Unfinished(&'a str),
    /// Every term is whole: a quoted phrase.
    Whole(&'a str),
}

/// The terms that must stand in a row in the index.
#[derive(PartialEq, Eq)]
pub(super) struct Row {
    pub terms: Vec<Term>,
    /// Whether a longer term that begins like the last one will do.
    pub open: bool,
    /// Whether the last one is a single character of a script without blanks, found as the beginning of a bigram.
    pub single: bool,
}

/// `None` when the text has no term.
pub(super) fn row(sought: Sought<'_>) -> Option<Row> {
    let (text, unfinished) = match sought {
        Sought::Unfinished(text) => (text, true),
        Sought::Whole(text) => (text, false),
    };
    let mut terms: Vec<Term> = Vec::new();
    let mut more = false;
    let (mut tail, mut single, mut unspaced) = (false, false, false);
    cut(text, &mut |piece| {
        if terms.len() == MOST_ASKED {
            more = true;
            return;
        }
        terms.push(Term(piece.term.to_owned()));
        tail = piece.tail;
        unspaced = piece.first.is_some();
        single = unspaced && piece.first == Some(piece.range.end) && !piece.tail;
    });
    // In the text that is looked for, the run may go on: then its last character has no term of its own.
    if tail && !more {
        terms.pop();
    }
    let open = !more && (single || (unfinished && !unspaced));
    (!terms.is_empty()).then_some(Row {
        terms,
        open,
        single: single && !more,
    })
}

/// An FTS5 expression for everything that has all of `sought`, for a table whose rows are [`index_text`](super::index_text),
/// whose tokenizer splits at blanks only, and which keeps positions (`detail = full`, the default): texts of several
/// terms are phrases. `None` when nothing in it can be searched for; texts without a term are left out.
///
/// Every term stands in a string, and nothing in a term can end that string.
#[must_use]
pub fn match_expression(sought: &[Sought<'_>]) -> Option<String> {
    let phrases: Vec<String> = sought
        .iter()
        .filter_map(|sought| row(*sought))
        .map(|row| {
            let star = if row.open { " *" } else { "" };
            format!("{}{star}", string(&row.terms))
        })
        .collect();
    (!phrases.is_empty()).then(|| phrases.join(" AND "))
}

/// Terms in a row as one FTS5 string.
fn string(terms: &[Term]) -> String {
    let words: Vec<&str> = terms.iter().map(Term::as_str).collect();
    format!("\"{}\"", words.join(" "))
}
