//! What ideas are known by: the words that suggestions compare.
//!
//! An idea is known by its own words and by those of the feedback that was linked to it last. A link or two are put off: the deed
//! notes that the words lag behind, and with the words stands which texts they are of, so that whoever asks for them adds and
//! takes away what has come and gone since; an idle moment writes that down. Everything else (an edited idea, a text that
//! changed at its source, many links at once) gathers all words anew. Both ways lead to the same words, which a property
//! test holds.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use crate::search::Bag;
use crate::store::{LocalId, Reader, Result, Store, Writer};

/// By how much of the feedback linked to it, by the newest links, an idea is known. Beyond 64 nothing was gained (recall at 1 on
/// topics of 170 short texts each: 8 links 0.668, 16 0.727, 32 0.760, 64 0.770, all 0.771).
const KNOWN_BY: usize = 64;

/// By so many links the words may lag behind. With more, gathering them anew is no dearer.
const MOST_LAG: usize = if cfg!(test) { 3 } else { 16 };

/// For so many ideas, in one idle moment, they are brought up to date: each takes half a millisecond.
const AT_ONCE: usize = 16;

const OWN: &str = "SELECT title,
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.problem), ''),
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.solution), ''),
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.workaround), ''),
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.benefit), '')
    FROM idea WHERE id = ?1 AND deleted = 0 AND merged_into IS NULL";

/// Walks the index of the links from its end: however many links an idea has, only the newest are looked at. By when the feedback
/// came in they would teach nothing where an old backlog is worked off. Of several links of one feedback the newest counts.
const LINKED: &str =
    "SELECT feedback.content FROM insight JOIN feedback ON feedback.id = insight.feedback
    WHERE insight.idea = ?1 AND insight.deleted = 0 AND feedback.deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM insight later WHERE later.feedback = insight.feedback AND later.idea = ?1
            AND later.deleted = 0 AND later.id > insight.id)
    ORDER BY insight.id DESC LIMIT ?2";

/// The ideas that the feedback `?1` is linked to, unless so many other links were made since that it is forgotten there.
const TAUGHT: &str = "SELECT DISTINCT own.idea FROM insight own
    WHERE own.feedback = ?1 AND own.deleted = 0 AND own.idea IS NOT NULL AND ?2 > (SELECT count(*) FROM (
        SELECT 1 FROM insight later JOIN feedback ON feedback.id = later.feedback
        WHERE later.idea = own.idea AND later.deleted = 0 AND later.id > own.id AND feedback.deleted = 0 LIMIT ?2))";

const TOLD: &str = "SELECT coalesce(title_of(title, packed), ''), body_of(body, packed) FROM content WHERE id = ?1";

/// A link: this feedback teaches that idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lesson {
    idea: i64,
    feedback: i64,
}

impl Writer<'_> {
    /// Takes note that the words of a feedback, or whether it counts, changed for the ideas that it is linked to.
    pub(super) fn tells_otherwise(&mut self, feedback: LocalId) -> Result<()> {
        let sql =
            "SELECT idea FROM insight WHERE feedback = ?1 AND deleted = 0 AND idea IS NOT NULL";
        let ideas: Vec<i64> = self.collect(sql, [feedback], |row| row.get(0))?;
        self.pending.profiles.extend(ideas);
        Ok(())
    }

    /// Takes note of what a link teaches before it changes.
    pub(super) fn teaches_otherwise(&mut self, insight: LocalId) -> Result<()> {
        if !self.pending.taught.contains_key(&insight.0) {
            let before = self.lesson(insight.0)?;
            self.pending.taught.insert(insight.0, before);
        }
        Ok(())
    }

    fn lesson(&self, insight: i64) -> Result<Option<Lesson>> {
        self.first(
            "SELECT idea, feedback FROM insight
             WHERE id = ?1 AND deleted = 0 AND idea IS NOT NULL AND feedback IS NOT NULL",
            [insight],
            |row| {
                Ok(Lesson {
                    idea: row.get(0)?,
                    feedback: row.get(1)?,
                })
            },
        )
    }

    /// Computes what ideas are known by: those in `anew` from everything; of the others, a few links are put off.
    pub(super) fn settle_profiles(
        &mut self,
        mut anew: BTreeSet<i64>,
        taught: &BTreeMap<i64, Option<Lesson>>,
    ) -> Result<()> {
        let mut lessons: BTreeMap<i64, usize> = BTreeMap::new();
        for (insight, before) in taught {
            let now = self.lesson(*insight)?;
            if now == *before {
                continue;
            }
            for lesson in [*before, now].into_iter().flatten() {
                *lessons.entry(lesson.idea).or_default() += 1;
            }
        }
        for (idea, lessons) in lessons {
            if !anew.contains(&idea) && !self.put_off(idea, lessons)? {
                anew.insert(idea);
            }
            self.taught.insert(idea);
        }
        for idea in &anew {
            self.gather_profile(*idea)?;
        }
        self.taught.append(&mut anew);
        Ok(())
    }

    /// Notes that the words of an idea lag behind by so many links; `false` when they have to be gathered anew.
    fn put_off(&self, idea: i64, lessons: usize) -> Result<bool> {
        let sql = "UPDATE idea_demand SET mark = random(), lag = lag + ?2
            WHERE idea = ?1 AND mark IS NOT NULL AND lag + ?2 <= ?3";
        Ok(self.run(sql, params![idea, lessons as i64, MOST_LAG as i64])? == 1)
    }

    /// Computes what an idea is known by, from its own words and all that it is known by.
    pub(super) fn gather_profile(&self, idea: i64) -> Result<()> {
        let texts = self.texts_of(idea)?;
        let Some(bag) = self.gathered(idea, &texts)? else {
            let sql = "UPDATE idea_demand SET mark = NULL, lag = 0 WHERE idea = ?1";
            self.run(sql, [idea])?;
            let sql = "DELETE FROM idea_profile WHERE idea = ?1";
            return self.run(sql, [idea]).map(drop);
        };
        // Of an idea whose demand is not known yet, that is computed behind this.
        self.run(
            "INSERT INTO idea_demand (idea, demand, insights, changed, mark) VALUES (?1, 0, 0, 0, random())
             ON CONFLICT (idea) DO UPDATE SET mark = excluded.mark, lag = 0",
            [idea],
        )?;
        self.write_profile(idea, &bag, &texts)
    }

    fn write_profile(&self, idea: i64, bag: &Bag, texts: &[i64]) -> Result<()> {
        self.run(
            "INSERT INTO idea_profile (idea, words, texts) VALUES (?1, ?2, ?3)
             ON CONFLICT (idea) DO UPDATE SET words = excluded.words, texts = excluded.texts",
            params![idea, bag.write(), write_texts(texts)],
        )
        .map(drop)
    }

    /// Brings what is kept of an idea up to date: its words, and who wants it where no version before has kept that.
    fn tend_idea(&self, idea: i64) -> Result<()> {
        let sql = "SELECT lag > 0, wanters IS NULL FROM idea_demand WHERE idea = ?1";
        let behind = self.first(sql, [idea], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (words, wanters) = behind.unwrap_or_default();
        if words {
            self.bring_up_to_date(idea)?;
        }
        if wanters {
            self.settle_demand(idea, None)?;
        }
        Ok(())
    }

    /// Writes the words of an idea down as they are by now. Nobody has to read them again: its mark stays.
    fn bring_up_to_date(&self, idea: i64) -> Result<()> {
        match Bag::read(&self.known_by(LocalId(idea))?) {
            Some(bag) => {
                self.write_profile(idea, &bag, &self.texts_of(idea)?)?;
                let sql = "UPDATE idea_demand SET lag = 0 WHERE idea = ?1";
                self.run(sql, [idea]).map(drop)
            }
            None => self.gather_profile(idea),
        }
    }
}

impl Store {
    /// Brings the words up to date that some ideas are known by and that lag behind, and finds out who wants those of which an
    /// older version has not kept it; answers whether there may be more of them. For idle moments: takes some milliseconds at most.
    ///
    /// # Errors
    /// When the file cannot be written, or another process is writing.
    pub fn tend_profiles(&mut self) -> Result<bool> {
        if self.read(|reader| reader.lagging())?.is_empty() {
            return Ok(false);
        }
        self.write(|writer| {
            let ideas = writer.lagging()?;
            for idea in &ideas {
                writer.tend_idea(*idea)?;
            }
            Ok(ideas.len() == AT_ONCE)
        })
    }
}

impl Reader<'_> {
    /// The words that an idea is known by, its own and those of the feedback linked to it last, as
    /// [`written`](crate::search::written) reads them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known_by(&self, idea: LocalId) -> Result<String> {
        let sql = "SELECT p.words, p.texts, m.lag FROM idea_profile p JOIN idea_demand m ON m.idea = p.idea
            WHERE p.idea = ?1";
        let kept = self.first(sql, [idea], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let (mut words, texts, lag): (String, String, i64) = kept.unwrap_or_default();
        if lag > 0 {
            let (came, went) = difference(self.texts_of(idea.0)?, read_texts(&texts));
            Bag::write_change(
                &mut words,
                &self.words_told(&came)?,
                &self.words_told(&went)?,
            );
        }
        Ok(words)
    }

    /// The ideas that are known by the words of a feedback, too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn taught_by(&self, feedback: LocalId) -> Result<Vec<LocalId>> {
        let most = KNOWN_BY as i64;
        self.collect(TAUGHT, params![feedback, most], |row| row.get(0))
    }

    /// Ideas of which something lags behind, as many as are brought up to date at once.
    fn lagging(&self) -> Result<Vec<i64>> {
        let sql = "SELECT idea FROM idea_demand WHERE lag > 0 OR wanters IS NULL LIMIT ?1";
        self.collect(sql, [AT_ONCE as i64], |row| row.get(0))
    }

    /// Its own words and those of these texts; `None` for an idea that cannot be suggested.
    fn gathered(&self, idea: i64, texts: &[i64]) -> Result<Option<Bag>> {
        let own = self.first(OWN, [idea], |row| {
            (0..5)
                .map(|index| row.get(index))
                .collect::<rusqlite::Result<Vec<String>>>()
        })?;
        let Some(own) = own else {
            return Ok(None);
        };
        let mut bag = self.words_told(texts)?;
        own.iter().for_each(|text| bag.add(self.stems(), text));
        Ok(Some(bag))
    }

    /// The texts of the feedback that was linked to an idea last.
    fn texts_of(&self, idea: i64) -> Result<Vec<i64>> {
        let texts = self.collect(LINKED, [idea, KNOWN_BY as i64], |row| {
            row.get::<_, Option<i64>>(0)
        })?;
        Ok(texts.into_iter().flatten().collect())
    }

    /// The words of some texts, titles and bodies.
    fn words_told(&self, texts: &[i64]) -> Result<Bag> {
        let mut bag = Bag::default();
        let stems = self.stems();
        for text in texts {
            let found: Result<Option<(String, String)>> =
                self.first(TOLD, [text], |row| Ok((row.get(0)?, row.get(1)?)));
            match found {
                Ok(Some((title, body))) => {
                    bag.add(stems, &title);
                    bag.add(stems, &body);
                }
                Ok(None) => {}
                // It tells nothing, neither when it comes nor when it goes; the doctor says what is wrong with it. One text must
                // not take the suggestions of all ideas away.
                Err(error) if error.is_unreadable_text() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(bag)
    }
}

/// The texts that words are of, as they stand beside them.
fn write_texts(texts: &[i64]) -> String {
    let texts: Vec<String> = texts.iter().map(i64::to_string).collect();
    texts.join(" ")
}

fn read_texts(texts: &str) -> Vec<i64> {
    let texts = texts.split_ascii_whitespace();
    texts.filter_map(|text| text.parse().ok()).collect()
}

/// What is there now and was not before, and the other way round. What is there twice counts twice.
fn difference(mut now: Vec<i64>, before: Vec<i64>) -> (Vec<i64>, Vec<i64>) {
    let mut went = Vec::new();
    for text in before {
        match now.iter().position(|one| *one == text) {
            Some(place) => {
                now.swap_remove(place);
            }
            None => went.push(text),
        }
    }
    (now, went)
}

#[cfg(test)]
mod tests;
