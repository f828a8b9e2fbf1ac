//! What front ends ask for and get: windows on lists, and the figures of the header.

use super::feedback::FeedbackRow;
use super::people::Handle;

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
}

/// How many rows a list has, counted apart from its window because counting may take longer.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many rows match.
    pub total: u64,
    /// How many rows come before the given one, when one was given.
    pub before: Option<u64>,
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
    /// Who is on duty this week.
    pub on_duty: Option<Handle>,
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
    /// Companies (the 500 with the most open feedback at most).
    pub companies: Vec<String>,
    /// Tiers in use.
    pub tiers: Vec<String>,
    /// Segments in use.
    pub segments: Vec<String>,
    /// Sources in use.
    pub sources: Vec<String>,
    /// Reporters' handles in use.
    pub reporters: Vec<String>,
}
