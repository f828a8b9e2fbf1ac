//! History: the only writer of what is shared.
//!
//! Every deed becomes an *action*: rows, journal, and what is derived from them, in one short transaction. Undo appends
//! an action that reverses another one; redo reverses that; nothing is erased.
//!
//! ```text
//!   Deed ── commit ──> Draft ── create, set, delete ──> rows          one
//!                        │  └── write_text ───────────> content       immediate
//!   undo ── reverse ──>  │  └── chunks of changes ────> journal       transaction
//!                        └── words ───────────────────> timeline
//! ```
//!
//! Free text lives in content rows that never change, and the journal refers to them by identity: content and journal
//! together make every live row anew, which [`rebuild`] does to check the file.

pub mod commit;
mod deeds;
mod draft;
pub mod dump;
pub mod error;
mod fields;
pub mod import;
pub mod journal;
mod naming;
mod obstacle;
mod open;
pub mod past;
mod position;
pub mod rebuild;
mod rules;
mod scribe;
mod seen;
pub mod timeline;
pub mod together;
mod touching;
pub mod undo;
mod values;
mod words;

#[cfg(test)]
mod tests;
