//! Meetings on their way out.

use serde_json::{Value as Json, json};

use super::cell::Cell;
use super::ideas::tickets;
use super::releases::author;
use super::sink::{Column, Object, Record, Sink};
use crate::domain::meeting::MeetingState;
use crate::domain::record::{AgendaRecord, MeetingRecord, StepRecord};
use crate::exchange::markdown::{block, day, inline, link};
use crate::problem::Problem;
use crate::store::Reader;

/// A row: a meeting and one point of it, or the meeting alone where it has none.
struct Row<'r> {
    meeting: &'r MeetingRecord,
    point: Point<'r>,
}

enum Point<'r> {
    None,
    Agenda(&'r AgendaRecord),
    Step(&'r StepRecord),
}

/// Its columns.
fn columns<'r>() -> [Column<Row<'r>>; 21] {
    [
        ("meeting_id", |r| {
            r.meeting.id.map(|id| id.to_string()).into()
        }),
        ("meeting", |r| r.meeting.title.clone().into()),
        ("meeting_kind", |r| r.meeting.kind.clone().into()),
        ("at", |r| r.meeting.at.into()),
        ("length", |r| {
            r.meeting.minutes.map_or(Cell::Empty, Cell::Number)
        }),
        ("attendees", |r| Cell::List(bare(&r.meeting.attendees))),
        ("row", |r| {
            Cell::word(match r.point {
                Point::None => "meeting",
                Point::Agenda(_) => "agenda-item",
                Point::Step(_) => "action-step",
            })
        }),
        ("id", |r| match r.point {
            Point::None => Cell::Empty,
            Point::Agenda(item) => Cell::Text(item.id.to_string()),
            Point::Step(step) => Cell::Text(step.id.to_string()),
        }),
        ("text", |r| match r.point {
            Point::None => Cell::Empty,
            Point::Agenda(item) => item.title.clone().or_else(|| item.about.clone()).into(),
            Point::Step(step) => step.text.as_str().into(),
        }),
        ("about", |r| of_agenda(r, |item| item.about.clone().into())),
        ("person", |r| match r.point {
            Point::None => Cell::Empty,
            Point::Agenda(item) => author(item.presenter.as_deref()),
            Point::Step(step) => author(step.owner.as_deref()),
        }),
        ("minutes", |r| {
            of_agenda(r, |item| item.minutes.map_or(Cell::Empty, Cell::Number))
        }),
        ("state", |r| match r.point {
            Point::None => Cell::Empty,
            Point::Agenda(item) => Cell::word(item.state.name()),
            Point::Step(step) => Cell::word(if step.done.is_some() { "done" } else { "open" }),
        }),
        ("confidential", |r| {
            of_agenda(r, |item| Cell::Flag(item.confidential))
        }),
        ("due", |r| of_step(r, |step| step.due.into())),
        ("done", |r| of_step(r, |step| step.done.into())),
        ("documents", |r| {
            of_agenda(r, |item| Cell::List(item.documents.clone()))
        }),
        ("notes", |r| match r.point {
            Point::Agenda(item) => item.notes.clone().into(),
            _ => r.meeting.notes.clone().into(),
        }),
        ("calendar", |r| r.meeting.slot.clone().into()),
        ("held_for", |r| r.meeting.scope.clone().into()),
        ("meeting_state", |r| {
            r.meeting
                .state
                .map_or(Cell::Empty, |state| Cell::word(state.name()))
        }),
    ]
}

fn of_agenda(row: &Row<'_>, cell: impl Fn(&AgendaRecord) -> Cell) -> Cell {
    match row.point {
        Point::Agenda(item) => cell(item),
        _ => Cell::Empty,
    }
}

fn of_step(row: &Row<'_>, cell: impl Fn(&StepRecord) -> Cell) -> Cell {
    match row.point {
        Point::Step(step) => cell(step),
        _ => Cell::Empty,
    }
}

fn bare(handles: &[String]) -> Vec<String> {
    let bare = |handle: &String| handle.trim_start_matches('@').to_owned();
    handles.iter().map(bare).collect()
}

/// Writes every meeting.
pub(super) fn export(reader: &Reader<'_>, sink: &mut Sink<'_>) -> Result<(), Problem> {
    sink.begin("Meetings", &columns())?;
    for record in reader.meeting_records()? {
        let group = record
            .kind
            .as_deref()
            .map_or_else(|| "Not in a meeting".to_owned(), inline);
        sink.put(&record, &group)?;
    }
    Ok(())
}

fn agenda_json(item: &AgendaRecord) -> Json {
    json!({
        "id": item.id.to_string(),
        "title": item.title,
        "about": item.about,
        "presenter": item.presenter,
        "minutes": item.minutes,
        "confidential": item.confidential,
        "state": item.state.name(),
        "notes": item.notes,
        "documents": item.documents,
    })
}

fn step_json(step: &StepRecord) -> Json {
    json!({
        "id": step.id.to_string(),
        "text": step.text,
        "owner": step.owner,
        "due": Cell::from(step.due).json(),
        "done": Cell::from(step.done).json(),
    })
}

impl Record for MeetingRecord {
    fn rows(&self) -> Vec<Vec<Cell>> {
        let agenda = self.agenda.iter().map(Point::Agenda);
        let mut points: Vec<Point<'_>> = agenda.chain(self.steps.iter().map(Point::Step)).collect();
        if points.is_empty() {
            points.push(Point::None);
        }
        let rows = points.into_iter().map(|point| Row {
            meeting: self,
            point,
        });
        rows.map(|row| super::sink::row(&columns(), &row)).collect()
    }

    fn object(&self) -> Object {
        Object(vec![
            ("id", Cell::from(self.id.map(|id| id.to_string())).json()),
            ("kind", Cell::from(self.kind.clone()).json()),
            ("title", Cell::from(self.title.clone()).json()),
            ("at", Cell::from(self.at).json()),
            ("calendar", Cell::from(self.slot.clone()).json()),
            ("held_for", Cell::from(self.scope.clone()).json()),
            ("state", self.state.map(MeetingState::name).into()),
            ("length", self.minutes.into()),
            ("notes", Cell::from(self.notes.clone()).json()),
            ("attendees", self.attendees.clone().into()),
            ("tickets", tickets(&self.tickets)),
            ("agenda", self.agenda.iter().map(agenda_json).collect()),
            ("action_steps", self.steps.iter().map(step_json).collect()),
        ])
    }

    fn markdown(&self) -> String {
        let title = self
            .title
            .as_deref()
            .map_or_else(|| "Queued".to_owned(), inline);
        let mut heading = format!("### {title}");
        if let Some(scope) = self.scope.as_deref() {
            heading.push_str(&format!(", {}", inline(scope.trim_start_matches('@'))));
        }
        match (self.at, self.slot.as_deref()) {
            (Some(at), _) => heading.push_str(&format!(", {}", day(at))),
            (None, Some(slot)) => heading.push_str(&format!(", {}", inline(slot))),
            (None, None) => {}
        }
        let mut parts = vec![heading];
        if !self.attendees.is_empty() {
            parts.push(inline(&bare(&self.attendees).join(", ")));
        }
        parts.extend(self.notes.as_deref().map(block));
        let agenda: Vec<String> = self.agenda.iter().map(agenda_line).collect();
        let steps: Vec<String> = self.steps.iter().map(step_line).collect();
        for (heading, lines) in [("Agenda", agenda), ("Action steps", steps)] {
            if !lines.is_empty() {
                parts.push(format!("#### {heading}\n\n{}", lines.join("\n")));
            }
        }
        parts.join("\n\n") + "\n"
    }
}

/// `- Themes (hana, 10 min, discussed, confidential): what was noted`.
fn agenda_line(item: &AgendaRecord) -> String {
    let title = item
        .title
        .as_deref()
        .or(item.about.as_deref())
        .unwrap_or("No title");
    let mut facts: Vec<String> = Vec::new();
    facts.extend(
        item.presenter
            .as_deref()
            .map(|p| inline(p.trim_start_matches('@'))),
    );
    facts.extend(item.minutes.map(|minutes| format!("{minutes} min")));
    facts.push(item.state.word().to_owned());
    facts.extend(item.confidential.then(|| "confidential".to_owned()));
    let mut line = format!("- {} ({})", inline(title), facts.join(", "));
    if let Some(notes) = item
        .notes
        .as_deref()
        .filter(|notes| !notes.trim().is_empty())
    {
        line.push_str(&format!(": {}", inline(notes)));
    }
    for url in &item.documents {
        line.push_str(&format!("\n  - {}", link(url, url)));
    }
    line
}

/// `- [x] Write to Acme (hana, due 2026-11-20)`.
fn step_line(step: &StepRecord) -> String {
    let mark = if step.done.is_some() { 'x' } else { ' ' };
    let mut facts: Vec<String> = Vec::new();
    facts.extend(
        step.owner
            .as_deref()
            .map(|p| inline(p.trim_start_matches('@'))),
    );
    facts.extend(step.due.map(|due| format!("due {due}")));
    match facts.is_empty() {
        true => format!("- [{mark}] {}", inline(&step.text)),
        false => format!("- [{mark}] {} ({})", inline(&step.text), facts.join(", ")),
    }
}
