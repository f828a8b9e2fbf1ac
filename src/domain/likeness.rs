//! Which of several names was most likely meant by a mistyped one.

/// Longer texts are no typing mistakes of a name; comparing them would cost more than it tells.
const LONGEST: usize = 64;

/// The candidate that was most likely meant by `text`, whatever the case: it goes on where `text` ends, or at most a
/// third of its letters differ. `None` when nothing is that near.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text: Vec<char> = text.trim().to_lowercase().chars().collect();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().take(LONGEST).collect();
            let away = if letters.starts_with(&text) {
                0
            } else {
                distance(&text, &letters)
            };
            (away * 3 <= letters.len()).then_some((away, candidate))
        })
        .min_by_key(|(away, _)| *away)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, taken away, replaced or swapped with their neighbour (optimal string alignment). It takes
/// the product of both lengths.
#[must_use]
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for j in 0..b.len() {
            let replaced = last[j] + usize::from(a[i] != b[j]);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_and_beginnings_are_forgiven_and_strangers_are_not() {
        let names = ["Globex", "Initech", "Umbrella"];
        assert_eq!(nearest("globxe", names), Some("Globex"));
        assert_eq!(nearest("ini", names), Some("Initech"));
        assert_eq!(nearest("UMBRELA", names), Some("Umbrella"));
        assert_eq!(nearest("wayne", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
    }
}
