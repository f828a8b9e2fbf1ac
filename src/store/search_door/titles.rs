//! What has all words that are looked for in its title: it answers better than what merely speaks of them, however old it is.
//!
//! The index does not know which of its words a feedback has in the title, so titles are read: in one statement, which whoever
//! types on interrupts, and no more of them than take about a millisecond.

use roaring::RoaringBitmap;
use rusqlite::{Params, Row};

use super::score::{RANKED, Titled};
use crate::search::Asked;
use crate::store::{Reader, Result};

/// Of so many matches every title is looked at.
const ALL: u64 = if cfg!(test) { 60 } else { 1_024 };

/// Of more, the titles of those that came into the workspace last: their lists were long, which has taken its time already.
const OF_MORE: usize = if cfg!(test) { 20 } else { 256 };

/// So many at most stand among the best beside the newest.
pub(in crate::store) const MOST_TITLED: usize = RANKED / 2;

/// Those of a set whose titles are looked at.
pub(in crate::store) fn looked_at(set: &RoaringBitmap) -> RoaringBitmap {
    match set.len() <= ALL {
        true => set.clone(),
        false => set.iter().rev().take(OF_MORE).collect(),
    }
}

impl Reader<'_> {
    /// Of the rows of a statement (local key, moment of receipt, title) those with all words in the title, the best first.
    pub(in crate::store) fn titled(
        &self,
        sql: &str,
        values: impl Params,
        asked: &[Asked],
    ) -> Result<Vec<Titled>> {
        let mut found = Vec::new();
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            found.extend(titled(row, asked)?);
        }
        found.sort_unstable_by(Titled::compare);
        Ok(found)
    }

    /// The same of these local keys, at most [`MOST_TITLED`].
    pub(super) fn titled_among(&self, set: &RoaringBitmap, asked: &[Asked]) -> Result<Vec<i64>> {
        let keys: Vec<u32> = looked_at(set).iter().collect();
        let sql = "SELECT f.id, f.received, f.title FROM feedback f NOT INDEXED
             WHERE f.id IN (SELECT value FROM json_each(?1))";
        let found = self.titled(sql, [format!("{keys:?}")], asked)?;
        let best = found.into_iter().take(MOST_TITLED);
        Ok(best.map(|titled| titled.local).collect())
    }
}

fn titled(row: &Row<'_>, asked: &[Asked]) -> Result<Option<Titled>> {
    let title = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(match asked.iter().all(|one| one.is_in(title)) {
        true => Some(Titled::of(row.get(0)?, row.get(1)?, asked, title)),
        false => None,
    })
}
