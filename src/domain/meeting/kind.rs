//! Kinds of meeting: how often, how long, with whom, about what.

use chrono::{NaiveTime, Weekday};

use crate::domain::people::Role;
use crate::domain::zone::Zone;

/// A kind of meeting, as a file of `meetings/` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingKind {
    /// The stable name by which rows and commands call it: `weekly-sync`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// When it is held.
    pub cadence: Cadence,
    /// The time of day at which it begins, in its zone; `None` where everyone chooses their own.
    pub time: Option<NaiveTime>,
    /// The zone whose clocks and calendar count.
    pub zone: Zone,
    /// Whether there is one for everybody, or one each.
    pub per: Per,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Whoever has one of these roles attends.
    pub attendees: Vec<Role>,
    /// How many days ahead it is prepared.
    pub lead: u32,
    /// What it goes through, in order.
    pub sections: Vec<SectionKind>,
}

/// When a kind of meeting is held. Each day follows from the calendar alone and never from the meeting before: a meeting
/// that was moved or left out does not move those after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cadence {
    /// Every week on that day; without one, once in each ISO week, on whichever day.
    Weekly(Option<Weekday>),
    /// Every month on that day; without one, once in each month, on whichever day.
    Monthly(Option<(Ordinal, Weekday)>),
    /// On the first working day at least so many days after the date of each release.
    AfterRelease(u32),
    /// Never by itself: a template for meetings that are planned by hand.
    Never,
}

/// Which of the same weekdays of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The words say it.
pub enum Ordinal {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

/// How many of a kind are held side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// One for everybody.
    All,
    /// One for each product area.
    Area,
    /// One for each PM.
    Pm,
}

/// A part of the agenda of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionKind {
    /// Its heading.
    pub title: String,
    /// How many minutes it may take; `None` where its items say.
    pub minutes: Option<u32>,
    /// What stands in it.
    pub content: SectionContent,
}

/// What stands in a part of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SectionContent {
    /// What the workspace knows.
    Shows(Shown),
    /// The feedback that this filter shows. It was parsed when the kind was read.
    Filter(String),
    /// A question to those who attend.
    Question(String),
}

/// What of the workspace a part of the agenda shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The items of the release plan by owner, with what changed and what owes an update.
    ReleaseItems,
    /// Action steps that are not done.
    ActionSteps,
    /// Requests which nobody owns, by area.
    Unassigned,
    /// What was queued or planned for this meeting.
    Queued,
}

impl Shown {
    /// Every choice with its word in a file.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("release-items", Self::ReleaseItems),
        ("action-steps", Self::ActionSteps),
        ("unassigned", Self::Unassigned),
        ("queued", Self::Queued),
    ];
}
