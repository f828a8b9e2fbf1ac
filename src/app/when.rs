//! Reading days and moments as a person types them: `3d`, `tomorrow`, `monday`, `2026-12-01`.
//!
//! A unit means the same everywhere, in the filter and in what lists show as well: `m` is minutes, and a month is `mo`.
//!
//! Days begin at midnight of the user's place. A weekday is the next one of that name, never today: who snoozes until
//! Monday on a Monday means next week.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::domain::moment::{HOUR, MINUTE, Moment};

/// What a prompt for a moment understands, for its error.
pub const MOMENTS: &str = "write 30m, 4h, 3d, 2w, 1mo, tomorrow, monday or 2026-12-01";

/// What a prompt for a day understands, for its error.
pub const DAYS: &str = "write 2026-12-01, tomorrow, monday, 3d, 2w or 1mo";

/// Today at `now`, `utc_offset` minutes east of UTC.
#[must_use]
pub fn today(now: Moment, utc_offset: i32) -> NaiveDate {
    now.plus(i64::from(utc_offset) * MINUTE).utc().date_naive()
}

/// Reads a day, today or later or in the past if it is written in full.
///
/// # Errors
/// What is understood, when the text is none of it.
pub fn day(text: &str, now: Moment, utc_offset: i32) -> Result<NaiveDate, String> {
    let today = today(now, utc_offset);
    let word = text.trim().to_lowercase();
    let unknown = || no_day(text, DAYS);
    if let Ok(day) = NaiveDate::parse_from_str(&word, "%Y-%m-%d") {
        return Ok(day);
    }
    let found = match word.as_str() {
        "today" => Some(today),
        "tomorrow" => today.succ_opt(),
        _ => {
            if let Some(weekday) = weekday(&word) {
                let ahead = (7 + weekday.num_days_from_monday()
                    - today.weekday().num_days_from_monday())
                    % 7;
                today.checked_add_days(Days::new(u64::from(if ahead == 0 { 7 } else { ahead })))
            } else {
                let (count, unit) = amount(&word).ok_or_else(unknown)?;
                match unit {
                    "d" | "day" | "days" => today.checked_add_days(Days::new(u64::from(count))),
                    "w" | "week" | "weeks" => {
                        today.checked_add_days(Days::new(7 * u64::from(count)))
                    }
                    "mo" | "month" | "months" => today.checked_add_months(Months::new(count)),
                    _ => None,
                }
            }
        }
    };
    // chrono's calendar is longer than any plan; four digits are what a date field takes.
    found
        .filter(|day| (1..=9999).contains(&day.year()))
        .ok_or_else(unknown)
}

/// What a prompt for a day in the past understands, for its error.
pub const PAST_DAYS: &str = "write 2026-11-14, today, yesterday, last wednesday, 3d, 2w or 1mo";

/// Reads a day that is not in the future: `3d` is three days ago, a weekday the last one of that name, never today.
///
/// # Errors
/// What is understood, when the text is none of it or in the future.
pub fn past_day(text: &str, now: Moment, utc_offset: i32) -> Result<NaiveDate, String> {
    let today = today(now, utc_offset);
    let lower = text.trim().to_lowercase();
    let word = lower.strip_prefix("last ").unwrap_or(&lower).trim();
    let word = word.strip_suffix(" ago").unwrap_or(word).trim();
    let found = match word {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        "week" if lower.starts_with("last ") => today.checked_sub_days(Days::new(7)),
        _ => match (NaiveDate::parse_from_str(word, "%Y-%m-%d"), weekday(word)) {
            (Ok(day), _) => Some(day),
            (_, Some(weekday)) => {
                let back = 1
                    + (6 + today.weekday().num_days_from_monday() - weekday.num_days_from_monday())
                        % 7;
                today.checked_sub_days(Days::new(u64::from(back)))
            }
            _ => amount(word).and_then(|(count, unit)| match unit {
                "d" | "day" | "days" => today.checked_sub_days(Days::new(u64::from(count))),
                "w" | "week" | "weeks" => today.checked_sub_days(Days::new(7 * u64::from(count))),
                "mo" | "month" | "months" => today.checked_sub_months(Months::new(count)),
                _ => None,
            }),
        },
    };
    let day = found
        .filter(|day| (1..=9999).contains(&day.year()))
        .ok_or_else(|| no_day(text, PAST_DAYS))?;
    if day > today {
        return Err(format!("{day} is in the future: {PAST_DAYS}"));
    }
    Ok(day)
}

/// Why a text is no day, and what is one.
fn no_day(text: &str, understood: &str) -> String {
    let text = text.trim();
    match amount(&text.to_lowercase()) {
        Some((count, "m" | "min" | "minute" | "minutes")) => {
            format!("“{text}” is minutes, and no day: {count}mo is months; {understood}")
        }
        _ => format!("“{text}” is no day: {understood}"),
    }
}

/// Reads a moment after `now`: the beginning of a day, or some minutes or hours from now, at a whole minute: then it has come
/// when the clock shows it.
///
/// # Errors
/// What is understood, when the text is none of it or not in the future.
pub fn moment(text: &str, now: Moment, utc_offset: i32) -> Result<Moment, String> {
    let word = text.trim().to_lowercase();
    if word.is_empty() {
        return Err(MOMENTS.to_owned());
    }
    let unit = match amount(&word) {
        Some((count, "h" | "hour" | "hours")) => Some((count, HOUR)),
        Some((count, "m" | "min" | "minute" | "minutes")) => Some((count, MINUTE)),
        _ => None,
    };
    if let Some((count, unit)) = unit {
        if count == 0 {
            return Err(format!("“{word}” is now: {MOMENTS}"));
        }
        let moment = now.plus(i64::from(count) * unit);
        let beyond = moment.0.rem_euclid(MINUTE);
        return Ok(moment.plus((MINUTE - beyond) % MINUTE));
    }
    let day = day(text, now, utc_offset)
        .map_err(|_| format!("“{}” is no time: {MOMENTS}", text.trim()))?;
    let moment = start(day, utc_offset);
    if moment <= now {
        return Err(format!("{day} is not in the future: {MOMENTS}"));
    }
    Ok(moment)
}

/// The first moment of that day, `utc_offset` minutes east of UTC.
#[must_use]
pub fn start(day: NaiveDate, utc_offset: i32) -> Moment {
    Moment::start_of(day).plus(-i64::from(utc_offset) * MINUTE)
}

/// A day as it was understood: `Mon 23 Nov 2026`.
#[must_use]
pub fn day_words(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// A moment as it was understood: `Mon 23 Nov 2026, 00:00`.
#[must_use]
pub fn moment_words(at: Moment, utc_offset: i32) -> String {
    let local = at.plus(i64::from(utc_offset) * MINUTE).utc();
    local.format("%a %-d %b %Y, %H:%M").to_string()
}

/// `3d` as 3 and `d`; at most four digits.
fn amount(word: &str) -> Option<(u32, &str)> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = word.split_at(digits);
    if count.len() > 4 {
        return None;
    }
    Some((count.parse().ok()?, unit.trim()))
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.strip_prefix("next ").unwrap_or(word);
    (word.len() >= 3 && word.chars().all(char::is_alphabetic))
        .then(|| word.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Saturday, 21 November 2026, 23:30 in UTC.
    fn saturday() -> Moment {
        start(date(2026, 11, 21), 0).plus(23 * HOUR + 30 * MINUTE)
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
            (" 2026-12-01 ", date(2026, 12, 1)),
        ] {
            assert_eq!(day(text, saturday(), 0), Ok(wanted), "{text}");
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
            (" 2026-11-01 ", date(2026, 11, 1)),
        ] {
            assert_eq!(past_day(text, saturday(), 0), Ok(wanted), "{text}");
        }
        for text in ["", "soon", "tomorrow", "2026-11-22", "99999d", "last", "3h"] {
            let error = past_day(text, saturday(), 0).expect_err(text);
            assert!(error.contains("last wednesday"), "{text}: {error}");
        }
    }

    #[test]
    fn days_begin_at_the_users_midnight() {
        // At 23:30 in UTC it is half past midnight on Sunday an hour to the east.
        assert_eq!(day("tomorrow", saturday(), 60), Ok(date(2026, 11, 23)));
        assert_eq!(
            moment("tomorrow", saturday(), 60),
            Ok(Moment::start_of(date(2026, 11, 22)).plus(23 * HOUR))
        );
        assert_eq!(moment("4h", saturday(), 60), Ok(saturday().plus(4 * HOUR)));
    }

    #[test]
    fn a_minute_is_a_minute_and_a_month_is_not_one() {
        let now = saturday().plus(1_500);
        assert_eq!(moment("30m", now, 0), Ok(saturday().plus(31 * MINUTE)));
        assert_eq!(
            moment("30 min", saturday(), 0),
            Ok(saturday().plus(30 * MINUTE))
        );
        let month = start(date(2026, 12, 21), 0);
        assert_eq!(moment("1mo", saturday(), 0), Ok(month));
        for error in [day("1m", saturday(), 0), past_day("1m", saturday(), 0)] {
            let error = error.expect_err("minutes");
            assert!(error.starts_with("“1m” is minutes, and no day: 1mo is months"));
        }
        assert_eq!(moment_words(month, 90), "Mon 21 Dec 2026, 01:30");
        assert_eq!(day_words(date(2026, 12, 1)), "Tue 1 Dec 2026");
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
        ] {
            let error = moment(text, saturday(), 0).expect_err(text);
            assert!(error.contains("3d, 2w, 1mo, tomorrow"), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn a_past_day_is_never_in_the_future(text in "\\PC{0,12}|(last )?[a-z]{3,9}|[0-9]{1,4}([dwm]|mo)", now in any::<i64>()) {
            let now = Moment(now);
            if let Ok(day) = past_day(&text, now, 0) {
                prop_assert!(day <= today(now, 0));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}|[0-9]{1,5}([dwmh]|mo)", now in any::<i64>(), offset in -900..900i32) {
            let now = Moment(now);
            if let Ok(until) = moment(&text, now, offset) {
                prop_assert!(until >= now);
            }
        }
    }
}
