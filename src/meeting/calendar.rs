//! When a kind of meeting is held.
//!
//! Days are counted on the calendar, in the kind's own zone, and only then become moments; so a meeting at nine stays at
//! nine when the clocks change. Nothing is counted from the meeting before: every Wednesday is every Wednesday, in years
//! of 53 weeks as in others.

use chrono::{
    DateTime, Datelike, Days, Duration, LocalResult, Months, NaiveDate, NaiveTime, TimeZone,
    Weekday,
};

use crate::domain::meeting::{Cadence, Ordinal};
use crate::domain::moment::Moment;
use crate::domain::zone::Zone;

/// The days from `from` to `to` (both included) for which the calendar has an occurrence: the day itself, or the first of
/// the week or month in which the day is open. A cadence that follows releases has none of its own.
#[must_use]
pub fn days(cadence: Cadence, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    match cadence {
        Cadence::Never | Cadence::AfterRelease(_) => Vec::new(),
        Cadence::Weekly(day) => weekly(day.unwrap_or(Weekday::Mon), from, to),
        Cadence::Monthly(which) => monthly(which, from, to),
    }
}

fn weekly(day: Weekday, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
    let mut found = Vec::new();
    let mut next = from.checked_add_days(Days::new(u64::from(ahead)));
    while let Some(day) = next.filter(|day| *day <= to) {
        found.push(day);
        next = day.checked_add_days(Days::new(7));
    }
    found
}

fn monthly(which: Option<(Ordinal, Weekday)>, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let mut found = Vec::new();
    let mut month = from.with_day(1);
    while let Some(first) = month.filter(|first| *first <= to) {
        let day = match which {
            None => Some(first),
            Some((ordinal, weekday)) => nth(ordinal, weekday, first),
        };
        found.extend(day.filter(|day| (from..=to).contains(day)));
        month = first.checked_add_months(Months::new(1));
    }
    found
}

/// That weekday of the month which begins with `first`. Every month has four of each, so there always is one.
fn nth(ordinal: Ordinal, weekday: Weekday, first: NaiveDate) -> Option<NaiveDate> {
    let number = match ordinal {
        Ordinal::First => 1,
        Ordinal::Second => 2,
        Ordinal::Third => 3,
        Ordinal::Fourth => 4,
        Ordinal::Last => {
            let fifth =
                NaiveDate::from_weekday_of_month_opt(first.year(), first.month(), weekday, 5);
            return fifth.or_else(|| nth(Ordinal::Fourth, weekday, first));
        }
    };
    NaiveDate::from_weekday_of_month_opt(first.year(), first.month(), weekday, number)
}

/// The last day of the week or month that begins with `first`; the day itself for a cadence that names its day.
#[must_use]
pub fn last_day(cadence: Cadence, first: NaiveDate) -> NaiveDate {
    let last = match cadence {
        Cadence::Weekly(None) => first.checked_add_days(Days::new(6)),
        Cadence::Monthly(None) => first
            .checked_add_months(Months::new(1))
            .and_then(|next| next.pred_opt()),
        _ => Some(first),
    };
    last.unwrap_or(first)
}

/// The first of the week or month in which `day` lies, for a cadence whose day is open; the day itself otherwise.
#[must_use]
pub fn first_day(cadence: Cadence, day: NaiveDate) -> NaiveDate {
    match cadence {
        Cadence::Weekly(None) => {
            let back = u64::from(day.weekday().num_days_from_monday());
            day.checked_sub_days(Days::new(back)).unwrap_or(day)
        }
        Cadence::Monthly(None) => day.with_day(1).unwrap_or(day),
        _ => day,
    }
}

/// The day of the meeting after a release of that date: the first working day at least so many days later. Holidays are
/// for people to know; they move the meeting.
#[must_use]
pub fn after_release(date: NaiveDate, days: u32) -> NaiveDate {
    let mut day = date
        .checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(date);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    day
}

/// The moment at which the clocks of a zone show that time on that day.
///
/// Where they show it twice, because they are set back, the first time counts. Where they never show it, because they are
/// set forward, the meeting begins as long after the last time that there was as it would have without the change: one
/// planned for 2:30 begins at 3:30. Both are what calendars do (RFC 5545, 3.3.5), so that invitations of others agree.
#[must_use]
pub fn moment(day: NaiveDate, time: NaiveTime, zone: &Zone) -> Moment {
    let local = day.and_time(time);
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => of(&at),
        LocalResult::None => {
            // A gap is an hour nearly always, and a day where an island changed sides of the date line.
            let before = (1..=48).find_map(|half_hours| {
                let earlier = local.checked_sub_signed(Duration::minutes(30 * half_hours))?;
                let there = zone.from_local_datetime(&earlier).latest()?;
                Some(of(&there).plus(30 * half_hours * crate::domain::moment::MINUTE))
            });
            before.unwrap_or_else(|| Moment(local.and_utc().timestamp_millis()))
        }
    }
}

fn of(at: &DateTime<Zone>) -> Moment {
    Moment(at.timestamp_millis())
}

/// The day that it is in a zone.
#[must_use]
pub fn day_in(at: Moment, zone: &Zone) -> NaiveDate {
    at.at(zone).date_naive()
}

#[cfg(test)]
mod tests;
