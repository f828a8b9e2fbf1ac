//! What can go wrong when history is written or read.

use std::path::Path;

use super::journal;
use crate::domain::entity::{Entity, Thing};
use crate::problem::{Kind, Problem};
use crate::store::{Located, StoreError};

/// What a function of this room answers.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the product forbids it, or what it names is not there.
    #[error("{0}")]
    Rule(Problem),
    /// The file refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] journal::Fault),
}

impl Located for Error {
    fn at(self, path: &Path) -> Self {
        match self {
            Self::Store(error) => Self::Store(error.at(path)),
            other => other,
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Rule(problem)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Rule(problem) => problem,
            Error::Store(error) => error.into(),
            Error::Journal(fault @ journal::Fault::Damaged(_)) => {
                Problem::new(Kind::Storage, "cannot read the history of this workspace")
                    .caused_by(&fault)
                    .hint("run “intake doctor” to see how far the damage goes")
            }
            Error::Journal(fault) => {
                Problem::new(Kind::Storage, "cannot read the history of this workspace")
                    .caused_by(&fault)
                    .hint("open the workspace with a newer version of Intake")
            }
        }
    }
}

/// A deed that breaks a rule.
pub(super) fn refused(summary: impl Into<String>) -> Problem {
    Problem::new(Kind::Refused, summary)
}

/// A deed on a thing that is not there.
pub(super) fn not_found(thing: Thing) -> Problem {
    Problem::new(
        Kind::NotFound,
        format!("this {} is not here", noun(thing.entity, 1)),
    )
    .because("no action of this workspace has made it")
    .hint("it may have been made in another workspace, or in a copy of this one")
}

/// A deed on a thing that is marked as deleted.
pub(super) fn gone(entity: Entity, name: &str) -> Problem {
    Problem::new(
        Kind::NotFound,
        format!("{} {name} is no longer there", noun(entity, 1)),
    )
    .because("it was deleted, or the action that made it was undone")
    .hint("the timeline tells by whom")
}

/// A deed on an idea that another one has taken in.
pub(super) fn merged(name: &str, into: &str) -> Problem {
    Problem::new(Kind::NotFound, format!("idea {name} is no longer there"))
        .because(format!("it was merged into {into}"))
        .hint("take that one instead; the timeline tells who merged them")
}

/// What `count` things of that kind are called.
pub(super) fn noun(entity: Entity, count: usize) -> &'static str {
    let one = count == 1;
    match entity {
        Entity::Person if one => "colleague",
        Entity::Person => "colleagues",
        Entity::Company if one => "company",
        Entity::Company => "companies",
        Entity::Customer if one => "customer",
        Entity::Customer => "customers",
        Entity::Area if one => "area",
        Entity::Area => "areas",
        Entity::Feedback => "feedback",
        Entity::Idea if one => "idea",
        Entity::Idea => "ideas",
        Entity::Release if one => "release",
        Entity::Release => "releases",
        Entity::ReleaseItem if one => "release item",
        Entity::ReleaseItem => "release items",
        Entity::Insight if one => "link",
        Entity::Insight => "links",
        Entity::FeedbackTag if one => "tag",
        Entity::FeedbackTag => "tags",
        Entity::Update if one => "update",
        Entity::Update => "updates",
        Entity::Comment if one => "comment",
        Entity::Comment => "comments",
        Entity::Ticket if one => "ticket",
        Entity::Ticket => "tickets",
        Entity::Meeting if one => "meeting",
        Entity::Meeting => "meetings",
        Entity::AgendaItem if one => "agenda item",
        Entity::AgendaItem => "agenda items",
        Entity::ActionStep if one => "action step",
        Entity::ActionStep => "action steps",
        Entity::Message if one => "message",
        Entity::Message => "messages",
        Entity::DutyWeek if one => "week of duty",
        Entity::DutyWeek => "weeks of duty",
        Entity::AreaKeyword if one => "keyword",
        Entity::AreaKeyword => "keywords",
        Entity::PersonArea
        | Entity::PersonTeam
        | Entity::Attendee
        | Entity::AgendaDocument
        | Entity::IdeaCheck
            if one =>
        {
            "entry"
        }
        Entity::PersonArea
        | Entity::PersonTeam
        | Entity::Attendee
        | Entity::AgendaDocument
        | Entity::IdeaCheck => "entries",
    }
}
