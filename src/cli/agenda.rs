//! `intake agenda`: what the next meeting goes through, as it stands now.

use clap::Args;

use super::arguments::Format;
use super::json::AgendaJson;
use super::meeting::{MeetingArguments, head};
use super::output::{Output, Result, Tone};
use super::session::Session;
use crate::domain::meeting::{
    Agenda as Agenda_, AgendaState, AreaGroup, ChangedRelease, FeedbackSection, OwnerItems,
    PlanItem, QueuedItem, SectionBody, StepRow,
};
use crate::domain::moment::Moment;
use crate::domain::safe_text::SafeText;
use crate::problem::Problem;

/// Show the agenda of the next weekly sync, or of another meeting, generated from the workspace
#[derive(Debug, Args)]
pub(super) struct Agenda {
    #[command(flatten)]
    meeting: MeetingArguments,
    #[command(flatten)]
    format: Format,
}

impl Agenda {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = self.meeting.sitting(session)?;
        let agenda = session.workspace.agenda(&sitting)?;
        if self.format.json {
            let json = AgendaJson::new(&agenda, &|thing| session.short(thing))?;
            return session.output.object(&json);
        }
        let now = session.workspace.now();
        show(session, &agenda, now)
    }
}

fn show(session: &mut Session<'_>, agenda: &Agenda_, now: Moment) -> Result {
    head(session.output, &agenda.meeting)?;
    for section in &agenda.sections {
        session.output.say("")?;
        let heading = match section.minutes {
            0 => section.title.clone(),
            minutes => format!("{} · {minutes} min", section.title),
        };
        session
            .output
            .line(Tone::Strong, &SafeText::line(&heading))?;
        match &section.body {
            SectionBody::Plan(owners) => {
                releases(session.output, &agenda.releases)?;
                plan(session.output, owners)?;
            }
            SectionBody::Steps(steps) => each(session.output, steps, |step| step_line(step, now))?,
            SectionBody::Unassigned { groups, total } => {
                unassigned(session, groups, *total)?;
            }
            SectionBody::Queued(items) => queued(session.output, items)?,
            SectionBody::Feedback(found) => feedback(session, found)?,
            SectionBody::Question(text) => session.output.prose("  ", text)?,
        }
    }
    session.output.say("")?;
    let (planned, length) = (agenda.planned, agenda.meeting.minutes);
    let sum = format!("{planned} of {length} minutes");
    match agenda.over() {
        0 => session.output.line(Tone::Faint, &SafeText::line(&sum)),
        over => {
            let sum = format!("{sum}: {over} too many");
            session.output.line(Tone::Warning, &SafeText::line(&sum))
        }
    }
}

fn each<T>(output: &mut Output, rows: &[T], line: impl Fn(&T) -> (Tone, String)) -> Result {
    if rows.is_empty() {
        return output.line(Tone::Faint, &SafeText::from_static("  nothing"));
    }
    for row in rows {
        let (tone, text) = line(row);
        output.hanging(tone, "  ", &text)?;
    }
    Ok(())
}

/// What changed about releases as a whole: a target date, most of all.
fn releases(output: &mut Output, changed: &[ChangedRelease]) -> Result {
    for release in changed {
        let line = format!("{}: {}", release.name, release.changes.join(", "));
        output.hanging(Tone::Strong, "  ", &line)?;
    }
    Ok(())
}

fn plan(output: &mut Output, owners: &[OwnerItems]) -> Result {
    if owners.is_empty() {
        return output.line(Tone::Faint, &SafeText::from_static("  nothing"));
    }
    for owner in owners {
        let name = owner.owner.as_ref().map(ToString::to_string);
        let name = name.unwrap_or_else(|| "nobody".to_owned());
        output.line(Tone::Plain, &SafeText::line(&format!("  {name}")))?;
        for item in &owner.items {
            plan_item(output, item)?;
        }
    }
    Ok(())
}

fn plan_item(output: &mut Output, item: &PlanItem) -> Result {
    let mut facts = vec![item.release.0.clone()];
    // What changed about its health tells it.
    let health = item.health.word_of(item.status);
    if !item.changes.iter().any(|change| change.starts_with(health)) {
        facts.push(health.to_owned());
    }
    facts.extend(item.changes.iter().cloned());
    if item.owes_update {
        facts.push("owes an update".to_owned());
    }
    if item.discussed {
        facts.push("discussed".to_owned());
    }
    let tone = if item.owes_update {
        Tone::Warning
    } else {
        Tone::Plain
    };
    let line = format!("{}  {}  ({})", item.short, item.title, facts.join(", "));
    output.hanging(tone, "    ", &line)?;
    let said = item
        .update
        .as_ref()
        .and_then(|update| update.text.as_deref());
    if let Some(text) = said.filter(|_| !item.owes_update) {
        output.prose("      ", text)?;
    }
    if let Some(notes) = &item.notes {
        output.prose("      ", notes)?;
    }
    Ok(())
}

fn step_line(step: &StepRow, now: Moment) -> (Tone, String) {
    let owner = step.owner.as_ref().map(ToString::to_string);
    let mut facts = vec![
        owner.unwrap_or_else(|| "nobody".to_owned()),
        step.since.age(now),
    ];
    facts.extend(step.due.map(|due| format!("due {due}")));
    if step.overdue {
        facts.push("overdue".to_owned());
    }
    let tone = if step.overdue {
        Tone::Warning
    } else {
        Tone::Plain
    };
    (
        tone,
        format!("{}  {}  ({})", step.short, step.text, facts.join(", ")),
    )
}

fn unassigned(session: &mut Session<'_>, groups: &[AreaGroup], total: u64) -> Result {
    use crate::domain::entity::Entity;
    let mut shown = 0;
    for group in groups {
        let area = match &group.area {
            Some(_) => group.title.as_str(),
            None => "no area",
        };
        let likely = group
            .likely_owner
            .as_ref()
            .map(|owner| format!(" → {owner}?"));
        let heading = format!("  {area}{}", likely.unwrap_or_default());
        session
            .output
            .line(Tone::Plain, &SafeText::line(&heading))?;
        for (row, likely) in &group.requests {
            shown += 1;
            let short = session.short_of(Entity::Feedback, row.id)?;
            let likely = likely.as_ref().map(|owner| format!(" → {owner}?"));
            let line = format!("{short}  {}{}", row.title, likely.unwrap_or_default());
            session.output.hanging(Tone::Plain, "    ", &line)?;
        }
    }
    if total == 0 {
        return session
            .output
            .line(Tone::Faint, &SafeText::from_static("  nothing"));
    }
    more(session.output, total, shown)
}

fn more(output: &mut Output, total: u64, shown: u64) -> Result {
    match total.saturating_sub(shown) {
        0 => Ok(()),
        rest => output.line(Tone::Faint, &SafeText::line(&format!("    … {rest} more"))),
    }
}

fn queued(output: &mut Output, items: &[QueuedItem]) -> Result {
    if items.is_empty() {
        return output.line(Tone::Faint, &SafeText::from_static("  nothing"));
    }
    for item in items {
        let mut facts: Vec<String> = Vec::new();
        facts.extend(item.presenter.as_ref().map(ToString::to_string));
        facts.extend(item.minutes.map(|minutes| format!("{minutes} min")));
        let marks = [
            (item.confidential, "confidential"),
            (item.state != AgendaState::Queued, item.state.word()),
            (item.carried, "from an earlier meeting"),
        ];
        facts.extend(
            marks
                .iter()
                .filter(|(holds, _)| *holds)
                .map(|(_, word)| (*word).to_owned()),
        );
        let line = match facts.is_empty() {
            true => format!("{}  {}", item.short, item.title),
            false => format!("{}  {}  ({})", item.short, item.title, facts.join(", ")),
        };
        output.hanging(Tone::Plain, "  ", &line)?;
        for url in &item.documents {
            output.line(Tone::Faint, &SafeText::line(&format!("      {url}")))?;
        }
        if let Some(notes) = &item.notes {
            output.prose("      ", notes)?;
        }
    }
    Ok(())
}

fn feedback(session: &mut Session<'_>, found: &FeedbackSection) -> Result {
    use crate::domain::entity::Entity;
    let lines: std::result::Result<Vec<String>, Problem> = found
        .rows
        .iter()
        .map(|row| {
            let short = session.short_of(Entity::Feedback, row.id)?;
            Ok(format!("{short}  {}", row.title))
        })
        .collect();
    each(session.output, &lines?, |line| (Tone::Plain, line.clone()))?;
    more(session.output, found.total, found.rows.len() as u64)
}
