//! Deeds, undo and timelines against a small world.

mod ideas;
mod people;
mod plan;
mod triage;
mod undoing;
pub(super) mod world;
