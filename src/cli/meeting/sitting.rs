//! A meeting as a whole.

use chrono::{NaiveDateTime, NaiveTime};
use clap::Args;

use super::{More, Which, prepare, when};
use crate::app::when as console;
use crate::cli::arguments::{Format, handle};
use crate::cli::json::MeetingJson;
use crate::cli::output::{Output, Result, Tone};
use crate::cli::session::Session;
use crate::domain::clocks::Clocks;
use crate::domain::deed::{MeetingDeed, MeetingEdit};
use crate::domain::meeting::{MeetingState, Sitting, day_there, shown};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::safe_text::SafeText;
use crate::domain::zone::Zone;
use crate::meeting::calendar::moment;
use crate::problem::{Kind, Problem, if_there};

/// Reads `2026-11-24 9:00`, `mon 9:00`, or a time alone on the day of `sitting`, as the clocks of its zone show it.
fn at(text: &str, sitting: &Sitting, now: Moment) -> std::result::Result<Moment, Problem> {
    let zone = Zone::or_utc(&sitting.zone);
    let typed = text.trim();
    // As programs write it: `2026-11-24T09:00`.
    let text = typed.replace('T', " ");
    if let Ok(time) = NaiveTime::parse_from_str(&text, "%H:%M") {
        let day = sitting.at.unwrap_or(sitting.until).at(&zone).date_naive();
        return Ok(moment(day, time, &zone));
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M") {
        return Ok(moment(local.date(), local.time(), &zone));
    }
    if let Ok(day) = text.parse()
        && let Some(at) = sitting.at
    {
        return Ok(moment(day, at.at(&zone).time(), &zone));
    }
    // As it is written elsewhere, read on the clocks of that place.
    let here = Moment::from(now.at(&zone).naive_local().and_utc());
    if let Ok(there) = console::moment(typed, here, Clocks::UTC) {
        let local = there.utc().naive_utc();
        return Ok(moment(local.date(), local.time(), &zone));
    }
    let words = format!("cannot read when: “{text}”");
    Err(Problem::new(Kind::Usage, words).hint(format!(
        "write \"2026-11-24 9:00\" or \"mon 9:00\", in the zone of the meeting ({})",
        sitting.zone
    )))
}

/// Plan a meeting by hand: one of a template, one more of a kind, or the day of one whose day is open
#[derive(Debug, Args)]
pub(in crate::cli) struct Plan {
    /// The kind, such as sprint-planning
    kind: String,
    /// When, in the zone of the kind: "2026-11-24 9:00"
    when: String,
    /// For this area or PM, or after this release
    #[arg(long = "for", value_name = "NAME")]
    scope: Option<String>,
    /// How long, in minutes
    #[arg(long)]
    minutes: Option<u32>,
    /// Who is invited beside those who attend by their role; may be repeated
    #[arg(long, value_name = "@HANDLE", value_parser = handle)]
    invite: Vec<Handle>,
    #[command(flatten)]
    format: Format,
}

impl Plan {
    /// A kind whose day is open has its own meeting in that week or month, which is then held at that time.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let workspace = &session.workspace;
        let now = workspace.now();
        let some = workspace.meeting_by_hand(&self.kind, now, self.scope.as_deref())?;
        let at = at(&self.when, &some, session.workspace.now())?;
        let day = day_there(at, &some.zone);
        let name = crate::workspace::MeetingName {
            text: self.kind.clone(),
            day: Some(day),
            scope: self.scope.clone(),
        };
        let open = if_there(workspace.meeting(&name))?.filter(|s| s.at.is_none());
        let sitting = match open {
            Some(open) => open,
            None => workspace.meeting_by_hand(&self.kind, at, self.scope.as_deref())?,
        };
        let deed = MeetingDeed::Plan {
            at: sitting.at.is_none().then_some(at),
            meeting: sitting.occurrence,
            minutes: self.minutes,
            attendees: self.invite.clone(),
        };
        session.commit(&deed.into(), self.format)
    }
}

/// Hold a meeting at another time; those after it stay where they are
#[derive(Debug, Args)]
pub(in crate::cli) struct Move {
    #[command(flatten)]
    which: Which,
    /// When, in the zone of the meeting: "2026-11-24 9:00", a day, or a time
    #[arg(long)]
    to: String,
    #[command(flatten)]
    format: Format,
}

impl Move {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = self.which.sitting(session)?;
        let deed = MeetingDeed::Move {
            to: at(&self.to, &sitting, session.workspace.now())?,
            zone: sitting.zone,
            meeting: sitting.occurrence,
        };
        session.commit(&deed.into(), self.format)
    }
}

pub(super) fn cancel(session: &mut Session<'_>, which: &Which, format: Format) -> Result {
    let meeting = which.sitting(session)?.occurrence;
    session.commit(&MeetingDeed::Cancel { meeting }.into(), format)
}

/// What is not held is not among the next, so that it is named by its day or its short id.
pub(super) fn restore(session: &mut Session<'_>, which: &Which, format: Format) -> Result {
    let meeting = which.sitting(session)?.occurrence;
    session.commit(&MeetingDeed::Restore { meeting }.into(), format)
}

/// Change a meeting: title, length, notes, who is invited
#[derive(Debug, Args)]
pub(in crate::cli) struct Set {
    #[command(flatten)]
    which: Which,
    /// What it is called
    #[arg(long)]
    title: Option<String>,
    /// How long it takes, in minutes
    #[arg(long)]
    minutes: Option<u32>,
    /// Add a paragraph to the notes on the meeting as a whole; - reads it from standard input
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["title", "minutes", "notes", "invite", "uninvite"])]
    note: Option<String>,
    /// Replace those notes; an empty text clears them
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// Invite somebody; may be repeated
    #[arg(long, value_name = "@HANDLE", value_parser = handle)]
    invite: Vec<Handle>,
    /// Take an invitation back; may be repeated
    #[arg(long, value_name = "@HANDLE", value_parser = handle)]
    uninvite: Vec<Handle>,
    #[command(flatten)]
    format: Format,
}

impl Set {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let meeting = self.which.sitting(session)?.occurrence;
        if let Some(note) = &self.note {
            let text = session.text(note, "--note")?;
            let deed = MeetingDeed::NoteMeeting { meeting, text };
            return session.commit(&deed.into(), self.format);
        }
        let mut edits = Vec::new();
        edits.extend(self.title.clone().map(MeetingEdit::Title));
        edits.extend(self.minutes.map(MeetingEdit::Minutes));
        if let Some(notes) = &self.notes {
            let text = session.text(notes, "--notes")?;
            edits.push(MeetingEdit::Notes(
                (!text.trim().is_empty()).then_some(text),
            ));
        }
        edits.extend(self.invite.iter().cloned().map(MeetingEdit::Invite));
        edits.extend(self.uninvite.iter().cloned().map(MeetingEdit::Uninvite));
        if edits.is_empty() {
            let nothing = Problem::new(Kind::Usage, "there is nothing to set");
            return Err(nothing
                .hint("name --title, --minutes, --note, --notes, --invite or --uninvite")
                .into());
        }
        let deed = MeetingDeed::EditMeeting { meeting, edits };
        session.commit(&deed.into(), self.format)
    }
}

/// Keep a link with a meeting: a recording, a survey
#[derive(Debug, Args)]
pub(in crate::cli) struct Link {
    /// A kind such as sales-call, of which the next is meant, or the short id of a meeting
    meeting: String,
    /// The link
    url: String,
    /// What it is
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    format: Format,
}

impl Link {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let meeting = self.more.sitting(&self.meeting, session)?.occurrence;
        let deed = MeetingDeed::LinkMeeting {
            meeting,
            url: self.url.clone(),
            title: self.title.clone(),
        };
        session.commit(&deed.into(), self.format)
    }
}

pub(super) fn show(session: &mut Session<'_>, sitting: &Sitting, format: Format) -> Result {
    if format.json {
        return session.output.object(&MeetingJson::new(sitting));
    }
    head(session.output, sitting)?;
    if let Some(notes) = &sitting.notes {
        session.output.say("")?;
        session.output.prose("", notes)?;
    }
    Ok(())
}

/// The lines above an agenda.
pub(in crate::cli) fn head(output: &mut Output, sitting: &Sitting) -> Result {
    let mut title = sitting.title.clone();
    if let Some(scope) = &sitting.scope_name {
        title = format!("{title}: {scope}");
    }
    output.line(Tone::Strong, &SafeText::line(&title))?;
    let mut facts = vec![
        when(sitting),
        sitting.zone.clone(),
        format!("{} minutes", sitting.minutes),
        sitting.state.word().to_owned(),
    ];
    if sitting.is_moved()
        && let Some(planned) = sitting.planned
    {
        let was = shown(planned, &sitting.zone);
        facts.push(format!("moved from {was}"));
    }
    if sitting.state == MeetingState::Planned {
        facts.push(format!("prepare from {}", prepare(sitting)));
    }
    facts.extend(sitting.short.as_ref().map(|short| short.0.clone()));
    output.line(Tone::Plain, &SafeText::line(&facts.join(" · ")))?;
    let who: Vec<String> = sitting.attendees.iter().map(ToString::to_string).collect();
    if !who.is_empty() {
        output.line(Tone::Faint, &SafeText::line(&who.join(" ")))?;
    }
    Ok(())
}
