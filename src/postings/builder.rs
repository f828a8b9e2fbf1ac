//! A segment in the making.

use std::rc::Rc;

use hashbrown::HashMap;
use roaring::RoaringBitmap;

use super::prefixes::Prefixes;
use super::{Row, list};

/// Takes documents in ascending order and makes the rows of a segment of them.
///
/// Each list grows as the gaps that it will be written as, so that a segment takes about as much memory as its file.
#[derive(Default)]
pub struct Builder {
    documents: RoaringBitmap,
    current: u32,
    base: u32,
    lists: HashMap<Box<str>, Growing>,
}

/// A list to which documents are added.
struct Growing {
    data: Vec<u8>,
    count: u32,
    last: u32,
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
        let document = self.current;
        if let Some(list) = self.lists.get_mut(term) {
            if list.last != document {
                list::put(document - list.last, &mut list.data);
                list.last = document;
                list.count += 1;
            }
            return;
        }
        let mut data = Vec::new();
        list::put(document - self.base, &mut data);
        let list = Growing {
            data,
            count: 1,
            last: document,
        };
        self.lists.insert(term.into(), list);
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
        let mut lists: Vec<(Box<str>, Growing)> = self.lists.into_iter().collect();
        lists.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut prefixes = Prefixes::new(self.base);
        for (term, growing) in lists {
            // What was written here is whole.
            let documents = growing.documents(self.base);
            let short = list::is_shorter_as_bits(documents.len(), growing.last, self.base);
            let bits = short.then(|| list::bits(documents.iter(), growing.last, self.base));
            sink(Row {
                term: &term,
                count: growing.count,
                data: bits.as_deref().unwrap_or(&growing.data),
            })?;
            prefixes.term(&term, &Rc::new(documents), sink)?;
        }
        prefixes.finish(sink)
    }
}

impl Growing {
    /// The documents of the gaps, which were put here by [`Builder::term`] and cannot be broken.
    fn documents(&self, base: u32) -> RoaringBitmap {
        list::of_gaps(&self.data, self.count, base).unwrap_or_default()
    }
}
