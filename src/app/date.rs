//! How days are written on a screen: one rule for all of them.
//!
//! | What | How |
//! |---|---|
//! | how long ago, in a list | its age: `5h`, `9d`, `8w` |
//! | a day that is due and near | `due today`, `due in 5d`, `3d overdue` |
//! | any other day | `1 Dec`, with the year where it is not this one |
//! | a day that was just typed, to be checked | `Tue 1 Dec`, with the year likewise |
//! | a time | `Tue 1 Dec, 09:00` |
//!
//! A text that a day is typed into, and what leaves the program for others, has `2026-12-01`.

use chrono::{Datelike, NaiveDate};

use super::when::today;
use crate::domain::clocks::Clocks;
use crate::domain::moment::Moment;

/// A day that is due within so many days is told by how many.
const NEAR: i64 = 30;

/// `14 Nov`, with the year when it is not that of `today`.
#[must_use]
pub fn date(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    day.format(form).to_string()
}

/// The day of a moment as [`date`]; by the clocks where the user is.
#[must_use]
pub fn day(moment: Moment, now: Moment, clocks: Clocks) -> String {
    date(today(moment, clocks), today(now, clocks))
}

/// A day as it was understood: `Mon 23 Nov`.
#[must_use]
pub fn with_weekday(day: NaiveDate, today: NaiveDate) -> String {
    format!("{} {}", day.format("%a"), date(day, today))
}

/// A moment as it was understood: `Mon 23 Nov, 09:00`; a midnight goes by its day.
#[must_use]
pub fn with_time(at: Moment, now: Moment, clocks: Clocks) -> String {
    let local = clocks.shown(at);
    let day = with_weekday(local.date(), today(now, clocks));
    match local.format("%H:%M").to_string().as_str() {
        "00:00" => day,
        time => format!("{day}, {time}"),
    }
}

/// How long ago the day was on which something was due, how long it is until then, or, where that is long, which day it is.
#[must_use]
pub fn due(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        days @ 2..=NEAR => format!("due in {days}d"),
        ..0 => format!("{}d overdue", (today - due).num_days()),
        _ => format!("due {}", date(due, today)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clocks::testing::{ahead, berlin};
    use crate::domain::moment::{HOUR, MINUTE};

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    #[test]
    fn a_year_is_told_where_it_is_another_at_the_users_place() {
        let today = on(2026, 12, 31);
        assert_eq!(date(on(2026, 1, 4), today), "4 Jan");
        assert_eq!(date(on(2027, 1, 4), today), "4 Jan 2027");
        assert_eq!(with_weekday(on(2027, 1, 4), today), "Mon 4 Jan 2027");
        // An hour to the east it is the new year.
        let now = Moment::start_of(today).plus(23 * HOUR + 30 * MINUTE);
        assert_eq!(day(now.plus(HOUR), now, Clocks::UTC), "1 Jan 2027");
        assert_eq!(day(now.plus(HOUR), now, ahead::<60>()), "1 Jan");
        assert_eq!(
            with_time(now.plus(9 * HOUR), now, ahead::<90>()),
            "Fri 1 Jan, 10:00"
        );
        assert_eq!(
            with_time(now.plus(30 * MINUTE), now, Clocks::UTC),
            "Fri 1 Jan 2027"
        );
    }

    #[test]
    fn a_day_of_the_past_is_told_by_the_clocks_of_then() {
        // It is summer in Berlin, and half past eleven in the evening of 14 January it was not.
        let summer = Moment::start_of(on(2026, 7, 1));
        let evening = Moment::start_of(on(2026, 1, 14)).plus(22 * HOUR + 30 * MINUTE);
        assert_eq!(day(evening, summer, berlin()), "14 Jan");
        assert_eq!(with_time(evening, summer, berlin()), "Wed 14 Jan, 23:30");
    }

    #[test]
    fn what_is_near_is_told_by_days() {
        let today = on(2026, 11, 21);
        let told = [
            (2026, 11, 21),
            (2026, 11, 22),
            (2026, 12, 21),
            (2026, 12, 22),
            (2027, 3, 1),
            (2026, 11, 18),
        ]
        .map(|(year, month, day)| due(on(year, month, day), today));
        let wanted = [
            "due today",
            "due tomorrow",
            "due in 30d",
            "due 22 Dec",
            "due 1 Mar 2027",
            "3d overdue",
        ];
        assert_eq!(told, wanted);
    }
}
