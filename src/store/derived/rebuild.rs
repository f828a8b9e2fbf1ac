//! Computing everything derived from scratch: the yardstick of what is kept step by step, and the remedy for doubt.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::index::HIGHEST_STAMP;
use crate::domain::entity::Entity;
use crate::store::journal::number;
use crate::store::{LocalId, Result, Writer};

/// How many rows are read before they are written to.
const BATCH: i64 = 1_000;

/// When the actions on an idea and on what belongs to it last changed something; what undoes or redoes one of them counts.
/// Some of them are told in its timeline and change nothing about it, as what puts it on an agenda: so what was kept (`?9`)
/// stays where there is such an action.
const CHANGED: &str = "WITH RECURSIVE
    part (entity, thing, action) AS (
        SELECT ?2, id, action FROM idea WHERE id = ?1
        UNION ALL SELECT ?3, id, action FROM insight WHERE idea = ?1
        UNION ALL SELECT ?4, id, action FROM comment WHERE idea = ?1
        UNION ALL SELECT ?5, id, action FROM ticket WHERE idea = ?1
        UNION ALL SELECT ?6, id, action FROM release_item WHERE idea = ?1
        UNION ALL SELECT ?7, id, action FROM idea_check WHERE idea = ?1
        UNION ALL SELECT ?8, update_note.id, update_note.action FROM update_note
            JOIN release_item ON release_item.id = update_note.release_item WHERE release_item.idea = ?1
    ),
    about (id) AS (
        SELECT action FROM part
        UNION SELECT touched.action FROM part JOIN touched ON touched.entity = part.entity AND touched.thing = part.thing
        UNION SELECT action.id FROM about JOIN action ON action.undoes = about.id
    )
    SELECT coalesce(max(action.at) FILTER (WHERE action.at = ?9), max(action.at))
    FROM about JOIN action ON action.id = about.id";

const PARTS: [Entity; 7] = [
    Entity::Idea,
    Entity::Insight,
    Entity::Comment,
    Entity::Ticket,
    Entity::ReleaseItem,
    Entity::IdeaCheck,
    Entity::Update,
];

impl Writer<'_> {
    /// Computes everything that is derived from rows again. (Which actions touched which thing is not in the rows but
    /// in the changes; only history can read those.)
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn rebuild_derived(&mut self) -> Result<()> {
        let at = self.pending.at;
        self.pending = super::Pending::default();
        self.pending.at = at;
        let dates = self.collect("SELECT idea, changed FROM idea_demand", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })?;
        let dates: HashMap<i64, i64> = dates.into_iter().collect();
        for table in ["feedback_count", "idea_demand", "idea_profile", "mention"] {
            self.run(&format!("DELETE FROM {table}"), [])?;
        }
        self.run(
            "INSERT INTO idea_search (idea_search) VALUES ('delete-all')",
            [],
        )?;
        self.run(
            "INSERT INTO feedback_count (state, owner, total)
             SELECT state, coalesce(owner, 0), count(*) FROM feedback WHERE deleted = 0 GROUP BY 1, 2",
            [],
        )?;
        self.each("feedback", |writer, feedback| {
            writer.copy_title(feedback)?;
            writer.copy_company(feedback)?;
            writer.settle_links(feedback.0)
        })?;
        self.rebuild_origins()?;
        self.rebuild_search()?;
        self.each("comment", |writer, comment| writer.mention(comment))?;
        self.each("idea", |writer, idea| {
            writer.index_idea(idea.0)?;
            writer.gather_profile(idea.0)?;
            let kept = dates.get(&idea.0).copied();
            let changed = writer.idea_changed_at(idea, kept)?;
            writer.settle_demand(idea.0, changed)
        })
    }

    /// Computes what ideas are known by in a file of a version that did not keep it.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(in crate::store) fn fill_profiles(&mut self) -> Result<()> {
        self.each("idea", |writer, idea| writer.gather_profile(idea.0))
    }

    /// Makes the search index of ideas in a file of a version that kept another one.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(in crate::store) fn index_ideas(&mut self) -> Result<()> {
        self.each("idea", |writer, idea| writer.index_idea(idea.0))
    }

    /// Makes the search index and the bits of what is open anew.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(in crate::store) fn rebuild_search(&mut self) -> Result<()> {
        // Behind a number that Intake never gave there may be no room for the next.
        let stamp = match self.last_stamp()? {
            last if last < HIGHEST_STAMP => last + 1,
            _ => 1,
        };
        for table in [
            "search_list",
            "search_segment",
            "search_tail",
            "open_feedback",
        ] {
            self.run(&format!("DELETE FROM {table}"), [])?;
        }
        self.add_segment(stamp, &RoaringBitmap::new())?;
        let mut all = RoaringBitmap::new();
        // A number beyond those is nothing that we give: the file opens all the same, and `intake doctor` tells of it.
        let sql = "SELECT id FROM feedback WHERE id BETWEEN 0 AND ?1 ORDER BY id";
        for feedback in self.collect(sql, [u32::MAX], |row| row.get::<_, u32>(0))? {
            all.insert(feedback);
        }
        self.settle_open(&all)?;
        self.write_segments(&all)
    }

    fn idea_changed_at(&self, idea: LocalId, kept: Option<i64>) -> Result<Option<i64>> {
        let mut parameters = vec![Some(idea.0)];
        parameters.extend(PARTS.map(number).map(Some));
        parameters.push(kept);
        let parameters = rusqlite::params_from_iter(parameters);
        Ok(self.first(CHANGED, parameters, |row| row.get(0))?.flatten())
    }

    /// Does something for every row of a table, in batches, because one does not write to what one is reading.
    fn each(
        &mut self,
        table: &str,
        mut work: impl FnMut(&mut Self, LocalId) -> Result<()>,
    ) -> Result<()> {
        let sql = format!("SELECT id FROM {table} WHERE id > ?1 ORDER BY id LIMIT {BATCH}");
        let mut after = 0;
        loop {
            let batch: Vec<LocalId> = self.collect(&sql, [after], |row| row.get(0))?;
            let Some(last) = batch.last() else {
                return Ok(());
            };
            after = last.0;
            for local in batch {
                work(self, local)?;
            }
        }
    }
}
