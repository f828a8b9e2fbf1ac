//! The order of a search: the best of the newest matches first, then the rest, the newest first.
//!
//! ```text
//! the newest matches, by how well they answer            edge        whatever is older, by age
//! ├──────────────── best ────────────────────────────────┤├───────── rest ───── t ──────────────…
//!        ↑                                                                      │
//!        └── has all words in its title ────────────────────────────────────────┘
//! ```
//!
//! The best are 100 together. Those of the rest that have all words in the title (`search_door/titles.rs`) stand among them,
//! and are passed where they would stand by age.
//!
//! Of a phrase the best are among the newest 160 that have its words: which of them have it in a row is told by their texts,
//! and what comes first must be known before anything is shown.
//!
//! The rest lies beyond the oldest of the best, so that it is one range of the index, and every window, count and mark
//! follows the same order. A row that was taken out of the best stands where its score would put it.

use std::collections::HashSet;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{List, Position, Start};
use crate::domain::feedback::FeedbackRow;
use crate::domain::moment::Moment;
use crate::query::{Expr, Query, Term};
use crate::search::{Asked, Sought};
use crate::store::derived::index::after_last_week;
use crate::store::key::to_blob;
use crate::store::names::FilterError;
use crate::store::order::Direction;
use crate::store::search_door::{
    Found, Head, MOST_TITLED, RANKED, Ranked, Unproven, Version, looked_at,
};
use crate::store::{Reader, Result};

/// The best, and what lies beyond them.
pub(super) struct Best {
    head: Head,
    locals: HashSet<i64>,
    /// Where those of them would stand by age that are older than the edge: when received, and the local key.
    fetched: Vec<(i64, i64)>,
}

impl Best {
    fn of(head: Head) -> Self {
        let is_older = |place: &(i64, i64)| head.edge.is_some_and(|edge| *place < edge);
        let places = head.rows.iter().map(Ranked::place);
        Self {
            locals: head.rows.iter().map(|row| row.local).collect(),
            fetched: places.filter(is_older).collect(),
            head,
        }
    }

    fn is_fetched(&self, local: i64) -> bool {
        self.fetched.iter().any(|(_, fetched)| *fetched == local)
    }

    /// How many rows stand before a place of the rest that would stand behind it by age.
    pub(super) fn fetched_from_behind(&self, place: (i64, i64)) -> u64 {
        self.fetched.iter().filter(|row| **row < place).count() as u64
    }
}

/// The newest matches, and beyond which moment and local key the rest of the list lies, where that is not the last of them.
type Newest = (Vec<i64>, Option<(i64, i64)>);

/// So many of the newest that have the words of a phrase are tried for it, and those that have it put in order; what is
/// older follows by age. They are read before anything is shown: a millisecond or two.
const MOST_TRIED: usize = if cfg!(test) { 8 } else { 160 };

/// Where the matches are so close that walking past so many rows leads to [`RANKED`] of them, they are met by walking.
const MOST_PASSED: u64 = 4_000;

impl List<'_> {
    /// Puts the list into the order of a search.
    pub(super) fn rank(&mut self) -> std::result::Result<(), FilterError> {
        let (query, context) = (self.query, self.context);
        let asked: Vec<Asked> = query.texts().into_iter().filter_map(asked).collect();
        if asked.is_empty() {
            return Ok(());
        }
        self.order = Self::newest_first();
        let version = self.reader.version()?;
        let remembered = self.reader.memory().remembered_head();
        let head = match remembered
            .filter(|head| head.query == *query && head.me == context.me && head.version == version)
        {
            Some(head) if self.reader.is_still_so(query, head.now, context.now)? => head,
            _ => {
                let head = self.head(asked, version)?;
                self.reader.memory().remember_head(&head);
                head
            }
        };
        self.best = Some(Best::of(head));
        Ok(())
    }

    /// Finds the best, and puts them in order.
    fn head(&self, asked: Vec<Asked>, version: Version) -> Result<Head> {
        let (newest, mut edge) = match self.unproven() {
            None => (self.walk(&Start::End, Direction::Forward, RANKED)?, None),
            Some(unproven) => {
                let newest = || self.newest_proven(unproven);
                self.reader.as_a_whole(newest)?
            }
        };
        let mut among = match newest.len() >= RANKED || edge.is_some() {
            true => self.titled(&asked)?,
            false => Vec::new(),
        };
        let room = RANKED - among.len();
        let rest = newest.into_iter().filter(|local| !among.contains(local));
        let rest: Vec<i64> = rest.take(room).collect();
        among.extend(&rest);
        let (rows, scale) = self.reader.rank(&among, asked)?;
        if let Some(last) = rest.get(room - 1) {
            let last = rows.iter().find(|row| row.local == *last);
            edge = last.map(Ranked::place).or(edge);
        }
        Ok(Head {
            query: self.query.clone(),
            me: self.context.me.clone(),
            now: self.context.now,
            version,
            edge,
            rows,
            scale,
        })
    }

    /// What has all words in its title, the best first.
    fn titled(&self, asked: &[Asked]) -> Result<Vec<i64>> {
        let Some(found) = &self.filter.found else {
            return Ok(Vec::new());
        };
        let (from, binds) = self.by_key(&looked_at(&found.set));
        let sql = format!("SELECT f.id, f.received, f.title FROM {from}");
        let titled = self.reader.titled(&sql, params_from_iter(binds), asked)?;
        let best = titled.into_iter().take(MOST_TITLED);
        let mut best: Vec<i64> = best.map(|titled| titled.local).collect();
        if let Some(unproven) = self.unproven() {
            let set = best.iter().filter_map(|local| u32::try_from(*local).ok());
            let set = set.collect();
            let prove = || self.reader.prove_these(&set, unproven);
            let proven = self.reader.as_a_whole(prove)?;
            best.retain(|local| u32::try_from(*local).is_ok_and(|local| proven.contains(local)));
        }
        Ok(best)
    }

    /// Whether what was found is so close in the list that it is met by walking.
    fn is_dense(&self, found: &Found) -> Result<bool> {
        Ok(RANKED as u64 * self.reader.live_feedback()? <= MOST_PASSED * found.set.len())
    }

    /// The newest of the list where texts have to be read: at most [`RANKED`] of the newest [`MOST_TRIED`] that have the
    /// words.
    fn newest_proven(&self, unproven: &Unproven) -> Result<Newest> {
        let Some(found) = &self.filter.found else {
            return Ok((Vec::new(), None));
        };
        let (mut newest, mut tried, mut edge) = (Vec::new(), 0, None);
        let mut try_some = |mut some: Vec<(Position, i64)>| -> Result<bool> {
            some.truncate(MOST_TRIED - tried);
            tried += some.len();
            let last = some.last().cloned();
            newest.extend(
                self.proven_of(unproven, some)?
                    .into_iter()
                    .map(|(_, local)| local),
            );
            if tried == MOST_TRIED
                && let Some((position, _)) = last
            {
                edge = place_of(&position);
            }
            Ok(newest.len() < RANKED && tried < MOST_TRIED)
        };
        if self.is_dense(found)? || (!self.is_read_by_weeks()? && self.held()?.is_some()) {
            let from = (Start::End, Direction::Forward);
            self.each_candidate(&from.0, (from.1, RANKED), &mut try_some)?;
        } else {
            let mut rest = found.set.clone();
            let mut weeks = after_last_week();
            let mut wants_more = true;
            while wants_more && !rest.is_empty() {
                let some = self
                    .reader
                    .newest_weeks(&mut weeks, &mut rest, RANKED as u64)?;
                for some in self.read_by_key(&some)?.chunks(RANKED) {
                    wants_more = wants_more && try_some(some.to_vec())?;
                }
            }
        }
        if newest.len() >= RANKED {
            newest.truncate(RANKED);
            edge = None;
        }
        Ok((newest, edge))
    }

    /// Shows the local keys of a search from `start` on to `visit`, until it says `false`.
    pub(super) fn each_of_best(
        &self,
        best: &Best,
        start: &Start,
        (direction, most): (Direction, usize),
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<()> {
        let rows = &best.head.rows;
        if direction == Direction::Forward {
            let from = match start {
                Start::End => 0,
                Start::Best(place) => *place,
                Start::At(..) => return self.each_of_rest(best, start, (direction, most), visit),
            };
            for row in &rows[from..] {
                if !visit(row.local)? {
                    return Ok(());
                }
            }
            return match best.head.edge {
                Some(edge) => {
                    let beyond = Start::At(position(edge), false);
                    self.each_of_rest(best, &beyond, (direction, most), visit)
                }
                None => Ok(()),
            };
        }
        let mut before = rows.len();
        if let Start::Best(place) = start {
            before = *place;
        } else if best.head.edge.is_some() {
            let mut wants_more = true;
            self.each_of_rest(best, start, (direction, most), &mut |local| {
                if best.locals.contains(&local) {
                    return Ok(false);
                }
                wants_more = visit(local)?;
                Ok(wants_more)
            })?;
            if !wants_more || self.paused.get() {
                return Ok(());
            }
        }
        for row in rows[..before].iter().rev() {
            if !visit(row.local)? {
                break;
            }
        }
        Ok(())
    }

    /// The same in the order by age, without what stands among the best for its title.
    fn each_of_rest(
        &self,
        best: &Best,
        start: &Start,
        (direction, most): (Direction, usize),
        visit: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<()> {
        let most = most.saturating_add(best.fetched.len());
        self.each_by_order(start, (direction, most), &mut |local| {
            Ok(best.is_fetched(local) || visit(local)?)
        })
        .map(drop)
    }

    /// Where `row` stands, or would stand.
    pub(super) fn start_among_best(
        &self,
        best: &Best,
        row: &FeedbackRow,
        direction: Direction,
        inclusive: bool,
    ) -> Result<Start> {
        let rows = &best.head.rows;
        let sql = "SELECT id, received FROM feedback WHERE key = ?1";
        let stored = self.reader.first(sql, [to_blob(row.id.0)], |found| {
            Ok((found.get::<_, i64>(0)?, found.get::<_, i64>(1)?))
        })?;
        let (local, received) = stored.unwrap_or((0, row.received.0));
        if let Some(place) = rows.iter().position(|row| row.local == local) {
            let is_ahead = (direction == Direction::Forward) == inclusive;
            return Ok(Start::Best(if is_ahead { place } else { place + 1 }));
        }
        let is_older = best.head.edge.is_some_and(|edge| (received, local) < edge);
        if is_older && !self.is_taken_out(best, row)? {
            return Ok(Start::At(position((received, local)), inclusive));
        }
        let score = self.reader.score(local, &best.head.scale)?;
        let before = |here: &Ranked| match &score {
            Some(score) => here.compare(score).is_lt(),
            None => (here.received, here.local) > (received, local),
        };
        Ok(Start::Best(
            rows.iter().take_while(|row| before(row)).count(),
        ))
    }
}

impl List<'_> {
    /// Whether a row that stood among the best for its title is no longer in the list: then its place is still there.
    fn is_taken_out(&self, best: &Best, row: &FeedbackRow) -> Result<bool> {
        Ok(best.head.scale.is_titled(&row.title) && self.present(row)?.is_none())
    }
}

impl Reader<'_> {
    /// Whether nothing of the answer to a query that depends on the clock has changed from one moment to another.
    pub(super) fn is_still_so(&self, query: &Query, then: Moment, now: Moment) -> Result<bool> {
        if then == now {
            return Ok(true);
        }
        if query.expr.as_ref().is_some_and(asks_for_age) {
            return Ok(false);
        }
        let (from, until) = (then.min(now), then.max(now));
        let came_back = self.first(
            "SELECT 1 FROM feedback INDEXED BY feedback_hidden
             WHERE state < 2 AND deleted = 0 AND hidden_until > 0 AND hidden_until > ?1 AND hidden_until <= ?2 LIMIT 1",
            [from.0, until.0],
            |_| Ok(()),
        )?;
        Ok(came_back.is_none())
    }
}

fn asked(term: &Term) -> Option<Asked> {
    match term {
        Term::Word(text) => Asked::of(Sought::Unfinished(text)),
        Term::Phrase(text) => Asked::of(Sought::Whole(text)),
        _ => None,
    }
}

fn asks_for_age(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks_for_age),
        Expr::Not(part) => asks_for_age(part),
        Expr::Term(term) => matches!(term, Term::Age(_)),
    }
}

/// When the row at a position was received, and its local key, in the order by age.
fn place_of(position: &Position) -> Option<(i64, i64)> {
    match position.as_slice() {
        [Value::Integer(received), Value::Integer(local)] => Some((*received, *local)),
        _ => None,
    }
}

/// The same of where a list is walked from.
pub(super) fn place(start: &Start) -> Option<(i64, i64)> {
    match start {
        Start::At(position, _) => place_of(position),
        Start::End | Start::Best(_) => None,
    }
}

/// A place in the order by age.
fn position((received, local): (i64, i64)) -> Vec<Value> {
    vec![Value::Integer(received), Value::Integer(local)]
}
