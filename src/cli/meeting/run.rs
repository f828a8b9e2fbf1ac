//! A meeting while it is held: one item at a time, each within its minutes.

use clap::Args;

use super::{MeetingArguments as Held, More, when};
use crate::cli::arguments::Format;
use crate::cli::json::RunningJson;
use crate::cli::output::{Result, Tone};
use crate::cli::session::Session;
use crate::domain::deed::{MeetingDeed, NewFeedback};
use crate::domain::entity::Entity;
use crate::domain::meeting::{AgendaRow, MeetingState, Running, Sitting};
use crate::domain::moment::{MINUTE, SECOND};
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem, if_there};

/// Begin a meeting, or take it up where it was interrupted
#[derive(Debug, Args)]
pub(in crate::cli) struct Start {
    #[command(flatten)]
    held: Held,
    #[command(flatten)]
    format: Format,
}

impl Start {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = self.held.sitting(session)?;
        if sitting.state != MeetingState::Running {
            let now = session.workspace.now();
            let deed = MeetingDeed::Start {
                at: sitting.at.unwrap_or(now),
                zone: sitting.zone.clone(),
                minutes: sitting.minutes,
                meeting: sitting.occurrence.clone(),
            };
            session.workspace.commit(&deed.into())?;
        }
        let running = session.workspace.running(sitting.id)?;
        if running.at_hand.is_none() {
            let agenda = session.workspace.agenda(&sitting)?;
            let first = agenda.rows().map(AgendaRow::item).next();
            session.workspace.take_up(sitting.id, first)?;
        } else if running.paused {
            session.workspace.hold(sitting.id, false)?;
        }
        tell(session, &sitting, self.format)
    }
}

/// Where a meeting that is held is told of whose report could not be written.
const SHOWN: &str = "“intake agenda” shows the meeting as it stands; do not do it again";

/// Go on to the next item, or to one by its short id
#[derive(Debug, Args)]
pub(in crate::cli) struct Next {
    #[command(flatten)]
    held: Held,
    /// This item instead of the next
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl Next {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = running(session, &self.held)?;
        let agenda = session.workspace.agenda(&sitting)?;
        let rows: Vec<AgendaRow<'_>> = agenda.rows().collect();
        let next = match &self.item {
            Some(text) => Some(named(session, &rows, text)?.item()),
            None => {
                let at_hand = session.workspace.running(sitting.id)?.at_hand;
                let place = rows.iter().position(|row| Some(row.item()) == at_hand);
                let next = place.map_or(0, |place| place + 1);
                rows.get(next).map(|row| row.item())
            }
        };
        session.workspace.take_up(sitting.id, next)?;
        tell(session, &sitting, self.format)
    }
}

/// The row of an agenda that is meant: by what the agenda calls it, or by more characters of the same id.
fn named<'r>(
    session: &Session<'_>,
    rows: &[AgendaRow<'r>],
    text: &str,
) -> std::result::Result<AgendaRow<'r>, Problem> {
    let mut rows = rows.iter().copied();
    if let Some(row) = rows.clone().find(|row| typed(*row) == text.trim()) {
        return Ok(row);
    }
    let among = [Entity::AgendaItem, Entity::ActionStep, Entity::ReleaseItem];
    let meant = if_there(session.thing(text, &among))?.map(|found| found.thing.id);
    let row = rows.find(|row| match row {
        AgendaRow::Plan(item) => meant == Some(item.item.0),
        AgendaRow::Step(step) => meant == Some(step.id.0),
        AgendaRow::Queued(item) => meant == Some(item.id.0),
        AgendaRow::Requests(_) => false,
    });
    row.ok_or_else(|| {
        let none = format!("there is no “{text}” on this agenda");
        Problem::new(Kind::NotFound, none).hint("“intake agenda” lists the items with their ids")
    })
}

fn running(session: &Session<'_>, held: &Held) -> std::result::Result<Sitting, Problem> {
    let sitting = held.sitting(session)?;
    if sitting.state == MeetingState::Running {
        return Ok(sitting);
    }
    let words = format!(
        "“{}” of {} is not being held",
        sitting.title,
        when(&sitting)
    );
    Err(Problem::new(Kind::Refused, words).hint("“intake meeting start” begins it"))
}

/// Stop the clock of the item at hand
#[derive(Debug, Args)]
pub(in crate::cli) struct Pause {
    #[command(flatten)]
    held: Held,
    #[command(flatten)]
    format: Format,
}

impl Pause {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = running(session, &self.held)?;
        session.workspace.hold(sitting.id, true)?;
        tell(session, &sitting, self.format)
    }
}

/// Start the clock of the item at hand again
#[derive(Debug, Args)]
pub(in crate::cli) struct Resume {
    #[command(flatten)]
    held: Held,
    #[command(flatten)]
    format: Format,
}

impl Resume {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = running(session, &self.held)?;
        session.workspace.hold(sitting.id, false)?;
        tell(session, &sitting, self.format)
    }
}

/// End a meeting; what was neither discussed nor carried over appears on the next one
#[derive(Debug, Args)]
pub(in crate::cli) struct Finish {
    #[command(flatten)]
    held: Held,
    #[command(flatten)]
    format: Format,
}

impl Finish {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = self.held.sitting(session)?;
        let now = session.workspace.now();
        session.workspace.take_up(sitting.id, None)?;
        let deed = MeetingDeed::Finish {
            at: sitting.at.unwrap_or(now),
            zone: sitting.zone,
            minutes: sitting.minutes,
            meeting: sitting.occurrence,
        };
        session.commit(&deed.into(), self.format)
    }
}

/// Keep what was heard in an interview as feedback of source `interview`; the interview is over
#[derive(Debug, Args)]
pub(in crate::cli) struct Heard {
    /// What was heard; - reads it from standard input
    text: String,
    /// A title; else the first line
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
    /// Who was interviewed
    #[arg(long)]
    customer: Option<String>,
    /// Their organisation
    #[arg(long)]
    company: Option<String>,
    /// The interview: a kind, or a short id
    #[arg(long, default_value = "interview")]
    meeting: String,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    format: Format,
}

impl Heard {
    /// Without --for it is one's own interview of this week.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        use crate::domain::deed::FeedbackEdit;
        let mut more = self.more.clone();
        if more.scope.is_none() {
            more.scope = session.workspace.me().map(ToString::to_string);
        }
        let sitting = more
            .sitting(&self.meeting, session)
            .or_else(|_| self.more.sitting(&self.meeting, session))?;
        let mut edits = Vec::new();
        edits.extend(
            self.company
                .clone()
                .map(|name| FeedbackEdit::Company(Some(name))),
        );
        edits.extend(
            self.customer
                .clone()
                .map(|name| FeedbackEdit::Customer(Some(name))),
        );
        let now = session.workspace.now();
        let deed = MeetingDeed::Hear {
            at: sitting.at.unwrap_or(now),
            zone: sitting.zone,
            minutes: sitting.minutes,
            meeting: sitting.occurrence,
            feedback: Box::new(NewFeedback {
                title: self.title.clone(),
                body: session.text(&self.text, "what was heard")?,
                owner: session.workspace.me().cloned(),
                edits,
                ..NewFeedback::default()
            }),
        };
        session.commit(&deed.into(), self.format)
    }
}

/// What a person types for a row: a short id, or the name of the area whose requests it holds.
fn typed<'a>(row: AgendaRow<'a>) -> &'a str {
    match row {
        AgendaRow::Plan(item) => &item.short.0,
        AgendaRow::Step(step) => &step.short.0,
        AgendaRow::Queued(item) => &item.short.0,
        AgendaRow::Requests(group) if group.area.is_none() => "none",
        AgendaRow::Requests(group) => &group.title,
    }
}

/// Says what is at hand, and how long it has taken.
fn tell(session: &mut Session<'_>, sitting: &Sitting, format: Format) -> Result {
    session.output.stored(SHOWN);
    let now = session.workspace.now();
    let running: Running = session.workspace.running(sitting.id)?;
    let agenda = session.workspace.agenda(sitting)?;
    let at_hand = running.at_hand.and_then(|id| {
        let row = agenda.rows().find(|row| row.item() == id)?;
        Some((row, running.taken(id, now), agenda.minutes_of(id)))
    });
    if format.json {
        let json = RunningJson {
            meeting_id: sitting.id.to_string(),
            item: at_hand.map(|(row, ..)| row.item().to_string()),
            short_id: at_hand.map(|(row, ..)| typed(row).to_owned()),
            title: at_hand.map(|(row, ..)| row.title().to_owned()),
            minutes: at_hand.and_then(|(.., minutes)| minutes),
            taken_seconds: at_hand.map(|(_, taken, _)| taken / SECOND),
            paused: running.paused,
        };
        return session.output.object(&json);
    }
    let Some((row, taken, minutes)) = at_hand else {
        return session
            .output
            .say("nothing is at hand: the agenda is through");
    };
    let spent = format!("{}:{:02}", taken / MINUTE, taken % MINUTE / SECOND);
    let clock = match minutes {
        Some(1) => format!("{spent} of 1 minute"),
        Some(minutes) => format!("{spent} of {minutes} minutes"),
        None => spent,
    };
    let over = minutes.is_some_and(|minutes| taken > i64::from(minutes) * MINUTE);
    let clock = match (running.paused, over) {
        (true, _) => format!("{clock}, paused"),
        (_, true) => format!("{clock}, over"),
        _ => clock,
    };
    let line = format!("{} {}", typed(row), row.title());
    session.output.line(Tone::Strong, &SafeText::line(&line))?;
    let tone = if over { Tone::Warning } else { Tone::Faint };
    session.output.line(tone, &SafeText::line(&clock))
}
