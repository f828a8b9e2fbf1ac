//! Ideas ranked for a feedback, and feedback found by words.
//!
//! The full-text score chooses the candidates. What is shown is how much of what the feedback says the idea shares: the
//! keywords of the feedback that any idea has, each weighed by how rare it is among the ideas, so that the score lies
//! between 0 and 1 and its reasons can be named.

use std::collections::HashMap;

use super::key::to_blob;
use super::{LocalId, Reader, Result, search_door};
use crate::domain::entity::Entity;
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::FeedbackId;
use crate::domain::idea::Suggestion;
use crate::search::{Term, keywords};

/// How many words of a feedback are compared with the ideas.
const MOST_KEYWORDS: usize = 24;

/// Of how many ideas the score is looked at.
const MOST_CANDIDATES: usize = 40;

/// How many words of a text are sought where nothing has them all.
const MOST_ALIKE: usize = 8;

/// Ideas that share less than this part of the weight are not suggested.
const FLOOR: f32 = 0.12;

/// So many rare words must be shared at least for a full score.
const FEW_WORDS: f64 = 3.0;

impl Reader<'_> {
    /// At most `limit` ideas that fit a feedback, best first, with the words they share. Those it is linked to are
    /// among them, marked. Nothing for a feedback that is not here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn suggestions(&self, feedback: FeedbackId, limit: usize) -> Result<Vec<Suggestion>> {
        let found = self.first(
            "SELECT f.id, f.title, coalesce(t.body, '') FROM feedback f LEFT JOIN content t ON t.id = f.content
             WHERE f.key = ?1 AND f.deleted = 0",
            [to_blob(feedback.0)],
            |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
        )?;
        let Some((local, title, body)) = found else {
            return Ok(Vec::new());
        };
        // The title is what somebody took the trouble to say first: it counts twice.
        let keywords = keywords(&format!("{title}\n{title}\n{body}"), MOST_KEYWORDS);
        let scores = self.scores(&keywords)?;
        let linked = self.insights_of_feedback(LocalId(local))?;
        let mut suggestions = Vec::new();
        for (idea, score, shared) in scores.into_iter().take(limit) {
            if let Some((_, row)) = self.idea_rows("d.id = ?", &[idea])?.pop() {
                suggestions.push(Suggestion {
                    linked: linked.iter().any(|insight| insight.idea.local.0 == idea),
                    idea: row,
                    score,
                    shared,
                });
            }
        }
        Ok(suggestions)
    }

    /// At most `limit` feedback with all these words, best first; not that one. Where no other has them all, those with
    /// some of them: the same wish is seldom said twice in the same words.
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
        if found.is_empty() {
            let some = keywords(words, MOST_ALIKE);
            found = search_door::feedback_by_terms(self, &some, limit.saturating_add(1))?;
            found.retain(another);
        }
        found.truncate(limit);
        super::feedback_row::rows(self, &found)
    }

    /// The ideas above the floor, best first: local key, score, shared words.
    fn scores(&self, keywords: &[Term]) -> Result<Vec<(i64, f32, Vec<String>)>> {
        let candidates = search_door::ideas_by_terms(self, keywords, MOST_CANDIDATES)?;
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let mut shares: HashMap<i64, (f64, Vec<String>)> = HashMap::new();
        let ideas = self
            .first("SELECT count(*) FROM idea_demand", [], |row| row.get(0))?
            .unwrap_or(0_i64);
        let mut whole = 0.0;
        for keyword in keywords {
            let having = search_door::ideas_with(self, keyword)?;
            if having.is_empty() {
                // A word that no idea has says nothing about which idea fits.
                continue;
            }
            let weight = rarity(ideas, having.len());
            whole += weight;
            for (idea, _) in &candidates {
                if having.binary_search(idea).is_ok() {
                    let share = shares.entry(*idea).or_default();
                    share.0 += weight;
                    share.1.push(keyword.to_string());
                }
            }
        }
        // A feedback of which ideas know a single word is not thereby like one of them.
        let whole = whole.max(FEW_WORDS * rarity(ideas, 1));
        // The candidates come by their full-text score, which settles ties: sorting is stable.
        let mut scores: Vec<(i64, f32, Vec<String>)> = candidates
            .into_iter()
            .filter_map(|(idea, _)| {
                let (share, words) = shares.remove(&idea)?;
                let score = (share / whole) as f32;
                (score >= FLOOR).then_some((idea, score, words))
            })
            .collect();
        scores.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
        Ok(scores)
    }
}

/// What a word tells that `having` of all ideas have: the rarer, the more, and never nothing.
fn rarity(ideas: i64, having: usize) -> f64 {
    let having = having.max(1) as f64;
    (1.0 + ideas.max(1) as f64 / having).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::Value;
    use crate::store::Store;
    use crate::store::sample::sample;
    use uuid::Uuid;

    fn ranked(store: &Store, id: Uuid) -> Vec<Suggestion> {
        store
            .read(|reader| reader.suggestions(FeedbackId(id), 5))
            .expect("suggestions")
    }

    #[test]
    fn ideas_that_share_rare_words_come_first_and_strangers_not_at_all() {
        let (_folder, store, ids) = sample(|make| {
            let pdf = make.idea("Export a board as PDF", &[]);
            let csv = make.idea("Export members as CSV", &[]);
            for number in 0..20 {
                make.idea(&format!("Export number {number}"), &[]);
            }
            make.idea("Dark mode", &[]);
            let twin = make.idea("Export a board as PDF file", &[]);
            make.set(Entity::Idea, twin, "merged_into", &Value::Thing(pdf));
            let gone = make.idea("Board export for auditors", &[]);
            make.set(Entity::Idea, gone, "deleted", &Value::Integer(1));
            let wanted = make.feedback("export our board to PDF for auditors", 1, &[]);
            let unlike = make.feedback("the coffee is cold", 1, &[]);
            let empty = make.feedback("...", 1, &[]);
            make.link(wanted, csv, &[]);
            [pdf, csv, wanted, unlike, empty]
        });
        let [pdf, csv, wanted, unlike, empty] = ids;
        let found = ranked(&store, wanted);
        assert_eq!(found[0].idea.id.0, pdf);
        assert!(!found[0].linked);
        let mut shared = found[0].shared.clone();
        shared.sort();
        assert_eq!(shared, ["board", "export", "pdf"]);
        assert!(found.iter().all(|s| s.score > 0.0 && s.score <= 1.0));
        assert!(found.is_sorted_by(|a, b| a.score >= b.score));
        let titles: Vec<&str> = found.iter().map(|s| s.idea.title.as_str()).collect();
        assert!(!titles.contains(&"Dark mode") && !titles.contains(&"Board export for auditors"));
        assert!(
            !titles.contains(&"Export a board as PDF file"),
            "{titles:?}"
        );
        if let Some(linked) = found.iter().find(|s| s.idea.id.0 == csv) {
            assert!(linked.linked);
        }
        assert_eq!(ranked(&store, unlike), []);
        assert_eq!(ranked(&store, empty), []);
        assert_eq!(ranked(&store, Uuid::nil()), []);
    }

    #[test]
    fn what_is_linked_is_marked() {
        let (_folder, store, feedback) = sample(|make| {
            let idea = make.idea("Export members", &[]);
            let feedback = make.feedback("export members", 1, &[]);
            make.link(feedback, idea, &[]);
            feedback
        });
        let found = ranked(&store, feedback);
        assert_eq!((found.len(), found[0].linked), (1, true));
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
        assert!(found("", 5).is_empty());
        assert!(found("nowhere", 5).is_empty());
    }
}
