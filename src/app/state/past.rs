//! The past of the release plan on the screen: what changed in it since a day, or how it stood.

use chrono::NaiveDate;

use crate::domain::difference::PlanDifference;
use crate::domain::moment::Moment;
use crate::domain::release::ReleasePlan;

/// What of its past is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PastWish {
    /// What changed since the end of the last weekly sync; where there was none, in a week.
    SinceSync,
    /// What changed since the beginning of that day.
    Since(NaiveDate),
    /// How it stood at the end of that day.
    AsOf(NaiveDate),
}

/// What was found out about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Past {
    /// What changed.
    Changes {
        /// Since when.
        since: Moment,
        /// Whether that was the last weekly sync.
        of_sync: bool,
        /// What.
        difference: PlanDifference,
    },
    /// How it stood.
    Plan {
        /// When.
        at: Moment,
        /// The plan of then, without the demand of its ideas.
        plan: ReleasePlan,
    },
}

/// The screen.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PastView {
    /// What was asked for last.
    pub wish: Option<PastWish>,
    /// What was found out; `None` until an answer has come.
    pub found: Option<Box<Past>>,
    /// Where the cursor is among the lines on which it can stand.
    pub cursor: usize,
    /// First line on the screen.
    pub top: usize,
}
