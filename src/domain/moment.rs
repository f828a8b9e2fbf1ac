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
    /// A moment in the future reads `now`: what was done here lies ahead only by the clocks of another machine. What a file
    /// dates may really lie there, see [`Moment::dated`]. Weeks start at 60 days so that the common ages keep their days.
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

    /// As [`Moment::age`], in as many cells, and how far ahead of `now` it is where it lies in the future: `+3d`.
    ///
    /// For what a file dates, such as when feedback was received: a wrong order of day and month shows. Within a minute it is
    /// `now`, because clocks differ.
    #[must_use]
    pub fn dated(self, now: Moment) -> String {
        let ahead = self.0.saturating_sub(now.0);
        match ahead {
            ..MINUTE => self.age(now),
            MINUTE..HOUR => format!("+{}m", ahead / MINUTE),
            HOUR..DAY => format!("+{}h", ahead / HOUR),
            _ if ahead < 60 * DAY => format!("+{}d", ahead / DAY),
            _ if ahead < 700 * DAY => format!("+{}w", ahead / (7 * DAY)),
            _ => format!("+{}y", (ahead / (365 * DAY)).min(99)),
        }
    }

    /// The same in a sentence: `just now`, `3d ago`, `in 3d`.
    #[must_use]
    pub fn dated_words(self, now: Moment) -> String {
        let dated = self.dated(now);
        match dated.strip_prefix('+') {
            Some(ahead) => format!("in {ahead}"),
            None if dated == "now" => "just now".to_owned(),
            None => format!("{dated} ago"),
        }
    }

    /// Whether it lies so far ahead that [`Moment::dated`] says so.
    #[must_use]
    pub const fn is_ahead(self, now: Moment) -> bool {
        self.0.saturating_sub(now.0) >= MINUTE
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

    #[test]
    fn what_is_dated_in_the_future_says_how_far_ahead_in_as_little_room() {
        let now = Moment(1_000 * DAY);
        let told = [
            (-9 * DAY, "9d", "9d ago"),
            (0, "now", "just now"),
            (MINUTE - 1, "now", "just now"),
            (MINUTE, "+1m", "in 1m"),
            (23 * HOUR, "+23h", "in 23h"),
            (59 * DAY, "+59d", "in 59d"),
            (60 * DAY, "+8w", "in 8w"),
            (699 * DAY, "+99w", "in 99w"),
            (730 * DAY, "+2y", "in 2y"),
            (i64::MAX, "+99y", "in 99y"),
        ];
        for (ahead, cell, words) in told {
            let then = now.plus(ahead);
            assert_eq!(
                (then.dated(now).as_str(), then.dated_words(now).as_str()),
                (cell, words)
            );
            assert_eq!(then.is_ahead(now), cell.starts_with('+'), "{cell}");
        }
    }
}
