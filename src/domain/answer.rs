//! What an answer to a reporter is made from.

use uuid::Uuid;

use super::deed::Seen;
use super::feedback::{FeedbackDetail, Resolution};
use super::id::{CommentId, FeedbackId, IdeaId};
use super::idea::{IdeaDetail, IdeaKind, Status, Timeframe};

/// What an answer says about one feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFacts {
    /// The feedback.
    pub feedback: FeedbackId,
    /// Its title, as it came.
    pub title: String,
    /// Whom the answer mentions: the reporter's handle with `@`, else the customer's name, else nobody.
    pub addressee: Option<String>,
    /// Why it is processed, if it is.
    pub resolution: Option<Resolution>,
    /// The title of the feedback that it is a duplicate of.
    pub duplicate_of: Option<String>,
    /// The ideas it is linked to, oldest link first; those of the original for a duplicate without links of its own.
    pub ideas: Vec<AnswerIdea>,
    /// What the reporter was told before, oldest first.
    pub told: Vec<CommentId>,
    /// How it [stood](Seen::Stood).
    pub stood: Seen,
}

/// What an answer says about one idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerIdea {
    /// The idea.
    pub id: IdeaId,
    /// Its title, as it came.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// What sort of idea it is: a bug is fixed.
    pub kind: Option<IdeaKind>,
    /// The release it is planned for: the earliest that is not cut.
    pub release: Option<String>,
    /// When, if no release is known.
    pub timeframe: Option<Timeframe>,
    /// Why it won't be done, fit to be shown to a customer.
    pub reason: Option<String>,
    /// What helps until then.
    pub workaround: Option<String>,
}

impl AnswerIdea {
    /// An idea of which there is only the title yet; its identity is that of nothing.
    #[must_use]
    pub fn to_be_made(title: &str) -> Self {
        Self {
            id: IdeaId(Uuid::nil()),
            title: title.to_owned(),
            status: Status::New,
            kind: None,
            release: None,
            timeframe: None,
            reason: None,
            workaround: None,
        }
    }
}

impl From<&IdeaDetail> for AnswerIdea {
    fn from(idea: &IdeaDetail) -> Self {
        Self {
            id: idea.row.id,
            title: idea.row.title.clone(),
            status: idea.row.status,
            kind: idea.row.kind,
            release: idea.row.release.clone(),
            timeframe: idea.row.timeframe,
            reason: idea.reason.clone(),
            workaround: idea.workaround.clone(),
        }
    }
}

impl AnswerFacts {
    /// The facts about a feedback that is linked to these ideas.
    #[must_use]
    pub fn new(feedback: &FeedbackDetail, ideas: Vec<AnswerIdea>) -> Self {
        let told = feedback.comments.iter().filter(|said| said.to_reporter);
        Self {
            feedback: feedback.row.id,
            title: feedback.row.title.clone(),
            addressee: feedback.addressee(),
            resolution: feedback.resolution,
            duplicate_of: feedback
                .duplicate_of
                .as_ref()
                .map(|(_, _, title)| title.clone()),
            ideas,
            told: told.map(|said| said.id).collect(),
            stood: Seen::stood(&feedback.row),
        }
    }
}
