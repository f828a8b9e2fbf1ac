//! The journal of an import, made beside its writing: another thread lays the chunks out, while this one writes rows.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;

use super::error::Result;
use super::journal::{self, Fault};
use super::open::Done;
use super::touching;
use crate::domain::entity::Thing;
use crate::store::{Aside, Ended, StoreError};

/// How many chunks may wait. Each takes some ten megabytes.
const WAITING: usize = 0;

/// A chunk as it goes into the journal.
pub(super) struct Ready {
    /// Its place among the chunks of the action.
    pub(super) sequence: u32,
    /// How many fields it changes.
    pub(super) changes: u64,
    /// What is written.
    pub(super) data: Vec<u8>,
    /// What its changes tell that it is about.
    pub(super) about: BTreeSet<Thing>,
}

/// The place of a chunk, and what was done to each of its things.
type Given = (u32, Vec<Done>);

/// Whoever writes the chunks.
#[derive(Default)]
pub(super) struct Scribe(Option<Aside<Given, std::result::Result<Ready, Fault>>>);

impl Scribe {
    /// Takes what a chunk is to tell, and answers the chunks that have become ready.
    pub(super) fn take(&mut self, sequence: u32, things: Vec<Done>) -> Result<Vec<Ready>> {
        let aside = match &mut self.0 {
            Some(aside) => aside,
            none => {
                let started = Aside::start(WAITING, |given: Option<Given>, ready: &Sender<_>| {
                    if let Some((sequence, things)) = given {
                        // Whoever does not take it wants it no more.
                        let _ = ready.send(Ready::of(sequence, &things));
                    }
                });
                none.insert(started.map_err(|_| StoreError::from(Ended))?)
            }
        };
        aside.give((sequence, things)).map_err(StoreError::from)?;
        Ok(aside.made().collect::<std::result::Result<_, _>>()?)
    }

    /// The chunks that are not ready yet, each as soon as it is.
    pub(super) fn rest(self) -> impl Iterator<Item = Result<Ready>> {
        let rest = self.0.into_iter().flat_map(Aside::rest);
        rest.map(|ready| Ok(ready.map_err(StoreError::from)??))
    }
}

impl Ready {
    /// Lays a chunk out.
    pub(super) fn of(sequence: u32, things: &[Done]) -> std::result::Result<Self, Fault> {
        Ok(Self {
            sequence,
            changes: things.iter().map(Done::count).sum::<usize>() as u64,
            data: journal::encode(things.iter().flat_map(Done::entries))?,
            about: touching::told(things),
        })
    }
}
