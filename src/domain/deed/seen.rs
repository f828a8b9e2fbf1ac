//! What somebody saw before they did something: a deed is not done unknowingly over what others did meanwhile.

use super::super::feedback::{FeedbackRow, State};
use super::super::id::{CommentId, FeedbackId, IdeaId};
use super::super::moment::Moment;
use super::super::people::Handle;

/// How something was when what became a deed was begun. Where it is otherwise when the deed is done (another window, or the
/// command line, was quicker), the deed is refused and the problem tells how it is: whoever does the same again, having seen
/// that, does it knowingly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A field of an idea held these [words](super::super::idea::IdeaDetail::words).
    Field {
        /// The idea.
        idea: IdeaId,
        /// The field.
        field: &'static str,
        /// What it held.
        words: String,
    },
    /// The reporter of a feedback was told this, and nothing else.
    Told {
        /// The feedback.
        feedback: FeedbackId,
        /// The comments to them.
        comments: Vec<CommentId>,
    },
    /// A feedback stood like this, as stored: what comes back by the clock alone is not otherwise.
    Stood {
        /// The feedback.
        feedback: FeedbackId,
        /// Its state.
        state: State,
        /// Snoozed or waiting until then.
        hidden_until: Option<Moment>,
    },
    /// A feedback was somebody's, or nobody's.
    Owned {
        /// The feedback.
        feedback: FeedbackId,
        /// Its owner.
        owner: Option<Handle>,
    },
}

impl Seen {
    /// How a feedback stood whose row is this.
    #[must_use]
    pub const fn stood(row: &FeedbackRow) -> Self {
        Self::Stood {
            feedback: row.id,
            state: row.state,
            hidden_until: row.hidden_until,
        }
    }

    /// Whose a feedback was whose row is this.
    #[must_use]
    pub fn owned(row: &FeedbackRow) -> Self {
        Self::Owned {
            feedback: row.id,
            owner: row.owner.clone(),
        }
    }

    /// What it is called where a problem tells how it is [meanwhile](crate::problem::Problem::meanwhile).
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Field { field, .. } => (*field).to_owned(),
            Self::Told { feedback, .. } => feedback.to_string(),
            Self::Stood { feedback, .. } => format!("state of {feedback}"),
            Self::Owned { feedback, .. } => format!("owner of {feedback}"),
        }
    }

    /// How it is, in the words in which a problem tells it, and which [`Seen::hear`] understands. Of what a reporter was told it
    /// is the last.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Field { words, .. } => words.clone(),
            Self::Told { comments, .. } => comments
                .last()
                .map_or_else(String::new, CommentId::to_string),
            Self::Stood {
                state,
                hidden_until,
                ..
            } => match hidden_until {
                Some(until) => format!("{} {}", state.word(), until.0),
                None => state.word().to_owned(),
            },
            Self::Owned { owner, .. } => owner.as_ref().map_or_else(String::new, Handle::to_string),
        }
    }

    /// Somebody has made it otherwise, which is known from now on.
    pub fn hear(&mut self, now: &str) {
        match self {
            Self::Field { words, .. } => now.clone_into(words),
            Self::Told { comments, .. } => comments.extend(now.parse().map(CommentId)),
            Self::Stood {
                state,
                hidden_until,
                ..
            } => {
                let (word, until) = now.split_once(' ').unwrap_or((now, ""));
                *state = State::parse(word).unwrap_or(*state);
                *hidden_until = until.parse().ok().map(Moment);
            }
            Self::Owned { owner, .. } => *owner = Handle::parse(now).ok(),
        }
    }
}
