//! What answers to reporters are made from.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Reader, Result};
use crate::domain::answer::{AnswerFacts, AnswerIdea};
use crate::domain::feedback::FeedbackDetail;
use crate::domain::id::{FeedbackId, IdeaId};

impl Reader<'_> {
    /// What answers to the reporters of these are made from, in their order; what is gone is left out. A duplicate
    /// without links of its own speaks of those of its original. With `also` they are as if each were linked to that idea, too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answer_facts(
        &self,
        ids: &[FeedbackId],
        also: Option<IdeaId>,
    ) -> Result<Vec<AnswerFacts>> {
        // Whoever answers many at once mostly answers about the same few ideas.
        let mut known: BTreeMap<IdeaId, Option<AnswerIdea>> = BTreeMap::new();
        let mut facts = Vec::new();
        for id in ids {
            let Some(detail) = self.feedback_detail(*id)? else {
                continue;
            };
            let original = match also {
                None => self.speaks_for(&detail)?,
                Some(_) => None,
            };
            let links = &original.as_ref().unwrap_or(&detail).links;
            let mut linked: Vec<IdeaId> = links.iter().map(|link| link.idea).collect();
            linked.extend(also.filter(|idea| !linked.contains(idea)));
            let mut ideas = Vec::new();
            for idea in linked {
                let idea = match known.entry(idea) {
                    Entry::Occupied(entry) => entry.into_mut(),
                    Entry::Vacant(entry) => {
                        let idea = self.idea_detail(*entry.key())?;
                        entry.insert(idea.as_ref().map(AnswerIdea::from))
                    }
                };
                ideas.extend(idea.clone());
            }
            facts.push(AnswerFacts::new(&detail, ideas));
        }
        Ok(facts)
    }

    /// The original of a duplicate that has no links of its own.
    fn speaks_for(&self, detail: &FeedbackDetail) -> Result<Option<FeedbackDetail>> {
        match &detail.duplicate_of {
            Some((original, ..)) if detail.links.is_empty() => self.feedback_detail(*original),
            _ => Ok(None),
        }
    }
}
