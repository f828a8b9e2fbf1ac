//! Keys in, state out.

mod deeds;
mod invariants;
mod moving;
mod screens;
