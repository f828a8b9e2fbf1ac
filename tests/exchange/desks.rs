//! Tools for feedback and support: what their files become, piece by piece. Small files of our own, laid out as the
//! documentation of each tool says, and the real ones.

mod canny;
mod discourse;
mod fider;
mod intercom;
mod productboard;
mod quackback;
mod salesforce;
mod uservoice;
mod zendesk;

use std::path::{Path, PathBuf};

use intake::domain::feedback::Resolution;
use intake::domain::import::{
    Brought, ImportIdea, ImportRecord, ImportRelease, ImportReply, ImportState,
};
use intake::exchange::convert::Choices;
use intake::exchange::settle::Settler;
use intake::exchange::source::Source;
use intake::exchange::verdict::{Skip, Verdict};

/// A file of our own.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// What a file holds, by what a person calls it, and what becomes of its pieces.
struct Read {
    words: String,
    feedback: Vec<ImportRecord>,
    ideas: Vec<ImportIdea>,
    releases: Vec<ImportRelease>,
    replies: Vec<ImportReply>,
    skipped: Vec<(u64, Skip)>,
}

fn read(path: &Path) -> Read {
    read_with(path, &Choices::default())
}

fn read_with(path: &Path, choices: &Choices) -> Read {
    let source = Source::open(path, choices).expect("a source");
    let mut read = Read {
        words: source.words(),
        feedback: Vec::new(),
        ideas: Vec::new(),
        releases: Vec::new(),
        replies: Vec::new(),
        skipped: Vec::new(),
    };
    let mut settler = Settler::default();
    for verdict in source.verdicts(choices).expect("verdicts") {
        match settler.settle(choices, verdict.expect("a verdict")) {
            Verdict::Brings(things) => things.into_iter().for_each(|thing| read.take(thing)),
            Verdict::Skipped(line, skip) => read.skipped.push((line, skip)),
            Verdict::Faults(faults) => panic!("{}: {faults:?}", path.display()),
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
}

/// The mention name of a colleague.
fn mention(person: Option<&intake::domain::import::ImportPerson>) -> Option<String> {
    person.map(|person| person.handle.to_string())
}

/// Processed because it is linked.
const LINKED: ImportState = ImportState::Processed(Resolution::Linked);

/// The name of the customer; empty without one.
fn name(record: &ImportRecord) -> &str {
    record.customer.as_ref().map_or("", |c| &c.name)
}

/// The name of the company; empty without one.
fn company(record: &ImportRecord) -> &str {
    record.company.as_ref().map_or("", |c| &c.name)
}
