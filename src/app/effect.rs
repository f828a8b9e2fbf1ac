//! What the console wants done. Plain data: the front end does it.

use super::state::{ImportWish, PastWish};
use crate::domain::chart::ChartName;
use crate::domain::deed::{Deed, Reversal, Seen};
use crate::domain::entity::Thing;
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{ActionId, FeedbackId, IdeaId, MeetingId};
use crate::domain::listing::Anchor;
use crate::domain::meeting::Turn;
use crate::domain::passage::Searched;
use crate::domain::people::Handle;
use crate::query::Query;

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find something out; the answer carries the sequence number.
    Ask {
        /// Grows with every question.
        sequence: u64,
        /// The question.
        question: Question,
    },
    /// Do a deed.
    Commit {
        /// Comes back with the outcome.
        ticket: u64,
        /// The deed.
        deed: Box<Deed>,
        /// What was seen before it, where that matters: it is done only while that is so.
        seen: Vec<Seen>,
    },
    /// Undo or redo.
    Reverse {
        /// Comes back with the outcome.
        ticket: u64,
        /// What.
        reversal: Reversal,
        /// What it would reverse, where that was said and asked for again: what is large, or was done in another session, is
        /// reversed only then, and nothing else in its place.
        confirmed: Option<ActionId>,
    },
    /// Do a step of a meeting that is being held; how it goes then comes as [`Message::Turned`](super::message::Message::Turned).
    Turn {
        /// The meeting.
        meeting: MeetingId,
        /// The step.
        turn: Turn,
    },
    /// Keep half-written text under the name of its prompt; `None` drops it.
    SaveDraft {
        /// Name of the prompt.
        prompt: String,
        /// The text.
        text: Option<String>,
    },
    /// Write something that is no deed. It is done in its turn, as deeds are, and never dropped.
    Write {
        /// Comes back with the outcome.
        ticket: u64,
        /// What.
        writing: Box<Writing>,
    },
    /// Find out what an import would do.
    PlanImport {
        /// Comes back with the plan.
        ticket: u64,
        /// What is wanted.
        wish: Box<ImportWish>,
    },
    /// Import what was planned last.
    Import {
        /// Comes back with the outcome.
        ticket: u64,
    },
    /// Stop what is under way and takes long: the plan of an import, the import, an undo.
    Stop,
    /// Give up the deeds that wait for another window.
    DropWaiting,
    /// Put text on the clipboard.
    Copy(String),
    /// Open a link in the browser.
    Open(String),
    /// Let the person edit text in $EDITOR.
    Edit(String),
    /// Turn mouse capture on or off.
    Mouse(bool),
    /// Draw in the next theme, and tell which one it is ([`Message::Told`](super::message::Message::Told)).
    NextTheme,
    /// Draw everything anew.
    Redraw,
    /// Stop the program until it is continued.
    Suspend,
    /// Leave.
    Quit,
}

/// What a list shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Listed {
    /// The feedback that a filter matches.
    Feedback(Query),
    /// These ideas, in this order.
    Ideas(Vec<IdeaId>),
    /// The release plan.
    Plan,
}

/// What is written that is no deed, so that undo knows nothing of it: something of one's own, or a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Writing {
    /// A view under a name; an empty filter removes it.
    View {
        /// Its name.
        name: String,
        /// Its filter.
        filter: String,
        /// The name that it had until now.
        renamed: Option<String>,
    },
    /// Who sits here, or that nobody known does.
    Me(Option<Handle>),
    /// What a list shows, to a new file, in the format that its name tells.
    Export {
        /// What.
        listed: Listed,
        /// The file, as it was typed.
        path: String,
    },
    /// The minutes of a meeting, to new files.
    Minutes {
        /// The meeting.
        meeting: MeetingId,
        /// The file, as it was typed: without an ending one of each format.
        path: String,
    },
}

impl Writing {
    /// Whether it goes to the workspace, for which another window that writes is waited for.
    #[must_use]
    pub const fn is_kept_here(&self) -> bool {
        matches!(self, Self::View { .. } | Self::Me(_))
    }
}

/// What the console wants to know. To answer it writes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// A window on the feedback that a filter shows.
    Inbox {
        /// The filter and its order.
        query: Query,
        /// Where the window starts.
        anchor: Anchor,
        /// How many rows at most.
        limit: usize,
    },
    /// How many rows match, and how many come before this one.
    Tally {
        /// The filter and its order.
        query: Query,
        /// The row under the cursor.
        before: Option<Box<FeedbackRow>>,
    },
    /// How many rows match the words of a filter without its other conditions; where few or none do, whom they
    /// name or words near to them.
    Wider(Query),
    /// The identities of all that a filter shows (at most `limit`).
    Matching {
        /// The filter.
        query: Query,
        /// How many at most.
        limit: usize,
    },
    /// The requests of an area, or of none, that nobody owns.
    Unassigned {
        /// The area.
        area: Option<String>,
        /// How many at most, the oldest.
        limit: usize,
    },
    /// A feedback.
    Feedback(FeedbackId),
    /// The ideas ranked for a feedback.
    Suggestions(FeedbackId),
    /// Why an idea is suggested for a feedback.
    Reason(FeedbackId, IdeaId),
    /// What others like it tell about a feedback: its likely owner, and what is probably the same.
    Hints(FeedbackId),
    /// What answers to the reporters of these are made from, as if they were linked to that idea, too.
    Answering(Vec<FeedbackId>, Option<IdeaId>),
    /// All ideas.
    Ideas,
    /// One idea with its evidence.
    Idea(IdeaId),
    /// The release plan.
    Plan,
    /// The timeline of a thing or of the workspace, older than `before`.
    Timeline {
        /// Of that thing; `None` for the workspace.
        about: Option<Thing>,
        /// Older than this action.
        before: Option<ActionId>,
        /// How many at most.
        limit: usize,
    },
    /// What an action changed.
    Changes(ActionId),
    /// What an undo or redo would reverse.
    Foreseen(Reversal),
    /// The weekly sync: its agenda, what is missing before it, how it goes.
    Sync,
    /// Which weekly sync is next, and how much is missing before it.
    NextSync,
    /// What changed in the release plan, or how it stood.
    Past(PastWish),
    /// The charts.
    Charts,
    /// The figures of a chart as Markdown, for copying.
    ChartMarkdown(ChartName),
    /// The figures of the header.
    Header,
    /// Names for completion.
    Vocabulary,
    /// Saved views.
    Views,
    /// The half-written text of a prompt.
    Draft(String),
    /// Feedback with these words, best first (for "duplicate of").
    Find {
        /// The words.
        words: String,
        /// Not this one.
        except: FeedbackId,
        /// Whether somebody typed them, who sees where they are in the texts, too. Else they are the title of that one, and
        /// what has only a word of it is not wanted.
        typed: bool,
        /// How many at most.
        limit: usize,
    },
    /// For each search: the ideas whose own text or comments have all of it, best first.
    RankIdeas(Vec<Vec<Searched>>),
    /// Where the words of a filter are in these feedback, as far as their titles do not show it.
    Passages {
        /// The filter.
        query: Query,
        /// Those on the screen.
        of: Vec<FeedbackId>,
    },
    /// As `Passages`, for ideas and words.
    IdeaPassages {
        /// The words.
        words: Vec<Searched>,
        /// Those on the screen.
        of: Vec<IdeaId>,
    },
    /// What has these words, best first, with the passage around them.
    Search {
        /// The words.
        words: String,
        /// Whether feedback is wanted, too, and not only ideas.
        feedback: bool,
        /// How many of each at most.
        limit: usize,
    },
    /// A thing as Markdown, for copying.
    Markdown(Thing),
    /// Files and folders whose path begins like that.
    Files(String),
    /// All answers that are owed, as Markdown for copying.
    AnswersOwed,
    /// The minutes of a meeting; without one those of the weekly sync that is being held, else of the last one.
    Minutes(Option<MeetingId>),
}

impl Question {
    /// What kind of question it is, by a stable name.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Inbox { .. } => "inbox",
            Self::Tally { .. } => "tally",
            Self::Wider(_) => "wider",
            Self::Matching { .. } => "matching",
            Self::Unassigned { .. } => "unassigned",
            Self::Feedback(_) => "feedback",
            Self::Suggestions(_) => "suggestions",
            Self::Reason(..) => "reason",
            Self::Hints(_) => "hints",
            Self::Answering(..) => "answering",
            Self::Ideas => "ideas",
            Self::Idea(_) => "idea",
            Self::Plan => "plan",
            Self::Timeline { .. } => "timeline",
            Self::Changes(_) => "changes",
            Self::Foreseen(_) => "foreseen",
            Self::Sync => "sync",
            Self::NextSync => "next-sync",
            Self::Past(_) => "past",
            Self::Charts => "charts",
            Self::ChartMarkdown(_) => "chart-markdown",
            Self::Header => "header",
            Self::Vocabulary => "vocabulary",
            Self::Views => "views",
            Self::Draft(_) => "draft",
            Self::Find { .. } => "find",
            Self::RankIdeas(_) => "rank-ideas",
            Self::Passages { .. } => "passages",
            Self::IdeaPassages { .. } => "idea-passages",
            Self::Search { .. } => "search",
            Self::Markdown(_) => "markdown",
            Self::Files(_) => "files",
            Self::AnswersOwed => "answers-owed",
            Self::Minutes(_) => "minutes",
        }
    }

    /// Whether it compares words with those of all ideas, which have to be in memory for it. Whatever else is asked is
    /// answered first.
    #[must_use]
    pub fn compares(&self) -> bool {
        matches!(
            self,
            Self::Suggestions(_) | Self::Reason(..) | Self::Hints(_)
        )
    }

    /// Whether it looks at many feedback, and not for what one waits for to decide: it is asked once nothing else has been for
    /// a moment.
    #[must_use]
    pub fn can_wait(&self) -> bool {
        matches!(self, Self::Reason(..) | Self::Hints(_) | Self::Wider(_))
    }

    /// Whether only the newest question of this kind needs an answer: an older one still waiting may be dropped.
    ///
    /// Two questions are of one kind when they fill the same place of the state.
    #[must_use]
    pub fn supersedes(&self, older: &Self) -> bool {
        use Question as Q;
        // Another filter makes pointless whatever was asked about the list of the one before.
        if let (
            Q::Inbox { query, .. },
            Q::Tally { query: other, .. } | Q::Passages { query: other, .. },
        ) = (self, older)
        {
            return query != other;
        }
        matches!(
            (self, older),
            (Q::Inbox { .. }, Q::Inbox { .. } | Q::Wider(_))
                | (Q::Wider(_), Q::Wider(_))
                | (Q::Tally { .. }, Q::Tally { .. })
                | (Q::Matching { .. }, Q::Matching { .. })
                | (Q::Feedback(_), Q::Feedback(_))
                | (Q::Suggestions(_), Q::Suggestions(_))
                | (Q::Reason(..), Q::Reason(..))
                | (Q::Hints(_), Q::Hints(_))
                | (Q::Ideas, Q::Ideas)
                | (Q::Idea(_), Q::Idea(_))
                | (Q::Plan, Q::Plan)
                | (Q::Timeline { .. }, Q::Timeline { .. })
                | (Q::Changes(_), Q::Changes(_))
                | (Q::Foreseen(_), Q::Foreseen(_))
                | (Q::Sync, Q::Sync)
                | (Q::NextSync, Q::NextSync)
                | (Q::Past(_), Q::Past(_))
                | (Q::Charts, Q::Charts)
                | (Q::Header, Q::Header)
                | (Q::Vocabulary, Q::Vocabulary)
                | (Q::Find { .. }, Q::Find { .. })
                | (Q::RankIdeas(_), Q::RankIdeas(_))
                | (Q::Passages { .. }, Q::Passages { .. })
                | (Q::IdeaPassages { .. }, Q::IdeaPassages { .. })
                | (Q::Search { .. }, Q::Search { .. })
                | (Q::Files(_), Q::Files(_))
                | (Q::Minutes(_), Q::Minutes(_))
        )
    }
}
