//! Does the index say what the rows say? What `intake doctor` asks.
//!
//! Which feedback the index tells about, and which is open, is compared for all of it: that is a few bits an item. The words
//! are compared for a sample that is spread over the file, and for what is newest, where a fault would have been made last.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::find::Wanted;
use super::shelf::Shelf;
use crate::domain::file_health::SearchHealth;
use crate::postings::{LONGEST_PREFIX, MARK};
use crate::store::derived::index::HIGHEST_STAMP;
use crate::store::{Reader, Result, Store, StoreError};

/// The words of so many texts are compared, spread over the file.
const SPREAD: u64 = 2_000;

/// And those of so many of the newest, and of so many that wait in the tail.
const NEWEST: usize = 500;

/// The feedback whose words are compared, by what it is to be found by.
type Told = BTreeMap<String, RoaringBitmap>;

/// What the rows say.
#[derive(Default)]
struct Rows {
    live: RoaringBitmap,
    open: RoaringBitmap,
    /// How many rows have a number that the index cannot hold.
    beyond: u64,
}

/// What is wrong with the words of the sample.
#[derive(Default)]
struct Words {
    /// What cannot be found by all its words, or by their beginnings.
    lacking: RoaringBitmap,
    /// What is found by words that it does not have.
    wrong: RoaringBitmap,
    /// What is found, and is deleted or not there.
    gone: RoaringBitmap,
}

impl Store {
    /// Compares the search index with the rows: reads every row of feedback, and the texts of some thousand.
    ///
    /// # Errors
    /// When the file cannot be read. An index that cannot be read is no error but a fault that is told.
    pub fn search_health(&self) -> Result<SearchHealth> {
        self.read(|reader| reader.search_health())
    }
}

impl Reader<'_> {
    pub(in crate::store) fn search_health(&self) -> Result<SearchHealth> {
        let rows = self.live_and_open()?;
        let mut health = SearchHealth {
            feedback: rows.live.len(),
            ..SearchHealth::default()
        };
        health.fault(
            "numbers that Intake never gives, behind which nothing can be written",
            u64::from(self.last_stamp()? >= HIGHEST_STAMP),
        );
        let compared = self
            .compare_open(&rows, &mut health)
            .and_then(|()| self.compare_index(&rows, &mut health));
        match compared {
            Err(StoreError::Index(broken)) => {
                health.faults.push(format!("it cannot be read: {broken}"));
            }
            compared => compared?,
        }
        Ok(health)
    }

    /// Which feedback there is, by the rows themselves.
    fn live_and_open(&self) -> Result<Rows> {
        let mut found = Rows::default();
        let sql = "SELECT id, state < 2 FROM feedback NOT INDEXED WHERE deleted = 0 ORDER BY id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(local) = u32::try_from(row.get::<_, i64>(0)?) else {
                found.beyond += 1;
                continue;
            };
            found.live.insert(local);
            if row.get(1)? {
                found.open.insert(local);
            }
        }
        Ok(found)
    }

    fn compare_open(&self, rows: &Rows, health: &mut SearchHealth) -> Result<()> {
        let open = self.open_bits()?;
        health.fault(
            "open feedback that does not count as open in searches",
            (&rows.open - &*open).len(),
        );
        health.fault(
            "feedback that counts as open in searches and is not",
            (&*open - &rows.open).len(),
        );
        health.fault(
            "feedback with a number that Intake never gives, so that no search finds it",
            rows.beyond,
        );
        Ok(())
    }

    fn compare_index(&self, rows: &Rows, health: &mut SearchHealth) -> Result<()> {
        let shelf = self.shelf()?;
        let known = shelf.alive();
        health.fault("feedback that is not in it", (&rows.live - &known).len());
        let sample = sample(&rows.live, shelf.tail.documents());
        health.looked_at = sample.len();
        let words = self.compare_words(&shelf, &rows.live, &sample)?;
        health.fault(
            "feedback in it that is deleted or not there",
            ((&known | &words.gone) - &rows.live).len(),
        );
        // What is not in it at all was counted.
        health.fault(
            "feedback that is not found by all its words",
            (&words.lacking & &known).len(),
        );
        health.fault(
            "feedback that is found by words which it does not have",
            words.wrong.len(),
        );
        Ok(())
    }

    fn compare_words(
        &self,
        shelf: &Shelf,
        live: &RoaringBitmap,
        sample: &RoaringBitmap,
    ) -> Result<Words> {
        let told = self.told(sample)?;
        let mut words = Words::default();
        let mut compare = |wanted: Wanted<'_>, expected: &RoaringBitmap| -> Result<()> {
            let found = self.with_all(shelf, &[wanted])?;
            words.lacking |= expected - &found;
            words.wrong |= (&found & sample) - expected;
            words.gone |= found - live;
            Ok(())
        };
        for (term, expected) in &told {
            compare(Wanted::Whole(term), expected)?;
        }
        for (beginning, expected) in beginnings(&told) {
            compare(Wanted::Begun(beginning), &expected)?;
        }
        Ok(words)
    }

    /// What a sample is to be found by, as its texts are cut now.
    fn told(&self, sample: &RoaringBitmap) -> Result<Told> {
        let mut told = Told::new();
        let (Some(first), Some(last)) = (sample.min(), sample.max()) else {
            return Ok(told);
        };
        self.each_text(first..=last, sample, &mut |document, said| {
            said.each_term(|term| match told.get_mut(term) {
                Some(with_it) => {
                    with_it.insert(document);
                }
                None => {
                    told.insert(term.to_owned(), RoaringBitmap::from([document]));
                }
            });
            Ok(())
        })?;
        Ok(told)
    }
}

/// What is looked at: all of a small file.
fn sample(live: &RoaringBitmap, tail: &RoaringBitmap) -> RoaringBitmap {
    let step = live.len().div_ceil(SPREAD).max(1);
    let mut sample: RoaringBitmap = live
        .iter()
        .step_by(usize::try_from(step).unwrap_or(usize::MAX))
        .collect();
    sample.extend(live.iter().rev().take(NEWEST));
    sample.extend((live & tail).iter().rev().take(NEWEST));
    sample
}

/// The beginnings of terms that may have a row of their own, with all that they are to find.
fn beginnings(told: &Told) -> BTreeMap<&str, RoaringBitmap> {
    let mut beginnings: BTreeMap<&str, RoaringBitmap> = BTreeMap::new();
    for (term, with_it) in told {
        if term.starts_with(MARK) {
            continue;
        }
        let ends = term.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.take(LONGEST_PREFIX) {
            *beginnings.entry(&term[..end]).or_default() |= with_it;
        }
    }
    beginnings
}

impl SearchHealth {
    fn fault(&mut self, what: &str, count: u64) {
        if count > 0 {
            self.faults.push(format!("{what}: {count}"));
        }
    }
}

#[cfg(test)]
mod tests;
