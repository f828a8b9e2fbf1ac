//! What happens to the console.

use crate::domain::answer::AnswerFacts;
use crate::domain::chart::Chart;
use crate::domain::deed::{Foreseen, Outcome, Reversal, Reversed};
use crate::domain::feedback::FeedbackDetail;
use crate::domain::hints::{Hints, Reason};
use crate::domain::id::{FeedbackId, IdeaId, MeetingId};
use crate::domain::idea::{IdeaDetail, IdeaRow, Suggestion};
use crate::domain::listing::{FeedbackWindow, Header, Hit, Tally, Vocabulary};
use crate::domain::meeting::Running;
use crate::domain::moment::Moment;
use crate::domain::pace::Underway;
use crate::domain::passage::Passage;
use crate::domain::release::ReleasePlan;
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::problem::Problem;

use super::key::Key;
use super::state::{ImportPlan, ImportProgress, MinutesText, Past, Sync, SyncNote};
use super::wider::Wider;

/// Something that happened: typed, answered, elapsed.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted (bracketed paste).
    Paste(String),
    /// A mouse button was pressed in that cell, or the wheel was turned there.
    Mouse {
        /// What the mouse did.
        action: Mouse,
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
    /// The terminal has that many columns and rows now.
    Resize(u16, u16),
    /// Time has passed. The only clock there is.
    Tick(Moment),
    /// A question was answered; `sequence` is the question's.
    Answer {
        /// The sequence number of the question.
        sequence: u64,
        /// The answer.
        answer: Result<Answer, Problem>,
    },
    /// A deed was done, or refused and nothing changed.
    Done {
        /// The ticket of the deed.
        ticket: u64,
        /// What it did.
        outcome: Result<Outcome, Problem>,
    },
    /// An undo or redo was tried.
    Reversed {
        /// Its ticket.
        ticket: u64,
        /// What came of it.
        outcome: Result<Reversed, Problem>,
    },
    /// How far an undo or redo that takes long has come.
    Reversing {
        /// Its ticket.
        ticket: u64,
        /// How far.
        underway: Underway,
    },
    /// A step of a meeting that is being held was done: how it goes now.
    Turned(Result<(MeetingId, Running), Problem>),
    /// Something that is no deed was written, or not.
    Written {
        /// Its ticket.
        ticket: u64,
        /// What was written, in words.
        outcome: Result<String, Problem>,
    },
    /// A deed, an import or another write waits for another window, which is writing.
    Waits {
        /// Its ticket.
        ticket: u64,
    },
    /// How far the plan of an import, or the import, has come.
    ImportProgress {
        /// Its ticket.
        ticket: u64,
        /// How far.
        progress: ImportProgress,
    },
    /// What an import would do.
    ImportPlanned {
        /// The ticket of the wish.
        ticket: u64,
        /// The plan.
        plan: Result<Box<ImportPlan>, Problem>,
    },
    /// An import was done, or nothing was imported.
    Imported {
        /// Its ticket.
        ticket: u64,
        /// What it did.
        outcome: Result<Outcome, Problem>,
    },
    /// Another window (or the command line) has changed the workspace.
    Changed,
    /// $EDITOR has returned: the text, `None` when it is unchanged, or what went wrong.
    Edited(Result<Option<String>, Problem>),
    /// Something asked of the terminal or the desktop (open a link, copy) went wrong or worked: words for the notice.
    Told(Result<String, Problem>),
    /// Half-written text could not be kept.
    Unkept {
        /// The prompt.
        prompt: String,
        /// Its text; `None` where it was to be dropped.
        text: Option<String>,
        /// Why not.
        problem: Problem,
    },
    /// The disk does not confirm what was written last.
    Unconfirmed(Problem),
    /// Half-written text of that prompt is kept beside what another window has written there meanwhile.
    KeptBeside(String),
    /// The program was stopped and continues: everything is to be drawn anew.
    Resumed,
}

/// What a mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Press,
    /// The wheel went up.
    WheelUp,
    /// The wheel went down.
    WheelDown,
}

/// What the worker found out.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A window on the inbox.
    Inbox(FeedbackWindow),
    /// How many rows the inbox has.
    Tally(Tally),
    /// How many rows match the words of the filter alone.
    Wider(Wider),
    /// What a filter matches, for marking.
    Matching(Vec<FeedbackId>),
    /// The oldest requests of an area that nobody owns, and how many there are.
    Unassigned(Vec<FeedbackId>, u64),
    /// A feedback; `None` when it is gone.
    Feedback(Option<Box<FeedbackDetail>>),
    /// The ideas ranked for that feedback, best first.
    Suggestions(FeedbackId, Vec<Suggestion>),
    /// Why that idea is suggested for that feedback.
    Reason(FeedbackId, IdeaId, Reason),
    /// What others like it tell about that feedback.
    Hints(FeedbackId, Hints),
    /// What answers are made from, in the order asked for; what is gone is left out.
    Answering(Vec<AnswerFacts>),
    /// All ideas.
    Ideas(Vec<IdeaRow>),
    /// One idea; `None` when it is gone.
    Idea(Option<Box<IdeaDetail>>),
    /// The release plan.
    Plan(ReleasePlan),
    /// Actions, newest first.
    Timeline(Vec<TimelineEntry>),
    /// What an action changed.
    Changes(Vec<ChangeLine>),
    /// What an undo or redo would reverse, or why there is nothing.
    Foreseen(Reversal, Foreseen),
    /// The weekly sync.
    Sync(Box<Sync>),
    /// What the header says about the next one; `None` where there is none to come.
    NextSync(Option<Box<SyncNote>>),
    /// What changed in the release plan, or how it stood.
    Past(Box<Past>),
    /// The charts.
    Charts(Vec<Chart>),
    /// The figures of the header.
    Header(Header),
    /// Names for completion.
    Vocabulary(Box<Vocabulary>),
    /// Saved views: name and filter.
    Views(Vec<(String, String)>),
    /// A half-written text, if one was kept.
    Draft(Option<String>),
    /// Feedback found by words, for the duplicate picker.
    Found(Vec<Hit>),
    /// Ideas by words, best first; empty words give all.
    Ranked(Vec<Vec<IdeaId>>),
    /// Where the words are in feedback.
    Passages(Vec<(FeedbackId, Option<Passage>)>),
    /// Where the words are in ideas.
    IdeaPassages(Vec<(IdeaId, Option<Passage>)>),
    /// What was found by its words.
    Hits(Vec<Hit>),
    /// Files and folders.
    Files(Vec<String>),
    /// Text to copy.
    Text(String),
    /// The minutes of a meeting.
    Minutes(Box<MinutesText>),
}
