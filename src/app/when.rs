//! Reading days and moments as a person types them: `3d`, `tomorrow 9`, `mon 14:30`, `dec 1`, `2026-12-01`.
//!
//! ```text
//! moment = [ "in" ] span | day [ time ] | time [ day ] | time ;      span: 30m, 4 hours
//! day    = today | tomorrow | weekday | next week | next month | [ "in" ] 3d | dec 1 [ 2027 ] | 2026-12-01 ;
//! ```
//!
//! One reader serves every prompt and every option in which a day or a time is typed. A unit means the same everywhere, in the
//! filter and in what lists show as well: `m` is minutes, and a month is `mo`.
//!
//! Days begin at midnight of the user's place. A weekday is the next one of that name, never today: who snoozes until
//! Monday on a Monday means next week. `at`, `on` and commas say nothing.

mod calendar;
mod clock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::domain::clocks::Clocks;
use crate::domain::moment::{HOUR, MINUTE, Moment};

/// What a prompt for a moment understands, for its hint and its error: the end of the day only until it has come.
#[must_use]
pub fn moments(now: Moment, clocks: Clocks) -> String {
    let eod = match is_over("eod", now, clocks) {
        true => "",
        false => "eod, ",
    };
    format!("write 4h, 3d, 2w, tomorrow 9, mon 14:30, next week, {eod}dec 1 or 2026-12-01")
}

/// Whether a text is a moment that has come already, or a day that is over.
#[must_use]
pub fn is_over(text: &str, now: Moment, clocks: Clocks) -> bool {
    match written(text, now, clocks) {
        Ok(moment) => moment <= now,
        // `yesterday`, `last monday`, `3d ago`: words that no time to come has.
        Err(_) => past_day(text, now, clocks).is_ok(),
    }
}

/// What a prompt for a day understands, for its error.
pub const DAYS: &str = "write 2026-12-01, dec 1, tomorrow, monday, next week, 3d, 2w or 1mo";

/// Today at `now`, where those clocks are.
#[must_use]
pub fn today(now: Moment, clocks: Clocks) -> NaiveDate {
    clocks.day_of(now)
}

/// Reads a day, today or later or in the past if it is written in full.
///
/// # Errors
/// What is understood, when the text is none of it.
pub fn day(text: &str, now: Moment, clocks: Clocks) -> Result<NaiveDate, String> {
    let text_read = read(text);
    let words: Vec<&str> = text_read.split(' ').collect();
    day_of(&words, today(now, clocks)).ok_or_else(|| no_day(text, DAYS))
}

/// The words of a text as they are compared: without what says nothing, `9 am` as one.
fn read(text: &str) -> String {
    let lower = text.to_lowercase().replace(',', " ");
    let mut words: Vec<String> = Vec::new();
    for word in lower.split_whitespace() {
        match (word, words.last_mut()) {
            ("at" | "on" | "of" | "the", _) => {}
            ("am" | "pm" | "a.m." | "p.m.", Some(before))
                if before.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                before.push_str(&word.replace('.', ""));
            }
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ").replace("end day", "eod")
}

fn day_of(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let found = match words {
        ["today"] => Some(today),
        ["tomorrow" | "tmrw" | "tmr"] => today.succ_opt(),
        ["next", "week"] => coming(today, Weekday::Mon),
        ["next", "month"] => today.with_day(1)?.checked_add_months(Months::new(1)),
        ["next" | "this", name] | [name] if weekday(name).is_some() => {
            coming(today, weekday(name)?)
        }
        [date] if NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok() => {
            // Written in full, it may be any.
            return NaiveDate::parse_from_str(date, "%Y-%m-%d").ok();
        }
        _ => calendar::named(words, today, false).or_else(|| {
            let (count, unit) = span(words)?;
            match unit {
                Unit::Days(days) => {
                    today.checked_add_days(Days::new(u64::from(count) * u64::from(days)))
                }
                Unit::Months(months) => today.checked_add_months(Months::new(count * months)),
                Unit::Milliseconds(_) => None,
            }
        }),
    };
    // chrono's calendar is longer than any plan; four digits are what a date field takes.
    found.filter(|day| (1..=9999).contains(&day.year()))
}

/// The next day of that name, never today.
fn coming(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(u64::from(if ahead == 0 { 7 } else { ahead })))
}

/// What a prompt for a day in the past understands, for its error.
pub const PAST_DAYS: &str =
    "write 2026-11-14, nov 14, today, yesterday, last wednesday, 3d, 2w or 1mo";

/// Reads a day that is not in the future: `3d` is three days ago, a weekday the last one of that name, never today.
///
/// # Errors
/// What is understood, when the text is none of it or in the future.
pub fn past_day(text: &str, now: Moment, clocks: Clocks) -> Result<NaiveDate, String> {
    let today = today(now, clocks);
    let text_read = read(text);
    let words: Vec<&str> = text_read.split(' ').collect();
    let is_last = words.first() == Some(&"last");
    let words = &words[usize::from(is_last)..];
    let words = words.strip_suffix(&["ago"]).unwrap_or(words);
    let found = match words {
        ["today"] => Some(today),
        ["yesterday"] => today.pred_opt(),
        ["week"] if is_last => today.checked_sub_days(Days::new(7)),
        ["month"] if is_last => today.checked_sub_months(Months::new(1)),
        [name] if weekday(name).is_some() => weekday(name).and_then(|weekday| {
            let from = weekday.num_days_from_monday();
            let back = 1 + (6 + today.weekday().num_days_from_monday() - from) % 7;
            today.checked_sub_days(Days::new(u64::from(back)))
        }),
        [date] if NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok() => {
            NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
        }
        _ => calendar::named(words, today, true).or_else(|| match span(words)? {
            (count, Unit::Days(days)) => {
                today.checked_sub_days(Days::new(u64::from(count) * u64::from(days)))
            }
            (count, Unit::Months(months)) => today.checked_sub_months(Months::new(count * months)),
            (_, Unit::Milliseconds(_)) => None,
        }),
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
    let lower = read(text);
    match span(&lower.split(' ').collect::<Vec<_>>()) {
        Some((count, Unit::Milliseconds(MINUTE))) => {
            format!("“{text}” is minutes, and no day: {count}mo is months; {understood}")
        }
        _ => format!("“{text}” is no day: {understood}"),
    }
}

/// Reads a moment after `now`: the beginning of a day or a time on it, or some minutes or hours from now, at a whole minute: then
/// it has come when the clock shows it.
///
/// # Errors
/// What is understood, when the text is none of it or not in the future.
pub fn moment(text: &str, now: Moment, clocks: Clocks) -> Result<Moment, String> {
    let understood = || moments(now, clocks);
    match written(text, now, clocks) {
        _ if text.trim().is_empty() => Err(understood()),
        Err(_) if is_over(text, now, clocks) => Err(not_to_come(text, now, clocks)),
        Err(is) => Err(format!("“{}” is {is}: {}", text.trim(), understood())),
        Ok(moment) if moment <= now => Err(not_to_come(text, now, clocks)),
        Ok(moment) => Ok(moment),
    }
}

/// Why a text that is a moment will not do: it is over.
#[must_use]
pub fn not_to_come(text: &str, now: Moment, clocks: Clocks) -> String {
    let understood = moments(now, clocks);
    format!("“{}” is not in the future: {understood}", text.trim())
}

/// Reads a moment, to come or over.
///
/// # Errors
/// What the text is instead.
fn written(text: &str, now: Moment, clocks: Clocks) -> Result<Moment, &'static str> {
    let text_read = read(text);
    let words: Vec<&str> = text_read.split(' ').collect();
    if let Some((count, Unit::Milliseconds(unit))) = span(&words) {
        if count == 0 {
            return Err("now");
        }
        let moment = now.plus(i64::from(count) * unit);
        let beyond = moment.0.rem_euclid(MINUTE);
        return Ok(moment.plus((MINUTE - beyond) % MINUTE));
    }
    let today = today(now, clocks);
    let (day, minutes) = match words.as_slice() {
        [time] if clock::alone(time).is_some() => {
            let minutes = clock::alone(time).unwrap_or_default();
            let is_over = clocks.at(today, minutes) <= now && !clock::is_of_today(time);
            (
                if is_over {
                    today.succ_opt()
                } else {
                    Some(today)
                },
                minutes,
            )
        }
        words => timed(words, today),
    };
    Ok(clocks.at(day.ok_or("no time")?, minutes))
}

/// A day, or a day with a time behind or before it, in minutes since its midnight.
fn timed(words: &[&str], today: NaiveDate) -> (Option<NaiveDate>, u32) {
    if let Some(day) = day_of(words, today) {
        return (Some(day), 0);
    }
    if let [days @ .., time] = words
        && let (Some(day), Some(minutes)) = (day_of(days, today), clock::behind_a_day(time))
    {
        return (Some(day), minutes);
    }
    if let [time, days @ ..] = words
        && let (Some(day), Some(minutes)) = (day_of(days, today), clock::alone(time))
    {
        return (Some(day), minutes);
    }
    (None, 0)
}

/// Whether words are a day of a month that is named.
#[must_use]
pub fn names_month(words: &[&str]) -> bool {
    let is_month = |word: &&str| calendar::month(&word.to_lowercase()).is_some();
    words.len() > 1 && words.iter().any(is_month)
}

/// Whether words are a day by more than one of them, told from other text: `in 3 days`, `2 weeks`, `next week`, `dec 1`.
#[must_use]
pub fn says_day(words: &[&str]) -> bool {
    let opens = |word: &&str| {
        matches!(word.to_lowercase().as_str(), "in" | "next" | "this")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words.len() > 1 && (words.first().is_some_and(opens) || names_month(words))
}

/// What a span is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// So many milliseconds.
    Milliseconds(i64),
    /// So many days.
    Days(u32),
    /// So many months of the calendar.
    Months(u32),
}

/// `3d`, `3 days`, `in a week`: at most four digits.
fn span(words: &[&str]) -> Option<(u32, Unit)> {
    let words = words.strip_prefix(&["in"]).unwrap_or(words);
    let (count, unit) = match words {
        ["a" | "an" | "one", unit] => (1, *unit),
        [count, unit] if count.len() <= 4 => (count.parse().ok()?, *unit),
        [word] => {
            let (count, unit) = word.split_at(word.find(|c: char| !c.is_ascii_digit())?);
            if count.len() > 4 {
                return None;
            }
            (count.parse().ok()?, unit)
        }
        _ => return None,
    };
    let unit = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Milliseconds(MINUTE),
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Milliseconds(HOUR),
        "d" | "day" | "days" => Unit::Days(1),
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Days(7),
        "mo" | "month" | "months" => Unit::Months(1),
        "y" | "year" | "years" => Unit::Months(12),
        _ => return None,
    };
    Some((count, unit))
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = match word {
        "tues" => "tue",
        "thur" | "thurs" => "thu",
        word => word,
    };
    (word.len() >= 3 && word.chars().all(char::is_alphabetic))
        .then(|| word.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests;
