//! How much the lines of a text weigh that somebody reads.

/// How much a line of a report weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As any other.
    Plain,
    /// The title, or the heading of a smaller part.
    Strong,
    /// The heading of a section.
    Section,
    /// What may be overlooked.
    Faint,
}
