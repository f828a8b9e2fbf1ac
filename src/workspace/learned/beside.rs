//! What else others like it tell about a feedback, beside the ideas: who should own it, and what is probably the same item.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Learned, Result};
use crate::domain::feedback::FeedbackRow;
use crate::domain::hints::{Hints, Kinship, LikelyOwner, OwnerReason, SameItem};
use crate::domain::id::FeedbackId;
use crate::domain::people::Handle;
use crate::search::is_same_text;
use crate::store::{Kin, Reader};
use crate::suggest::{
    Asked, SAME, SAME_TEXT, SHARED, Usage, Voice, in_common, is_same_wish, likely_owner, likeness,
    worth_a_look,
};

// These limits are choices as well.

/// How many of the newest feedback of a customer, a company and a reporter are compared.
const MOST_KIN: usize = 64;

/// How many of the newest feedback with its title are compared, whosever they are.
const MOST_SAME_TEXTS: usize = 16;

/// How many feedback are said to be the same at most.
const MOST_SAME: usize = 5;

/// How many of the words that two have in common are told.
const MOST_IN_COMMON: usize = 3;

/// Among how many of the newest feedback it is counted how many have a word, and how much of each text in bytes. As many tell as
/// well as 512 and 2,048 (`docs/suggestions.md`), and are read sooner.
const MOST_COUNTED: usize = 256;
const COUNTED: usize = 4_096;

/// How many ideas, the best, have a say in who should own a feedback, each with so many of the newest feedback linked to it.
const MOST_VOICES: usize = 9;
const MOST_OWNED: usize = 16;

/// How many feedback with the words of its title have a say in it as well, and how alike they must be: half of what makes two
/// the same item. On Eclipse they find 0.203 of the owners instead of 0.195, and name 87 wrongly instead of 82 (`docs/suggestions.md`).
const MOST_SIMILAR: usize = 16;
const SIMILAR: f64 = 0.2;

/// How telling words are among the newest feedback. Ideas cannot tell it: the first day after an import there are none, and they
/// are told in other words.
#[derive(Debug, Default)]
pub(super) struct Lately {
    usage: Usage,
    /// The newest feedback when it was counted, by its local key.
    newest: i64,
}

/// A feedback about which is asked what others like it tell.
struct Question<'q, 'r> {
    reader: &'q Reader<'r>,
    feedback: FeedbackId,
    title: String,
    body: String,
    asked: Asked,
    stopped: &'q AtomicBool,
}

impl<'q, 'r> Question<'q, 'r> {
    /// `None` where that feedback is not there.
    fn about(
        reader: &'q Reader<'r>,
        feedback: FeedbackId,
        stopped: &'q AtomicBool,
    ) -> Result<Option<Self>> {
        let found = reader.words_of(feedback)?;
        Ok(found.map(|(title, body)| Self {
            reader,
            feedback,
            asked: Asked::of(reader.stems(), &title, &body),
            title,
            body,
            stopped,
        }))
    }

    /// Whether nobody waits for the answer any more.
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

impl Learned {
    /// What others like it tell about a feedback; as far as it is known when it is `stopped`.
    pub(in crate::workspace) fn hints(
        &self,
        reader: &Reader<'_>,
        feedback: FeedbackId,
        stopped: &AtomicBool,
    ) -> Result<Hints> {
        let Some(question) = Question::about(reader, feedback, stopped)? else {
            return Ok(Hints::default());
        };
        self.count_lately(reader, stopped)?;
        Ok(Hints {
            owner: match reader.is_owned(feedback)? {
                true => None,
                false => self.owner(&question)?,
            },
            same: self.same(&question)?,
        })
    }

    /// Who should own it: the owner of its area; else whoever owns most of what is like it, or the area whose keywords it
    /// says.
    fn owner(&self, question: &Question<'_, '_>) -> Result<Option<LikelyOwner>> {
        let &Question {
            reader, feedback, ..
        } = question;
        if let Some((area, Some(owner))) = reader.area_of(feedback)? {
            let why = OwnerReason::Area(area);
            return Ok(Some(LikelyOwner { owner, why }));
        }
        let by_words = reader.area_by_keyword(&question.title, &question.body)?;
        let mut voices: Vec<Voice<Handle>> = Vec::new();
        let mut likest = self.fitting(&question.asked, MOST_VOICES);
        // A link is the surest voice, whether or not the words would have found it.
        for linked in reader.linked_ideas(feedback)? {
            if likest.iter().all(|(idea, _)| *idea != linked) {
                likest.push((linked, 1.0));
            }
        }
        for suggestion in reader.suggested(feedback, &likest)? {
            let fit = match suggestion.linked {
                true => 1.0,
                false => f64::from(suggestion.score),
            };
            let idea = suggestion.idea;
            voices.extend(idea.owner.map(|owner| Voice::of_one(owner, fit)));
            let others = reader.owners_of_linked(idea.id, feedback, MOST_OWNED)?;
            voices.extend(Voice::of_linked(others, fit));
        }
        let lately = self.lately.borrow();
        // Whoever got a similar item gets this one, though neither belongs to an idea.
        for row in reader.feedback_with_some_words(&question.title, feedback, MOST_SIMILAR)? {
            if question.is_stopped() {
                break;
            }
            let Some((owner, (title, body))) = row.owner.zip(reader.words_of(row.id)?) else {
                continue;
            };
            let other = Asked::of(reader.stems(), &title, &body);
            let alike = likeness(&question.asked, &other, |stem| lately.usage.rarity(stem));
            if alike >= SIMILAR {
                voices.push(Voice::of_one(owner, alike));
            }
        }
        let area = by_words.as_ref().map(|(_, owner, said)| (owner, *said));
        let Some(found) = likely_owner(&voices, area) else {
            return Ok(None);
        };
        let why = match by_words {
            Some((area, _, _)) if found.by_area => OwnerReason::Area(area),
            _ => OwnerReason::Items(found.items),
        };
        let owner = found.owner;
        Ok(Some(LikelyOwner { owner, why }))
    }

    /// Of these feedback those that are like another one, the likest first, and of equals those that have more of its title in their
    /// own: as many as could be looked at before it is `stopped`.
    pub(in crate::workspace) fn alike(
        &self,
        reader: &Reader<'_>,
        feedback: FeedbackId,
        found: Vec<FeedbackRow>,
        stopped: &AtomicBool,
    ) -> Result<Vec<FeedbackRow>> {
        let Some(question) = Question::about(reader, feedback, stopped)? else {
            return Ok(Vec::new());
        };
        self.count_lately(reader, stopped)?;
        let lately = self.lately.borrow();
        let mut alike = Vec::new();
        for row in found {
            if question.is_stopped() {
                break;
            }
            let Some((title, body)) = reader.words_of(row.id)? else {
                continue;
            };
            let other = Asked::of(reader.stems(), &title, &body);
            if let Some(fits) =
                worth_a_look(&question.asked, &other, |stem| lately.usage.rarity(stem))
            {
                alike.push((fits, row));
            }
        }
        alike.sort_by(|((a, in_a), _), ((b, in_b), _)| b.total_cmp(a).then(in_b.cmp(in_a)));
        Ok(alike.into_iter().map(|(_, row)| row).collect())
    }

    /// Feedback that is probably the same item, the likest first.
    fn same(&self, question: &Question<'_, '_>) -> Result<Vec<SameItem>> {
        let reader = question.reader;
        let words = (question.title.as_str(), question.body.as_str());
        let lately = self.lately.borrow();
        let rarity = |stem: &str| lately.usage.rarity(stem);
        let mut found: Vec<(Kin, f64, Vec<String>)> = Vec::new();
        let mut to_compare = reader.kin(question.feedback, MOST_KIN)?;
        for same in reader.same_texts(question.feedback, words, MOST_SAME_TEXTS)? {
            if to_compare.iter().all(|kin| kin.feedback != same.feedback) {
                to_compare.push(same);
            }
        }
        for kin in to_compare {
            if question.is_stopped() {
                break;
            }
            let Some(text) = reader.text_of_feedback(kin.feedback)? else {
                continue;
            };
            let other = Asked::of(reader.stems(), &text.0, &text.1);
            let score = likeness(&question.asked, &other, rarity);
            if score < SAME {
                continue;
            }
            let mut shared = in_common(&question.asked, &other, rarity);
            let is_same = match kin.by {
                Kinship::Reporter | Kinship::Text => score >= SAME_TEXT,
                Kinship::Customer | Kinship::Company => {
                    is_same_wish(&question.asked, &other, score, shared.len())
                }
            };
            if !is_same {
                continue;
            }
            if shared.len() >= SHARED || is_same_text(words, (&text.0, &text.1)) {
                shared.truncate(MOST_IN_COMMON);
                found.push((kin, score, shared));
            }
        }
        found.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
        // Of several duplicates of one original the likest speaks for it.
        let mut shown = HashSet::new();
        found.retain(|(kin, _, _)| shown.insert(kin.shown));
        found.truncate(MOST_SAME);
        let said = format!("{}\n{}", question.title, question.body);
        let mut same = Vec::with_capacity(found.len());
        for (kin, score, shared) in found {
            if let Some(row) = reader.live_row(kin.shown)? {
                same.push(SameItem {
                    row,
                    by: kin.by,
                    score: score as f32,
                    words: reader.stems().as_said(&said, &shared),
                });
            }
        }
        Ok(same)
    }

    /// Counts how many of the newest feedback have which words, where an eighth of them has come since, or nothing was counted. When
    /// it is `stopped`, what was counted before stays.
    fn count_lately(&self, reader: &Reader<'_>, stopped: &AtomicBool) -> Result<()> {
        let mut lately = self.lately.borrow_mut();
        let feedback = reader.newest_feedback(MOST_COUNTED)?;
        let newest = feedback.first().map_or(0, |newest| newest.0);
        let come = newest.abs_diff(lately.newest);
        if come == 0 || come.saturating_mul(8) < lately.usage.texts() as u64 {
            return Ok(());
        }
        let mut usage = Usage::default();
        for local in feedback {
            if stopped.load(Ordering::SeqCst) {
                return Ok(());
            }
            let (title, body) = match reader.text_of_feedback(local) {
                Ok(text) => text.unwrap_or_default(),
                // It tells nothing; the doctor says what is wrong with it.
                Err(error) if error.is_unreadable_text() => continue,
                Err(error) => return Err(error),
            };
            let mut end = body.len().min(COUNTED);
            while !body.is_char_boundary(end) {
                end -= 1;
            }
            usage.add(&Asked::of(reader.stems(), &title, &body[..end]).whole);
        }
        *lately = Lately { usage, newest };
        Ok(())
    }
}
