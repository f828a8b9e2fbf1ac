//! Stopping the process so that the shell gets the terminal, and whether there is a shell to get it.

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};

/// Whether somebody could ever start us again.
///
/// A process group with no parent in its own session is *orphaned*: no shell watches it, so a stop would last
/// for ever (`xterm -e intake`, a container whose first process is ours). The kernel refuses to stop such a
/// group on SIGTSTP for this reason, but SIGSTOP, which is what a stop after a cleanup takes, it lets through.
pub fn possible() -> bool {
    let (Ok(session), group) = (getsid(None), getpgrp()) else {
        return false;
    };
    if group == session {
        return false;
    }
    if rustix::process::getpid() != group {
        // Started by a script: its leader has the shell above it, which cannot be asked from here.
        return true;
    }
    getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(session))
}

/// Stops the whole process group, as the terminal itself does for Ctrl-Z, so that a script around us stops as
/// well and the shell sees one job. Returns after the group was continued.
pub fn stop_the_group() {
    // Sending a signal to one's own group is never refused; if it were, going on is the right answer.
    let _ = kill_current_process_group(Signal::STOP);
}

/// Stops this process alone, as somebody asked for who sent the signal to it alone.
pub fn stop_this_process() {
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
}
