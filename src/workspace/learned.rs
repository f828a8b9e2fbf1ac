//! What this program has learned about the ideas, in memory: read from the file when it is first asked for, and kept up
//! with what this and other windows change.

use std::collections::HashMap;

use crate::domain::id::FeedbackId;
use crate::domain::idea::Suggestion;
use crate::search::as_said;
use crate::store::{LocalId, Reader, StoreError};
use crate::suggest::{Asked, Habit, Profiles};

/// The setting of this copy under which the habit is stored.
pub(super) const HABIT: &str = "link habit";

/// How many shared words a suggestion names.
const MOST_SHARED: usize = 8;

/// The ideas as they are known by, and the team's habit.
#[derive(Debug, Default)]
pub(super) struct Learned {
    profiles: Profiles,
    /// Mark and time of change of each idea in the profiles.
    known: HashMap<LocalId, (i64, i64)>,
    habit: Habit,
    /// Whether the habit is not stored as it is.
    unsaved: bool,
    /// The file as it was when the profiles were read; `None` where something may have changed since.
    version: Option<i64>,
}

impl Learned {
    /// Something was written from here: what is known may no longer be so.
    pub(super) fn doubt(&mut self) {
        self.version = None;
    }

    /// Takes note of a link to an idea, before it changes what is known.
    pub(super) fn notice(&mut self, idea: LocalId) {
        if let Some(fresher) = self.profiles.fresher(idea.0) {
            self.habit.notice(fresher, self.profiles.len());
            self.unsaved = true;
        }
    }

    /// The habit as it is to be stored, where it is not stored yet.
    pub(super) fn take_unsaved(&mut self) -> Option<String> {
        std::mem::take(&mut self.unsaved).then(|| self.habit.write())
    }

    /// At most `limit` ideas that fit a feedback, best first, with the words they share.
    pub(super) fn suggestions(
        &mut self,
        reader: &Reader<'_>,
        version: i64,
        feedback: FeedbackId,
        limit: usize,
    ) -> Result<Vec<Suggestion>, StoreError> {
        let Some((title, body)) = reader.words_of(feedback)? else {
            return Ok(Vec::new());
        };
        self.catch_up(reader, version)?;
        let asked = Asked::of(&title, &body);
        let ranked = self.profiles.rank(&asked, self.habit.pull(), limit);
        let text = format!("{title}\n{body}");
        let ranked = ranked.into_iter().map(|mut ranked| {
            ranked.shared.truncate(MOST_SHARED);
            let shared = as_said(&text, &ranked.shared);
            (LocalId(ranked.idea), ranked.score as f32, shared)
        });
        reader.suggested(feedback, ranked.collect())
    }

    /// Reads what has changed since it was read last.
    fn catch_up(&mut self, reader: &Reader<'_>, version: i64) -> Result<(), StoreError> {
        if self.version == Some(version) {
            return Ok(());
        }
        if self.known.is_empty() && !self.unsaved {
            let stored = reader.setting(HABIT)?;
            self.habit = stored.as_deref().map(Habit::read).unwrap_or_default();
        }
        let marks = reader.profile_marks()?;
        let mut gone: HashMap<LocalId, (i64, i64)> = std::mem::take(&mut self.known);
        for mark in marks {
            let now = (mark.mark, mark.changed);
            match gone.remove(&mark.idea) {
                Some(known) if known == now => {}
                Some((known, _)) if known == mark.mark => {
                    self.profiles.touch(mark.idea.0, mark.changed);
                }
                _ => {
                    let words = reader.known_by(mark.idea)?;
                    self.profiles.set(mark.idea.0, &words, mark.changed);
                }
            }
            self.known.insert(mark.idea, now);
        }
        for idea in gone.into_keys() {
            self.profiles.remove(idea.0);
        }
        self.version = Some(version);
        Ok(())
    }
}
