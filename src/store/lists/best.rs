//! The order of a search: the best of the newest matches first, then the rest, the newest first.
//!
//! ```text
//! the newest 100 matches, by how well they answer        edge        whatever is older, by age
//! ├──────────────── best ────────────────────────────────┤├───────── rest ──────────────────────…
//! ```
//!
//! The rest lies beyond the oldest of the best, so that it is one range of the index, and every window, count and mark
//! follows the same order. A row that was taken out of the best stands where its score would put it.

use std::collections::HashSet;

use roaring::RoaringBitmap;
use rusqlite::types::Value;

use super::{List, Start};
use crate::domain::feedback::FeedbackRow;
use crate::query::{Expr, Query, Term};
use crate::search::{Asked, Sought};
use crate::store::derived::index::after_last_week;
use crate::store::filter::FilterContext;
use crate::store::key::to_blob;
use crate::store::names::FilterError;
use crate::store::order::Direction;
use crate::store::search_door::{Head, RANKED, Ranked};
use crate::store::{Reader, Result};

/// The best, and what lies beyond them.
pub(super) struct Best {
    head: Head,
    locals: HashSet<i64>,
}

/// Where the matches are so close that walking past so many rows leads to [`RANKED`] of them, they are met by walking.
const MOST_PASSED: u64 = 4_000;

impl List<'_> {
    /// Puts the list into the order of a search.
    pub(super) fn rank(
        &mut self,
        query: &Query,
        context: &FilterContext,
    ) -> std::result::Result<(), FilterError> {
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
            Some(head) if self.reader.is_still_so(&head, context)? => head,
            _ => {
                let newest = self.newest()?;
                let edge = newest.get(RANKED - 1).copied();
                let (rows, scale) = self.reader.rank(&newest, asked)?;
                let edge = rows.iter().find(|row| Some(row.local) == edge);
                let head = Head {
                    query: query.clone(),
                    me: context.me.clone(),
                    now: context.now,
                    version,
                    edge: edge.map(|row| (row.received, row.local)),
                    rows,
                    scale,
                };
                self.reader.memory().remember_head(&head);
                head
            }
        };
        let locals = head.rows.iter().map(|row| row.local).collect();
        self.best = Some(Best { head, locals });
        Ok(())
    }

    /// The newest of the list, the newest first: at most [`RANKED`].
    fn newest(&self) -> Result<Vec<i64>> {
        let Some(found) = &self.filter.found else {
            return Ok(Vec::new());
        };
        let enough = RANKED as u64;
        let is_dense = enough * self.reader.live_feedback()? <= MOST_PASSED * found.set.len();
        if is_dense || self.held()?.is_some() {
            return self.walk(&Start::End, Direction::Forward, RANKED);
        }
        let mut newest = Vec::new();
        let mut rest = found.set.clone();
        let mut weeks = after_last_week();
        while newest.len() < RANKED && !rest.is_empty() {
            let some = self.reader.newest_weeks(&mut weeks, &mut rest, enough)?;
            self.append_proven(&some, &mut newest)?;
        }
        Ok(newest)
    }

    /// Appends what matches among these, the newest first.
    fn append_proven(&self, some: &RoaringBitmap, newest: &mut Vec<i64>) -> Result<()> {
        for (_, local) in self.read_by_key(some)? {
            if newest.len() == RANKED {
                break;
            }
            if self.is_proven(local)? {
                newest.push(local);
            }
        }
        Ok(())
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
                Start::At(..) => {
                    return self
                        .each_by_order(start, (direction, most), visit)
                        .map(drop);
                }
            };
            for row in &rows[from..] {
                if !visit(row.local)? {
                    return Ok(());
                }
            }
            return match best.head.edge {
                Some(edge) => {
                    let beyond = Start::At(position(edge), false);
                    self.each_by_order(&beyond, (direction, most), visit)
                        .map(drop)
                }
                None => Ok(()),
            };
        }
        let mut before = rows.len();
        if let Start::Best(place) = start {
            before = *place;
        } else if best.head.edge.is_some() {
            let mut wants_more = true;
            self.each_by_order(start, (direction, most), &mut |local| {
                if best.locals.contains(&local) {
                    return Ok(false);
                }
                wants_more = visit(local)?;
                Ok(wants_more)
            })?;
            if !wants_more {
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
        if best.head.edge.is_some_and(|edge| (received, local) < edge) {
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

impl Reader<'_> {
    /// Whether nothing that depends on the clock has changed since the best were found.
    fn is_still_so(&self, head: &Head, context: &FilterContext) -> Result<bool> {
        if head.now == context.now {
            return Ok(true);
        }
        if head.query.expr.as_ref().is_some_and(asks_for_age) {
            return Ok(false);
        }
        let (from, until) = (head.now.min(context.now), head.now.max(context.now));
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

/// A place in the order by age.
fn position((received, local): (i64, i64)) -> Vec<Value> {
    vec![Value::Integer(received), Value::Integer(local)]
}
