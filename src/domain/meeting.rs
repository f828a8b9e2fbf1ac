//! Meetings: their kinds, their occurrences, what stands on the agenda, what is missing, and what was said.
//!
//! ```text
//!   kind (TOML)  ── calendar ──>  occurrence  ── rows, journal ──>  agenda ── held ──> minutes
//!   "every Wednesday 9:00"        18 November                       └── gate: what is missing before it
//! ```
//!
//! An occurrence is computed from its kind and is a row only once something was done to it. Its identity follows from the
//! kind, the day which the calendar names and whom it is held for, so that two people who prepare the same meeting make
//! one row, and moving it to another day leaves it the same meeting.

mod agenda;
mod gate;
mod kind;
mod minutes;
mod occurrence;

pub use agenda::{
    Agenda, AgendaRow, AgendaState, AreaGroup, ChangedRelease, FeedbackSection, OwnerItems,
    PlanItem, QueuedItem, Section, SectionBody, StepRow, USUAL_BOX,
};
pub use gate::{Gate, Missing, MissingKind, Remedy};
pub use kind::{Cadence, MeetingKind, Ordinal, Per, SectionContent, SectionKind, Shown};
pub use minutes::{
    Decided, DecidedKind, Decision, Minutes, MinutesItem, MinutesStep, MinutesUpdate,
};
pub use occurrence::{
    MeetingState, Occurrence, Running, Scope, Sitting, Slot, TimeBox, Turn, WEEKLY_SYNC, briefly,
    day_there, generated_item, part_item, shown,
};
