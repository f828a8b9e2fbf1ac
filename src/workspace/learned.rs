//! What this program has learned about the ideas, in memory: read from the file piece by piece, and kept up with what this
//! and other windows change.
//!
//! ```text
//! prepare ──> another window has written? ── marks of all ideas ──> those that differ are to be read
//!                │ no                                                     │
//!                └── a deed from here has taught some ────────────────────┤
//!                                                                         v
//!                                           a few of them are read, until none is left: ready
//! ```

mod beside;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::hints::Reason;
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::idea::Suggestion;
use crate::search::written;
use crate::store::{IdeaTies, LocalId, Reader, StoreError, Tie, Wish};
use crate::suggest::{Asked, Habit, Profiles, RESERVE, Ties, lean};

use beside::Lately;

/// The setting of this copy under which the habit is stored.
pub(super) const HABIT: &str = "link habit";

// These limits are choices, sized to cost some milliseconds at most while the hands rest, on the largest workspace that was
// measured. Where other values were measured, the comment says so.

/// How many words a reason names.
const MOST_SHARED: usize = 8;

/// How many of the feedback linked to an idea, by the newest links, are compared for a reason.
const MOST_LINKED: usize = 32;

/// How many ideas are read at once: some milliseconds, so that whoever asks something else meanwhile is answered.
const PIECE: usize = 100;

/// The ideas as they are known by, and the team's habit.
#[derive(Debug, Default)]
pub(super) struct Learned {
    profiles: Profiles,
    /// Mark and time of change of each idea in the profiles.
    known: HashMap<LocalId, (i64, i64)>,
    /// What else each may have in common with a feedback.
    ties: HashMap<LocalId, IdeaTies>,
    /// What is still to be read.
    unread: BTreeSet<LocalId>,
    habit: Habit,
    /// Whether the habit is not stored as it is.
    unsaved: bool,
    /// How telling words are among the newest feedback, counted when it is asked for first.
    lately: RefCell<Lately>,
    /// The file as it was when the marks were compared last; `None` where that has to be done anew.
    version: Option<i64>,
}

/// How fresh an idea was when it was linked to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observed {
    /// How many ideas were touched more lately.
    fresher: usize,
    /// Of how many.
    ideas: usize,
}

type Result<T> = std::result::Result<T, StoreError>;

/// Keeping up with the file.
impl Learned {
    /// Something was written from here without word of which ideas it is about: all of them are compared anew.
    pub(super) fn doubt(&mut self) {
        self.version = None;
    }

    /// These ideas are known by other words from now on. Nothing to do while nothing has been read.
    pub(super) fn taught(&mut self, reader: &Reader<'_>, ideas: Vec<LocalId>) -> Result<()> {
        if self.version.is_none() {
            return Ok(());
        }
        self.unread.extend(ideas);
        // A deed on some ideas is learned from at once, so that the next suggestion finds nothing to do.
        self.read_some(reader)
    }

    /// Whether all that has been written up to now is known.
    pub(super) fn is_ready(&self, version: i64) -> bool {
        self.version == Some(version) && self.unread.is_empty()
    }

    /// Reads some of what is not known yet, and says whether that was all.
    pub(super) fn prepare(&mut self, reader: &Reader<'_>, version: i64) -> Result<bool> {
        if self.version != Some(version) {
            self.compare(reader)?;
            self.version = Some(version);
        }
        self.read_some(reader)?;
        Ok(self.unread.is_empty())
    }

    /// Finds out which ideas differ from what is known.
    fn compare(&mut self, reader: &Reader<'_>) -> Result<()> {
        if self.known.is_empty() && !self.unsaved {
            let stored = reader.setting(HABIT)?;
            self.habit = stored.as_deref().map(Habit::read).unwrap_or_default();
        }
        let marks = reader.profile_marks()?;
        let mut gone: BTreeSet<LocalId> = self.known.keys().copied().collect();
        for mark in marks {
            gone.remove(&mark.idea);
            if self.known.get(&mark.idea) != Some(&(mark.mark, mark.changed)) {
                self.unread.insert(mark.idea);
            }
        }
        self.unread.extend(gone);
        Ok(())
    }

    fn read_some(&mut self, reader: &Reader<'_>) -> Result<()> {
        for _ in 0..PIECE {
            let Some(idea) = self.unread.first().copied() else {
                break;
            };
            self.read(reader, idea)?;
            self.unread.remove(&idea);
        }
        Ok(())
    }

    /// Reads what an idea is known by, as far as it is not known.
    fn read(&mut self, reader: &Reader<'_>, idea: LocalId) -> Result<()> {
        let Some(mark) = reader.profile_mark(idea)? else {
            self.profiles.remove(idea.0);
            self.known.remove(&idea);
            self.ties.remove(&idea);
            return Ok(());
        };
        match self.known.get(&idea) {
            Some((known, changed)) if *known == mark.mark => {
                if *changed != mark.changed {
                    self.profiles.touch(idea.0, mark.changed);
                }
            }
            _ => {
                let words = reader.known_by(idea)?;
                self.profiles.set(idea.0, written(&words), mark.changed);
            }
        }
        self.ties.insert(idea, reader.idea_ties(idea)?);
        self.known.insert(idea, (mark.mark, mark.changed));
        Ok(())
    }

    /// Reads in advance what the next suggestions may ask, some of it with each call; answers whether there was anything to read.
    pub(super) fn settle_in(&self, reader: &Reader<'_>) -> Result<bool> {
        let mut read = 0;
        for (idea, ties) in &self.ties {
            read += usize::from(reader.prepare_tie(*idea, ties)?);
            if read == PIECE {
                break;
            }
        }
        Ok(read > 0)
    }

    /// Whether a link tells it anything about the habit: all ideas are known.
    pub(super) fn heeds(&self) -> bool {
        self.unread.is_empty() && !self.profiles.is_empty()
    }

    /// What a link to an idea tells, as long as it has not changed what is known.
    pub(super) fn observe(&self, idea: LocalId) -> Option<Observed> {
        let fresher = self.profiles.fresher(idea.0).filter(|_| self.heeds())?;
        Some(Observed {
            fresher,
            ideas: self.profiles.len(),
        })
    }

    /// Takes note of a link that was made.
    pub(super) fn notice(&mut self, observed: Observed) {
        self.habit.notice(observed.fresher, observed.ideas);
        self.unsaved = true;
    }

    /// The habit as it is to be stored, where it is not stored yet.
    pub(super) fn unsaved(&self) -> Option<String> {
        self.unsaved.then(|| self.habit.write())
    }

    /// The habit is stored as it is.
    pub(super) fn saved(&mut self) {
        self.unsaved = false;
    }
}

/// Answers, from what is known.
impl Learned {
    /// At most `limit` ideas that fit a feedback, best first.
    pub(super) fn suggestions(
        &self,
        reader: &Reader<'_>,
        feedback: FeedbackId,
        limit: usize,
    ) -> Result<Vec<Suggestion>> {
        let Some(wish) = reader.wish(feedback)? else {
            return Ok(Vec::new());
        };
        let asked = asked_by(reader, &wish)?;
        let pull = self.habit.pull();
        let mut ranked = self
            .profiles
            .rank(&asked, pull, limit.saturating_add(RESERVE));
        let mut ties = Vec::with_capacity(ranked.len());
        for ranked in &ranked {
            ties.push(ties_of(self.tie(reader, &wish, LocalId(ranked.idea))?));
        }
        lean(&mut ranked, &ties);
        ranked.truncate(limit);
        // Freshness and ties decide the order, too: what comes behind another is not to be believed more than that.
        let mut most = 1.0_f64;
        let shown: Vec<(LocalId, f32)> = ranked
            .into_iter()
            .map(|ranked| {
                most = most.min(ranked.sure);
                (LocalId(ranked.idea), most as f32)
            })
            .collect();
        reader.suggested(feedback, &shown)
    }

    /// At most `limit` ideas that fit, best first, each with how well it does.
    fn fitting(&self, asked: &Asked, limit: usize) -> Vec<(LocalId, f32)> {
        let ranked = self.profiles.rank(asked, self.habit.pull(), limit);
        let ranked = ranked.into_iter();
        ranked
            .map(|ranked| (LocalId(ranked.idea), ranked.score as f32))
            .collect()
    }

    /// What a feedback and an idea have in common beside their words.
    fn tie(&self, reader: &Reader<'_>, wish: &Wish, idea: LocalId) -> Result<Tie> {
        match self.ties.get(&idea) {
            Some(ties) => reader.tie(wish, idea, ties),
            None => Ok(Tie::default()),
        }
    }

    /// Why an idea fits a feedback; as far as it is known when it is `stopped`.
    pub(super) fn reason(
        &self,
        reader: &Reader<'_>,
        feedback: FeedbackId,
        idea: IdeaId,
        stopped: &AtomicBool,
    ) -> Result<Reason> {
        let (Some(wish), Some(idea)) = (reader.wish(feedback)?, reader.local_idea(idea)?) else {
            return Ok(Reason::default());
        };
        let (title, body) = (&wish.title, &wish.body);
        let asked = asked_by(reader, &wish)?;
        let stems = self.profiles.shared(&asked, idea.0, MOST_SHARED);
        // One word in common is chance, unless there is no other.
        let enough = stems.len().min(2);
        let mut items = 0;
        if enough > 0 {
            for (title, body) in reader.linked_texts(idea, feedback, MOST_LINKED)? {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                items += u32::from(reader.stems().said(&[&title, &body], &stems) >= enough);
            }
        }
        let words = reader.stems().as_said(&format!("{title}\n{body}"), &stems);
        // What is told in words is read anew: a company may have been corrected in another window.
        let tie = reader.tie(&wish, idea, &reader.idea_ties(idea)?)?;
        Ok(Reason {
            words,
            items,
            area: tie.area == Some(true),
            company: tie.company,
        })
    }
}

/// What a feedback asks with: where it is linked already, its own words prove nothing.
fn asked_by(reader: &Reader<'_>, wish: &Wish) -> Result<Asked> {
    let asked = Asked::of(reader.stems(), &wish.title, &wish.body);
    if !wish.is_linked {
        return Ok(asked);
    }
    let taught = reader.taught_by(wish.local_id())?;
    Ok(asked.having_taught(taught.into_iter().map(|idea| idea.0)))
}

fn ties_of(tie: Tie) -> Ties {
    Ties {
        elsewhere: tie.area == Some(false),
        asked_before: tie.company,
    }
}
