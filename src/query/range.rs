//! Ages and days: ranges that are sound by construction.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A unit of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `m`
    Minutes,
    /// `h`
    Hours,
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `y`: 365 days.
    Years,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 5] = [
        Self::Minutes,
        Self::Hours,
        Self::Days,
        Self::Weeks,
        Self::Years,
    ];

    /// The letter it is written with.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Minutes => 'm',
            Self::Hours => 'h',
            Self::Days => 'd',
            Self::Weeks => 'w',
            Self::Years => 'y',
        }
    }

    /// Its length in seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        match self {
            Self::Minutes => 60,
            Self::Hours => 3_600,
            Self::Days => 86_400,
            Self::Weeks => 7 * 86_400,
            Self::Years => 365 * 86_400,
        }
    }
}

/// A length of time as it was written: `7d` is not turned into `1w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    count: u32,
    unit: Unit,
}

impl Span {
    /// The longest span, in seconds: a thousand years. Keeps the arithmetic of whoever subtracts it from a clock safe.
    pub const LONGEST: u64 = 1_000 * Unit::Years.seconds();

    /// `count` units, or `None` beyond [`Span::LONGEST`].
    #[must_use]
    pub fn new(count: u32, unit: Unit) -> Option<Self> {
        let span = Self { count, unit };
        (span.seconds() <= Self::LONGEST).then_some(span)
    }

    /// How many units.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Its length in seconds, at most [`Span::LONGEST`].
    #[must_use]
    pub fn seconds(self) -> u64 {
        u64::from(self.count).saturating_mul(self.unit.seconds())
    }

    /// One unit more; stays where it is at the very end.
    #[must_use]
    pub fn next(self) -> Self {
        Self::new(self.count.saturating_add(1), self.unit).unwrap_or(self)
    }
}

/// How old a feedback is, counted from when it was received: `at_least <= age < below`. Never empty, never unbounded. What is
/// dated in the future is less than no time old: it is below whatever ends a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AgeRange {
    at_least: Option<Span>,
    below: Option<Span>,
}

impl AgeRange {
    /// The range, or `None` when it has no bound at all or nothing lies in it.
    #[must_use]
    pub fn new(at_least: Option<Span>, below: Option<Span>) -> Option<Self> {
        let sound = match (at_least, below) {
            (None, None) => false,
            (Some(from), Some(to)) => from.seconds() < to.seconds(),
            (None, Some(_)) | (Some(_), None) => true,
        };
        sound.then_some(Self { at_least, below })
    }

    /// The least age, included.
    #[must_use]
    pub const fn at_least(self) -> Option<Span> {
        self.at_least
    }

    /// The age at which the range ends, not included.
    #[must_use]
    pub const fn below(self) -> Option<Span> {
        self.below
    }
}

/// How much or how many: both ends are included, and there is always something in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountRange {
    from: u32,
    to: Option<u32>,
}

impl CountRange {
    /// The range, or `None` when nothing lies in it.
    #[must_use]
    pub fn new(from: u32, to: Option<u32>) -> Option<Self> {
        to.is_none_or(|to| from <= to).then_some(Self { from, to })
    }

    /// The least.
    #[must_use]
    pub const fn from(self) -> u32 {
        self.from
    }

    /// The most, if there is one.
    #[must_use]
    pub const fn to(self) -> Option<u32> {
        self.to
    }

    /// Whether the figure lies in it.
    #[must_use]
    pub fn has(self, figure: i64) -> bool {
        figure >= i64::from(self.from) && self.to.is_none_or(|to| figure <= i64::from(to))
    }
}

/// Days, in the time zone of whoever asks: `from <= day < until`. Never empty, never unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl DateRange {
    /// The years that can be written: 1 to 9999.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

    /// The range, or `None` when it has no bound at all, nothing lies in it, or a day in it cannot be written with
    /// a year of four digits.
    #[must_use]
    pub fn new(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Option<Self> {
        let written = |day: &NaiveDate| Self::YEARS.contains(&day.year());
        let last = match until {
            Some(until) => Some(until.pred_opt()?),
            None => None,
        };
        let sound = match (from, last) {
            (None, None) => false,
            (Some(from), Some(last)) => from <= last,
            _ => true,
        };
        let sound = sound && from.iter().all(written) && last.iter().all(written);
        sound.then_some(Self { from, until })
    }

    /// A whole year, month (1 to 12) or day, as far as given.
    #[must_use]
    pub fn period(year: i32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
        let until = match (month, day) {
            (None, _) => from.checked_add_months(Months::new(12))?,
            (Some(_), None) => from.checked_add_months(Months::new(1))?,
            (Some(_), Some(_)) => from.checked_add_days(Days::new(1))?,
        };
        Self::new(Some(from), Some(until))
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> Option<NaiveDate> {
        self.from
    }

    /// The day after the last one.
    #[must_use]
    pub const fn until(self) -> Option<NaiveDate> {
        self.until
    }
}
