//! Intake: a terminal triage console for product managers.
//!
//! The library behind the `intake` binary. `docs/ARCHITECTURE.md` draws its rooms and the arrows between them.

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod history;
pub mod problem;
pub mod query;
pub mod search;
pub mod store;
pub mod terminal;
pub mod view;
pub mod workspace;
