//! Action steps.

use clap::Args;

use super::More;
use super::items::{here, target};
use crate::cli::arguments::Format;
use crate::cli::output::Result;
use crate::cli::session::Session;
use crate::domain::deed::{MeetingDeed, StepEdit as Edit};
use crate::domain::entity::Entity;
use crate::domain::id::ActionStepId;
use crate::problem::{Kind, Problem};

fn steps(
    session: &Session<'_>,
    texts: &[String],
) -> std::result::Result<Vec<ActionStepId>, Problem> {
    let things = session.things(texts, &[Entity::ActionStep])?;
    Ok(things
        .into_iter()
        .map(|thing| ActionStepId(thing.id))
        .collect())
}

/// Note an action step
#[derive(Debug, Args)]
pub(in crate::cli) struct Step {
    /// What is to be done; - reads it from standard input
    text: String,
    /// Who does it: @hana, me or nobody
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
    /// Until which day
    #[arg(long, value_name = "DAY")]
    due: Option<String>,
    /// The item on which it was promised, by short id
    #[arg(long)]
    item: Option<String>,
    /// The meeting in which it was promised; else the next weekly sync
    #[arg(long)]
    meeting: Option<String>,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    format: Format,
}

impl Step {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = here(session, self.meeting.as_deref(), &self.more)?;
        let item = self
            .item
            .as_deref()
            .map(|item| target(session, item, &sitting));
        let owner = self.owner.as_deref().map(|owner| session.person(owner));
        let due = self
            .due
            .as_deref()
            .map(|due| session.day_or_none(due, "--due"));
        let deed = MeetingDeed::AddStep {
            item: item.transpose()?,
            text: session.text(&self.text, "the action step")?,
            owner: owner.transpose()?.flatten(),
            due: due.transpose()?.flatten(),
            meeting: Some(sitting.occurrence),
        };
        session.commit(&deed.into(), self.format)
    }
}

/// Change an action step: text, owner, day
#[derive(Debug, Args)]
pub(in crate::cli) struct StepEdit {
    /// The action step by short id
    step: String,
    /// What is to be done
    #[arg(long)]
    text: Option<String>,
    /// Who does it: @hana, me or nobody
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
    /// Until which day; none clears it
    #[arg(long, value_name = "DAY")]
    due: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl StepEdit {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let step = steps(session, std::slice::from_ref(&self.step))?;
        let mut edits = Vec::new();
        edits.extend(self.text.clone().map(Edit::Text));
        if let Some(owner) = &self.owner {
            edits.push(Edit::Owner(session.person(owner)?));
        }
        if let Some(due) = &self.due {
            edits.push(Edit::Due(session.day_or_none(due, "--due")?));
        }
        match (step.first(), edits.is_empty()) {
            (Some(step), false) => {
                let deed = MeetingDeed::EditStep { step: *step, edits };
                session.commit(&deed.into(), self.format)
            }
            _ => Err(Problem::new(Kind::Usage, "there is nothing to change")
                .hint("name --text, --owner or --due")
                .into()),
        }
    }
}

/// Mark action steps as done
#[derive(Debug, Args)]
pub(in crate::cli) struct Done {
    /// Action steps by short id
    #[arg(required = true, value_name = "STEP")]
    steps: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Done {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let steps = steps(session, &self.steps)?;
        session.commit(&MeetingDeed::FinishSteps { steps }.into(), self.format)
    }
}

/// Make action steps open again
#[derive(Debug, Args)]
pub(in crate::cli) struct Reopen {
    /// Action steps by short id
    #[arg(required = true, value_name = "STEP")]
    steps: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Reopen {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let steps = steps(session, &self.steps)?;
        session.commit(&MeetingDeed::ReopenSteps { steps }.into(), self.format)
    }
}

/// Take action steps back
#[derive(Debug, Args)]
pub(in crate::cli) struct Drop {
    /// Action steps by short id
    #[arg(required = true, value_name = "STEP")]
    steps: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Drop {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let steps = steps(session, &self.steps)?;
        session.commit(&MeetingDeed::RemoveSteps { steps }.into(), self.format)
    }
}
