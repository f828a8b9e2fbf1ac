//! Phrases, which only the texts can prove.
//!
//! The index knows which words a feedback has, not where they stand: that would make it several times as large. So of what
//! has all words of a phrase each text is read: by a list until its window is full, by a count all of them. Where phrases are
//! alternatives or ruled out, only what the terms leave open is read. Where somebody
//! waits for the answer, no more than can be read at once; whoever asks again is told more.

use roaring::RoaringBitmap;
use rusqlite::Row;
use rusqlite::types::Type;

use super::rule::{Looking, Rule, Unproven};
use crate::query::Query;
use crate::store::{Reader, Result, StoreError};

/// How many searches are remembered.
const MOST: usize = 8;

/// After how many texts it is noted what they said, should the rest be interrupted.
const BATCH: usize = 1_024;

/// What was read of the texts, by what was asked, as long as the index stays as it is.
#[derive(Debug, Default)]
pub(in crate::store) struct Proofs {
    mark: (i64, i64),
    /// What was asked last, where it is answered bit by bit.
    query: Option<Query>,
    known: Vec<(Rule, Proof)>,
}

/// Which feedback was looked at, and which was right.
#[derive(Debug, Default)]
struct Proof {
    looked: RoaringBitmap,
    right: RoaringBitmap,
}

impl Proofs {
    /// Forgets what was read when it was for many searches.
    fn make_room(&mut self) {
        if self.known.len() > MOST {
            self.known.clear();
        }
    }

    /// What is known of a rule.
    fn of(&mut self, rule: &Rule) -> &mut Proof {
        let known = self.known.iter().position(|(known, _)| known == rule);
        let place = known.unwrap_or_else(|| {
            self.known.push((rule.clone(), Proof::default()));
            self.known.len() - 1
        });
        &mut self.known[place].1
    }
}

/// What reading a text costs, in what passing a row of an index costs.
const TEXT: u32 = 16;

/// So many texts are always read, so that whoever asks again and again comes to an end.
const LEAST: u32 = 4;

/// What reading a row by its key costs.
const ROW: u32 = 4;

impl Reader<'_> {
    /// Does work for a query that stops and says so before it has read more than so many texts, or passed as many rows as
    /// take as long.
    pub(in crate::store) fn within<T>(
        &self,
        most: usize,
        query: &Query,
        work: impl FnOnce() -> T,
    ) -> T {
        let mut proofs = self.memory().proofs.borrow_mut();
        // Not in the midst of a query, which would begin anew for ever.
        if proofs.query.as_ref() != Some(query) {
            proofs.query = Some(query.clone());
            proofs.make_room();
            self.memory().begun.borrow_mut().clear();
        }
        drop(proofs);
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let most = most.max(LEAST).saturating_mul(TEXT);
        let before = self.memory().left.replace(Some(most));
        self.memory().listed.set(0);
        let done = work();
        let left = self.memory().left.replace(before);
        let spent = most.saturating_sub(left.unwrap_or(0));
        self.memory().spent.set(spent);
        done
    }

    /// The same, but what was read for the answer before this one counts: a list and its count are asked for one behind the
    /// other, and whoever waits, waits for both.
    pub(in crate::store) fn within_the_rest<T>(
        &self,
        most: usize,
        query: &Query,
        work: impl FnOnce() -> T,
    ) -> T {
        let spent = usize::try_from(self.memory().spent.get() / TEXT).unwrap_or(usize::MAX);
        let done = self.within(most.saturating_sub(spent), query, work);
        self.memory().spent.set(0);
        done
    }

    /// Does work that has to be done as a whole, and takes what it has read from what may be.
    pub(in crate::store) fn as_a_whole<T>(&self, work: impl FnOnce() -> T) -> T {
        let Some(before) = self.left() else {
            return work();
        };
        self.memory().left.set(Some(u32::MAX));
        let done = work();
        let passed = u32::MAX - self.left().unwrap_or(0);
        self.memory().left.set(Some(before));
        self.spend(passed);
        done
    }

    /// How many rows may still be passed; `None` when nobody waits for it.
    pub(in crate::store) fn left(&self) -> Option<u32> {
        self.memory().left.get()
    }

    /// How many texts may still be read when so many rows were passed.
    pub(in crate::store) fn texts_left_beside(&self, passed: u32) -> usize {
        let left = self.left().map(|left| left.saturating_sub(passed) / TEXT);
        left.map_or(usize::MAX, |left| {
            usize::try_from(left).unwrap_or(usize::MAX)
        })
    }

    /// Takes what was passed from what may be.
    pub(in crate::store) fn spend(&self, passed: u32) {
        let left = self.left().map(|left| left.saturating_sub(passed));
        self.memory().left.set(left);
    }

    /// The same for rows that were read by their keys.
    pub(in crate::store) fn spend_rows(&self, rows: usize) {
        self.spend(u32::try_from(rows).unwrap_or(u32::MAX).saturating_mul(ROW));
    }

    /// Lets more be read than was said.
    pub(in crate::store) fn allow(&self, more: u32) {
        let left = self.left().map(|left| left.saturating_add(more));
        self.memory().left.set(left);
    }

    /// What is known to match after `room` texts, as the index is at `mark`; `false` when some are still to be read.
    fn prove_some(
        &self,
        mark: (i64, i64),
        set: &RoaringBitmap,
        unproven: &Unproven,
        room: usize,
    ) -> Result<(RoaringBitmap, bool)> {
        let mut proofs = self.memory().proofs.borrow_mut();
        if proofs.mark != mark {
            proofs.known.clear();
            proofs.mark = mark;
        }
        if self.left().is_none() {
            proofs.make_room();
        }
        let proof = proofs.of(&unproven.rule);
        let mut unknown = set - &unproven.sure;
        unknown -= &proof.looked;
        let whole = unknown.len() <= room as u64;
        let unknown: Vec<u32> = unknown.iter().take(room).collect();
        if !unknown.is_empty() {
            // As long as a statement is under way, an interrupt that comes between two others is not lost.
            let mut under_way = self
                .connection()
                .prepare_cached("SELECT 1 UNION ALL SELECT 2")?;
            let mut under_way = under_way.query([])?;
            under_way.next()?;
            let mut looking = unproven.rule.looking();
            for batch in unknown.chunks(BATCH) {
                let right = self.having(batch, &mut looking)?;
                proof.looked.extend(batch);
                proof.right |= right;
            }
        }
        self.spend(
            u32::try_from(unknown.len())
                .unwrap_or(u32::MAX)
                .saturating_mul(TEXT),
        );
        let mut proven = set & &proof.right;
        proven |= set & &unproven.sure;
        Ok((proven, whole))
    }

    /// As [`Reader::prove_all`], but reads no more than may be; `false` when some of them are still to be read. The next
    /// call goes on where this one stopped, as long as the index stays as it is.
    pub(in crate::store) fn prove_on(
        &self,
        set: &RoaringBitmap,
        unproven: Option<&Unproven>,
    ) -> Result<(RoaringBitmap, bool)> {
        let Some(unproven) = unproven.filter(|_| !set.is_empty()) else {
            return Ok((set.clone(), true));
        };
        let mark = self.shelf()?.mark();
        self.prove_some(mark, set, unproven, self.texts_left_beside(0))
    }

    /// The same for a few, all of them, whatever may be read.
    pub(in crate::store) fn prove_these(
        &self,
        set: &RoaringBitmap,
        unproven: &Unproven,
    ) -> Result<RoaringBitmap> {
        let mark = self.shelf()?.mark();
        Ok(self.prove_some(mark, set, unproven, usize::MAX)?.0)
    }

    /// Leaves what matches of all that was found. Reads the texts that were not read before.
    ///
    /// # Errors
    /// [`StoreError::Paused`] when they are more than may be read; those that were read need not be read again.
    pub(in crate::store) fn prove_all(
        &self,
        set: RoaringBitmap,
        unproven: Option<&Unproven>,
    ) -> Result<RoaringBitmap> {
        match self.prove_on(&set, unproven)? {
            (proven, true) => Ok(proven),
            (_, false) => Err(StoreError::Paused),
        }
    }

    /// Which of a few, in ascending order, say what is looked for.
    fn having(&self, some: &[u32], looking: &mut Looking<'_>) -> Result<RoaringBitmap> {
        let mut right = RoaringBitmap::new();
        let mut texts = self.connection().prepare_cached(
            "SELECT t.title, t.body, t.packed FROM feedback f JOIN content t ON t.id = f.content WHERE f.id = ?1 AND f.deleted = 0",
        )?;
        let mut comments = self.connection().prepare_cached(
            "SELECT body_of(t.body, t.packed) FROM comment c INDEXED BY comment_by_feedback JOIN content t ON t.id = c.text
             WHERE c.feedback IS NOT NULL AND c.feedback = ?1 AND c.deleted = 0",
        )?;
        let mut commented = None;
        for document in some {
            looking.begin();
            let mut rows = texts.query([document])?;
            while let Some(row) = rows.next()? {
                let (title, body) = (text(row, 0)?, text(row, 1)?.unwrap_or_default());
                let packed = row.get_ref(2)?.as_blob_or_null();
                let packed = packed.map_err(rusqlite::Error::from)?;
                let looked = self
                    .memory()
                    .texts
                    .look((title, body), packed, |title, body| {
                        looking.note(title.unwrap_or_default());
                        looking.note(body);
                    });
                looked.map_err(|fault| {
                    rusqlite::Error::FromSqlConversionFailure(2, Type::Blob, Box::new(fault))
                })?;
            }
            // Comments are few, and looked for only where the text does not tell.
            if looking.wants_more() && self.has_comments(*document, &mut commented)? {
                let mut rows = comments.query([document])?;
                while let Some(row) = rows.next()? {
                    looking.note(text(row, 0)?.unwrap_or_default());
                }
            }
            if looking.holds(*document) {
                right.insert(*document);
            }
        }
        Ok(right)
    }

    /// Whether a feedback has comments, for whoever asks about many in ascending order: `next`, which is nothing at first, is
    /// the next one that has some, so that all before it are told without a look.
    fn has_comments(&self, document: u32, next: &mut Option<i64>) -> Result<bool> {
        let document = i64::from(document);
        if next.is_none_or(|next| next < document) {
            let sql = "SELECT feedback FROM comment INDEXED BY comment_by_feedback
                 WHERE feedback IS NOT NULL AND feedback >= ?1 AND deleted = 0 ORDER BY feedback LIMIT 1";
            let found = self.first(sql, [document], |row| row.get(0))?;
            *next = Some(found.unwrap_or(i64::MAX));
        }
        Ok(*next == Some(document))
    }
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(column)?.as_str_or_null()?)
}
