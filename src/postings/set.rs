//! Sets of documents while a segment is made: each is put together with others, and then written, and no more.
//!
//! Roaring bitmaps can do all that, but are asked for one document at a time when they are written.

use super::list;

/// Documents of a segment.
pub(super) struct Set {
    count: u32,
    last: u32,
    kind: Kind,
}

enum Kind {
    /// In their order.
    Numbers(Vec<u32>),
    /// One bit for each document from the base on; only where that takes no more room.
    Bits(Vec<u64>),
}

impl Set {
    /// Ascending numbers at or after `base`.
    pub(super) fn of(numbers: &[u32], base: u32) -> Self {
        let last = numbers.last().copied().unwrap_or(base);
        let kind = match is_dense(numbers.len(), last, base) {
            true => Kind::Bits(bits(numbers, last, base)),
            false => Kind::Numbers(numbers.to_vec()),
        };
        let count = numbers.len() as u32;
        Self { count, last, kind }
    }

    /// What is in any of these.
    pub(super) fn union(sets: &[Self], base: u32) -> Self {
        let total = sets.iter().map(|set| set.count as usize).sum();
        let last = sets.iter().map(|set| set.last).max().unwrap_or(base);
        if is_dense(total, last, base) {
            let mut all = bits(&[], last, base);
            for set in sets {
                match &set.kind {
                    Kind::Numbers(numbers) => put(numbers, base, &mut all),
                    Kind::Bits(words) => {
                        all.iter_mut()
                            .zip(words)
                            .for_each(|(all, some)| *all |= some);
                    }
                }
            }
            let count = all.iter().map(|word| word.count_ones()).sum();
            let kind = Kind::Bits(all);
            return Self { count, last, kind };
        }
        let mut all = Vec::with_capacity(total);
        for set in sets {
            set.each(base, |document| all.push(document));
        }
        all.sort_unstable();
        all.dedup();
        Self::of(&all, base)
    }

    /// How many there are.
    pub(super) const fn count(&self) -> u32 {
        self.count
    }

    /// What a row says of them: bits; `None` where gaps are as short.
    pub(super) fn as_bits(&self, base: u32) -> Option<Vec<u8>> {
        let Kind::Bits(words) = &self.kind else {
            return None;
        };
        if !list::is_shorter_as_bits(u64::from(self.count), self.last, base) {
            return None;
        }
        let mut data = Vec::with_capacity(words.len() * 8);
        words
            .iter()
            .for_each(|word| data.extend_from_slice(&word.to_le_bytes()));
        data.truncate((self.last - base) as usize / 8 + 1);
        Some(data)
    }

    /// What a row says of them: gaps.
    pub(super) fn as_gaps(&self, base: u32) -> Vec<u8> {
        let mut data = Vec::with_capacity(self.count as usize);
        let mut before = base;
        self.each(base, |document| {
            list::put(document - before, |byte| data.push(byte));
            before = document;
        });
        data
    }

    fn each(&self, base: u32, mut sink: impl FnMut(u32)) {
        match &self.kind {
            Kind::Numbers(numbers) => numbers.iter().copied().for_each(sink),
            Kind::Bits(words) => {
                for (word, start) in words.iter().zip((0..).step_by(64)) {
                    let mut rest = *word;
                    while rest != 0 {
                        sink(base + start + rest.trailing_zeros());
                        rest &= rest - 1;
                    }
                }
            }
        }
    }
}

/// Whether so many documents take no more room as bits than as numbers.
fn is_dense(count: usize, last: u32, base: u32) -> bool {
    u64::from(last - base) < count as u64 * 32
}

fn bits(numbers: &[u32], last: u32, base: u32) -> Vec<u64> {
    let mut bits = vec![0; (last - base) as usize / 64 + 1];
    put(numbers, base, &mut bits);
    bits
}

fn put(numbers: &[u32], base: u32, bits: &mut [u64]) {
    for number in numbers {
        let place = number - base;
        bits[place as usize / 64] |= 1 << (place % 64);
    }
}
