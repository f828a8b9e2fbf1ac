//! `intake comment`: writes an internal comment.

use clap::Args;

use super::arguments::Format;
use super::output::Result;
use super::session::Session;
use crate::domain::deed::{Deed, Subject};
use crate::domain::entity::Entity;
use crate::domain::id::{FeedbackId, IdeaId, ReleaseItemId};

/// Write an internal comment on a feedback, an idea or a release item
#[derive(Debug, Args)]
pub(super) struct Comment {
    /// What it is on, by short id; an idea also by name
    id: String,
    /// What to say; - reads it from standard input
    text: String,
    #[command(flatten)]
    format: Format,
}

impl Comment {
    /// One undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let among = [Entity::Feedback, Entity::Idea, Entity::ReleaseItem];
        let thing = session.thing(&self.id, &among)?.thing;
        let on = match thing.entity {
            Entity::Idea => Subject::Idea(IdeaId(thing.id)),
            Entity::ReleaseItem => Subject::ReleaseItem(ReleaseItemId(thing.id)),
            _ => Subject::Feedback(FeedbackId(thing.id)),
        };
        let text = session.text(&self.text, "the comment")?;
        session.commit(&Deed::Comment { on: vec![on], text }, self.format)
    }
}
