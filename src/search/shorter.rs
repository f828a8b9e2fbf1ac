//! A shorter form of a word, by which more is found than by the word itself.

use rust_stemmers::{Algorithm, Stemmer};

/// The fewest letters that still tell something.
const FEWEST: usize = 3;

/// What a word of English and its other forms begin with: `export` for `exports` and `exporting`, `polic` for `policies`.
/// `None` where that is the word itself, and for what is no plain word.
#[must_use]
pub fn shorter(word: &str) -> Option<&str> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let stem = Stemmer::create(Algorithm::English).stem(word);
    let same = word.bytes().zip(stem.bytes());
    let common = same.take_while(|(one, other)| one == other).count();
    // Where the word goes on behind an i, its other form ends in a y.
    let common = match word[..common].strip_suffix('i') {
        Some(before) if common < word.len() => before.len(),
        _ => common,
    };
    (common >= FEWEST && common < word.len()).then_some(&word[..common])
}

#[cfg(test)]
mod tests {
    use super::shorter;

    #[test]
    fn the_forms_of_a_word_have_one_beginning() {
        for (word, beginning) in [
            ("exports", Some("export")),
            ("exporting", Some("export")),
            ("spreadsheets", Some("spreadsheet")),
            ("policies", Some("polic")),
            ("export", None),
            ("as", None),
            ("Boards", None),
            ("日本語", None),
            ("10", None),
            ("", None),
        ] {
            assert_eq!(shorter(word), beginning, "{word}");
        }
    }
}
