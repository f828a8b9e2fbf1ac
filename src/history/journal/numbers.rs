//! Numbers in few bytes: what a column of a chunk consists of.
//!
//! Each number is written as the step from the one before it, and a step of up to 63 takes one byte. Where steps repeat,
//! each is written once with how often it comes: a column of one value, or of identities in their order, is a few bytes.
//!
//! ```text
//!   7 8 9 9 9     steps    0 │ 7 1 1 0 0
//!                 runs     1 │ 7×1 1×2 0×2
//! ```

use super::{Bytes, Fault};

const STEPS: u8 = 0;
const RUNS: u8 = 1;

/// Writes numbers; none are no bytes.
pub(super) fn write(numbers: impl Iterator<Item = i64>) -> Bytes {
    let mut before = 0_i64;
    let mut numbers = numbers.map(|number| {
        let step = number.wrapping_sub(before);
        before = number;
        // Small steps in either direction are small numbers.
        ((step << 1) ^ (step >> 63)) as u64
    });
    let Some(first) = numbers.next() else {
        return Bytes::default();
    };
    // The columns of a deed have one row.
    let Some(second) = numbers.next() else {
        let mut bytes = vec![STEPS];
        put(&mut bytes, first);
        return Bytes(bytes);
    };
    let steps: Vec<u64> = [first, second].into_iter().chain(numbers).collect();
    let runs: Vec<&[u64]> = steps.chunk_by(|one, other| one == other).collect();
    let mut bytes = Vec::with_capacity(steps.len() + 1);
    if runs.len() * 2 < steps.len() {
        bytes.push(RUNS);
        for run in runs {
            put(&mut bytes, run[0]);
            put(&mut bytes, run.len() as u64);
        }
    } else {
        bytes.push(STEPS);
        for step in steps {
            put(&mut bytes, step);
        }
    }
    Bytes(bytes)
}

/// Reads numbers back.
///
/// # Errors
/// When they are damaged, or more than `most`: a few bytes can ask for any number of them.
pub(super) fn read(bytes: &Bytes, most: usize) -> Result<Vec<i64>, Fault> {
    let damaged = || Fault::Damaged("a column of numbers is cut or too long".to_owned());
    let Some((manner, mut rest)) = bytes.0.split_first() else {
        return Ok(Vec::new());
    };
    let (mut numbers, mut before) = (Vec::new(), 0_i64);
    while !rest.is_empty() {
        let step = take(&mut rest).ok_or_else(damaged)?;
        let count = match *manner {
            STEPS => 1,
            RUNS => take(&mut rest).ok_or_else(damaged)?,
            _ => return Err(damaged()),
        };
        let room = (most - numbers.len()) as u64;
        if count > room {
            return Err(damaged());
        }
        let step = (step >> 1) as i64 ^ -((step & 1) as i64);
        for _ in 0..count {
            before = before.wrapping_add(step);
            numbers.push(before);
        }
    }
    Ok(numbers)
}

/// Appends a number, seven bits a byte, the low ones first.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number off the front; `None` when it is cut or too large.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for place in 0..10 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << (place * 7);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_read_back(numbers in proptest::collection::vec(prop_oneof![0..5_i64, any::<i64>()], 0..60)) {
            let bytes = write(numbers.iter().copied());
            prop_assert_eq!(read(&bytes, 60).expect("reads"), numbers);
        }

        #[test]
        fn damage_is_an_error_and_never_a_crash(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(numbers) = read(&Bytes(bytes), 50) {
                prop_assert!(numbers.len() <= 50);
            }
        }
    }

    #[test]
    fn what_repeats_takes_no_room() {
        assert_eq!(write((0..5_000).map(|_| 3)).0.len(), 6);
        assert!(write(1..=5_000).0.len() < 6);
        let long = write((0..5_000).map(|_| 3));
        assert!(read(&long, 4_999).is_err());
    }
}
