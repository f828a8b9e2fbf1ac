//! Ctrl-C while something long is done: it ends at the next good moment, and a second one ends it at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

use super::report::exit_code;
use crate::problem::Kind;

/// Listens for Ctrl-C until the process ends.
#[derive(Clone, Debug)]
pub(super) struct Interrupt {
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// Starts to listen. Nothing is under way yet: the first Ctrl-C ends the process. `stop` is called with the first
    /// one that comes while something is, from another thread.
    ///
    /// # Errors
    /// The system refuses a handler or a thread.
    pub(super) fn listen(stop: impl Fn() + Send + 'static) -> io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(true));
        let shared = Arc::clone(&asked);
        let mut incoming = Signals::new([SIGINT])?;
        thread::Builder::new()
            .name("interrupt".into())
            .spawn(move || {
                for _ in incoming.forever() {
                    if shared.swap(true, Ordering::SeqCst) {
                        std::process::exit(i32::from(exit_code(Kind::Interrupted)));
                    }
                    stop();
                }
            })?;
        Ok(Self { asked })
    }

    /// Does something that looks at [`Interrupt::asked`] now and then. Before and after it, as at a question to the person,
    /// Ctrl-C ends the process.
    pub(super) fn guard<T>(&self, work: impl FnOnce() -> T) -> T {
        self.asked.store(false, Ordering::SeqCst);
        let done = work();
        self.asked.store(true, Ordering::SeqCst);
        done
    }

    /// Whether Ctrl-C was pressed.
    pub(super) fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}
