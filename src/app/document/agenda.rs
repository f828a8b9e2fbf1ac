//! What there is to read about a row of the agenda.

use super::idea::standing_ink;
use super::{Ink, Line, Part, paragraphs, side_by_side};
use crate::app::command::{Command, Context};
use crate::app::date::{self, date, day};
use crate::app::state::State;
use crate::app::target;
use crate::app::when::today;
use crate::domain::deed::Subject;
use crate::domain::meeting::{
    Agenda, AgendaRow, AgendaState, AreaGroup, PlanItem, QueuedItem, Section, SectionBody, StepRow,
};
use crate::domain::people::Handle;
use crate::domain::release::update_words;
use crate::domain::safe_text::SafeText;
use crate::search::Finder;

/// The lines about the row under the cursor of the agenda, at `width` cells, its title first.
#[must_use]
pub fn agenda_document(state: &State, width: usize) -> Vec<Line> {
    let Some(found) = state.sync.found.as_deref() else {
        return Vec::new();
    };
    let page = Page {
        state,
        agenda: &found.agenda,
        width,
    };
    let (title, body) = match target::agenda_row(state) {
        Some(row) => {
            let body = match row {
                AgendaRow::Plan(item) => page.plan(item),
                AgendaRow::Step(step) => page.step(step),
                AgendaRow::Requests(group) => page.requests(group),
                AgendaRow::Queued(item) => page.queued(item),
            };
            (row.title(), body)
        }
        None => match target::agenda_part(state) {
            Some(part) => (part.title.as_str(), page.part(part)),
            None => return Vec::new(),
        },
    };
    let mut lines = page.text(title, Ink::Title, 0);
    lines.extend(body);
    lines
}

fn one(text: &str, ink: Ink) -> Part {
    vec![(SafeText::line(text), ink)]
}

fn who(owner: Option<&Handle>, nobody: &'static str) -> Part {
    match owner {
        Some(owner) => one(&owner.to_string(), Ink::Mention),
        None => one(nobody, Ink::Warning),
    }
}

fn said(text: &str, ink: Ink) -> Line {
    let mut line = Line::default();
    line.outside(text, ink);
    line
}

struct Page<'a> {
    state: &'a State,
    agenda: &'a Agenda,
    width: usize,
}

impl Page<'_> {
    fn text(&self, text: &str, ink: Ink, indent: usize) -> Vec<Line> {
        paragraphs(text, ink, indent, self.width, &Finder::new(&[]))
    }

    /// A part of the page with its heading.
    fn under(&self, lines: &mut Vec<Line>, heading: &str, body: Vec<Line>) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(said(heading, Ink::Heading));
        lines.extend(body);
    }

    fn notes(&self, lines: &mut Vec<Line>, notes: Option<&String>) {
        if let Some(notes) = notes {
            self.under(lines, "Notes", self.text(notes, Ink::Plain, 0));
        }
    }

    fn plan(&self, item: &PlanItem) -> Vec<Line> {
        let now = self.state.now;
        let (release, on) = &item.release;
        let mut figures = vec![one(release, Ink::Plain)];
        if let Some(on) = on {
            figures.push(one(
                &date(*on, today(now, self.state.settings.clocks)),
                Ink::Dim,
            ));
        }
        figures.push(who(target::agenda_owner(self.state), "nobody's"));
        figures.push(one(
            item.health.word_of(item.status),
            standing_ink(item.health.standing_of(item.status)),
        ));
        if item.discussed {
            figures.push(one("discussed", Ink::Good));
        }
        let mut lines = side_by_side(figures, self.width);
        if item.owes_update {
            let words = update_words(item.update.as_ref(), true, now);
            let words = format!("{words}: the sync asks for one");
            lines.extend(self.text(&words, Ink::Warning, 0));
        }
        if !item.changes.is_empty() {
            let since = self
                .agenda
                .since
                .map(|since| day(since, now, self.state.settings.clocks));
            let heading = since.map_or_else(
                || "Changed".to_owned(),
                |since| format!("Changed since the last sync, {since}"),
            );
            let changes = item
                .changes
                .iter()
                .flat_map(|change| self.text(change, Ink::Plain, 0));
            self.under(&mut lines, &heading, changes.collect());
        }
        if let Some(update) = &item.update {
            let by = update.author.as_deref().unwrap_or("somebody");
            let age = match update.at.age(now).as_str() {
                "now" => "just now".to_owned(),
                age => format!("{age} ago"),
            };
            let heading = format!("Last update, {by} {age}");
            let words = update.text.as_deref().unwrap_or("no change");
            self.under(&mut lines, &heading, self.text(words, Ink::Plain, 0));
        }
        self.notes(&mut lines, item.notes.as_ref());
        lines
    }

    fn step(&self, step: &StepRow) -> Vec<Line> {
        let now = self.state.now;
        let mut figures = vec![who(step.owner.as_ref(), "nobody's")];
        let since = day(step.since, now, self.state.settings.clocks);
        figures.push(one(&format!("promised {since}"), Ink::Dim));
        figures.push(match step.due {
            Some(due) => {
                let today = today(now, self.state.settings.clocks);
                let (words, on) = (date::due(due, today), date(due, today));
                let words = match words.ends_with(&on) {
                    true => words,
                    false => format!("{words}, {on}"),
                };
                one(&words, if step.overdue { Ink::Bad } else { Ink::Dim })
            }
            None => one("no day set", Ink::Faint),
        });
        side_by_side(figures, self.width)
    }

    fn requests(&self, group: &AreaGroup) -> Vec<Line> {
        let now = self.state.now;
        let mut figures = vec![one(&group.counted(), Ink::Plain)];
        figures.push(match (&group.likely_owner, &group.area) {
            (Some(likely), _) => one(&format!("{likely}?"), Ink::Mention),
            (None, Some(_)) => one("the area has no owner", Ink::Warning),
            (None, None) => one("the area is open", Ink::Dim),
        });
        if group.guessed {
            figures.push(one("the area is a guess by their words", Ink::Dim));
        }
        let mut lines = side_by_side(figures, self.width);
        lines.push(Line::default());
        for (row, likely) in &group.requests {
            let mut tail = String::new();
            if let Some(company) = &row.company {
                tail.push_str(&format!("  {company}"));
            }
            if let Some(likely) = likely.as_ref().filter(|_| group.likely_owner.is_none()) {
                tail.push_str(&format!("  {likely}?"));
            }
            tail.push_str(&format!("  {}", row.received.dated(now)));
            let tail = SafeText::line(&tail).truncated(self.width / 2);
            let room = self.width.saturating_sub(tail.width()).max(8);
            let title = SafeText::row(&row.title).truncated(room);
            let gap = room.saturating_sub(title.width());
            let mut line = Line::default();
            line.safe(title, Ink::Plain);
            line.safe(SafeText::line(&" ".repeat(gap)), Ink::Plain);
            line.safe(tail, Ink::Dim);
            lines.push(line);
        }
        if let Some(beyond) = group.beyond() {
            let mut line = Line::default();
            let keys = self.state.keymap.keys(Context::Sync, Command::Open);
            let shown = keys.first().map(|key| format!(" · {key} shows them"));
            let words = format!("{beyond}{}", shown.unwrap_or_default());
            line.outside(&words, Ink::Dim);
            lines.push(line);
        }
        lines
    }

    fn queued(&self, item: &QueuedItem) -> Vec<Line> {
        let mut figures = vec![match &item.presenter {
            Some(who) => one(&who.to_string(), Ink::Mention),
            None => one("no presenter", Ink::Faint),
        }];
        figures.push(match item.minutes {
            Some(minutes) => one(&format!("{minutes} min"), Ink::Plain),
            None => one("no time box: counts 5 min", Ink::Dim),
        });
        match item.about {
            Some(Subject::Feedback(_)) => figures.push(one("about a feedback", Ink::Dim)),
            Some(Subject::Idea(_)) => figures.push(one("about an idea", Ink::Dim)),
            Some(Subject::ReleaseItem(_)) => figures.push(one("about a release item", Ink::Dim)),
            None => {}
        }
        for (holds, words, ink) in [
            (item.state == AgendaState::Discussed, "discussed", Ink::Good),
            (
                item.state == AgendaState::CarriedOver,
                "carried over to the next sync",
                Ink::Dim,
            ),
            (item.carried, "from an earlier sync", Ink::Dim),
        ] {
            if holds {
                figures.push(one(words, ink));
            }
        }
        let mut lines = side_by_side(figures, self.width);
        if item.confidential {
            lines.push(said("confidential: stays out of the minutes", Ink::Warning));
        }
        if !item.documents.is_empty() {
            let links = item.documents.iter().map(|url| {
                let mut line = Line::default();
                line.safe(SafeText::line(url).truncated(self.width), Ink::Link);
                line
            });
            self.under(&mut lines, "Documents", links.collect());
        }
        self.notes(&mut lines, item.notes.as_ref());
        lines
    }

    fn part(&self, part: &Section) -> Vec<Line> {
        let now = self.state.now;
        match &part.body {
            SectionBody::Question(question) => self.text(question, Ink::Plain, 0),
            SectionBody::Feedback(shown) => {
                let mut lines = vec![said(&shown.filter, Ink::Dim), Line::default()];
                for row in &shown.rows {
                    let age = row.received.dated(now);
                    let room = self.width.saturating_sub(age.len() + 2);
                    let title = SafeText::row(&row.title).truncated(room);
                    let gap = self.width.saturating_sub(title.width() + age.len());
                    let mut line = Line::default();
                    line.safe(title, Ink::Plain);
                    line.outside(&format!("{}{age}", " ".repeat(gap)), Ink::Dim);
                    lines.push(line);
                }
                lines
            }
            _ => Vec::new(),
        }
    }
}
