//! The weekly sync as the console has it: its agenda, what is missing before it, and how it goes while it is held.

use std::collections::BTreeSet;

use crate::domain::entity::Thing;
use crate::domain::id::{AgendaItemId, FeedbackId, MeetingId};
use crate::domain::meeting::{Agenda, Gate, MissingKind, Running, Sitting};
use crate::domain::moment::Moment;

/// The two faces of the weekly sync, in the order of Tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Face {
    /// What it goes through.
    #[default]
    Agenda,
    /// What is missing before it.
    Missing,
}

/// What was found out about the weekly sync, in one snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Sync {
    /// The agenda, with the meeting it is of.
    pub agenda: Agenda,
    /// What is missing.
    pub gate: Gate,
    /// How it goes while it is held in this copy.
    pub running: Running,
    /// The sync after it: to which items are carried over.
    pub after: Option<Sitting>,
    /// Who owes an interview this week.
    pub interviews: Vec<String>,
}

impl Sync {
    /// The meeting.
    #[must_use]
    pub const fn sitting(&self) -> &Sitting {
        &self.agenda.meeting
    }
}

/// What the header says about the next weekly sync.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncNote {
    /// The meeting.
    pub sitting: Sitting,
    /// How many things are missing before it.
    pub missing: usize,
    /// Whether there are more than were counted.
    pub more: bool,
}

impl SyncNote {
    /// What the header says about that meeting.
    #[must_use]
    pub fn of(sitting: &Sitting, gate: &Gate) -> Self {
        Self {
            sitting: sitting.clone(),
            missing: gate.rows.len(),
            more: !gate.more.is_empty(),
        }
    }
}

/// A place of the agenda on which the cursor can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// A thing to speak about.
    Item(AgendaItemId),
    /// A part that has no rows of its own, by its place: a question, or what a filter shows.
    Part(usize),
}

/// A thing that is missing, as the cursor remembers it.
pub type Lack = (MissingKind, Thing);

/// A cursor that remembers what it stands on by identity; the place is only where that was last seen.
#[derive(Clone, Debug, PartialEq)]
pub struct ListCursor<T> {
    /// What it stands on.
    pub on: Option<T>,
    /// Where that was last seen.
    pub place: usize,
    /// The first line on the screen.
    pub top: usize,
}

impl<T> Default for ListCursor<T> {
    fn default() -> Self {
        Self {
            on: None,
            place: 0,
            top: 0,
        }
    }
}

impl<T: PartialEq + Clone> ListCursor<T> {
    /// Brings it onto one of these: what it stood on, wherever that is now, else what is at its place now.
    pub fn settle(&mut self, among: &[T]) {
        let found = self
            .on
            .as_ref()
            .and_then(|on| among.iter().position(|known| known == on));
        let last = among.len().saturating_sub(1);
        self.place = found.unwrap_or(self.place).min(last);
        self.on = among.get(self.place).cloned();
    }

    /// Puts it on the row at that place.
    pub fn put(&mut self, place: usize, among: &[T]) {
        self.place = place;
        self.on = among.get(place).cloned();
    }
}

/// The screen of the weekly sync.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SyncView {
    /// Which face is shown.
    pub face: Face,
    /// What was found out; `None` until a first answer has come.
    pub found: Option<Box<Sync>>,
    /// What the header says about the next one, once known.
    pub note: Option<SyncNote>,
    /// Why nothing could be found out: what is wrong, and what helps.
    pub trouble: Option<(String, String)>,
    /// When it was asked for first.
    pub since: Option<Moment>,
    /// The cursor in the agenda.
    pub cursor: ListCursor<Spot>,
    /// The cursor among what is missing.
    pub missing: ListCursor<Lack>,
    /// What is marked among it.
    pub marks: Vec<Lack>,
    /// What was missing before an undo whose effect is not known yet.
    pub before_undo: Option<Vec<Lack>>,
    /// First line of the detail on the screen.
    pub scroll: usize,
}

/// The weekly sync while it is held, beside what [`SyncView`] knows of it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PresentView {
    /// Which meeting is presented.
    pub meeting: Option<MeetingId>,
    /// Where the item at hand was last seen among the items.
    pub place: usize,
    /// The items in the order in which one goes through them: that of the agenda when the meeting was begun.
    pub order: Vec<AgendaItemId>,
    /// What was gone through about which nothing can be decided: action steps, requests, questions.
    pub passed: BTreeSet<AgendaItemId>,
    /// The cursor among the requests of an area.
    pub request: ListCursor<FeedbackId>,
    /// How many turns are on their way to the file: until they are there, it tells of an older one.
    pub turns: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_stays_on_its_row_and_else_on_its_place() {
        let mut cursor = ListCursor::default();
        cursor.settle(&[7, 8, 9]);
        assert_eq!(cursor.on, Some(7));
        cursor.put(1, &[7, 8, 9]);
        cursor.settle(&[5, 6, 7, 8]);
        assert_eq!((cursor.on, cursor.place), (Some(8), 3));
        cursor.settle(&[5, 6, 7]);
        assert_eq!((cursor.on, cursor.place), (Some(7), 2));
        cursor.settle(&[]);
        assert_eq!((cursor.on, cursor.place), (None, 0));
    }
}
