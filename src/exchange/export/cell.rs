//! What stands in one cell, whatever the format.

use chrono::{FixedOffset, NaiveDate, SecondsFormat};
use serde_json::Value as Json;

use crate::domain::moment::Moment;
use crate::domain::people::Handle;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words, as they came.
    Text(String),
    /// Several of them.
    List(Vec<String>),
    /// A mention name: with `@` in JSON, without in a sheet, where that would begin a formula.
    Person(Handle),
    /// A number.
    Number(i64),
    /// A day.
    Date(NaiveDate),
    /// A moment, and minutes east of UTC where the zone is known.
    Moment(Moment, Option<i32>),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// One of our own words.
    pub(super) fn word(word: &str) -> Self {
        Self::Text(word.to_owned())
    }

    /// A moment in UTC.
    pub(super) const fn utc(moment: Moment) -> Self {
        Self::Moment(moment, None)
    }

    /// As text, for CSV and for sheets where they have nothing better. An empty list is an empty text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(texts) => joined(texts),
            Self::Person(handle) => handle.as_str().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Moment(moment, offset) => rfc3339(*moment, *offset),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }

    /// As JSON.
    pub(super) fn json(&self) -> Json {
        match self {
            Self::Empty => Json::Null,
            Self::List(texts) => texts.clone().into(),
            Self::Person(handle) => handle.to_string().into(),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Text(_) | Self::Date(_) | Self::Moment(..) => self.text().into(),
        }
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

impl From<Option<Moment>> for Cell {
    fn from(moment: Option<Moment>) -> Self {
        moment.map_or(Self::Empty, Self::utc)
    }
}

impl From<Option<&Handle>> for Cell {
    fn from(handle: Option<&Handle>) -> Self {
        handle.map_or(Self::Empty, |handle| Self::Person(handle.clone()))
    }
}

impl From<Option<&'static str>> for Cell {
    fn from(word: Option<&'static str>) -> Self {
        word.map_or(Self::Empty, Self::word)
    }
}

/// Several texts in one: parted by `; `, or as a JSON list where that would not tell where one ends.
fn joined(texts: &[String]) -> String {
    let plain = |text: &String| {
        !text.is_empty() && text.trim() == text && !text.contains(';') && !text.starts_with('[')
    };
    if texts.iter().all(plain) {
        return texts.join("; ");
    }
    Json::from(texts.to_vec()).to_string()
}

/// RFC 3339 in the zone where that is known, else in UTC with a `Z`; milliseconds where there are any.
pub(super) fn rfc3339(moment: Moment, offset: Option<i32>) -> String {
    let zone = offset.and_then(|minutes| FixedOffset::east_opt(minutes.checked_mul(60)?));
    match zone {
        Some(zone) => moment
            .at(&zone)
            .to_rfc3339_opts(SecondsFormat::AutoSi, false),
        None => moment.utc().to_rfc3339_opts(SecondsFormat::AutoSi, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_tell_where_one_ends() {
        let list =
            |texts: &[&str]| joined(&texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a, b", "c"]), "a, b; c");
        assert_eq!(list(&["a;b"]), r#"["a;b"]"#);
        assert_eq!(list(&["[x", " y"]), r#"["[x"," y"]"#);
    }

    #[test]
    fn moments_tell_their_zone_only_where_it_is_known() {
        let moment = Moment(1_794_646_800_000);
        assert_eq!(rfc3339(moment, None), "2026-11-14T09:00:00Z");
        assert_eq!(rfc3339(moment, Some(0)), "2026-11-14T09:00:00+00:00");
        assert_eq!(rfc3339(moment, Some(330)), "2026-11-14T14:30:00+05:30");
        assert_eq!(rfc3339(moment.plus(7), None), "2026-11-14T09:00:00.007Z");
        assert_eq!(rfc3339(moment, Some(i32::MAX)), "2026-11-14T09:00:00Z");
    }
}
