//! Waiting for another window that writes to the same workspace.

use std::io::Write;
use std::time::Duration;

use crate::problem::{Kind, Problem};

/// How long each try waits for another window, and so how long nothing is said.
pub(super) const TRY: Duration = Duration::from_secs(1);

/// Does something that writes, again and again until no other window is in its way. After the first try it says on
/// standard error that it waits. `stopped` is asked between the tries.
///
/// # Errors
/// What `work` answers, and [`Kind::Interrupted`] when `stopped` says so.
pub(super) fn patiently<T>(
    mut work: impl FnMut() -> Result<T, Problem>,
    stopped: impl Fn() -> bool,
) -> Result<T, Problem> {
    let mut said = false;
    loop {
        match work() {
            Err(problem) if problem.kind == Kind::Busy => {
                if !std::mem::replace(&mut said, true) {
                    // When nobody can read it there is nobody to tell.
                    let _ = std::io::stderr().write_all(WAITING.as_bytes());
                }
                if stopped() {
                    return Err(Problem::new(
                        Kind::Interrupted,
                        "stopped: nothing was changed",
                    ));
                }
            }
            done => return done,
        }
    }
}

const WAITING: &str =
    "another window writes to this workspace: waiting until it is done (Ctrl-C stops)\n";
