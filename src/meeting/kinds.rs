//! The kinds of meeting: what their files say, understood.

use std::path::Path;

use chrono::{NaiveTime, Weekday};

use crate::config::{
    Fault, Placed, WrittenContent, WrittenMeeting, WrittenSection, did_you_mean, meetings,
};
use crate::domain::meeting::{
    Cadence, MeetingKind, Ordinal, Per, SectionContent, SectionKind, Shown,
};
use crate::domain::people::Role;
use crate::domain::zone::Zone;
use crate::query;

/// What a cadence may look like.
const CADENCES: &str = "write \"every Wednesday\", \"weekly\", \"first Monday\", \"last Friday\", \"monthly\", \
                        \"after each release\", \"3 days after each release\" or \"none\"";

/// All kinds, those that come with the program first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds(Vec<MeetingKind>);

impl Kinds {
    /// The kinds that come with the program and those in `folder`, each of which replaces the one of the same name.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(folder: Option<&Path>) -> Result<Self, Vec<Fault>> {
        let (written, mut faults) = meetings(folder);
        let kinds = written
            .iter()
            .filter_map(|kind| understand(kind, &mut faults));
        let kinds: Vec<MeetingKind> = kinds.collect();
        faults.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
        if faults.is_empty() {
            Ok(Self(kinds))
        } else {
            Err(faults)
        }
    }

    /// Every kind.
    #[must_use]
    pub fn all(&self) -> &[MeetingKind] {
        &self.0
    }

    /// The kind of that stable name.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<&MeetingKind> {
        self.0.iter().find(|kind| kind.id == id)
    }

    /// The kind that a person means: by its stable name or by what it is called, whatever the case.
    #[must_use]
    pub fn meant(&self, text: &str) -> Option<&MeetingKind> {
        let plain = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
        let wanted = plain(text);
        let by_id = self.named(&wanted);
        by_id.or_else(|| self.0.iter().find(|kind| plain(&kind.name) == wanted))
    }
}

fn understand(written: &WrittenMeeting, faults: &mut Vec<Fault>) -> Option<MeetingKind> {
    let before = faults.len();
    let zone = zone(&written.zone, faults);
    let cadence = cadence(&written.cadence, faults);
    let time = written.time.as_ref().map(|text| time(text, faults));
    let per = per(written.per.as_ref(), faults);
    let attendees = written
        .attendees
        .iter()
        .filter_map(|text| role(text, faults))
        .collect();
    let sections = written
        .sections
        .iter()
        .filter_map(|part| section(part, faults))
        .collect();
    named_twice(&written.sections, faults);
    if let (Some(Cadence::AfterRelease(_)), Some(Per::Area | Per::Pm), Some(text)) =
        (cadence, per, &written.per)
    {
        let hint = "leave `per` out, or choose another cadence".to_owned();
        faults.push(text.fault(
            "a meeting after each release is one for everybody",
            Some(hint),
        ));
    }
    if faults.len() > before {
        return None;
    }
    Some(MeetingKind {
        id: written.id.clone(),
        name: written.name.value.clone(),
        cadence: cadence?,
        time: time.flatten(),
        zone: zone?,
        per: per?,
        minutes: written.minutes,
        attendees,
        lead: written.lead,
        sections,
    })
}

/// What is no longer than this may be a short name of clocks, such as `PST` or `AEDT`.
const SHORT: usize = 5;

fn zone(text: &Placed<String>, faults: &mut Vec<Fault>) -> Option<Zone> {
    let found = text.parse().ok();
    if found.is_none() {
        let names = Zone::names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let city = text.rsplit('/').next().unwrap_or_default();
        let ends = |name: &&&str| name.rsplit('/').next().is_some_and(|end| same(end, city));
        let meant = names.iter().find(ends).copied();
        let hint = match meant.or_else(|| Zone::called(text)) {
            Some(name) => Some(format!("did you mean `{name}`?")),
            // Among short names whichever is a letter away is another place.
            None if text.chars().count() <= SHORT => None,
            None => did_you_mean(text, &names),
        };
        let hint = hint.or(Some("write it as \"America/Los_Angeles\"".to_owned()));
        faults.push(text.fault(format!("there is no time zone `{}`", text.value), hint));
    }
    found
}

fn same(name: &str, typed: &str) -> bool {
    name.replace('_', " ")
        .eq_ignore_ascii_case(&typed.replace('_', " "))
}

fn time(text: &Placed<String>, faults: &mut Vec<Fault>) -> Option<NaiveTime> {
    let found = NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    if found.is_none() {
        let message = format!("`time` cannot be \"{}\"", text.value);
        faults.push(text.fault(
            message,
            Some("write it as \"9:00\" or \"14:30\"".to_owned()),
        ));
    }
    found
}

fn per(text: Option<&Placed<String>>, faults: &mut Vec<Fault>) -> Option<Per> {
    let Some(text) = text else {
        return Some(Per::All);
    };
    match text.trim() {
        "area" => Some(Per::Area),
        "pm" => Some(Per::Pm),
        "all" => Some(Per::All),
        _ => {
            let message = format!("`per` cannot be \"{}\"", text.value);
            let hint = "write \"area\" for one for each product area, \"pm\" for one for each PM, or leave it out";
            faults.push(text.fault(message, Some(hint.to_owned())));
            None
        }
    }
}

fn role(text: &Placed<String>, faults: &mut Vec<Fault>) -> Option<Role> {
    let found = Role::parse(text);
    if found.is_none() {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        let message = format!("there is no role `{}`", text.value);
        faults.push(text.fault(message, did_you_mean(text, &names)));
    }
    found
}

/// A row that is noted on belongs to its section by title, so two of one title would be one.
fn named_twice(sections: &[WrittenSection], faults: &mut Vec<Fault>) {
    for (place, section) in sections.iter().enumerate() {
        let title = &section.title;
        let before = &sections[..place];
        if before.iter().any(|other| other.title.value == title.value) {
            let message = format!("there is a section `{}` already", title.value);
            faults.push(title.fault(message, Some("give it another title".to_owned())));
        }
    }
}

fn section(written: &WrittenSection, faults: &mut Vec<Fault>) -> Option<SectionKind> {
    let content = match &written.content {
        WrittenContent::Question(text) => SectionContent::Question(text.value.clone()),
        WrittenContent::Shows(text) => {
            let known = Shown::WORDS.iter().find(|(word, _)| *word == text.trim());
            let Some((_, shown)) = known else {
                let words = Shown::WORDS.map(|(word, _)| word);
                let message = format!("nothing is called `{}` here", text.value);
                faults.push(text.fault(message, did_you_mean(text, &words)));
                return None;
            };
            SectionContent::Shows(*shown)
        }
        WrittenContent::Filter(text) => {
            let wrong = query::parse(text).err().unwrap_or_default();
            for wrong in &wrong {
                let column = wrong.place().column;
                let message = format!("in the filter, column {column}: {}", wrong.message);
                faults.push(text.fault(message, Some(wrong.hint.clone())));
            }
            if !wrong.is_empty() {
                return None;
            }
            SectionContent::Filter(text.value.clone())
        }
    };
    Some(SectionKind {
        title: written.title.value.clone(),
        minutes: written.minutes,
        content,
    })
}

fn cadence(text: &Placed<String>, faults: &mut Vec<Fault>) -> Option<Cadence> {
    let found = parse_cadence(text);
    if found.is_none() {
        let message = format!("`cadence` cannot be \"{}\"", text.value);
        faults.push(text.fault(message, Some(CADENCES.to_owned())));
    }
    found
}

/// Reads a cadence: `every Wednesday`, `first Monday`, `3 days after each release` …
#[must_use]
pub fn parse_cadence(text: &str) -> Option<Cadence> {
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["none"] => Some(Cadence::Never),
        ["weekly"] => Some(Cadence::Weekly(None)),
        ["monthly"] => Some(Cadence::Monthly(None)),
        ["every", day] => weekday(day).map(|day| Cadence::Weekly(Some(day))),
        ["after", "each", "release"] => Some(Cadence::AfterRelease(1)),
        [days, "day" | "days", "after", "each", "release"] => {
            let days: u32 = days.parse().ok()?;
            (days <= 366).then_some(Cadence::AfterRelease(days))
        }
        [which, day] | [which, day, "of", "the", "month"] => {
            let which = match *which {
                "first" | "1st" => Ordinal::First,
                "second" | "2nd" => Ordinal::Second,
                "third" | "3rd" => Ordinal::Third,
                "fourth" | "4th" => Ordinal::Fourth,
                "last" => Ordinal::Last,
                _ => return None,
            };
            weekday(day).map(|day| Cadence::Monthly(Some((which, day))))
        }
        _ => None,
    }
}

/// A cadence as it is written in a file.
#[must_use]
pub fn show_cadence(cadence: Cadence) -> String {
    match cadence {
        Cadence::Never => "none".to_owned(),
        Cadence::Weekly(None) => "weekly".to_owned(),
        Cadence::Monthly(None) => "monthly".to_owned(),
        Cadence::Weekly(Some(day)) => format!("every {}", day_name(day)),
        Cadence::Monthly(Some((which, day))) => {
            let which = match which {
                Ordinal::First => "first",
                Ordinal::Second => "second",
                Ordinal::Third => "third",
                Ordinal::Fourth => "fourth",
                Ordinal::Last => "last",
            };
            format!("{which} {}", day_name(day))
        }
        Cadence::AfterRelease(1) => "after each release".to_owned(),
        Cadence::AfterRelease(days) => format!("{days} days after each release"),
    }
}

fn weekday(text: &str) -> Option<Weekday> {
    text.parse().ok()
}

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("own.toml"), text).expect("a file");
        let faults = Kinds::load(Some(folder.path())).err().unwrap_or_default();
        let prefix = format!("{}/", folder.path().display());
        faults
            .iter()
            .map(|fault| fault.to_string().replacen(&prefix, "", 1))
            .collect()
    }

    #[test]
    fn the_kinds_that_come_along_are_understood() {
        let kinds = Kinds::load(None).expect("kinds");
        let sync = kinds.named("weekly-sync").expect("the sync");
        assert_eq!(sync.cadence, Cadence::Weekly(Some(Weekday::Wed)));
        assert_eq!(sync.zone.name(), "America/Los_Angeles");
        assert_eq!(sync.time, NaiveTime::from_hms_opt(9, 0, 0));
        assert_eq!(sync.minutes, 30);
        assert_eq!(sync.attendees, [Role::ProductManager, Role::ReleaseManager]);
        let shown: Vec<&SectionContent> = sync.sections.iter().map(|s| &s.content).collect();
        use Shown::{ActionSteps, Queued, ReleaseItems, Unassigned};
        let order = [ReleaseItems, ActionSteps, Unassigned, Queued];
        assert!(
            shown
                .into_iter()
                .cloned()
                .eq(order.map(SectionContent::Shows))
        );
        assert_eq!(kinds.meant("pm weekly sync"), Some(sync));
        assert_eq!(kinds.named("interview").map(|kind| kind.per), Some(Per::Pm));
        let templates = kinds.all().iter().filter(|k| k.cadence == Cadence::Never);
        assert_eq!(templates.count(), 2);
    }

    #[test]
    fn all_faults_of_all_files_come_at_once() {
        let found = faults(
            "name = \"Own\"\ncadence = \"every day\"\ntime = \"9 am\"\nzone = \"Los Angeles\"\nper = \"team\"\n\
             minutes = 20\nattendees = [\"pm\", \"enginer\"]\n[[sections]]\ntitle = \"A\"\nshows = \"queue\"\n\
             [[sections]]\ntitle = \"B\"\nfilter = \"is:unprocesed\"\n[[sections]]\ntitle = \"A\"\nquestion = \"Why?\"\n",
        );
        let expected = [
            format!("own.toml:2:11: `cadence` cannot be \"every day\"; {CADENCES}"),
            "own.toml:3:8: `time` cannot be \"9 am\"; write it as \"9:00\" or \"14:30\"".to_owned(),
            "own.toml:4:8: there is no time zone `Los Angeles`; did you mean `America/Los_Angeles`?"
                .to_owned(),
            "own.toml:5:7: `per` cannot be \"team\"; write \"area\" for one for each product area, \"pm\" for one for \
             each PM, or leave it out"
                .to_owned(),
            "own.toml:7:20: there is no role `enginer`; did you mean `engineer`?".to_owned(),
            "own.toml:10:9: nothing is called `queue` here; did you mean `queued`?".to_owned(),
        ];
        assert_eq!(found[..6], expected);
        assert!(
            found[6].starts_with("own.toml:13:10: in the filter, column 4: "),
            "{found:#?}"
        );
        assert_eq!(
            found[7],
            "own.toml:15:9: there is a section `A` already; give it another title"
        );
        assert_eq!(found.len(), 8);
    }

    #[test]
    fn a_short_name_of_clocks_leads_to_the_place_that_is_meant_and_to_no_other() {
        for (typed, hint) in [
            ("PST", "did you mean `America/Los_Angeles`?"),
            ("aedt", "did you mean `Australia/Sydney`?"),
            ("XST", "write it as \"America/Los_Angeles\""),
            ("Tokyo", "did you mean `Asia/Tokyo`?"),
            ("Europe/Berln", "did you mean `Europe/Berlin`?"),
        ] {
            let text =
                format!("name = \"Own\"\ncadence = \"weekly\"\nzone = \"{typed}\"\nminutes = 30\n");
            let found = faults(&text);
            let expected = format!("own.toml:3:8: there is no time zone `{typed}`; {hint}");
            assert!(found.contains(&expected), "{found:#?}");
        }
    }

    #[test]
    fn cadences_are_read_back_as_they_are_shown() {
        let texts = [
            "none",
            "weekly",
            "monthly",
            "every Wednesday",
            "first Monday",
            "last Friday",
            "after each release",
            "3 days after each release",
        ];
        for text in texts {
            assert_eq!(parse_cadence(text).map(show_cadence).as_deref(), Some(text));
        }
        for bad in [
            "",
            "every",
            "fifth Monday",
            "first",
            "every 2 weeks",
            "first monday tuesday",
        ] {
            assert_eq!(parse_cadence(bad), None, "{bad}");
        }
    }
}
