//! How far a reversal is, for whoever waits for it.

use std::ops::ControlFlow;

use crate::domain::pace::Underway;
use crate::history::error::Result;
use crate::problem::{Kind, Problem};

/// An action that changed fewer fields is reversed in less than a second, and nobody is told how far that is.
const LONG: u64 = 20_000;

/// How many fields lie between two times at which whoever waits is told.
const NOTICE: u64 = 1_000;

/// Somebody who waits for a reversal: told how far it is where it takes long, and asked whether to go on. Whoever breaks off leaves
/// everything as it was.
pub type Watch<'w> = dyn FnMut(&Underway) -> ControlFlow<()> + 'w;

/// What whoever has broken off is told.
pub(super) fn stopped() -> Problem {
    Problem::new(Kind::Interrupted, "stopped: nothing was changed")
}

/// What whoever waits has been told.
pub(super) struct Told<'t, 'w> {
    underway: Underway,
    /// Fields since then.
    untold: u64,
    watch: &'t mut Watch<'w>,
}

impl<'t, 'w> Told<'t, 'w> {
    /// Nothing yet of work which is called that and reverses so many fields.
    pub(super) fn new(words: String, fields: u64, watch: &'t mut Watch<'w>) -> Self {
        let underway = Underway {
            words,
            done: 0,
            // Each field is set back, and looked at once more.
            of: fields * 2,
        };
        Self {
            underway,
            untold: 0,
            watch,
        }
    }

    /// It is tried anew.
    pub(super) fn begin_anew(&mut self) {
        self.underway.done = 0;
    }

    /// Takes note of fields that are done.
    ///
    /// # Errors
    /// Whoever waits breaks off.
    pub(super) fn advance(&mut self, fields: u64) -> Result<()> {
        self.underway.done += fields;
        self.untold += fields.max(1);
        if self.underway.of < 2 * LONG || self.untold < NOTICE {
            return Ok(());
        }
        self.untold = 0;
        match (self.watch)(&self.underway) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(stopped().into()),
        }
    }
}
