//! Windows on a list: at an end, behind or before a row, around a row.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{List, Position, Start};
use crate::domain::feedback::FeedbackRow;
use crate::domain::listing::FeedbackWindow;
use crate::store::key::to_blob;
use crate::store::order::{Column, Direction};
use crate::store::{Result, feedback_row};

impl List<'_> {
    /// The window at one end of the list.
    pub(super) fn at_end(&self, direction: Direction, limit: usize) -> Result<FeedbackWindow> {
        let mut ids = self.walk(&Start::End, direction, limit.saturating_add(1))?;
        let more = ids.len() > limit || self.paused.get();
        ids.truncate(limit);
        self.window(ids, direction, false, more)
    }

    /// The window on what lies beyond `row`.
    pub(super) fn beyond(
        &self,
        row: &FeedbackRow,
        direction: Direction,
        limit: usize,
    ) -> Result<FeedbackWindow> {
        // The row itself is behind the window, unless it was taken out of the list; then what is behind it is.
        let back = match direction {
            Direction::Forward => Direction::Backward,
            Direction::Backward => Direction::Forward,
        };
        let behind = self.start(row, back, true)?;
        let behind = !self.walk(&behind, back, 1)?.is_empty() || self.paused.get();
        let start = self.start(row, direction, false)?;
        let mut ids = self.walk(&start, direction, limit.saturating_add(1))?;
        let more = ids.len() > limit || self.paused.get();
        ids.truncate(limit);
        self.window(ids, direction, behind, more)
    }

    /// Half a window before the row and the rest from it on; where one side is short, the other fills the window.
    pub(super) fn around(&self, row: &FeedbackRow, limit: usize) -> Result<FeedbackWindow> {
        let (ahead, behind) = match (&self.best, self.present(row)?) {
            (None, Some(position)) => (
                Start::At(position.clone(), true),
                Start::At(position, false),
            ),
            _ => (
                self.start(row, Direction::Forward, true)?,
                self.start(row, Direction::Backward, false)?,
            ),
        };
        let enough = limit.saturating_add(1);
        let ahead = self.walk(&ahead, Direction::Forward, enough)?;
        let behind = self.walk(&behind, Direction::Backward, enough)?;
        let room = limit.saturating_sub(ahead.len());
        let before = (limit / 2).max(room).min(behind.len());
        let after = limit.saturating_sub(before).min(ahead.len());
        let ids = behind[..before].iter().rev().chain(&ahead[..after]);
        let ids: Vec<i64> = ids.copied().collect();
        Ok(FeedbackWindow {
            rows: feedback_row::rows(self.reader, &ids)?,
            before: before < behind.len() || self.paused.get(),
            after: after < ahead.len() || self.paused.get(),
            at: before,
            unfinished: false,
        })
    }

    /// From where the list is walked to have what lies beyond `row`, as it was shown; with `inclusive`, the row itself first.
    pub(super) fn start(
        &self,
        row: &FeedbackRow,
        direction: Direction,
        inclusive: bool,
    ) -> Result<Start> {
        match &self.best {
            Some(best) => self.start_among_best(best, row, direction, inclusive),
            None => Ok(Start::At(self.position(row)?, inclusive)),
        }
    }

    /// A window out of local keys in the direction in which they were found.
    fn window(
        &self,
        mut ids: Vec<i64>,
        direction: Direction,
        behind: bool,
        ahead: bool,
    ) -> Result<FeedbackWindow> {
        let (before, after) = match direction {
            Direction::Forward => (behind, ahead),
            Direction::Backward => {
                ids.reverse();
                (ahead, behind)
            }
        };
        Ok(FeedbackWindow {
            rows: feedback_row::rows(self.reader, &ids)?,
            before,
            after,
            at: 0,
            unfinished: false,
        })
    }

    /// Where `row` is in the list now; `None` when it does not match (any more).
    pub(super) fn present(&self, row: &FeedbackRow) -> Result<Option<Position>> {
        let columns: Vec<&str> = self.order.columns().map(Column::name).collect();
        let (found, number) = self.among_found();
        let sql = format!(
            "SELECT {} FROM feedback f WHERE {}{found} AND f.key = ?",
            columns.join(", "),
            self.filter.condition
        );
        let mut binds = self.filter.binds.clone();
        binds.extend(number);
        binds.push(Value::Blob(to_blob(row.id.0).to_vec()));
        self.reader.first(&sql, params_from_iter(binds), |found| {
            (0..columns.len()).map(|index| found.get(index)).collect()
        })
    }

    /// Where `row`, as it was shown, is or was in the list.
    ///
    /// What a row does not show comes from the file: its local key, and how its company sorts. One that was erased
    /// counts as the first of its ties.
    pub(super) fn position(&self, row: &FeedbackRow) -> Result<Position> {
        let stored = self.reader.first(
            "SELECT id, company_sort FROM feedback WHERE key = ?1",
            [to_blob(row.id.0)],
            |found| Ok((found.get(0)?, found.get(1)?)),
        )?;
        let (id, company): (i64, String) = stored.unwrap_or_default();
        let importance = row.importance.map_or(1, |importance| -importance.code());
        Ok(self
            .order
            .columns()
            .map(|column| match column {
                Column::Received => Value::Integer(row.received.0),
                Column::Importance => Value::Integer(importance),
                Column::Company => Value::Text(company.clone()),
                Column::Id => Value::Integer(id),
            })
            .collect())
    }
}
