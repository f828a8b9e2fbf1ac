//! What an import brings: the things of another tool's file, as plain data on their way into the workspace.
//!
//! Exchange makes them from a file, history writes them: all of an import is one action and one undo step. What another
//! tool calls a feature is an [`ImportIdea`], a version or milestone is an [`ImportRelease`], and what somebody said is
//! an [`ImportRecord`]. Each has an identity that follows from where it comes from, so they may refer to each other in
//! any order and across files.

use std::fmt;

use chrono::NaiveDate;

use super::feedback::{Importance, Resolution};
use super::id::{CommentId, FeedbackId, IdeaId, ReleaseId, determined};
use super::idea::{Effort, IdeaKind, Stage, Status, Timeframe};
use super::moment::Moment;
use super::people::Handle;
use super::release::{Health, ReleaseKind, ReleaseState};

mod record;

pub use record::{ImportCompany, ImportCustomer, ImportRecord};

/// One thing that an import brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// Somebody's words.
    Feedback(Box<ImportRecord>),
    /// A feature or a bug that is worked on, or was thought of.
    Idea(Box<ImportIdea>),
    /// A version with a date.
    Release(ImportRelease),
    /// A comment that stands apart from what it is about.
    Comment(ImportReply),
}

impl Brought {
    /// The line of the file where it begins, from 1; for messages, never stored.
    #[must_use]
    pub const fn line(&self) -> u64 {
        match self {
            Self::Feedback(record) => record.line,
            Self::Idea(idea) => idea.line,
            Self::Release(release) => release.line,
            Self::Comment(reply) => reply.line,
        }
    }

    /// How many bytes those of its texts take that can be long.
    #[must_use]
    pub fn text_length(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let comment = |comment: &ImportComment| comment.text.len() + length(&comment.original);
        match self {
            Self::Feedback(record) => {
                let comments = record.comments.iter().map(comment).sum::<usize>();
                let tags = record.tags.iter().map(String::len).sum::<usize>();
                let company = record.company.as_ref();
                let customer = record.customer.as_ref();
                let names = company.map_or(0, |company| {
                    let rest = [&company.tier, &company.domain, &company.segment];
                    company.name.len() + rest.into_iter().map(length).sum::<usize>()
                }) + customer
                    .map_or(0, |customer| customer.name.len() + length(&customer.email));
                let rest = [
                    &record.original,
                    &record.url,
                    &record.source_id,
                    &record.area,
                    &record.product_version,
                    &record.edition,
                ];
                let rest = rest.into_iter().map(length).sum::<usize>();
                record.title.len() + record.body.len() + names + tags + rest + comments
            }
            Self::Idea(idea) => {
                let comments = idea.comments.iter().map(comment).sum::<usize>();
                let own = [&idea.problem, &idea.original, &idea.reason, &idea.url];
                idea.title.len() + own.into_iter().map(length).sum::<usize>() + comments
            }
            Self::Release(release) => release.name.len(),
            Self::Comment(reply) => comment(&reply.comment),
        }
    }

    /// The feedback, where it is one.
    #[must_use]
    pub fn into_feedback(self) -> Option<ImportRecord> {
        match self {
            Self::Feedback(record) => Some(*record),
            Self::Idea(_) | Self::Release(_) | Self::Comment(_) => None,
        }
    }
}

impl From<ImportRecord> for Brought {
    fn from(record: ImportRecord) -> Self {
        Self::Feedback(Box::new(record))
    }
}

/// Where a thing comes from, and its id there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct ImportKey {
    /// What sort of tool (`productboard`).
    pub source: String,
    /// The host, project, instance or file.
    pub origin: String,
    /// Its id there.
    pub id: String,
}

impl ImportKey {
    fn parts(&self) -> [&[u8]; 3] {
        [
            self.source.as_bytes(),
            self.origin.as_bytes(),
            self.id.as_bytes(),
        ]
    }

    /// The identity of the feedback with that key.
    #[must_use]
    pub fn feedback(&self) -> FeedbackId {
        FeedbackId(determined("feedback", &self.parts()))
    }

    /// The identity of the idea with that key.
    #[must_use]
    pub fn idea(&self) -> IdeaId {
        IdeaId(determined("idea", &self.parts()))
    }

    /// The identity of the release with that key.
    #[must_use]
    pub fn release(&self) -> ReleaseId {
        ReleaseId(determined("release", &self.parts()))
    }
}

/// A colleague, as a file names them. Whoever has the e-mail address is meant, else whoever has the mention name;
/// somebody unknown is made, because a mention name is all it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPerson {
    /// Mention name.
    pub handle: Handle,
    /// Full name; used only for a person that has none.
    pub name: Option<String>,
    /// E-mail address; used only for a person that has none.
    pub email: Option<String>,
}

impl From<Handle> for ImportPerson {
    fn from(handle: Handle) -> Self {
        Self {
            handle,
            name: None,
            email: None,
        }
    }
}

/// Who wrote a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportAuthor {
    /// A colleague.
    Colleague(ImportPerson),
    /// Somebody from outside, by name as it came.
    Outsider(String),
}

/// A comment on a feedback or an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportComment {
    /// Its id at the source; without one, author, time and text stand for it.
    pub source_id: Option<String>,
    /// Who wrote it; `None` where the file does not say.
    pub author: Option<ImportAuthor>,
    /// When.
    pub at: Moment,
    /// Text, readable; not blank.
    pub text: String,
    /// What the text was made from, where that was HTML.
    pub original: Option<String>,
    /// Whether it was meant for the reporter or the customer, rather than for colleagues.
    pub to_reporter: bool,
}

impl ImportComment {
    /// The identity of this comment on the thing with that identity.
    #[must_use]
    pub fn identity(&self, on: uuid::Uuid) -> CommentId {
        CommentId(match &self.source_id {
            Some(id) => determined("comment", &[on.as_bytes(), id.as_bytes()]),
            None => {
                let author = match &self.author {
                    Some(ImportAuthor::Colleague(person)) => person.handle.as_str(),
                    Some(ImportAuthor::Outsider(name)) => name,
                    None => "",
                };
                let at = self.at.0.to_le_bytes();
                let parts: [&[u8]; 4] =
                    [on.as_bytes(), author.as_bytes(), &at, self.text.as_bytes()];
                determined("comment-text", &parts)
            }
        })
    }
}

/// A comment that stands apart from what it is about, such as a reply in a thread. It is on the feedback with that key,
/// else on the idea with it, of the same import (in any order) or an earlier one. Where there is neither, it is left
/// out, and the outcome counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReply {
    /// The line of the file where it begins, from 1; for messages, never stored.
    pub line: u64,
    /// What it is on.
    pub on: ImportKey,
    /// The comment.
    pub comment: ImportComment,
}

/// The link from a feedback to an idea of the same import or an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLink {
    /// The idea. Where it is not here, the link waits for an import that brings both.
    pub idea: ImportKey,
    /// How much the idea matters to that customer; else the importance of the feedback.
    pub importance: Option<Importance>,
}

/// A feature idea of another tool.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportIdea {
    /// The line of the file where it begins, from 1; for messages, never stored.
    pub line: u64,
    /// Where it comes from.
    pub key: ImportKey,
    /// Title, as it came; not blank.
    pub title: String,
    /// What hurts: its description, readable.
    pub problem: Option<String>,
    /// What the problem was made from, where that was HTML.
    pub original: Option<String>,
    /// A link to it there; becomes a ticket.
    pub url: Option<String>,
    /// The key of that ticket (`APP-12`).
    pub ticket_key: Option<String>,
    /// Status. One that breaks a rule here is repaired: what is planned for no release goes to the backlog, and a
    /// Won't Do without a reason is marked as such.
    pub status: Option<Status>,
    /// The reason of Won't Do.
    pub reason: Option<String>,
    /// Owner.
    pub owner: Option<ImportPerson>,
    /// Area by name, made when new.
    pub area: Option<String>,
    /// Kind.
    pub kind: Option<IdeaKind>,
    /// Effort.
    pub effort: Option<Effort>,
    /// Timeframe.
    pub timeframe: Option<Timeframe>,
    /// Edition.
    pub edition: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// Votes at its source.
    pub votes: u32,
    /// The releases that it is planned for, of the same import or an earlier one.
    pub releases: Vec<ImportPlace>,
    /// Comments.
    pub comments: Vec<ImportComment>,
}

/// The place of an idea in a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPlace {
    /// The release.
    pub release: ImportKey,
    /// Health, where the file tells.
    pub health: Option<Health>,
}

/// A release of another tool: a version, milestone or cycle with a date. One that exists here under the same name is
/// that one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportRelease {
    /// The line of the file where it begins, from 1; for messages, never stored.
    pub line: u64,
    /// Where it comes from.
    pub key: ImportKey,
    /// Name, as it came; not blank.
    pub name: String,
    /// Kind.
    pub kind: Option<ReleaseKind>,
    /// Target date.
    pub date: Option<NaiveDate>,
    /// State.
    pub state: Option<ReleaseState>,
}

/// The state that an imported feedback arrives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ImportState {
    /// Open at its source (or unknown): the inbox.
    #[default]
    Unprocessed,
    /// Finished at its source, and why.
    Processed(Resolution),
    /// Put away at its source.
    Archived,
}

impl ImportState {
    /// The word on the screen.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unprocessed => "unprocessed",
            Self::Processed(_) => "processed",
            Self::Archived => "archived",
        }
    }
}

impl fmt::Display for ImportState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What became of the things of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// Of the feedback.
    pub feedback: Imported,
    /// Of the ideas.
    pub ideas: Imported,
    /// Of the releases.
    pub releases: Imported,
    /// Of the comments that stand apart from what they are about.
    pub comments: Imported,
    /// How many such comments are about something that is not here, and were left out.
    pub lost_comments: u64,
}

impl ImportCounts {
    /// Of all feedback, ideas and releases together.
    #[must_use]
    pub const fn all(&self) -> Imported {
        let (feedback, ideas, releases) = (&self.feedback, &self.ideas, &self.releases);
        Imported {
            created: feedback.created + ideas.created + releases.created,
            updated: feedback.updated + ideas.updated + releases.updated,
            unchanged: feedback.unchanged + ideas.unchanged + releases.unchanged,
        }
    }
}

/// How many things of a kind an import made, changed and left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Imported {
    /// New here, or back after an undo.
    pub created: u64,
    /// Here already, and changed at their source.
    pub updated: u64,
    /// Here already, with nothing to change.
    pub unchanged: u64,
}
