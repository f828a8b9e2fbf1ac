//! How much an idea is wanted.
//!
//! Every insight of an idea is a voice of whoever wants it: the company where known, else the customer, else the
//! reporter, else the feedback alone. A duplicate lends its own voice to the ideas of its original, with its own wanter
//! and importance. A wanter counts once, with the importance of the voice that was received last.

use rusqlite::params;

use crate::store::{LocalId, Result, Writer};

/// Every voice for the idea `?1`, each wanter's last one first. Each pair of (feedback, voice) is reached once, so that
/// duplicates in a circle end the search instead of running for ever.
macro_rules! voices {
    ($select:literal) => {
        concat!(
            "WITH RECURSIVE voice (feedback, importance, insight) AS (
        SELECT insight.feedback, insight.importance, insight.id
        FROM insight JOIN feedback ON feedback.id = insight.feedback
        WHERE insight.idea = ?1 AND insight.deleted = 0 AND feedback.deleted = 0
        UNION
        SELECT feedback.id, feedback.importance, 0
        FROM voice JOIN feedback ON feedback.duplicate_of = voice.feedback
        WHERE feedback.deleted = 0
    ),
    ranked AS (
        SELECT coalesce(voice.importance, 1) AS importance, voice.insight,
            row_number() OVER (
                PARTITION BY
                    CASE WHEN coalesce(feedback.company, customer.company) IS NOT NULL THEN 0
                         WHEN feedback.customer IS NOT NULL THEN 1
                         WHEN feedback.reporter IS NOT NULL THEN 2
                         ELSE 3 END,
                    coalesce(feedback.company, customer.company, feedback.customer, feedback.reporter, feedback.id)
                ORDER BY feedback.received DESC, feedback.key DESC, voice.insight DESC
            ) AS place,
            coalesce(feedback.company, customer.company) AS company
        FROM voice JOIN feedback ON feedback.id = voice.feedback
        LEFT JOIN customer ON customer.id = feedback.customer
    )",
            $select
        )
    };
}

/// Demand and number of insights of the idea `?1`.
const DEMAND: &str = voices!(
    " SELECT coalesce(sum(importance) FILTER (WHERE place = 1), 0), count(*) FILTER (WHERE insight > 0) FROM ranked"
);

/// The demand of the idea `?1` by the tier of the companies; null for what comes from none, or from one without a tier.
pub(in crate::store) const DEMAND_BY_TIER: &str = voices!(
    " SELECT company.tier, sum(ranked.importance) FROM ranked LEFT JOIN company ON company.id = ranked.company
      WHERE place = 1 GROUP BY company.tier ORDER BY 2 DESC, 1"
);

/// The ideas to which a feedback, or an original that it duplicates, is linked.
const IDEAS: &str = "WITH RECURSIVE original (id) AS (
        SELECT ?1
        UNION
        SELECT feedback.duplicate_of FROM original JOIN feedback ON feedback.id = original.id
        WHERE feedback.duplicate_of IS NOT NULL
    )
    SELECT DISTINCT insight.idea FROM original JOIN insight ON insight.feedback = original.id
    WHERE insight.deleted = 0 AND insight.idea IS NOT NULL";

impl Writer<'_> {
    /// Takes note that a feedback wants the ideas, to which it leads, in another way.
    pub(super) fn wanted_through(&mut self, feedback: LocalId) -> Result<()> {
        let ideas: Vec<i64> = self.collect(IDEAS, [feedback], |row| row.get(0))?;
        self.pending.demand.extend(ideas);
        Ok(())
    }

    /// Takes note that whatever a customer wants is now wanted by another company.
    pub(super) fn wanted_by_customer(&mut self, customer: LocalId) -> Result<()> {
        let sql = "SELECT id FROM feedback WHERE customer = ?1 AND deleted = 0";
        let feedback: Vec<LocalId> = self.collect(sql, [customer], |row| row.get(0))?;
        for feedback in feedback {
            self.wanted_through(feedback)?;
        }
        Ok(())
    }

    /// Computes the demand of an idea; `at` is when something about it changed, if something did.
    pub(super) fn settle_demand(&self, idea: i64, at: Option<i64>) -> Result<()> {
        let live = "SELECT 1 FROM idea WHERE id = ?1 AND deleted = 0";
        if self.first(live, [idea], |_| Ok(()))?.is_none() {
            self.run("DELETE FROM idea_demand WHERE idea = ?1", [idea])?;
            return Ok(());
        }
        let (demand, insights): (i64, i64) = self
            .first(DEMAND, [idea], |row| Ok((row.get(0)?, row.get(1)?)))?
            .unwrap_or_default();
        self.run(
            "INSERT INTO idea_demand (idea, demand, insights, changed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (idea) DO UPDATE SET demand = excluded.demand, insights = excluded.insights,
                changed = max(changed, excluded.changed)",
            params![idea, demand, insights, at.unwrap_or(0)],
        )
        .map(drop)
    }
}
