//! The newest of what was found.

use roaring::RoaringBitmap;

use super::memory::Version;
use super::score::{Ranked, Scale};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::query::Query;
use crate::store::derived::index::after_last_week;
use crate::store::{Reader, Result};

/// The best of a search, as it was answered last, for the window that is asked for next.
#[derive(Clone, Debug)]
pub(in crate::store) struct Head {
    pub(in crate::store) query: Query,
    pub(in crate::store) me: Option<Handle>,
    pub(in crate::store) now: Moment,
    pub(in crate::store) version: Version,
    /// The newest matches, best first.
    pub(in crate::store) rows: Vec<Ranked>,
    /// How they were scored.
    pub(in crate::store) scale: Scale,
    /// When the oldest of them was received, and its local key; `None` when there are no others.
    pub(in crate::store) edge: Option<(i64, i64)>,
}

impl Reader<'_> {
    /// How much feedback there is that is not deleted.
    pub(in crate::store) fn live_feedback(&self) -> Result<u64> {
        Ok(self.shelf()?.alive().len())
    }

    /// The local keys of a set by the weeks in which they were received, from the newest on: at least `enough` with each
    /// call, as long as there are as many. What is left is in `rest` afterwards.
    pub(in crate::store) fn newest_weeks(
        &self,
        weeks: &mut String,
        rest: &mut RoaringBitmap,
        enough: u64,
    ) -> Result<RoaringBitmap> {
        let mut newest = self.weeks_from(weeks, rest, enough)?;
        if newest.len() < enough {
            // Whatever has no week is not in the index; nothing is lost by leaving it to the end.
            newest |= std::mem::take(rest);
        }
        Ok(newest)
    }

    /// The same from a week on: what was received later stays in `rest`.
    pub(in crate::store) fn weeks_from(
        &self,
        weeks: &mut String,
        rest: &mut RoaringBitmap,
        enough: u64,
    ) -> Result<RoaringBitmap> {
        let shelf = self.shelf()?;
        let mut newest = RoaringBitmap::new();
        // Of each segment the newest week that was not looked at yet.
        let mut heads = Vec::new();
        for segment in &shelf.segments {
            heads.push(self.week_before(segment, weeks)?);
        }
        let mut tail = shelf.tail.mark_before(weeks);
        while newest.len() < enough && !rest.is_empty() {
            let in_segments = heads.iter().flatten().map(|(week, _)| week.as_str());
            let Some(week) = in_segments.chain(tail).max().map(str::to_owned) else {
                break;
            };
            for (segment, head) in shelf.segments.iter().zip(&mut heads) {
                if let Some((_, mut found)) = head.take_if(|(here, _)| *here == week) {
                    segment.only_alive(&mut found);
                    newest |= found & &*rest;
                    *head = self.week_before(segment, &week)?;
                }
            }
            if tail == Some(week.as_str()) {
                newest |= shelf.tail.find(&week) & &*rest;
                tail = shelf.tail.mark_before(&week);
            }
            *rest -= &newest;
            *weeks = week;
        }
        Ok(newest)
    }

    /// The local keys of the newest of a set, the newest first.
    pub(in crate::store) fn newest_of(
        &self,
        set: &RoaringBitmap,
        limit: usize,
    ) -> Result<Vec<i64>> {
        let mut weeks = after_last_week();
        let mut rest = set.clone();
        let mut newest = Vec::new();
        while newest.len() < limit && !rest.is_empty() {
            let some = self.newest_weeks(&mut weeks, &mut rest, limit as u64)?;
            let mut rows = Vec::new();
            for local in some {
                let sql = "SELECT received, id FROM feedback WHERE id = ?1";
                rows.extend(self.first(sql, [local], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
                })?);
            }
            rows.sort_unstable_by(|a, b| b.cmp(a));
            newest.extend(rows.into_iter().map(|(_, local)| local));
        }
        newest.truncate(limit);
        Ok(newest)
    }
}
