//! The thread that waits for the disk, so that nobody who looks at the screen has to.

use std::io;
use std::iter;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::app::message::Message;
use crate::terminal::door::Wait;
use crate::terminal::happening::{Happening, Obituary};

/// The thread, seen from the worker.
pub(super) struct Keeper {
    /// Something was written; whoever waits for the disk is told when it is there.
    written: Sender<Option<Sender<()>>>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts the thread. What the disk does not confirm goes to `queue`.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub(super) fn start(wait: Wait, queue: Sender<Happening>) -> io::Result<Self> {
        let (written, incoming) = channel();
        let thread = thread::Builder::new()
            .name("keeper".into())
            .spawn(move || {
                let _obituary = Obituary::new("keeper", queue.clone());
                work(&wait, &incoming, &queue);
            })?;
        Ok(Self { written, thread })
    }

    /// What was written so far is to be on the disk.
    pub(super) fn keep(&self) {
        // A dead thread has sent its obituary to the loop, which ends on it.
        let _ = self.written.send(None);
    }

    /// The same, and waits for it.
    pub(super) fn keep_now(&self) {
        let (say, done) = channel();
        let _ = self.written.send(Some(say));
        // It ends when the thread is dead, too.
        let _ = done.recv();
    }

    /// Waits until all is on the disk.
    pub(super) fn finish(self) {
        drop(self.written);
        // A panic has been printed and announced already.
        let _ = self.thread.join();
    }
}

/// One wait serves all that was written before it.
fn work(wait: &Wait, incoming: &Receiver<Option<Sender<()>>>, queue: &Sender<Happening>) {
    while let Ok(first) = incoming.recv() {
        let served: Vec<Sender<()>> = iter::once(first)
            .chain(incoming.try_iter())
            .flatten()
            .collect();
        if let Err(problem) = wait() {
            // Where nobody listens any more the process is ending anyway.
            let _ = queue.send(Happening::Message(Message::Unconfirmed(problem)));
        }
        for waiting in served {
            // Whoever asked may have lost patience.
            let _ = waiting.send(());
        }
    }
}
