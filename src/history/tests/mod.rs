//! Deeds, undo and timelines against a small world.

mod ideas;
mod importing;
mod people;
mod plan;
mod properties;
mod triage;
mod undoing;
pub(super) mod world;
