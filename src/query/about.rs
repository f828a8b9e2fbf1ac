//! What a filter is about. It decides which fields there are; everything else of the language is the same.

use super::complete::{self, Completions};
use super::fault::Fault;
use super::field::{FIELDS, Field, IDEA_FIELDS, Row};
use super::parse;
use super::tree::Query;
use crate::domain::listing::Vocabulary;

/// What a filter is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum About {
    /// Feedback: the inbox, saved views and the command line.
    #[default]
    Feedback,
    /// Ideas: their table.
    Ideas,
}

impl About {
    /// Its fields, in the order of the reference.
    #[must_use]
    pub const fn fields(self) -> &'static [Row] {
        match self {
            Self::Feedback => FIELDS,
            Self::Ideas => IDEA_FIELDS,
        }
    }

    /// What its fields are about, for a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Feedback => "feedback",
            Self::Ideas => "ideas",
        }
    }

    /// The field with that name, whatever its case. Among ideas a field of feedback is known, too: it is an error there and
    /// no text, because whoever types it means a condition.
    pub(super) fn field(self, name: &str) -> Option<Field> {
        let found = |rows: &[Row]| {
            let mut rows = rows.iter();
            rows.find(|row| row.name.eq_ignore_ascii_case(name))
                .map(|row| row.field)
        };
        match self {
            Self::Feedback => found(FIELDS),
            Self::Ideas => found(IDEA_FIELDS).or_else(|| found(FIELDS)),
        }
    }

    /// Whether it has that field.
    pub(super) fn has(self, field: Field) -> bool {
        self.fields().iter().any(|row| row.field == field)
    }

    /// As [`parse`](super::parse()), for a filter about this.
    ///
    /// # Errors
    /// As there; and where a field is one of feedback alone.
    pub fn parse(self, text: &str) -> Result<Query, Vec<Fault>> {
        parse::whole(self, text)
    }

    /// As [`parse_accepted`](super::parse_accepted()), for a filter about this.
    ///
    /// # Errors
    /// As [`About::parse`].
    pub fn parse_accepted(self, text: &str) -> Result<Query, Vec<Fault>> {
        parse::accepted(self, text)
    }

    /// As [`parse_typed`](super::parse_typed()), for a filter about this.
    #[must_use]
    pub fn parse_typed(self, text: &str) -> (Query, Vec<Fault>) {
        parse::typed(self, text)
    }

    /// As [`complete`](super::complete()), for a filter about this.
    #[must_use]
    pub fn complete(self, text: &str, cursor: usize, vocabulary: &Vocabulary) -> Completions {
        complete::about(self, text, cursor, vocabulary)
    }
}
