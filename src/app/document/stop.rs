//! What is to be known about an item of an agenda while one speaks about it, as lines.

use super::idea::standing_ink;
use super::{Ink, Line, paragraphs, side_by_side};
use crate::app::date::{date, day};
use crate::app::present::Stop;
use crate::app::when::today;
use crate::domain::clocks::Clocks;
use crate::domain::deed::Subject;
use crate::domain::meeting::{AgendaRow, PlanItem, QueuedItem, SectionBody, StepRow};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::safe_text::SafeText;
use crate::search::Finder;

/// The time as the reader has it: now, and the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    /// Now.
    pub now: Moment,
    /// The clocks where they are.
    pub clocks: Clocks,
}

/// What kind of item it is, in few words: the release with its date, who presents it.
#[must_use]
pub fn stop_about(stop: &Stop<'_>, here: Here) -> Vec<String> {
    let mut about = vec![stop.section.title.clone()];
    match stop.row {
        Some(AgendaRow::Plan(item)) => {
            let (name, target) = &item.release;
            about.push(match target {
                Some(target) => format!("{name}, {}", date(*target, today(here.now, here.clocks))),
                None => name.clone(),
            });
        }
        Some(AgendaRow::Requests(group)) => about.push(group.counted()),
        Some(AgendaRow::Queued(item)) => {
            about.extend(item.presenter.as_ref().map(ToString::to_string));
            if item.carried {
                about.push("carried over".to_owned());
            }
        }
        Some(AgendaRow::Step(_)) | None => {}
    }
    about
}

/// The lines of an item: with its owner, and what was promised on it just now. Its title is not among them, nor are the requests of an area: those are a list to choose from.
#[must_use]
pub fn stop_document(
    stop: &Stop<'_>,
    (owner, promised): (Option<&Handle>, &[&StepRow]),
    here: Here,
    width: usize,
) -> Vec<Line> {
    let mut lines = what_is_known(stop, owner, here, width);
    if !promised.is_empty() {
        heading(&mut lines, "Promised", "");
    }
    for step in promised {
        lines.extend(prose(&step.text, Ink::Plain, width));
        if let Some(line) = lines.last_mut() {
            if let Some(owner) = &step.owner {
                line.outside(&format!("  {owner}"), Ink::Mention);
            }
            if let Some(due) = step.due {
                let due = format!("  due {}", date(due, today(here.now, here.clocks)));
                line.outside(&due, Ink::Dim);
            }
        }
    }
    lines
}

fn what_is_known(stop: &Stop<'_>, owner: Option<&Handle>, here: Here, width: usize) -> Vec<Line> {
    match (stop.row, &stop.section.body) {
        (Some(AgendaRow::Plan(item)), _) => plan(item, owner, here, width),
        (Some(AgendaRow::Step(step)), _) => self::step(step, here, width),
        (Some(AgendaRow::Queued(item)), _) => queued(item, width),
        (Some(AgendaRow::Requests(_)), _) => Vec::new(),
        (None, SectionBody::Question(text)) => prose(text, Ink::Plain, width),
        (None, SectionBody::Feedback(found)) => {
            let mut lines = vec![plain(
                &format!("{} match {}", found.total, found.filter),
                Ink::Dim,
            )];
            lines.push(Line::default());
            for row in &found.rows {
                let mut line = plain(&row.title, Ink::Plain);
                if let Some(company) = &row.company {
                    line.outside(&format!("  {company}"), Ink::Dim);
                }
                line.outside(&format!("  {}", row.received.dated(here.now)), Ink::Faint);
                lines.push(line);
            }
            lines
        }
        (None, _) => Vec::new(),
    }
}

fn plan(item: &PlanItem, owner: Option<&Handle>, here: Here, width: usize) -> Vec<Line> {
    let mut facts = vec![vec![(
        SafeText::from_static(item.health.word_of(item.status)),
        standing_ink(item.health.standing_of(item.status)),
    )]];
    facts.push(match owner {
        Some(owner) => vec![(SafeText::line(&owner.to_string()), Ink::Mention)],
        None => vec![(SafeText::from_static("no owner"), Ink::Warning)],
    });
    if item.owes_update {
        facts.push(vec![(
            SafeText::from_static("owes an update"),
            Ink::Warning,
        )]);
    }
    let mut lines = side_by_side(facts, width);
    if let Some(update) = &item.update {
        let by = update.author.as_deref().unwrap_or_default();
        let age = match update.at.age(here.now).as_str() {
            "now" => "now".to_owned(),
            age => format!("{age} ago"),
        };
        heading(&mut lines, "Last update", &format!("{by} {age}"));
        let words = update.text.as_deref().unwrap_or("no change");
        lines.extend(prose(words, Ink::Plain, width));
    }
    if !item.changes.is_empty() {
        heading(&mut lines, "Since the last sync", "");
        for change in &item.changes {
            lines.extend(prose(change, Ink::Plain, width));
        }
    }
    noted(&mut lines, item.notes.as_deref(), width);
    lines
}

fn step(step: &StepRow, here: Here, width: usize) -> Vec<Line> {
    let owner = match &step.owner {
        Some(owner) => (SafeText::line(&owner.to_string()), Ink::Mention),
        None => (SafeText::from_static("no owner"), Ink::Warning),
    };
    let mut facts = vec![vec![owner]];
    if let Some(due) = step.due {
        let words = format!("due {}", date(due, today(here.now, here.clocks)));
        facts.push(match step.overdue {
            true => vec![(SafeText::line(&format!("{words}, overdue")), Ink::Bad)],
            false => vec![(SafeText::line(&words), Ink::Plain)],
        });
    }
    let since = day(step.since, here.now, here.clocks);
    facts.push(vec![(
        SafeText::line(&format!("promised {since}")),
        Ink::Dim,
    )]);
    side_by_side(facts, width)
}

fn queued(item: &QueuedItem, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if item.confidential {
        let words = "confidential: it stays out of the minutes";
        lines.push(plain(words, Ink::Warning));
    }
    let about = match item.about {
        Some(Subject::Feedback(_)) => Some("about a feedback: Enter opens it"),
        Some(Subject::Idea(_)) => Some("about an idea: Enter opens it"),
        Some(Subject::ReleaseItem(_)) => Some("about a release item: Enter opens it"),
        None => None,
    };
    lines.extend(about.map(|words| plain(words, Ink::Dim)));
    if !item.documents.is_empty() {
        heading(&mut lines, "Documents", "");
        for url in &item.documents {
            lines.push(plain(url, Ink::Link));
        }
    }
    noted(&mut lines, item.notes.as_deref(), width);
    lines
}

fn noted(lines: &mut Vec<Line>, notes: Option<&str>, width: usize) {
    if let Some(notes) = notes.filter(|notes| !notes.trim().is_empty()) {
        heading(lines, "Notes", "");
        lines.extend(prose(notes, Ink::Plain, width));
    }
}

fn prose(text: &str, ink: Ink, width: usize) -> Vec<Line> {
    paragraphs(text, ink, 0, width, &Finder::of(&[]))
}

fn plain(text: &str, ink: Ink) -> Line {
    let mut line = Line::default();
    line.outside(text, ink);
    line
}

fn heading(lines: &mut Vec<Line>, name: &'static str, note: &str) {
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    let mut line = plain(name, Ink::Heading);
    if !note.trim().is_empty() {
        line.outside(&format!("  {}", note.trim()), Ink::Dim);
    }
    lines.push(line);
}
