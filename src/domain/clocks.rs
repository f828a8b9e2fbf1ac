//! What the clocks show where somebody is. They change twice a year in many places, so that how far they are ahead of UTC today
//! says nothing about another day.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

use super::moment::{DAY, MINUTE, Moment};

/// The clocks of a place: by how many minutes they are ahead of UTC at a moment. All else follows from that.
#[derive(Clone, Copy)]
pub struct Clocks(fn(Moment) -> i32);

impl Clocks {
    /// Those that show the world's time.
    pub const UTC: Self = Self(|_| 0);

    /// Clocks that are so many minutes ahead of UTC at a moment.
    #[must_use]
    pub const fn new(ahead: fn(Moment) -> i32) -> Self {
        Self(ahead)
    }

    /// By how many minutes they are ahead of UTC at that moment.
    #[must_use]
    pub fn ahead_at(self, at: Moment) -> i32 {
        (self.0)(at)
    }

    /// What they show at that moment.
    #[must_use]
    pub fn shown(self, at: Moment) -> NaiveDateTime {
        let ahead = i64::from(self.ahead_at(at));
        at.plus(ahead * MINUTE).utc().naive_utc()
    }

    /// The day that it is at that moment.
    #[must_use]
    pub fn day_of(self, at: Moment) -> NaiveDate {
        self.shown(at).date()
    }

    /// The first moment of a day.
    #[must_use]
    pub fn start_of(self, day: NaiveDate) -> Moment {
        self.at(day, 0)
    }

    /// When they show so many minutes after midnight of that day: for the first time where they are set back over it, and as
    /// if they went on where they are set ahead over it.
    ///
    /// ```text
    /// set ahead by an hour at 2:00      1:59 3:00 3:01           2:30 is when they show 3:30
    /// set back by an hour at 3:00       2:59 2:00 ... 2:59 3:00  2:30 is the first of two
    /// ```
    #[must_use]
    pub fn at(self, day: NaiveDate, minutes: u32) -> Moment {
        let shown = Moment::start_of(day).plus(i64::from(minutes) * MINUTE);
        let ago = |ahead: i32| shown.plus(-i64::from(ahead) * MINUTE);
        // No clock is a day from UTC, so one of the two is before and one after any change near it.
        let (before, after) = (
            self.ahead_at(shown.plus(-DAY)),
            self.ahead_at(shown.plus(DAY)),
        );
        let shows = |ahead: &i32| self.ahead_at(ago(*ahead)) == *ahead;
        ago([before, after].into_iter().find(shows).unwrap_or(before))
    }
}

impl PartialEq for Clocks {
    /// Whether they are told by the same function.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Eq for Clocks {}

impl fmt::Debug for Clocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clocks")
    }
}

/// Clocks for tests: of places, and such as never change.
#[cfg(test)]
pub(crate) mod testing {
    use std::sync::LazyLock;

    use chrono::Offset;

    use super::*;
    use crate::domain::zone::Zone;

    /// Clocks that are always so many minutes ahead of UTC.
    pub(crate) fn ahead<const MINUTES: i32>() -> Clocks {
        Clocks::new(|_| MINUTES)
    }

    fn of(zone: &Zone, at: Moment) -> i32 {
        at.at(zone).offset().fix().local_minus_utc() / 60
    }

    fn zone(name: &str) -> Zone {
        name.parse().expect("a zone")
    }

    pub(super) static BERLIN: LazyLock<Zone> = LazyLock::new(|| zone("Europe/Berlin"));
    pub(super) static DENVER: LazyLock<Zone> = LazyLock::new(|| zone("America/Denver"));
    pub(super) static CAIRO: LazyLock<Zone> = LazyLock::new(|| zone("Africa/Cairo"));

    /// East of UTC. The clocks are set ahead on 29 March 2026 at 2:00 and back on 25 October 2026 at 3:00.
    pub(crate) fn berlin() -> Clocks {
        Clocks::new(|at| of(&BERLIN, at))
    }

    /// West of UTC. The clocks are set ahead on 8 March 2026 at 2:00 and back on 1 November 2026 at 2:00.
    pub(crate) fn denver() -> Clocks {
        Clocks::new(|at| of(&DENVER, at))
    }

    /// Where midnight itself is skipped, on 24 April 2026.
    pub(super) fn cairo() -> Clocks {
        Clocks::new(|at| of(&CAIRO, at))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveTime, TimeZone, Utc};
    use proptest::prelude::*;

    use super::testing::{BERLIN, CAIRO, DENVER, berlin, cairo, denver};
    use super::*;
    use crate::domain::moment::HOUR;

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
    }

    #[test]
    fn a_day_begins_at_its_own_midnight_on_either_side_of_a_change() {
        for (clocks, month, day, ahead) in [
            (berlin(), 1, 15, 60),
            (berlin(), 3, 29, 60),
            (berlin(), 3, 30, 120),
            (berlin(), 10, 25, 120),
            (berlin(), 10, 26, 60),
            (denver(), 3, 8, -420),
            (denver(), 3, 9, -360),
            (denver(), 11, 1, -360),
            (denver(), 11, 2, -420),
        ] {
            let day = date(month, day);
            let wanted = Moment::start_of(day).plus(-ahead * MINUTE);
            assert_eq!(clocks.start_of(day), wanted, "{day}");
            assert_eq!(clocks.day_of(wanted), day);
            assert_eq!(
                clocks.day_of(wanted.plus(-1)),
                day.pred_opt().expect("a day")
            );
        }
        // It begins at one there.
        let first = cairo().start_of(date(4, 24));
        assert_eq!(cairo().shown(first).time().to_string(), "01:00:00");
        assert_eq!(cairo().day_of(first.plus(-1)), date(4, 23));
    }

    #[test]
    fn a_time_that_is_skipped_or_comes_twice_has_its_moment() {
        let at = |month, day, minutes| berlin().at(date(month, day), minutes);
        let midnight = |month, day| berlin().start_of(date(month, day));
        assert_eq!(at(3, 29, 150), midnight(3, 29).plus(2 * HOUR + 30 * MINUTE));
        assert_eq!(
            berlin().shown(at(3, 29, 150)).to_string(),
            "2026-03-29 03:30:00"
        );
        assert_eq!(
            at(10, 25, 150),
            midnight(10, 25).plus(2 * HOUR + 30 * MINUTE)
        );
        // By nine an hour is gone, or was twice.
        assert_eq!(at(3, 29, 540), midnight(3, 29).plus(8 * HOUR));
        assert_eq!(at(10, 25, 540), midnight(10, 25).plus(10 * HOUR));
    }

    proptest! {
        #[test]
        fn what_is_shown_leads_back_to_its_moment(days in 0_i64..20_000, minutes in 0_u32..1_440, place in 0_usize..3) {
            let clocks = [berlin(), denver(), cairo()][place];
            let zone = [&*BERLIN, &*DENVER, &*CAIRO][place];
            let day = Moment(days * DAY).utc().date_naive();
            let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).expect("a time");
            if let Some(known) = zone.from_local_datetime(&day.and_time(time)).earliest() {
                prop_assert_eq!(clocks.at(day, minutes), known.with_timezone(&Utc).into());
            }
        }
    }
}
