//! What is in no segment yet.

use std::collections::{BTreeMap, HashMap};

use roaring::RoaringBitmap;

/// Documents that are new or changed since the segments were written. What a segment says about one of them counts no
/// longer; of several entries for one document the last counts.
#[derive(Clone, Debug, Default)]
pub struct Tail {
    /// The document of each entry.
    entries: Vec<u32>,
    /// The last entry of each document.
    last: HashMap<u32, u32>,
    documents: RoaringBitmap,
    alive: RoaringBitmap,
    /// The entries with each term.
    lists: BTreeMap<Box<str>, Vec<u32>>,
}

impl Tail {
    /// Adds an entry: a document with its terms as they are now, or without any when it is gone.
    pub fn put<'t>(&mut self, document: u32, terms: impl Iterator<Item = &'t str>) {
        let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(document);
        self.last.insert(document, entry);
        self.documents.insert(document);
        let mut any = false;
        for term in terms.filter(|term| !term.is_empty()) {
            any = true;
            match self.lists.get_mut(term) {
                Some(list) if list.last() == Some(&entry) => {}
                Some(list) => list.push(entry),
                None => drop(self.lists.insert(term.into(), vec![entry])),
            }
        }
        if any {
            self.alive.insert(document);
        } else {
            self.alive.remove(document);
        }
    }

    /// How many entries there are, older ones of the same document included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every document with an entry: about these the segments are not to be asked.
    #[must_use]
    pub const fn documents(&self) -> &RoaringBitmap {
        &self.documents
    }

    /// Thereof those that are not gone.
    #[must_use]
    pub const fn alive(&self) -> &RoaringBitmap {
        &self.alive
    }

    /// The documents with this term.
    #[must_use]
    pub fn find(&self, term: &str) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        if let Some(list) = self.lists.get(term) {
            self.gather(list, &mut found);
        }
        found
    }

    /// The documents with a term that begins so.
    #[must_use]
    pub fn find_prefix(&self, prefix: &str) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        let from = (
            std::ops::Bound::Included(prefix),
            std::ops::Bound::Unbounded,
        );
        let lists = self.lists.range::<str, _>(from);
        for (_, list) in lists.take_while(|(term, _)| term.starts_with(prefix)) {
            self.gather(list, &mut found);
        }
        found
    }

    /// The terms that begin so, whether a document still has them or not.
    pub fn terms_begun<'t>(&'t self, prefix: &'t str) -> impl Iterator<Item = &'t str> {
        let from = (
            std::ops::Bound::Included(prefix),
            std::ops::Bound::Unbounded,
        );
        let terms = self.lists.range::<str, _>(from).map(|(term, _)| &**term);
        terms.take_while(move |term| term.starts_with(prefix))
    }

    /// The last of the terms that begin with [`MARK`](super::MARK) before `term`, whether a document still has it or not.
    #[must_use]
    pub fn mark_before(&self, term: &str) -> Option<&str> {
        let before = (std::ops::Bound::Unbounded, std::ops::Bound::Excluded(term));
        let mut terms = self.lists.range::<str, _>(before).rev();
        let (term, _) = terms.next()?;
        term.starts_with(super::MARK).then_some(term)
    }

    /// The terms of each living document, for a comparison.
    #[must_use]
    pub fn terms(&self) -> BTreeMap<u32, Vec<&str>> {
        let mut terms: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for (term, list) in &self.lists {
            let mut found = RoaringBitmap::new();
            self.gather(list, &mut found);
            for document in found {
                terms.entry(document).or_default().push(term);
            }
        }
        terms
    }

    fn gather(&self, list: &[u32], found: &mut RoaringBitmap) {
        for entry in list {
            let document = self.entries.get(*entry as usize);
            found.extend(document.filter(|document| self.last.get(document) == Some(entry)));
        }
    }
}
