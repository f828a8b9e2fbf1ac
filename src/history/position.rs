//! Fractional indexes: the position of an item as a text, so that an item moves by changing its own row alone and two
//! people can reorder the same list.
//!
//! A position is a fraction in base 16 without its leading `0.`; positions sort bytewise. Items that are appended get
//! eight digits in steps of 256, so that positions stay short; only what is put between two others grows longer.
//! (The crate `fractional_index` was tried and left: between two positions that both start with a zero byte, which 128
//! moves to the top produce, it overflows.)

/// How many digits an appended position has.
const WIDTH: usize = 8;
/// The distance between two appended positions.
const STRIDE: u32 = 0x100;
/// Where the first item of a list goes: the middle.
const FIRST: u32 = 0x8000_0000;

/// A position after `last`, the highest of the list (`None`: the list is empty).
pub(super) fn after(last: Option<&str>) -> String {
    let Some(last) = last else {
        return show(FIRST);
    };
    match head(last).and_then(|head| head.checked_add(STRIDE)) {
        Some(next) => show(next),
        None => between(Some(last), None).unwrap_or_else(|| show(FIRST)),
    }
}

/// A position between two others; `None` for an end of the list.
///
/// Answers `None` when there is no room: they are equal, in the wrong order, or not positions. Then the list has to be
/// numbered anew with [`spread`].
pub(super) fn between(low: Option<&str>, high: Option<&str>) -> Option<String> {
    match (low, high) {
        (None, None) => Some(show(FIRST)),
        (None, Some(high)) => match head(high).filter(|head| *head > STRIDE) {
            Some(head) => Some(show(head - STRIDE)),
            None => middle(&[], Some(&digits(high)?)),
        },
        (Some(low), None) => match head(low).and_then(|head| head.checked_add(STRIDE)) {
            Some(next) => Some(show(next)),
            None => middle(&digits(low)?, None),
        },
        (Some(low), Some(high)) => middle(&digits(low)?, Some(&digits(high)?)),
    }
}

/// Positions for a whole list of `count` items, in order.
pub(super) fn spread(count: usize) -> Vec<String> {
    let mut positions: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        positions.push(after(positions.last().map(String::as_str)));
    }
    positions
}

fn show(number: u32) -> String {
    format!("{number:0width$x}", width = WIDTH)
}

/// The first eight digits as a number; `None` when it is not a position.
fn head(position: &str) -> Option<u32> {
    let digits = digits(position)?;
    Some((0..WIDTH).fold(0, |number, place| {
        number << 4 | u32::from(digits.get(place).copied().unwrap_or(0))
    }))
}

/// The digits without trailing zeros; `None` when there is anything but digits, or nothing above zero.
fn digits(position: &str) -> Option<Vec<u8>> {
    let mut digits = position
        .chars()
        .map(|c| match c {
            '0'..='9' | 'a'..='f' => c.to_digit(16).and_then(|d| u8::try_from(d).ok()),
            _ => None,
        })
        .collect::<Option<Vec<u8>>>()?;
    while digits.last() == Some(&0) {
        digits.pop();
    }
    (!digits.is_empty()).then_some(digits)
}

/// A fraction strictly between `low` and `high` (`None`: one). Both are without trailing zeros.
fn middle(low: &[u8], high: Option<&[u8]>) -> Option<String> {
    if high.is_some_and(|high| low >= high) {
        return None;
    }
    let mut result = String::new();
    let mut high = high;
    for place in 0.. {
        let bottom = low.get(place).copied().unwrap_or(0);
        let top = high.map_or(16, |high| high.get(place).copied().unwrap_or(0));
        if top > bottom + 1 {
            push(&mut result, (bottom + top) / 2);
            return Some(result);
        }
        if top == bottom + 1 {
            // No digit between the two; `top` alone serves when `high` goes on after it.
            if high.is_some_and(|high| high.len() > place + 1) {
                push(&mut result, top);
                return Some(result);
            }
            high = None;
        }
        push(&mut result, bottom);
    }
    None
}

fn push(text: &mut String, digit: u8) {
    text.extend(char::from_digit(u32::from(digit), 16));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn appending_keeps_positions_short_and_in_order() {
        let positions = spread(10_000);
        assert!(positions.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(positions.iter().all(|p| p.len() == WIDTH));
        assert!(after(Some("ffffffff")).as_str() > "ffffffff");
    }

    #[test]
    fn there_is_no_room_between_equals_and_what_is_no_position() {
        assert_eq!(between(Some("8"), Some("8")), None);
        assert_eq!(between(Some("9"), Some("8")), None);
        assert_eq!(between(Some("8"), Some("80")), None);
        assert_eq!(between(Some("é"), Some("zz")), None);
        assert_eq!(between(None, Some("")), None);
        assert_eq!(between(None, Some("0")), None);
    }

    proptest! {
        /// A list stays in order however often items are put anywhere into it.
        #[test]
        fn a_place_is_found_anywhere(places in proptest::collection::vec(0.0..=1.0f64, 1..400)) {
            let mut list: Vec<String> = Vec::new();
            for place in places {
                let index = (place * list.len() as f64) as usize;
                let low = index.checked_sub(1).and_then(|i| list.get(i)).map(String::as_str);
                let high = list.get(index).map(String::as_str);
                let new = between(low, high);
                prop_assert!(new.is_some(), "{low:?} {high:?}");
                list.insert(index, new.unwrap_or_default());
                prop_assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
            }
        }
    }
}
