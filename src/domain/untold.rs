//! What a file says nothing about.

use super::entity::{Entity, Field};

/// What a file says nothing about, because it has no place for it: a table without such a column. Of a feedback that is here
/// already that stays as it is; an empty cell, in contrast, says that there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Untold {
    /// A bit for each field of a feedback, by its place.
    fields: u64,
    /// Whether it says nothing about tags.
    pub tags: bool,
}

impl Untold {
    /// Nothing is said about that field of a feedback either.
    ///
    /// # Panics
    /// When a feedback has no such field: names are given in the program's own text.
    pub const fn add(&mut self, field: &str) {
        self.fields |= 1 << Entity::Feedback.its(field).place;
    }

    /// Whether nothing is said about a field of a feedback.
    #[must_use]
    pub const fn has(self, field: &Field) -> bool {
        self.fields >> field.place & 1 == 1
    }
}
