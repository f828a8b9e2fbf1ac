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
    /// Whether both are in the same area.
    pub area: bool,
    /// Whether the company of the feedback has asked for the idea before.
    pub company: bool,
}

impl fmt::Display for Reason {
    /// `shares export, auditors · 3 linked items like it · same area, same company`; nothing where there is nothing to tell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shares = (!self.words.is_empty()).then(|| format!("shares {}", self.words.join(", ")));
        let items = match self.items {
            0 => None,
            1 => Some("1 linked item like it".to_owned()),
            many => Some(format!("{many} linked items like it")),
        };
        let ties = match (self.area, self.company) {
            (false, false) => None,
            (true, false) => Some("same area".to_owned()),
            (false, true) => Some("same company".to_owned()),
            (true, true) => Some("same area, same company".to_owned()),
        };
        let parts: Vec<String> = [shares, items, ties].into_iter().flatten().collect();
        f.write_str(&parts.join(" · "))
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
    /// The most telling of these, as the one that was asked about says them.
    pub words: Vec<String>,
}

impl fmt::Display for SameItem {
    /// `same company · shares export, auditors`; without the words where only such are shared as tell nothing alone. `the same text`
    /// where they have nothing else in common.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.by == Kinship::Text {
            return f.write_str("the same text");
        }
        write!(f, "same {}", self.by.word())?;
        match self.words.as_slice() {
            [] => Ok(()),
            words => write!(f, " · shares {}", words.join(", ")),
        }
    }
}

impl SameItem {
    /// From this likeness on a feedback is chosen as the original of another before anybody looks. Below it three in ten of short texts
    /// are something else where a company speaks of everything, and one in seventeen of long ones (`docs/suggestions.md`).
    const SURE: f32 = 0.7;

    /// Whether it may be taken for the original without being looked for.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.score >= Self::SURE
    }
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
    /// None of these: the words alone, but all of them.
    Text,
}

impl Kinship {
    /// `customer`, `company`, `reporter`, `text`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Company => "company",
            Self::Reporter => "reporter",
            Self::Text => "text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_tells_what_there_is_to_tell() {
        assert_eq!(Reason::default().to_string(), "");
        let mut reason = Reason {
            words: vec!["export".to_owned(), "auditors".to_owned()],
            items: 3,
            area: true,
            company: true,
        };
        assert_eq!(
            reason.to_string(),
            "shares export, auditors · 3 linked items like it · same area, same company"
        );
        (reason.words, reason.items, reason.area) = (Vec::new(), 1, false);
        assert_eq!(reason.to_string(), "1 linked item like it · same company");
    }
}
