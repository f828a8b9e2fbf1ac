//! The figures of the header: from counters and small ranges of indexes, never by counting rows of feedback.

use chrono::NaiveDate;
use rusqlite::params;

use super::feedback_row::handle;
use super::{Reader, Result};
use crate::domain::feedback::State;
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
        let sits_here = me.cloned();
        let me = match me {
            Some(me) => self.person_by_handle(me.as_str())?,
            None => None,
        };
        let me = me.map(|me| me.local.0);
        let open = self.first(
            "SELECT coalesce(sum(total), 0), coalesce(sum(total) FILTER (WHERE owner = 0), 0),
                coalesce(sum(total) FILTER (WHERE owner = ?1), 0)
             FROM feedback_count WHERE state < 2",
            [me],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]),
        )?;
        let hidden = self.first(
            "SELECT count(*), count(*) FILTER (WHERE owner_sort = 0), count(*) FILTER (WHERE owner_sort = ?2),
                count(*) FILTER (WHERE state = ?3), count(*) FILTER (WHERE state = ?4)
             FROM feedback INDEXED BY feedback_hidden
             WHERE state < 2 AND deleted = 0 AND hidden_until > 0 AND hidden_until > ?1",
            params![now.0, me, State::Unprocessed.code(), State::Waiting.code()],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]),
        )?;
        let [all, unassigned, mine]: [i64; 3] = open.unwrap_or_default();
        let [all_hidden, unassigned_hidden, mine_hidden, snoozed, waiting] =
            hidden.unwrap_or_default();
        let count = |number: i64| number.try_into().unwrap_or(0);
        Ok(Header {
            me: sits_here,
            unprocessed: count(all - all_hidden),
            unassigned: count(unassigned - unassigned_hidden),
            mine: count(mine - mine_hidden),
            snoozed: count(snoozed),
            waiting: count(waiting),
            // Counted by the pages of indexes, which are few.
            ideas: count(self.number(
                "SELECT (SELECT count(*) FROM idea_demand)
                    - (SELECT count(*) FROM idea WHERE deleted = 0 AND merged_into IS NOT NULL)",
                [],
            )?),
            dealt_with: count(self.number(
                "SELECT coalesce(sum(total), 0) FROM feedback_count WHERE state >= 2",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::{Entity, Value};
    use crate::domain::moment::{DAY, HOUR};
    use crate::store::Store;
    use crate::store::sample::{NOW, sample, text};

    fn monday() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 16).expect("a date")
    }

    fn office() -> (tempfile::TempDir, Store) {
        let (folder, store, ()) = sample(|make| {
            let number = Value::Integer;
            let hana = make.person("hana", "");
            make.add(
                Entity::DutyWeek,
                &[
                    ("monday", text(&monday().to_string())),
                    ("person", Value::Thing(hana)),
                ],
            );
            let mine = ("owner", Value::Thing(hana));
            make.feedback("mine", 1, std::slice::from_ref(&mine));
            make.feedback("nobody's", 1, &[]);
            let gone = make.feedback("gone", 1, &[]);
            make.set(Entity::Feedback, gone, "deleted", &number(1));
            let later = number(NOW.0 + HOUR);
            make.feedback("snoozed", 1, &[("snoozed_until", later.clone()), mine]);
            make.feedback(
                "waiting",
                1,
                &[("state", number(1)), ("waiting_until", later)],
            );
            let done = |at: i64| [("state", number(2)), ("processed_at", number(at))];
            make.feedback("done today", 1, &done(NOW.0 - HOUR));
            make.feedback("done yesterday", 1, &done(NOW.0 - DAY));
            make.idea("an idea", &[]);
            make.idea("a deleted idea", &[("deleted", number(1))]);
        });
        (folder, store)
    }

    #[test]
    fn figures_follow_the_clock_without_a_write() {
        let (_folder, store) = office();
        let me = Handle::parse("hana").ok();
        let at = |now: i64| {
            store
                .read(|reader| {
                    reader.header(Moment(now), Moment(NOW.0 - 2 * HOUR), monday(), me.as_ref())
                })
                .expect("a header")
        };
        let expected = Header {
            unprocessed: 2,
            unassigned: 1,
            mine: 1,
            snoozed: 1,
            waiting: 1,
            ideas: 1,
            done_today: 1,
            dealt_with: 2,
            on_duty: me.clone(),
            me: me.clone(),
        };
        assert_eq!(at(NOW.0), expected);
        let later = Header {
            unprocessed: 4,
            unassigned: 2,
            mine: 2,
            snoozed: 0,
            waiting: 0,
            ..expected
        };
        assert_eq!(at(NOW.0 + HOUR), later);
    }

    #[test]
    fn a_stranger_owns_nothing() {
        let (_folder, store) = office();
        let stranger = Handle::parse("stranger").ok();
        let header = store
            .read(|reader| {
                let next = monday() + chrono::Days::new(7);
                reader.header(NOW, NOW, next, stranger.as_ref())
            })
            .expect("a header");
        assert_eq!((header.mine, header.on_duty), (0, None));
    }
}
