//! A file with a given name and text, read as an import reads it.

use crate::domain::import::{Brought, ImportIdea, ImportRecord, ImportRelease, ImportReply};
use crate::exchange::convert::Choices;
use crate::exchange::settle::Settler;
use crate::exchange::source::Source;
use crate::exchange::verdict::Verdict;

/// What a file brings.
#[derive(Debug, Default)]
pub struct Read {
    /// What a person calls the file.
    pub words: String,
    pub feedback: Vec<ImportRecord>,
    pub ideas: Vec<ImportIdea>,
    pub releases: Vec<ImportRelease>,
    pub replies: Vec<ImportReply>,
    /// Line and reason.
    pub skipped: Vec<(u64, String)>,
    pub faults: Vec<String>,
}

/// Reads a file with that name and text.
pub fn read(name: &str, text: &str) -> Read {
    read_as(name, text, &Choices::default())
}

/// Reads it where something was asked for.
pub fn read_as(name: &str, text: &str, choices: &Choices) -> Read {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    let source = Source::open(&path, choices).expect("a source");
    let mut read = Read {
        words: source.words(),
        ..Read::default()
    };
    let mut settler = Settler::default();
    for verdict in source.verdicts(choices).expect("readable") {
        match settler.settle(choices, verdict.expect("a verdict")) {
            Verdict::Brings(things) => things.into_iter().for_each(|thing| read.take(thing)),
            Verdict::Skipped(line, skip) => read.skipped.push((line, skip.to_string())),
            Verdict::Faults(faults) => {
                read.faults.extend(faults.iter().map(ToString::to_string));
            }
        }
    }
    read
}

impl Read {
    fn take(&mut self, thing: Brought) {
        match thing {
            Brought::Feedback(record) => self.feedback.push(*record),
            Brought::Idea(idea) => self.ideas.push(*idea),
            Brought::Release(release) => self.releases.push(release),
            Brought::Comment(reply) => self.replies.push(reply),
        }
    }

    /// The ideas that the feedback in that place is linked to, by their ids.
    pub fn links(&self, place: usize) -> Vec<&str> {
        let links = self.feedback[place].ideas.iter();
        links.map(|link| link.idea.id.as_str()).collect()
    }
}

/// JSON lines of these values.
pub fn lines(values: &[serde_json::Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}
