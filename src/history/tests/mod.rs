//! Deeds, undo and timelines against a small world.

mod ideas;
mod people;
mod plan;
mod triage;
pub(super) mod world;
