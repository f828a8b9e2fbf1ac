//! Days of the calendar as a person types them: `2026-12-01`, `dec 1`, `1st of December 2027`.

use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of that name, or of its first letters: three at least.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    if word == "sept" {
        return Some(9);
    }
    let found = MONTHS
        .iter()
        .position(|name| *name == word || (word.len() == 3 && name.starts_with(word)))?;
    u32::try_from(found + 1).ok()
}

/// A month and the number of a day in it, in either order, with a year or without: then it is the nearest such day that is
/// not before `today`, or, with `past`, not behind it.
pub(super) fn named(words: &[&str], today: NaiveDate, past: bool) -> Option<NaiveDate> {
    let (words, year) = match words {
        [both @ .., last] if both.len() == 2 => (both, Some(year(last)?)),
        both => (both, None),
    };
    let [a, b] = words else {
        return None;
    };
    let (month, day) = match month(a) {
        Some(month) => (month, number(b)?),
        None => (month(b)?, number(a)?),
    };
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    // The 29th of February may be years away.
    let mut near = (0..=8).map(|years| if past { -years } else { years });
    near.find_map(|years| {
        let found = NaiveDate::from_ymd_opt(today.year() + years, month, day)?;
        let fits = if past { found <= today } else { found >= today };
        fits.then_some(found)
    })
}

/// `1`, `1st`, `1.`
fn number(word: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th", "."]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    digits(bare, 1..=2).filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i32> {
    digits(word, 4..=4).and_then(|year| i32::try_from(year).ok())
}

fn digits(word: &str, many: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = many.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}
