//! The segments and the tail of the search index, as a connection knows them.

use std::cell::Ref;

use roaring::RoaringBitmap;
use rusqlite::Row;

use crate::postings::{self, Broken, LONGEST_PREFIX, PREFIX, Tail};
use crate::store::{Reader, Result, StoreError};

/// What it takes to come to a list, in what a document of one takes.
const LOOK_UP: u64 = 2_000;

/// A segment: its number, and its documents.
#[derive(Clone, Debug)]
pub(in crate::store) struct Segment {
    /// Its number.
    pub(in crate::store) id: i64,
    /// From where its lists count.
    pub(in crate::store) base: u32,
    /// The feedback that it was made of.
    pub(in crate::store) documents: RoaringBitmap,
    /// Thereof what it no longer tells about.
    pub(in crate::store) dead: RoaringBitmap,
}

impl Segment {
    /// What it still tells about, the tail apart.
    pub(in crate::store) fn living(&self) -> RoaringBitmap {
        &self.documents - &self.dead
    }
}

/// A segment beside the tail.
#[derive(Debug)]
pub(super) struct Shelved {
    pub(super) id: i64,
    base: u32,
    /// What it tells about: neither dead nor in the tail.
    pub(super) alive: RoaringBitmap,
    /// Whether that is all it ever told about, so that its lists need no look at what is alive.
    whole: bool,
}

/// The index as of one moment.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The newest stamp of a segment.
    stamp: i64,
    /// The newest row of the tail.
    sequence: i64,
    pub(super) segments: Vec<Shelved>,
    pub(super) tail: Tail,
}

impl Shelf {
    /// What changes whenever the index does.
    pub(super) const fn mark(&self) -> (i64, i64) {
        (self.stamp, self.sequence)
    }

    /// All feedback that is not deleted.
    pub(super) fn alive(&self) -> RoaringBitmap {
        let mut alive = self.tail.alive().clone();
        for segment in &self.segments {
            alive |= &segment.alive;
        }
        alive
    }

    /// Reads what is new since it was looked at last.
    fn catch_up(&mut self, reader: &Reader<'_>) -> Result<()> {
        let stamp = reader.first("SELECT max(stamp) FROM search_segment", [], |row| {
            row.get::<_, Option<i64>>(0)
        })?;
        let stamp = stamp.flatten().unwrap_or(0);
        if stamp != self.stamp {
            // Rare, and then the tail is short or new.
            let segments = reader.segments()?.into_iter().map(|segment| Shelved {
                id: segment.id,
                base: segment.base,
                whole: segment.dead.is_empty(),
                alive: segment.documents - segment.dead,
            });
            *self = Self {
                stamp,
                segments: segments.collect(),
                ..Self::default()
            };
        }
        let sql = "SELECT sequence, feedback, terms FROM search_tail WHERE sequence > ?1 ORDER BY sequence";
        let mut statement = reader.connection().prepare_cached(sql)?;
        let mut rows = statement.query([self.sequence])?;
        while let Some(row) = rows.next()? {
            let document = document(row.get(1)?)?;
            let terms = row.get_ref(2)?.as_str_or_null();
            match terms.map_err(|_| Broken("a row of the tail is no text"))? {
                Some(terms) => self.tail.put(document, terms.split(' ')),
                // Put off until somebody asks: that is now.
                None => {
                    let terms = reader.terms_of(document)?;
                    self.tail.put(document, terms.split(' '));
                }
            }
            for segment in &mut self.segments {
                segment.whole &= !segment.alive.remove(document);
            }
            self.sequence = row.get(0)?;
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The index as it is in this snapshot.
    pub(super) fn shelf(&self) -> Result<Ref<'_, Shelf>> {
        self.memory().shelf.borrow_mut().catch_up(self)?;
        Ok(self.memory().shelf.borrow())
    }

    /// The documents of a segment with this term, dead ones included.
    pub(super) fn with_term(&self, segment: &Shelved, term: &str) -> Result<RoaringBitmap> {
        Ok(self.row_of(segment, term)?.unwrap_or_default())
    }

    /// The documents of a segment with a term that begins so, dead ones included.
    pub(super) fn with_prefix(&self, segment: &Shelved, prefix: &str) -> Result<RoaringBitmap> {
        if prefix.chars().take(LONGEST_PREFIX + 1).count() <= LONGEST_PREFIX
            && let Some(found) = self.row_of(segment, &format!("{prefix}{PREFIX}"))?
        {
            return Ok(found);
        }
        let sql = "SELECT documents, data FROM search_list WHERE segment = ?1 AND term >= ?2 AND term < ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query((segment.id, prefix, format!("{prefix}{}", char::MAX)))?;
        let mut found = RoaringBitmap::new();
        while let Some(row) = rows.next()? {
            found |= self.listed(row, segment)?;
        }
        Ok(found)
    }

    /// The documents of a list, which count as read.
    fn listed(&self, row: &Row<'_>, segment: &Shelved) -> Result<RoaringBitmap> {
        let found = list(row, segment.base)?;
        let listed = &self.memory().listed;
        listed.set(listed.get().saturating_add(found.len() + LOOK_UP));
        Ok(found)
    }

    fn row_of(&self, segment: &Shelved, term: &str) -> Result<Option<RoaringBitmap>> {
        let sql = "SELECT documents, data FROM search_list WHERE segment = ?1 AND term = ?2";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query((segment.id, term))?;
        match rows.next()? {
            Some(row) => self.listed(row, segment).map(Some),
            None => Ok(None),
        }
    }

    /// How many documents of a segment have this term, dead ones included: its list is not read.
    pub(super) fn length_of(&self, segment: &Shelved, term: &str) -> Result<u64> {
        let sql = "SELECT documents FROM search_list WHERE segment = ?1 AND term = ?2";
        let length = self.first(sql, (segment.id, term), |row| row.get::<_, i64>(0))?;
        Ok(length.map_or(0, i64::unsigned_abs))
    }

    /// The week term of a segment that comes before `week`, with its documents, dead ones included.
    pub(super) fn week_before(
        &self,
        segment: &Shelved,
        week: &str,
    ) -> Result<Option<(String, RoaringBitmap)>> {
        let sql = "SELECT documents, data, term FROM search_list
             WHERE segment = ?1 AND term < ?2 AND term >= ?3 ORDER BY term DESC LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query((segment.id, week, postings::MARK.to_string()))?;
        match rows.next()? {
            Some(row) => Ok(Some((row.get(2)?, list(row, segment.base)?))),
            None => Ok(None),
        }
    }
}

impl Shelved {
    /// From where its lists count.
    #[cfg(test)]
    pub(super) fn base(&self) -> u32 {
        self.base
    }

    /// Leaves what it tells about of a set of its documents.
    pub(super) fn only_alive(&self, found: &mut RoaringBitmap) {
        if !self.whole {
            *found &= &self.alive;
        }
    }
}

/// The feedback that a row of the tail names.
pub(in crate::store) fn document(named: i64) -> Result<u32> {
    u32::try_from(named).map_err(|_| Broken("a row of the tail names no feedback").into())
}

fn list(row: &Row<'_>, base: u32) -> Result<RoaringBitmap> {
    let count = u32::try_from(row.get::<_, i64>(0)?)
        .map_err(|_| StoreError::Index(Broken("a list has no number of documents")))?;
    let data = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(postings::decode(data, count, base)?)
}

#[cfg(test)]
mod tests;
