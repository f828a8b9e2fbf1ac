//! Settling in: the file is mapped into memory, and then, a part at a time, what keys read of it anywhere.
//!
//! The system brings a page into the mapping when it is looked at first, which takes as long as to read some rows. A list
//! by company has its rows all over the file, one on each page, so a window on pages that nobody has looked at would wait for the
//! system half of its time; and a deed finds by identity and company what it writes to. What the console looks at in advance
//! is pages that the system holds anyway: they take no memory of its own, and go when others need the room.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{Result, Store};

/// What is walked: by which columns, where, and how many entries in one go, which is two or three milliseconds of an idle moment.
const PARTS: [(&[&str], &str, usize); 6] = [
    (&["id"], "feedback NOT INDEXED WHERE TRUE", 1 << 13),
    (&["id"], "customer NOT INDEXED WHERE TRUE", 1 << 13),
    (
        &["key"],
        "feedback INDEXED BY sqlite_autoindex_feedback_1 WHERE TRUE",
        1 << 14,
    ),
    (
        &["company_sort", "received", "id"],
        "feedback INDEXED BY feedback_open_by_company WHERE state < 2 AND deleted = 0",
        1 << 14,
    ),
    (
        &["owner_sort", "company_sort", "received", "id"],
        "feedback INDEXED BY feedback_owned_by_company WHERE state < 2 AND deleted = 0",
        1 << 14,
    ),
    (
        &["key"],
        "content INDEXED BY sqlite_autoindex_content_1 WHERE TRUE",
        1 << 14,
    ),
];

/// Who needs longer in one go has to wait for the disk, or for others.
const LONG: Duration = Duration::from_millis(20);

/// After so many of those the rest stays where it is: to read a whole file costs more than it saves.
const MOST_LONG: u32 = 4;

/// How far that has come.
#[derive(Debug, Default)]
pub(super) struct Settling {
    is_mapped: Cell<bool>,
    /// The part that is walked.
    part: Cell<usize>,
    /// Its last entry that was looked at; empty at its start.
    last: RefCell<Vec<Value>>,
    /// How often it took long.
    long: Cell<u32>,
}

impl Store {
    /// Maps the file into memory, and with each further call looks at some of the pages that keys read; answers whether there
    /// is more to do. To be called after the first frame, in idle moments: mapping a cold file first costs as much as the
    /// rest of the start.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settle_in(&self) -> Result<bool> {
        self.settle_by(1)
    }

    /// The same, by the `share`th part of what is looked at in one go.
    fn settle_by(&self, share: usize) -> Result<bool> {
        let settling = &self.settling;
        if !settling.is_mapped.replace(true) {
            self.connection
                .pragma_update(None, "mmap_size", 1_i64 << 30)?;
            return Ok(true);
        }
        let Some((columns, walked, most)) = PARTS.get(settling.part.get()) else {
            return Ok(false);
        };
        if settling.long.get() >= MOST_LONG {
            return Ok(false);
        }
        let began = Instant::now();
        let mut last = settling.last.borrow_mut();
        let named = columns.join(", ");
        let beyond = match last.len() {
            0 => String::new(),
            some => format!(" AND ({named}) > ({})", vec!["?"; some].join(", ")),
        };
        let sql = format!(
            "SELECT {named} FROM {walked}{beyond} ORDER BY {named} LIMIT 1 OFFSET {}",
            most / share - 1
        );
        let reached = self.read(|reader| {
            let all = 0..columns.len();
            reader.first(&sql, params_from_iter(last.iter()), |row| {
                all.map(|column| row.get(column)).collect()
            })
        });
        match reached? {
            Some(reached) => *last = reached,
            // There were fewer: that was the rest of them.
            None => {
                last.clear();
                settling.part.set(settling.part.get() + 1);
            }
        }
        if began.elapsed() > LONG {
            settling.long.set(settling.long.get() + 1);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::PARTS;
    use crate::store::sample::sample;
    use crate::store::{OpenOptions, Store};

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
                reader.first::<(i64, String)>(count, [], counted)
            });
            read.expect("a read")
        };
        let before = rows();
        // The mapping, and each part, none of which needs a second look.
        let steps = std::iter::from_fn(|| store.settle_in().expect("a step").then_some(()));
        assert_eq!(steps.take(99).count(), 1 + PARTS.len());
        // In small parts every second look goes on where the one before it stopped.
        let other = Store::open(store.path(), &OpenOptions::default()).expect("another window");
        let share = 1 << 12;
        let steps = std::iter::from_fn(|| other.settle_by(share).expect("a step").then_some(()));
        let looks_at = |entries: usize, most: usize| entries / (most / share) + 1;
        let looks = PARTS.map(|(_, walked, most)| match walked.starts_with("customer") {
            true => 1,
            false => looks_at(40, most),
        });
        assert_eq!(steps.take(99).count(), 1 + looks.iter().sum::<usize>());
        assert!(!store.settle_in().expect("nothing is left"));
        assert_eq!(rows(), before);
    }
}
