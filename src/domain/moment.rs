//! Points in time. The domain never asks for the time of day; it is told.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Moment(pub i64);

/// Milliseconds in a second, minute, hour and day.
pub const SECOND: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    /// The moment as a date and time in UTC. Moments beyond chrono's range (±262,000 years) are clamped to a day within
    /// it, so that they have a wall-clock time in every zone.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        let first = DateTime::<Utc>::MIN_UTC + Days::new(1);
        let last = DateTime::<Utc>::MAX_UTC - Days::new(1);
        match DateTime::from_timestamp_millis(self.0) {
            Some(time) => time.clamp(first, last),
            None if self.0 < 0 => first,
            None => last,
        }
    }

    /// The moment as a wall-clock time in `zone`.
    #[must_use]
    pub fn at<Z: TimeZone>(self, zone: &Z) -> DateTime<Z> {
        self.utc().with_timezone(zone)
    }

    /// The first moment of `day` in UTC.
    #[must_use]
    pub fn start_of(day: NaiveDate) -> Self {
        Self(
            day.and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_millis(),
        )
    }

    /// This moment and `milliseconds` more (saturating).
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// RFC 3339 in UTC, to the second: `2026-11-14T09:30:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.utc()
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// How long ago `self` was at `now`, in at most four cells: `now`, `44m`, `5h`, `9d`, `7w`, `3y`.
    ///
    /// A moment in the future reads `now`. Weeks start at 60 days so that the common ages keep their days.
    #[must_use]
    pub fn age(self, now: Moment) -> String {
        let passed = now.0.saturating_sub(self.0);
        match passed {
            ..MINUTE => "now".to_owned(),
            MINUTE..HOUR => format!("{}m", passed / MINUTE),
            HOUR..DAY => format!("{}h", passed / HOUR),
            _ if passed < 60 * DAY => format!("{}d", passed / DAY),
            _ if passed < 730 * DAY => format!("{}w", passed / (7 * DAY)),
            _ => format!("{}y", passed / (365 * DAY)),
        }
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp_millis())
    }
}

/// Clocks that are so many minutes ahead of UTC, in words: `UTC`, `UTC+1`, `UTC-3:30`.
#[must_use]
pub fn clocks(utc_offset: i32) -> String {
    let sign = if utc_offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (utc_offset.abs() / 60, utc_offset.abs() % 60);
    match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_time_have_a_day_in_every_zone() {
        let limits = [i64::MIN, i64::MAX].map(Moment);
        let ends = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC].map(Moment::from);
        for moment in limits.into_iter().chain(ends) {
            for hours in -23..=23 {
                let zone = chrono::FixedOffset::east_opt(hours * 3_600).expect("an offset");
                assert!(!moment.at(&zone).date_naive().to_string().is_empty());
            }
        }
    }

    #[test]
    fn clocks_say_how_far_they_are_ahead() {
        let told = [0, 60, -210, 330, -30].map(clocks);
        assert_eq!(told, ["UTC", "UTC+1", "UTC-3:30", "UTC+5:30", "UTC-0:30"]);
    }

    #[test]
    fn ages_are_compact() {
        let now = Moment(1_000 * DAY);
        let ages = [
            0,
            3 * MINUTE,
            5 * HOUR,
            9 * DAY,
            59 * DAY,
            60 * DAY,
            800 * DAY,
        ]
        .map(|p| Moment(now.0 - p).age(now));
        assert_eq!(ages, ["now", "3m", "5h", "9d", "59d", "8w", "2y"]);
        assert_eq!(Moment(i64::MAX).age(now), "now");
    }
}
