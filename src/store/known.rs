//! Where things are, as far as one transaction has met them.
//!
//! Rows are never removed, so what was found once is found for as long as the transaction lasts. An import asks for the
//! same companies again and again, and about every item of its file whether it is here already; a million of such
//! questions in a row are answered here, without SQLite.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use uuid::Uuid;

use super::LocalId;
use crate::domain::entity::Entity;
use crate::domain::id::{ByIdentity, random_bits};

/// How many rows of a table are remembered; then it begins again. Sixty-five thousand take two megabytes.
const REMEMBERED: usize = 1 << 16;

/// After how many vain questions about a table its identities are read once, if it has no more than sixteen times as
/// many rows.
const VAIN: u64 = 1_000;
const ROWS_PER_VAIN: u64 = 16;

/// Bits of a sieve per identity, and how many of them each one sets: one vain question of about eighty passes.
const BITS: u64 = 10;
const SET: u32 = 4;

/// A table of things, or that of free texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Things(Entity),
    Contents,
}

impl Table {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Things(entity) => entity.name(),
            Self::Contents => "content",
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Things(entity) => entity as usize + 1,
            Self::Contents => 0,
        }
    }
}

/// What is known of one table.
#[derive(Default)]
struct Memory {
    /// The row that was made or found last: the next ones refer to it.
    last: Option<(Uuid, LocalId)>,
    rows: HashMap<Uuid, LocalId, ByIdentity>,
    vain: u64,
    sieve: Option<Sieve>,
    whole: Option<Whole>,
}

/// Every row of a table that was empty and has no index of its identities for the time being, by a part of its identity.
/// Nine bytes each, in a table which is half full or more.
#[derive(Default)]
struct Whole {
    rows: HashMap<u32, u32, ByIdentity>,
    /// The few rows of which another has the same part.
    others: HashMap<u32, Vec<u32>>,
}

impl Whole {
    fn part(id: Uuid) -> u32 {
        (random_bits(id) >> 24) as u32
    }

    fn take(&mut self, id: Uuid, local: LocalId) {
        let (part, row) = (Self::part(id), local.0 as u32);
        match self.rows.entry(part) {
            Entry::Vacant(first) => {
                first.insert(row);
            }
            Entry::Occupied(_) => self.others.entry(part).or_default().push(row),
        }
    }

    /// The rows that it may be: nearly always one or none.
    fn candidates(&self, id: Uuid) -> Vec<LocalId> {
        let part = Self::part(id);
        let others = self.others.get(&part).into_iter().flatten();
        let found = self.rows.get(&part).into_iter().chain(others);
        found.map(|row| LocalId(i64::from(*row))).collect()
    }
}

/// What is known of every table.
#[derive(Default)]
pub(super) struct Known {
    tables: RefCell<Vec<Memory>>,
}

/// What is known of one identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is that row.
    Here(LocalId),
    /// There is no such row.
    Nowhere,
    /// It is one of those rows, or there is none.
    Among(Vec<LocalId>),
    /// It has to be looked up.
    Unknown,
}

impl Known {
    fn with<T>(&self, table: Table, work: impl FnOnce(&mut Memory) -> T) -> T {
        let mut tables = self.tables.borrow_mut();
        if tables.len() <= table.place() {
            tables.resize_with(table.place() + 1, Memory::default);
        }
        work(&mut tables[table.place()])
    }

    pub(super) fn answer(&self, table: Table, id: Uuid) -> Answer {
        self.with(table, |memory| {
            if let Some((last, local)) = memory.last
                && last == id
            {
                return Answer::Here(local);
            }
            // Most questions are about what is not there, so where all is known that is looked at first.
            let candidates = memory.whole.as_ref().map(|whole| whole.candidates(id));
            if candidates.as_ref().is_some_and(Vec::is_empty) {
                return Answer::Nowhere;
            }
            match (memory.rows.get(&id), candidates, &memory.sieve) {
                (Some(local), ..) => Answer::Here(*local),
                (None, Some(some), _) => Answer::Among(some),
                (None, None, Some(sieve)) if !sieve.lets_through(id) => Answer::Nowhere,
                _ => Answer::Unknown,
            }
        })
    }

    /// A row was found.
    pub(super) fn found(&self, table: Table, id: Uuid, local: LocalId) {
        self.with(table, |memory| memory.remember(id, local));
    }

    /// A row was made. Answers whether the identities of its table are to be read anew, because there are more by now than
    /// the sieve was made for.
    pub(super) fn made(&self, table: Table, id: Uuid, local: LocalId) -> bool {
        self.with(table, |memory| {
            match &mut memory.whole {
                Some(whole) => {
                    memory.last = Some((id, local));
                    whole.take(id, local);
                }
                None => memory.remember(id, local),
            }
            match &mut memory.sieve {
                Some(sieve) => !sieve.take(id),
                None => false,
            }
        })
    }

    /// A row was looked up in vain. Answers whether it pays to read all identities of its table, of which there are about
    /// `rows`.
    pub(super) fn missed(&self, table: Table, rows: impl FnOnce() -> u64) -> bool {
        self.with(table, |memory| {
            memory.vain += 1;
            let pays = memory.sieve.is_none() && memory.vain.is_multiple_of(VAIN);
            pays && rows() <= memory.vain * ROWS_PER_VAIN
        })
    }

    /// From here on every row of a table is remembered, which is empty.
    pub(super) fn remember_all(&self, table: Table) {
        self.with(table, |memory| memory.whole = Some(Whole::default()));
    }

    /// The table can be asked itself again.
    pub(super) fn remember_some(&self, table: Table) {
        self.with(table, |memory| memory.whole = None);
    }

    /// Takes the identities of a table: all there are.
    pub(super) fn learn(&self, table: Table, all: &[Uuid]) {
        let mut sieve = Sieve::for_many(all.len() as u64);
        for id in all {
            sieve.take(*id);
        }
        self.with(table, |memory| memory.sieve = Some(sieve));
    }

    /// Forgets everything: rows were removed after all.
    pub(super) fn forget(&self) {
        self.tables.borrow_mut().clear();
    }
}

impl Memory {
    fn remember(&mut self, id: Uuid, local: LocalId) {
        self.last = Some((id, local));
        if self.rows.len() >= REMEMBERED {
            self.rows.clear();
        }
        self.rows.insert(id, local);
    }
}

/// Tells of most identities that are not in a table that they are not (a Bloom filter).
struct Sieve {
    words: Vec<u64>,
    held: u64,
    room: u64,
}

impl Sieve {
    /// One for that many identities and as many again.
    fn for_many(count: u64) -> Self {
        let room = (count * 2).max(1 << 18);
        let words = (room * BITS / 64) as usize;
        Self {
            words: vec![0; words],
            held: 0,
            room,
        }
    }

    fn bits(&self, id: Uuid) -> impl Iterator<Item = (usize, u64)> + use<> {
        // The bits of one identity lie in one word each, and all of those in one line of the cache.
        let hash = random_bits(id).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let lines = self.words.len() as u64 / 8;
        let line = (u128::from(hash) * u128::from(lines)) >> 64;
        let spread = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        (0..SET).map(move |number| {
            let place = spread >> (number * 9) & 511;
            (line as usize * 8 + (place >> 6) as usize, 1 << (place & 63))
        })
    }

    /// Takes an identity; answers whether there was room for it.
    fn take(&mut self, id: Uuid) -> bool {
        for (word, bit) in self.bits(id) {
            self.words[word] |= bit;
        }
        self.held += 1;
        self.held <= self.room
    }

    fn lets_through(&self, id: Uuid) -> bool {
        self.bits(id).all(|(word, bit)| self.words[word] & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Ids;
    use crate::domain::moment::Moment;

    const TEXTS: Table = Table::Contents;

    fn identities(count: usize) -> Vec<Uuid> {
        let mut ids = Ids::Seeded(1);
        (0..count).map(|_| ids.fresh(Moment(1))).collect()
    }

    #[test]
    fn what_is_there_always_passes_and_most_of_the_rest_does_not() {
        let all = identities(300_000);
        let (here, elsewhere) = all.split_at(200_000);
        let known = Known::default();
        known.learn(TEXTS, &here[..100]);
        for (number, id) in here.iter().enumerate().skip(100) {
            let full = known.made(TEXTS, *id, LocalId(number as i64));
            assert!(!full, "{number}");
        }
        let lost = here
            .iter()
            .filter(|id| known.answer(TEXTS, **id) == Answer::Nowhere);
        assert_eq!(lost.count(), 0);
        let passed = elsewhere
            .iter()
            .filter(|id| known.answer(TEXTS, **id) != Answer::Nowhere);
        let passed = passed.count();
        assert!(passed < 3_000, "{passed} of 100000");
    }

    #[test]
    fn a_table_is_read_when_many_questions_were_in_vain() {
        let known = Known::default();
        let pays = |rows: u64, questions: u64| (0..questions).any(|_| known.missed(TEXTS, || rows));
        assert!(!pays(1_000_000, VAIN * 10));
        assert!(pays(1_000_000, 1_000_000));
        known.learn(TEXTS, &[]);
        assert!(!pays(0, VAIN * 2), "it was read");
        known.forget();
        assert_eq!(known.answer(TEXTS, Uuid::nil()), Answer::Unknown);
    }

    #[test]
    fn of_a_table_that_is_remembered_as_a_whole_everything_is_known() {
        let all = identities(REMEMBERED + 1_000);
        let (here, elsewhere) = all.split_at(REMEMBERED + 500);
        let known = Known::default();
        known.remember_all(TEXTS);
        for (number, id) in here.iter().enumerate() {
            assert!(!known.made(TEXTS, *id, LocalId(number as i64)));
        }
        for (number, id) in here.iter().enumerate() {
            let local = LocalId(number as i64);
            match known.answer(TEXTS, *id) {
                Answer::Here(found) => assert_eq!(found, local),
                Answer::Among(found) => assert!(found.contains(&local)),
                other => panic!("{other:?}"),
            }
        }
        let elsewhere = elsewhere.iter().map(|id| known.answer(TEXTS, *id));
        assert!(elsewhere.filter(|found| *found == Answer::Nowhere).count() > 490);
        known.remember_some(TEXTS);
        assert_eq!(known.answer(TEXTS, here[0]), Answer::Unknown);
    }

    #[test]
    fn a_full_sieve_asks_to_be_read_anew() {
        let known = Known::default();
        known.learn(TEXTS, &[]);
        let ids = identities((1 << 18) + 1);
        let full = ids.iter().filter(|id| known.made(TEXTS, **id, LocalId(1)));
        assert_eq!(full.count(), 1);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let known = Known::default();
        let ids = identities(REMEMBERED + 10);
        for id in &ids {
            known.found(TEXTS, *id, LocalId(5));
        }
        assert_eq!(known.answer(TEXTS, ids[0]), Answer::Unknown);
        assert_eq!(
            known.answer(TEXTS, ids[REMEMBERED + 9]),
            Answer::Here(LocalId(5))
        );
    }
}
