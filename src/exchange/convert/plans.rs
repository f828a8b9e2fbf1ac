//! How other tools write where planned work stands: status, effort, dates. Whatever is unknown is left unset.

use chrono::{Datelike, NaiveDate};

use super::words::plain;
use crate::domain::idea::{Effort, Status, Timeframe};
use crate::domain::moment::Moment;
use crate::domain::release::ReleaseState;

/// Where an idea stands.
#[must_use]
pub fn status(text: &str) -> Option<Status> {
    Some(match plain(text).as_str() {
        "new" | "new idea" | "open" | "idea" | "triage" | "to do" | "todo" | "backlog"
        | "received" => Status::New,
        "under review"
        | "in review"
        | "reviewing"
        | "under consideration"
        | "considering"
        | "candidate"
        | "discovery"
        | "in discovery"
        | "exploring"
        | "researching"
        | "gathering feedback" => Status::UnderConsideration,
        "planned" | "scheduled" | "accepted" | "next" | "up next" | "ready" | "committed" => {
            Status::Planned
        }
        "in progress" | "started" | "in development" | "building" | "delivery" | "in delivery"
        | "active" | "now" | "in beta" | "beta" => Status::InDevelopment,
        "postponed" | "on hold" | "paused" | "later" | "deferred" | "parked" => Status::Postponed,
        "wont do" | "wont fix" | "declined" | "rejected" | "not planned" | "closed"
        | "canceled" | "cancelled" | "discarded" => Status::WontDo,
        "released" | "complete" | "completed" | "done" | "shipped" | "launched" | "delivered"
        | "implemented" => Status::Released,
        _ => return None,
    })
}

/// Where a release stands.
#[must_use]
pub fn release_state(text: &str) -> Option<ReleaseState> {
    Some(match plain(text).as_str() {
        "upcoming" | "planned" | "future" | "unreleased" | "open" => ReleaseState::Planned,
        "in progress" | "active" | "current" | "started" => ReleaseState::Active,
        "completed" | "complete" | "released" | "closed" | "done" => ReleaseState::Released,
        _ => return None,
    })
}

/// An effort in T-shirt sizes. A number counts in units of its tool, and says nothing here.
#[must_use]
pub fn effort(text: &str) -> Option<Effort> {
    Some(match plain(text).as_str() {
        "xs" | "extra small" => Effort::ExtraSmall,
        "s" | "small" => Effort::Small,
        "m" | "medium" => Effort::Medium,
        "l" | "large" => Effort::Large,
        "xl" | "extra large" => Effort::ExtraLarge,
        _ => return None,
    })
}

/// The timeframe in which a day lies, as seen from `from`; `None` for a day that is over by then.
#[must_use]
pub fn timeframe(day: NaiveDate, from: Moment) -> Option<Timeframe> {
    let today = from.utc().date_naive();
    let months = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let ahead = months(day) - months(today);
    match ahead {
        _ if day < today => None,
        0..=3 => Some(Timeframe::ThreeMonths),
        4..=6 => Some(Timeframe::SixMonths),
        _ => Some(Timeframe::Future),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_tools_are_read() {
        assert_eq!(status("In Progress"), Some(Status::InDevelopment));
        assert_eq!(status("under_review"), Some(Status::UnderConsideration));
        assert_eq!(status("Won’t do"), Some(Status::WontDo));
        assert_eq!(status("who knows"), None);
        assert_eq!(release_state("upcoming"), Some(ReleaseState::Planned));
        assert_eq!(effort("XL"), Some(Effort::ExtraLarge));
        assert_eq!(effort("8"), None);
    }

    #[test]
    fn a_day_ahead_lies_in_a_timeframe() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let from = Moment::start_of(day("2026-11-21"));
        for (end, wanted) in [
            ("2026-11-20", None),
            ("2026-11-21", Some(Timeframe::ThreeMonths)),
            ("2027-02-28", Some(Timeframe::ThreeMonths)),
            ("2027-05-31", Some(Timeframe::SixMonths)),
            ("2027-06-01", Some(Timeframe::Future)),
        ] {
            assert_eq!(timeframe(day(end), from), wanted, "{end}");
        }
    }
}
