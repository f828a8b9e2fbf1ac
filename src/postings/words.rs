//! The terms of a segment in the making, and the lists that grow behind them.

use std::hash::BuildHasher;
use std::num::NonZeroU32;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::list;

/// Terms, each with its list, found by the bytes of the term.
///
/// There are some ten thousand of them, of which each text has others, so that looking at one is a look at memory that is far
/// away. A short term, as most are, takes one such look: its bytes stand in the table itself, and so does the end of its list.
#[derive(Default)]
pub(super) struct Words {
    hasher: DefaultHashBuilder,
    short: HashTable<Short>,
    long: HashMap<Box<str>, Growing>,
    /// What found no more room in the table: the beginnings of lists.
    full: Vec<Vec<u8>>,
}

/// A short term, in one line of a cache.
#[repr(align(64))]
struct Short {
    key: u128,
    list: Growing,
}

/// The gaps of a list, as [`list`] has them.
struct Growing {
    /// The last document on it.
    last: u32,
    /// Which of the beginnings is its own; none where all of it is here.
    beginning: Option<NonZeroU32>,
    /// How many bytes are here.
    filled: u8,
    here: [u8; HERE],
}

/// So many bytes of a list stand beside its term.
const HERE: usize = 36;

impl Words {
    /// Notes that a document, which is not before any other, has a term; lists count from `base`.
    pub(super) fn take(&mut self, term: &str, document: u32, base: u32) {
        let Some(key) = short(term.as_bytes()) else {
            let list = self.long.get_mut(term);
            return match list {
                Some(list) => list.take(document, &mut self.full),
                None => {
                    let list = Growing::new(document, base);
                    self.long.insert(term.into(), list);
                }
            };
        };
        let hash = self.hasher.hash_one(key);
        if let Some(short) = self.short.find_mut(hash, |short| short.key == key) {
            return short.list.take(document, &mut self.full);
        }
        let list = Growing::new(document, base);
        let hasher = |short: &Short| self.hasher.hash_one(short.key);
        self.short.insert_unique(hash, Short { key, list }, hasher);
    }

    /// The terms in their order, each with the gaps of its list.
    pub(super) fn in_order(self) -> impl Iterator<Item = (Box<str>, Vec<u8>)> {
        let Self {
            short,
            long,
            mut full,
            ..
        } = self;
        let short = short.into_iter();
        let short = short.map(|short| (text(short.key), short.list));
        let mut all: Vec<(Box<str>, Growing)> = short.chain(long).collect();
        all.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let all = all.into_iter();
        all.map(move |(term, list)| (term, list.whole(&mut full)))
    }
}

impl Growing {
    fn new(document: u32, base: u32) -> Self {
        let mut list = Self {
            last: document,
            beginning: None,
            filled: 0,
            here: [0; HERE],
        };
        list.put(document - base);
        list
    }

    fn take(&mut self, document: u32, full: &mut Vec<Vec<u8>>) {
        if self.last == document {
            return;
        }
        if usize::from(self.filled) + list::LONGEST_NUMBER > HERE {
            self.move_on(full);
        }
        self.put(document - self.last);
        self.last = document;
    }

    /// Puts a number where there is room for one.
    fn put(&mut self, number: u32) {
        list::put(number, |byte| {
            if let Some(place) = self.here.get_mut(usize::from(self.filled)) {
                *place = byte;
                self.filled += 1;
            }
        });
    }

    /// Makes room.
    fn move_on(&mut self, full: &mut Vec<Vec<u8>>) {
        let here = self.here.get(..usize::from(self.filled)).unwrap_or(&[]);
        match self.beginning {
            Some(place) => full[place.get() as usize - 1].extend_from_slice(here),
            None => {
                full.push(here.to_vec());
                self.beginning = u32::try_from(full.len()).ok().and_then(NonZeroU32::new);
            }
        }
        self.filled = 0;
    }

    /// All of it.
    fn whole(mut self, full: &mut Vec<Vec<u8>>) -> Vec<u8> {
        self.move_on(full);
        let place = self.beginning.map(|place| place.get() as usize - 1);
        place.map_or_else(Vec::new, |place| std::mem::take(&mut full[place]))
    }
}

/// The bytes of a term and, in the last place, how many they are; `None` where they are too many.
fn short(term: &[u8]) -> Option<u128> {
    let length = term.len();
    let low = match term {
        [] => 0,
        [a] => u64::from(*a),
        [a, b] => u64::from(*a) | u64::from(*b) << 8,
        // Two reads overlap, which is quicker than one of a length that is not known.
        [a, b, c] => u64::from(*a) | u64::from(*b) << 8 | u64::from(*c) << 16,
        _ if length < 8 => {
            let (first, last) = (term.first_chunk()?, term.last_chunk()?);
            let last = u64::from(u32::from_le_bytes(*last));
            u64::from(u32::from_le_bytes(*first)) | last << (8 * (length - 4))
        }
        _ => u64::from_le_bytes(*term.first_chunk()?),
    };
    let high = match length {
        0..=8 => 0,
        9..=15 => u64::from_le_bytes(*term.last_chunk()?) >> (8 * (16 - length)),
        _ => return None,
    };
    let high = high | (length as u64) << 56;
    Some(u128::from(high) << 64 | u128::from(low))
}

/// The term of such a number.
fn text(key: u128) -> Box<str> {
    let bytes = key.to_le_bytes();
    let term = bytes.get(..usize::from(bytes[15])).unwrap_or(&[]);
    // What was put here was text.
    std::str::from_utf8(term).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_short_term_comes_back(term in "[\0a-cé日]{0,18}") {
            match short(term.as_bytes()) {
                Some(key) => prop_assert_eq!(&*text(key), &*term),
                None => prop_assert!(term.len() > 15),
            }
        }
    }
}
