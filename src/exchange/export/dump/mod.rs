//! The whole workspace as JSON lines, version 1; docs/export.md describes the format for other readers.
//!
//! ```text
//!   {"intake-dump":{"version":1, "device":…, "counts":{…}}}
//!   {"content":…} …  {"action":…} …  {"row":…} …  {"change":…} …  {"view":…} …  {"mapping":…} …
//!   {"end":{"lines":…,"sha256":…}}
//! ```
//!
//! The same workspace gives the same bytes, and so does one that was restored from them.

mod lines;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use lines::Counts;
pub use read::{check, is_dump_file, restore};
pub use write::write;

/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;
