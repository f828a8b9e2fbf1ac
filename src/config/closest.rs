//! "Did you mean": the known word nearest to a mistyped one.

/// No name in a configuration is longer; comparing takes the product of both lengths.
const LONGEST: usize = 64;

/// As many words as a hint lists.
const FEW: usize = 8;

/// The one of `known` that `typed` was most likely meant to be, if any is near: a letter wrong, missing,
/// doubled or swapped in every three, whatever the case and whether `-` or `_` joins the words.
pub(super) fn closest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = plain(typed);
    if typed.len() > LONGEST {
        return None;
    }
    let limit = (typed.len() / 3).max(1);
    known
        .into_iter()
        .map(|word| (distance(&typed, &plain(word)), word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The hint that goes with an unknown word: the nearest known one, or all of them while they are few.
pub fn hint(typed: &str, known: &[&str]) -> Option<String> {
    match closest(typed, known.iter().copied()) {
        Some(word) => Some(format!("did you mean `{word}`?")),
        None if known.is_empty() || known.len() > FEW => None,
        None => {
            let words: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
            Some(format!("known are {}", words.join(", ")))
        }
    }
}

fn plain(word: &str) -> Vec<char> {
    word.to_lowercase()
        .chars()
        .map(|c| if c == '-' || c == ' ' { '_' } else { c })
        .collect()
}

/// Edits between two words; two neighbours swapped count as one edit (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        let known = ["mouse", "theme", "me", "reduced_motion"];
        for (typed, expected) in [
            ("mose", Some("mouse")),
            ("muose", Some("mouse")),
            ("Mouse", Some("mouse")),
            ("reduced-motion", Some("reduced_motion")),
            ("reducedmotions", Some("reduced_motion")),
            ("user", None),
            ("", None),
            ("m", Some("me")),
        ] {
            assert_eq!(closest(typed, known), expected, "{typed}");
        }
        assert_eq!(closest(&"m".repeat(100_000), known), None);
    }
}
