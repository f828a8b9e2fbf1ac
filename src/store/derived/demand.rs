//! How much an idea is wanted.
//!
//! Every insight of an idea is a voice of whoever wants it: the company where known, else the customer, else the
//! reporter, else the feedback alone. A duplicate lends its own voice to the ideas of its original, with its own wanter
//! and importance. A wanter counts once, with the importance of the voice that was received last.

use std::collections::{HashMap, HashSet};

use rusqlite::{Row, params};

use crate::domain::idea::Wanted;
use crate::store::{LocalId, Reader, Result, Writer};

/// A voice of the feedback `f`. Its customer is asked for a company only where it has none itself.
macro_rules! voices {
    ($insight:literal, $importance:literal, $from:literal) => {
        concat!(
            "SELECT ",
            $insight,
            ", coalesce(",
            $importance,
            ", 1), f.id, f.received, f.key, coalesce(f.company, (SELECT company FROM customer WHERE id = f.customer)), \
             f.customer, f.reporter FROM ",
            $from
        )
    };
}

/// What is linked to the idea `?1`.
const LINKED: &str = voices!(
    "i.id",
    "i.importance",
    "insight i JOIN feedback f ON f.id = i.feedback WHERE i.idea = ?1 AND i.deleted = 0 AND f.deleted = 0"
);

/// What the link `?1` says for the idea `?2`, also when it is not there any more.
const OF_LINK: &str = voices!(
    "i.id",
    "i.importance",
    "insight i JOIN feedback f ON f.id = i.feedback WHERE i.id = ?1 AND i.idea = ?2 AND f.deleted = 0"
);

/// What else is linked to the idea `?1`, beside the link `?2`, and comes from the same wanter: the company `?3`, without one
/// the customer `?4`, without both the reporter `?5`, or it is the feedback `?6` itself.
const OF_WANTER: &str = voices!(
    "i.id",
    "i.importance",
    "insight i JOIN feedback f ON f.id = i.feedback
     WHERE i.idea = ?1 AND i.deleted = 0 AND f.deleted = 0 AND i.id <> ?2
        AND coalesce(f.company, (SELECT company FROM customer WHERE id = f.customer)) IS ?3
        AND (?3 IS NOT NULL OR (f.customer IS ?4
            AND (?4 IS NOT NULL OR (f.reporter IS ?5 AND (?5 IS NOT NULL OR f.id = ?6)))))"
);

/// Duplicates of what is linked to the idea `?1`. Whether the original is live is asked where there is a duplicate.
const LENT: &str = voices!(
    "0",
    "f.importance",
    "insight i JOIN feedback f ON f.duplicate_of = i.feedback
     WHERE i.idea = ?1 AND i.deleted = 0 AND f.deleted = 0
        AND (SELECT original.deleted FROM feedback original WHERE original.id = f.duplicate_of) = 0"
);

/// Duplicates of the feedback `?1`.
const LENT_ON: &str = voices!(
    "0",
    "f.importance",
    "feedback f WHERE f.duplicate_of = ?1 AND f.deleted = 0"
);

/// Whether there is any duplicate.
const ANY_LENT: &str = "SELECT 1 FROM feedback WHERE duplicate_of >= 0 AND deleted = 0 LIMIT 1";

/// The demand of the idea `?1` by the tier of the companies; null for what comes from none, or from one without a tier. Each
/// pair of (feedback, voice) is reached once, so that duplicates in a circle end the search instead of running for ever.
pub(in crate::store) const DEMAND_BY_TIER: &str =
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
    )
    SELECT company.tier, sum(ranked.importance) FROM ranked LEFT JOIN company ON company.id = ranked.company
    WHERE place = 1 GROUP BY company.tier ORDER BY 2 DESC, 1";

/// Who wants something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wanter {
    Company(i64),
    Customer(i64),
    Reporter(i64),
    Feedback(i64),
}

/// What decides which voice of a wanter counts: when its feedback was received, then chance, then its own insight.
type Rank = (i64, [u8; 16], i64);

/// One of them, and its importance.
type Voice = (Rank, i64);

/// A demand beyond this is not kept up with, but computed: it may be no sum, but the largest number that there is.
const MOST_KEPT: i64 = 1 << 40;

/// Whoever wants an idea, and now and then somebody else: a few bits for each of them (a Bloom filter).
///
/// Most links come from somebody who has not asked for the idea before. This tells so without a look at its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Crowd([u8; Self::BYTES]);

impl Crowd {
    /// With a hundred wanters one other of sixty is taken for one of them, with three hundred one of five.
    const BYTES: usize = 128;
    /// How many bits each wanter sets.
    const SET: u32 = 3;

    /// As it stands in the file; nothing when it has another size.
    pub(in crate::store) fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bits of a wanter: byte and mask.
    fn bits(wanter: Wanter) -> impl Iterator<Item = (usize, u8)> {
        let (kind, id) = match wanter {
            Wanter::Company(id) => (0, id),
            Wanter::Customer(id) => (1, id),
            Wanter::Reporter(id) => (2, id),
            Wanter::Feedback(id) => (3, id),
        };
        // The file keeps what comes of it, so that the figures stay for ever.
        let mixed = (id as u64 ^ kind << 62).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        (0..Self::SET).map(move |number| {
            let bit = (mixed >> (number * 20 + 4)) as usize % (Self::BYTES * 8);
            (bit / 8, 1 << (bit % 8))
        })
    }

    fn add(&mut self, wanter: Wanter) {
        for (byte, mask) in Self::bits(wanter) {
            self.0[byte] |= mask;
        }
    }

    /// Whether that company may be one of them; `false` is certain.
    pub(in crate::store) fn may_hold_company(&self, company: i64) -> bool {
        self.may_hold(Wanter::Company(company))
    }

    /// Whether that may be one of them; `false` is certain.
    fn may_hold(&self, wanter: Wanter) -> bool {
        Self::bits(wanter).all(|(byte, mask)| self.0[byte] & mask != 0)
    }
}

impl FromIterator<Wanter> for Crowd {
    fn from_iter<T: IntoIterator<Item = Wanter>>(wanters: T) -> Self {
        let mut crowd = Self([0; Self::BYTES]);
        wanters.into_iter().for_each(|wanter| crowd.add(wanter));
        crowd
    }
}

/// What is kept of how much an idea is wanted.
struct Kept {
    demand: i64,
    insights: i64,
    crowd: Crowd,
}

/// How often an idea is wanted, and by whom how much. The statement of [`DEMAND_BY_TIER`] is five times as dear, and a popular
/// idea has a hundred voices.
#[derive(Default)]
struct Voices {
    insights: i64,
    wanters: HashMap<Wanter, Voice>,
}

impl Voices {
    /// Takes a voice in, and answers whose it is: the feedback's local key.
    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<i64> {
        let (wanter, voice) = heard(row)?;
        self.insights += i64::from(voice.0.2 > 0);
        let last = self.wanters.entry(wanter).or_insert(voice);
        if voice.0 > last.0 {
            *last = voice;
        }
        row.get(2)
    }

    fn demand(&self) -> i64 {
        let importance = self.wanters.values().map(|(_, importance)| importance);
        importance.fold(0, |all: i64, one| all.saturating_add(*one))
    }
}

/// Who wants something in a row of voices, and how much.
fn heard(row: &Row<'_>) -> rusqlite::Result<(Wanter, Voice)> {
    let wanter = |index: usize| row.get::<_, Option<i64>>(index);
    let wanter = if let Some(company) = wanter(5)? {
        Wanter::Company(company)
    } else if let Some(customer) = wanter(6)? {
        Wanter::Customer(customer)
    } else if let Some(reporter) = wanter(7)? {
        Wanter::Reporter(reporter)
    } else {
        Wanter::Feedback(row.get(2)?)
    };
    Ok((
        wanter,
        ((row.get(3)?, row.get(4)?, row.get(0)?), row.get(1)?),
    ))
}

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
        self.pending.voices = true;
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
        let voices = self.voices(idea)?;
        let kept = Kept {
            demand: voices.demand(),
            insights: voices.insights,
            crowd: voices.wanters.keys().copied().collect(),
        };
        self.write_demand(idea, &kept, at)
    }

    /// Takes note of when something about an idea changed that leaves its demand as it is.
    pub(super) fn settle_changed(&self, idea: i64, at: i64) -> Result<()> {
        let sql = "UPDATE idea_demand SET changed = max(changed, ?2) WHERE idea = ?1";
        match self.run(sql, [idea, at])? {
            0 => self.settle_demand(idea, Some(at)),
            _ => Ok(()),
        }
    }

    /// Brings the demand of an idea up to date by one link that came or went, where nothing else has changed: one wanter may
    /// be heard now who was not, or by another voice than before. With the link comes whether it was there before.
    pub(super) fn settle_link(
        &self,
        idea: i64,
        (insight, was_there): (i64, bool),
        at: Option<i64>,
    ) -> Result<()> {
        match self.demand_after(idea, insight, was_there)? {
            Some(kept) => self.write_demand(idea, &kept, at),
            None => self.settle_demand(idea, at),
        }
    }

    /// What is kept of an idea after that one link came or went; nothing where all voices have to be heard.
    fn demand_after(&self, idea: i64, insight: i64, was_there: bool) -> Result<Option<Kept>> {
        let told = self.first(OF_LINK, [insight, idea], |row| {
            Ok((row.get::<_, i64>(2)?, heard(row)?))
        })?;
        let (Some(mut kept), Some((feedback, (wanter, voice)))) = (self.kept(idea)?, told) else {
            return Ok(None);
        };
        let sql = "SELECT 1 FROM feedback WHERE duplicate_of = ?1 AND deleted = 0 LIMIT 1";
        let lends = self.first(sql, [feedback], |_| Ok(()))?.is_some();
        if lends || kept.demand > MOST_KEPT {
            return Ok(None);
        }
        let other = if kept.crowd.may_hold(wanter) {
            self.other_voice(idea, insight, wanter)?
        } else {
            None
        };
        let gained = match other {
            Some(other) if other.0 > voice.0 => 0,
            Some(other) => voice.1.saturating_sub(other.1),
            None => voice.1,
        };
        let sql = "SELECT deleted = 0 FROM insight WHERE id = ?1";
        let is_there = self.first(sql, [insight], |row| row.get(0))?;
        match (was_there, is_there) {
            (false, Some(true)) => {
                kept.demand = kept.demand.saturating_add(gained);
                kept.insights += 1;
                kept.crowd.add(wanter);
            }
            // It stays in the crowd, which may hold others than those that want it.
            (true, Some(false)) => {
                kept.demand = kept.demand.saturating_sub(gained);
                kept.insights -= 1;
            }
            _ => return Ok(None),
        }
        Ok(Some(kept))
    }

    /// What is kept of an idea, if all of it is.
    fn kept(&self, idea: i64) -> Result<Option<Kept>> {
        let sql = "SELECT demand, insights, wanters FROM idea_demand WHERE idea = ?1";
        let kept = self.first(sql, [idea], |row| {
            let crowd = row.get_ref(2)?.as_blob_or_null()?;
            let crowd = crowd.and_then(Crowd::read);
            Ok((row.get(0)?, row.get(1)?, crowd))
        })?;
        Ok(kept.and_then(|(demand, insights, crowd)| {
            crowd.map(|crowd| Kept {
                demand,
                insights,
                crowd,
            })
        }))
    }

    /// The voice by which a wanter is heard for an idea beside a link, if there is any.
    fn other_voice(&self, idea: i64, insight: i64, wanter: Wanter) -> Result<Option<Voice>> {
        let mut others = self.lent_voices(idea)?;
        let mut asked = [None; 4];
        match wanter {
            Wanter::Company(id) => asked[0] = Some(id),
            Wanter::Customer(id) => asked[1] = Some(id),
            Wanter::Reporter(id) => asked[2] = Some(id),
            Wanter::Feedback(id) => asked[3] = Some(id),
        }
        let [company, customer, reporter, itself] = asked;
        let of_wanter = params![idea, insight, company, customer, reporter, itself];
        self.collect(OF_WANTER, of_wanter, |row| others.add(row))?;
        Ok(others.wanters.remove(&wanter))
    }

    fn write_demand(&self, idea: i64, kept: &Kept, at: Option<i64>) -> Result<()> {
        self.run(
            "INSERT INTO idea_demand (idea, demand, insights, wanters, changed) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (idea) DO UPDATE SET demand = excluded.demand, insights = excluded.insights,
                wanters = excluded.wanters, changed = max(changed, excluded.changed),
                mark = CASE WHEN mark IS NOT NULL AND wanters IS NOT excluded.wanters THEN random() ELSE mark END",
            params![idea, kept.demand, kept.insights, kept.crowd.0, at.unwrap_or(0)],
        )
        .map(drop)
    }
}

impl Reader<'_> {
    /// How many want an idea how much.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(in crate::store) fn wanted(&self, idea: i64) -> Result<Wanted> {
        let mut wanted = Wanted::default();
        for (_, importance) in self.voices(idea)?.wanters.values() {
            wanted.add(*importance);
        }
        Ok(wanted)
    }

    /// Every voice for an idea.
    fn voices(&self, idea: i64) -> Result<Voices> {
        let mut voices = self.lent_voices(idea)?;
        self.collect(LINKED, [idea], |row| voices.add(row))?;
        Ok(voices)
    }

    /// Those of duplicates. Each is heard once, so that those in a circle do not run for ever.
    fn lent_voices(&self, idea: i64) -> Result<Voices> {
        let mut voices = Voices::default();
        if self.first(ANY_LENT, [], |_| Ok(()))?.is_none() {
            return Ok(voices);
        }
        let mut heard = HashSet::new();
        let mut next: Vec<i64> = Vec::new();
        self.lent(LENT, idea, (&mut voices, &mut heard, &mut next))?;
        while let Some(feedback) = next.pop() {
            self.lent(LENT_ON, feedback, (&mut voices, &mut heard, &mut next))?;
        }
        Ok(voices)
    }

    /// Takes in the voices that a statement finds, of those that were not heard.
    fn lent(
        &self,
        sql: &str,
        of: i64,
        (voices, heard, next): (&mut Voices, &mut HashSet<i64>, &mut Vec<i64>),
    ) -> Result<()> {
        self.collect(sql, [of], |row| {
            let feedback = row.get(2)?;
            if heard.insert(feedback) {
                voices.add(row)?;
                next.push(feedback);
            }
            Ok(())
        })
        .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::{Crowd, Wanter};

    #[test]
    fn a_crowd_knows_all_of_its_own_and_takes_few_others_for_them() {
        let wanters = |from: i64, to: i64| {
            (from..to).map(|id| match id % 4 {
                0 => Wanter::Customer(id),
                1 => Wanter::Reporter(id),
                _ => Wanter::Company(id),
            })
        };
        let mut crowd: Crowd = wanters(1, 101).collect();
        assert!(wanters(1, 101).all(|wanter| crowd.may_hold(wanter)));
        let others = wanters(101, 5_101).filter(|wanter| crowd.may_hold(*wanter));
        let others = others.count();
        assert!(others < 150, "{others} of 5000");
        let new = wanters(101, 5_101).find(|wanter| !crowd.may_hold(*wanter));
        let new = new.expect("nearly all");
        crowd.add(new);
        assert!(crowd.may_hold(new));
        assert_eq!(Crowd::read(&crowd.0), Some(crowd.clone()));
        assert_eq!(Crowd::read(&crowd.0[1..]), None);
    }

    #[test]
    fn an_empty_crowd_holds_nobody() {
        let crowd: Crowd = [].into_iter().collect();
        let one = [Wanter::Company(0), Wanter::Feedback(0), Wanter::Company(-1)];
        assert!(one.into_iter().all(|wanter| !crowd.may_hold(wanter)));
    }
}
