//! The figures of the header: from counters and small ranges of indexes, never by counting rows of feedback.

use chrono::NaiveDate;

use super::feedback_row::handle;
use super::{Reader, Result};
use crate::domain::listing::Header;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

impl Reader<'_> {
    /// The figures at `now`, for a day that began at `start_of_today` in a week that began on `monday`, for `me`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn header(
        &self,
        now: Moment,
        start_of_today: Moment,
        monday: NaiveDate,
        me: Option<&Handle>,
    ) -> Result<Header> {
        let me = match me {
            Some(me) => self.person_by_handle(me.as_str())?,
            None => None,
        };
        let mine = match me {
            Some(me) => self.unprocessed(Some(me.local.0), now)?,
            None => 0,
        };
        let count = |number: i64| number.try_into().unwrap_or(0);
        Ok(Header {
            unprocessed: self.unprocessed(None, now)?,
            unassigned: self.unprocessed(Some(0), now)?,
            mine,
            snoozed: count(self.hidden(None, Some(0), now)?),
            waiting: count(self.hidden(None, Some(1), now)?),
            ideas: count(self.number(
                "SELECT count(*) FROM idea INDEXED BY idea_live WHERE deleted = 0 AND merged_into IS NULL",
                [],
            )?),
            done_today: count(self.number(
                "SELECT count(*) FROM feedback INDEXED BY feedback_by_processed
                 WHERE deleted = 0 AND processed_at IS NOT NULL AND processed_at >= ?1",
                [start_of_today.0],
            )?),
            on_duty: self.on_duty(monday)?,
        })
    }

    /// Who is on duty in the week of that Monday.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn on_duty(&self, monday: NaiveDate) -> Result<Option<Handle>> {
        let found = self.first(
            "SELECT p.handle FROM duty_week w JOIN person p ON p.id = w.person
             WHERE w.monday = ?1 AND w.deleted = 0 AND p.deleted = 0 ORDER BY w.id DESC",
            [monday.to_string()],
            |row| handle(row, 0),
        )?;
        Ok(found.flatten())
    }

    pub(super) fn number(&self, sql: &str, values: impl rusqlite::Params) -> Result<i64> {
        Ok(self.first(sql, values, |row| row.get(0))?.unwrap_or(0))
    }
}
