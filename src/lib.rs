//! Intake: a terminal triage console for product managers.
//!
//! The library behind the `intake` binary. `docs/ARCHITECTURE.md` draws its rooms and the arrows between them.
//!
//! A front end opens a [`workspace::Workspace`] and asks and acts through it alone:
//!
//! ```
//! use intake::domain::deed::{Deed, NewFeedback};
//! use intake::domain::listing::Anchor;
//! use intake::query;
//! use intake::workspace::{Opening, Workspace};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("acme.db");
//! let mut workspace = Workspace::open(&path, Opening::default())?;
//! let heard = NewFeedback {
//!     title: "Export a board for our auditors".to_owned(),
//!     ..NewFeedback::default()
//! };
//! workspace.commit(&Deed::AddFeedback(Box::new(heard)))?;
//!
//! let unprocessed = query::parse("is:unprocessed auditors").map_err(|faults| query::problem("the filter", &faults))?;
//! let window = workspace.inbox(&unprocessed, &Anchor::Start, 50)?;
//! assert_eq!(window.rows[0].title, "Export a board for our auditors");
//! # Ok(())
//! # }
//! ```

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod history;
pub mod meeting;
pub mod postings;
pub mod problem;
pub mod query;
pub mod search;
pub mod store;
pub mod suggest;
pub mod terminal;
pub mod view;
pub mod workspace;
