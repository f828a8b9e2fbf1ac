//! `intake import DUMP`: a whole workspace, back from a dump.

use std::path::Path;

use super::arguments::Format;
use super::json::RestoredJson;
use super::output::Result;
use super::session::Session;
use crate::exchange::export::dump::{self, Counts};

/// Restores the workspace, or with `dry_run` only reads the dump to its end. There is nothing to ask: where nothing was
/// done, nothing can be lost.
pub(super) fn run(session: &mut Session<'_>, file: &Path, dry_run: bool, format: Format) -> Result {
    let counts = match dry_run {
        true => dump::check(file)?,
        false => session.workspace.restore(file)?,
    };
    if format.json {
        return session.output.object(&RestoredJson::new(&counts, !dry_run));
    }
    let held = words(&counts);
    let path = file.display();
    session.output.say(&match dry_run {
        true => {
            format!("{path} is a sound dump of {held}; an empty workspace can be restored from it")
        }
        false => format!("restored {held} from {path}"),
    })
}

/// `37 feedback, 12 ideas and 210 actions`.
fn words(counts: &Counts) -> String {
    let rows = |name: &str| counts.row.get(name).copied().unwrap_or(0);
    format!(
        "{} feedback, {} ideas, {} releases and {} actions",
        rows("feedback"),
        rows("idea"),
        rows("release"),
        counts.action
    )
}
