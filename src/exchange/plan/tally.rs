//! What a pass over files adds up to: what is in them, and what becomes of it. Two threads may share the work, so the two
//! are counted apart.

use std::collections::{BTreeMap, BTreeSet};

use super::elsewhere::Sample;
use super::{Clashing, NAMED, Named, origin};
use crate::domain::import::Brought;
use crate::domain::moment::Moment;
use crate::exchange::convert::Choices;
use crate::exchange::read::Fault;
use crate::exchange::verdict::{Skip, Verdict};
use crate::history::import::{Assessment, Clash, Fate};

/// How many faults are named where they are left out: whoever leaves something out is told what.
const LEFT_OUT: usize = 10_000;

/// What is in files, whatever becomes of it.
#[derive(Default)]
pub(super) struct Found {
    /// How many faults are named.
    listed: usize,
    pub(super) origins: BTreeSet<String>,
    pub(super) states: BTreeMap<&'static str, u64>,
    pub(super) skips: u64,
    pub(super) reasons: BTreeMap<&'static str, u64>,
    pub(super) skipped: Vec<Named<Skip>>,
    pub(super) faulty: u64,
    pub(super) faults: Vec<Named<Fault>>,
    /// When it is read.
    now: Moment,
    pub(super) ahead: Ahead,
}

/// What is dated in the future.
#[derive(Default)]
pub(super) struct Ahead {
    count: u64,
    /// What lies the furthest ahead.
    furthest: Option<Named<Moment>>,
}

impl Ahead {
    fn take(&mut self, file: &str, line: u64, received: Moment) {
        self.count += 1;
        let further = |known: &Named<Moment>| received > known.what;
        if self.furthest.as_ref().is_none_or(further) {
            self.furthest = Some(named(file, line, received));
        }
    }

    /// How many there are, up to when and where, and what to do about it; nothing where there are none.
    pub(super) fn words(&self, one_file: bool) -> Option<String> {
        let furthest = self.furthest.as_ref()?;
        let (day, line) = (furthest.what.utc().date_naive(), furthest.line);
        let are = match self.count {
            1 => "1 item is dated in the future,".to_owned(),
            count => format!("{count} items are dated in the future, up to"),
        };
        let place = match one_file {
            true => format!("line {line}"),
            false => format!("{} line {line}", furthest.file),
        };
        Some(format!(
            "{are} {day} ({place}): day and month may be read in the wrong order; dates written as year-month-day leave no doubt, and where \
             the items have an id, importing the mended file again corrects them"
        ))
    }
}

impl Found {
    /// Nothing so far, at `now`.
    pub(super) fn new(choices: &Choices, now: Moment) -> Self {
        Self {
            now,
            listed: match choices.skip_bad {
                true => LEFT_OUT,
                false => NAMED,
            },
            ..Self::default()
        }
    }

    /// Takes note of a piece, and answers what it brings.
    pub(super) fn take(&mut self, file: &str, verdict: Verdict) -> Vec<Brought> {
        match verdict {
            Verdict::Brings(things) => {
                things.iter().for_each(|thing| self.thing(file, thing));
                return things;
            }
            Verdict::Skipped(line, skip) => {
                self.skips += 1;
                *self.reasons.entry(skip.reason()).or_insert(0) += 1;
                if self.skipped.len() < NAMED {
                    self.skipped.push(named(file, line, skip));
                }
            }
            Verdict::Faults(found) => {
                self.faulty += 1;
                let room = self.listed.saturating_sub(self.faults.len());
                let found = found.into_iter().take(room);
                self.faults
                    .extend(found.map(|fault| named(file, fault.line, fault)));
            }
        }
        Vec::new()
    }

    fn thing(&mut self, file: &str, thing: &Brought) {
        origin::remember(&mut self.origins, thing);
        if let Brought::Feedback(record) = thing {
            *self.states.entry(record.state.word()).or_insert(0) += 1;
            if record.received.is_ahead(self.now) {
                self.ahead.take(file, record.line, record.received);
            }
        }
    }
}

/// What becomes of what is in files.
#[derive(Default)]
pub(super) struct Became {
    pub(super) samples: Vec<Brought>,
    pub(super) clashes: Vec<Named<Clashing>>,
    pub(super) clashing: u64,
    pub(super) sample: Sample,
}

impl Became {
    /// Nothing so far; what is new goes to the sample, too.
    pub(super) fn new(sample: Sample) -> Self {
        Self {
            sample,
            ..Self::default()
        }
    }

    /// Takes note of what becomes of a thing, and gives it back where it is not kept.
    pub(super) fn take(
        &mut self,
        file: &str,
        thing: Brought,
        assessment: Assessment,
    ) -> Option<Brought> {
        self.clash(file, &thing, assessment.clashes);
        let is_new = assessment.fate == Fate::Create;
        if is_new {
            self.sample.take(&thing);
        }
        let stands_alone = !matches!(thing, Brought::Comment(_));
        if is_new && stands_alone && self.samples.len() < NAMED {
            self.samples.push(thing);
            return None;
        }
        Some(thing)
    }

    fn clash(&mut self, file: &str, thing: &Brought, clashes: Vec<Clash>) {
        self.clashing += clashes.len() as u64;
        let room = NAMED.saturating_sub(self.clashes.len());
        for clash in clashes.into_iter().take(room) {
            let title = title(thing).to_owned();
            let clashing = Clashing { title, clash };
            self.clashes.push(named(file, thing.line(), clashing));
        }
    }
}

/// What a person calls a thing.
fn title(thing: &Brought) -> &str {
    match thing {
        Brought::Feedback(record) => &record.title,
        Brought::Idea(idea) => &idea.title,
        Brought::Release(release) => &release.name,
        Brought::Comment(reply) => &reply.comment.text,
    }
}

fn named<T>(file: &str, line: u64, what: T) -> Named<T> {
    let file = file.to_owned();
    Named { file, line, what }
}
