//! Dates as other tools write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset, TimeZone};

use crate::domain::moment::Moment;

/// Which number of `6/7/2025` is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// `6/21/2025`, as in the United States.
    #[default]
    MonthFirst,
    /// `21/6/2025`, as nearly everywhere else.
    DayFirst,
}

/// The years that are believed; anything else is a misread number.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// With a zone of their own.
const ZONED: [&str; 5] = [
    "%Y-%m-%d %H:%M:%S%.f%:z",
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%a %b %d %Y %H:%M:%S GMT%z",
    "%d/%b/%Y:%H:%M:%S %z",
];
/// Without a zone: taken for UTC.
const ZONELESS: [&str; 9] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%d/%b/%y %I:%M %p",
    "%d/%b/%Y %I:%M %p",
    "%d/%b/%y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
];
const DAYS: [&str; 6] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%b/%y",
    "%d %b %Y",
    "%b %d, %Y",
];
const MONTH_FIRST: [&str; 4] = [
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
];
const DAY_FIRST: [&str; 4] = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y %I:%M:%S %p",
];

/// Reads a date, with its zone in minutes east of UTC where it names one; without a zone it is taken for UTC.
///
/// `None` when it is none of the known forms: RFC 3339 and 2822, `2020-01-02 17:14:21+00:00`, `2020-01-02`,
/// `6/21/2025 16:14`, `30/Oct/26 5:00 PM`, `21.6.2025`, what JavaScript prints, and Unix seconds or milliseconds.
#[must_use]
pub fn read(text: &str, order: Order) -> Option<(Moment, Option<i32>)> {
    let text = text.trim();
    // What JavaScript prints ends with the name of its zone.
    let text = text.split_once(" (").map_or(text, |(date, _)| date);
    let text = text
        .strip_suffix(" UTC")
        .or_else(|| text.strip_suffix(" GMT"))
        .unwrap_or(text);
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            9 | 10 => Some((Moment(number * 1_000), None)),
            12 | 13 => Some((Moment(number), None)),
            _ => None,
        };
    }
    if let Some(zoned) = DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| DateTime::parse_from_rfc2822(text).ok())
        .or_else(|| {
            ZONED
                .iter()
                .find_map(|form| DateTime::parse_from_str(text, form).ok())
        })
    {
        return believed(&zoned).then(|| {
            (
                Moment(zoned.timestamp_millis()),
                Some(zoned.offset().fix().local_minus_utc() / 60),
            )
        });
    }
    let slashes = match order {
        Order::MonthFirst => &MONTH_FIRST,
        Order::DayFirst => &DAY_FIRST,
    };
    let slash_day = match order {
        Order::MonthFirst => "%m/%d/%Y",
        Order::DayFirst => "%d/%m/%Y",
    };
    ZONELESS
        .iter()
        .chain(slashes)
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| {
            DAYS.iter()
                .chain([&slash_day])
                .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
                .map(|day| day.and_time(chrono::NaiveTime::MIN))
        })
        .map(|time| time.and_utc())
        .filter(believed)
        .map(|time| (Moment(time.timestamp_millis()), None))
}

fn believed<Z: TimeZone>(time: &DateTime<Z>) -> bool {
    use chrono::Datelike;
    YEARS.contains(&time.year())
}

/// Guesses the order from samples: the day first where a first number is beyond 12 and no second one is.
#[must_use]
pub fn order<'t>(samples: impl IntoIterator<Item = &'t str>) -> Order {
    let (mut first, mut second) = (0, 0);
    for sample in samples {
        let mut numbers = sample.trim().split('/').map(str::parse::<u32>);
        if let (Some(Ok(a)), Some(Ok(b))) = (numbers.next(), numbers.next()) {
            first = first.max(a);
            second = second.max(b);
        }
    }
    if first > 12 && first <= 31 && second <= 12 {
        Order::DayFirst
    } else {
        Order::MonthFirst
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Option<(String, Option<i32>)> {
        read(text, Order::MonthFirst).map(|(moment, zone)| (moment.rfc3339(), zone))
    }

    #[test]
    fn every_form_is_read() {
        let cases = [
            ("2024-07-25T14:34:59Z", "2024-07-25T14:34:59Z", Some(0)),
            (
                "2024-07-25t14:34:59.123+02:00",
                "2024-07-25T12:34:59Z",
                Some(120),
            ),
            ("2020-01-02 17:14:21+00:00", "2020-01-02T17:14:21Z", Some(0)),
            (
                "2020-01-02 17:14:21 -0530",
                "2020-01-02T22:44:21Z",
                Some(-330),
            ),
            ("2020-01-02 17:14:21 UTC", "2020-01-02T17:14:21Z", None),
            ("2026-11-01", "2026-11-01T00:00:00Z", None),
            ("6/21/2025 16:14", "2025-06-21T16:14:00Z", None),
            ("6/1/2025", "2025-06-01T00:00:00Z", None),
            ("30/Oct/26 5:00 PM", "2026-10-30T17:00:00Z", None),
            ("21.6.2025", "2025-06-21T00:00:00Z", None),
            (
                "Wed May 13 2026 11:21:41 GMT+0000 (GMT+00:00)",
                "2026-05-13T11:21:41Z",
                Some(0),
            ),
            (
                "Tue, 1 Jul 2003 10:52:37 +0200",
                "2003-07-01T08:52:37Z",
                Some(120),
            ),
            ("1732180000", "2024-11-21T09:06:40Z", None),
            ("1732180000123", "2024-11-21T09:06:40Z", None),
        ];
        for (text, wanted, zone) in cases {
            assert_eq!(told(text), Some((wanted.to_owned(), zone)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_taken_for_one() {
        for text in [
            "",
            "soon",
            "42",
            "0026-01-01",
            "2026-13-01",
            "31/31/2025",
            "9999999999999999999",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_shows_when_a_day_is_beyond_twelve() {
        assert_eq!(order(["1/2/2025", "21/6/2025 16:14"]), Order::DayFirst);
        assert_eq!(order(["6/21/2025", "1/2/2025"]), Order::MonthFirst);
        assert_eq!(order(["1/2/2025"]), Order::MonthFirst);
        let (moment, _) = read("21/6/2025 16:14", Order::DayFirst).expect("a date");
        assert_eq!(moment.rfc3339(), "2025-06-21T16:14:00Z");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,40}") {
            let _ = read(&text, Order::DayFirst);
        }

        #[test]
        fn what_rfc_3339_prints_reads_back(seconds in -2_000_000_000_i64..7_000_000_000) {
            let moment = Moment(seconds * 1_000);
            prop_assert_eq!(read(&moment.rfc3339(), Order::MonthFirst), Some((moment, Some(0))));
        }
    }
}
