//! What can be told about a feedback from others like it: why an idea fits, who should own it, and what is probably the same.

use std::fmt;

use super::feedback::FeedbackRow;
use super::people::Handle;

/// Why an idea is suggested for a feedback.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reason {
    /// Words that they share, as the feedback says them, the most telling first.
    pub words: Vec<String>,
    /// How many of the feedback linked to the idea (apart from this one, the newest looked at) are like it.
    pub items: u32,
}

impl fmt::Display for Reason {
    /// `shares export, auditors · 3 linked items like it`; nothing where there is nothing to tell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.words.is_empty() {
            write!(f, "shares {}", self.words.join(", "))?;
        }
        let dot = if self.words.is_empty() { "" } else { " · " };
        match self.items {
            0 => Ok(()),
            1 => write!(f, "{dot}1 linked item like it"),
            many => write!(f, "{dot}{many} linked items like it"),
        }
    }
}

/// What others like it tell about a feedback.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Hints {
    /// Who should probably own it, when nobody does; nobody below a certain confidence.
    pub owner: Option<LikelyOwner>,
    /// Feedback that is probably the same item, the likest first. Nothing rather than noise.
    pub same: Vec<SameItem>,
}

/// Who should probably own a feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyOwner {
    /// Who.
    pub owner: Handle,
    /// Why.
    pub why: OwnerReason,
}

/// Why somebody should probably own a feedback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerReason {
    /// It is in that area, or says its keywords.
    Area(String),
    /// So many things like it are theirs: ideas that fit it, and feedback linked to those.
    Items(u32),
}

impl fmt::Display for OwnerReason {
    /// `area Billing`, `owns 4 items like it`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(area) => write!(f, "area {area}"),
            Self::Items(1) => f.write_str("owns 1 item like it"),
            Self::Items(many) => write!(f, "owns {many} items like it"),
        }
    }
}

/// Feedback that is probably the same item as another.
#[derive(Clone, Debug, PartialEq)]
pub struct SameItem {
    /// The feedback; where it is a duplicate itself, its original.
    pub row: FeedbackRow,
    /// What both have in common beside their words.
    pub by: Kinship,
    /// How much of their words they share, from 0 to 1.
    pub score: f32,
}

/// What two feedback have in common beside their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kinship {
    /// The same customer.
    Customer,
    /// The same company.
    Company,
    /// The same reporter.
    Reporter,
}

impl Kinship {
    /// `customer`, `company`, `reporter`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Company => "company",
            Self::Reporter => "reporter",
        }
    }
}
