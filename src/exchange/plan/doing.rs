//! Doing an import: what was planned, or at once where nobody wants to see the plan before.

use std::cell::Cell;
use std::path::Path;
use std::vec;

use super::elsewhere::Sample;
use super::tally::{Became, Found};
use super::{Pass, Plan, stopped};
use crate::domain::deed::Outcome;
use crate::domain::import::{Brought, ImportCounts};
use crate::exchange::ahead::read_ahead;
use crate::exchange::convert::Choices;
use crate::exchange::gather::Given;
use crate::exchange::progress::{Phase, Watch};
use crate::exchange::read::ReadError;
use crate::exchange::saved;
use crate::exchange::verdict::Verdict;
use crate::history::commit::Context;
use crate::history::import::{Coming, import};
use crate::problem::{Kind, Problem};
use crate::store::{Packed, Store};

/// What an import did.
pub type Done = (Outcome, ImportCounts);

/// Imports what a plan says: all of it as one action and one undo step, or nothing.
///
/// # Errors
/// When the plan has faults that are not to be left out, a file was changed since, the workspace cannot be written, or
/// `watch` breaks off.
pub fn commit(
    store: &mut Store,
    context: &Context,
    plan: &Plan,
    watch: &mut dyn Watch,
) -> Result<Done, Problem> {
    plan.check()?;
    let became = Became::default();
    let brought = bring(store, context, plan, became, watch).map_err(stopped);
    brought.map(|(_, _, done)| done)
}

/// Imports files without a plan before it, so that they are read once. The plan that comes with it says what one would
/// have said, and nothing was done where that is nothing.
///
/// `None` when nothing was done because something is wrong, whatever it is, or most of it may be here as from another origin: a [`plan`](super::plan) tells it as a whole,
/// and committing that tells what is left.
///
/// # Errors
/// As [`plan`](super::plan) while the files are looked at; and when `watch` breaks off.
pub fn import_at_once(
    store: &mut Store,
    context: &Context,
    files: &[Given],
    choices: Choices,
    watch: &mut dyn Watch,
) -> Result<Option<(Plan, Option<Done>)>, Problem> {
    let opened = store.read(|reader| saved::open(reader, files, choices));
    let mut plan = Plan::of(opened.map_err(stopped)?, context.now);
    let sample = store.read(|reader| {
        Ok::<_, Problem>(match plan.begins_elsewhere(reader)? {
            true => None,
            false => Some(Sample::of(reader, &plan)?),
        })
    });
    // Whatever is wrong, a plan tells it.
    let Ok(Some(sample)) = sample else {
        return Ok(None);
    };
    match bring(store, context, &plan, Became::new(sample), watch).map_err(stopped) {
        Ok((found, became, done)) => {
            store.read(|reader| plan.tell(reader, found, became, &done.1))?;
            // Where no row can be read nothing was done either.
            if plan.check().is_err() {
                return Ok(None);
            }
            let done = (!plan.is_empty()).then_some(done);
            Ok(Some((plan, done)))
        }
        Err(problem) if problem.kind == Kind::Interrupted => Err(problem),
        Err(_) => Ok(None),
    }
}

/// Reads the files of a plan and imports what is in them. Answers what that added up to, too.
fn bring(
    store: &mut Store,
    context: &Context,
    plan: &Plan,
    mut became: Became,
    watch: &mut dyn Watch,
) -> Result<(Found, Became, Done), Problem> {
    // Who reads has the time to pack the texts; the thread that writes has not.
    let mut packer = store.read(|reader| reader.packer())?;
    let mut pieces = Pieces::of(plan, watch)?;
    let name = plan.name();
    let mut coming = pieces.by_ref().map(|piece| {
        let (file, thing) = piece?;
        Ok::<_, Problem>((file, Coming::packed(thing, &mut packer)))
    });
    let done = read_ahead(&mut coming, size, |pieces, finished| {
        let of = Cell::new("");
        let mut things = pieces.map(|piece| {
            let (file, thing) = piece?;
            of.set(file);
            Ok(thing)
        });
        let mut seen = |coming: Coming, assessment| {
            let thing = became.take(of.get(), coming.thing, assessment);
            finished((thing, coming.packed));
        };
        import(store, context, &name, &mut things, &mut seen)
    });
    Ok((pieces.found, became, done?))
}

/// How many bytes a thing on its way takes, about: the texts that can be long, plain and packed.
fn size(piece: &Result<(&str, Coming), Problem>) -> usize {
    piece.as_ref().map_or(0, |(_, coming)| {
        let packed = coming.packed.as_ref().map_or(0, Packed::bytes);
        coming.thing.text_length() + packed
    })
}

/// What files bring, in order, each thing with the name of its file. Whatever is wrong with them ends it with a problem,
/// and so the import.
struct Pieces<'p> {
    pass: Pass<'p>,
    skip_bad: bool,
    found: Found,
    file: &'p str,
    things: vec::IntoIter<Brought>,
}

impl<'p> Pieces<'p> {
    fn of(plan: &'p Plan, watch: &'p mut dyn Watch) -> Result<Self, Problem> {
        Ok(Self {
            pass: plan.verdicts(Phase::Importing, watch)?,
            skip_bad: plan.choices.skip_bad,
            found: Found::new(&plan.choices, plan.now),
            file: "",
            things: Vec::new().into_iter(),
        })
    }
}

impl Plan {
    /// What the files bring, in order, read anew. Whatever has become wrong since the plan was made ends it with a
    /// problem, and so the import.
    ///
    /// # Errors
    /// When the plan has faults which are not to be left out, and when a file can no longer be read or was changed.
    pub fn things<'p>(
        &'p self,
        watch: &'p mut dyn Watch,
    ) -> Result<impl Iterator<Item = Result<Brought, Problem>> + 'p, Problem> {
        self.check()?;
        let pieces = Pieces::of(self, watch)?;
        Ok(pieces.map(|piece| piece.map(|(_, thing)| thing)))
    }
}

impl<'p> Iterator for Pieces<'p> {
    type Item = Result<(&'p str, Brought), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(thing) = self.things.next() {
                return Some(Ok((self.file, thing)));
            }
            match self.pass.next()? {
                // A plan would have refused it: it was changed since, or there was none.
                Ok((file, Verdict::Faults(_))) if !self.skip_bad => {
                    return Some(Err(ReadError::Changed.of(Path::new(file))));
                }
                Ok((file, verdict)) => {
                    self.file = file;
                    self.things = self.found.take(file, verdict).into_iter();
                }
                Err(problem) => return Some(Err(problem)),
            }
        }
    }
}
