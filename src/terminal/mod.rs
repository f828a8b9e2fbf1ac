//! The terminal front end: the guard that gives the terminal back, input, signals, the worker, the loop.
//!
//! ```text
//!   input thread ──┐
//!   signal thread ─┼──▶ one queue ──▶ loop: update, effects, draw ──▶ guard ──▶ terminal
//!   worker thread ─┘                    │
//!        ▲                              │ requests
//!        └──────────────────────────────┘
//! ```
//!
//! From the first frame on the loop's thread never touches the disk. Nothing but the guard writes to the terminal.

mod browser;
mod changes;
mod clipboard;
pub mod desk;
pub mod door;
pub mod editor;
mod first;
mod guard;
pub mod happening;
mod importing;
mod input;
mod minutes;
mod panic;
mod pen;
pub mod run;
mod screen;
pub mod setup;
mod signals;
pub mod stage;
mod suspend;
mod timer;
mod translate;
mod typed;
mod usher;
mod views;
pub mod worker;
