//! What ideas are known by: the words that suggestions compare.

use std::hash::{DefaultHasher, Hasher};

use rusqlite::params;

use crate::search::Bag;
use crate::store::{LocalId, Result, Writer};

/// By how many of its links, the newest, an idea is known. Beyond 64 nothing was gained (recall at 1 on topics of 170
/// short texts each: 8 links 0.668, 16 0.727, 32 0.760, 64 0.770, all 0.771).
const KNOWN_BY: i64 = 64;

const OWN: &str = "SELECT title,
        coalesce((SELECT body FROM content WHERE content.id = idea.problem), ''),
        coalesce((SELECT body FROM content WHERE content.id = idea.solution), ''),
        coalesce((SELECT body FROM content WHERE content.id = idea.workaround), ''),
        coalesce((SELECT body FROM content WHERE content.id = idea.benefit), '')
    FROM idea WHERE id = ?1 AND deleted = 0 AND merged_into IS NULL";

const LINKED: &str = "SELECT coalesce(content.title, ''), content.body
    FROM insight JOIN feedback ON feedback.id = insight.feedback JOIN content ON content.id = feedback.content
    WHERE insight.idea = ?1 AND insight.deleted = 0 AND feedback.deleted = 0
    ORDER BY insight.id DESC LIMIT ?2";

impl Writer<'_> {
    /// Takes note that the words of a feedback, or whether it counts, changed for the ideas that it is linked to.
    pub(super) fn tells_otherwise(&mut self, feedback: LocalId) -> Result<()> {
        let sql =
            "SELECT idea FROM insight WHERE feedback = ?1 AND deleted = 0 AND idea IS NOT NULL";
        let ideas: Vec<i64> = self.collect(sql, [feedback], |row| row.get(0))?;
        self.pending.profiles.extend(ideas);
        Ok(())
    }

    /// Computes what an idea is known by.
    pub(super) fn settle_profile(&self, idea: i64) -> Result<()> {
        let own = self.first(OWN, [idea], |row| {
            (0..5)
                .map(|index| row.get(index))
                .collect::<rusqlite::Result<Vec<String>>>()
        })?;
        let Some(own) = own else {
            return self
                .run("DELETE FROM idea_profile WHERE idea = ?1", [idea])
                .map(drop);
        };
        let mut bag = Bag::default();
        own.iter().for_each(|text| bag.add(text));
        let linked: Vec<(String, String)> = self.collect(LINKED, [idea, KNOWN_BY], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        for (title, body) in &linked {
            bag.add(title);
            bag.add(body);
        }
        let words = bag.write();
        self.run(
            "INSERT INTO idea_profile (idea, mark, words) VALUES (?1, ?2, ?3)
             ON CONFLICT (idea) DO UPDATE SET mark = excluded.mark, words = excluded.words
             WHERE mark <> excluded.mark",
            params![idea, mark(&words), words],
        )
        .map(drop)
    }
}

/// A number that changes when the words do; that it might not is as likely as one in 2⁶⁴.
fn mark(words: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(words.as_bytes());
    hasher.finish().cast_signed()
}
