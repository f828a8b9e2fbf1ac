//! The notes of a release.

use clap::Args;

use crate::cli::arguments::Format;
use crate::cli::document::Document;
use crate::cli::json::ReleaseNotesJson;
use crate::cli::output::Result;
use crate::cli::session::{Session, vanished};
use crate::exchange::report::notes;

/// Write the release notes: what was added, fixed, deprecated, what breaks, and what is known
#[derive(Debug, Args)]
pub(in crate::cli) struct Notes {
    /// The release, by name or short id
    release: String,
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    format: Format,
}

impl Notes {
    /// Changes nothing.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        self.document.refuse_json(self.format)?;
        let release = session.release(&self.release)?;
        let Some(found) = session.workspace.release_notes(release)? else {
            return Err(vanished("that release"));
        };
        if self.format.json {
            let json = ReleaseNotesJson::new(&found, &|thing| session.short(thing))?;
            return session.output.object(&json);
        }
        self.document.write(session, &notes::page(&found))
    }
}
