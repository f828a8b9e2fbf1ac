//! What happens to the items of a release.

use clap::Args;

use crate::cli::arguments::{Format, choice};
use crate::cli::output::Result;
use crate::cli::session::{Session, several};
use crate::domain::deed::{AfterCut, Deed};
use crate::domain::entity::Entity;
use crate::domain::id::ReleaseItemId;
use crate::domain::release::Health;
use crate::problem::{Kind, Problem};

/// Move items to another release; their updates go along
#[derive(Debug, Args)]
#[command(override_usage = "intake release move [OPTIONS] <ITEM>... <RELEASE>")]
pub(in crate::cli) struct Move {
    /// Items by short id, as `intake release show` lists them, and at the end the release they go to
    #[arg(required = true, value_name = "ITEM... RELEASE")]
    words: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Move {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let (items, release) = several(&self.words, "RELEASE")?;
        let items = session.items(items)?;
        let to = session.release(release)?;
        session.commit(&Deed::MoveItems { items, to }, self.format)
    }
}

/// Say how items do: a text, a health, both, or that nothing changed
#[derive(Debug, Args)]
pub(in crate::cli) struct Update {
    /// Items by short id, as `intake release show` lists them
    #[arg(required = true, value_name = "ITEM")]
    items: Vec<String>,
    /// What to say; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// How they do
    #[arg(long, value_parser = choice::<Health>(), ignore_case = true)]
    health: Option<Health>,
    /// Nothing changed
    #[arg(long, conflicts_with_all = ["text", "health"])]
    no_change: bool,
    #[command(flatten)]
    format: Format,
}

impl Update {
    /// One undo step, however many.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let items = session.items(&self.items)?;
        if self.no_change {
            return session.commit(&Deed::NoChange { items }, self.format);
        }
        let text = match &self.text {
            Some(text) => Some(session.text(text, "--text")?),
            None => None,
        };
        let health = self.health;
        if text.is_none() && health.is_none() {
            return Err(Problem::new(Kind::Usage, "the update says nothing")
                .hint("give --text, --health, or --no-change")
                .into());
        }
        let deed = Deed::UpdateItems {
            items,
            text,
            health,
        };
        session.commit(&deed, self.format)
    }
}

/// Cut an item from its release; its row stays to show it
#[derive(Debug, Args)]
pub(in crate::cli) struct Cut {
    /// The item by short id, as `intake release show` lists it
    item: String,
    /// Put the idea into this release instead
    #[arg(long, value_name = "RELEASE", conflicts_with = "postpone")]
    to: Option<String>,
    /// The idea becomes Postponed
    #[arg(long)]
    postpone: bool,
    #[command(flatten)]
    format: Format,
}

impl Cut {
    /// One undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let item = session.thing(&self.item, &[Entity::ReleaseItem])?.thing;
        let item = ReleaseItemId(item.id);
        let then = match &self.to {
            Some(release) => AfterCut::MoveTo(session.release(release)?),
            None if self.postpone => AfterCut::Postpone,
            None => AfterCut::Nothing,
        };
        session.commit(&Deed::CutItem { item, then }, self.format)
    }
}
