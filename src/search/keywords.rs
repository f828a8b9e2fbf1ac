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

/// Words that say nothing about a request, in order: of English, and the commonest of German, Spanish, French, Portuguese, Italian
/// and Dutch, which look telling where most of a workspace is English (not those that are words of software as well, such as `os`
/// or `plus`). What an apostrophe cuts off (`doesn`, `ll`) is listed or a single letter.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "aber", "able", "about", "after", "again", "ain", "al", "all", "already", "als", "also", "although", "always",
    "am", "among", "an", "anche", "and", "another", "any", "anybody", "anyone", "anything", "ao", "are", "aren",
    "around", "as", "ask", "asked", "asking", "at", "au", "auch", "auf", "aux", "avec", "back", "be", "became",
    "because", "become", "becomes", "been", "before", "bei", "beim", "being", "best", "between", "bien", "bitte",
    "both", "but", "by", "came", "can", "cannot", "ce", "ces", "cette", "che", "com", "come", "comes", "comme",
    "como", "con", "could", "couldn", "cuando", "customer", "customers", "dans", "das", "dass", "dear", "dei",
    "del", "della", "dem", "den", "der", "des", "di", "did", "didn", "do", "does", "doesn", "doing", "don", "done",
    "du", "durch", "during", "each", "een", "ein", "eine", "einem", "einen", "einer", "eines", "either", "el",
    "elle", "else", "em", "en", "enough", "esta", "este", "esto", "et", "etc", "etre", "even", "ever", "every",
    "everybody", "everyone", "everything", "except", "fait", "feature", "feedback", "first", "for", "from", "fur",
    "get", "gets", "getting", "give", "gli", "go", "going", "good", "got", "great", "haben", "had", "hadn", "has",
    "hasn", "have", "haven", "having", "hay", "he", "hello", "help", "hence", "her", "here", "het", "hi", "himself",
    "his", "how", "however", "ich", "if", "ihr", "il", "ils", "im", "in", "instead", "into", "is", "isn", "isso",
    "issue", "ist", "it", "its", "itself", "je", "just", "kann", "kein", "keine", "know", "konnen", "la", "las",
    "le", "les", "less", "let", "leur", "like", "ll", "lo", "look", "los", "lot", "love", "mais", "make", "makes",
    "many", "mas", "may", "maybe", "me", "met", "might", "mit", "more", "most", "much", "must", "muy", "my", "naar",
    "nach", "nao", "nas", "ne", "need", "needed", "needs", "neither", "nel", "nella", "never", "new", "nice",
    "nicht", "niet", "no", "nobody", "noch", "non", "none", "nor", "nos", "not", "nothing", "notre", "nous", "now",
    "nur", "oder", "of", "off", "often", "ok", "on", "once", "one", "only", "onto", "ook", "or", "other",
    "otherwise", "ou", "our", "out", "over", "own", "par", "para", "pas", "pela", "pelo", "per", "perhaps", "pero",
    "peut", "piu", "please", "por", "possible", "pour", "problem", "product", "puede", "put", "quand", "quando",
    "que", "questa", "questo", "qui", "rather", "re", "really", "regards", "request", "same", "sans", "sao", "say",
    "says", "se", "see", "seem", "seems", "seen", "sehr", "ser", "seu", "several", "shall", "should", "shouldn",
    "si", "sich", "sie", "sin", "since", "sind", "so", "sobre", "sollte", "some", "somebody", "somehow", "someone",
    "something", "sometimes", "somewhere", "sono", "sont", "soon", "still", "su", "such", "support", "sur", "sure",
    "sus", "tambien", "team", "tem", "than", "thank", "thanks", "that", "the", "their", "them", "themselves",
    "then", "there", "these", "they", "thing", "things", "think", "this", "those", "though", "three", "through",
    "thus", "to", "together", "too", "tout", "toward", "towards", "tres", "try", "trying", "two", "uber", "uma",
    "un", "una", "und", "under", "une", "unless", "uno", "unos", "uns", "unser", "unsere", "until", "up", "upon",
    "us", "use", "used", "user", "users", "using", "van", "ve", "very", "voce", "vom", "von", "voor", "vor", "vous",
    "want", "wanted", "wants", "was", "wasn", "way", "we", "well", "wenn", "werden", "were", "weren", "what",
    "when", "whenever", "where", "wherever", "whether", "which", "while", "who", "whole", "whom", "whose", "why",
    "wie", "wij", "will", "wir", "wird", "with", "within", "without", "won", "work", "working", "would", "wouldn",
    "ya", "yes", "yet", "you", "your", "yourself", "zijn", "zu", "zum", "zur",
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
