//! Phrases, which only the texts can prove.
//!
//! The index knows which words a feedback has, not where they stand: that would make it several times as large. So of what
//! has all words of a phrase each text is read. Lists do that row by row, until the window is full.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::search::Asked;
use crate::store::derived::index::Said;
use crate::store::{Reader, Result};

/// How many searches are remembered.
const MOST: usize = 8;

/// How many texts are read by one statement.
const BATCH: usize = 1_024;

/// What was read of the texts, by what was asked, as long as the index stays as it is.
#[derive(Debug, Default)]
pub(in crate::store) struct Proofs {
    mark: (i64, i64),
    known: HashMap<Vec<Asked>, Proof>,
}

/// Which feedback was looked at, and which was right.
#[derive(Debug, Default)]
struct Proof {
    looked: RoaringBitmap,
    right: RoaringBitmap,
}

impl Proofs {
    /// What is known about these phrases, as the index is at `mark`.
    fn of(&self, mark: (i64, i64), asked: &[Asked]) -> Option<&Proof> {
        self.known.get(asked).filter(|_| self.mark == mark)
    }
}

impl Reader<'_> {
    /// Leaves what has all these phrases, as the index is at `mark`. Reads the texts that were not read before.
    pub(super) fn prove(
        &self,
        mark: (i64, i64),
        set: RoaringBitmap,
        asked: &[Asked],
    ) -> Result<RoaringBitmap> {
        if asked.is_empty() || set.is_empty() {
            return Ok(set);
        }
        let mut proofs = self.memory().proofs.borrow_mut();
        if proofs.mark != mark || proofs.known.len() > MOST {
            proofs.known.clear();
            proofs.mark = mark;
        }
        let proof = proofs.known.entry(asked.to_vec()).or_default();
        let unknown: Vec<u32> = (&set - &proof.looked).iter().collect();
        // As long as a statement is under way, an interrupt that comes between two others is not lost.
        let mut under_way = self
            .connection()
            .prepare_cached("SELECT 1 UNION ALL SELECT 2")?;
        let mut under_way = under_way.query([])?;
        under_way.next()?;
        for batch in unknown.chunks(BATCH) {
            let right = self.having(batch, asked)?;
            proof.looked.extend(batch);
            proof.right |= right;
        }
        Ok(set & &proof.right)
    }

    /// As [`Reader::prove_all`], but reads so many texts at most; `false` when some of them are still to be read. The next
    /// call goes on where this one stopped, as long as the index stays as it is.
    pub(in crate::store) fn prove_some(
        &self,
        set: &RoaringBitmap,
        asked: &[Asked],
        most: usize,
    ) -> Result<(RoaringBitmap, bool)> {
        if asked.is_empty() {
            return Ok((set.clone(), true));
        }
        let mark = self.shelf()?.mark();
        let some = match self.memory().proofs.borrow().of(mark, asked) {
            Some(proof) => {
                let known = set & &proof.looked;
                let next: RoaringBitmap = (set - &proof.looked).iter().take(most).collect();
                known | next
            }
            None => set.iter().take(most).collect(),
        };
        let whole = some.len() == set.len();
        Ok((self.prove(mark, some, asked)?, whole))
    }

    /// The same for all that was found.
    pub(in crate::store) fn prove_all(
        &self,
        set: RoaringBitmap,
        asked: &[Asked],
    ) -> Result<RoaringBitmap> {
        let mark = self.shelf()?.mark();
        self.prove(mark, set, asked)
    }

    /// Whether one feedback has all these phrases.
    pub(in crate::store) fn is_proven(&self, local: u32, asked: &[Asked]) -> Result<bool> {
        if asked.is_empty() {
            return Ok(true);
        }
        let set = self.prove_all(RoaringBitmap::from([local]), asked)?;
        Ok(!set.is_empty())
    }

    /// Which of a few have all these phrases.
    fn having(&self, some: &[u32], asked: &[Asked]) -> Result<RoaringBitmap> {
        let (Some(&first), Some(&last)) = (some.first(), some.last()) else {
            return Ok(RoaringBitmap::new());
        };
        let wanted: RoaringBitmap = some.iter().copied().collect();
        let mut right = RoaringBitmap::new();
        let mut met = vec![false; asked.len()];
        let mut current = None;
        self.each_text(first..=last, &wanted, &mut |document, said| {
            if current != Some(document) {
                current = Some(document);
                met.fill(false);
            }
            if let Said::Text(text) = said {
                for (asked, met) in asked.iter().zip(&mut met) {
                    *met = *met || asked.is_in(text);
                }
            }
            if met.iter().all(|met| *met) {
                right.insert(document);
            }
            Ok(())
        })?;
        Ok(right)
    }
}
