//! `intake import DUMP`: a whole workspace, back from a dump.

use std::path::Path;

use super::arguments::Format;
use super::import::is_small;
use super::interrupt::Interrupt;
use super::json::RestoredJson;
use super::output::Result;
use super::patience::patiently;
use super::session::{LOGGED, Session};
use crate::exchange::export::dump::{self, Counts};
use crate::exchange::gather::shown;
use crate::problem::{Kind, Problem};

/// Restores the workspace, or with `dry_run` only reads the dump to its end. There is nothing to ask: where nothing was
/// done, nothing can be lost.
pub(super) fn run(session: &mut Session<'_>, file: &Path, dry_run: bool, format: Format) -> Result {
    let counts = match dry_run {
        true => dump::check(file)?,
        false => restore(session, file)?,
    };
    if format.json {
        return session.output.object(&RestoredJson::new(&counts, !dry_run));
    }
    let held = words(&counts);
    let path = shown(file);
    session.output.say(&match dry_run {
        true => {
            format!("{path} is a sound dump of {held}; an empty workspace can be restored from it")
        }
        false => format!("restored {held} from {path}"),
    })
}

/// Ctrl-C leaves the workspace empty.
fn restore(session: &mut Session<'_>, file: &Path) -> Result<Counts> {
    if session.maker.is_some() && is_small(&[file.to_owned().into()]) {
        // What is damaged leaves no new workspace behind.
        dump::check(file)?;
    }
    session.make()?;
    let interrupt = Interrupt::listen(session.workspace.interrupter())?;
    let restored = interrupt.guard(|| {
        let restored = patiently(|| session.workspace.restore(file), || interrupt.asked());
        restored.map_err(|problem| match interrupt.asked() {
            true => Problem::new(Kind::Interrupted, "stopped: nothing was restored"),
            false => problem,
        })
    });
    let restored = restored?;
    session.output.stored(LOGGED);
    Ok(restored)
}

/// `37 feedback, 12 ideas, 1 release and 210 actions`.
fn words(counts: &Counts) -> String {
    let counted = |count: u64, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let rows = |name: &str| counts.row.get(name).copied().unwrap_or(0);
    format!(
        "{} feedback, {}, {} and {}",
        rows("feedback"),
        counted(rows("idea"), "idea"),
        counted(rows("release"), "release"),
        counted(counts.action, "action")
    )
}
