//! The thread that owns the workspace, so that the loop never waits for the disk.
//!
//! Requests are done in the order in which they were made, with two exceptions that keep a fast typist from
//! waiting for answers to what they no longer want to know. Of the questions that fill the same place on the
//! screen only the newest is answered: an older one is dropped while it waits, and stopped while it runs. And what has to be
//! compared with all ideas comes last, so that the text of the next feedback never waits for the suggestions of this one.
//! What takes longest of that, and what nobody waits for, is left until the hands rest.
//!
//! What was written is told before it is on the disk, for which another thread waits (`keeper.rs`): a disk may be slow, or busy with
//! something else.
//!
//! While another window writes (a long import, say), what is to be written here waits for it, in order, and questions are
//! answered meanwhile.

use std::cell::RefCell;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::door::{Door, Stop};
use super::happening::{Happening, Obituary};
use crate::app::effect::{Question, Writing};
use crate::app::state::ImportWish;
use crate::domain::deed::{Deed, Reversal, Seen};
use crate::domain::id::{ActionId, MeetingId};
use crate::domain::meeting::Turn;

mod keeper;
mod labour;

use keeper::Keeper;
use labour::Labour;

/// How long [`Worker::settle`] waits, and [`Worker::finish`] without a word.
const SETTLE: Duration = Duration::from_secs(1);

/// Whether what takes long is to stop. Each request has its own, so that none goes on because another begins.
pub type Flag = Arc<AtomicBool>;

/// Something for the worker to do.
#[derive(Debug)]
pub enum Request {
    /// A question, with the number that its answer carries.
    Ask(u64, Question),
    /// A deed, with the ticket that its outcome carries.
    Commit(u64, Box<Deed>, Vec<Seen>),
    /// An undo or redo, with its ticket.
    Reverse(u64, Reversal, Option<ActionId>, Flag),
    /// A step of a meeting that is being held.
    Turn(MeetingId, Turn),
    /// Something else to write, with its ticket.
    Write(u64, Box<Writing>),
    /// Half-written text of a prompt to keep, or to drop.
    SaveDraft(String, Option<String>),
    /// What an import would do, with the ticket that the plan carries.
    PlanImport(u64, Box<ImportWish>, Flag),
    /// The import that was planned last, with its ticket.
    Import(u64, Flag),
    /// Deeds that wait for another window are given up.
    DropWaiting,
    /// Say when everything before this is done.
    Say(Sender<()>),
}

impl Request {
    /// Whether it writes to the workspace.
    const fn writes(&self) -> bool {
        match self {
            Self::Commit(..)
            | Self::Reverse(..)
            | Self::Turn(..)
            | Self::SaveDraft(..)
            | Self::Import(..) => true,
            Self::Write(_, writing) => writing.is_kept_here(),
            Self::Ask(..) | Self::PlanImport(..) | Self::DropWaiting | Self::Say(_) => false,
        }
    }

    /// What stops it, where it takes long.
    const fn flag(&self) -> Option<&Flag> {
        match self {
            Self::Reverse(_, _, _, flag) | Self::PlanImport(_, _, flag) | Self::Import(_, flag) => {
                Some(flag)
            }
            _ => None,
        }
    }
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
    thread: JoinHandle<()>,
    /// Ends when the thread has done all it was told.
    ended: Receiver<()>,
    /// Questions that wait for [`Worker::release`].
    held: RefCell<Vec<Request>>,
    /// What stops the plans, imports and undos that are not done yet; that of the newest comes last, done or not.
    flags: RefCell<Vec<Flag>>,
}

impl Worker {
    /// Starts the thread at an open workspace, and the one that waits for the disk.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn start<D: Door + Send + 'static>(
        mut door: D,
        queue: Sender<Happening>,
    ) -> io::Result<Self> {
        let (requests, incoming) = channel();
        let current = Arc::new(Mutex::new(Current {
            stop: Some(door.stop()),
            ..Current::default()
        }));
        let shared = Arc::clone(&current);
        let wait = door.wait_apart();
        let keeper = wait.map(|wait| Keeper::start(wait, queue.clone()));
        let keeper = keeper.transpose()?;
        let (end, ended) = channel();
        let thread = thread::Builder::new()
            .name("worker".into())
            .spawn(move || {
                let _end = end;
                let _obituary = Obituary::new("worker", queue.clone());
                make_room();
                Labour::new(door, incoming, shared, queue, keeper).work();
            })?;
        Ok(Self {
            requests,
            current,
            thread,
            ended,
            held: RefCell::default(),
            flags: RefCell::default(),
        })
    }

    /// Asks a question, which the worker gets with [`Worker::release`], when the frame is drawn: with few cores it may be woken
    /// on the one that draws, and would answer before the frame comes. An answer that this makes pointless is stopped at once.
    pub fn ask(&self, sequence: u64, question: Question) {
        let mut current = lock(&self.current);
        let is_pointless = current.question.as_ref();
        if is_pointless.is_some_and(|older| question.supersedes(older)) {
            current.give_up();
        }
        drop(current);
        let mut held = self.held.borrow_mut();
        held.push(Request::Ask(sequence, question));
    }

    /// Hands over what was asked.
    pub fn release(&self) {
        for request in self.held.take() {
            let _ = self.requests.send(request);
        }
    }

    /// Hands a request over, behind what was asked before it. A dead worker has sent its obituary to the loop, which ends on it.
    pub fn request(&self, request: Request) {
        self.release();
        if let Some(flag) = request.flag() {
            let mut flags = self.flags.borrow_mut();
            // Nobody else holds those of what is done.
            flags.retain(|flag| Arc::strong_count(flag) > 1);
            flags.push(Arc::clone(flag));
        }
        let _ = self.requests.send(request);
    }

    /// Stops the plan, import or undo that was asked for last. Nothing of it is kept.
    pub fn stop(&self) {
        if let Some(newest) = self.flags.borrow().last() {
            newest.store(true, Ordering::SeqCst);
        }
    }

    /// Waits until what was handed over so far is done, for a little while at most.
    pub fn settle(&self) {
        let (say, done) = channel();
        self.request(Request::Say(say));
        let _ = done.recv_timeout(SETTLE);
    }

    /// Lets the worker finish what it was told to write and the disk have it, drops what it was asked, and waits for its end. What takes long is
    /// stopped, and says so. `waits` is told once where that takes a while: a disk may not answer.
    pub fn finish(self, waits: impl FnOnce()) {
        drop(self.requests);
        for flag in self.flags.take() {
            flag.store(true, Ordering::SeqCst);
        }
        lock(&self.current).give_up();
        if self.ended.recv_timeout(SETTLE) == Err(RecvTimeoutError::Timeout) {
            waits();
        }
        // A panic of the worker has been printed and announced already.
        let _ = self.thread.join();
    }
}

/// Takes memory and gives it back, before there is anything to do. The allocator of a thread grows by a page at a time
/// otherwise, with a call to the system each: hundreds of them while the ideas are read. Hardly any of this memory is touched.
fn make_room() {
    let room: Vec<Vec<u8>> = (0..PIECES).map(|_| Vec::with_capacity(PIECE)).collect();
    drop(std::hint::black_box(room));
}

/// How much: pieces small enough that they come from the thread's own memory.
const PIECES: usize = 24;
const PIECE: usize = 96 << 10;

#[cfg(test)]
mod tests;
