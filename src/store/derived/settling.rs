//! The end of a transaction: what is left to compute, and which lists show something else by then.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::document;
use crate::domain::deed::Touched;
use crate::store::{LocalId, Result, Writer};

impl Writer<'_> {
    /// Computes what is left to compute. [`Store::write`](crate::store::Store::write) calls it before the commit; history may
    /// call it earlier, to read what is derived, or between the chunks of a large deed.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn settle(&mut self) -> Result<()> {
        self.end_beside()?;
        self.index()?;
        let left = self.settle_beside()?;
        let pending = std::mem::take(&mut self.pending);
        self.pending.at = pending.at;
        for ((state, owner), difference) in pending.counts {
            self.settle_count(state, owner, difference)?;
        }
        self.settle_origins(&pending.origins)?;
        for feedback in pending.links {
            self.settle_links(feedback)?;
        }
        self.settle_made_open(&(pending.made_open - &pending.opened))?;
        let put_off = self.settle_search(pending.indexed | left)?;
        self.settle_open(&(&pending.opened - put_off))?;
        for idea in pending.texts {
            self.index_idea(idea)?;
        }
        self.settle_profiles(pending.profiles, &pending.taught)?;
        let concerned = pending.demand.iter().chain(pending.swung.keys());
        let concerned: BTreeSet<i64> = concerned.chain(&pending.changed).copied().collect();
        for idea in concerned {
            self.taught.insert(idea);
            self.touched.note_idea();
            let at = pending.changed.contains(&idea).then_some(pending.at);
            match pending.swung.get(&idea) {
                _ if pending.demand.contains(&idea) => self.settle_demand(idea, at)?,
                Some(_) if pending.voices => self.settle_demand(idea, at)?,
                // What was brought back beside had no voice before, though its link was there.
                Some(Some(link)) if self.feedback_changed(*link, &pending.opened)? => {
                    self.settle_demand(idea, at)?;
                }
                Some(Some(link)) => {
                    let was_there = pending.taught.get(link).is_some_and(Option::is_some);
                    self.settle_link(idea, (*link, was_there), at)?;
                }
                Some(None) => self.settle_demand(idea, at)?,
                None => self.settle_changed(idea, pending.at)?,
            }
        }
        Ok(())
    }

    /// Which lists show something else since this transaction began.
    ///
    /// # Errors
    /// As [`Writer::settle`], because what is computed then is shown as well.
    pub fn touched(&mut self) -> Result<Touched> {
        self.settle()?;
        Ok(self.touched)
    }

    /// Whether the feedback of a link is among those that were deleted, brought back, or moved to another state.
    fn feedback_changed(&self, link: i64, changed: &RoaringBitmap) -> Result<bool> {
        let (feedback, _) = self.ends(LocalId(link))?;
        Ok(match feedback {
            Some(feedback) => changed.contains(document(LocalId(feedback))?),
            None => false,
        })
    }

    pub(super) fn settle_links(&self, feedback: i64) -> Result<()> {
        self.run(
            "UPDATE feedback SET links = (SELECT count(*) FROM insight WHERE feedback = ?1 AND deleted = 0)
             WHERE id = ?1",
            [feedback],
        )
        .map(drop)
    }
}
