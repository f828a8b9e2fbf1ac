//! `intake read-sheet`: the process that reads a spreadsheet for another one. It is nothing to be called by hand.

use clap::Args;

use super::output::Result;
use crate::exchange::read::sheet;

/// Read the spreadsheet on standard input for the process that started this one
#[derive(Debug, Args)]
pub(super) struct ReadSheet {
    /// What to do with it, as JSON
    order: String,
}

impl ReadSheet {
    /// Needs no workspace.
    pub(super) fn run(&self) -> Result {
        Ok(sheet::serve(&self.order)?)
    }
}
