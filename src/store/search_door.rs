//! The one door to the search tables: no other file reads them.
//!
//! They hold terms that the search room cut, and are asked with expressions that it made; whatever replaces them answers
//! the questions below.

use rusqlite::params;

use super::{Reader, Result};
use crate::query::Term;
use crate::search::{self, Sought};

/// A condition on `feedback f` that binds one [`match_expression`].
pub(super) const FEEDBACK_MATCHES: &str =
    "f.id IN (SELECT rowid FROM feedback_search WHERE feedback_search MATCH ?)";

/// Whether there is anything in `text` to search for.
pub(super) fn is_searchable(text: &str) -> bool {
    search::is_searchable(text)
}

/// What [`FEEDBACK_MATCHES`] binds for words and phrases of a filter, all of which must be there.
///
/// Terms that cannot be searched for are to be dropped before; without any other, the expression finds nothing.
pub(super) fn match_expression(texts: &[&Term]) -> String {
    let sought: Vec<Sought<'_>> = texts
        .iter()
        .filter_map(|term| match term {
            Term::Word(text) => Some(Sought::Unfinished(text)),
            Term::Phrase(text) => Some(Sought::Whole(text)),
            _ => None,
        })
        .collect();
    search::match_expression(&sought).unwrap_or_else(|| "\"\"".to_owned())
}

/// The words of `text` as an expression: all of them, the last one maybe unfinished.
fn words_expression(text: &str) -> Option<String> {
    let words: Vec<Sought<'_>> = text.split_whitespace().map(Sought::Unfinished).collect();
    search::match_expression(&words)
}

/// The local keys of live feedback with these words, best first.
pub(super) fn feedback_by_words(
    reader: &Reader<'_>,
    words: &str,
    limit: usize,
) -> Result<Vec<i64>> {
    let Some(expression) = words_expression(words) else {
        return Ok(Vec::new());
    };
    best_feedback(reader, &expression, limit)
}

/// The local keys of live feedback with at least one of `terms`, best first.
pub(super) fn feedback_by_terms(
    reader: &Reader<'_>,
    terms: &[search::Term],
    limit: usize,
) -> Result<Vec<i64>> {
    let Some(expression) = search::any_expression(terms) else {
        return Ok(Vec::new());
    };
    best_feedback(reader, &expression, limit)
}

/// The live feedback that `expression` matches, best first.
fn best_feedback(reader: &Reader<'_>, expression: &str, limit: usize) -> Result<Vec<i64>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    reader.collect(
        "SELECT s.rowid FROM feedback_search s JOIN feedback f ON f.id = s.rowid
         WHERE feedback_search MATCH ?1 AND f.deleted = 0 ORDER BY s.rank LIMIT ?2",
        params![expression, limit],
        |row| row.get(0),
    )
}

/// The local keys of live ideas with these words, best first; `None` when there is nothing to search for.
pub(super) fn ideas_by_words(reader: &Reader<'_>, words: &str) -> Result<Option<Vec<i64>>> {
    let Some(expression) = words_expression(words) else {
        return Ok(None);
    };
    let found = reader.collect(
        "SELECT s.rowid FROM idea_search s JOIN idea d ON d.id = s.rowid
         WHERE idea_search MATCH ?1 AND d.deleted = 0 AND d.merged_into IS NULL ORDER BY s.rank",
        [expression],
        |row| row.get(0),
    )?;
    Ok(Some(found))
}
