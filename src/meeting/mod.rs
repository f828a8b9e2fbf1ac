//! Meetings: their kinds, when they are held, what stands on their agenda, and what is missing before them.
//!
//! ```text
//!   config/meetings (TOML)  ──> kinds ──> calendar ──┐
//!   store (rows, journal)   ─────────────────────────┴──> diary ──> agenda, gate, minutes
//! ```
//!
//! Nothing here is stored: kinds are files, occurrences are computed, an agenda is read from the workspace whenever it is
//! asked for, and is therefore always current. What is done to a meeting goes through history like every other deed.

pub mod agenda;
pub mod calendar;
pub mod diary;
mod gate;
pub mod kinds;
mod minutes;
