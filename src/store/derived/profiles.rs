//! What ideas are known by: the words that suggestions compare.
//!
//! An idea is known by its own words and by those of the newest feedback linked to it. A link adds the words of its feedback
//! and takes away those of the one which is too old now; everything else (an edited idea, a text that changed at its source)
//! gathers all words anew. Both ways lead to the same words, which a property test holds.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use crate::search::Bag;
use crate::store::{LocalId, Result, Writer};

/// By how many of the feedback linked to it, the newest, an idea is known. Beyond 64 nothing was gained (recall at 1 on
/// topics of 170 short texts each: 8 links 0.668, 16 0.727, 32 0.760, 64 0.770, all 0.771).
const KNOWN_BY: usize = 64;

/// More links than this of one idea in one transaction, and gathering all words anew is no dearer.
const MOST_LESSONS: usize = 16;

/// From so many bytes on words have room behind them, half of what they take themselves and so much at most: some links
/// fit in. Tests have less.
const LONG: usize = if cfg!(test) { 16 } else { 1_000 };
const MOST_ROOM: usize = if cfg!(test) { 40 } else { 4_096 };

const OWN: &str = "SELECT title,
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.problem), ''),
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.solution), ''),
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.workaround), ''),
        coalesce((SELECT body_of(body, packed) FROM content WHERE content.id = idea.benefit), '')
    FROM idea WHERE id = ?1 AND deleted = 0 AND merged_into IS NULL";

/// Walks the index of the links from its end: however many links an idea has, only the newest are looked at.
const LINKED: &str =
    "SELECT DISTINCT insight.feedback FROM insight JOIN feedback ON feedback.id = insight.feedback
    WHERE insight.idea = ?1 AND insight.deleted = 0 AND feedback.deleted = 0
    ORDER BY insight.feedback DESC LIMIT ?2";

const TOLD: &str = "SELECT coalesce(title_of(content.title, content.packed), ''), body_of(content.body, content.packed)
    FROM feedback JOIN content ON content.id = feedback.content WHERE feedback.id = ?1";

/// A link: this feedback teaches that idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lesson {
    idea: i64,
    feedback: i64,
}

/// What one idea is to learn and to forget.
#[derive(Default)]
struct Lessons {
    learned: Vec<i64>,
    forgotten: Vec<i64>,
}

impl Writer<'_> {
    /// Takes note that the words of a feedback, or whether it counts, changed for the ideas that it is linked to.
    pub(super) fn tells_otherwise(&mut self, feedback: LocalId) -> Result<()> {
        let sql =
            "SELECT idea FROM insight WHERE feedback = ?1 AND deleted = 0 AND idea IS NOT NULL";
        let ideas: Vec<i64> = self.collect(sql, [feedback], |row| row.get(0))?;
        self.pending.profiles.extend(ideas);
        self.pending.retold.insert(feedback.0);
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

    /// Computes what ideas are known by: those in `anew` from everything, the others by what their links changed.
    pub(super) fn settle_profiles(
        &mut self,
        mut anew: BTreeSet<i64>,
        taught: &BTreeMap<i64, Option<Lesson>>,
        retold: &BTreeSet<i64>,
    ) -> Result<()> {
        let mut lessons: BTreeMap<i64, Lessons> = BTreeMap::new();
        for (insight, before) in taught {
            let now = self.lesson(*insight)?;
            if now == *before {
                continue;
            }
            for lesson in [before, &now].into_iter().flatten() {
                if retold.contains(&lesson.feedback) {
                    anew.insert(lesson.idea);
                }
            }
            if let Some(before) = before {
                let of = lessons.entry(before.idea).or_default();
                of.forgotten.push(before.feedback);
            }
            if let Some(now) = now {
                lessons
                    .entry(now.idea)
                    .or_default()
                    .learned
                    .push(now.feedback);
            }
        }
        for (idea, lessons) in lessons {
            if !anew.contains(&idea) && !self.relearn(idea, &lessons)? {
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

    /// Brings the words of an idea up to date by what its links changed; `false` when they have to be gathered anew.
    fn relearn(&self, idea: i64, lessons: &Lessons) -> Result<bool> {
        let changes = lessons.learned.len() + lessons.forgotten.len();
        let sql = "SELECT mark, words FROM idea_profile WHERE idea = ?1";
        let kept = self.first(sql, [idea], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((mark, words)) = kept.filter(|_| changes <= MOST_LESSONS) else {
            return Ok(false);
        };
        // What does not count has taught nothing that could be forgotten, and what is linked twice is learned once.
        for (feedback, links) in lessons
            .forgotten
            .iter()
            .map(|one| (one, 0))
            .chain(lessons.learned.iter().map(|one| (one, 1)))
        {
            let sql = "SELECT deleted, (SELECT count(*) FROM insight
                WHERE insight.idea = ?2 AND insight.feedback = feedback.id AND insight.deleted = 0)
                FROM feedback WHERE id = ?1";
            let found = self.first(sql, [*feedback, idea], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if found != Some((false, links)) {
                return Ok(false);
            }
        }
        let (learned, forgotten) = self.exchanged(idea, lessons)?;
        let (mut came, mut went) = (Bag::default(), Bag::default());
        for feedback in learned {
            self.told(feedback, &mut |text| came.add(text))?;
        }
        for feedback in forgotten {
            self.told(feedback, &mut |text| went.add(text))?;
        }
        self.change_profile(idea, (mark, words), &came, &went)
    }

    /// Which feedback an idea is known by after these lessons and was not before, and which the other way round.
    fn exchanged(&self, idea: i64, lessons: &Lessons) -> Result<(Vec<i64>, Vec<i64>)> {
        let mut forgotten = lessons.forgotten.clone();
        // Of several links of one feedback that are all gone, it was learned from once.
        forgotten.sort_unstable_by(|a, b| b.cmp(a));
        forgotten.dedup();
        // How many links there were before these lessons.
        let sql = "SELECT insights FROM idea_demand WHERE idea = ?1";
        let links: Option<u32> = self.first(sql, [idea], |row| row.get(0))?;
        if links.is_some_and(|links| links as usize + lessons.learned.len() <= KNOWN_BY) {
            return Ok((lessons.learned.clone(), forgotten));
        }
        let changes = lessons.learned.len() + lessons.forgotten.len();
        let mut now = self.linked(idea, KNOWN_BY + changes)?;
        let mut before: Vec<i64> = now
            .iter()
            .copied()
            .filter(|feedback| !lessons.learned.contains(feedback))
            .chain(forgotten)
            .collect();
        before.sort_unstable_by(|a, b| b.cmp(a));
        before.dedup();
        before.truncate(KNOWN_BY);
        now.truncate(KNOWN_BY);
        let came = now.iter().filter(|one| !before.contains(one));
        let went = before.iter().filter(|one| !now.contains(one));
        Ok((came.copied().collect(), went.copied().collect()))
    }

    /// Writes what came and went behind the words that are kept, or the words anew where there is no room for it; `false`
    /// when more went than was there.
    fn change_profile(
        &self,
        idea: i64,
        (mark, mut words): (i64, String),
        came: &Bag,
        went: &Bag,
    ) -> Result<bool> {
        let all = words.len();
        words.truncate(words.trim_end_matches(' ').len());
        Bag::write_change(&mut words, came, went);
        if words.len() > all {
            let Some(bag) = Bag::read(&words) else {
                return Ok(false);
            };
            self.keep_profile(idea, &bag)?;
            return Ok(true);
        }
        let mark = mark.wrapping_add(came.sum()).wrapping_sub(went.sum());
        words.extend(std::iter::repeat_n(' ', all - words.len()));
        self.write_profile(idea, mark, &words)?;
        Ok(true)
    }

    /// Computes what an idea is known by, from its own words and all that it is known by.
    pub(super) fn gather_profile(&self, idea: i64) -> Result<()> {
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
        for feedback in self.linked(idea, KNOWN_BY)? {
            self.told(feedback, &mut |text| bag.add(text))?;
        }
        self.keep_profile(idea, &bag)
    }

    /// The newest feedback that is linked to an idea, the newest first.
    fn linked(&self, idea: i64, most: usize) -> Result<Vec<i64>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.collect(LINKED, [idea, most], |row| row.get(0))
    }

    /// Tells title and body of a feedback.
    fn told(&self, feedback: i64, tell: &mut dyn FnMut(&str)) -> Result<()> {
        let found: Option<(String, String)> =
            self.first(TOLD, [feedback], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some((title, body)) = found {
            tell(&title);
            tell(&body);
        }
        Ok(())
    }

    fn keep_profile(&self, idea: i64, bag: &Bag) -> Result<()> {
        let mut words = bag.write();
        if words.len() >= LONG {
            let room = (words.len() / 2).min(MOST_ROOM);
            words.extend(std::iter::repeat_n(' ', room));
        }
        self.write_profile(idea, bag.sum(), &words)
    }

    fn write_profile(&self, idea: i64, mark: i64, words: &str) -> Result<()> {
        self.run(
            "INSERT INTO idea_profile (idea, mark, words) VALUES (?1, ?2, ?3)
             ON CONFLICT (idea) DO UPDATE SET mark = excluded.mark, words = excluded.words
             WHERE mark <> excluded.mark",
            params![idea, mark, words],
        )
        .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::KNOWN_BY;
    use crate::domain::entity::{Entity, Value};
    use crate::search::Bag;
    use crate::store::sample::{extend, sample};
    use crate::store::{Store, StoreError};

    fn profile(store: &Store) -> String {
        let words = store.read(|reader| {
            let sql = "SELECT words FROM idea_profile";
            reader.first(sql, [], |row| row.get::<_, String>(0))
        });
        let words = words.expect("a read").expect("a profile");
        Bag::read(&words).expect("words").write()
    }

    fn rebuilt(store: &mut Store) -> String {
        let rebuilt = store.write(|writer| writer.rebuild_derived());
        rebuilt.expect("a rebuild");
        profile(store)
    }

    #[test]
    fn an_idea_is_known_by_the_newest_of_many_links_however_they_come_and_go() {
        let (_folder, mut store, insights) = sample(|make| {
            let idea = make.idea("Export", &[]);
            let link = |number: usize| {
                let feedback = make.feedback(&format!("wish w{number}w"), 1, &[]);
                let ends = [
                    ("feedback", Value::Thing(feedback)),
                    ("idea", Value::Thing(idea)),
                ];
                make.add(Entity::Insight, &ends)
            };
            (0..KNOWN_BY + 6).map(link).collect::<Vec<_>>()
        });
        let has = |store: &Store, number: usize| profile(store).contains(&format!("w{number}w "));
        assert!(!has(&store, 5) && has(&store, 6) && has(&store, KNOWN_BY + 5));
        assert_eq!(profile(&store), rebuilt(&mut store));
        let last = insights[KNOWN_BY + 5];
        for (seed, insight, deleted) in [(1, last, 1), (2, insights[40], 1), (3, last, 0)] {
            extend(&mut store, seed, |make| {
                make.set(
                    Entity::Insight,
                    insight,
                    "deleted",
                    &Value::Integer(deleted),
                );
            });
            let kept = profile(&store);
            assert_eq!(kept, rebuilt(&mut store));
        }
        // One is gone, and an older one counts again.
        assert!(has(&store, 5) && !has(&store, 40));
        assert_eq!(store.take_taught().len(), 1);
        let nothing = store.write(|_| Ok::<_, StoreError>(()));
        nothing.expect("a write");
        assert!(store.take_taught().is_empty());
    }
    #[test]
    fn what_was_linked_twice_and_is_linked_no_more_is_forgotten_once() {
        // Three that say the same, of which one is linked twice.
        let (_folder, mut store, twice) = sample(|make| {
            let idea = make.idea("Export", &[]);
            let said: Vec<_> = (0..3).map(|_| make.feedback("dark mode", 1, &[])).collect();
            let [_, _, one, other] =
                [said[0], said[1], said[2], said[2]].map(|feedback| make.link(feedback, idea, &[]));
            [one, other]
        });
        extend(&mut store, 1, |make| {
            for insight in twice {
                make.set(Entity::Insight, insight, "deleted", &Value::Integer(1));
            }
        });
        let kept = profile(&store);
        assert_eq!(kept, rebuilt(&mut store));
    }
}
