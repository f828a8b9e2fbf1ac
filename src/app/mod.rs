//! The console as pure data: commands, keymap, state, and `update`: a message in, effects out.
//!
//! Nothing here knows a terminal, a database, a file or the clock. A front end feeds [`message::Message`]s to
//! `update::update` and carries out the [`effect::Effect`]s that come back; a view draws the [`state::State`]. Messages
//! and effects are plain comparable data, so a test is keys in, state out.

pub mod agenda;
pub mod answer;
#[cfg(test)]
pub(crate) mod bench;
pub mod board;
pub mod charts;
pub mod command;
pub mod date;
pub mod document;
pub mod effect;
pub mod empty;
pub mod errands;
mod flight;
pub mod form;
pub mod import;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod message;
pub mod missing;
pub mod past;
pub mod picker;
pub mod present;
pub mod prompt;
pub mod sections;
pub mod shifting;
pub mod state;
pub mod stray;
pub mod target;
pub mod update;
pub mod verbs;
pub mod when;
pub mod wider;
