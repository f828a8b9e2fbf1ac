//! The agenda as lines: what stands on each, and on which the cursor can stand. The view draws them, `update` scrolls by
//! them.

use crate::domain::meeting::{Agenda, AgendaRow, OwnerItems, Section, SectionBody};

use super::state::Spot;

/// A line of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgendaLine<'a> {
    /// Nothing: between two parts.
    Blank,
    /// The heading of a part.
    Heading(&'a Section),
    /// Whose release items follow.
    Owner(&'a OwnerItems),
    /// A thing to speak about.
    Row(AgendaRow<'a>),
    /// A part without rows of its own, by its place: a question, or what a filter shows.
    Part(usize, &'a Section),
    /// A part in which nothing stands.
    Nothing(&'a Section),
}

impl AgendaLine<'_> {
    /// The place on which the cursor can stand, if it can stand here.
    #[must_use]
    pub const fn spot(self) -> Option<Spot> {
        match self {
            Self::Row(row) => Some(Spot::Item(row.item())),
            Self::Part(place, _) => Some(Spot::Part(place)),
            _ => None,
        }
    }
}

/// The lines of an agenda.
#[must_use]
pub fn lines(agenda: &Agenda) -> Vec<AgendaLine<'_>> {
    let mut lines = Vec::new();
    for (place, section) in agenda.sections.iter().enumerate() {
        if place > 0 {
            lines.push(AgendaLine::Blank);
        }
        lines.push(AgendaLine::Heading(section));
        let before = lines.len();
        match &section.body {
            SectionBody::Plan(owners) => {
                for owner in owners.iter().filter(|owner| !owner.items.is_empty()) {
                    lines.push(AgendaLine::Owner(owner));
                    let rows = owner.items.iter().map(AgendaRow::Plan);
                    lines.extend(rows.map(AgendaLine::Row));
                }
            }
            SectionBody::Feedback(_) | SectionBody::Question(_) => {
                lines.push(AgendaLine::Part(place, section));
            }
            _ => lines.extend(section.rows().map(AgendaLine::Row)),
        }
        if lines.len() == before {
            lines.push(AgendaLine::Nothing(section));
        }
    }
    lines
}

/// The places of an agenda on which the cursor can stand, in order.
#[must_use]
pub fn spots(agenda: &Agenda) -> Vec<Spot> {
    lines(agenda)
        .into_iter()
        .filter_map(AgendaLine::spot)
        .collect()
}
