//! Settling in: the file is mapped into memory, and then, a part at a time, what lists read of it.
//!
//! The system brings a page into the mapping when it is looked at first, which takes as long as to read some rows. A list
//! by company has its rows all over the file, one on each page, so a window on pages that nobody has looked at would wait for the
//! system half of its time. What the console looks at in advance is the pages that the system holds anyway: they take no
//! memory of its own, and go when others need the room.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::{Result, Store};

/// How many rows are looked at in one go: a millisecond or two, once in an idle moment.
const AT_ONCE: i64 = 1 << 14;

/// Who needs longer for so many rows has to wait for the disk, or for others.
const LONG: Duration = Duration::from_millis(20);

/// After so many of those the rest stays where it is: to read a whole file costs more than it saves.
const MOST_LONG: u32 = 4;

/// How far that has come.
#[derive(Debug, Default)]
pub(super) struct Settling {
    is_mapped: Cell<bool>,
    /// The first local key that was not looked at.
    next: Cell<i64>,
    long: Cell<u32>,
}

impl Store {
    /// Maps the file into memory, and with each further call some of the rows of lists; answers whether there is more to do.
    /// To be called after the first frame, in idle moments: mapping a cold file first costs as much as the rest of the start.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settle_in(&self) -> Result<bool> {
        if !self.settling.is_mapped.replace(true) {
            self.connection
                .pragma_update(None, "mmap_size", 1_i64 << 30)?;
            return Ok(true);
        }
        let (first, long) = (self.settling.next.get(), self.settling.long.get());
        if first == i64::MAX || long >= MOST_LONG {
            return Ok(false);
        }
        let began = Instant::now();
        let next = self.read(|reader| {
            // Without an index the rows themselves are walked; it is their pages that count.
            let sql = "SELECT max(id) FROM
                (SELECT id FROM feedback NOT INDEXED WHERE id >= ?1 ORDER BY id LIMIT ?2)";
            let last: Option<Option<i64>> =
                reader.first(sql, [first, AT_ONCE], |row| row.get(0))?;
            Ok::<_, super::StoreError>(last.flatten().map(|last| last.saturating_add(1)))
        })?;
        self.settling.next.set(next.unwrap_or(i64::MAX));
        if began.elapsed() > LONG {
            self.settling.long.set(long + 1);
        }
        Ok(next.is_some())
    }
}

#[cfg(test)]
mod tests {
    use crate::store::StoreError;
    use crate::store::sample::sample;

    #[test]
    fn settling_in_ends_and_changes_no_answer() {
        let (_folder, store, ()) = sample(|make| {
            for number in 0..40 {
                make.feedback(&format!("item {number}"), number, &[]);
            }
        });
        let rows = || {
            let count = "SELECT count(*), max(title) FROM feedback";
            let read = store.read(|reader| {
                let counted = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
                Ok::<Option<(i64, String)>, StoreError>(reader.first(count, [], counted)?)
            });
            read.expect("a read")
        };
        let before = rows();
        // The mapping, the rows, and that there are no more.
        let steps = std::iter::from_fn(|| store.settle_in().expect("a step").then_some(()));
        assert_eq!(steps.take(9).count(), 2);
        assert!(!store.settle_in().expect("nothing is left"));
        assert_eq!(rows(), before);
    }
}
