//! What front ends ask for and get: windows on lists, and the figures of the header.

use super::entity::Thing;
use super::feedback::FeedbackRow;
use super::id::{IdeaId, ShortId};
use super::idea::Status;
use super::passage::Passage;
use super::people::Handle;

/// How many matches of a search are put in order, the best first: the newest, and older ones with all words in the title. The
/// others follow by age.
pub const MOST_RANKED: usize = 100;

/// Where a window on a list starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At the first row.
    Start,
    /// At the last row.
    End,
    /// Around this row: half a window before it, and it. When it no longer matches, around the place where it would be.
    Around(Box<FeedbackRow>),
    /// After this row (which is not repeated).
    After(Box<FeedbackRow>),
    /// Before this row (which is not repeated).
    Before(Box<FeedbackRow>),
}

/// A window on the feedback list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FeedbackWindow {
    /// The rows in list order.
    pub rows: Vec<FeedbackRow>,
    /// Whether there are rows before the first.
    pub before: bool,
    /// Whether there are rows after the last.
    pub after: bool,
    /// For [`Anchor::Around`]: the index in `rows` of the row at (or just after) the anchor; `rows.len()` when past the end.
    pub at: usize,
    /// Whether there may be more rows for it, which were not looked for yet because texts have to be read for that. Whoever
    /// asks again is told more.
    pub unfinished: bool,
}

/// How many rows a list has, counted apart from its window because counting may take longer.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many rows match, as far as they were counted.
    pub total: u64,
    /// How many rows come before the given one, when one was given and all of them were counted.
    pub before: Option<u64>,
    /// Whether all of them were counted. Otherwise there may be more, and whoever asks again is told how many.
    pub whole: bool,
}

/// The figures of the header line.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Header {
    /// Unprocessed feedback that is visible now, whoever owns it.
    pub unprocessed: u64,
    /// Thereof without an owner.
    pub unassigned: u64,
    /// Thereof mine.
    pub mine: u64,
    /// Hidden by a snooze.
    pub snoozed: u64,
    /// Waiting for a reply.
    pub waiting: u64,
    /// Ideas (retired ones apart).
    pub ideas: u64,
    /// Feedback that was processed or archived today (local time).
    pub done_today: u64,
    /// Feedback that is processed or archived, whenever that was.
    pub dealt_with: u64,
    /// Who is on duty this week.
    pub on_duty: Option<Handle>,
    /// Who sits here, as far as the workspace knows.
    pub me: Option<Handle>,
}

/// Names that a prompt can complete.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Vocabulary {
    /// Colleagues: handle, name, role word.
    pub people: Vec<(Handle, String, String)>,
    /// Areas.
    pub areas: Vec<String>,
    /// Tags in use.
    pub tags: Vec<String>,
    /// Companies; where there are more than 500, those with the most of the newest and of the oldest open feedback.
    pub companies: Vec<String>,
    /// Tiers in use.
    pub tiers: Vec<String>,
    /// Segments in use.
    pub segments: Vec<String>,
    /// Sources in use.
    pub sources: Vec<String>,
    /// Reporters' handles in use.
    pub reporters: Vec<String>,
    /// Releases, the earliest first. The console has the plan at hand and fills them in, as it does the editions.
    pub releases: Vec<String>,
    /// Editions in use, and those of the settings.
    pub editions: Vec<String>,
}

/// Fewer matches than these are little: what else a search may have meant is looked for.
pub const FEW: u64 = 10;

/// What the table of ideas is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum IdeaSort {
    /// The most wanted first.
    #[default]
    Demand,
    /// By title from A to Z.
    Title,
    /// By status, from New to Released.
    Status,
    /// What is due first: by release date, then by timeframe, then the backlog, then what has none of them.
    When,
    /// The latest change first.
    Changed,
}

/// Which ideas, in which order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct IdeaQuery {
    /// Words that their text has, if any: the last letters may be missing.
    pub words: String,
    /// Of that status.
    pub status: Option<Status>,
    /// Of that owner.
    pub owner: Option<Handle>,
    /// Of the area with that name, whatever the case.
    pub area: Option<String>,
    /// The order.
    pub sort: IdeaSort,
    /// The other way round.
    pub reversed: bool,
}

/// An idea as a picker shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaTitle {
    /// Identity.
    pub id: IdeaId,
    /// Title, as it came.
    pub title: String,
    /// Status.
    pub status: Status,
    /// How much it is wanted.
    pub demand: i64,
}

/// Something that was found by its words, with the passage around them where the title does not show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A feedback, found by its own text or a comment.
    Feedback(Box<FeedbackRow>, Option<Passage>),
    /// An idea, found by its own text or a comment.
    Idea(IdeaId, Option<Passage>),
}

/// A thing that a typed name or short id may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The thing.
    pub thing: Thing,
    /// Its short id, for a thing that has one.
    pub short: Option<ShortId>,
    /// Its name or title, as it came; with `@` for a colleague.
    pub name: String,
}

/// What a typed name or short id means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// That thing.
    One(Candidate),
    /// One of these; at most ten are named.
    Several(Vec<Candidate>),
    /// Nothing; maybe this was meant.
    Nothing(Option<String>),
}
