//! Keys in, state out.

mod board;
mod bringing_back;
mod charts;
mod deeds;
mod errands;
mod filtering;
mod hand;
mod held;
mod idea;
mod invariants;
mod missing;
mod moving;
mod past;
mod present;
mod screens;
mod searching;
mod sync;
mod tables;
mod undoing;
mod widening;
