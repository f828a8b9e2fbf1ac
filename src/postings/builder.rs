//! A segment in the making.

use roaring::RoaringBitmap;

use super::prefixes::Prefixes;
use super::set::Set;
use super::words::Words;
use super::{Row, list};

/// Takes documents in ascending order and makes the rows of a segment of them.
///
/// Each list grows as the gaps that it will be written as, so that a segment takes about as much memory as its file.
#[derive(Default)]
pub struct Builder {
    documents: RoaringBitmap,
    current: u32,
    base: u32,
    words: Words,
}

impl Builder {
    /// Starts with a document; what follows are its terms. It must come after the documents before it: one that does
    /// not is refused (`false`).
    #[must_use]
    pub fn begin(&mut self, document: u32) -> bool {
        if self.documents.is_empty() {
            self.base = super::base(document);
        }
        self.current = document;
        self.documents.try_push(document).is_ok()
    }

    /// A term of the document; one that it has several times counts once.
    pub fn term(&mut self, term: &str) {
        self.words.take(term, self.current, self.base);
    }

    /// The documents so far.
    #[must_use]
    pub const fn documents(&self) -> &RoaringBitmap {
        &self.documents
    }

    /// Gives the rows to `sink`: the terms in order, each prefix behind its terms.
    ///
    /// # Errors
    /// Those of `sink`.
    pub fn finish<E>(self, sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut prefixes = Prefixes::new(self.base);
        let mut numbers = Vec::new();
        for (term, gaps) in self.words.in_order() {
            // What was written here is whole: gaps, each of which ends with a byte below 0x80.
            let count = gaps.iter().filter(|byte| **byte < 0x80).count() as u32;
            numbers.clear();
            let read = list::read_gaps(&gaps, count, self.base, &mut numbers);
            debug_assert_eq!(read, Ok(()));
            let documents = Set::of(&numbers, self.base);
            let bits = documents.as_bits(self.base);
            sink(Row {
                term: &term,
                count,
                data: bits.as_deref().unwrap_or(&gaps),
            })?;
            prefixes.term(&term, documents, sink)?;
        }
        prefixes.finish(sink)
    }
}
