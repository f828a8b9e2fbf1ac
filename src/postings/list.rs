//! One list of documents as bytes.
//!
//! Either gaps or bits, whichever is shorter. A gap takes a byte or more, so a list whose data has fewer bytes than it has
//! documents is bits: nothing else has to say which it is.

use roaring::RoaringBitmap;

use super::Broken;

/// Lists with less room between their documents than this are read through bits, which is quicker than adding them one
/// by one.
const DENSE: u64 = 64;

/// So many bytes a number has at most.
pub(super) const LONGEST_NUMBER: usize = 5;

/// Gives a number to `sink` in groups of seven bits, the lowest first.
pub(super) fn put(number: u32, mut sink: impl FnMut(u8)) {
    let mut rest = number;
    while rest >= 0x80 {
        sink((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    sink(rest as u8);
}

/// Takes a number off the bytes.
fn take(data: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = data.split_first()?;
        *data = rest;
        let bits = u32::from(byte & 0x7f);
        let shifted = bits << shift;
        if shifted >> shift != bits {
            return None;
        }
        number |= shifted;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The documents as data that counts from `base`, of which each must be at or after.
#[must_use]
pub fn encode(documents: &RoaringBitmap, base: u32) -> Vec<u8> {
    let Some(last) = documents.max() else {
        return Vec::new();
    };
    if is_shorter_as_bits(documents.len(), last, base) {
        return bits(documents.iter(), last, base);
    }
    let mut data = Vec::with_capacity(usize::try_from(documents.len()).unwrap_or(0));
    let mut before = base;
    documents.iter().for_each(|document| {
        put(document - before, |byte| data.push(byte));
        before = document;
    });
    data
}

/// Whether a list is kept as bits: only where that takes fewer bytes than it has documents.
pub(super) fn is_shorter_as_bits(count: u64, last: u32, base: u32) -> bool {
    u64::from((last - base) / 8 + 1) < count
}

fn bits(documents: impl Iterator<Item = u32>, last: u32, base: u32) -> Vec<u8> {
    let mut data = vec![0_u8; (last - base) as usize / 8 + 1];
    // By a call for each: sets of documents go through themselves quicker than they are asked for the next.
    documents.for_each(|document| {
        let place = document - base;
        data[place as usize / 8] |= 1 << (place % 8);
    });
    data
}

/// The documents of a row that counts from `base`. Takes memory in proportion to the bytes, whatever they say.
///
/// # Errors
/// When the bytes are not what [`encode`] makes of so many documents.
pub fn decode(data: &[u8], count: u32, base: u32) -> Result<RoaringBitmap, Broken> {
    let documents = if data.len() < count as usize {
        decode_bits(data, base)?
    } else {
        of_gaps(data, count, base)?
    };
    if documents.len() == u64::from(count) {
        Ok(documents)
    } else {
        Err(Broken(
            "a list has another number of documents than it says",
        ))
    }
}

fn decode_bits(data: &[u8], base: u32) -> Result<RoaringBitmap, Broken> {
    let end = u64::from(base) + data.len() as u64 * 8;
    if !base.is_multiple_of(8) || end > 1 << 32 {
        return Err(Broken("a list goes on behind the last possible document"));
    }
    Ok(RoaringBitmap::from_lsb0_bytes(base, data))
}

/// The documents of so many gaps.
fn of_gaps(data: &[u8], count: u32, base: u32) -> Result<RoaringBitmap, Broken> {
    let mut numbers = Vec::with_capacity((count as usize).min(data.len()));
    read_gaps(data, count, base, &mut numbers)?;
    gather(&numbers)
}

/// Appends the documents of so many gaps to `numbers`.
pub(super) fn read_gaps(
    mut data: &[u8],
    count: u32,
    base: u32,
    numbers: &mut Vec<u32>,
) -> Result<(), Broken> {
    let mut before = base;
    for place in 0..count {
        // Nearly every gap is one byte.
        let gap = match data.split_first() {
            Some((&byte, rest)) if byte < 0x80 => {
                data = rest;
                Some(u32::from(byte))
            }
            _ => take(&mut data),
        };
        let gap = gap.ok_or(Broken("a list ends before its last document"))?;
        if gap == 0 && place > 0 {
            return Err(Broken("a list names a document twice"));
        }
        before = before
            .checked_add(gap)
            .ok_or(Broken("a list goes on behind the last possible document"))?;
        numbers.push(before);
    }
    if data.is_empty() {
        Ok(())
    } else {
        Err(Broken("a list goes on behind its last document"))
    }
}

/// Ascending numbers as a set.
fn gather(numbers: &[u32]) -> Result<RoaringBitmap, Broken> {
    let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else {
        return Ok(RoaringBitmap::new());
    };
    let from = super::base(first);
    if u64::from(last - from) < numbers.len() as u64 * DENSE {
        return decode_bits(&bits(numbers.iter().copied(), last, from), from);
    }
    RoaringBitmap::from_sorted_iter(numbers.iter().copied())
        .map_err(|_| Broken("a list is out of order"))
}
