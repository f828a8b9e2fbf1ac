//! Dates as other tools write them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};

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

/// The hour, in UTC, at which a day that is named without a time stands: then it is that day by the clocks of everybody from
/// Hawaii (UTC-10) to New Zealand in summer (UTC+13). At midnight it would be the day before in all of America.
const HOUR_OF_DAY: u32 = 10;

/// With a zone of their own.
const ZONED: [&str; 5] = [
    "%Y-%m-%d %H:%M:%S%.f%:z",
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%a %b %d %Y %H:%M:%S GMT%z",
    "%d/%b/%Y:%H:%M:%S %z",
];
/// Without a zone: taken for UTC. A year of two digits comes before one of four, which would take it for the year 26; the
/// full name of a month may be short.
const ZONELESS: [&str; 15] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%d/%B/%y %H:%M",
    "%d/%B/%Y %H:%M",
    "%d.%m.%y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d %B %Y %H:%M",
    "%d %B %Y %H:%M:%S",
    "%B %d %Y %H:%M",
    "%B %d %H:%M:%S %Y",
];
/// With a clock of twelve hours.
const TWELVE: [&str; 8] = [
    "%Y-%m-%d %I:%M %p",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y/%m/%d %I:%M %p",
    "%d/%B/%y %I:%M %p",
    "%d/%B/%Y %I:%M %p",
    "%d %B %Y %I:%M %p",
    "%B %d %Y %I:%M %p",
    "%B %d %Y %I:%M:%S %p",
];
const DAYS: [&str; 13] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y年%m月%d日",
    "%d.%m.%y",
    "%d.%m.%Y",
    "%d/%B/%y",
    "%d/%B/%Y",
    "%d-%B-%y",
    "%d-%B-%Y",
    "%d %B %Y",
    "%B %d %Y",
];
/// What may stand behind a day with slashes.
const TIMES: [&str; 5] = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];

/// Reads a date, with its zone in minutes east of UTC where it names one; a time without a zone is taken for UTC, and a day
/// without a time is the same day nearly everywhere.
///
/// `None` when it is none of the known forms: RFC 3339 and 2822, `2020-01-02 17:14:21+00:00`, `2020-01-02`,
/// `6/21/2025 16:14`, `30/Oct/26 5:00 PM`, `21.6.2025`, `Monday, November 2, 2026`, what JavaScript prints, and Unix
/// seconds or milliseconds.
#[must_use]
pub fn read(text: &str, order: Order) -> Option<(Moment, Option<i32>)> {
    let text = text.trim();
    // What most tools write needs no further look.
    if text.len() <= 64
        && let Ok(zoned) = DateTime::parse_from_rfc3339(text)
    {
        return with_zone(&zoned);
    }
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
            8 => zoneless(text, order),
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
        return with_zone(&zoned);
    }
    zoneless(text, order)
}

/// A date with its zone, where it is believed.
fn with_zone(zoned: &DateTime<FixedOffset>) -> Option<(Moment, Option<i32>)> {
    believed(zoned).then(|| {
        (
            Moment(zoned.timestamp_millis()),
            Some(zoned.offset().local_minus_utc() / 60),
        )
    })
}

/// A date that was read, but where it is a day without a time not later than its file was `written`, as far as that is on the same
/// day: a file of seven in the morning does not tell of ten, and what was received in the future has no age.
#[must_use]
pub fn no_later(read: Moment, written: Moment) -> Moment {
    let day = read.utc().date_naive();
    let at = |hour| day.and_hms_opt(hour, 0, 0).map(|time| time.and_utc());
    let [start, named] = [0, HOUR_OF_DAY].map(|hour| at(hour).map_or(read, Moment::from));
    if read == named {
        read.min(written.max(start))
    } else {
        read
    }
}

/// Reads a date without a zone.
fn zoneless(text: &str, order: Order) -> Option<(Moment, Option<i32>)> {
    let text = without_weekday(text).replace(',', "").replace(" at ", " ");
    let time = |form: &str| {
        let time = NaiveDateTime::parse_from_str(&text, form).ok()?.and_utc();
        believed(&time).then_some(time)
    };
    let day = |form: &str| {
        let day = NaiveDate::parse_from_str(&text, form).ok()?;
        let time = day.and_hms_opt(HOUR_OF_DAY, 0, 0)?.and_utc();
        believed(&time).then_some(time)
    };
    let slashes = match order {
        Order::MonthFirst => ["%m/%d/%y", "%m/%d/%Y"],
        Order::DayFirst => ["%d/%m/%y", "%d/%m/%Y"],
    };
    let slashed = || {
        let forms = slashes
            .iter()
            .flat_map(|day| TIMES.map(|time| format!("{day}{time}")));
        forms.into_iter().find_map(|form| {
            day(&form)
                .filter(|_| !form.contains(' '))
                .or_else(|| time(&form))
        })
    };
    let time = ZONELESS.iter().chain(&TWELVE).find_map(|form| time(form));
    let time = time
        .or_else(|| DAYS.iter().find_map(|form| day(form)))
        .or_else(slashed)?;
    Some((Moment(time.timestamp_millis()), None))
}

/// The text behind a weekday, if it begins with one: the date is told without it.
fn without_weekday(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
    match text[..end].parse::<chrono::Weekday>() {
        Ok(_) => text[end..].trim_start_matches([',', '.', ' ']),
        Err(_) => text,
    }
}

/// The moment of a number of days since the end of 1899, which is how spreadsheets count; a whole number is a day, as in [`read`]. `None` for what is no date
/// since 1954 or none before 2119, because any number could be one.
#[must_use]
pub fn serial(text: &str) -> Option<Moment> {
    let (days, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let days: i64 = days
        .parse()
        .ok()
        .filter(|days| (20_000..80_000).contains(days))?;
    let digits: i64 = format!("{part:0<9}").get(..9)?.parse().ok()?;
    // A day in a billionth parts has 86.4 milliseconds in each million of them; rounded to whole seconds.
    let seconds = match digits {
        0 => i64::from(HOUR_OF_DAY) * 3_600,
        _ => (digits * 86_400 + 500_000_000) / 1_000_000_000,
    };
    Some(Moment(((days - 25_569) * 86_400 + seconds) * 1_000))
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
            ("2026-11-01", "2026-11-01T10:00:00Z", None),
            ("6/21/2025 16:14", "2025-06-21T16:14:00Z", None),
            ("6/1/2025", "2025-06-01T10:00:00Z", None),
            ("30/Oct/26 5:00 PM", "2026-10-30T17:00:00Z", None),
            ("21.6.2025", "2025-06-21T10:00:00Z", None),
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
            ("6/1/25", "2025-06-01T10:00:00Z", None),
            ("6/1/25 4:05 PM", "2025-06-01T16:05:00Z", None),
            ("Monday, November 2, 2026", "2026-11-02T10:00:00Z", None),
            ("Nov 2, 2026 at 5:00 pm", "2026-11-02T17:00:00Z", None),
            ("Mon Nov 2 11:21:41 2026", "2026-11-02T11:21:41Z", None),
            ("02-Nov-2026", "2026-11-02T10:00:00Z", None),
            ("2 November 2026 17:30", "2026-11-02T17:30:00Z", None),
            ("2026年11月2日", "2026-11-02T10:00:00Z", None),
            ("20261102", "2026-11-02T10:00:00Z", None),
            ("2.11.26", "2026-11-02T10:00:00Z", None),
            ("2026-11-02 5:00 PM", "2026-11-02T17:00:00Z", None),
            ("1732180000", "2024-11-21T09:06:40Z", None),
            ("1732180000123", "2024-11-21T09:06:40Z", None),
        ];
        for (text, wanted, zone) in cases {
            assert_eq!(told(text), Some((wanted.to_owned(), zone)), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_time_is_that_day_from_hawaii_to_new_zealand() {
        for text in ["2026-11-03", "11/3/2026", "46329"] {
            let read = read(text, Order::MonthFirst).map(|(moment, _)| moment);
            let moment = read.or_else(|| serial(text)).expect("a day");
            for hours in [-10, -8, -5, 0, 1, 9, 13] {
                let there = FixedOffset::east_opt(hours * 3_600).expect("an offset");
                let day = moment.utc().with_timezone(&there).date_naive();
                assert_eq!(day.to_string(), "2026-11-03", "{text} at UTC{hours:+}");
            }
        }
    }

    #[test]
    fn a_day_that_has_only_begun_when_its_file_is_written_is_not_in_the_future() {
        let moment = |text| read(text, Order::MonthFirst).expect("a date").0;
        let written = moment("2026-11-22T07:11:00Z");
        let cases = [
            ("2026-11-21", "2026-11-21T10:00:00Z"),
            ("2026-11-22", "2026-11-22T07:11:00Z"),
            ("2026-11-23", "2026-11-23T00:00:00Z"),
            ("2026-11-22 08:00", "2026-11-22T08:00:00Z"),
        ];
        for (text, wanted) in cases {
            assert_eq!(no_later(moment(text), written).rfc3339(), wanted, "{text}");
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
    fn days_of_spreadsheets_are_counted_from_1900() {
        let told = |text| serial(text).map(Moment::rfc3339);
        assert_eq!(told("45000").as_deref(), Some("2023-03-15T10:00:00Z"));
        assert_eq!(told("45000.75").as_deref(), Some("2023-03-15T18:00:00Z"));
        for text in ["1", "99999", "45000.x", "2024-01-01", ""] {
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
