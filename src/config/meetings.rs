//! `meetings/`: kinds of meeting, one file each. Names of zones, cadences, roles and filters stay plain text here; the
//! room that knows them finds the wrong ones and reports them with their place.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::fault::{Fault, Placed};
use super::source::{Section, Source, Value, read as read_file};

/// A kind of meeting as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenMeeting {
    /// The name of the file without `.toml`.
    pub id: String,
    /// What people call it.
    pub name: Placed<String>,
    /// When it is held.
    pub cadence: Placed<String>,
    /// At which time of day.
    pub time: Option<Placed<String>>,
    /// In which zone.
    pub zone: Placed<String>,
    /// Whether there is one for everybody, or one each.
    pub per: Option<Placed<String>>,
    /// How many minutes it takes.
    pub minutes: u32,
    /// The roles of those who attend.
    pub attendees: Vec<Placed<String>>,
    /// How many days ahead it is prepared.
    pub lead: u32,
    /// What it goes through.
    pub sections: Vec<WrittenSection>,
}

/// A part of the agenda as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenSection {
    /// Its heading.
    pub title: Placed<String>,
    /// How many minutes it may take.
    pub minutes: Option<u32>,
    /// What stands in it.
    pub content: WrittenContent,
}

/// What stands in a part of the agenda, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenContent {
    /// `shows`.
    Shows(Placed<String>),
    /// `filter`.
    Filter(Placed<String>),
    /// `question`.
    Question(Placed<String>),
}

/// The kinds that come with the program: name and text.
pub const BUILT_IN_MEETINGS: [(&str, &str); 8] = [
    (
        "weekly-sync",
        include_str!("../../assets/meetings/weekly-sync.toml"),
    ),
    (
        "request-triage",
        include_str!("../../assets/meetings/request-triage.toml"),
    ),
    (
        "sales-call",
        include_str!("../../assets/meetings/sales-call.toml"),
    ),
    (
        "training",
        include_str!("../../assets/meetings/training.toml"),
    ),
    (
        "growth-review",
        include_str!("../../assets/meetings/growth-review.toml"),
    ),
    (
        "sprint-planning",
        include_str!("../../assets/meetings/sprint-planning.toml"),
    ),
    (
        "release-retrospective",
        include_str!("../../assets/meetings/release-retrospective.toml"),
    ),
    (
        "interview",
        include_str!("../../assets/meetings/interview.toml"),
    ),
];

/// More files than this are no configuration.
const MOST: usize = 200;

/// Reads the kinds that come with the program and those in `folder`, each of which replaces the one of the same name.
/// A folder that is not there adds none. What can be read is answered beside every fault of the rest, so that a room
/// which judges more can report all at once.
#[must_use]
pub fn meetings(folder: Option<&Path>) -> (Vec<WrittenMeeting>, Vec<Fault>) {
    let mut kinds = Vec::new();
    let mut faults = Vec::new();
    for (id, text) in BUILT_IN_MEETINGS {
        let file = PathBuf::from("(built in)").join(format!("{id}.toml"));
        let mut source = Source::new(&file, text);
        kinds.extend(understand(id, &mut source));
        faults.extend(source.finish());
    }
    for file in own_files(folder, &mut faults) {
        let found = read_file(&file);
        let mut source = Source::of(&file, &found);
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        if !is_name(&id) {
            let hint = "use small letters, digits and dashes, as in weekly-sync.toml";
            source.fault(
                0..0,
                "the name of this file cannot name a kind of meeting",
                Some(hint.into()),
            );
        }
        let kind = understand(&id, &mut source);
        faults.extend(source.finish());
        let Some(kind) = kind else { continue };
        match kinds.iter_mut().find(|other| other.id == kind.id) {
            Some(other) => *other = kind,
            None => kinds.push(kind),
        }
    }
    (kinds, faults)
}

/// The files of the user, by name.
fn own_files(folder: Option<&Path>, faults: &mut Vec<Fault>) -> Vec<PathBuf> {
    let Some(folder) = folder else {
        return Vec::new();
    };
    let refuse = |message: String, hint: &str| Fault {
        file: folder.to_owned(),
        place: None,
        message,
        hint: Some(hint.to_owned()),
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("cannot read the folder: {error}");
            faults.push(refuse(
                message,
                "it holds one file for each kind of meeting",
            ));
            return Vec::new();
        }
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .take(MOST + 1)
        .collect();
    if files.len() > MOST {
        let message = format!("there are more than {MOST} files here");
        faults.push(refuse(
            message,
            "it holds one file for each kind of meeting",
        ));
        files.clear();
    }
    files.sort();
    files
}

fn is_name(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&id.len()) && id.chars().all(fits)
}

/// A kind; nothing where something that it needs is missing or faulty.
fn understand<'t>(id: &str, source: &mut Source<'t>) -> Option<WrittenMeeting> {
    let mut section = source.parse();
    let (mut name, mut cadence, mut zone) = (None, None, None);
    let (mut time, mut per, mut minutes, mut lead) = (None, None, None, 1);
    let (mut attendees, mut sections) = (Vec::new(), Vec::new());
    let missing = section.missing(&["name", "cadence", "zone", "minutes"]);
    section.read("name", &mut name, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("cadence", &mut cadence, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("time", &mut time, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("zone", &mut zone, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("per", &mut per, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("minutes", &mut minutes, |key, value| {
        source.number(key, value, 1..=24 * 60).map(Some)
    });
    section.read("lead", &mut lead, |key, value| {
        source.number(key, value, 0..=366)
    });
    section.read("attendees", &mut attendees, |key, value| {
        words(source, key, value)
    });
    section.read("sections", &mut sections, |key, value| {
        Some(parts(source, key, value))
    });
    section.refuse_the_rest("entry", source);
    for key in missing {
        let message = format!("`{key}` is missing");
        source.fault(0..0, message, Some(EXAMPLES[key_place(key)].to_owned()));
    }
    Some(WrittenMeeting {
        id: id.to_owned(),
        name: name?,
        cadence: cadence?,
        time,
        zone: zone?,
        per,
        minutes: minutes?,
        attendees,
        lead,
        sections,
    })
}

/// What to write, in the order of the keys which a kind needs.
const EXAMPLES: [&str; 4] = [
    "write name = \"PM weekly sync\"",
    "write cadence = \"every Wednesday\"",
    "write zone = \"Europe/Berlin\"",
    "write minutes = 30",
];

fn key_place(key: &str) -> usize {
    let keys = ["name", "cadence", "zone", "minutes"];
    keys.iter().position(|known| *known == key).unwrap_or(0)
}

/// A list of texts, each with its place.
fn words<'t>(source: &mut Source<'t>, key: &str, value: &Value<'t>) -> Option<Vec<Placed<String>>> {
    let DeValue::Array(list) = value.get_ref() else {
        let hint = "write it as a list: [\"pm\", \"engineer\"]".to_owned();
        source.fault(
            value.span(),
            format!("`{key}` expects a list of texts"),
            Some(hint),
        );
        return None;
    };
    let items = list.iter();
    Some(items.filter_map(|item| source.word(key, item)).collect())
}

fn parts<'t>(source: &mut Source<'t>, key: &str, value: &Value<'t>) -> Vec<WrittenSection> {
    let DeValue::Array(list) = value.get_ref() else {
        let hint = "begin each with [[sections]]".to_owned();
        source.fault(value.span(), format!("`{key}` expects tables"), Some(hint));
        return Vec::new();
    };
    let mut parts = Vec::new();
    for item in list.iter() {
        if let Some(section) = source.table(key, item, "[[sections]]") {
            parts.extend(part(source, section, item));
        }
    }
    parts
}

fn part<'t>(
    source: &mut Source<'t>,
    mut section: Section<'t>,
    whole: &Value<'t>,
) -> Option<WrittenSection> {
    let (mut title, mut minutes) = (None, None);
    let (mut shows, mut filter, mut question) = (None, None, None);
    let untitled = !section.missing(&["title"]).is_empty();
    section.read("title", &mut title, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("minutes", &mut minutes, |key, value| {
        source.number(key, value, 1..=24 * 60).map(Some)
    });
    let given = 3 - section.missing(&["shows", "filter", "question"]).len();
    section.read("shows", &mut shows, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("filter", &mut filter, |key, value| {
        source.word(key, value).map(Some)
    });
    section.read("question", &mut question, |key, value| {
        source.word(key, value).map(Some)
    });
    section.refuse_the_rest("entry", source);
    if untitled {
        let hint = "write title = \"Queued items\"".to_owned();
        source.fault(whole.span(), "a section has no `title`", Some(hint));
    }
    if given != 1 {
        let message = match given {
            0 => "a section shows nothing",
            _ => "a section shows several things at once",
        };
        let hint = "write one of shows = \"queued\", filter = \"is:unprocessed\", question = \"…\"";
        source.fault(whole.span(), message, Some(hint.to_owned()));
        return None;
    }
    let content = shows
        .map(WrittenContent::Shows)
        .or(filter.map(WrittenContent::Filter))
        .or(question.map(WrittenContent::Question))?;
    Some(WrittenSection {
        title: title?,
        minutes,
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults of one own file, without the folder.
    fn faults(name: &str, text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(name), text).expect("a file");
        let (_, faults) = meetings(Some(folder.path()));
        let prefix = format!("{}/", folder.path().display());
        faults
            .iter()
            .map(|fault| fault.to_string().replacen(&prefix, "", 1))
            .collect()
    }

    const GOOD: &str = "name = \"Own\"\ncadence = \"none\"\nzone = \"UTC\"\nminutes = 20\n";

    #[test]
    fn the_kinds_that_come_along_are_right() {
        let (kinds, faults) = meetings(None);
        assert!(faults.is_empty(), "{faults:?}");
        let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!(ids.len(), BUILT_IN_MEETINGS.len());
        assert_eq!(ids[0], "weekly-sync");
    }

    #[test]
    fn an_own_file_replaces_one_and_adds_others() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("training.toml"), GOOD).expect("a file");
        std::fs::write(folder.path().join("standup.toml"), GOOD).expect("a file");
        std::fs::write(folder.path().join("readme.md"), "no kind").expect("a file");
        let (kinds, faults) = meetings(Some(folder.path()));
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(kinds.len(), BUILT_IN_MEETINGS.len() + 1);
        let training = kinds.iter().find(|kind| kind.id == "training");
        assert_eq!(training.map(|kind| kind.minutes), Some(20));
        assert_eq!(meetings(Some(&folder.path().join("none"))).1, []);
    }

    #[test]
    fn every_fault_has_its_place_and_says_what_to_write() {
        for (text, expected) in [
            (
                "cadence = \"none\"\nzone = \"UTC\"\nminutes = 20\n".to_owned(),
                "own.toml:1:1: `name` is missing; write name = \"PM weekly sync\"",
            ),
            (
                format!("{GOOD}lenght = 3\n"),
                "own.toml:5:1: unknown entry `lenght`",
            ),
            (
                format!("{GOOD}attendees = \"pm\"\n"),
                "own.toml:5:13: `attendees` expects a list of texts; write it as a list: [\"pm\", \"engineer\"]",
            ),
            (
                format!("{GOOD}[[sections]]\ntitle = \"A\"\n"),
                "own.toml:5:1: a section shows nothing; write one of shows = \"queued\", filter = \"is:unprocessed\", \
                 question = \"…\"",
            ),
            (
                format!("{GOOD}[[sections]]\nshows = \"queued\"\n"),
                "own.toml:5:1: a section has no `title`; write title = \"Queued items\"",
            ),
            (
                GOOD.replace("20", "0"),
                "own.toml:4:11: `minutes` expects 1 to 1440, not 0",
            ),
        ] {
            assert_eq!(faults("own.toml", &text), [expected]);
        }
        assert_eq!(
            faults("My Kind.toml", GOOD),
            [
                "My Kind.toml:1:1: the name of this file cannot name a kind of meeting; use small letters, digits and \
                 dashes, as in weekly-sync.toml"
            ]
        );
    }
}
