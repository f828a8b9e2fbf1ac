//! Deeds, undo and timelines against a small world.

mod bringing;
mod comments;
mod customers;
mod files;
mod foreseeing;
mod ideas;
mod importing;
mod many;
mod meetings;
mod moves;
mod past;
mod people;
mod plan;
mod properties;
mod seen;
mod timelines;
mod touched;
mod triage;
mod turning_down;
mod undoing;
pub(super) mod world;
