//! `intake backup`: a copy of the workspace.

use std::path::PathBuf;

use clap::Args;

use super::arguments::Format;
use super::interrupt::Interrupt;
use super::json::BackupJson;
use super::output::Result;
use super::session::Session;
use crate::problem::{Kind, Problem};

/// Write a copy of the workspace to a new file, also while a console has it open
///
/// The copy is a workspace itself: intake -w FILE opens it. To put it in the place of a workspace, close every console, then
/// delete the files beside that workspace whose names end in -wal and -shm, then copy.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The new file, which appears when it is whole, for you alone to read
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    format: Format,
}

/// What there is to say of a backup whose report could not be written.
const WHOLE: &str = "the backup is there and whole";

impl Backup {
    /// Changes nothing in the workspace.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let interrupt = Interrupt::listen(session.workspace.interrupter())?;
        let workspace = &session.workspace;
        let bytes = interrupt.guard(|| {
            let written = workspace.backup(&self.file);
            written.map_err(|problem| match problem.kind {
                Kind::Interrupted => {
                    Problem::new(Kind::Interrupted, "stopped: no backup was written")
                }
                _ => problem,
            })
        })?;
        session.output.stored(WHOLE);
        if self.format.json {
            return session.output.object(&BackupJson::new(&self.file, bytes));
        }
        let size = match bytes {
            0..1_000_000 => format!("{} kB", bytes / 1_000),
            _ => format!("{} MB", bytes / 1_000_000),
        };
        let words = format!(
            "backed up {} to {}, {size}",
            session.workspace.path().display(),
            self.file.display()
        );
        session.output.say(&words)
    }
}
