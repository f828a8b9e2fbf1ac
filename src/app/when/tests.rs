//! Days and moments as they are typed, and what they mean.

use super::*;
use crate::domain::clocks::testing::{ahead, berlin, denver};
use proptest::prelude::*;

/// Saturday, 21 November 2026, 23:30 in UTC.
fn saturday() -> Moment {
    Moment::start_of(date(2026, 11, 21)).plus(23 * HOUR + 30 * MINUTE)
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

#[test]
fn days_are_read_as_people_write_them() {
    for (text, wanted) in [
        ("tomorrow", date(2026, 11, 22)),
        ("3d", date(2026, 11, 24)),
        ("2 weeks", date(2026, 12, 5)),
        ("1mo", date(2026, 12, 21)),
        ("2 months", date(2027, 1, 21)),
        ("Monday", date(2026, 11, 23)),
        ("sat", date(2026, 11, 28)),
        ("next week", date(2026, 11, 23)),
        ("next month", date(2026, 12, 1)),
        ("this friday", date(2026, 11, 27)),
        ("in 3 days", date(2026, 11, 24)),
        ("in a week", date(2026, 11, 28)),
        ("1y", date(2027, 11, 21)),
        ("dec 1", date(2026, 12, 1)),
        ("1. Dec", date(2026, 12, 1)),
        ("the 2nd of December", date(2026, 12, 2)),
        ("Nov 20", date(2027, 11, 20)),
        ("nov 21", date(2026, 11, 21)),
        ("feb 29", date(2028, 2, 29)),
        ("December 1st, 2028", date(2028, 12, 1)),
        (" 2026-12-01 ", date(2026, 12, 1)),
    ] {
        assert_eq!(day(text, saturday(), Clocks::UTC), Ok(wanted), "{text}");
    }
}

#[test]
fn days_of_the_past_are_read_as_people_write_them() {
    for (text, wanted) in [
        ("today", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 20)),
        ("last wednesday", date(2026, 11, 18)),
        ("Wed", date(2026, 11, 18)),
        ("saturday", date(2026, 11, 14)),
        ("last week", date(2026, 11, 14)),
        ("3d", date(2026, 11, 18)),
        ("2 weeks ago", date(2026, 11, 7)),
        ("1mo", date(2026, 10, 21)),
        ("last month", date(2026, 10, 21)),
        ("nov 14", date(2026, 11, 14)),
        ("1 dec", date(2025, 12, 1)),
        (" 2026-11-01 ", date(2026, 11, 1)),
    ] {
        assert_eq!(
            past_day(text, saturday(), Clocks::UTC),
            Ok(wanted),
            "{text}"
        );
    }
    for text in ["", "soon", "tomorrow", "2026-11-22", "99999d", "last", "3h"] {
        let error = past_day(text, saturday(), Clocks::UTC).expect_err(text);
        assert!(error.contains("last wednesday"), "{text}: {error}");
    }
}

#[test]
fn times_are_read_as_people_write_them() {
    // Half past two in the night of Sunday for the user.
    let (now, clocks) = (saturday(), ahead::<180>());
    let there = |day: u32, hour: i64, minute: i64| {
        clocks
            .start_of(date(2026, 11, day))
            .plus(hour * HOUR + minute * MINUTE)
    };
    for (text, wanted) in [
        ("tomorrow 9", there(23, 9, 0)),
        ("tomorrow 9am", there(23, 9, 0)),
        ("tomorrow at 9 AM", there(23, 9, 0)),
        ("9am tomorrow", there(23, 9, 0)),
        ("tomorrow 12am", there(23, 0, 0)),
        ("tomorrow 9:30pm", there(23, 21, 30)),
        ("tomorrow 9h", there(23, 9, 0)),
        ("tomorrow noon", there(23, 12, 0)),
        ("mon 14:30", there(23, 14, 30)),
        ("tuesday", there(24, 0, 0)),
        ("next week", there(23, 0, 0)),
        ("next tuesday 8", there(24, 8, 0)),
        ("in 3 days", there(25, 0, 0)),
        ("in 3 days 9:00", there(25, 9, 0)),
        ("9:00", there(22, 9, 0)),
        ("2:30", there(23, 2, 30)),
        ("eod", there(22, 17, 0)),
        ("end of day", there(22, 17, 0)),
        ("mon eod", there(23, 17, 0)),
        ("today 10", there(22, 10, 0)),
        ("nov 30", there(30, 0, 0)),
        ("nov 30 9", there(30, 9, 0)),
        ("2026-11-30 9:15", there(30, 9, 15)),
        ("in 4 hours", now.plus(4 * HOUR)),
        ("an hour", now.plus(HOUR)),
    ] {
        assert_eq!(moment(text, now, clocks), Ok(wanted), "{text}");
    }
    let evening = now.plus(16 * HOUR);
    for text in [
        "eod",
        "today 9",
        "tonight",
        "yesterday",
        "last monday",
        "3d ago",
    ] {
        let error = moment(text, evening, clocks).expect_err(text);
        assert!(error.contains("is not in the future"), "{text}: {error}");
    }
}

#[test]
fn days_begin_at_the_users_midnight() {
    // At 23:30 in UTC it is half past midnight on Sunday an hour to the east.
    assert_eq!(
        day("tomorrow", saturday(), ahead::<60>()),
        Ok(date(2026, 11, 23))
    );
    assert_eq!(
        moment("tomorrow", saturday(), ahead::<60>()),
        Ok(Moment::start_of(date(2026, 11, 22)).plus(23 * HOUR))
    );
    assert_eq!(
        moment("4h", saturday(), ahead::<60>()),
        Ok(saturday().plus(4 * HOUR))
    );
}

#[test]
fn nine_is_when_the_clock_shows_nine_on_either_side_of_a_change() {
    let utc = |month: u32, day: u32, hour: i64| {
        Moment::start_of(date(2026, month, day)).plus(hour * HOUR)
    };
    // The clocks change in the night of Sunday: 29 March and 25 October in Berlin, 8 March and 1 November in Denver.
    for (clocks, now, text, wanted) in [
        (berlin(), utc(3, 27, 12), "tomorrow 9", utc(3, 28, 8)),
        (berlin(), utc(3, 27, 12), "sunday 9", utc(3, 29, 7)),
        (berlin(), utc(3, 27, 12), "mon 9", utc(3, 30, 7)),
        (berlin(), utc(3, 27, 12), "mon", utc(3, 29, 22)),
        (berlin(), utc(10, 23, 12), "sat 9", utc(10, 24, 7)),
        (berlin(), utc(10, 23, 12), "sunday 9", utc(10, 25, 8)),
        (berlin(), utc(10, 23, 12), "mon", utc(10, 25, 23)),
        (berlin(), utc(10, 23, 12), "2026-12-01", utc(11, 30, 23)),
        (denver(), utc(3, 6, 12), "mon 9", utc(3, 9, 15)),
        (denver(), utc(10, 30, 12), "mon 9", utc(11, 2, 16)),
        // A span is so long, whatever the clocks do.
        (berlin(), utc(10, 24, 22), "4h", utc(10, 25, 2)),
    ] {
        assert_eq!(moment(text, now, clocks), Ok(wanted), "{text}");
    }
    // Half past eleven in the evening of the change is still that day.
    assert_eq!(today(utc(10, 25, 22), berlin()), date(2026, 10, 25));
    assert_eq!(today(utc(10, 25, 23), berlin()), date(2026, 10, 26));
}

#[test]
fn a_minute_is_a_minute_and_a_month_is_not_one() {
    let now = saturday().plus(1_500);
    assert_eq!(
        moment("30m", now, Clocks::UTC),
        Ok(saturday().plus(31 * MINUTE))
    );
    assert_eq!(
        moment("30 min", saturday(), Clocks::UTC),
        Ok(saturday().plus(30 * MINUTE))
    );
    let month = Moment::start_of(date(2026, 12, 21));
    assert_eq!(moment("1mo", saturday(), Clocks::UTC), Ok(month));
    for error in [
        day("1m", saturday(), Clocks::UTC),
        past_day("1m", saturday(), Clocks::UTC),
    ] {
        let error = error.expect_err("minutes");
        assert!(error.starts_with("“1m” is minutes, and no day: 1mo is months"));
    }
}

#[test]
fn what_is_no_time_names_what_is() {
    for text in [
        "",
        "soon",
        "3",
        "d",
        "99999d",
        "0h",
        "0d",
        "today",
        "2020-01-01",
        "2026-13-01",
        "9",
        "tomorrow 25",
        "tomorrow 13pm",
        "tomorrow 9:5",
        "dec 32",
        "dec",
        "12/1",
    ] {
        let error = moment(text, saturday(), Clocks::UTC).expect_err(text);
        assert!(error.contains("3d, 2w, tomorrow 9"), "{text}: {error}");
    }
}

proptest! {
    #[test]
    fn a_past_day_is_never_in_the_future(text in "\\PC{0,12}|(last )?[a-z]{3,9}|[0-9]{1,4}([dwm]|mo)", now in any::<i64>()) {
        let now = Moment(now);
        if let Ok(day) = past_day(&text, now, Clocks::UTC) {
            prop_assert!(day <= today(now, Clocks::UTC));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,12}|[0-9]{1,5}([dwmh]|mo)|(in |next |mon |dec )?[0-9]{1,4}( ?(am|pm|days|:[0-9]{2}))?", now in any::<i64>(), place in 0_usize..5) {
        let now = Moment(now);
        let clocks = [Clocks::UTC, ahead::<-900>(), ahead::<845>(), berlin(), denver()][place];
        if let Ok(until) = moment(&text, now, clocks) {
            prop_assert!(until >= now);
        }
    }
}
