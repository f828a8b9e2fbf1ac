//! The gate before a meeting: what is still missing.

use crate::domain::choices::choices;
use crate::domain::entity::Thing;
use crate::domain::id::ShortId;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

choices! {
    /// What can be missing before a meeting.
    MissingKind {
        /// A request which nobody has owned for more than a day.
        Unassigned = 0, "unassigned", "has had no owner for more than a day";
        /// A release item without an update since the last sync.
        UpdateOwed = 1, "update-owed", "owes an update";
        /// An imported idea that is planned, but for which release nobody has said.
        ReleaseMissing = 2, "release-missing", "was imported as planned, without a release";
        /// An imported idea that will not be done, and nobody has said why.
        ReasonMissing = 3, "reason-missing", "was imported as won't do, without a reason";
        /// Feedback whose reporter waits for an answer.
        AnswerOwed = 4, "answer-owed", "owes its reporter an answer";
        /// An action step whose day is over.
        StepOverdue = 5, "step-overdue", "is overdue";
        /// A ticket of an idea that will not be done, on which no PM has said so.
        ApprovalMissing = 6, "approval-missing", "awaits the PM's comment that it will not be done";
        /// The agenda takes longer than the meeting.
        OverTime = 7, "over-time", "takes longer than the meeting has";
        /// A meeting is to be prepared, and nobody has said what it is about.
        TopicMissing = 8, "topic-missing", "is to be prepared, and its topic is not chosen";
    }
}

/// What one does about it: a console offers it under one key, the command line says the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Give it an owner.
    Assign,
    /// Say how it does, or that nothing changed.
    Update,
    /// Move it to a release; an update says that the backlog is meant.
    Place,
    /// Say why it will not be done.
    GiveReason,
    /// Answer the reporter, or waive it.
    Answer,
    /// Mark it done, or give it another day.
    Finish,
    /// Comment on the idea.
    Approve,
    /// Shorten, move or take off items.
    Shorten,
    /// Put something on its agenda.
    Choose,
}

impl MissingKind {
    /// What one does about it.
    #[must_use]
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::Unassigned => Remedy::Assign,
            Self::UpdateOwed => Remedy::Update,
            Self::ReleaseMissing => Remedy::Place,
            Self::ReasonMissing => Remedy::GiveReason,
            Self::AnswerOwed => Remedy::Answer,
            Self::StepOverdue => Remedy::Finish,
            Self::ApprovalMissing => Remedy::Approve,
            Self::OverTime => Remedy::Shorten,
            Self::TopicMissing => Remedy::Choose,
        }
    }
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub kind: MissingKind,
    /// On which thing: a feedback, an idea, a release item, an action step, or the meeting.
    pub thing: Thing,
    /// What a person types for the thing; `None` for a meeting to which nothing was done.
    pub short: Option<ShortId>,
    /// What the thing is called.
    pub title: String,
    /// Who should see to it: its owner, else who is likely to be.
    pub who: Option<Handle>,
    /// Whether nobody owns it, so that `who` is only likely to.
    pub likely: bool,
    /// Since when it is missing, where that is known.
    pub since: Option<Moment>,
    /// Figures and names beyond the words of the kind: `4 minutes over`, the key of a ticket.
    pub detail: Option<String>,
}

impl Missing {
    /// Its owner; `None` while nobody owns it, whoever is likely to.
    #[must_use]
    pub fn owner(&self) -> Option<&Handle> {
        self.who.as_ref().filter(|_| !self.likely)
    }

    /// Who is likely to own what nobody owns yet.
    #[must_use]
    pub fn likely_owner(&self) -> Option<&Handle> {
        self.who.as_ref().filter(|_| self.likely)
    }

    /// Whose it is, as it is shown: `@hana`, or `@hana?` where she is only likely to be the owner.
    #[must_use]
    pub fn whose(&self) -> Option<String> {
        let who = self.who.as_ref()?;
        Some(match self.likely {
            true => format!("{who}?"),
            false => who.to_string(),
        })
    }
}

/// What is missing before a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Gate {
    /// What is missing, by kind, in the order in which the agenda comes to it; the oldest of each kind first.
    pub rows: Vec<Missing>,
    /// The kinds of which there is more than is listed.
    pub more: Vec<MissingKind>,
}

impl Gate {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.rows.is_empty()
    }
}
