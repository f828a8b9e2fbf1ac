//! Keys in, state out.

mod deeds;
mod hand;
mod invariants;
mod moving;
mod present;
mod screens;
mod sync;
