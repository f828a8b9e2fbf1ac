//! The clock of an item, or of the meeting: what is left, in figures and in words.

use crate::domain::moment::{MINUTE, SECOND};

/// How the time of an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// There is time.
    Calm,
    /// A fifth of it is left.
    Soon,
    /// It is over.
    Over,
}

/// The time of an item, or of the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds that it has taken.
    pub taken: i64,
    /// Milliseconds that it may take; `None` where nobody has said.
    pub given: Option<i64>,
    /// Whether it stands still.
    pub paused: bool,
}

impl Clock {
    /// How the time goes.
    #[must_use]
    pub fn pace(self) -> Pace {
        let Some(given) = self.given else {
            return Pace::Calm;
        };
        match given - self.taken {
            left if left <= 0 => Pace::Over,
            left if left * 5 <= given => Pace::Soon,
            _ => Pace::Calm,
        }
    }

    /// The figure that counts, by the second: what is left, by how much it is over, else what it has taken.
    #[must_use]
    pub fn figure(self) -> String {
        match self.given.map(|given| given - self.taken) {
            // A second is shown until it is over, so that five minutes begin with 5:00.
            Some(left) if left > 0 => minutes(left + SECOND - 1),
            Some(left) => minutes(-left),
            None => minutes(self.taken),
        }
    }

    /// What the figure means: `left of 5:00`, `over the 5:00`.
    #[must_use]
    pub fn meaning(self) -> String {
        let given = self.given.map(minutes).unwrap_or_default();
        match (self.given, self.pace()) {
            (None, _) => "so far".to_owned(),
            (Some(_), Pace::Over) => format!("over the {given}"),
            (Some(_), _) => format!("left of {given}"),
        }
    }

    /// The same in words that change by the minute: for those who want nothing to move.
    #[must_use]
    pub fn words(self) -> String {
        let count = |minutes: i64| match minutes {
            1 => "1 minute".to_owned(),
            more => format!("{more} minutes"),
        };
        let Some(given) = self.given else {
            return match self.taken / MINUTE {
                0 => "just begun".to_owned(),
                whole => format!("{} so far", count(whole)),
            };
        };
        let of = match given % MINUTE {
            0 => count(given / MINUTE),
            _ => minutes(given),
        };
        match given - self.taken {
            left if left > MINUTE => {
                let whole = (left + MINUTE - 1) / MINUTE;
                format!("{} left of {of}", count(whole))
            }
            left if left > 0 => format!("the last minute of {of}"),
            left if left > -MINUTE => format!("the time of {of} is up"),
            left => format!("over by {}", count(-left / MINUTE)),
        }
    }

    /// Both as one says it: `4:32 left of 5:00`, `over by 0:40`.
    #[must_use]
    pub fn sentence(self) -> String {
        match self.pace() {
            Pace::Over => format!("over by {}", self.figure()),
            _ => format!("{} {}", self.figure(), self.meaning()),
        }
    }

    /// How much has been taken of what is given: `9:40 of 8:00`, `9 of 8 min` for those who want nothing to move.
    #[must_use]
    pub fn spent(self, coarse: bool) -> String {
        let given = self.given.unwrap_or_default();
        match coarse {
            true => format!("{} of {} min", self.taken / MINUTE, given / MINUTE),
            false => format!("{} of {}", minutes(self.taken), minutes(given)),
        }
    }

    /// In how many milliseconds what is shown changes; never, while it stands still.
    #[must_use]
    pub fn next_change(self, coarse: bool) -> Option<i64> {
        let unit = if coarse { MINUTE } else { SECOND };
        (!self.paused).then(|| unit - self.taken.rem_euclid(unit))
    }
}

/// `4:05`.
#[must_use]
pub fn minutes(milliseconds: i64) -> String {
    let seconds = milliseconds.max(0) / SECOND;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
