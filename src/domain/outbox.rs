//! The outbox: messages to people, and whether this copy has delivered them.

use super::choices::choices;
use super::id::{FeedbackId, IdeaId, MessageId};
use super::moment::Moment;

choices! {
    /// What a message is for.
    MessageKind {
        /// Tells the reporter what became of their feedback.
        Answer = 0, "answer", "answer";
        /// Asks the reporter back.
        Question = 1, "question", "question";
        /// Tells a colleague that something is theirs now.
        Assignment = 2, "assignment", "assignment";
        /// Asks the owner of a release item how it does.
        UpdateAsked = 3, "update-asked", "update asked for";
    }
}

choices! {
    /// What became of a message on this copy.
    Delivery {
        /// Not sent yet.
        Waiting = 0, "waiting", "waiting";
        /// Sent.
        Sent = 1, "sent", "sent";
        /// Tried in vain.
        Failed = 2, "failed", "failed";
    }
}

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Identity.
    pub id: MessageId,
    /// What it is for.
    pub kind: MessageKind,
    /// Whom it is to: a handle with `@`, else the name of a customer, as it came; `None` when nobody is known.
    pub to: Option<String>,
    /// The feedback it is about, with its title.
    pub feedback: Option<(FeedbackId, String)>,
    /// The idea (or the idea of the release item) it is about, with its title.
    pub idea: Option<(IdeaId, String)>,
    /// What it says, as it came; empty where the kind says it all.
    pub text: String,
    /// When it was written.
    pub at: Moment,
    /// What became of it.
    pub delivery: Delivery,
    /// How often its delivery was tried.
    pub tries: u32,
    /// Why the last try failed.
    pub error: Option<String>,
}
