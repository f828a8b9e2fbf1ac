//! The thread that owns the workspace, so that the loop never waits for the disk.
//!
//! Requests are done in the order in which they were made, with one exception that keeps a fast typist from
//! waiting for answers to what they no longer want to know: of the questions that fill the same place on the
//! screen only the newest is answered. An older one is dropped while it waits, and stopped while it runs.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::happening::{Happening, Obituary};
use crate::app::effect::Question;
use crate::app::message::{Answer, Message};
use crate::domain::deed::{Deed, Outcome, Reversal, Reversed};
use crate::problem::{Kind, Problem};

/// How often the worker looks whether another window has changed the file: soon enough to look live, and a
/// look costs microseconds.
const LOOK: Duration = Duration::from_millis(250);

/// How long [`Worker::settle`] waits.
const SETTLE: Duration = Duration::from_secs(1);

/// Stops what the worker reads at the moment; called from another thread.
pub type Stop = Box<dyn Fn() + Send>;

/// What the worker works on: the workspace, as far as this room needs it.
pub trait Door {
    /// Answers a question.
    ///
    /// # Errors
    /// The workspace's own.
    fn answer(&mut self, question: Question) -> Result<Answer, Problem>;

    /// Does a deed, durably, or changes nothing.
    ///
    /// # Errors
    /// The deed is refused, or the workspace cannot be written.
    fn commit(&mut self, deed: Deed) -> Result<Outcome, Problem>;

    /// Undoes or redoes.
    ///
    /// # Errors
    /// There is nothing to reverse, it is refused, or the workspace cannot be written.
    fn reverse(&mut self, reversal: Reversal) -> Result<Reversed, Problem>;

    /// Keeps half-written text, or drops it.
    ///
    /// # Errors
    /// The workspace cannot be written.
    fn save_draft(&mut self, prompt: &str, text: Option<&str>) -> Result<(), Problem>;

    /// Whether somebody else has changed the workspace since the last call.
    ///
    /// # Errors
    /// The workspace cannot be read.
    fn has_changed(&mut self) -> Result<bool, Problem>;

    /// Housekeeping; called once in each idle time that follows work.
    ///
    /// # Errors
    /// The workspace's own.
    fn rest(&mut self) -> Result<(), Problem>;

    /// What stops an answer that has become pointless.
    fn stop(&self) -> Stop;
}

/// Something for the worker to do.
#[derive(Debug)]
pub enum Request {
    /// A question, with the number that its answer carries.
    Ask(u64, Question),
    /// A deed, with the ticket that its outcome carries.
    Commit(u64, Box<Deed>),
    /// An undo or redo, with its ticket.
    Reverse(u64, Reversal),
    /// Half-written text of a prompt to keep, or to drop.
    SaveDraft(String, Option<String>),
    /// Say when everything before this is done.
    Say(Sender<()>),
}

/// The question being answered at this moment, and how to stop it.
#[derive(Default)]
struct Current {
    question: Option<Question>,
    pointless: bool,
    stop: Option<Stop>,
}

impl Current {
    /// Stops the answer. The caller holds the lock, which the worker needs to move on, so it is this question that
    /// is stopped and never the deed behind it.
    fn give_up(&mut self) {
        if self.question.is_some() {
            self.pointless = true;
            if let Some(stop) = &self.stop {
                stop();
            }
        }
    }
}

type Shared = Arc<Mutex<Current>>;

fn lock(current: &Shared) -> MutexGuard<'_, Current> {
    current.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The worker, seen from the loop.
pub struct Worker {
    requests: Sender<Request>,
    current: Shared,
    opened: Receiver<Result<(), Problem>>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the thread, which opens the workspace first; requests may be made at once.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn start<D: Door>(
        open: impl FnOnce() -> Result<D, Problem> + Send + 'static,
        queue: Sender<Happening>,
    ) -> io::Result<Self> {
        let (requests, incoming) = channel();
        let (report, opened) = channel();
        let current = Shared::default();
        let shared = Arc::clone(&current);
        let thread = thread::Builder::new()
            .name("worker".into())
            .spawn(move || {
                let _obituary = Obituary::new("worker", queue.clone());
                let door = match open() {
                    Ok(door) => door,
                    Err(problem) => {
                        let _ = report.send(Err(problem));
                        return;
                    }
                };
                lock(&shared).stop = Some(door.stop());
                let _ = report.send(Ok(()));
                Labour {
                    door,
                    incoming,
                    waiting: VecDeque::new(),
                    current: shared,
                    queue,
                    looked: Instant::now(),
                    has_worked: true,
                    closing: false,
                }
                .work();
            })?;
        Ok(Self {
            requests,
            current,
            opened,
            thread,
        })
    }

    /// Waits until the workspace is open.
    ///
    /// # Errors
    /// It could not be opened.
    pub fn ready(&self) -> Result<(), Problem> {
        self.opened.recv().unwrap_or_else(|_| {
            Err(Problem::new(Kind::Internal, "cannot open the workspace")
                .because("a fault of ours stopped the thread that opens it"))
        })
    }

    /// Hands a request over. A dead worker has sent its obituary to the loop, which ends on it.
    pub fn request(&self, request: Request) {
        if let Request::Ask(_, question) = &request {
            let mut current = lock(&self.current);
            if current
                .question
                .as_ref()
                .is_some_and(|older| question.supersedes(older))
            {
                current.give_up();
            }
        }
        let _ = self.requests.send(request);
    }

    /// Waits until what was handed over so far is done, for a little while at most.
    pub fn settle(&self) {
        let (say, done) = channel();
        self.request(Request::Say(say));
        let _ = done.recv_timeout(SETTLE);
    }

    /// Lets the worker finish what it was told to write, drops what it was asked, and waits for its end.
    pub fn finish(self) {
        drop(self.requests);
        lock(&self.current).give_up();
        // A panic of the worker has been printed and announced already.
        let _ = self.thread.join();
    }
}

/// The worker, seen from within its thread.
struct Labour<D> {
    door: D,
    incoming: Receiver<Request>,
    waiting: VecDeque<Request>,
    current: Shared,
    queue: Sender<Happening>,
    looked: Instant,
    has_worked: bool,
    closing: bool,
}

impl<D: Door> Labour<D> {
    fn work(&mut self) {
        loop {
            self.gather();
            if self.looked.elapsed() >= LOOK && !self.closing {
                self.look();
            }
            if let Some(request) = self.waiting.pop_front() {
                self.has_worked = true;
                self.perform(request);
            } else if self.closing {
                return;
            } else {
                self.idle();
            }
        }
    }

    /// Takes in all that has been asked so far.
    fn gather(&mut self) {
        loop {
            match self.incoming.try_recv() {
                Ok(request) => self.admit(request),
                Err(std::sync::mpsc::TryRecvError::Empty) => return,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    self.close();
                    return;
                }
            }
        }
    }

    fn idle(&mut self) {
        match self.incoming.recv_timeout(LOOK) {
            Ok(request) => self.admit(request),
            Err(RecvTimeoutError::Disconnected) => self.close(),
            Err(RecvTimeoutError::Timeout) => {
                if std::mem::take(&mut self.has_worked) {
                    // What fails here is tried again after the next work, and harms nobody until then.
                    let _ = self.door.rest();
                }
            }
        }
    }

    /// Queues a request; whatever it makes pointless leaves the queue.
    fn admit(&mut self, request: Request) {
        match &request {
            Request::Ask(_, newer) => self.waiting.retain(
                |waiting| !matches!(waiting, Request::Ask(_, older) if newer.supersedes(older)),
            ),
            // Only when nothing stands in between, which might be a question about the draft.
            Request::SaveDraft(newer, _) => {
                if matches!(self.waiting.back(), Some(Request::SaveDraft(older, _)) if older == newer)
                {
                    self.waiting.pop_back();
                }
            }
            Request::Commit(..) | Request::Reverse(..) | Request::Say(_) => {}
        }
        self.waiting.push_back(request);
    }

    /// Nobody waits for answers any more, but what was to be written is written.
    fn close(&mut self) {
        self.closing = true;
        self.waiting
            .retain(|request| !matches!(request, Request::Ask(..)));
    }

    fn look(&mut self) {
        self.looked = Instant::now();
        // A file that cannot be read says so on the next question; saying it four times a second helps nobody.
        if self.door.has_changed().unwrap_or(false) {
            self.tell(Message::Changed);
        }
    }

    fn perform(&mut self, request: Request) {
        match request {
            Request::Ask(sequence, question) => self.answer(sequence, question),
            Request::Commit(ticket, deed) => {
                let outcome = self.door.commit(*deed);
                self.tell(Message::Done { ticket, outcome });
            }
            Request::Reverse(ticket, reversal) => {
                let outcome = self.door.reverse(reversal);
                self.tell(Message::Reversed { ticket, outcome });
            }
            Request::SaveDraft(prompt, text) => {
                if let Err(problem) = self.door.save_draft(&prompt, text.as_deref()) {
                    self.tell(Message::Told(Err(problem)));
                }
            }
            // Whoever asked may have lost patience.
            Request::Say(done) => drop(done.send(())),
        }
    }

    fn answer(&mut self, sequence: u64, question: Question) {
        {
            let mut current = lock(&self.current);
            current.question = Some(question.clone());
            current.pointless = false;
        }
        let answer = self.door.answer(question);
        let pointless = {
            let mut current = lock(&self.current);
            current.question = None;
            current.pointless
        };
        if !pointless {
            self.tell(Message::Answer { sequence, answer });
        }
    }

    fn tell(&self, message: Message) {
        // The loop has ended; what it would have heard is written all the same.
        let _ = self.queue.send(Happening::Message(message));
    }
}

#[cfg(test)]
mod tests;
