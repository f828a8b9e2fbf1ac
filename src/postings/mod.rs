//! Posting lists: for every term the documents that have it, in immutable segments and a small tail in memory.
//!
//! A **segment** holds up to [`MOST_DOCUMENTS`] documents as rows (term, count, data) in the order of the terms. A prefix
//! that many terms of the segment begin with has a row of its own, so that whatever is typed is one row or a few:
//!
//! ```text
//! term       documents                a row's data: gaps as variable-length numbers, or,
//! ex*        1 2 5 7 9                where that is shorter, one bit for each document
//! export     1 5 7
//! exports    2 5
//! extra      9
//! ```
//!
//! What is new or changed waits in a [`Tail`] until there is enough of it for a segment; segments are merged when there
//! are many. Sets of documents are roaring bitmaps. This room knows no file: rows come from and go to its caller, and no
//! byte of them is trusted when it comes back.

mod builder;
mod list;
mod merge;
mod prefixes;
mod set;
mod tail;
mod words;

pub use builder::Builder;
pub use list::{decode, encode};
pub use merge::{Part, merge};
pub use tail::Tail;

/// At most this many documents are in a segment: two containers of a roaring bitmap, and lists short enough that one bit
/// for each document (16 kB) is cheap to read.
pub const MOST_DOCUMENTS: u64 = 131_072;

/// What stands behind the letters in the row of a prefix. No term has it, and it sorts before whatever a term has.
pub const PREFIX: char = '*';

/// What a term begins with that is no word: nobody asks for its beginning, so it counts for no prefix.
pub const MARK: char = '#';

/// How many letters a prefix with a row of its own has at most. (To be measured with [`FEW_TERMS`].)
pub const LONGEST_PREFIX: usize = 6;

/// Up to this many terms are read one by one; a prefix of more has a row of its own.
pub const FEW_TERMS: usize = 16;

/// A row that no segment of ours holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Broken(pub &'static str);

/// A row of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The term, or a prefix and [`PREFIX`].
    pub term: &'a str,
    /// How many documents have it.
    pub count: u32,
    /// Which ones; see [`decode`].
    pub data: &'a [u8],
}

/// The first document that a segment can tell of, when `first` is the first that it holds: lists count from there.
#[must_use]
pub const fn base(first: u32) -> u32 {
    first & !7
}

#[cfg(test)]
mod tests;
