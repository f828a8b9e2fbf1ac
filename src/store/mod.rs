//! The workspace as a file: the only room that knows SQLite.
//!
//! A [`Store`] is one connection. Everything is read within [`Store::read`], which is one snapshot, and every shared
//! table is written within [`Store::write`], which is one durable transaction; history is the only caller of the
//! latter. What can be computed from other rows (counts, demand, search) is kept inside the same transaction, so that
//! no reader ever sees a count that does not fit its rows.
//!
//! ```text
//!   history ── write ──> Writer ── insert, set, add_content ──> shared rows, content
//!                          │  └── append_action, touch … ─────> journal
//!                          └── settle (before commit) ────────> counts, demand, search
//! ```

/// The order of releases `r`, in SQL: by date, those of one day by name, the backlog behind all others.
macro_rules! order_of_releases {
    () => {
        "r.kind = 3, r.date IS NULL, r.date, r.name COLLATE NOCASE, r.id"
    };
}

mod agenda;
mod answering;
mod aside;
mod backup;
mod bulk;
mod came_from;
mod care;
mod charts;
mod connection;
mod derived;
mod detail;
mod drafts;
mod dump;
mod error;
mod feedback_row;
mod file;
mod filter;
mod gate;
mod header;
mod hints;
mod ideas;
mod journal;
mod key;
mod known;
mod lasting;
mod lists;
mod local;
mod log;
mod lookups;
mod making;
mod many;
mod meetings;
mod migrations;
mod names;
mod order;
mod outbox;
mod passages;
mod past;
mod people;
mod plan;
mod reader;
mod reading;
mod records;
mod resolve;
mod schema;
mod search_door;
mod settling;
mod suggestions;
mod texts;
mod told;
mod vocabulary;
mod writer;

pub use agenda::{AgendaItemRow, StepRow};
pub use aside::{Aside, Ended};
pub use care::Curable;
pub use connection::{OpenOptions, Store};
pub use drafts::DraftName;
pub use error::{Located, StoreError};
pub use filter::FilterContext;
pub use gate::Wanting;
pub use hints::{Kin, Tie};
pub use journal::{ActionRecord, Chunk, NewAction};
pub use key::{Key, LocalId};
pub use lasting::LogOnDisk;
pub use lookups::{Insight, Item, Reference, Tag};
pub use meetings::MeetingRow;
pub use names::FilterError;
pub use past::{Note, tie};
pub use reader::{Content, Reader};
pub use search_door::Named;
pub use suggestions::{IdeaTies, Wish};
pub use texts::{Packed, Packer};
pub use writer::{NewContent, Writer};

/// What a method of this room answers.
pub type Result<T> = std::result::Result<T, StoreError>;

#[cfg(test)]
mod sample;
#[cfg(test)]
pub(crate) mod tests;
