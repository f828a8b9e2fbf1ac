//! Reports: what is read by people outside of Intake, as Markdown or as one HTML page that stands alone.
//!
//! ```text
//!   what the door knows ──> plan, notes, news, roadmap … ──> Page ──┬── markdown ──> a document to paste
//!        (plain data)            (what is told, in order)           ├── html ──────> a page without scripts or loads
//!                                                                   └── text ──────> lines for a terminal
//! ```
//!
//! A [`page::Page`] says what there is to read and nothing about how it looks, so that all forms tell the same. Text from
//! outside enters it as it came; each form escapes it at the one place where it writes text.

mod bars;
pub mod chart;
pub mod html;
pub mod markdown;
pub mod minutes;
pub mod notes;
pub mod page;
pub mod plan;
pub mod roadmap;
pub mod text;

#[cfg(test)]
mod tests;
