//! Lists of what was found by its words: how it is told which rows those are.
//!
//! A walk through the order's index meets a match every *rows ÷ matches* rows, and each row costs about 0.15 µs; reading a
//! match by its key costs about 1 µs. So many matches are met by walking, and few are read, sorted and held.

use std::cmp::Ordering;
use std::fmt::Write;
use std::sync::Arc;

use roaring::RoaringBitmap;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::best::place;
use super::{List, Position, Start};
use crate::domain::feedback::FeedbackRow;
use crate::domain::moment::DAY;
use crate::query::{Sort, SortKey};
use crate::store::Result;
use crate::store::derived::index::{after_last_week, week};
use crate::store::filter::Route;
use crate::store::order::{Column, Direction, Order};
use crate::store::search_door::{FOUND, Found, Unproven};

/// A walk for a window of 50 takes as long as reading *n* matches by their keys where *n*² is so many times the rows.
const EVEN: u64 = 8;

/// So many matches are held however few rows there are.
const ALWAYS_HELD: u64 = 256;

/// More matches than that, but fewer than one in so many rows, are met week by week from the newest on: only those of the
/// weeks that fill the window are read.
const MET_BY_WEEKS: (u64, u64) = if cfg!(test) { (3, 1) } else { (256, 32) };

/// More matches than that whose texts have to be read, too, are met week by week rather than held: a step comes no further than
/// the newest weeks, and each step would hold all of them.
const RATHER_BY_WEEKS: u64 = if cfg!(test) { 3 } else { 1_024 };

/// So many matches are read at once at least.
const WINDOW: u64 = if cfg!(test) { 2 } else { 64 };

/// So many matches of a week are read by their keys; in one with more they are met by walking.
const MOST_OF_A_WEEK: u64 = if cfg!(test) { 4 } else { 1_024 };

/// Matches are counted by their keys when they are fewer than one in so many rows.
const COUNTED_BY_KEY: u64 = 8;

impl List<'_> {
    /// The condition that a row is among what was found, and the number that it binds.
    pub(super) fn among_found(&self) -> (String, Option<Value>) {
        let Some(found) = &self.filter.found else {
            return (String::new(), None);
        };
        let (_, number) = self.lent.get_or_init(|| {
            let set = Arc::new(found.set.clone());
            let number = self.reader.memory().lend(&set);
            (set, number)
        });
        (format!(" AND {FOUND}"), Some(Value::Integer(*number)))
    }

    /// What only the texts tell of the rows that were found.
    pub(super) fn unproven(&self) -> Option<&Unproven> {
        self.filter.found.as_ref()?.unproven.as_ref()
    }

    /// How many rows a walk passes at most.
    fn rows(&self) -> Result<u64> {
        if self.filter.is_open() {
            Ok(self.reader.open_bits()?.len())
        } else {
            self.reader.live_feedback()
        }
    }

    /// The list in memory, when little was found.
    pub(super) fn held(&self) -> Result<Option<&[(Position, i64)]>> {
        if self.held.get().is_none() {
            let held = self.hold()?;
            // It was empty just now, and nobody else has it.
            let _ = self.held.set(held);
        }
        Ok(self.held.get().and_then(Option::as_deref))
    }

    fn hold(&self) -> Result<Option<Vec<(Position, i64)>>> {
        let Some(found) = &self.filter.found else {
            return Ok(None);
        };
        let matches = found.set.len();
        if matches > ALWAYS_HELD && matches * matches > EVEN * self.rows()? {
            return Ok(None);
        }
        self.read_by_key(&found.set).map(Some)
    }

    /// The rows among these local keys that match, in the order.
    pub(super) fn read_by_key(&self, locals: &RoaringBitmap) -> Result<Vec<(Position, i64)>> {
        let (sql, binds) = self.select_by_key(locals);
        let columns = self.order.columns().count();
        self.reader.collect(&sql, params_from_iter(binds), |row| {
            let position = (0..columns).map(|index| row.get(index));
            let position = position.collect::<rusqlite::Result<_>>()?;
            Ok((position, row.get(columns)?))
        })
    }

    /// The statement for these rows in the order, and its values.
    pub(super) fn select_by_key(&self, locals: &RoaringBitmap) -> (String, Vec<Value>) {
        let columns: Vec<&str> = self.order.columns().map(Column::name).collect();
        let (from, binds) = self.by_key(locals);
        let sql = format!(
            "SELECT {}, f.id FROM {from} ORDER BY {}",
            columns.join(", "),
            self.order.whole(Direction::Forward).order_by
        );
        (sql, binds)
    }

    /// What follows `FROM` to read the rows with these local keys that match, and its values.
    pub(super) fn by_key(&self, locals: &RoaringBitmap) -> (String, Vec<Value>) {
        let mut keys = String::with_capacity(8 * usize::try_from(locals.len()).unwrap_or(0) + 2);
        for local in locals {
            let between = if keys.is_empty() { '[' } else { ',' };
            // Writing to a string cannot fail.
            let _ = write!(keys, "{between}{local}");
        }
        keys.push_str(if keys.is_empty() { "[]" } else { "]" });
        let sql = format!(
            "{} WHERE f.id IN (SELECT value FROM json_each(?)) AND {}",
            self.filter.from(&self.order, true),
            self.filter.condition
        );
        let mut binds = vec![Value::Text(keys)];
        binds.extend_from_slice(&self.filter.binds);
        (sql, binds)
    }

    /// Whether what was found is met best by the weeks in which it was received.
    pub(super) fn is_met_by_weeks(&self) -> Result<bool> {
        let Some(found) = &self.filter.found else {
            return Ok(false);
        };
        let (few, sparse) = MET_BY_WEEKS;
        Ok(matches!(self.filter.route, Route::Open | Route::All)
            && found.set.len() > few
            && self.order == Self::newest_first()
            && found.set.len() * sparse < self.rows()?)
    }

    /// The same where the texts of what was found have to be read.
    pub(super) fn is_read_by_weeks(&self) -> Result<bool> {
        let many = |found: &Found| found.set.len() > RATHER_BY_WEEKS;
        Ok(self.filter.found.as_ref().is_some_and(many) && self.is_met_by_weeks()?)
    }

    /// Shows the local keys of what was found to `visit`, week by week from `start` on; answers whether it wants more and
    /// there are none, or from where the list is to be walked otherwise because a week has too many.
    pub(super) fn each_by_weeks(
        &self,
        start: &Start,
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<std::result::Result<bool, Start>> {
        self.some_by_weeks(start, &mut |some| {
            for (_, local) in some {
                if !visit(local)? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// The same for some rows at a time.
    pub(super) fn some_by_weeks(
        &self,
        start: &Start,
        take: &mut dyn FnMut(Vec<(Position, i64)>) -> Result<bool>,
    ) -> Result<std::result::Result<bool, Start>> {
        let mut reached = start.clone();
        let Some(found) = &self.filter.found else {
            return Ok(Err(reached));
        };
        let (mut weeks, bound) = match start {
            Start::At(position, inclusive) => match position.as_slice() {
                [Value::Integer(received), ..] => {
                    let next = week(received.saturating_add(7 * DAY));
                    // The first week and the last have no others before and behind them.
                    let weeks = match next == week(*received) {
                        true => after_last_week(),
                        false => next,
                    };
                    (weeks, Some((position, *inclusive)))
                }
                _ => return Ok(Err(reached)),
            },
            _ => (after_last_week(), None),
        };
        let is_ahead = |position: &Position| {
            bound.is_some_and(
                |(bound, inclusive)| match self.order.compare(position, bound) {
                    Ordering::Less => true,
                    Ordering::Equal => !inclusive,
                    Ordering::Greater => false,
                },
            )
        };
        let mut rest = found.set.clone();
        loop {
            let some = self.reader.weeks_from(&mut weeks, &mut rest, WINDOW)?;
            if some.len() > MOST_OF_A_WEEK {
                return Ok(Err(reached));
            }
            if some.is_empty() {
                return Ok(Ok(true));
            }
            let mut rows = self.read_by_key(&some)?;
            rows.retain(|(position, _)| !is_ahead(position));
            if let Some((last, _)) = rows.last() {
                reached = Start::At(last.clone(), false);
                if !take(rows)? {
                    return Ok(Ok(false));
                }
            }
        }
    }

    /// How many rows the list has, where no counter knows.
    pub(super) fn total(&self) -> Result<u64> {
        let Some(found) = &self.filter.found else {
            return self.count(&self.order.whole(Direction::Forward));
        };
        let set = self
            .reader
            .prove_all(found.set.clone(), found.unproven.as_ref())?;
        if self.filter.told {
            return Ok(set.len());
        }
        if set.len() * COUNTED_BY_KEY <= self.rows()? || found.set != set {
            let (from, binds) = self.by_key(&set);
            let sql = format!("SELECT count(*) FROM {from}");
            let count = self
                .reader
                .first(&sql, params_from_iter(binds), |row| row.get::<_, i64>(0))?;
            return Ok(count.unwrap_or(0).try_into().unwrap_or(0));
        }
        self.count(&self.order.whole(Direction::Forward))
    }

    /// How many rows of a search come before `row`.
    pub(super) fn found_before(&self, row: &FeedbackRow) -> Result<u64> {
        let start = self.start(row, Direction::Backward, false)?;
        if let Start::Best(place) = start {
            return Ok(place as u64);
        }
        let mut before = match (&self.best, place(&start)) {
            (Some(best), Some(place)) => best.fetched_from_behind(place),
            _ => 0,
        };
        let by_age = self.order.index_word() == Some("age") && self.filter.told;
        if let (Some(place), true, None) = (place(&start), by_age, self.held()?) {
            return Ok(before + self.before_by_weeks(place)?);
        }
        self.each_by_order(&start, (Direction::Backward, usize::MAX), &mut |_| {
            before += 1;
            Ok(true)
        })?;
        Ok(before)
    }

    /// How many of what was found come before a moment and local key, by the weeks that the index knows: the rows of one
    /// week are read.
    fn before_by_weeks(&self, place: (i64, i64)) -> Result<u64> {
        let Some(found) = &self.filter.found else {
            return Ok(0);
        };
        let mut rest = self
            .reader
            .prove_all(found.set.clone(), found.unproven.as_ref())?;
        let all = rest.len();
        let this_week = week(place.0);
        let mut weeks = after_last_week();
        let (mut newer, mut here) = (0, 0);
        while !rest.is_empty() && weeks > this_week {
            let some = self.reader.newest_weeks(&mut weeks, &mut rest, 1)?;
            if weeks > this_week {
                newer += some.len();
                continue;
            }
            for local in some {
                let sql = "SELECT received FROM feedback WHERE id = ?1";
                let received = self
                    .reader
                    .first(sql, [local], |row| row.get::<_, i64>(0))?;
                match received.map(|received| (received, i64::from(local)).cmp(&place)) {
                    Some(Ordering::Greater) => newer += 1,
                    Some(Ordering::Equal) => here += 1,
                    _ => {}
                }
            }
        }
        Ok(if self.order.is_newest_first() {
            newer
        } else {
            all - newer - here
        })
    }

    /// What is held from `start` on.
    pub(super) fn held_from<'h>(
        &self,
        held: &'h [(Position, i64)],
        start: &Start,
        direction: Direction,
    ) -> impl Iterator<Item = &'h (Position, i64)> + use<'h> {
        let split = |inclusive: bool, position: &Position| {
            held.partition_point(|(here, _)| match self.order.compare(here, position) {
                Ordering::Less => true,
                Ordering::Equal => inclusive,
                Ordering::Greater => false,
            })
        };
        let range = match (start, direction) {
            (Start::At(position, inclusive), Direction::Forward) => {
                split(!inclusive, position)..held.len()
            }
            (Start::At(position, inclusive), Direction::Backward) => 0..split(*inclusive, position),
            _ => 0..held.len(),
        };
        let last = range.start + range.end;
        range.map(move |place| match direction {
            Direction::Forward => &held[place],
            Direction::Backward => &held[last - 1 - place],
        })
    }

    /// The order of a search without another one: the newest first.
    pub(super) fn newest_first() -> Order {
        Order::new(&[Sort::by(SortKey::Age).reverse()])
    }
}
