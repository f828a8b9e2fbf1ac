//! What suggestions are made from, and feedback found by words.

use std::cell::OnceCell;

use rusqlite::Row;

use super::derived::Crowd;
use super::key::to_blob;
use super::{LocalId, Reader, Result, search_door};
use crate::domain::entity::Entity;
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::idea::Suggestion;
use crate::search::keywords;

/// How many words of a text are sought where little has them all. A choice, as the next: what is found is compared in whole
/// afterwards, so more of them cost time and find nothing that is alike.
const MOST_ALIKE: usize = 8;
/// Among so many telling words the rarest are chosen.
const MOST_LOOKED_UP: usize = 24;

/// An idea that is known by words: which they are is told by [`Reader::known_by`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileMark {
    /// The idea.
    pub idea: LocalId,
    /// Changes whenever the words do, or who wants the idea.
    pub mark: i64,
    /// When anything about the idea last changed, in milliseconds since 1970.
    pub changed: i64,
}

/// What an idea may have in common with a feedback beside its words, to be kept in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdeaTies {
    pub(super) area: Option<i64>,
    pub(super) crowd: Option<Crowd>,
    /// The feedback linked to it last, and the company of each: read when a company asks that may be among them.
    pub(super) askers: OnceCell<Box<[Asker]>>,
}

/// Feedback linked to an idea, and the company that it speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asker {
    pub(super) feedback: i64,
    pub(super) company: i64,
}

/// What a feedback asks for ideas with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    pub(super) local: i64,
    pub(super) area: Option<i64>,
    pub(super) company: Option<i64>,
    /// Whether it is linked to an idea already.
    pub is_linked: bool,
}

impl Wish {
    /// The local key of the feedback.
    #[must_use]
    pub fn local_id(&self) -> LocalId {
        LocalId(self.local)
    }
}

fn mark(row: &Row<'_>) -> rusqlite::Result<ProfileMark> {
    Ok(ProfileMark {
        idea: row.get(0)?,
        mark: row.get(1)?,
        changed: row.get(2)?,
    })
}

impl Reader<'_> {
    /// Every idea that can be suggested. Reads no words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn profile_marks(&self) -> Result<Vec<ProfileMark>> {
        self.collect(
            "SELECT idea, mark, changed FROM idea_demand WHERE mark IS NOT NULL",
            [],
            mark,
        )
    }

    /// The mark of one idea; `None` when it cannot be suggested.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn profile_mark(&self, idea: LocalId) -> Result<Option<ProfileMark>> {
        self.first(
            "SELECT idea, mark, changed FROM idea_demand WHERE idea = ?1 AND mark IS NOT NULL",
            [idea],
            mark,
        )
    }

    /// What an idea may have in common with a feedback beside its words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_ties(&self, idea: LocalId) -> Result<IdeaTies> {
        let ties = self.first(
            "SELECT (SELECT a.id FROM area a WHERE a.id = d.area AND a.deleted = 0), m.wanters
             FROM idea d LEFT JOIN idea_demand m ON m.idea = d.id WHERE d.id = ?1",
            [idea],
            |row| {
                let crowd = row.get_ref(1)?.as_blob_or_null()?;
                Ok(IdeaTies {
                    area: row.get(0)?,
                    crowd: crowd.and_then(Crowd::read),
                    askers: OnceCell::new(),
                })
            },
        )?;
        Ok(ties.unwrap_or_default())
    }

    /// What a feedback asks for ideas with; `None` when it is not here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn wish(&self, feedback: FeedbackId) -> Result<Option<Wish>> {
        self.first(
            "SELECT f.title, coalesce(body_of(t.body, t.packed), ''), f.id,
                (SELECT a.id FROM area a WHERE a.id = f.area AND a.deleted = 0),
                coalesce(f.company, (SELECT company FROM customer u WHERE u.id = f.customer)), f.links > 0
             FROM feedback f LEFT JOIN content t ON t.id = f.content WHERE f.key = ?1 AND f.deleted = 0",
            [to_blob(feedback.0)],
            |row| {
                Ok(Wish {
                    title: row.get(0)?,
                    body: row.get(1)?,
                    local: row.get(2)?,
                    area: row.get(3)?,
                    company: row.get(4)?,
                    is_linked: row.get(5)?,
                })
            },
        )
    }

    /// Title and body of a feedback as they stand; `None` when it is not here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn words_of(&self, feedback: FeedbackId) -> Result<Option<(String, String)>> {
        self.first(
            "SELECT f.title, coalesce(body_of(t.body, t.packed), '') FROM feedback f LEFT JOIN content t ON t.id = f.content
             WHERE f.key = ?1 AND f.deleted = 0",
            [to_blob(feedback.0)],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The ideas that a feedback is linked to.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn linked_ideas(&self, feedback: FeedbackId) -> Result<Vec<LocalId>> {
        self.collect(
            "SELECT i.idea FROM insight i JOIN feedback f ON f.id = i.feedback
             WHERE f.key = ?1 AND i.deleted = 0 AND i.idea IS NOT NULL",
            [to_blob(feedback.0)],
            |row| row.get(0),
        )
    }

    /// Ideas as suggestions for a feedback, in the order given: each with its score. Those that the feedback is linked to
    /// are marked; what is gone is left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn suggested(
        &self,
        feedback: FeedbackId,
        ranked: &[(LocalId, f32)],
    ) -> Result<Vec<Suggestion>> {
        if ranked.is_empty() {
            return Ok(Vec::new());
        }
        let linked = self.linked_ideas(feedback)?;
        let places = vec!["?"; ranked.len()].join(", ");
        let ids: Vec<i64> = ranked.iter().map(|(idea, _)| idea.0).collect();
        let mut rows = self.idea_rows(&format!("d.id IN ({places})"), &ids)?;
        let mut suggestions = Vec::with_capacity(rows.len());
        for (idea, score) in ranked {
            if let Some(at) = rows.iter().position(|(local, _)| *local == idea.0) {
                suggestions.push(Suggestion {
                    linked: linked.contains(idea),
                    idea: rows.swap_remove(at).1,
                    score: *score,
                });
            }
        }
        Ok(suggestions)
    }

    /// The local key of an idea.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn local_idea(&self, idea: IdeaId) -> Result<Option<LocalId>> {
        self.find(Entity::Idea, idea.0)
    }

    /// At most `limit` feedback with some of these words, best first; not that one. Reads no text, whatever the words are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback_with_some_words(
        &self,
        words: &str,
        except: FeedbackId,
        limit: usize,
    ) -> Result<Vec<FeedbackRow>> {
        let except = self.find(Entity::Feedback, except.0)?;
        let some = keywords(words, MOST_LOOKED_UP);
        let room = limit.saturating_add(1);
        let mut found = search_door::feedback_by_terms(self, &some, MOST_ALIKE, room)?;
        found.retain(|local| except != Some(LocalId(*local)));
        found.truncate(limit);
        super::feedback_row::rows(self, &found)
    }

    /// At most `limit` feedback with all these words, best first; not that one. Where fewer have them all, those with some of
    /// them follow: the same wish is seldom said twice in the same words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback_with_words(
        &self,
        words: &str,
        except: Option<FeedbackId>,
        limit: usize,
    ) -> Result<Vec<FeedbackRow>> {
        let except = match except {
            Some(except) => self.find(Entity::Feedback, except.0)?,
            None => None,
        };
        let another = |local: &i64| except != Some(LocalId(*local));
        let mut found = search_door::feedback_by_words(self, words, limit.saturating_add(1))?;
        found.retain(another);
        if found.len() < limit {
            let some = keywords(words, MOST_LOOKED_UP);
            let room = limit.saturating_add(1).saturating_add(found.len());
            let more = search_door::feedback_by_terms(self, &some, MOST_ALIKE, room)?;
            for local in more.into_iter().filter(another) {
                if !found.contains(&local) {
                    found.push(local);
                }
            }
        }
        found.truncate(limit);
        super::feedback_row::rows(self, &found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::Value;
    use crate::store::sample::sample;

    #[test]
    fn behind_those_with_all_words_come_those_with_the_rarest() {
        let (_folder, store, ()) = sample(|make| {
            for _ in 0..3 {
                make.feedback("notification notification settings", 5, &[]);
            }
            make.feedback("notifications for SAML, LDAP and boards", 4, &[]);
            make.feedback("SAML login", 3, &[]);
        });
        let words = "notifications for SAML";
        let rows = store.read(|reader| reader.feedback_with_words(words, None, 3));
        let titles: Vec<String> = rows
            .expect("rows")
            .into_iter()
            .map(|row| row.title)
            .collect();
        assert_eq!(
            titles[..2],
            ["notifications for SAML, LDAP and boards", "SAML login"]
        );
    }

    #[test]
    fn feedback_is_found_by_its_words_but_not_itself() {
        let (_folder, store, ids) = sample(|make| {
            let one = make.feedback("dark mode on mobile", 3, &[]);
            let two = make.feedback("dark mode everywhere", 2, &[]);
            make.feedback("light", 1, &[]);
            let gone = make.feedback("dark mode gone", 1, &[]);
            make.set(Entity::Feedback, gone, "deleted", &Value::Integer(1));
            [one, two]
        });
        let found = |words: &str, limit| {
            store
                .read(|reader| reader.feedback_with_words(words, Some(FeedbackId(ids[0])), limit))
                .expect("feedback")
        };
        let rows = found("dark mo", 1);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].id.0, ids[1]);
        let some = found("dark theme in the phone", 5);
        assert_eq!(some.len(), 1, "nobody has all the words");
        assert_eq!(some[0].id.0, ids[1]);
        let more = found("mode", 5);
        assert_eq!(more.len(), 1, "whoever has all of them is told once");
        assert!(found("", 5).is_empty());
        assert!(found("nowhere", 5).is_empty());
    }
}
