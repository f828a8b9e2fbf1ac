//! Time zones: what the clocks of a place show.
//!
//! The rules of all zones come with the program (those of the system may be old, or not there). They lie in it as the bytes
//! of the zone files and are read when a zone is asked for: tables of them with a name at every change of the clocks, which
//! other crates have, are a megabyte that the system has to write to before the program runs at all. The calendar is
//! chrono's.

use std::fmt;
use std::str::FromStr;

use chrono::{FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use jiff::civil::DateTime as Civil;
use jiff::tz::{AmbiguousOffset, TimeZone as Rules};
use jiff::{SignedDuration, Timestamp};

/// A time zone of the IANA's database, such as `Europe/Berlin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(Rules);

/// What the clocks of a place are called for short, and the place that is most often meant: the database has few such names,
/// and those among them that look alike are far away. Several places share most of them.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("PT", "America/Los_Angeles"),
    ("MDT", "America/Denver"),
    ("MT", "America/Denver"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("CT", "America/Chicago"),
    ("EDT", "America/New_York"),
    ("ET", "America/New_York"),
    ("AST", "America/Halifax"),
    ("ADT", "America/Halifax"),
    ("AKST", "America/Anchorage"),
    ("AKDT", "America/Anchorage"),
    ("BST", "Europe/London"),
    ("WEST", "Europe/Lisbon"),
    ("CEST", "Europe/Berlin"),
    ("EEST", "Europe/Helsinki"),
    ("MSK", "Europe/Moscow"),
    ("SAST", "Africa/Johannesburg"),
    ("IST", "Asia/Kolkata"),
    ("HKT", "Asia/Hong_Kong"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("AWST", "Australia/Perth"),
    ("ACST", "Australia/Adelaide"),
    ("ACDT", "Australia/Adelaide"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
    ("NZST", "Pacific/Auckland"),
    ("NZDT", "Pacific/Auckland"),
];

/// Stands in the database for a machine that nobody has told where it is.
const NOWHERE: &str = "Factory";

/// No zone has that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such time zone")]
pub struct NotAZone;

impl Zone {
    /// That of the world's time.
    pub const UTC: Self = Self(Rules::UTC);

    /// The zone that a meeting was kept with; that of the world's time where nobody knows it.
    #[must_use]
    pub fn or_utc(name: &str) -> Self {
        name.parse().unwrap_or(Self::UTC)
    }

    /// Its name in the database.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The names of all zones, in order.
    #[must_use]
    pub fn names() -> Vec<String> {
        let all = jiff::tz::db().available();
        let mut names: Vec<String> = all.map(|name| name.to_string()).collect();
        names.retain(|name| name != NOWHERE);
        names.sort_unstable();
        names
    }

    /// The name of the zone that is most often meant by a short name of its clocks, such as `PST`.
    #[must_use]
    pub fn called(short: &str) -> Option<&'static str> {
        let mut known = SHORT_NAMES.iter();
        let (_, name) = known.find(|(known, _)| known.eq_ignore_ascii_case(short))?;
        Some(name)
    }

    /// How far its clocks are ahead of UTC at that moment, in seconds since 1970.
    fn ahead(&self, at: i64) -> FixedOffset {
        // What is beyond the years 9999 has the clocks of their ends.
        let at = SignedDuration::from_secs(at)
            .max(Timestamp::MIN.as_duration())
            .min(Timestamp::MAX.as_duration());
        let at = Timestamp::from_duration(at).unwrap_or_default();
        east(self.0.to_offset(at))
    }
}

impl FromStr for Zone {
    type Err = NotAZone;

    /// Names are spelled as in the database, capitals and all: a file that is read here is read elsewhere, too.
    fn from_str(name: &str) -> Result<Self, NotAZone> {
        let found = Rules::get(name).map_err(|_| NotAZone)?;
        match found.iana_name() == Some(name) && !found.is_unknown() && name != NOWHERE {
            true => Ok(Self(found)),
            false => Err(NotAZone),
        }
    }
}

fn east(offset: jiff::tz::Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).unwrap_or_else(|| chrono::Utc.fix())
}

/// What the clocks of a zone are ahead of UTC at some moment, for chrono.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    zone: Zone,
    by: FixedOffset,
}

impl Offset for Ahead {
    fn fix(&self) -> FixedOffset {
        self.by
    }
}

impl fmt::Display for Ahead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.by.fmt(f)
    }
}

impl TimeZone for Zone {
    type Offset = Ahead;

    fn from_offset(ahead: &Ahead) -> Self {
        ahead.zone.clone()
    }

    fn offset_from_local_date(&self, day: &NaiveDate) -> LocalResult<Ahead> {
        self.offset_from_local_datetime(&day.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> LocalResult<Ahead> {
        let ahead = |by| Ahead {
            zone: self.clone(),
            by,
        };
        let seconds = local.and_utc().timestamp();
        let since = SignedDuration::from_secs(seconds);
        let Ok(civil) = Civil::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(since) else {
            return LocalResult::Single(ahead(self.ahead(seconds)));
        };
        match self.0.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => LocalResult::Single(ahead(east(offset))),
            AmbiguousOffset::Gap { .. } => LocalResult::None,
            AmbiguousOffset::Fold { before, after } => {
                LocalResult::Ambiguous(ahead(east(before)), ahead(east(after)))
            }
        }
    }

    fn offset_from_utc_date(&self, day: &NaiveDate) -> Ahead {
        self.offset_from_utc_datetime(&day.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> Ahead {
        Ahead {
            zone: self.clone(),
            by: self.ahead(utc.and_utc().timestamp()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;

    #[test]
    fn a_zone_is_called_by_its_name_as_it_is_spelled() {
        for name in ["Europe/Berlin", "America/Los_Angeles", "UTC", "Etc/GMT+12"] {
            assert_eq!(name.parse::<Zone>().as_ref().map(Zone::name), Ok(name));
        }
        for name in [
            "",
            "europe/berlin",
            "Berlin",
            "utc",
            "Etc/Unknown",
            "Factory",
            "../UTC",
        ] {
            assert_eq!(name.parse::<Zone>(), Err(NotAZone), "{name}");
        }
    }

    #[test]
    fn the_clocks_of_a_place_are_called_as_the_short_names_say() {
        let (winter, summer) = (1_767_225_600, 1_782_864_000);
        for (short, name) in SHORT_NAMES {
            let zone: Zone = name.parse().expect(name);
            let called = [winter, summer].map(|second| {
                let at = Timestamp::from_second(second).expect("a time");
                zone.0.to_offset_info(at).abbreviation().to_owned()
            });
            // `PT` stands for `PST` and `PDT`.
            let either = short.len() == 2 && called[0].starts_with(&short[..1]);
            assert!(
                called.iter().any(|called| called == short) || either,
                "{short}: {called:?}"
            );
            assert!(short.parse::<Zone>().is_err(), "{short} is a name itself");
            assert_eq!(Zone::called(&short.to_lowercase()), Some(*name));
        }
        assert_eq!(Zone::called("Pacific"), None);
    }

    #[test]
    fn every_name_is_that_of_a_zone() {
        let names = Zone::names();
        assert!(names.len() > 400);
        for name in names {
            assert_eq!(name.parse().as_ref().map(Zone::name), Ok(name.as_str()));
        }
    }

    #[test]
    fn the_ends_of_time_have_clocks_in_every_zone() {
        for name in Zone::names() {
            let zone: Zone = name.parse().expect("a zone");
            for end in [Moment(i64::MIN), Moment(i64::MAX)] {
                let shown = end.at(&zone).naive_local();
                assert_ne!(zone.from_local_datetime(&shown), LocalResult::None);
            }
        }
    }
}
