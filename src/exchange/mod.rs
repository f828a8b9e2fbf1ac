//! Exchange: reading other tools' files, and writing text that other tools read.
//!
//! ```text
//!   file ── read ──> rows ── mapping, convert ──> records ── plan ──> what would happen, and nothing written
//!                                                    └────── commit ──> history::import, one action, one undo
//! ```
//!
//! Each pass streams: what is kept of a file is one row, the identities seen so far, and a few samples.

mod ahead;
pub mod convert;
pub mod copy;
pub mod dates;
pub mod demo;
pub mod dialects;
pub mod export;
pub mod gather;
pub mod html;
pub mod looks;
pub mod mapping;
pub mod markdown;
pub mod opened;
pub mod plan;
pub mod progress;
pub mod read;
pub mod report;
pub mod saved;
pub mod settle;
pub mod source;
pub mod unused;
pub mod verdict;
