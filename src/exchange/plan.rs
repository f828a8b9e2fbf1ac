//! What an import would do, before it does anything; and doing it.

use std::collections::BTreeMap;
use std::path::Path;

use super::convert::{Choices, Converter, Verdict};
use super::mapping::Mapping;
use super::read::{Fault, Next, ReadError, Rows, Table};
use crate::domain::deed::Outcome;
use crate::domain::entity::{Entity, Value};
use crate::domain::import::{Brought, ImportCounts, ImportRecord};
use crate::history::commit::Context;
use crate::history::import::import;
use crate::problem::{Kind, Problem};
use crate::store::{Reader, Store, StoreError};

/// How many rows are looked at to guess the mapping.
const SAMPLE: usize = 200;
/// How many records, faults and left-out rows a plan names; the rest is counted.
pub const NAMED: usize = 20;

/// How many rows become what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// New feedback.
    pub create: u64,
    /// Feedback whose text, date, votes or link changed at its source.
    pub update: u64,
    /// Feedback that is here already, as it stands in the file.
    pub unchanged: u64,
    /// Rows left out, with a reason.
    pub skipped: u64,
    /// Rows with faults.
    pub faulty: u64,
}

impl Counts {
    /// How many rows the file has.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.create + self.update + self.unchanged + self.skipped + self.faulty
    }
}

/// What an import would do. Making one writes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The file, its format and columns.
    pub table: Table,
    /// Which column means what.
    pub mapping: Mapping,
    /// What was asked for.
    pub choices: Choices,
    /// How many rows become what.
    pub counts: Counts,
    /// How many records arrive in which state, by its word.
    pub states: BTreeMap<&'static str, u64>,
    /// The first few new records.
    pub samples: Vec<ImportRecord>,
    /// The first few rows left out: line and reason.
    pub skipped: Vec<(u64, String)>,
    /// The first few faults.
    pub faults: Vec<Fault>,
    /// What was decided where the file does not say.
    pub notes: Vec<String>,
}

/// Plans the import of a file into the workspace of `reader`.
///
/// # Errors
/// When the file or none of its rows can be read, a column that was asked for is missing, or no column holds a title or
/// a text.
pub fn plan(reader: &Reader<'_>, path: &Path, choices: Choices) -> Result<Plan, Problem> {
    let unreadable = |error: ReadError| error.of(path);
    let table = Table::open(path).map_err(unreadable)?;
    let (samples, faults) = samples(&table).map_err(unreadable)?;
    if samples.is_empty() && !faults.is_empty() {
        return Err(no_row(path, &faults));
    }
    let mapping = Mapping::guess(&table, &samples, &choices.map)?;
    let mut plan = Plan {
        notes: table.notes.clone(),
        table,
        mapping,
        choices,
        counts: Counts::default(),
        states: BTreeMap::new(),
        samples: Vec::new(),
        skipped: Vec::new(),
        faults: Vec::new(),
    };
    let mut tally = Tally::default();
    for verdict in plan.verdicts()? {
        tally.take(reader, verdict?)?;
    }
    plan.counts = tally.counts;
    plan.states = tally.states;
    plan.samples = tally.samples;
    plan.skipped = tally.skipped;
    plan.faults = tally.faults;
    plan.remark();
    Ok(plan)
}

/// What a pass over the file adds up to.
#[derive(Default)]
struct Tally {
    counts: Counts,
    states: BTreeMap<&'static str, u64>,
    samples: Vec<ImportRecord>,
    skipped: Vec<(u64, String)>,
    faults: Vec<Fault>,
}

impl Tally {
    fn take(&mut self, reader: &Reader<'_>, verdict: Verdict) -> Result<(), Problem> {
        match verdict {
            Verdict::Record(record) => {
                *self.states.entry(record.state.word()).or_insert(0) += 1;
                match fate(reader, &record).map_err(Problem::from)? {
                    Fate::Create => {
                        self.counts.create += 1;
                        if self.samples.len() < NAMED {
                            self.samples.push(*record);
                        }
                    }
                    Fate::Update => self.counts.update += 1,
                    Fate::Unchanged => self.counts.unchanged += 1,
                }
            }
            Verdict::Skipped(line, why) => {
                self.counts.skipped += 1;
                if self.skipped.len() < NAMED {
                    self.skipped.push((line, why.to_string()));
                }
            }
            Verdict::Faults(found) => {
                self.counts.faulty += 1;
                let room = NAMED.saturating_sub(self.faults.len());
                self.faults.extend(found.into_iter().take(room));
            }
        }
        Ok(())
    }
}

/// Imports what a plan says: all of it as one action and one undo step, or nothing.
///
/// # Errors
/// When the plan has faults that are not to be left out, the file was changed since, or the workspace cannot be written.
pub fn commit(
    store: &mut Store,
    context: &Context,
    plan: &Plan,
) -> Result<(Outcome, ImportCounts), Problem> {
    let name = plan.table.path.file_name().unwrap_or_default();
    import(
        store,
        context,
        &name.to_string_lossy(),
        &mut plan.records()?,
    )
}

impl Plan {
    /// Whether an import would change nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.counts.create == 0 && self.counts.update == 0
    }

    /// What would happen, in one line.
    #[must_use]
    pub fn words(&self) -> String {
        let counts = &self.counts;
        if counts.rows() == 0 {
            return "nothing to import: the file has a header and no rows".to_owned();
        }
        let mut parts = vec![format!("{} new", counts.create)];
        for (count, word) in [
            (counts.update, "changed"),
            (counts.unchanged, "here already"),
            (counts.skipped, "left out"),
            (counts.faulty, "with faults"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {word}"));
            }
        }
        parts.join(", ")
    }

    /// Refuses a plan with faults, unless rows with faults are to be left out.
    ///
    /// # Errors
    /// The faults, with their places.
    pub fn check(&self) -> Result<(), Problem> {
        if self.counts.faulty == 0 || self.choices.leave_out_faults {
            return Ok(());
        }
        let rows = match self.counts.faulty {
            1 => "1 row has a fault".to_owned(),
            count => format!("{count} rows have faults"),
        };
        let mut problem = Problem::new(
            Kind::Input,
            format!("cannot import {}: {rows}", self.table.path.display()),
        );
        for fault in &self.faults {
            problem = problem.because(fault.to_string());
        }
        Err(problem.hint("mend the file, or leave those rows out with --skip-faults"))
    }

    /// The records of the file in order, read anew. Whatever has become wrong since the plan was made ends them with a
    /// problem, and so the import.
    ///
    /// # Errors
    /// When the plan has faults which are not to be left out, and when the file can no longer be read or was changed.
    pub fn records(&self) -> Result<impl Iterator<Item = Result<Brought, Problem>> + '_, Problem> {
        self.check()?;
        Ok(self.verdicts()?.filter_map(|verdict| match verdict {
            Err(problem) => Some(Err(problem)),
            Ok(Verdict::Record(record)) => Some(Ok(Brought::Feedback(record))),
            Ok(Verdict::Skipped(..)) => None,
            Ok(Verdict::Faults(_)) if self.choices.leave_out_faults => None,
            Ok(Verdict::Faults(_)) => Some(Err(ReadError::Changed.of(&self.table.path))),
        }))
    }

    /// One pass over the file. It ends after a problem.
    fn verdicts(&self) -> Result<Verdicts<'_>, Problem> {
        let rows = self
            .table
            .rows()
            .map_err(|error| error.of(&self.table.path))?;
        Ok(Verdicts {
            rows,
            converter: Converter::new(&self.table, &self.mapping, &self.choices),
            path: &self.table.path,
            ended: false,
        })
    }

    fn remark(&mut self) {
        use super::mapping::Field;
        if self.counts.rows() == 0 {
            self.notes.push(self.words());
            return;
        }
        if self.mapping.column(Field::Received).is_none() {
            self.notes
                .push("no column holds a date: the file's own date serves".to_owned());
        }
        if self.mapping.column(Field::Id).is_none() {
            self.notes.push(
                "no column holds an id: the text tells whether something is here already"
                    .to_owned(),
            );
        }
    }
}

/// What becomes of each row of a file.
struct Verdicts<'p> {
    rows: Rows,
    converter: Converter<'p>,
    path: &'p Path,
    ended: bool,
}

impl Iterator for Verdicts<'_> {
    type Item = Result<Verdict, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.rows.next_row() {
            Ok(Next::Row(row)) => Some(Ok(self.converter.convert(&row))),
            Ok(Next::Fault(fault)) => Some(Ok(Verdict::Faults(vec![fault]))),
            Ok(Next::End) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error.of(self.path)))
            }
        }
    }
}

/// The cells of the first rows that can be read.
/// The first rows, and the first faults that stood among them.
fn samples(table: &Table) -> Result<(Vec<Vec<String>>, Vec<Fault>), ReadError> {
    let mut rows = table.rows()?;
    let (mut samples, mut faults) = (Vec::new(), Vec::new());
    while samples.len() < SAMPLE {
        match rows.next_row()? {
            Next::End => break,
            Next::Row(row) => samples.push(row.cells),
            Next::Fault(fault) if faults.len() < NAMED => faults.push(fault),
            Next::Fault(_) => {}
        }
    }
    Ok((samples, faults))
}

/// Why there is nothing to import: every row has a fault. Its columns, guessed from the rows, would explain nothing.
fn no_row(path: &Path, faults: &[Fault]) -> Problem {
    let summary = format!("cannot import {}: no row of it can be read", path.display());
    let mut problem = Problem::new(Kind::Input, summary);
    problem.causes = faults.iter().map(ToString::to_string).collect();
    problem.hint("mend the file, or export it again")
}

enum Fate {
    Create,
    Update,
    Unchanged,
}

/// What an import would do with a record.
fn fate(reader: &Reader<'_>, record: &ImportRecord) -> Result<Fate, StoreError> {
    let Some(local) = reader.find(Entity::Feedback, record.identity().0)? else {
        return Ok(Fate::Create);
    };
    if !reader.is_live(Entity::Feedback, local)? {
        return Ok(Fate::Create);
    }
    let value = |name| match Entity::Feedback.field(name) {
        Some(field) => reader.value(Entity::Feedback, local, field),
        None => Ok(Value::Null),
    };
    let same_text = match value("content")? {
        Value::Content(id) => reader.content(id)?.is_some_and(|content| {
            content.title.as_deref() == Some(record.title.as_str()) && content.body == record.body
        }),
        _ => false,
    };
    let same_date = value("received")? == Value::Integer(record.received.0);
    let same_votes = value("votes")? == Value::Integer(i64::from(record.votes));
    let same_url = match value("url")? {
        Value::Text(url) => record.url.as_deref().is_none_or(|new| new == url),
        _ => record.url.is_none(),
    };
    Ok(if same_text && same_date && same_votes && same_url {
        Fate::Unchanged
    } else {
        Fate::Update
    })
}

#[cfg(test)]
mod tests;
