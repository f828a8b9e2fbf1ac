//! What charts count. Every query is bounded: by the weeks shown, by counts that are kept, or by a sample.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rusqlite::params;

use super::feedback_row::{handle, set_choice};
use super::key::{LocalId, identity};
use super::{Reader, Result};
use crate::domain::chart::{
    ChartName, Figures, IdeaFigures, MOST_OWNERS, OwnerFigures, TOP_IDEAS, WeekFigures, age_bounds,
    percentile,
};
use crate::domain::feedback::State;
use crate::domain::id::IdeaId;
use crate::domain::idea::Status;
use crate::domain::meeting::MeetingState;
use crate::domain::moment::Moment;
use crate::domain::people::{Handle, Role};
use crate::domain::release::{Health, ReleaseKind, ReleaseState};

/// Of how many items of a week the time until they were processed is looked up; of more, every second, third … one. Each
/// is a look into its row: of these alone the charts of a large workspace would take long.
const SAMPLE: i64 = 1_000;

/// The stable name of the kind of meeting that is counted.
const INTERVIEW: &str = "interview";

impl Reader<'_> {
    /// What these charts are drawn from: over the weeks that begin on these Mondays, from each of the moments to the next.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn figures(
        &self,
        names: &[ChartName],
        mondays: Vec<NaiveDate>,
        bounds: &[Moment],
        now: Moment,
    ) -> Result<Figures> {
        let mut figures = Figures {
            mondays,
            ..Figures::default()
        };
        for name in names {
            match name {
                ChartName::Inbox | ChartName::Time if figures.weeks.is_empty() => {
                    let weeks = bounds
                        .windows(2)
                        .map(|week| self.week_figures(week[0], week[1]));
                    figures.weeks = weeks.collect::<Result<_>>()?;
                }
                ChartName::Inbox | ChartName::Time => {}
                ChartName::Age => figures.ages = self.open_ages(now, &age_bounds(now))?,
                ChartName::Demand => figures.demand = self.top_demand()?,
                ChartName::Load => figures.owners = self.owner_figures()?,
                ChartName::Interviews => figures.interviews = self.interviews(bounds)?,
            }
        }
        Ok(figures)
    }

    /// What came in and went out from one moment up to another.
    fn week_figures(&self, from: Moment, to: Moment) -> Result<WeekFigures> {
        let count = |sql: &str| -> Result<i64> {
            Ok(self
                .first(sql, [from.0, to.0], |row| row.get(0))?
                .unwrap_or(0))
        };
        let received = count(
            "SELECT count(*) FROM feedback WHERE deleted = 0 AND received >= ?1 AND received < ?2",
        )?;
        let processed = count(
            "SELECT count(*) FROM feedback WHERE deleted = 0 AND processed_at >= ?1 AND processed_at < ?2",
        )?;
        // The condition on the id is answered by the index alone, so the rows that are left out are not looked up.
        let every = processed / SAMPLE + 1;
        let mut took: Vec<i64> = self.collect(
            "SELECT max(processed_at - received, 0) FROM feedback
             WHERE deleted = 0 AND processed_at >= ?1 AND processed_at < ?2 AND id % ?3 = 0",
            params![from.0, to.0, every],
            |row| row.get(0),
        )?;
        took.sort_unstable();
        Ok(WeekFigures {
            received: received.unsigned_abs(),
            processed: processed.unsigned_abs(),
            took: percentile(&took, 0.5).zip(percentile(&took, 0.9)),
        })
    }

    /// How much of what the inbox shows as open at `now` was received before which of these moments, the latest first.
    fn open_ages(&self, now: Moment, bounds: &[Moment]) -> Result<Vec<u64>> {
        // Left to itself, SQLite takes the index of everything and looks every row up for its state: 9 s for 400,000 open
        // ones instead of 0.25 s.
        // What is hidden is looked up once, however many parts there are: each is a look into its row.
        let hidden: Vec<i64> = self.collect(
            "SELECT received FROM feedback INDEXED BY feedback_hidden
             WHERE state < 2 AND deleted = 0 AND hidden_until > 0 AND hidden_until > ?1",
            [now.0],
            |row| row.get(0),
        )?;
        let mut upper = i64::MAX;
        let mut ages = Vec::new();
        for lower in bounds.iter().map(|bound| bound.0).chain([i64::MIN]) {
            let open: i64 = self
                .first(
                    "SELECT count(*) FROM feedback INDEXED BY feedback_open_by_age
                     WHERE state < 2 AND deleted = 0 AND received >= ?1 AND received < ?2",
                    [lower, upper],
                    |row| row.get(0),
                )?
                .unwrap_or(0);
            let hidden = hidden.iter().filter(|at| (lower..upper).contains(*at));
            let open = open.unsigned_abs();
            ages.push(open.saturating_sub(hidden.count() as u64));
            upper = lower;
        }
        Ok(ages)
    }

    /// The most wanted ideas that are neither released nor declined, each with the demand of every tier.
    fn top_demand(&self) -> Result<Vec<IdeaFigures>> {
        let top: Vec<(LocalId, IdeaId, String)> = self.collect(
            "SELECT d.id, d.key, d.title FROM idea d JOIN idea_demand m ON m.idea = d.id
             WHERE d.deleted = 0 AND d.merged_into IS NULL AND d.status NOT IN (?1, ?2) AND m.demand > 0
             ORDER BY m.demand DESC, d.title COLLATE NOCASE, d.id LIMIT ?3",
            params![
                Status::Released.code(),
                Status::WontDo.code(),
                i64::try_from(TOP_IDEAS).unwrap_or(i64::MAX)
            ],
            |row| Ok((row.get(0)?, IdeaId(identity(row, 1)?), row.get(2)?)),
        )?;
        let with_tiers = top.into_iter().map(|(local, idea, title)| {
            let tiers = self.collect(super::derived::DEMAND_BY_TIER, [local], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            Ok(IdeaFigures { idea, title, tiers })
        });
        with_tiers.collect()
    }

    /// What lies with whom, the most loaded first: of what was put off or turned down nobody does anything. Nobody is among them where something lies with nobody.
    fn owner_figures(&self) -> Result<Vec<OwnerFigures>> {
        let mut owners: BTreeMap<Option<i64>, OwnerFigures> = BTreeMap::new();
        let counts: Vec<(State, i64, i64)> = self.collect(
            "SELECT state, owner, total FROM feedback_count WHERE state < 2 AND total > 0",
            [],
            |row| {
                let state = set_choice(row, 0, State::from_code)?;
                Ok((state, row.get(1)?, row.get(2)?))
            },
        )?;
        for (state, owner, total) in counts {
            let figures = owners.entry((owner > 0).then_some(owner)).or_default();
            match state {
                State::Waiting => figures.waiting += total.unsigned_abs(),
                State::Unprocessed => figures.unprocessed += total.unsigned_abs(),
                // They are done, and not among what was asked for.
                State::Processed | State::Archived => {}
            }
        }
        let items: Vec<(Option<i64>, i64)> = self.collect(
            "SELECT d.owner, count(*) FROM release_item p
             JOIN release r ON r.id = p.release JOIN idea d ON d.id = p.idea
             WHERE p.deleted = 0 AND r.deleted = 0 AND d.deleted = 0 AND p.health <> ?1
                 AND d.status NOT IN (?2, ?3, ?4) AND r.state <> ?5 AND r.kind <> ?6
             GROUP BY d.owner",
            params![
                Health::Cut.code(),
                Status::Released.code(),
                Status::Postponed.code(),
                Status::WontDo.code(),
                ReleaseState::Released.code(),
                ReleaseKind::Backlog.code()
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (owner, count) in items {
            owners.entry(owner).or_default().items = count.unsigned_abs();
        }
        let mut named = Vec::with_capacity(owners.len());
        for (owner, figures) in owners {
            let sql = "SELECT handle FROM person WHERE id = ?1";
            let owner: Option<Handle> = self.first(sql, [owner], |row| handle(row, 0))?.flatten();
            named.push(OwnerFigures { owner, ..figures });
        }
        named.sort_by_key(|one| {
            let load = one.unprocessed + one.waiting + one.items;
            (std::cmp::Reverse(load), one.owner.clone())
        });
        named.truncate(MOST_OWNERS);
        Ok(named)
    }

    /// How many interviews each product manager has held between these moments: from each to the next. Those who held none
    /// are among them.
    fn interviews(&self, bounds: &[Moment]) -> Result<Vec<(Handle, Vec<u64>)>> {
        let weeks = bounds.len().saturating_sub(1);
        let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else {
            return Ok(Vec::new());
        };
        let managers: Vec<Option<Handle>> = self.collect(
            "SELECT handle FROM person WHERE deleted = 0 AND role = ?1",
            [Role::ProductManager.code()],
            |row| handle(row, 0),
        )?;
        let mut held: HashMap<Handle, Vec<u64>> = HashMap::new();
        for manager in managers.into_iter().flatten() {
            held.insert(manager, vec![0; weeks]);
        }
        let meetings: Vec<(Option<Handle>, i64)> = self.collect(
            "SELECT w.handle, coalesce(m.started, m.at, m.finished) AS held FROM meeting m
             LEFT JOIN attendee a ON a.meeting = m.id AND a.deleted = 0 AND m.person IS NULL
             JOIN person w ON w.id = coalesce(m.person, a.person)
             WHERE m.deleted = 0 AND m.kind = ?1 AND m.state = ?2 AND held >= ?3 AND held < ?4",
            params![INTERVIEW, MeetingState::Finished.code(), first.0, last.0],
            |row| Ok((handle(row, 0)?, row.get(1)?)),
        )?;
        for (who, at) in meetings {
            let week = bounds
                .partition_point(|bound| bound.0 <= at)
                .saturating_sub(1);
            if let Some(who) = who
                && let Some(count) = held
                    .entry(who)
                    .or_insert_with(|| vec![0; weeks])
                    .get_mut(week)
            {
                *count += 1;
            }
        }
        let mut held: Vec<(Handle, Vec<u64>)> = held.into_iter().collect();
        held.sort();
        Ok(held)
    }
}

#[cfg(test)]
mod tests;
