//! A row of the agenda as a line: who sees to it, what it is, how it stands.

use crate::app::agenda::Who;
use crate::app::date;
use crate::app::layout::Cells;
use crate::app::state::State;
use crate::app::when::today;
use crate::domain::meeting::{
    AgendaRow, AgendaState, AreaGroup, PlanItem, QueuedItem, Section, SectionBody, StepRow,
};
use crate::domain::release::update_words;
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::ink;
use crate::view::table::GUTTER;
use crate::view::theme::Role;

/// Cells of the name of whoever sees to a row.
pub(super) const WHO: u16 = 9;
/// Cells of the name of a release.
const RELEASE: u16 = 8;
/// Cells that say how old an update is, or for how long there was none.
const UPDATE: u16 = 17;
/// The same where titles need the room: the age alone, or that one is owed.
const AGE: u16 = 8;
/// From this width on a row says the release.
const WITH_RELEASE: u16 = 60;
/// From this width on a row says of its update in words how new it is.
const WITH_WORDS: u16 = 76;
/// From this width on a row says what changed.
const WITH_CHANGES: u16 = 96;
/// How wide titles get beside what changed.
const TITLE: u16 = 42;

/// Some words of a row's right side, and their role.
type Figure = (String, Role);

/// Whether rows of this kind name whoever sees to them once for all that follow each other.
pub(super) const fn is_named_once(row: AgendaRow<'_>) -> bool {
    matches!(row, AgendaRow::Plan(_))
}

/// Draws the row; `who` is left out where the row above says it.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    state: &State,
    row: AgendaRow<'_>,
    who: Option<Who<'_>>,
    cells: Cells,
    y: u16,
    here: bool,
) {
    let mut x = cells.x + GUTTER;
    if let Some(who) = who {
        let (words, role) = match (who, row) {
            (Who::Is(owner), _) => (owner.to_string(), Role::Mention),
            (Who::Likely(owner), _) => (format!("{owner}?"), Role::Mention),
            (Who::Nobody, AgendaRow::Plan(_) | AgendaRow::Step(_)) => {
                ("nobody".to_owned(), Role::Warning)
            }
            (Who::Nobody, _) => (String::new(), Role::Dim),
        };
        canvas.text(x, y, WHO, &SafeText::line(&words), role);
    }
    x += WHO + 1;
    let (symbol, symbol_role) = mark(row, canvas.plain);
    canvas.symbol(x, y, symbol, symbol_role);
    x += 2;
    let mut right = (cells.x + cells.width).saturating_sub(2);
    match row {
        AgendaRow::Plan(item) => right = plan(canvas, state, item, cells, (x, right), y),
        AgendaRow::Step(step) => right = figures(canvas, right, y, &of_step(state, step)),
        AgendaRow::Requests(group) => right = figures(canvas, right, y, &of_group(state, group)),
        AgendaRow::Queued(item) => right = figures(canvas, right, y, &of_queued(item)),
    }
    let role = match (is_over(row), here) {
        (true, _) => Role::Faint,
        (false, true) => Role::Title,
        (false, false) => Role::Text,
    };
    let room = right.saturating_sub(x + 2);
    canvas.text(x, y, room, &SafeText::line(row.title()), role);
}

/// A part without rows of its own: its question, or how much its filter shows.
pub(super) fn part(canvas: &mut Canvas<'_>, section: &Section, cells: Cells, y: u16, here: bool) {
    let words = match &section.body {
        SectionBody::Question(question) => question.clone(),
        SectionBody::Feedback(shown) => match shown.total {
            0 => format!("nothing matches {}", shown.filter),
            total => format!("{total} feedback match {}", shown.filter),
        },
        _ => String::new(),
    };
    let role = if here { Role::Title } else { Role::Text };
    let x = cells.x + GUTTER;
    let room = cells.width.saturating_sub(GUTTER + 2);
    canvas.text(x, y, room, &SafeText::line(&words), role);
}

const fn put_off(item: &QueuedItem) -> bool {
    matches!(item.state, AgendaState::CarriedOver)
}

/// Whether nothing is left to be said about it in this meeting.
const fn is_over(row: AgendaRow<'_>) -> bool {
    match row {
        AgendaRow::Plan(item) => item.discussed,
        AgendaRow::Queued(item) => !item.waits(),
        AgendaRow::Step(step) => step.done.is_some(),
        AgendaRow::Requests(_) => false,
    }
}

/// The symbol before a title.
fn mark(row: AgendaRow<'_>, plain: bool) -> (&'static str, Role) {
    let done = (if plain { "x" } else { "✓" }, Role::Good);
    match row {
        AgendaRow::Queued(item) if put_off(item) => (if plain { ">" } else { "→" }, Role::Dim),
        row if is_over(row) => done,
        AgendaRow::Plan(item) => ink::standing(item.health.standing_of(item.status), plain),
        AgendaRow::Step(step) if step.overdue => ("!", Role::Bad),
        AgendaRow::Step(_) => (if plain { "-" } else { "○" }, Role::Dim),
        AgendaRow::Requests(_) => (" ", Role::Dim),
        AgendaRow::Queued(item) if item.confidential => ("!", Role::Warning),
        AgendaRow::Queued(_) => (if plain { "-" } else { "·" }, Role::Dim),
    }
}

/// Draws words at the right, the last first; returns where they start.
fn figures(canvas: &mut Canvas<'_>, right: u16, y: u16, figures: &[Figure]) -> u16 {
    let mut at = right;
    for (place, (words, role)) in figures.iter().rev().enumerate() {
        if place > 0 {
            at = canvas.right(at, y, 3, &SafeText::from_static(" · "), Role::Faint);
        }
        at = canvas.right(at, y, 30, &SafeText::line(words), *role);
    }
    at
}

/// What changed where there is room, the release, the update; returns where they start.
fn plan(
    canvas: &mut Canvas<'_>,
    state: &State,
    item: &PlanItem,
    cells: Cells,
    (x, right): (u16, u16),
    y: u16,
) -> u16 {
    let role = match item.owes_update {
        true => Role::Warning,
        false => Role::Dim,
    };
    let (words, room) = match (cells.width >= WITH_WORDS, &item.update) {
        (true, update) => {
            let words = update_words(update.as_ref(), item.owes_update, state.now);
            (words, UPDATE)
        }
        (false, _) if item.owes_update => ("owed".to_owned(), AGE),
        (false, Some(update)) => match update.at.age(state.now).as_str() {
            "now" => ("just now".to_owned(), AGE),
            age => (format!("{age} ago"), AGE),
        },
        (false, None) => (String::new(), AGE),
    };
    canvas.right(right, y, room, &SafeText::line(&words), role);
    let mut release_at = right.saturating_sub(room + 2);
    if cells.width >= WITH_RELEASE {
        release_at = release_at.saturating_sub(RELEASE);
        let release = SafeText::line(&item.release.0);
        canvas.text(release_at, y, RELEASE, &release, Role::Dim);
    }
    if cells.width < WITH_CHANGES {
        if item.changes.is_empty() {
            return release_at;
        }
        let changed = SafeText::from_static(if canvas.plain { "*" } else { "Δ" });
        return canvas.right(release_at - 1, y, 1, &changed, Role::Accent);
    }
    let changes_at = x + TITLE + 2;
    let mut words = item.changes.first().cloned().unwrap_or_default();
    if item.changes.len() > 1 {
        words.push_str(&format!(", {} more", item.changes.len() - 1));
    }
    let room = release_at.saturating_sub(changes_at + 2);
    canvas.text(changes_at, y, room, &SafeText::line(&words), Role::Text);
    changes_at
}

fn of_step(state: &State, step: &StepRow) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let Some(due) = step.due {
        let role = if step.overdue { Role::Bad } else { Role::Dim };
        figures.push((
            date::due(due, today(state.now, state.settings.clocks)),
            role,
        ));
    }
    figures.push((step.since.age(state.now), Role::Dim));
    figures
}

fn of_group(state: &State, group: &AreaGroup) -> Vec<Figure> {
    let mut figures = vec![(group.counted(), Role::Text)];
    let oldest = group.requests.iter().map(|(row, _)| row.received).min();
    if let Some(oldest) = oldest {
        figures.push((oldest.dated(state.now), Role::Dim));
    }
    figures
}

fn of_queued(item: &QueuedItem) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (holds, words, role) in [
        (item.confidential, "confidential", Role::Warning),
        (item.carried, "from an earlier sync", Role::Dim),
        (put_off(item), AgendaState::CarriedOver.word(), Role::Dim),
    ] {
        if holds {
            figures.push((words.to_owned(), role));
        }
    }
    figures.push(match item.minutes {
        Some(minutes) => (format!("{minutes} min"), Role::Text),
        None => ("5 min".to_owned(), Role::Dim),
    });
    figures
}
