//! What may say the same as a text word for word: whatever does has all its words, so the rarest of them find it.
//!
//! How many have a word is told without reading its list, so frequent words cost nothing where there are rare ones.

use roaring::RoaringBitmap;

use super::find::Wanted;
use super::shelf::Shelf;
use crate::search::Term;
use crate::store::{Reader, Result};

/// So few that to look at them costs less than to read another list.
const FEW: u64 = 8;

/// Of further lists no more are read than have so many documents, which takes a fraction of a millisecond.
const MOST_LISTED: u64 = 100_000;

impl Reader<'_> {
    /// What has the rarest of these terms, as many of them as are worth reading.
    pub(in crate::store) fn with_rarest_terms(&self, terms: &[Term]) -> Result<RoaringBitmap> {
        let shelf = self.shelf()?;
        let mut counted = Vec::with_capacity(terms.len());
        for term in terms {
            counted.push((self.how_many_have(&shelf, term.as_str())?, term.as_str()));
        }
        counted.sort_unstable();
        let mut found: Option<RoaringBitmap> = None;
        let mut listed = 0;
        for (having, term) in counted {
            listed += having;
            let is_enough = |found: &RoaringBitmap| found.len() <= FEW || listed > MOST_LISTED;
            if found.as_ref().is_some_and(is_enough) {
                break;
            }
            let here = self.with_all(&shelf, &[Wanted::Whole(term)])?;
            found = Some(match found {
                Some(found) => found & here,
                None => here,
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// In how many documents a term is, dead ones included.
    fn how_many_have(&self, shelf: &Shelf, term: &str) -> Result<u64> {
        let mut having = shelf.tail.find(term).len();
        for segment in &shelf.segments {
            having += self.length_of(segment, term)?;
        }
        Ok(having)
    }
}
