//! Feedback: one inbound item, somebody's words.

use chrono::NaiveDate;

use super::choices::choices;
use super::id::{CommentId, ContentId, FeedbackId, IdeaId, InsightId, ShortId};
use super::idea::Status;
use super::moment::Moment;
use super::people::{Company, Customer, Handle, Person};

choices! {
    /// Where a feedback stands.
    State {
        /// Nobody has dealt with it yet. A snoozed item stays here, hidden until its time.
        Unprocessed = 0, "unprocessed", "Unprocessed";
        /// Asked back; counts as unprocessed again on a reply or when its time has come.
        Waiting = 1, "waiting", "Waiting";
        /// Dealt with: linked, duplicate, won't do, or nothing to do.
        Processed = 2, "processed", "Processed";
        /// Put away by hand: not feedback.
        Archived = 3, "archived", "Archived";
    }
}

choices! {
    /// How much it matters to that customer, as reported. "Unset" is the absence of a value, never zero.
    Importance {
        /// Not important.
        NotImportant = 0, "not-important", "Not important";
        /// Nice to have.
        NiceToHave = 1, "nice-to-have", "Nice to have";
        /// Important.
        Important = 2, "important", "Important";
        /// Critical.
        Critical = 3, "critical", "Critical";
    }
}

choices! {
    /// What sort of feedback it is.
    FeedbackKind {
        /// Asks for something.
        Request = 0, "request", "request";
        /// Reports a fault.
        Bug = 1, "bug", "bug";
        /// Asks a question.
        Question = 2, "question", "question";
        /// Praises.
        Praise = 3, "praise", "praise";
    }
}

choices! {
    /// Why a feedback counts as processed.
    Resolution {
        /// Linked to an idea.
        Linked = 0, "linked", "linked";
        /// The same as another feedback.
        Duplicate = 1, "duplicate", "duplicate";
        /// We will not do it.
        WontDo = 2, "wont-do", "won't do";
        /// Nothing to do.
        NoAction = 3, "no-action", "no action";
    }
}

/// One row of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackRow {
    /// Identity.
    pub id: FeedbackId,
    /// Title of the latest revision, as it came.
    pub title: String,
    /// Name of the company, else of the customer.
    pub company: Option<String>,
    /// Tier of the company.
    pub tier: Option<String>,
    /// Importance to that customer.
    pub importance: Option<Importance>,
    /// When it was received.
    pub received: Moment,
    /// State as stored; see [`FeedbackRow::shown_state`].
    pub state: State,
    /// Hidden (snoozed or waiting) until then.
    pub hidden_until: Option<Moment>,
    /// Owner.
    pub owner: Option<Handle>,
    /// Area.
    pub area: Option<String>,
    /// Source (`salesforce`).
    pub source: String,
    /// Reporter.
    pub reporter: Option<Handle>,
    /// Kind.
    pub kind: Option<FeedbackKind>,
    /// How many ideas it is linked to.
    pub links: u32,
    /// Votes at its source.
    pub votes: u32,
}

impl FeedbackRow {
    /// The state a person sees at `now`: waiting that has run out counts as unprocessed again.
    #[must_use]
    pub fn shown_state(&self, now: Moment) -> State {
        match (self.state, self.hidden_until) {
            (State::Waiting, Some(until)) if until > now => State::Waiting,
            (State::Waiting, _) => State::Unprocessed,
            (state, _) => state,
        }
    }
}

/// A passage of a feedback: a byte range of the body of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quote {
    /// The revision it is taken from.
    pub revision: ContentId,
    /// First byte in the revision's body.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A link of the feedback in hand to an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackLink {
    /// The insight.
    pub id: InsightId,
    /// The idea.
    pub idea: IdeaId,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
    /// The name of its release, if it is in one that is not cut.
    pub release: Option<String>,
    /// The quoted passage.
    pub quote: Option<Quote>,
}

/// A comment on a feedback, an idea or a release item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Identity.
    pub id: CommentId,
    /// Who wrote it, if known.
    pub author: Option<String>,
    /// When.
    pub at: Moment,
    /// The text, as it came.
    pub text: String,
    /// Whether it is meant for the reporter (an answer or a question) or internal.
    pub to_reporter: bool,
}

/// Everything about one feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackDetail {
    /// What the list shows of it.
    pub row: FeedbackRow,
    /// What a person types for it.
    pub short: ShortId,
    /// The latest revision.
    pub revision: ContentId,
    /// How many revisions there are (1 when the text never changed at its source).
    pub revisions: u32,
    /// Body of the latest revision, as it came.
    pub body: String,
    /// The HTML that the body was made from, where it came as that.
    pub original: Option<String>,
    /// The host, project or file it came from.
    pub origin: String,
    /// Its id at the source.
    pub source_id: Option<String>,
    /// A link to it at its source.
    pub url: Option<String>,
    /// The colleague who filed it.
    pub reporter: Option<Person>,
    /// Who wants it.
    pub customer: Option<Customer>,
    /// Their organisation.
    pub company: Option<Company>,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// When the customer needs it.
    pub needed_by: Option<NaiveDate>,
    /// Version of the product it speaks of.
    pub product_version: Option<String>,
    /// Edition it speaks of.
    pub edition: Option<String>,
    /// Why it is processed.
    pub resolution: Option<Resolution>,
    /// The original of which this is a duplicate.
    pub duplicate_of: Option<(FeedbackId, ShortId, String)>,
    /// How many feedback items are marked as duplicates of this one.
    pub duplicates: u32,
    /// Whether an answer to the reporter is owed.
    pub answer_owed: bool,
    /// Links to ideas, oldest first.
    pub links: Vec<FeedbackLink>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Open feedback of the same company (or customer), apart from this one; counted up to 1,000.
    pub others_of_company: u32,
}

impl FeedbackDetail {
    /// Who an answer mentions: the reporter's handle, else the customer's name, else nobody.
    #[must_use]
    pub fn addressee(&self) -> Option<String> {
        self.reporter
            .as_ref()
            .map(|p| p.handle.to_string())
            .or_else(|| self.customer.as_ref().map(|c| c.name.clone()))
    }
}
