//! The one door to the search index: nobody else reads its tables.
//!
//! Feedback is found by posting lists ([`crate::postings`]), which the store keeps in the transaction of whatever changes a
//! text (`derived/index.rs`); ideas, which are few, by a full-text table. Both hold terms that the search room cut.

mod best;
mod check;
mod find;
mod memory;
mod named;
mod near;
mod proof;
mod rule;
mod same;
mod score;
pub(super) mod shelf;
mod titles;

use std::collections::HashMap;

pub(super) use best::Head;
pub(super) use find::{Found, Texts};
pub(super) use memory::{Memory, Version};
pub use named::Named;
pub(super) use rule::Unproven;
pub(super) use score::{RANKED, Ranked};
pub(super) use titles::{MOST_TITLED, looked_at};

use super::{Reader, Result};
use crate::domain::passage::Searched;
use crate::search::{self, Asked, Sought};

/// A condition on `feedback f` that binds the number of a set; see [`Memory::lend`].
pub(super) const FOUND: &str = "found(?, f.id)";

/// How many documents are counted at most to find what shares the most words: of frequent words the newest.
const MOST_COUNTED: usize = 20_000;

/// Whether there is anything in `text` to search for.
pub(super) fn is_searchable(text: &str) -> bool {
    search::is_searchable(text)
}

/// The words of `text`: all of them, the last letters of each maybe missing.
fn words_of(text: &str) -> Vec<Sought<'_>> {
    text.split_whitespace().map(Sought::Unfinished).collect()
}

/// The local keys of live feedback with these words, best first.
pub(super) fn feedback_by_words(
    reader: &Reader<'_>,
    words: &str,
    limit: usize,
) -> Result<Vec<i64>> {
    let asked: Vec<Asked> = words_of(words).into_iter().filter_map(Asked::of).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let texts = words.split_whitespace().filter_map(Texts::word).collect();
    let found = reader.find_texts(&Texts::All(texts))?;
    let set = reader.prove_all(found.set, found.unproven.as_ref())?;
    let newest = reader.newest_of(&set, RANKED.max(limit))?;
    let titled = match set.len() > newest.len() as u64 {
        true => reader.titled_among(&set, &asked)?,
        false => Vec::new(),
    };
    let newest = newest.iter().filter(|local| !titled.contains(local));
    let among: Vec<i64> = titled.iter().chain(newest).copied().collect();
    let (ranked, _) = reader.rank(&among, asked)?;
    let best = ranked.into_iter().map(|ranked| ranked.local);
    Ok(best.take(limit).collect())
}

/// The local keys of live feedback with at least one of the rarest `most` of these terms: those first which share the most, a
/// rare term counting more than a frequent one.
pub(super) fn feedback_by_terms(
    reader: &Reader<'_>,
    terms: &[search::Term],
    most: usize,
    limit: usize,
) -> Result<Vec<i64>> {
    let mut sets = Vec::new();
    for term in terms {
        if let Some(asked) = Asked::of(Sought::Whole(term.as_str())) {
            sets.push(reader.find_texts(&Texts::Asked(asked))?.set);
        }
    }
    sets.retain(|set| !set.is_empty());
    sets.sort_by_key(roaring::RoaringBitmap::len);
    sets.truncate(most);
    let all = reader.live_feedback()? as f32;
    let mut shared: HashMap<u32, f32> = HashMap::new();
    for set in &sets {
        let weight = (1.0 + all / set.len() as f32).ln();
        let room = MOST_COUNTED.saturating_sub(shared.len());
        let mut new = 0;
        for document in set.iter().rev() {
            match shared.get_mut(&document) {
                Some(score) => *score += weight,
                None if new < room => {
                    new += 1;
                    shared.insert(document, weight);
                }
                None => {}
            }
        }
    }
    let mut ranked: Vec<(u32, f32)> = shared.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    Ok(ranked
        .into_iter()
        .take(limit)
        .map(|(document, _)| i64::from(document))
        .collect())
}

/// The local keys of live ideas with these words, best first; `None` when there is nothing to search for.
pub(super) fn ideas_by_words(reader: &Reader<'_>, words: &str) -> Result<Option<Vec<i64>>> {
    ideas_with(reader, &Searched::words(words))
}

/// As [`ideas_by_words`], for words and phrases.
pub(super) fn ideas_with(reader: &Reader<'_>, searched: &[Searched]) -> Result<Option<Vec<i64>>> {
    let each: Vec<String> = searched.iter().filter_map(expression).collect();
    if each.is_empty() {
        return Ok(None);
    }
    let expression = each.join(" AND ");
    let found = reader.collect(
        "SELECT s.rowid FROM idea_search s JOIN idea d ON d.id = s.rowid
         WHERE idea_search MATCH ?1 AND d.deleted = 0 AND d.merged_into IS NULL ORDER BY s.rank",
        [expression],
        |row| row.get(0),
    )?;
    Ok(Some(found))
}

/// A word or a phrase as an expression for the full-text table. A link is found however it is spelled in a text.
fn expression(searched: &Searched) -> Option<String> {
    let text = searched.text.as_str();
    let links = match searched.whole {
        true => Vec::new(),
        false => search::in_texts(text),
    };
    let links = links.iter().map(|(link, whole)| sought(link, *whole));
    let all = std::iter::once(sought(text, searched.whole)).chain(links);
    let mut all = all.filter_map(|sought| search::match_expression(&[sought]));
    let first = all.next()?;
    Some(all.fold(first, |all, other| format!("({all} OR {other})")))
}

const fn sought(text: &str, whole: bool) -> Sought<'_> {
    match whole {
        true => Sought::Whole(text),
        false => Sought::Unfinished(text),
    }
}

#[cfg(test)]
pub(super) mod tests;
