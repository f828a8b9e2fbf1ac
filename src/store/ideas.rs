//! Ideas: the table, the picker, and everything about one.
//!
//! A workspace has some thousand ideas, so the table is read whole and narrowed here.

use std::collections::{BTreeMap, HashMap, HashSet};

use roaring::RoaringBitmap;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::derived::index::after_last_week;
use super::detail::{RELEASE_OF_IDEA, comments};
use super::feedback_row::{byte_range, choice, handle, set_choice};
use super::key::{identity, to_blob};
use super::{Reader, Result, search_door};
use crate::domain::entity::Entity;
use crate::domain::feedback::Importance;
use crate::domain::id::{FeedbackId, IdeaId, InsightId, ReleaseId, ReleaseItemId, TicketId};
use crate::domain::idea::{
    Effort, Evidence, IdeaDetail, IdeaKind, IdeaRow, Placement, Stage, Status, Ticket, TicketKind,
    Timeframe,
};
use crate::domain::idea_order::IdeaOrder;
use crate::domain::listing::{IdeaQuery, IdeaSort, IdeaTitle};
use crate::domain::moment::Moment;
use crate::domain::passage::Searched;
use crate::domain::release::Health;

mod filtered;

/// How many insights of one idea are read.
const MOST_EVIDENCE: usize = 1_000;

const LIVE: &str = "d.deleted = 0 AND d.merged_into IS NULL";

impl Reader<'_> {
    /// The ideas that `query` shows, in its order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas(&self, query: &IdeaQuery) -> Result<Vec<IdeaRow>> {
        let found = search_door::ideas_by_words(self, &query.words)?;
        let found: Option<HashSet<i64>> = found.map(|found| found.into_iter().collect());
        let mut rows = self.idea_rows(LIVE, &[])?;
        let folded = query.area.as_ref().map(|area| area.to_lowercase());
        rows.retain(|(local, row)| {
            found.as_ref().is_none_or(|found| found.contains(local))
                && query.status.is_none_or(|status| row.status == status)
                && (query.owner.is_none() || row.owner == query.owner)
                && (folded.is_none() || row.area.as_ref().map(|a| a.to_lowercase()) == folded)
        });
        let releases = match query.sort {
            IdeaSort::When => self.releases()?,
            _ => Vec::new(),
        };
        let order = IdeaOrder::new(query.sort, &releases);
        let mut rows: Vec<IdeaRow> = rows.into_iter().map(|(_, row)| row).collect();
        rows.sort_unstable_by(|a, b| order.compare(a, b));
        if query.reversed {
            rows.reverse();
        }
        Ok(rows)
    }

    /// Every idea for a picker, the most wanted first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_titles(&self) -> Result<Vec<IdeaTitle>> {
        self.collect(
            "SELECT d.key, d.title, d.status, coalesce(m.demand, 0) AS demand
             FROM idea d LEFT JOIN idea_demand m ON m.idea = d.id
             WHERE d.deleted = 0 AND d.merged_into IS NULL ORDER BY demand DESC, d.title COLLATE NOCASE, d.id",
            [],
            |row| {
                Ok(IdeaTitle {
                    id: IdeaId(identity(row, 0)?),
                    title: row.get(1)?,
                    status: set_choice(row, 2, Status::from_code)?,
                    demand: row.get(3)?,
                })
            },
        )
    }

    /// Ideas whose own text has these words, best first; all of them, the most wanted first, without words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ranked_ideas(&self, words: &str) -> Result<Vec<IdeaId>> {
        let Some(found) = search_door::ideas_by_words(self, words)? else {
            let titles = self.idea_titles()?;
            return Ok(titles.into_iter().map(|idea| idea.id).collect());
        };
        self.idea_ids(found)
    }

    /// Ideas whose texts or comments have all that is searched for, best first; none where nothing of it can be searched for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas_with(&self, searched: &[Searched]) -> Result<Vec<IdeaId>> {
        let found = search_door::ideas_with(self, searched)?;
        self.idea_ids(found.unwrap_or_default())
    }

    fn idea_ids(&self, locals: Vec<i64>) -> Result<Vec<IdeaId>> {
        let mut ids = Vec::with_capacity(locals.len());
        for local in locals {
            ids.push(IdeaId(self.uuid(Entity::Idea, super::LocalId(local))?));
        }
        Ok(ids)
    }

    /// Everything about an idea; `None` when it is not here or deleted. One that was merged is still told.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_detail(&self, id: IdeaId) -> Result<Option<IdeaDetail>> {
        let Some(mut detail) = self.idea_with_evidence(id, MOST_EVIDENCE)? else {
            return Ok(None);
        };
        // A popular idea has tens of thousands, and the screen waits.
        if detail.row.insights as usize <= MOST_EVIDENCE
            && let Some(local) = self.find(Entity::Idea, id.0)?
        {
            detail.wanted = Some(self.wanted(local.0)?);
        }
        Ok(Some(detail))
    }

    /// An idea as a form shows it: as [`Self::idea_detail`], without its evidence.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_form(&self, id: IdeaId) -> Result<Option<IdeaDetail>> {
        self.idea_with_evidence(id, 0)
    }

    /// Everything about an idea, with as much of its evidence.
    pub(super) fn idea_with_evidence(&self, id: IdeaId, most: usize) -> Result<Option<IdeaDetail>> {
        let local = self.first(
            "SELECT id FROM idea WHERE key = ?1 AND deleted = 0",
            [to_blob(id.0)],
            |row| row.get::<_, i64>(0),
        )?;
        let Some(local) = local else {
            return Ok(None);
        };
        let Some((_, row)) = self.idea_rows("d.id = ?", &[local])?.pop() else {
            return Ok(None);
        };
        let text = |column: &str| {
            let sql = format!(
                "SELECT body_of(t.body, t.packed) FROM idea d JOIN content t ON t.id = d.{column} WHERE d.id = ?1"
            );
            self.first(&sql, [local], |row| row.get::<_, String>(0))
        };
        Ok(Some(IdeaDetail {
            row,
            short: self.short(Entity::Idea, id.0)?,
            problem: text("problem")?,
            solution: text("solution")?,
            workaround: text("workaround")?,
            benefit: text("benefit")?,
            reason: text("reason")?,
            tickets: self.tickets_of(Entity::Idea, local)?,
            checks: self.collect(
                "SELECT coalesce(item, ''), done FROM idea_check WHERE idea = ?1 AND deleted = 0 ORDER BY id",
                [local],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?,
            placements: self.placements(local)?,
            wanted: None,
            evidence: self.evidence(local, most)?,
            comments: comments(self, Entity::Idea, local)?,
        }))
    }

    /// Rows with their local keys; `rest` goes on after `WHERE`.
    pub(super) fn idea_rows(&self, rest: &str, values: &[i64]) -> Result<Vec<(i64, IdeaRow)>> {
        let sql = format!(
            "SELECT d.id, d.key, d.title, d.status, coalesce(m.demand, 0) AS demand, coalesce(m.insights, 0), d.votes,
                d.effort, r.name, d.timeframe, o.handle, a.name, d.kind, d.stage, d.edition,
                coalesce(m.changed, 0) AS changed
             FROM idea d
             LEFT JOIN idea_demand m ON m.idea = d.id
             LEFT JOIN release r ON r.id = {RELEASE_OF_IDEA}
             LEFT JOIN person o ON o.id = d.owner
             LEFT JOIN area a ON a.id = d.area
             WHERE {rest}"
        );
        self.collect(&sql, params_from_iter(values), |row| {
            Ok((row.get(0)?, idea_row(row)?))
        })
    }

    /// The tickets of an idea or a meeting.
    pub(super) fn tickets_of(&self, of: Entity, local: i64) -> Result<Vec<Ticket>> {
        let of = of.name();
        let sql = format!(
            "SELECT key, coalesce(url, ''), ticket_key, kind FROM ticket WHERE {of} = ?1 AND deleted = 0 ORDER BY id"
        );
        self.collect(&sql, [local], |row| {
            Ok(Ticket {
                id: TicketId(identity(row, 0)?),
                url: row.get(1)?,
                key: row.get(2)?,
                kind: choice(row, 3, TicketKind::from_code)?.unwrap_or(TicketKind::Material),
            })
        })
    }

    fn placements(&self, idea: i64) -> Result<Vec<Placement>> {
        self.collect(
            concat!(
                "SELECT p.key, r.key, r.name, p.health FROM release_item p JOIN release r ON r.id = p.release
                 WHERE p.idea = ?1 AND p.deleted = 0 AND r.deleted = 0 ORDER BY ",
                order_of_releases!(),
                ", p.id"
            ),
            [idea],
            |row| {
                Ok(Placement {
                    item: ReleaseItemId(identity(row, 0)?),
                    release: ReleaseId(identity(row, 1)?),
                    name: row.get(2)?,
                    health: set_choice(row, 3, Health::from_code)?,
                })
            },
        )
    }

    fn evidence(&self, idea: i64, most: usize) -> Result<Vec<Evidence>> {
        let sql = "SELECT i.key, f.key, f.title, coalesce(c.name, u.name, '@' || p.handle), i.importance, f.received,
                body_of(t.body, t.packed), i.quote_start, i.quote_end
             FROM insight i JOIN feedback f ON f.id = i.feedback
             LEFT JOIN customer u ON u.id = f.customer
             LEFT JOIN company c ON c.id = coalesce(f.company, u.company)
             LEFT JOIN person p ON p.id = f.reporter
             LEFT JOIN content t ON t.id = i.quote
             WHERE i.id = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut evidence = Vec::new();
        for insight in self.foremost(idea, most)? {
            evidence.extend(
                statement
                    .query_row([insight], |row| {
                        Ok(Evidence {
                            id: InsightId(identity(row, 0)?),
                            feedback: FeedbackId(identity(row, 1)?),
                            title: row.get(2)?,
                            customer: row.get(3)?,
                            importance: choice(row, 4, Importance::from_code)?,
                            received: Moment(row.get(5)?),
                            quote: passage(row)?,
                        })
                    })
                    .optional()?,
            );
        }
        Ok(evidence)
    }

    /// The local keys of the first `most` insights of an idea: the most important first, of those the newest. An idea may have
    /// tens of thousands: of them only so much is read as tells which come first.
    fn foremost(&self, idea: i64, most: usize) -> Result<Vec<i64>> {
        let sql = "SELECT coalesce(importance, -1), id, feedback FROM insight WHERE idea = ?1 AND deleted = 0
             AND feedback IS NOT NULL";
        let insights = self.collect(sql, [idea], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
        })?;
        let mut by_importance: BTreeMap<i64, Vec<(i64, u32)>> = BTreeMap::new();
        for (importance, insight, feedback) in insights {
            // No other number is ever given.
            if let Ok(feedback) = u32::try_from(feedback) {
                let insights = by_importance.entry(importance).or_default();
                insights.push((insight, feedback));
            }
        }
        let mut foremost = Vec::new();
        for insights in by_importance.into_values().rev() {
            let room = most.saturating_sub(foremost.len());
            if room == 0 {
                break;
            }
            let mut rest: RoaringBitmap = insights.iter().map(|(_, feedback)| *feedback).collect();
            let mut weeks = after_last_week();
            let mut newest = Vec::new();
            while newest.len() < room && !rest.is_empty() {
                let some = match insights.len() > room {
                    true => self.newest_weeks(&mut weeks, &mut rest, room as u64)?,
                    false => std::mem::take(&mut rest),
                };
                let mut received = HashMap::new();
                for feedback in some {
                    let sql = "SELECT received FROM feedback WHERE id = ?1 AND deleted = 0";
                    let at = self.first(sql, [feedback], |row| row.get::<_, i64>(0))?;
                    received.extend(at.map(|at| (feedback, at)));
                }
                let mut some: Vec<(i64, i64)> = insights
                    .iter()
                    .filter_map(|(id, feedback)| Some((*received.get(feedback)?, *id)))
                    .collect();
                some.sort_unstable_by(|a, b| b.cmp(a));
                newest.extend(some.into_iter().map(|(_, insight)| insight));
            }
            newest.truncate(room);
            foremost.extend(newest);
        }
        Ok(foremost)
    }
}

/// The quoted bytes of a body in columns 6 to 8; nothing when the range does not fit it.
pub(super) fn passage(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    let body = row.get_ref(6)?.as_str_or_null()?;
    let quoted = body.zip(byte_range(row, 7)?);
    Ok(quoted.and_then(|(body, range)| body.get(range).map(ToOwned::to_owned)))
}

fn idea_row(row: &Row<'_>) -> rusqlite::Result<IdeaRow> {
    Ok(IdeaRow {
        id: IdeaId(identity(row, 1)?),
        title: row.get(2)?,
        status: set_choice(row, 3, Status::from_code)?,
        demand: row.get(4)?,
        insights: row.get(5)?,
        votes: row.get::<_, i64>(6)?.try_into().unwrap_or(0),
        effort: choice(row, 7, Effort::from_code)?,
        release: row.get(8)?,
        timeframe: choice(row, 9, Timeframe::from_code)?,
        owner: handle(row, 10)?,
        area: row.get(11)?,
        kind: choice(row, 12, IdeaKind::from_code)?,
        stage: choice(row, 13, Stage::from_code)?,
        edition: row.get(14)?,
        changed: Moment(row.get(15)?),
    })
}

#[cfg(test)]
mod tests;
