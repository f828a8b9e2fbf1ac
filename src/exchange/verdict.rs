//! What becomes of a piece of a file: what it brings, why it is left out, or what is wrong with it.

use super::read::Fault;
use crate::domain::import::Brought;

/// Why a piece is left out although nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Neither title nor text.
    Blank,
    /// The same id stands in an earlier line.
    Repeated {
        /// That line.
        first: u64,
    },
    /// It is something that is no feedback, in words that fit both one and many of them (`pull request`, `join message`).
    Not(&'static str),
}

impl Skip {
    /// The reason in words that fit many of them.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Blank => "neither a title nor a text",
            Self::Repeated { .. } => "its id stands in an earlier line",
            Self::Not(what) => what,
        }
    }
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Repeated { first } => write!(f, "its id stands in line {first} already"),
            Self::Blank | Self::Not(_) => f.write_str(self.reason()),
        }
    }
}

/// What becomes of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is imported as these things, in this order.
    Brings(Vec<Brought>),
    /// It is left out: its line and why.
    Skipped(u64, Skip),
    /// It cannot be read: everything that is wrong with it.
    Faults(Vec<Fault>),
}

impl<T: Into<Brought>> From<T> for Verdict {
    fn from(thing: T) -> Self {
        Self::Brings(vec![thing.into()])
    }
}

impl Verdict {
    /// What a translation gave: things, or what is wrong.
    #[must_use]
    pub fn of(translated: Result<Vec<Brought>, Fault>) -> Self {
        translated.map_or_else(|fault| Self::Faults(vec![fault]), Self::Brings)
    }
}
