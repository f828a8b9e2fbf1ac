//! The time, and the days that it makes at the user's place.

use chrono::{Local, NaiveDate, NaiveTime, TimeZone, Utc};

use crate::domain::moment::Moment;

/// Where the time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and time zone.
    System,
    /// A time that stands still, in UTC: for tests and pictures.
    Fixed(Moment),
}

impl Clock {
    /// The time.
    #[must_use]
    pub fn now(self) -> Moment {
        match self {
            Self::System => Utc::now().into(),
            Self::Fixed(now) => now,
        }
    }

    /// Minutes east of UTC at that time.
    #[must_use]
    pub fn utc_offset(self, at: Moment) -> i32 {
        match self {
            Self::System => at.at(&Local).offset().local_minus_utc() / 60,
            Self::Fixed(_) => 0,
        }
    }

    /// The day it is.
    pub(super) fn today(self) -> NaiveDate {
        self.day_of(self.now())
    }

    /// The day it was or will be then.
    pub(super) fn day_of(self, at: Moment) -> NaiveDate {
        match self {
            Self::System => at.at(&Local).date_naive(),
            Self::Fixed(_) => at.utc().date_naive(),
        }
    }

    /// How a day is turned into its first moment.
    pub(super) fn day_start(self) -> fn(NaiveDate) -> Moment {
        match self {
            Self::System => first_local_moment,
            Self::Fixed(_) => Moment::start_of,
        }
    }
}

/// The first moment of a day at the user's place. Where midnight is skipped by daylight saving, the first hour there is.
fn first_local_moment(day: NaiveDate) -> Moment {
    (0..4)
        .filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
        .find_map(|time| Local.from_local_datetime(&day.and_time(time)).earliest())
        .map_or_else(
            || Moment::start_of(day),
            |time| time.with_timezone(&Utc).into(),
        )
}
