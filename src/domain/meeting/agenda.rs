//! The agenda of a meeting, as it stands now.

use chrono::NaiveDate;

use super::occurrence::Sitting;
use crate::domain::choices::choices;
use crate::domain::deed::Subject;
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{ActionStepId, AgendaItemId, IdeaId, ReleaseItemId, ShortId};
use crate::domain::idea::Status;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::release::{Health, Update};

/// How many minutes an item counts for which nobody has set a time box.
pub const USUAL_BOX: u32 = 5;

choices! {
    /// Where an item of an agenda stands.
    AgendaState {
        /// To be spoken about.
        Queued = 0, "queued", "queued";
        /// Spoken about.
        Discussed = 1, "discussed", "discussed";
        /// Put off to another meeting.
        CarriedOver = 2, "carried-over", "carried over";
    }
}

/// The agenda of a meeting, generated from the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda {
    /// The meeting.
    pub meeting: Sitting,
    /// The meeting of that kind before this one, since which changes are told; `None` where there is none.
    pub since: Option<Moment>,
    /// What changed about releases since then, where the kind goes through the release plan.
    pub releases: Vec<ChangedRelease>,
    /// Its parts, in the order of the kind.
    pub sections: Vec<Section>,
    /// How many minutes its parts take together.
    pub planned: u32,
}

impl Agenda {
    /// How many minutes more the parts take than the meeting has.
    #[must_use]
    pub fn over(&self) -> u32 {
        self.planned.saturating_sub(self.meeting.minutes)
    }

    /// Every row in order.
    pub fn rows(&self) -> impl Iterator<Item = AgendaRow<'_>> {
        self.sections.iter().flat_map(Section::rows)
    }

    /// How many minutes a row has: its own time box, or its share of its part.
    #[must_use]
    pub fn minutes_of(&self, item: AgendaItemId) -> Option<u32> {
        let here = |section: &&Section| section.rows().any(|row| row.item() == item);
        let section = self.sections.iter().find(here)?;
        match section.rows().find(|row| row.item() == item)? {
            AgendaRow::Queued(item) => item.minutes,
            _ => {
                let count = u32::try_from(section.rows().count()).unwrap_or(u32::MAX);
                let share = section.minutes.checked_div(count)?;
                Some(share.max(1))
            }
        }
    }
}

/// A release about which something changed since the last meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRelease {
    /// Its name.
    pub name: String,
    /// What changed, one thing each: `target date 2026-12-16, was 2026-12-01 (15 days later)`, `new release`.
    pub changes: Vec<String>,
}

/// A part of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// How many minutes it takes: what the kind gives it, else the sum of its items.
    pub minutes: u32,
    /// What stands in it.
    pub body: SectionBody,
}

/// What stands in a part of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SectionBody {
    /// The items of the release plan, by owner: those without an owner come first, since somebody has to take them.
    Plan(Vec<OwnerItems>),
    /// Action steps that are not done, the longest due first.
    Steps(Vec<StepRow>),
    /// Requests which nobody owns, by area, or by the area that is likely; those of which nothing is known come last.
    Unassigned {
        /// The oldest of them.
        groups: Vec<AreaGroup>,
        /// How many there are, those that are not shown included.
        total: u64,
    },
    /// What was queued or planned for this meeting, in order, and what was said about it already.
    Queued(Vec<QueuedItem>),
    /// Feedback that a filter shows.
    Feedback(FeedbackSection),
    /// A question to those who attend.
    Question(String),
}

/// One thing to speak about: what one steps through while a meeting runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgendaRow<'a> {
    /// A release item.
    Plan(&'a PlanItem),
    /// An action step.
    Step(&'a StepRow),
    /// Requests of an area.
    Requests(&'a AreaGroup),
    /// A queued item.
    Queued(&'a QueuedItem),
}

impl<'a> AgendaRow<'a> {
    /// The agenda item which stands for it, whether there is one yet or not.
    #[must_use]
    pub const fn item(self) -> AgendaItemId {
        match self {
            Self::Plan(item) => item.row,
            Self::Step(step) => step.row,
            Self::Requests(group) => group.row,
            Self::Queued(item) => item.id,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'a str {
        match self {
            Self::Plan(item) => &item.title,
            Self::Step(step) => &step.text,
            Self::Requests(group) => &group.title,
            Self::Queued(item) => &item.title,
        }
    }
}

impl Section {
    /// Its rows in order; a question and a list of feedback have none.
    pub fn rows(&self) -> Box<dyn Iterator<Item = AgendaRow<'_>> + '_> {
        match &self.body {
            SectionBody::Plan(owners) => Box::new(
                owners
                    .iter()
                    .flat_map(|owner| owner.items.iter().map(AgendaRow::Plan)),
            ),
            SectionBody::Steps(steps) => Box::new(steps.iter().map(AgendaRow::Step)),
            SectionBody::Unassigned { groups, .. } => {
                Box::new(groups.iter().map(AgendaRow::Requests))
            }
            SectionBody::Queued(items) => Box::new(items.iter().map(AgendaRow::Queued)),
            SectionBody::Feedback(_) | SectionBody::Question(_) => Box::new(std::iter::empty()),
        }
    }
}

/// The release items of one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerItems {
    /// The owner; `None` for those that nobody owns.
    pub owner: Option<Handle>,
    /// Their items by release and position.
    pub items: Vec<PlanItem>,
}

/// A release item on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    /// The agenda item which stands for it, whether anything was noted on it or not.
    pub row: AgendaItemId,
    /// The release item.
    pub item: ReleaseItemId,
    /// What a person types for it.
    pub short: ShortId,
    /// The idea.
    pub idea: IdeaId,
    /// The idea's title, as it came.
    pub title: String,
    /// The release by name, and its date.
    pub release: (String, Option<NaiveDate>),
    /// The idea's status.
    pub status: Status,
    /// How it does.
    pub health: Health,
    /// The last update.
    pub update: Option<Update>,
    /// What changed since the last meeting, one thing each: `health on track → at risk`, `added`.
    pub changes: Vec<String>,
    /// Whether it has no update since the last meeting.
    pub owes_update: bool,
    /// What was noted on it in this meeting.
    pub notes: Option<String>,
    /// Whether it was discussed in this meeting.
    pub discussed: bool,
}

/// An action step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The agenda item which stands for it.
    pub row: AgendaItemId,
    /// The agenda item on which it was promised, if it was on one.
    pub item: Option<AgendaItemId>,
    /// Identity.
    pub id: ActionStepId,
    /// What a person types for it.
    pub short: ShortId,
    /// What was promised.
    pub text: String,
    /// By whom.
    pub owner: Option<Handle>,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// When it was promised.
    pub since: Moment,
    /// When it was done.
    pub done: Option<Moment>,
    /// Whether the day on which it was due is over.
    pub overdue: bool,
}

/// Requests of one area which nobody owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaGroup {
    /// The agenda item which stands for it.
    pub row: AgendaItemId,
    /// What it is called: the area, with a question mark where that is only likely.
    pub title: String,
    /// The area; `None` where it is open and their words tell none.
    pub area: Option<String>,
    /// Whether nobody said the area, and it is the one whose keywords they have.
    pub guessed: bool,
    /// Who is likely to take them: the owner of the area.
    pub likely_owner: Option<Handle>,
    /// The oldest of them, each with who is likely to take it by its words, where the area has no owner.
    pub requests: Vec<(FeedbackRow, Option<Handle>)>,
    /// How many there are, those that are not listed included; of an area that is only likely, those that are listed.
    pub total: u64,
    /// Whether there may be more, which were not counted because they are very many.
    pub uncounted: bool,
}

impl AreaGroup {
    /// How many they are: `748 requests`, or `100+ requests`.
    #[must_use]
    pub fn counted(&self) -> String {
        match self.total {
            count if self.uncounted => format!("{count}+ requests"),
            1 => "1 request".to_owned(),
            count => format!("{count} requests"),
        }
    }

    /// What is said behind those that are listed: `648 more`.
    #[must_use]
    pub fn beyond(&self) -> Option<String> {
        match self.unlisted() {
            _ if self.uncounted => Some("more".to_owned()),
            0 => None,
            count => Some(format!("{count} more")),
        }
    }

    /// How many are not listed.
    #[must_use]
    pub fn unlisted(&self) -> u64 {
        self.total.saturating_sub(self.requests.len() as u64)
    }
}

/// A queued or planned item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedItem {
    /// Identity.
    pub id: AgendaItemId,
    /// What a person types for it.
    pub short: ShortId,
    /// What it is called: its own title, else that of what it is about.
    pub title: String,
    /// What it is about.
    pub about: Option<Subject>,
    /// Who presents it.
    pub presenter: Option<Handle>,
    /// Its time box.
    pub minutes: Option<u32>,
    /// Links to documents for advance reading.
    pub documents: Vec<String>,
    /// What was noted on it.
    pub notes: Option<String>,
    /// Whether it stays among those invited.
    pub confidential: bool,
    /// Where it stands in this meeting.
    pub state: AgendaState,
    /// Whether it comes from an earlier meeting.
    pub carried: bool,
}

impl QueuedItem {
    /// Whether it is still to be spoken about in this meeting.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self.state, AgendaState::Queued)
    }
}

/// Feedback that a filter shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackSection {
    /// The filter, as it is written.
    pub filter: String,
    /// The first of it.
    pub rows: Vec<FeedbackRow>,
    /// How many there are.
    pub total: u64,
}
