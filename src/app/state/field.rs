//! Fields that have no key of their own: each is set through the palette.

use crate::domain::id::{FeedbackId, IdeaId, ReleaseId};

/// What such a prompt sets or makes.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldPrompt {
    /// A field of feedback.
    Feedback(FeedbackField, Vec<FeedbackId>),
    /// A field of ideas.
    Idea(IdeaField, Vec<IdeaId>),
    /// A ticket's link for an idea.
    Ticket(IdeaId),
    /// A new feedback's title.
    NewFeedback,
    /// A release's name and date.
    Release(ReleaseId),
    /// Who a new colleague is: `@hana Hana Ito pm hana@example.org`.
    NewPerson,
    /// Who sits here.
    Me,
}

/// A field of feedback that is typed as a word or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedbackField {
    /// Its area.
    Area,
    /// What kind of feedback it is.
    Kind,
    /// The day by which it is needed.
    NeededBy,
    /// The version of the product it is about.
    Version,
    /// The edition of the product it is about.
    Edition,
    /// The colleague who brought it in.
    Reporter,
    /// The customer who said it.
    Customer,
    /// The company it is from.
    Company,
}

impl FeedbackField {
    /// What a prompt calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Kind => "kind",
            Self::NeededBy => "needed by",
            Self::Version => "version",
            Self::Edition => "edition",
            Self::Reporter => "reporter",
            Self::Customer => "customer",
            Self::Company => "company",
        }
    }
}

/// A field of ideas that is typed as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdeaField {
    /// Its area.
    Area,
    /// What kind of idea it is.
    Kind,
    /// The edition of the product it is for.
    Edition,
    /// How far it is developed.
    Stage,
}

impl IdeaField {
    /// What a prompt calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Kind => "kind",
            Self::Edition => "edition",
            Self::Stage => "stage",
        }
    }
}
