//! Amounts of money as people and spreadsheets write them.

/// The whole units of an amount, whatever its currency: `$1,234,567.00`, `1.234.567,00 €`, `CHF 1'234'567`, `USD 1.2M`,
/// `(1,200)` for what is owed. `None` for what is no amount.
///
/// One separator before three digits parts thousands; of two kinds the last parts the fraction.
#[must_use]
pub fn whole_units(text: &str) -> Option<i64> {
    let text = text.trim();
    let negative = text.starts_with('(') || text.contains(['-', '\u{2212}']);
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let digits: String = text[first..=last]
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}' | '_'))
        .collect();
    if digits.contains(|c: char| !c.is_ascii_digit() && c != '.' && c != ',') {
        return None;
    }
    let factor = factor(text[last + 1..].trim_start())?;
    let amount = plain_number(&digits, factor > 1.0)?.parse::<f64>().ok()? * factor;
    #[allow(clippy::cast_possible_truncation)] // Beyond a quadrillion nobody counts in units.
    let units = (amount < 1e15).then(|| amount.round() as i64)?;
    Some(if negative { -units } else { units })
}

/// Writes a number with one full stop before its fraction. Thousands of millions are not written with separators, so
/// where a word such as `M` follows, a separator parts the fraction.
fn plain_number(digits: &str, with_factor: bool) -> Option<String> {
    let kinds = [',', '.'].map(|separator| (separator, digits.matches(separator).count()));
    let fraction = match kinds {
        [(_, 0), (_, 0)] => None,
        [(_, commas), (_, stops)] if commas > 0 && stops > 0 => {
            let last = digits.rfind([',', '.'])?;
            digits[last..].chars().next()
        }
        [(comma, 1), _] if with_factor || !three_follow(digits, comma) => Some(comma),
        [(_, 0), (stop, 1)] if with_factor || !three_follow(digits, stop) => Some(stop),
        _ => None,
    };
    let written = digits.chars().filter_map(|c| match c {
        c if Some(c) == fraction => Some('.'),
        ',' | '.' => None,
        c => Some(c),
    });
    Some(written.collect())
}

fn three_follow(digits: &str, separator: char) -> bool {
    digits
        .split_once(separator)
        .is_some_and(|(_, rest)| rest.len() == 3)
}

/// What the word behind an amount multiplies it by; a currency by nothing.
fn factor(behind: &str) -> Option<f64> {
    let word: String = behind
        .chars()
        .take_while(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    Some(match word.as_str() {
        "k" | "thousand" | "tsd" => 1e3,
        "m" | "mm" | "mn" | "mio" | "million" => 1e6,
        "b" | "bn" | "mrd" | "billion" => 1e9,
        "" => 1.0,
        word if word.len() <= 4 => 1.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::whole_units;

    #[test]
    fn amounts_are_read_in_every_notation() {
        for (text, wanted) in [
            ("1234567", Some(1_234_567)),
            ("$1,234,567.00", Some(1_234_567)),
            ("USD 1,234,567.89", Some(1_234_568)),
            ("1.234.567,00 €", Some(1_234_567)),
            ("EUR 1.234", Some(1_234)),
            ("1 234 567 kr", Some(1_234_567)),
            ("1\u{a0}234\u{202f}567,5 €", Some(1_234_568)),
            ("CHF 1'234'567", Some(1_234_567)),
            ("₹12,34,567", Some(1_234_567)),
            ("£12.5m", Some(12_500_000)),
            ("1.234M USD", Some(1_234_000)),
            ("750k", Some(750_000)),
            ("(1,200)", Some(-1_200)),
            ("0.5", Some(1)),
            ("0", Some(0)),
            ("", None),
            ("unknown", None),
            ("12/31/2026", None),
            ("1e300", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole_units(text), wanted, "{text}");
        }
    }
}
