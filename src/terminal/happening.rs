//! What arrives in the one queue that the loop reads.

use std::sync::mpsc::Sender;

use crate::app::message::Message;

/// One thing that happened, from whichever thread saw it.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A key, a paste or the mouse; what was pasted is untrusted.
    Typed(Message),
    /// Another thread has something for the console: an answer, an outcome.
    Message(Message),
    /// The terminal has another size now.
    Resized,
    /// The user wants the shell back for a while (SIGTSTP from outside; in raw mode Ctrl-Z is a key).
    SuspendAsked,
    /// The process runs again after a stop (SIGCONT).
    Continued,
    /// Somebody wants the process to end; the number of the signal.
    EndAsked(i32),
    /// Nothing can be read from the terminal any more.
    TerminalGone,
    /// A thread died of a panic, which has been printed already.
    ThreadDied(&'static str),
}

/// Tells the loop when the thread that owns it dies of a panic, so that nobody waits for its answers.
#[derive(Debug)]
pub(super) struct Obituary {
    thread: &'static str,
    queue: Sender<Happening>,
}

impl Obituary {
    /// Watches over the thread that keeps the value on its stack.
    pub(super) fn new(thread: &'static str, queue: Sender<Happening>) -> Self {
        Self { thread, queue }
    }
}

impl Drop for Obituary {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Where nobody listens any more the process is ending anyway.
            let _ = self.queue.send(Happening::ThreadDied(self.thread));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_announced_and_a_quiet_end_is_not() {
        let (sender, receiver) = std::sync::mpsc::channel();
        let of_the_quiet = Obituary::new("quiet", sender.clone());
        std::thread::spawn(move || drop(of_the_quiet))
            .join()
            .expect("it ends quietly");
        let of_the_loud = Obituary::new("loud", sender);
        let loud = std::thread::spawn(move || {
            let _obituary = of_the_loud;
            std::panic::resume_unwind(Box::new("quietly, without the hook"));
        });
        assert!(loud.join().is_err());
        assert_eq!(
            receiver.iter().collect::<Vec<_>>(),
            [Happening::ThreadDied("loud")]
        );
    }
}
