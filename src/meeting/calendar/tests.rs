//! Weeks, months, releases, and clocks that are changed.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Offset, TimeZone, Timelike, Weekday};
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::meeting::kinds::parse_cadence;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn found(cadence: &str, from: &str, to: &str) -> Vec<String> {
    let cadence = parse_cadence(cadence).expect("a cadence");
    let days = days(cadence, date(from), date(to));
    days.iter().map(NaiveDate::to_string).collect()
}

fn begins(day: &str, time: &str, zone: &str) -> String {
    let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
    let zone = zone.parse().expect("a zone");
    moment(date(day), time, &zone).rfc3339()
}

#[test]
fn a_year_of_53_weeks_has_53_wednesdays_meetings_and_weeks() {
    // 2026 has 53 ISO weeks: its last runs from 28 December to 3 January.
    let all = found("every Wednesday", "2025-12-29", "2027-01-03");
    assert_eq!(all.len(), 53);
    assert_eq!(all.first().map(String::as_str), Some("2025-12-31"));
    assert_eq!(all.last().map(String::as_str), Some("2026-12-30"));
    assert_eq!(date("2026-12-30").iso_week().week(), 53);
    let weeks = found("weekly", "2025-12-29", "2027-01-03");
    assert_eq!(weeks.len(), 53);
    assert_eq!(weeks[52], "2026-12-28");
    let open = parse_cadence("weekly").expect("a cadence");
    assert_eq!(last_day(open, date("2026-12-28")), date("2027-01-03"));
    assert_eq!(first_day(open, date("2027-01-02")), date("2026-12-28"));
}

#[test]
fn mondays_of_a_month() {
    assert_eq!(
        found("first Monday", "2026-06-01", "2026-08-31"),
        ["2026-06-01", "2026-07-06", "2026-08-03"]
    );
    assert_eq!(
        found("third Monday", "2026-06-16", "2026-08-31"),
        ["2026-07-20", "2026-08-17"]
    );
    assert_eq!(
        found("last Friday", "2026-01-01", "2026-02-28"),
        ["2026-01-30", "2026-02-27"]
    );
    assert_eq!(
        found("monthly", "2026-01-02", "2026-03-01"),
        ["2026-02-01", "2026-03-01"]
    );
    let open = parse_cadence("monthly").expect("a cadence");
    assert_eq!(last_day(open, date("2028-02-01")), date("2028-02-29"));
}

#[test]
fn after_a_release_comes_a_working_day() {
    // 16 December 2026 is a Wednesday, 18 December a Friday.
    assert_eq!(after_release(date("2026-12-16"), 1), date("2026-12-17"));
    assert_eq!(after_release(date("2026-12-18"), 1), date("2026-12-21"));
    assert_eq!(after_release(date("2026-12-16"), 3), date("2026-12-21"));
}

#[test]
fn nine_is_nine_when_the_clocks_change() {
    let los_angeles = "America/Los_Angeles";
    assert_eq!(
        begins("2026-03-04", "9:00", los_angeles),
        "2026-03-04T17:00:00Z"
    );
    assert_eq!(
        begins("2026-03-11", "9:00", los_angeles),
        "2026-03-11T16:00:00Z"
    );
    assert_eq!(
        begins("2026-10-28", "9:00", los_angeles),
        "2026-10-28T16:00:00Z"
    );
    assert_eq!(
        begins("2026-11-04", "9:00", los_angeles),
        "2026-11-04T17:00:00Z"
    );
}

#[test]
fn a_time_that_comes_twice_is_its_first_and_one_that_never_comes_is_later() {
    // 1 November 2026: 1:30 comes in summer time, and again an hour later.
    assert_eq!(
        begins("2026-11-01", "1:30", "America/Los_Angeles"),
        "2026-11-01T08:30:00Z"
    );
    // 8 March 2026: 2:30 is left out; it begins at 3:30 summer time.
    assert_eq!(
        begins("2026-03-08", "2:30", "America/Los_Angeles"),
        "2026-03-08T10:30:00Z"
    );
    assert_eq!(
        begins("2026-03-29", "2:00", "Europe/Berlin"),
        "2026-03-29T01:00:00Z"
    );
    // Half an hour is left out here.
    assert_eq!(
        begins("2026-10-04", "2:15", "Australia/Lord_Howe"),
        "2026-10-03T15:45:00Z"
    );
    // Samoa had no 30 December 2011.
    assert_eq!(
        begins("2011-12-30", "9:00", "Pacific/Apia"),
        "2011-12-30T19:00:00Z"
    );
}

proptest! {
    /// What the calendar names is what it says, and nothing else: every day of the span was looked at.
    #[test]
    fn every_day_and_no_other(
        start in 0u64..40_000,
        length in 0u64..800,
        cadence in prop::sample::select(vec![
            "every Monday", "every Wednesday", "every Sunday", "first Monday", "second Tuesday", "third Monday",
            "fourth Friday", "last Sunday", "weekly", "monthly",
        ]),
    ) {
        let from = date("1980-01-01") + Days::new(start);
        let to = from + Days::new(length);
        let meant = parse_cadence(cadence).expect("a cadence");
        let looked: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= to).filter(|day| match meant {
            Cadence::Weekly(weekday) => day.weekday() == weekday.unwrap_or(Weekday::Mon),
            Cadence::Monthly(None) => day.day() == 1,
            Cadence::Monthly(Some((ordinal, weekday))) => {
                let number = (day.day() - 1) / 7 + 1;
                let last = (*day + Days::new(7)).month() != day.month();
                day.weekday() == weekday && match ordinal {
                    Ordinal::First => number == 1,
                    Ordinal::Second => number == 2,
                    Ordinal::Third => number == 3,
                    Ordinal::Fourth => number == 4,
                    Ordinal::Last => last,
                }
            }
            _ => false,
        }).collect();
        prop_assert_eq!(days(meant, from, to), looked);
    }

    /// Each day belongs to exactly one open week or month, whose first and last day agree.
    #[test]
    fn a_day_lies_in_its_week_and_month(number in 0u64..60_000) {
        let day = date("1970-01-01") + Days::new(number);
        for text in ["weekly", "monthly"] {
            let cadence = parse_cadence(text).expect("a cadence");
            let first = first_day(cadence, day);
            prop_assert!(first <= day && day <= last_day(cadence, first));
            prop_assert_eq!(days(cadence, first, day), vec![first]);
        }
    }

    /// In every zone, on every day: a time that the clocks show is met; one that they show twice is met the first time;
    /// one that they leave out is met later by exactly what was left out.
    #[test]
    fn the_clocks_show_what_was_meant(zone in any::<Index>(), number in 0i64..45_000, minute in 0u32..1440) {
        let names = Zone::names();
        let zone: Zone = names[zone.index(names.len())].parse().expect("a zone");
        let day = date("1950-01-01") + Days::new(number.unsigned_abs());
        let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time");
        let at = moment(day, time, &zone);
        let shown = at.at(&zone).naive_local();
        let meant = day.and_time(time);
        if zone.from_local_datetime(&meant).earliest().is_some() {
            prop_assert_eq!(shown, meant);
            prop_assert_eq!(Some(of(&zone.from_local_datetime(&meant).earliest().expect("there"))), Some(at));
        } else {
            prop_assert!(shown > meant);
            let late = (shown - meant).num_seconds();
            let before = zone.offset_from_utc_datetime(&(at.utc().naive_utc() - Duration::seconds(late) - Duration::minutes(30)));
            let after = zone.offset_from_utc_datetime(&at.utc().naive_utc());
            prop_assert_eq!(i64::from(after.fix().local_minus_utc() - before.fix().local_minus_utc()), late);
            prop_assert_eq!(shown.time().second(), 0);
        }
    }
}
