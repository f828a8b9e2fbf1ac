//! Ctrl-C while something long is done: it ends at the next good moment, and a second one ends it at once.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

use super::report::exit_code;
use crate::problem::Kind;

/// Listens for Ctrl-C until the process ends.
#[derive(Clone)]
pub(super) struct Interrupt {
    asked: Arc<AtomicBool>,
    stop: Arc<Mutex<Stop>>,
}

/// What stops what is under way, from another thread.
type Stop = Box<dyn Fn() + Send>;

impl Interrupt {
    /// Starts to listen. Nothing is under way yet: the first Ctrl-C ends the process. `stop` is called with the first
    /// one that comes while something is, from another thread.
    ///
    /// # Errors
    /// The system refuses a handler or a thread.
    pub(super) fn listen(stop: impl Fn() + Send + 'static) -> io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(true));
        let stop: Stop = Box::new(stop);
        let stop = Arc::new(Mutex::new(stop));
        let shared = (Arc::clone(&asked), Arc::clone(&stop));
        let mut incoming = Signals::new([SIGINT])?;
        thread::Builder::new()
            .name("interrupt".into())
            .spawn(move || {
                for _ in incoming.forever() {
                    let (asked, stop) = &shared;
                    if asked.swap(true, Ordering::SeqCst) {
                        std::process::exit(i32::from(exit_code(Kind::Interrupted)));
                    }
                    stop.lock().unwrap_or_else(PoisonError::into_inner)();
                }
            })?;
        Ok(Self { asked, stop })
    }

    /// From now on something else is to be stopped.
    pub(super) fn stops(&self, stop: impl Fn() + Send + 'static) {
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = Box::new(stop);
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
