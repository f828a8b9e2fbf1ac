//! What somebody saw before they did something: a deed is not done unknowingly over what others did meanwhile.

use super::super::id::{CommentId, FeedbackId, IdeaId};

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
}
