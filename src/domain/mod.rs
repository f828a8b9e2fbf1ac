//! The words of the product as types: what things are, which states they have, what can be done to them.
//!
//! No input or output, no SQL, no terminal. Times come in as arguments.

pub mod answer;
pub mod chart;
mod choices;
pub mod clocks;
pub mod deed;
pub mod difference;
pub mod entity;
pub mod feedback;
pub mod file_health;
pub mod hints;
pub mod id;
pub mod idea;
pub mod idea_order;
pub mod import;
pub mod likeness;
pub mod listing;
pub mod meeting;
pub mod moment;
pub mod notes;
pub mod outbox;
pub mod pace;
pub mod passage;
pub mod people;
pub mod record;
pub mod release;
pub mod safe_text;
pub mod timeline;
pub mod untold;
pub mod weight;
pub mod zone;
