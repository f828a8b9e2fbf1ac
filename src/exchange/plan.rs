//! What an import would do, before it does anything; and doing it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::convert::Choices;
use super::gather::Given;
use super::mapping::Field;
use super::opened::{LeftOut, Opened};
use super::progress::{Phase, Progress, Watch};
use super::read::Fault;
use super::saved;
use super::settle::Settler;
use super::source::{Source, Verdicts, no_row};
use super::verdict::{Skip, Verdict};
use crate::domain::import::{Brought, ImportCounts, Imported};
use crate::domain::moment::Moment;
use crate::history::import::{Assessing, Clash};
use crate::problem::{Kind, Problem};
use crate::store::Reader;

mod doing;
mod elsewhere;
mod lines;
mod origin;
mod tally;

use self::elsewhere::Sample;
use self::tally::{Became, Found};

pub use doing::{Done, commit, import_at_once};
pub use elsewhere::Elsewhere;
pub use lines::Line;
pub use origin::Origin;

/// How many records, faults and left-out pieces a plan names; the rest is counted.
pub const NAMED: usize = 20;
/// After how many pieces whoever waits is told.
const NOTICE: u64 = 256;

/// How many things of a kind become what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Fates {
    /// New here.
    pub create: u64,
    /// Here, and changed at their source.
    pub update: u64,
    /// Here already, as they stand in the file.
    pub unchanged: u64,
}

impl From<Imported> for Fates {
    fn from(counted: Imported) -> Self {
        Self {
            create: counted.created,
            update: counted.updated,
            unchanged: counted.unchanged,
        }
    }
}

/// How much becomes what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Feedback.
    pub feedback: Fates,
    /// Ideas.
    pub ideas: Fates,
    /// Releases.
    pub releases: Fates,
    /// Comments that stand apart from what they are about.
    pub replies: Fates,
    /// Such comments that are left out, because what they are about is neither here nor in the files.
    pub lost_replies: u64,
    /// Fields that changed both here and at their source.
    pub clashes: u64,
    /// Pieces left out, with a reason.
    pub skipped: u64,
    /// Pieces with faults.
    pub faulty: u64,
}

impl Counts {
    fn all(&self) -> [Fates; 4] {
        [self.feedback, self.ideas, self.releases, self.replies]
    }

    /// How much there is in the files.
    #[must_use]
    pub fn total(&self) -> u64 {
        let things: u64 = self
            .all()
            .iter()
            .map(|f| f.create + f.update + f.unchanged)
            .sum();
        things + self.lost_replies + self.skipped + self.faulty
    }
}

/// Something about a piece of one of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T> {
    /// The name of the file.
    pub file: String,
    /// The line where the piece begins, from 1.
    pub line: u64,
    /// What.
    pub what: T,
}

/// A field that changed both here and at its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clashing {
    /// What the thing is called at its source.
    pub title: String,
    /// The field, what it is here, and what it is there.
    pub clash: Clash,
}

/// What an import would do. Making one writes nothing.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The files, in the order in which they were given.
    pub sources: Vec<Source>,
    /// Those of a folder that are not understood.
    pub left_out: Vec<LeftOut>,
    /// The folders in a folder, by name: nobody has looked into them.
    pub folders: Vec<String>,
    /// When it is made.
    now: Moment,
    /// What was asked for, now or in the saved mapping.
    pub choices: Choices,
    /// The saved mapping that serves, by its name.
    pub saved: Option<String>,
    /// The hosts, projects or files that its things come from; the first few.
    origins: BTreeSet<String>,
    /// What of it is here already as from another origin, where its own is only guessed.
    pub elsewhere: Option<Elsewhere>,
    /// How much becomes what.
    pub counts: Counts,
    /// How many feedback items arrive in which state, by its word.
    pub states: BTreeMap<&'static str, u64>,
    /// How many pieces are left out, by the reason.
    pub reasons: BTreeMap<&'static str, u64>,
    /// The first few new things.
    pub samples: Vec<Brought>,
    /// The first few pieces left out.
    pub skipped: Vec<Named<Skip>>,
    /// The first few fields that changed on both sides.
    pub clashes: Vec<Named<Clashing>>,
    /// The first few faults; where they are left out, all but those beyond ten thousand.
    pub faults: Vec<Named<Fault>>,
    /// What was decided where the files do not say.
    pub notes: Vec<String>,
}

/// Plans the import of files into the workspace of `reader`, at `now`.
///
/// # Errors
/// When a file that was named by itself, or none of those of a folder, or none of its pieces can be read, a column that was asked for is missing, no column holds a title or
/// a text, or `watch` breaks off.
pub fn plan(
    reader: &Reader<'_>,
    files: &[Given],
    choices: Choices,
    now: Moment,
    watch: &mut dyn Watch,
) -> Result<Plan, Problem> {
    let mut plan = Plan::of(saved::open(reader, files, choices).map_err(stopped)?, now);
    let sample = Sample::of(reader, &plan).map_err(stopped)?;
    let (mut found, mut became) = (Found::new(&plan.choices, plan.now), Became::new(sample));
    let mut assessing = Assessing::default();
    for verdict in plan.verdicts(Phase::Planning, watch)? {
        let (file, verdict) = verdict?;
        for thing in found.take(file, verdict) {
            let assessment = assessing.assess(reader, &thing).map_err(stopped)?;
            became.take(file, thing, assessment);
        }
    }
    let counts = assessing.conclude(reader).map_err(stopped)?;
    plan.tell(reader, found, became, &counts).map_err(stopped)?;
    Ok(plan)
}

/// What was stopped in the middle of a look into the workspace is told like all that was stopped.
fn stopped(problem: Problem) -> Problem {
    match problem.kind {
        Kind::Interrupted => Problem::new(Kind::Interrupted, "stopped: nothing was imported"),
        _ => problem,
    }
}

impl Plan {
    /// A plan of these files that nobody has read yet.
    fn of((opened, choices, saved): (Opened, Choices, Option<String>), now: Moment) -> Self {
        let Opened { sources, left_out } = opened;
        Self {
            notes: sources.iter().flat_map(|s| s.notes().to_vec()).collect(),
            sources,
            left_out,
            folders: Vec::new(),
            now,
            choices,
            saved,
            origins: BTreeSet::new(),
            elsewhere: None,
            counts: Counts::default(),
            states: BTreeMap::new(),
            reasons: BTreeMap::new(),
            samples: Vec::new(),
            skipped: Vec::new(),
            clashes: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Takes over what a pass over its files added up to.
    fn tell(
        &mut self,
        reader: &Reader<'_>,
        found: Found,
        became: Became,
        counts: &ImportCounts,
    ) -> Result<(), Problem> {
        self.counts = Counts {
            feedback: counts.feedback.into(),
            ideas: counts.ideas.into(),
            releases: counts.releases.into(),
            replies: counts.comments.into(),
            lost_replies: counts.lost_comments,
            clashes: became.clashing,
            skipped: found.skips,
            faulty: found.faulty,
        };
        self.origins = found.origins;
        self.states = found.states;
        self.reasons = found.reasons;
        self.skipped = found.skipped;
        self.faults = found.faults;
        self.samples = became.samples;
        self.clashes = became.clashes;
        self.elsewhere = became.sample.conclude(reader)?;
        self.remark();
        if self.dates_are_told() {
            self.notes
                .extend(found.ahead.words(self.sources.len() == 1));
        }
        Ok(())
    }

    /// Whether an import would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let fates = self.counts.all();
        fates.iter().all(|f| f.create == 0 && f.update == 0)
    }

    /// What the files are called together: by name, or by their number.
    #[must_use]
    pub fn name(&self) -> String {
        match self.sources.as_slice() {
            [source] => source.name.clone(),
            sources => format!("{} files", sources.len()),
        }
    }

    /// Refuses a plan with faults, unless pieces with faults are to be left out and there is something else.
    ///
    /// # Errors
    /// The faults, with their places.
    pub fn check(&self) -> Result<(), Problem> {
        if self.counts.faulty == 0 {
            return Ok(());
        }
        if self.counts.faulty == self.counts.total() {
            return Err(no_row(&self.name(), self.places()));
        }
        if self.choices.skip_bad {
            return Ok(());
        }
        let rows = match self.counts.faulty {
            1 => "1 row has a fault".to_owned(),
            count => format!("{count} rows have faults"),
        };
        let mut problem = Problem::new(
            Kind::Input,
            format!("cannot import {}: {rows}", self.name()),
        );
        problem.causes.extend(self.places());
        Err(problem.hint("mend the file, or leave those rows out with --skip-bad"))
    }

    /// The first faults with their places.
    fn places(&self) -> impl Iterator<Item = String> {
        let faults = self.faults.iter().take(NAMED);
        faults.map(|fault| self.place(fault))
    }

    /// A fault with its place, which names the file where there are several.
    #[must_use]
    pub fn place(&self, fault: &Named<Fault>) -> String {
        let words = match self.message(fault) {
            Some(message) => format!("{message}: {}", fault.what.words),
            None => fault.what.to_string(),
        };
        match self.sources.len() {
            1 => words,
            _ => format!("{}, {words}", fault.file),
        }
    }

    /// The name of the file that a message of a folder has to itself: the number of one would tell nobody which it is.
    #[must_use]
    pub fn message<T>(&self, named: &Named<T>) -> Option<String> {
        let source = self.sources.iter().find(|it| it.name == named.file)?;
        source.message(named.line)
    }

    /// One pass over the files. It ends after a problem.
    fn verdicts<'p>(&'p self, phase: Phase, watch: &'p mut dyn Watch) -> Result<Pass<'p>, Problem> {
        let files = self.sources.iter();
        let mut files = files
            .map(|source| Ok((source, source.verdicts(&self.choices)?)))
            .collect::<Result<Vec<_>, Problem>>()?;
        files.reverse();
        Ok(Pass {
            files,
            choices: &self.choices,
            settler: Settler::default(),
            done: 0,
            progress: Progress {
                phase,
                of: self.sources.iter().map(Source::bytes).sum(),
                ..Progress::default()
            },
            watch,
        })
    }

    /// Whether some file says when its things are from. By its own date, it is the clock that may be wrong.
    fn dates_are_told(&self) -> bool {
        let mut mappings = self.sources.iter().map(Source::mapping);
        mappings.any(|mapping| {
            mapping.is_none_or(|(_, mapping)| mapping.column(Field::Received).is_some())
        })
    }

    fn remark(&mut self) {
        if self.counts.total() == 0 {
            let tables = self.sources.iter().all(|source| source.mapping().is_some());
            let words = match tables {
                true => "nothing to import: the file has a header and no rows",
                false => "nothing to import: nothing in it is what this format has",
            };
            self.notes.push(words.to_owned());
            return;
        }
        for source in &self.sources {
            let Some((_, mapping)) = source.mapping() else {
                continue;
            };
            if mapping.column(Field::Received).is_none() {
                self.notes
                    .push("no column holds a date: the file's own date serves".to_owned());
            }
            if mapping.column(Field::Id).is_none() {
                self.notes.push(
                    "no column holds an id: the text tells whether something is here already"
                        .to_owned(),
                );
            }
        }
    }
}

/// What becomes of each piece of each file, settled, with the name of the file.
struct Pass<'p> {
    /// The files still to be read, the current one last.
    files: Vec<(&'p Source, Verdicts<'p>)>,
    choices: &'p Choices,
    settler: Settler,
    /// Bytes of the files that are done with.
    done: u64,
    progress: Progress,
    watch: &'p mut dyn Watch,
}

impl<'p> Iterator for Pass<'p> {
    type Item = Result<(&'p str, Verdict), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (source, verdicts) = self.files.last_mut()?;
            let source: &'p Source = source;
            match verdicts.next() {
                None => {
                    self.done += source.bytes();
                    self.files.pop();
                    if let Some(stopped) = self.end() {
                        return Some(Err(stopped));
                    }
                }
                Some(Err(problem)) => {
                    self.files.clear();
                    return Some(Err(problem));
                }
                Some(Ok(verdict)) => {
                    self.progress.bytes = self.done + verdicts.bytes();
                    if let Some(stopped) = self.notice() {
                        self.files.clear();
                        return Some(Err(stopped));
                    }
                    let settled = self.settler.settle(self.choices, verdict);
                    return Some(Ok((&source.name, settled)));
                }
            }
        }
    }
}

impl Pass<'_> {
    /// Tells whoever waits now and then, and answers when they break off.
    fn notice(&mut self) -> Option<Problem> {
        self.progress.things += 1;
        if !self.progress.things.is_multiple_of(NOTICE) {
            return None;
        }
        self.tell()
    }

    /// After the last file of an import there is only the storing left, and one more occasion to break off.
    fn end(&mut self) -> Option<Problem> {
        if !self.files.is_empty() || self.progress.phase != Phase::Importing {
            return None;
        }
        self.progress.phase = Phase::Storing;
        self.progress.bytes = self.done;
        self.tell()
    }

    fn tell(&mut self) -> Option<Problem> {
        match self.watch.notice(&self.progress) {
            ControlFlow::Continue(()) => None,
            ControlFlow::Break(()) => Some(stopped(Problem::new(Kind::Interrupted, ""))),
        }
    }
}

#[cfg(test)]
mod tests;
