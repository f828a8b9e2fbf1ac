//! The terms that say what a feedback is about.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Term;
use super::cut::cut;

/// At most `limit` terms of the text, the most telling first: those said most often, of these the longest, of these
/// the first. Words of grammar and courtesy, single letters and short numbers are left out.
///
/// How rare a term is in the workspace is not known here; whoever ranks by it asks the index.
#[must_use]
pub fn keywords(text: &str, limit: usize) -> Vec<Term> {
    /// How often, how long, where first.
    struct Weight {
        count: usize,
        length: usize,
        first: usize,
    }
    let mut weights: HashMap<String, Weight> = HashMap::new();
    let mut position = 0;
    cut(text, &mut |piece| {
        position += 1;
        if let Some(weight) = weights.get_mut(piece.term) {
            weight.count += 1;
        } else if !piece.tail && is_telling(piece.term, piece.first.is_some()) {
            let weight = Weight {
                count: 1,
                length: piece.term.chars().count(),
                first: position,
            };
            weights.insert(piece.term.to_owned(), weight);
        }
    });
    let mut ranked: Vec<(String, Weight)> = weights.into_iter().collect();
    ranked.sort_by_key(|(_, weight)| (Reverse((weight.count, weight.length)), weight.first));
    ranked.truncate(limit);
    ranked.into_iter().map(|(term, _)| Term(term)).collect()
}

pub(super) fn is_telling(term: &str, unspaced: bool) -> bool {
    let length = term.chars().count();
    if unspaced {
        // Hiragana alone is grammar: particles, endings.
        return length > 1 && !term.chars().all(|c| matches!(c, '\u{3041}'..='\u{309f}'));
    }
    let number = term.chars().all(char::is_numeric);
    length > if number { 2 } else { 1 } && STOP_WORDS.binary_search(&term).is_err()
}

/// English words that say nothing about a request, in order. What an apostrophe cuts off (`doesn`, `ll`) is listed
/// or a single letter.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "able", "about", "after", "again", "ain", "all", "also", "always", "am", "an", "and", "another", "any",
    "are", "aren", "as", "ask", "asked", "asking", "at", "back", "be", "because", "been", "before", "being",
    "best", "both", "but", "by", "can", "cannot", "could", "couldn", "customer", "customers", "dear", "did",
    "didn", "do", "does", "doesn", "doing", "don", "done", "each", "etc", "even", "every", "everyone",
    "feature", "feedback", "first", "for", "from", "get", "gets", "getting", "give", "go", "going", "good",
    "great", "had", "hadn", "has", "hasn", "have", "haven", "having", "he", "hello", "help", "her", "here",
    "hi", "his", "how", "however", "if", "in", "instead", "into", "is", "isn", "issue", "it", "its", "just",
    "know", "let", "like", "ll", "look", "lot", "love", "make", "makes", "many", "may", "maybe", "me",
    "might", "more", "most", "much", "must", "my", "need", "needed", "needs", "never", "new", "nice", "no",
    "not", "now", "of", "off", "often", "ok", "on", "once", "one", "only", "or", "other", "our", "out",
    "over", "own", "please", "possible", "problem", "product", "re", "really", "regards", "request", "same",
    "say", "says", "see", "should", "shouldn", "since", "so", "some", "something", "still", "such", "support",
    "sure", "team", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "these",
    "they", "thing", "things", "think", "this", "those", "through", "to", "too", "try", "trying", "up", "us",
    "use", "used", "user", "users", "using", "ve", "very", "want", "wanted", "wants", "was", "wasn", "way",
    "we", "well", "were", "weren", "what", "when", "where", "which", "while", "who", "why", "will", "with",
    "within", "without", "won", "work", "working", "would", "wouldn", "yes", "yet", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::STOP_WORDS;

    #[test]
    fn stop_words_are_in_order_and_terms() {
        assert!(STOP_WORDS.is_sorted_by(|a, b| a < b));
        for word in STOP_WORDS {
            assert_eq!(crate::search::index_text(word, ""), *word);
        }
    }
}
