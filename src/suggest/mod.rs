//! Which ideas a feedback is about, and what else others like it tell: pure ranking of bags of words, in memory.
//!
//! An idea is known by its own words and by those of the feedback linked to it. A feedback asks twice, with all its words
//! and with those of its title alone, because a title names the matter and a body wanders; both answers are BM25
//! scores, each measured by its best, and added. Ideas that were made or linked to a short time ago come before those
//! which nobody has touched for long, as far as that has proved right in this workspace ([`Habit`]). Area and company are weak
//! hints ([`Ties`]).
//!
//! Beside that: who should own a feedback ([`likely_owner`]), and whether two are the same item ([`likeness()`]).
//!
//! The constants were measured by replaying labelled sets in time order; `docs/suggestions.md` has the figures.

mod habit;
mod likeness;
mod owner;
mod profiles;
mod rarity;
mod ties;

pub use habit::Habit;
pub use likeness::{SAME, SAME_TEXT, SHARED, in_common, is_same_wish, likeness, worth_a_look};
pub use owner::{Named, Voice, likely_owner};
pub use profiles::{Asked, Profiles, Ranked};
pub use rarity::Usage;
pub use ties::{RESERVE, Ties, lean};
