//! The feedback list: windows on it, how long it is, and all that is in it.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use roaring::RoaringBitmap;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::filter::{Filter, FilterContext, compile};
use super::key::identity;
use super::names::FilterError;
use super::order::{Direction, Order, Step};
use super::search_door::is_searchable;
use super::{Reader, Result, StoreError};
use crate::domain::feedback::{FeedbackRow, State};
use crate::domain::id::FeedbackId;
use crate::domain::listing::{Anchor, FeedbackWindow, Tally};
use crate::domain::moment::Moment;
use crate::query::Query;

mod best;
mod held;
mod steps;
mod window;

use best::Best;
pub(super) use steps::Walked;

/// A list: what is in it, and in which order.
struct List<'a> {
    reader: &'a Reader<'a>,
    query: &'a Query,
    context: &'a FilterContext,
    filter: Filter,
    order: Order,
    /// For a search without another order: the best of the newest matches, which come before the rest.
    best: Option<Best>,
    /// What was found, where it is so little that the list is held in memory.
    held: OnceCell<Option<Vec<(Position, i64)>>>,
    /// The number of the set of what was found.
    lent: OnceCell<(Arc<RoaringBitmap>, i64)>,
    /// Whether a walk stopped because no more texts may be read.
    paused: Cell<bool>,
}

/// A place in a list: the values of the order's columns.
type Position = Vec<Value>;

/// From where a list is walked.
#[derive(Clone, Debug, PartialEq)]
enum Start {
    /// From its end in that direction.
    End,
    /// From a position; with `true` what stands there is the first.
    At(Position, bool),
    /// From between two of the best: before that one, or behind it, by the direction.
    Best(usize),
}

impl Reader<'_> {
    /// A window of at most `limit` rows on the feedback that `query` shows.
    ///
    /// # Errors
    /// When the filter names what does not exist, or the file cannot be read.
    pub fn feedback_window(
        &self,
        query: &Query,
        context: &FilterContext,
        anchor: &Anchor,
        limit: usize,
    ) -> std::result::Result<FeedbackWindow, FilterError> {
        let list = self.list(query, context)?;
        let window = match anchor {
            Anchor::Start => list.at_end(Direction::Forward, limit)?,
            Anchor::End => list.at_end(Direction::Backward, limit)?,
            Anchor::After(row) => list.beyond(row, Direction::Forward, limit)?,
            Anchor::Before(row) => list.beyond(row, Direction::Backward, limit)?,
            Anchor::Around(row) => list.around(row, limit)?,
        };
        Ok(FeedbackWindow {
            unfinished: list.paused.get(),
            ..window
        })
    }

    /// As [`Reader::feedback_window`], but where texts have to be read to know what is in the list (a phrase is told by its
    /// text alone), about so many of them at most. What is in the window then comes first in its direction; each call goes on
    /// where the one before it stopped, with the same anchor or with the last of the rows that it gave.
    ///
    /// # Errors
    /// As [`Reader::feedback_window`].
    pub fn feedback_window_some(
        &self,
        query: &Query,
        context: &FilterContext,
        anchor: &Anchor,
        limit: usize,
        most: usize,
    ) -> std::result::Result<FeedbackWindow, FilterError> {
        let window = self.within(most, query, || {
            self.feedback_window(query, context, anchor, limit)
        });
        match window {
            // The filter itself has phrases whose texts were not all read.
            Err(FilterError::Store(StoreError::Paused)) => Ok(FeedbackWindow {
                before: *anchor != Anchor::Start,
                after: *anchor != Anchor::End,
                unfinished: true,
                ..FeedbackWindow::default()
            }),
            window => window,
        }
    }

    /// How many rows `query` shows, and how many of them come before a given row.
    ///
    /// The filters on which one starts are answered from counters; others are counted, which takes time in proportion
    /// to what they match.
    ///
    /// # Errors
    /// When the filter names what does not exist, or the file cannot be read.
    pub fn tally(
        &self,
        query: &Query,
        context: &FilterContext,
        before: Option<&FeedbackRow>,
    ) -> std::result::Result<Tally, FilterError> {
        let list = self.list(query, context)?;
        self.count_all(&list, context, before)
    }

    /// As [`Reader::tally`], but where texts have to be read to count (a phrase is told by its text alone), so many of them
    /// at most, together with those that were read for a window just before. Each call goes on where the one before it stopped.
    ///
    /// # Errors
    /// As [`Reader::tally`].
    pub fn tally_some(
        &self,
        query: &Query,
        context: &FilterContext,
        before: Option<&FeedbackRow>,
        most: usize,
    ) -> std::result::Result<Tally, FilterError> {
        let counted =
            self.within_the_rest(most, query, || -> std::result::Result<_, FilterError> {
                let list = self.list(query, context)?;
                if let Some(found) = &list.filter.found {
                    let (proven, whole) = self.prove_on(&found.set, found.unproven.as_ref())?;
                    if !whole {
                        // Where more than the words is asked for, texts alone do not tell how many there are.
                        let total = if list.filter.told { proven.len() } else { 0 };
                        return Ok((list, Some(total)));
                    }
                }
                Ok((list, None))
            });
        let so_far = match counted {
            Ok((list, None)) => return self.count_all(&list, context, before),
            Ok((_, Some(total))) => total,
            Err(FilterError::Store(StoreError::Paused)) => 0,
            Err(error) => return Err(error),
        };
        Ok(Tally {
            total: so_far,
            before: None,
            whole: false,
        })
    }

    fn count_all(
        &self,
        list: &List<'_>,
        context: &FilterContext,
        before: Option<&FeedbackRow>,
    ) -> std::result::Result<Tally, FilterError> {
        let total = match list.filter.counted {
            Some(owner) => self.unprocessed(owner, context.now)?,
            None => list.total()?,
        };
        let before = match before {
            None => None,
            Some(row) if list.filter.found.is_some() => Some(list.found_before(row)?),
            Some(row) => {
                let position = list.position(row)?;
                let steps = list.order.beyond(&position, Direction::Backward, false);
                let mut count = 0;
                for step in &steps {
                    count += match list.filter.counted {
                        Some(owner) => list.count_unprocessed(step, owner, context.now)?,
                        None => list.count(step)?,
                    };
                }
                Some(count)
            }
        };
        Ok(Tally {
            total,
            before,
            whole: true,
        })
    }

    /// The identities of the first `limit` rows that `query` shows, in its order.
    ///
    /// # Errors
    /// When the filter names what does not exist, or the file cannot be read.
    pub fn matching_ids(
        &self,
        query: &Query,
        context: &FilterContext,
        limit: usize,
    ) -> std::result::Result<Vec<FeedbackId>, FilterError> {
        let list = self.list(query, context)?;
        let mut ids = Vec::new();
        list.each(&mut |local| {
            if ids.len() == limit {
                return Ok(false);
            }
            let sql = "SELECT key FROM feedback WHERE id = ?1";
            ids.extend(self.first(sql, [local], |row| identity(row, 0).map(FeedbackId))?);
            Ok(true)
        })?;
        Ok(ids)
    }

    /// Shows the local keys of all that `query` shows, in its order, to `visit`, until it says `false`.
    pub(super) fn each_match(
        &self,
        query: &Query,
        context: &FilterContext,
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> std::result::Result<(), FilterError> {
        Ok(self.list(query, context)?.each(visit)?)
    }

    /// Unprocessed feedback that is visible at `now`: of that owner (0: nobody), or of everyone.
    ///
    /// A stored count minus a small range of an index, so that nothing drifts while time passes.
    fn unprocessed(&self, owner: Option<i64>, now: Moment) -> Result<u64> {
        let stored = match owner {
            None => self.first(
                "SELECT coalesce(sum(total), 0) FROM feedback_count WHERE state < 2",
                [],
                |row| row.get::<_, i64>(0),
            ),
            Some(owner) => self.first(
                "SELECT coalesce(sum(total), 0) FROM feedback_count WHERE state IN (?2, ?3) AND owner = ?1",
                [owner, State::Unprocessed.code(), State::Waiting.code()],
                |row| row.get(0),
            ),
        }?;
        let hidden = self.hidden(owner, now)?;
        Ok(stored
            .unwrap_or(0)
            .saturating_sub(hidden)
            .try_into()
            .unwrap_or(0))
    }

    /// Feedback that is hidden at `now`: of that owner, or of all.
    fn hidden(&self, owner: Option<i64>, now: Moment) -> Result<i64> {
        let count = self.first(
            "SELECT count(*) FROM feedback INDEXED BY feedback_hidden
             WHERE state < 2 AND deleted = 0 AND hidden_until > 0 AND hidden_until > ?1
               AND (?2 IS NULL OR owner_sort = ?2)",
            rusqlite::params![now.0, owner],
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or(0))
    }

    fn list<'a>(
        &'a self,
        query: &'a Query,
        context: &'a FilterContext,
    ) -> std::result::Result<List<'a>, FilterError> {
        let mut list = List {
            reader: self,
            query,
            context,
            filter: compile(self, query, context)?,
            order: Order::new(&query.sort),
            best: None,
            held: OnceCell::new(),
            lent: OnceCell::new(),
            paused: Cell::new(false),
        };
        if query.is_ranked(is_searchable) {
            list.rank()?;
        }
        Ok(list)
    }
}

impl List<'_> {
    /// The statement for one step, and its values but the last: how many rows are wanted.
    ///
    /// The step comes before the filter: where both bound the same column (`age:`), SQLite seeks by the one that comes
    /// first, and the step's is the nearer one.
    fn select(&self, what: &str, step: &Step) -> (String, Vec<Value>) {
        let (found, number) = self.among_found();
        let open = self.filter.counted.map(open_of);
        let (condition, values) = match &open {
            // This includes what is hidden; whoever shows it asks `to_be_left_out`.
            Some((condition, owner)) => (*condition, owner.as_slice()),
            None => (self.filter.condition.as_str(), self.filter.binds.as_slice()),
        };
        let sql = format!(
            "SELECT {what} FROM {} WHERE {}{condition}{found} ORDER BY {} LIMIT ?",
            self.filter.from(&self.order, false),
            step.condition,
            step.order_by,
        );
        let binds = step.binds.iter().chain(values);
        (sql, binds.cloned().chain(number).collect())
    }

    /// What [`List::select`] finds that is not in the list: of what is unprocessed, whatever is hidden. Whether a row is
    /// hidden stands in the row, and the index tells all else: so no row is read but those that are shown.
    fn to_be_left_out(&self) -> Result<Arc<RoaringBitmap>> {
        match self.filter.counted {
            Some(_) => self.reader.hidden_feedback(self.context.now),
            None => Ok(Arc::default()),
        }
    }

    fn count(&self, step: &Step) -> Result<u64> {
        let (found, number) = self.among_found();
        let sql = format!(
            "SELECT count(*) FROM {} WHERE {}{}{found}",
            self.filter.from(&self.order, false),
            step.condition,
            self.filter.condition,
        );
        let binds = step.binds.iter().chain(&self.filter.binds).chain(&number);
        let count = self
            .reader
            .first(&sql, params_from_iter(binds), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0).try_into().unwrap_or(0))
    }

    /// [`List::count`] for what is unprocessed, of one owner or of all: what is open, from the index alone, without
    /// what is hidden, of which there is little. Whether a row is hidden stands in the row.
    fn count_unprocessed(&self, step: &Step, owner: Option<i64>, now: Moment) -> Result<u64> {
        let (condition, owner) = open_of(owner);
        let open = format!(
            "SELECT count(*) FROM {} WHERE {}{condition}",
            self.filter.from(&self.order, false),
            step.condition,
        );
        let hidden = format!(
            "SELECT count(*) FROM feedback f INDEXED BY feedback_hidden
             WHERE {}{condition} AND f.hidden_until > 0 AND f.hidden_until > ?",
            step.condition,
        );
        let mut binds = step.binds.clone();
        binds.extend(owner);
        let count = |sql: &str, binds: &[Value]| {
            let count = self
                .reader
                .first(sql, params_from_iter(binds), |row| row.get(0))?;
            Ok::<i64, StoreError>(count.unwrap_or(0))
        };
        let open = count(&open, &binds)?;
        binds.push(Value::Integer(now.0));
        let hidden = count(&hidden, &binds)?;
        Ok(open.saturating_sub(hidden).try_into().unwrap_or(0))
    }

    /// At most `limit` local keys from `start` on.
    fn walk(&self, start: &Start, direction: Direction, limit: usize) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        self.each_from(start, (direction, limit), &mut |local| {
            if found.len() < limit {
                found.push(local);
            }
            Ok(found.len() < limit)
        })?;
        Ok(found)
    }

    /// Shows the local keys of the whole list to `visit`, until it says `false`.
    fn each(&self, visit: &mut dyn FnMut(i64) -> Result<bool>) -> Result<()> {
        self.each_from(&Start::End, (Direction::Forward, usize::MAX), visit)
    }

    /// Shows the local keys from `start` on to `visit`, until it says `false`, which it does after `most` of them if not
    /// before.
    fn each_from(
        &self,
        start: &Start,
        (direction, most): (Direction, usize),
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<()> {
        match &self.best {
            Some(best) => self.each_of_best(best, start, (direction, most), visit),
            None => self
                .each_by_order(start, (direction, most), visit)
                .map(drop),
        }
    }

    /// The same in the order alone; answers whether `visit` wants more.
    fn each_by_order(
        &self,
        start: &Start,
        (direction, most): (Direction, usize),
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<bool> {
        if let Some(unproven) = self.unproven() {
            return self.each_unproven(unproven, start, (direction, most), visit);
        }
        let mut start = start.clone();
        if direction == Direction::Forward && self.is_met_by_weeks()? {
            match self.each_by_weeks(&start, visit)? {
                Ok(wants_more) => return Ok(wants_more),
                Err(reached) => start = reached,
            }
        }
        let start = &start;
        if let Some(held) = self.held()? {
            for (_, local) in self.held_from(held, start, direction) {
                if !visit(*local)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let left_out = self.to_be_left_out()?;
        let rows = (most as u64).saturating_add(left_out.len());
        let limit = i64::try_from(rows).unwrap_or(-1);
        for step in &self.steps(start, direction) {
            let (sql, mut binds) = self.select("f.id", step);
            binds.push(Value::Integer(limit));
            let mut statement = self.reader.connection().prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(binds))?;
            while let Some(row) = rows.next()? {
                let local = row.get(0)?;
                if u32::try_from(local).is_ok_and(|local| left_out.contains(local)) {
                    continue;
                }
                if !visit(local)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The steps that lead on from `start`.
    fn steps(&self, start: &Start, direction: Direction) -> Vec<Step> {
        match start {
            Start::End | Start::Best(_) => vec![self.order.whole(direction)],
            Start::At(position, inclusive) => self.order.beyond(position, direction, *inclusive),
        }
    }
}

/// The condition for what is open, of one owner (0: nobody) or of all, and that owner: an index tells it alone.
fn open_of(owner: Option<i64>) -> (&'static str, Option<Value>) {
    match owner {
        None => ("f.state < 2 AND f.deleted = 0", None),
        Some(owner) => (
            "f.state < 2 AND f.deleted = 0 AND f.owner_sort = ?",
            Some(Value::Integer(owner)),
        ),
    }
}

#[cfg(test)]
mod tests;
