//! Lists of what has a phrase, which only the texts can tell: walked as far as texts may be read at once.
//!
//! ```text
//!            known to match           passed, texts read              not looked at
//! start ├──── m ─── m ────── m ──────────────────────────┤ reached ├─ … ─ … ──────────
//! ```
//!
//! What was found on the way, and how far the walk came, is remembered: whoever asks again, from the same start or from
//! behind one of the rows that were found, is led on from there. Nothing is remembered of walks that take what they need.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{List, Position, Start};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::query::Query;
use crate::store::Result;
use crate::store::filter::Route;
use crate::store::order::{Column, Direction};
use crate::store::search_door::{Unproven, Version};

/// How many texts are read at once, at first and at most: a dense list is full soon.
const FIRST: usize = 64;
const LAST: usize = 512;

/// With less than that it is not worth going on.
const LEAST: u32 = 32;

/// What a walk that has to begin anew may pass beyond others.
const MORE: u32 = 8_192;

/// How far a walk came.
#[derive(Debug)]
pub(in crate::store) struct Walked {
    query: Query,
    me: Option<Handle>,
    now: Moment,
    version: Version,
    direction: Direction,
    start: Start,
    /// The rows that it found.
    matches: Vec<(Position, i64)>,
    /// From where it goes on; `None` when it came to the end.
    reached: Option<Start>,
    /// Whether it stopped before it had what it was to find.
    paused: bool,
    /// What it was allowed beyond what others are.
    more: u32,
}

/// Why no more candidates are shown.
pub(super) enum Ended {
    /// There are none.
    Over,
    /// No more are wanted.
    Enough,
    /// No more may be read; those behind this place were not shown.
    Paused(Start),
}

impl List<'_> {
    /// Shows the local keys of what matches to `visit`, from `start` on, as far as texts may be read; answers whether
    /// it wants more and there are none.
    pub(super) fn each_unproven(
        &self,
        unproven: &Unproven,
        start: &Start,
        (direction, most): (Direction, usize),
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<bool> {
        let remembers = self.reader.left().is_some();
        let mut walk = match remembers {
            true => self.remembered(start, direction)?,
            false => self.begun(start, direction, 0)?,
        };
        for (_, local) in &walk.matches {
            if !visit(*local)? {
                self.remember(walk);
                return Ok(false);
            }
        }
        let Some(from) = walk.reached.take() else {
            self.remember(walk);
            return Ok(true);
        };
        let matches = &mut walk.matches;
        let mut last = None;
        let ended = self.each_candidate(&from, (direction, most), &mut |some| {
            for (position, local) in self.proven_of(unproven, some)? {
                let wants_more = visit(local)?;
                if !wants_more {
                    last = Some(Start::At(position.clone(), false));
                }
                if remembers {
                    matches.push((position, local));
                }
                if !wants_more {
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        (walk.reached, walk.paused) = match ended {
            Ended::Over => (None, false),
            Ended::Enough => (last, false),
            Ended::Paused(place) => (Some(place), true),
        };
        let is_over = walk.reached.is_none();
        if walk.paused {
            self.paused.set(true);
        }
        if remembers {
            self.remember(walk);
        }
        Ok(is_over)
    }

    /// Those of some rows whose texts match.
    pub(super) fn proven_of(
        &self,
        unproven: &Unproven,
        mut some: Vec<(Position, i64)>,
    ) -> Result<Vec<(Position, i64)>> {
        let set = some
            .iter()
            .filter_map(|(_, local)| u32::try_from(*local).ok());
        let proven = self.reader.prove_these(&set.collect(), unproven)?;
        some.retain(|(_, local)| u32::try_from(*local).is_ok_and(|local| proven.contains(local)));
        Ok(some)
    }

    /// Shows what is in the list if it has the phrases, from `start` on and some rows at a time, until `take` says `false`;
    /// `most` is what it takes at most. No more at a time than texts may be read.
    pub(super) fn each_candidate(
        &self,
        start: &Start,
        (direction, most): (Direction, usize),
        take: &mut dyn FnMut(Vec<(Position, i64)>) -> Result<bool>,
    ) -> Result<Ended> {
        if self.is_spent() {
            return Ok(Ended::Paused(start.clone()));
        }
        let mut start = start.clone();
        if direction == Direction::Forward && self.is_read_by_weeks()? {
            match self.candidates_by_weeks(&start, most, take)? {
                Ok(ended) => return Ok(ended),
                Err(reached) => start = reached,
            }
        }
        let start = &start;
        let mut size = most.clamp(4, FIRST);
        let mut batch = Vec::new();
        if let Some(held) = self.held()? {
            for row in self.held_from(held, start, direction) {
                batch.push(row.clone());
                if batch.len() >= size.min(self.texts_beside(0)) {
                    size = LAST.min(2 * size);
                    let place = Start::At(row.0.clone(), false);
                    if !take(std::mem::take(&mut batch))? {
                        return Ok(Ended::Enough);
                    }
                    if self.is_spent() {
                        return Ok(Ended::Paused(place));
                    }
                }
            }
            return self.last_of(batch, take);
        }
        let Some(found) = &self.filter.found else {
            return Ok(Ended::Over);
        };
        let columns: Vec<&str> = self.order.columns().map(Column::name).collect();
        let (condition, values) = self.on_the_way();
        for step in self.steps(start, direction) {
            // Whether a row was found is asked here and not by SQLite, so that rows can be counted as they are passed.
            let sql = format!(
                "SELECT {}, f.id FROM {} WHERE {}{condition} ORDER BY {}",
                columns.join(", "),
                self.filter.from(&self.order, false),
                step.condition,
                step.order_by,
            );
            let mut statement = self.reader.connection().prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(step.binds.iter().chain(values)))?;
            let mut passed = 0;
            while let Some(row) = rows.next()? {
                passed += 1;
                let position = || {
                    let position = (0..columns.len()).map(|index| row.get(index));
                    position.collect::<rusqlite::Result<Position>>()
                };
                let local: i64 = row.get(columns.len())?;
                if u32::try_from(local).is_ok_and(|local| found.set.contains(local)) {
                    batch.push((position()?, local));
                }
                let room = self.reader.left().unwrap_or(u32::MAX);
                let is_far = passed + LEAST >= room;
                if !is_far && batch.len() < size.min(self.texts_beside(passed)) {
                    continue;
                }
                size = LAST.min(2 * size);
                self.reader.spend(passed);
                passed = 0;
                if !take(self.in_the_list(std::mem::take(&mut batch), direction)?)? {
                    return Ok(Ended::Enough);
                }
                if is_far || self.is_spent() {
                    return Ok(Ended::Paused(Start::At(position()?, false)));
                }
            }
            self.reader.spend(passed);
        }
        let batch = self.in_the_list(batch, direction)?;
        self.last_of(batch, take)
    }

    /// The same by the weeks in which they were received; or from where the list is to be walked otherwise.
    fn candidates_by_weeks(
        &self,
        start: &Start,
        most: usize,
        take: &mut dyn FnMut(Vec<(Position, i64)>) -> Result<bool>,
    ) -> Result<std::result::Result<Ended, Start>> {
        let mut size = most.clamp(4, FIRST);
        let mut ended = Ended::Over;
        let walked = self.some_by_weeks(start, &mut |mut rows| {
            while !rows.is_empty() {
                let rest = rows.split_off(size.min(self.texts_beside(0)).min(rows.len()));
                let place = rows.last().map(|(position, _)| position.clone());
                size = LAST.min(2 * size);
                if !take(std::mem::replace(&mut rows, rest))? {
                    ended = Ended::Enough;
                    return Ok(false);
                }
                if let Some(place) = place.filter(|_| self.is_spent()) {
                    ended = Ended::Paused(Start::At(place, false));
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        Ok(walked.map(|_| ended))
    }

    fn last_of(
        &self,
        batch: Vec<(Position, i64)>,
        take: &mut dyn FnMut(Vec<(Position, i64)>) -> Result<bool>,
    ) -> Result<Ended> {
        Ok(match batch.is_empty() || take(batch)? {
            true => Ended::Over,
            false => Ended::Enough,
        })
    }

    /// The condition on the rows that are passed, and its values. It is the whole filter where only the rows of some value
    /// are passed, and else no more than what makes an index serve: a selective one would have SQLite pass many rows at once.
    fn on_the_way(&self) -> (&str, &[Value]) {
        match self.filter.route {
            Route::Open => ("f.state < 2 AND f.deleted = 0", &[]),
            Route::All => ("f.deleted = 0", &[]),
            _ => (&self.filter.condition, &self.filter.binds),
        }
    }

    /// Those of some rows that match the whole filter but for its phrases.
    fn in_the_list(
        &self,
        some: Vec<(Position, i64)>,
        direction: Direction,
    ) -> Result<Vec<(Position, i64)>> {
        let is_told = self.filter.told || !matches!(self.filter.route, Route::Open | Route::All);
        if is_told || some.is_empty() {
            return Ok(some);
        }
        self.reader.spend_rows(some.len());
        let set = some
            .iter()
            .filter_map(|(_, local)| u32::try_from(*local).ok());
        let mut rows = self.read_by_key(&set.collect())?;
        if direction == Direction::Backward {
            rows.reverse();
        }
        Ok(rows)
    }

    /// How many texts may be read beside passing rows; at least one.
    fn texts_beside(&self, passed: u32) -> usize {
        self.reader.texts_left_beside(passed).max(1)
    }

    fn is_spent(&self) -> bool {
        self.reader.left().is_some_and(|left| left < LEAST)
    }

    /// A walk from its beginning.
    fn begun(&self, start: &Start, direction: Direction, more: u32) -> Result<Walked> {
        self.reader.allow(more);
        Ok(Walked {
            query: self.query.clone(),
            me: self.context.me.clone(),
            now: self.context.now,
            version: self.reader.version()?,
            direction,
            start: start.clone(),
            matches: Vec::new(),
            reached: Some(start.clone()),
            paused: false,
            more,
        })
    }

    /// A walk as it was left, if it leads on from `start`.
    fn remembered(&self, start: &Start, direction: Direction) -> Result<Walked> {
        let known = {
            let mut walks = self.reader.memory().walks.borrow_mut();
            let is_it = |walk: &Walked| {
                walk.direction == direction
                    && walk.query == *self.query
                    && walk.me == self.context.me
            };
            let place = walks.iter().position(is_it);
            place.map(|place| walks.remove(place))
        };
        let Some(known) = known else {
            return self.begun(start, direction, 0);
        };
        let (paused, more, then) = (known.paused, known.more, known.now);
        if known.version == self.reader.version()?
            && self
                .reader
                .is_still_so(self.query, then, self.context.now)?
            && let Some(walk) = known.from(start)
        {
            return Ok(Walked {
                now: self.context.now,
                more: 0,
                ..walk
            });
        }
        // It must not begin anew for ever: each time it comes further.
        let more = if paused {
            more.saturating_mul(2).max(MORE)
        } else {
            0
        };
        self.begun(start, direction, more)
    }

    /// Keeps how far a walk came: one in each direction, for the query that was asked last.
    fn remember(&self, walk: Walked) {
        let mut walks = self.reader.memory().walks.borrow_mut();
        walks.retain(|other| other.direction != walk.direction);
        walks.push(walk);
    }
}

impl Walked {
    /// What of it lies beyond `start`, if it came by there.
    fn from(mut self, start: &Start) -> Option<Self> {
        if *start == self.start {
            return Some(self);
        }
        let Start::At(wanted, false) = start else {
            return None;
        };
        let place = self.matches.iter().position(|(here, _)| here == wanted)?;
        self.matches.drain(..=place);
        self.start = start.clone();
        Some(self)
    }
}
