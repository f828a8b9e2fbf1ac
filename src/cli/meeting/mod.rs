//! `intake meeting`: kinds, what is to come, what is on it, how it goes, what was promised.

mod items;
mod run;
mod sitting;
mod steps;
#[cfg(test)]
mod story;

use clap::{Args, Subcommand};

pub(super) use sitting::head;

use super::arguments::Format;
use super::json::{MeetingJson, MeetingKindJson};
use super::output::Result;
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::meeting::{MeetingState, Per, Sitting, WEEKLY_SYNC, day_there, shown};
use crate::domain::safe_text::SafeText;
use crate::meeting::kinds::show_cadence;
use crate::problem::Problem;
use crate::workspace::MeetingName;

/// What to do with meetings.
#[derive(Debug, Subcommand)]
pub(super) enum Meeting {
    /// List what is to come: of every kind the next, or all of one kind
    List {
        /// Only this kind
        kind: Option<String>,
        /// All of that kind within so many days
        #[arg(long, value_name = "N", requires = "kind", value_parser = clap::value_parser!(u64).range(1..=3660))]
        days: Option<u64>,
        #[command(flatten)]
        format: Format,
    },
    /// List the kinds of meeting
    Kinds {
        #[command(flatten)]
        format: Format,
    },
    /// Show a meeting: when, with whom, in which state, and what was noted
    Show {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        format: Format,
    },
    Plan(sitting::Plan),
    Move(sitting::Move),
    /// Leave a meeting out; what is on its agenda appears on the next one
    Cancel {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        format: Format,
    },
    /// Hold a meeting after all that was cancelled, or take up one again that is over
    Restore {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        format: Format,
    },
    Set(sitting::Set),
    Link(sitting::Link),
    Add(items::Add),
    Edit(items::Edit),
    Remove(items::Remove),
    Reorder(items::Reorder),
    Note(items::Note),
    Discussed(items::Discussed),
    Carry(items::Carry),
    Step(steps::Step),
    StepEdit(steps::StepEdit),
    Done(steps::Done),
    Reopen(steps::Reopen),
    Drop(steps::Drop),
    Start(run::Start),
    Next(run::Next),
    Pause(run::Pause),
    Resume(run::Resume),
    Finish(run::Finish),
    Heard(run::Heard),
}

/// Which meeting.
#[derive(Clone, Debug, Args)]
pub(super) struct Which {
    /// A kind such as weekly-sync, of which the next is meant, or the short id of a meeting
    meeting: String,
    #[command(flatten)]
    more: More,
}

/// Which meeting; else the next weekly sync.
#[derive(Clone, Debug, Args)]
pub(super) struct MeetingArguments {
    /// A kind, of which the next is meant, or the short id of a meeting
    #[arg(default_value = WEEKLY_SYNC)]
    meeting: String,
    #[command(flatten)]
    more: More,
}

impl MeetingArguments {
    /// The meeting that is meant.
    pub(super) fn sitting(&self, session: &Session<'_>) -> std::result::Result<Sitting, Problem> {
        self.more.sitting(&self.meeting, session)
    }
}

/// Which meeting, where a kind alone does not tell.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct More {
    /// Not the next of its kind, but that of this day
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// That of this area or PM, or after this release
    #[arg(long = "for", value_name = "NAME")]
    scope: Option<String>,
}

impl Which {
    fn sitting(&self, session: &Session<'_>) -> std::result::Result<Sitting, Problem> {
        self.more.sitting(&self.meeting, session)
    }
}

impl More {
    fn sitting(&self, text: &str, session: &Session<'_>) -> std::result::Result<Sitting, Problem> {
        let day = self.on.as_ref().map(|day| session.day(day, "--on"));
        session.workspace.meeting(&MeetingName {
            text: text.to_owned(),
            day: day.transpose()?,
            scope: self.scope.clone(),
        })
    }
}

impl Meeting {
    /// Each deed is one undo step.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::List { kind, days, format } => list(session, kind.as_deref(), *days, *format),
            Self::Kinds { format } => kinds(session, *format),
            Self::Show { which, format } => {
                let sitting = which.sitting(session)?;
                sitting::show(session, &sitting, *format)
            }
            Self::Cancel { which, format } => sitting::cancel(session, which, *format),
            Self::Restore { which, format } => sitting::restore(session, which, *format),
            Self::Plan(command) => command.run(session),
            Self::Move(command) => command.run(session),
            Self::Set(command) => command.run(session),
            Self::Link(command) => command.run(session),
            Self::Add(command) => command.run(session),
            Self::Edit(command) => command.run(session),
            Self::Remove(command) => command.run(session),
            Self::Reorder(command) => command.run(session),
            Self::Note(command) => command.run(session),
            Self::Discussed(command) => command.run(session),
            Self::Carry(command) => command.run(session),
            Self::Step(command) => command.run(session),
            Self::StepEdit(command) => command.run(session),
            Self::Done(command) => command.run(session),
            Self::Reopen(command) => command.run(session),
            Self::Drop(command) => command.run(session),
            Self::Start(command) => command.run(session),
            Self::Next(command) => command.run(session),
            Self::Pause(command) => command.run(session),
            Self::Resume(command) => command.run(session),
            Self::Finish(command) => command.run(session),
            Self::Heard(command) => command.run(session),
        }
    }
}

const COLUMNS: [Column; 7] = [
    Column::new("KIND"),
    Column::new("WHEN"),
    Column::new("PREPARE FROM").rank(4),
    Column::new("MIN").right().rank(3),
    Column::new("STATE").rank(2),
    Column::new("ID").rank(1),
    Column::new("TITLE"),
];

fn list(
    session: &mut Session<'_>,
    kind: Option<&str>,
    days: Option<u64>,
    format: Format,
) -> Result {
    let found = match (kind, days) {
        (Some(kind), Some(days)) => session.workspace.meetings_ahead(kind, days)?,
        _ => session.workspace.next_meetings(kind)?,
    };
    if format.json {
        return session
            .output
            .array(found.iter().map(|s| Ok(MeetingJson::new(s))));
    }
    let rows: Vec<Vec<SafeText>> = found.iter().map(cells).collect();
    Table::new(&COLUMNS).rows(session.output, &rows)
}

fn cells(sitting: &Sitting) -> Vec<SafeText> {
    let title = match &sitting.scope_name {
        Some(scope) => format!("{}: {scope}", sitting.title),
        None => sitting.title.clone(),
    };
    let state = match sitting.is_moved() {
        true => "moved",
        false => sitting.state.name(),
    };
    let short = sitting.short.as_ref().map(|short| short.0.as_str());
    vec![
        SafeText::line(&sitting.occurrence.kind),
        SafeText::line(&when(sitting)),
        match sitting.state {
            MeetingState::Planned => SafeText::line(&prepare(sitting)),
            _ => SafeText::default(),
        },
        SafeText::line(&sitting.minutes.to_string()),
        SafeText::from_static(state),
        SafeText::line(short.unwrap_or_default()),
        SafeText::line(&title),
    ]
}

/// When it begins, in its own zone; or until when, where the day is open.
pub(super) fn when(sitting: &Sitting) -> String {
    match sitting.at {
        Some(at) => shown(at, &sitting.zone),
        None => {
            let until = shown(sitting.until, &sitting.zone);
            let day = until
                .rsplit_once(' ')
                .map_or(until.as_str(), |(day, _)| day);
            format!("by {day}")
        }
    }
}

/// The day from which on it is to be prepared, in its own zone.
pub(super) fn prepare(sitting: &Sitting) -> String {
    day_there(sitting.prepare, &sitting.zone).to_string()
}

fn kinds(session: &mut Session<'_>, format: Format) -> Result {
    let kinds = session.workspace.meeting_kinds()?.all().to_vec();
    if format.json {
        return session
            .output
            .array(kinds.iter().map(|kind| Ok(MeetingKindJson::new(kind))));
    }
    let columns = [
        Column::new("KIND"),
        Column::new("CADENCE"),
        Column::new("MIN").right().rank(2),
        Column::new("ZONE").rank(3),
        Column::new("NAME"),
    ];
    let rows: Vec<Vec<SafeText>> = kinds
        .iter()
        .map(|kind| {
            let time = kind.time.map(|time| time.format(" %-H:%M").to_string());
            let per = match kind.per {
                Per::All => "",
                Per::Area => ", per area",
                Per::Pm => ", per PM",
            };
            let cadence = show_cadence(kind.cadence) + &time.unwrap_or_default() + per;
            vec![
                SafeText::line(&kind.id),
                SafeText::line(&cadence),
                SafeText::line(&kind.minutes.to_string()),
                SafeText::line(kind.zone.name()),
                SafeText::line(&kind.name),
            ]
        })
        .collect();
    Table::new(&columns).rows(session.output, &rows)
}
