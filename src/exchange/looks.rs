//! What a cell looks like, where no name tells.

use super::dates;

/// A date that is not a bare number, because any number could be one.
#[must_use]
pub fn is_date(cell: &str) -> bool {
    cell.contains(['-', '/', '.', ':'])
        && [dates::Order::MonthFirst, dates::Order::DayFirst]
            .iter()
            .any(|&order| dates::read(cell, order).is_some())
}

/// A link to a page.
#[must_use]
pub fn is_link(cell: &str) -> bool {
    (cell.starts_with("https://") || cell.starts_with("http://"))
        && !cell.contains(char::is_whitespace)
}

/// An e-mail address.
#[must_use]
pub fn is_email(cell: &str) -> bool {
    !cell.contains(char::is_whitespace)
        && cell
            .split_once('@')
            .is_some_and(|(local, host)| !local.is_empty() && host.contains('.'))
}

/// A number.
#[must_use]
pub fn is_number(cell: &str) -> bool {
    cell.bytes().any(|b| b.is_ascii_digit()) && cell.parse::<f64>().is_ok()
}

/// One or several ids: numbers, or keys such as `APP-12`.
#[must_use]
pub fn is_ids(cell: &str) -> bool {
    cell.split(',').map(str::trim).all(|id| {
        !id.is_empty()
            && id.len() <= 40
            && id.bytes().any(|b| b.is_ascii_digit())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'#'))
    })
}

/// Words: several of them, and nothing of the above.
#[must_use]
pub fn is_words(cell: &str) -> bool {
    cell.split_whitespace().count() > 1 && !is_date(cell) && !is_number(cell)
}
