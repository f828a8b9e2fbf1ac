//! Signals as messages.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGURG, SIGWINCH};
use signal_hook::iterator::Signals as Incoming;

use super::happening::{Happening, Obituary};
use super::{guard, suspend};

/// How long the loop may take to end after a signal before the process is ended without it. Long enough for a
/// deed to reach a slow disk, short enough for somebody who waits at a shutdown.
const GRACE: Duration = Duration::from_secs(3);

/// A signal of no other meaning here, sent to oneself: when it is heard, so is every signal that came before.
const MARK: i32 = SIGURG;

/// How long the end of an editor waits for its mark.
const HEARING: Duration = Duration::from_secs(1);

/// The thread that listens for signals. It listens until the process ends: were it to stop with the loop, a
/// signal would meet neither its handler nor the system's, and nothing could end a last write that hangs.
#[derive(Debug)]
pub struct Signals {
    /// A word for each [`MARK`] that was heard.
    marks: Receiver<()>,
    editing: Arc<AtomicBool>,
}

impl Signals {
    /// Starts to listen.
    ///
    /// # Errors
    /// The system refuses a handler or a thread.
    pub fn listen(queue: Sender<Happening>) -> io::Result<Self> {
        let mut incoming = Incoming::new([
            SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, MARK,
        ])?;
        let editing = Arc::new(AtomicBool::new(false));
        let (heard, marks) = channel();
        let mut listener = Listener {
            queue,
            heard,
            editing: Arc::clone(&editing),
            ending: false,
        };
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                let _obituary = Obituary::new("signals", listener.queue.clone());
                for signal in incoming.forever() {
                    listener.hear(signal);
                }
            })?;
        Ok(Self { marks, editing })
    }

    /// An editor gets the terminal: Ctrl-C and Ctrl-Z are meant for it from now on. It shares our process group, so
    /// we get the signals as well.
    pub fn editor_begins(&self) {
        self.editing.store(true, Ordering::SeqCst);
    }

    /// The editor has ended. A Ctrl-C that ended it has reached this process, but perhaps not yet the thread that
    /// listens; it must not hear it with other ears, so this waits until it has caught up.
    pub fn editor_ended(&self) {
        self.catch_up();
        self.editing.store(false, Ordering::SeqCst);
    }

    /// Waits until all signals that have come are heard; says whether they were, in time.
    fn catch_up(&self) -> bool {
        signal_hook::low_level::raise(MARK).is_ok() && self.marks.recv_timeout(HEARING).is_ok()
    }
}

struct Listener {
    queue: Sender<Happening>,
    heard: Sender<()>,
    editing: Arc<AtomicBool>,
    ending: bool,
}

impl Listener {
    fn hear(&mut self, signal: i32) {
        let editing = self.editing.load(Ordering::SeqCst);
        match signal {
            MARK => {
                let _ = self.heard.send(());
            }
            SIGWINCH => {
                self.tell(Happening::Resized);
            }
            SIGCONT if editing => {}
            SIGCONT => {
                self.tell(Happening::Continued);
            }
            // Where the terminal is not ours there is nothing to clean up before the stop.
            SIGTSTP if editing || !self.tell(Happening::SuspendAsked) => {
                if suspend::possible() {
                    suspend::stop_this_process();
                }
            }
            SIGTSTP => {}
            SIGINT | SIGQUIT if editing => {}
            _ => self.end(signal),
        }
    }

    /// Asks the loop to end. The loop may be stuck, in a fault of ours or in a write to a terminal that nobody
    /// reads; so a second signal, or the end of the grace, ends the process from here.
    fn end(&mut self, signal: i32) {
        if std::mem::replace(&mut self.ending, true) {
            last_resort(signal);
        }
        self.tell(Happening::EndAsked(signal));
        let watch = thread::Builder::new()
            .name("last resort".into())
            .spawn(move || {
                thread::sleep(GRACE);
                last_resort(signal);
            });
        if watch.is_err() {
            last_resort(signal);
        }
    }

    /// Says whether there was a loop to hear it.
    fn tell(&self, happening: Happening) -> bool {
        self.queue.send(happening).is_ok()
    }
}

/// The exit code that shells give for a death by this signal.
pub const fn exit_code(signal: i32) -> u8 {
    // Signals are small numbers; the mask only spells this out.
    128 + (signal & 0x7f) as u8
}

fn last_resort(signal: i32) -> ! {
    guard::restore_without_waiting();
    std::process::exit(i32::from(exit_code(signal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_of_a_shell() {
        assert_eq!(exit_code(SIGINT), 130);
        assert_eq!(exit_code(SIGTERM), 143);
    }

    #[test]
    fn the_mark_is_heard_so_that_the_end_of_an_editor_waits_for_nothing_else() {
        let (queue, _happenings) = std::sync::mpsc::channel();
        let signals = Signals::listen(queue).expect("handlers and a thread");
        assert!(signals.catch_up());
    }

    #[test]
    fn an_interrupt_meant_for_the_editor_is_not_ours() {
        let (queue, happenings) = std::sync::mpsc::channel();
        let mut listener = Listener {
            queue,
            heard: channel().0,
            editing: Arc::new(AtomicBool::new(true)),
            ending: false,
        };
        listener.hear(SIGINT);
        listener.hear(SIGQUIT);
        listener.hear(SIGWINCH);
        assert_eq!(happenings.try_recv(), Ok(Happening::Resized));
        assert!(happenings.try_recv().is_err());
    }
}
